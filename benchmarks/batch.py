"""Measures batches, all figures in one run: ``python benchmarks/batch.py [FEWER]``.

FEWER divides the numbers of workbooks, for a quick look. Needs the ``test`` extra: openpyxl and
pandas are what reading is held against. Times drift between runs and machines: the ratios within
one run count, and the load of the machine is printed beside them. Peak memory is that of a whole
``jixiao batch`` in a process of its own, summary and page included.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from time import perf_counter, process_time

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from jixiao.batch.workers import in_processes, one_by_one
from jixiao.cases.case import shipped_case
from jixiao.ooxml import CellValue, Package
from jixiao.scoring import evaluate, shipped_rubric
from jixiao.template import build_template
from jixiao.workbook import names
from jixiao.workbook.book import Book, assemble_book, read_book
from jixiao.workbook.filling import rewritten

READ = 100
"""Workbooks that each reader reads; openpyxl takes its time."""

SCORED = 2_000
MEMORY = (500, 2_000, 10_000)
WORKERS = 2

VARIED = ("overdue_income", "allocation_excesses", "asset_findings", "warnings_not_handled")

_PEAK = """
import resource, sys
from jixiao.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


def main() -> None:
    fewer = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "books"
        paths = write_books(folder, SCORED // fewer)
        report_reading(paths[: READ // fewer or 1])
        report_scoring(folder, [path.name for path in paths])
        report_memory(paths, Path(scratch), [size // fewer for size in MEMORY])
    print(f"{'load of the machine, 1 and 5 minutes':<48}{os.getloadavg()[0]:>9.2f}{load(1):>9.2f}")


def load(place: int) -> float:
    return os.getloadavg()[place]


def write_books(folder: Path, count: int) -> list[Path]:
    """The published case of other units: patched into one workbook, not built each time."""
    folder.mkdir()
    case = shipped_case("panyu-enterprise-service-centre-2023")
    blank = assemble_book(folder, Package(build_template(shipped_rubric(case.rubric))))
    book = assemble_book(folder, Package(rewritten(blank, case.typed(blank))))
    chance = random.Random(1)
    paths = []
    for number in range(count):
        path = folder / f"{number:05d}.xlsx"
        path.write_bytes(rewritten(book, changes(book, chance, f"第{number}号单位")))
        paths.append(path)
    return paths


def changes(book: Book, chance: random.Random, unit: str) -> dict[object, CellValue]:
    cells: dict[object, CellValue] = {book.cells[names.basic_name("department")]: unit}
    for input_id in VARIED:
        cells[book.cells[names.input_name(input_id)]] = Decimal(max(0, chance.randrange(-5, 3)))
    rate = book.cells[names.input_name("annual_execution_rate")]
    return {**cells, rate: Decimal(chance.randrange(5_000, 10_000)) / 10_000}


def report_reading(paths: Sequence[Path]) -> None:
    book = read_book(paths[0])
    sheets = sorted({area.sheet for area in book.cells.values()})
    parts = [Package.open(paths[0]).sheets[name].part for name in sheets]
    needed = ["xl/workbook.xml", "xl/sharedStrings.xml", *parts]
    jobs: dict[str, Callable[[Path], object]] = {
        "inflating the needed parts": lambda path: inflated(path, needed),
        "calamine, the needed sheets": lambda path: by_calamine(path, sheets),
        "pandas with calamine": lambda path: by_pandas(path, sheets),
        "openpyxl, read-only": lambda path: by_openpyxl(path, sheets),
        "jixiao: checked, placed, exact": inputs_of,
    }
    spans = {label: seconds_each(job, paths) for label, job in jobs.items()}
    print(f"{f'reading, of {len(paths)}':<48}{'each':>12}{'a second':>12}")
    for label, span in spans.items():
        print(f"{label:<48}{span * 1e3:>9.2f} ms{1 / span:>12.0f}")
    values, rows = book.values, book.rows
    scoring = seconds_each(lambda _: evaluate(book.rubric, values, rows), paths)
    both = seconds_each(lambda path: read_book(path).evaluation, paths)
    floor = spans["inflating the needed parts"] + scoring
    print(f"{'scoring alone':<48}{scoring * 1e3:>9.2f} ms")
    print(f"{'reading and scoring':<48}{both * 1e3:>9.2f} ms{both / floor:>12.2f} × (inflating "
          "+ scoring), limit 3")  # fmt: skip


def inflated(path: Path, parts: Sequence[str]) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(part) for part in parts if part in archive.namelist()]


def by_calamine(path: Path, sheets: Sequence[str]) -> list[object]:
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python() for name in sheets]


def by_pandas(path: Path, sheets: Sequence[str]) -> object:
    return pd.read_excel(path, sheet_name=list(sheets), header=None, engine="calamine")


def by_openpyxl(path: Path, sheets: Sequence[str]) -> list[object]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = [list(book[name].iter_rows(values_only=True)) for name in sheets]
    book.close()
    return rows


def inputs_of(path: Path) -> object:
    book = read_book(path)
    return book.values, book.rows


def seconds_each(job: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """Of the processor, so that other work on the machine counts for less."""
    job(paths[0])
    start = process_time()
    for path in paths:
        job(path)
    return (process_time() - start) / len(paths)


def report_scoring(folder: Path, paths: list[str]) -> None:
    """Reading, scoring and review; the time that processes take to start is in it."""
    serial = seconds(one_by_one(folder, paths, None))
    several = seconds(in_processes(folder, paths, None, WORKERS))
    print(f"{f'read, score, review {len(paths)}, serial':<48}{serial:>9.1f} s "
          f"{len(paths) / serial:>12.0f}")  # fmt: skip
    print(f"{f'the same with {WORKERS} workers':<48}{several:>9.1f} s "
          f"{len(paths) / several:>12.0f}{serial / several:>8.2f} × (to reach: 1.6)")  # fmt: skip


def seconds(results: Iterator[object]) -> float:
    start = perf_counter()
    for _ in results:
        pass
    return perf_counter() - start


def report_memory(paths: Sequence[Path], scratch: Path, sizes: Sequence[int]) -> None:
    peaks = []
    for size in sizes:
        folder = scratch / f"of{size}"
        folder.mkdir()
        for number in range(size):
            os.link(paths[number % len(paths)], folder / f"{number:05d}.xlsx")
        peaks.append(peak(folder, scratch / f"{size}.xlsx", scratch / f"{size}.html"))
        print(f"{f'peak memory of a batch of {size}':<48}{peaks[-1]:>9.1f} MB")
    growth = peaks[-1] / peaks[-2] - 1
    print(f"{f'growth from {sizes[-2]} to {sizes[-1]}':<48}{growth:>9.1%}    (limit 10 %)")


def peak(folder: Path, output: Path, page: Path) -> float:
    """The largest resident set of the process, in megabytes."""
    ran = subprocess.run(
        [sys.executable, "-c", _PEAK, "batch", folder, "-o", output, "--html", page],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return int(ran.stdout.split()[-1]) / 1024


if __name__ == "__main__":
    main()
