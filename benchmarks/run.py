"""Measures filling a workbook, all figures in one run: ``python benchmarks/run.py``.

Needs the ``test`` extra (openpyxl is what we are held against). Times drift between runs and
machines; the ratios within one run are what counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import openpyxl

from jixiao.cases.case import shipped_case
from jixiao.ooxml import Package, save_atomically
from jixiao.scoring import evaluate, shipped_rubric
from jixiao.template import build_template
from jixiao.workbook.book import assemble_book, read_book
from jixiao.workbook.filling import rewritten
from jixiao.workbook.machine_cells import cell_changes

BOOKS = 1_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_filled_in_book(path)
        in_process = milliseconds(lambda: fill_in_memory(path), 60)
        with_openpyxl = milliseconds(lambda: load_and_save(path, Path(folder) / "o.xlsx"), 8)
        bare = milliseconds(lambda: run("-c", "pass"), 15)
        out = str(Path(folder) / "out.xlsx")
        command = milliseconds(lambda: run("-m", "jixiao", "fill", str(path), "-o", out), 15)
        book = read_book(path)
        scoring = milliseconds(lambda: evaluate(book.rubric, book.values, book.rows), 60)
        first, last, elapsed = many_books(path, Path(folder))
    report("scoring alone, 26 rows + companion", scoring)
    report("read + score + patch, in process", in_process, "limit 5 ms")
    report(
        "openpyxl load + save of the same file",
        with_openpyxl,
        f"{with_openpyxl / in_process:.0f} × the line above (limit 30)",
    )
    report("python -c pass", bare)
    report("jixiao fill, whole process", command, f"{command / bare:.1f} × bare (limit 6)")
    report(f"{BOOKS} workbooks, serially, each", elapsed / BOOKS)
    print(f"{'memory after 100 / after all workbooks':<44}{first:>8.1f} MB{last:>8.1f} MB")


def write_filled_in_book(path: Path) -> None:
    case = shipped_case("panyu-enterprise-service-centre-2023")
    blank = assemble_book(path, Package(build_template(shipped_rubric(case.rubric))))
    save_atomically(rewritten(blank, case.typed(blank)), path)


def fill_in_memory(path: Path) -> bytes:
    book = read_book(path)
    return rewritten(book, cell_changes(book))


def load_and_save(path: Path, out: Path) -> None:
    openpyxl.load_workbook(path).save(out)


def run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def many_books(path: Path, folder: Path) -> tuple[float, float, float]:
    """Fill many copies; resident megabytes early and at the end, milliseconds in all."""
    content = path.read_bytes()
    early = 0.0
    start = perf_counter()
    for number in range(BOOKS):
        copy = folder / f"{number}.xlsx"
        copy.write_bytes(content)
        save_atomically(fill_in_memory(copy), copy)
        copy.unlink()
        if number == 99:
            early = resident_megabytes()
    return early, resident_megabytes(), (perf_counter() - start) * 1e3


def resident_megabytes() -> float:
    """What the process holds now; 0 where the system does not tell in this way (not Linux)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def milliseconds(job: Callable[[], object], times: int) -> float:
    """The median of several runs, after one that warms up."""
    job()
    spans = []
    for _ in range(times):
        start = perf_counter()
        job()
        spans.append((perf_counter() - start) * 1e3)
    return statistics.median(spans)


def report(label: str, value: float, remark: str = "") -> None:
    print(f"{label:<44}{value:>8.2f} ms  {remark}")


if __name__ == "__main__":
    main()
