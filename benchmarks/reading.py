"""Measures reading other people's forms, all figures in one run: ``python benchmarks/reading.py``.

Needs the ``test`` extra. Each way reads the same files: openpyxl, pandas and calamine deliver the
cells of all sheets, `read_forms` the recognised tables; inflating alone is the floor of them all.
Process time of one core; it still drifts between machines, the ratios within one run count.
"""

from __future__ import annotations

import statistics
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import openpyxl
import pandas
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from jixiao.cases.case import shipped_case
from jixiao.forms import read_forms
from jixiao.ooxml import Package, save_atomically
from jixiao.scoring import evaluate, shipped_rubric
from jixiao.template import build_template
from jixiao.workbook.book import assemble_book, read_book
from jixiao.workbook.filling import rewritten

LIMIT = 3
"""Times the inflating, with scoring on top."""

HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        own, other = Path(folder) / "own.xlsx", Path(folder) / "other.xlsx"
        write_own_book(own)
        write_other_form(other)
        book = read_book(own)
        scoring = milliseconds(lambda: evaluate(book.rubric, book.values, book.rows))
        for name, path in (("our own workbook, 7 sheets", own), ("a form, 30 rows", other)):
            compare(name, path, scoring)


def compare(name: str, path: Path, scoring: float) -> None:
    floor = milliseconds(lambda: inflate(path))
    print(f"{name}: inflating {floor:.2f} ms, scoring {scoring:.2f} ms")
    limit = LIMIT * floor + scoring
    for way, read in WAYS.items():
        spent = milliseconds(lambda read=read: read(path))  # type: ignore[misc]
        print(f"  {way:<12}{spent:>8.2f} ms{1e3 / spent:>8.0f} files/s{spent / floor:>7.1f} ×")
    print(f"  {'limit':<12}{limit:>8.2f} ms for reading and scoring")


def inflate(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            archive.read(name)


def with_calamine(path: Path) -> None:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def with_openpyxl(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path, read_only=True, data_only=True):
        list(sheet.iter_rows(values_only=True))


def with_pandas(path: Path) -> None:
    pandas.read_excel(path, sheet_name=None, header=None, engine="calamine")


WAYS: dict[str, Callable[[Path], object]] = {
    "openpyxl": with_openpyxl,
    "pandas": with_pandas,
    "calamine": with_calamine,
    "read_forms": read_forms,
}


def write_own_book(path: Path) -> None:
    case = shipped_case("panyu-enterprise-service-centre-2023")
    blank = assemble_book(path, Package(build_template(shipped_rubric(case.rubric))))
    save_atomically(rewritten(blank, case.typed(blank)), path)


def write_other_form(path: Path) -> None:
    with Workbook(path) as book:
        sheet = book.add_worksheet("自评表")
        sheet.merge_range("A1:H1", "项目支出绩效自评表（2023年度）")
        sheet.write_row("A2", ["项目名称", "某项目", "", "实施单位", "某局"])
        sheet.write_row("A3", HEADINGS)
        for row in range(30):
            figures = [
                "产出指标",
                "数量指标",
                f"第{row}项工作",
                f"≥{row}个",
                f"{row}个",
                3,
                3,
                "无",
            ]
            sheet.write_row(row + 3, 0, figures)
        sheet.write_row(33, 0, ["总分", "", "", "", "", 90, 90])


def milliseconds(job: Callable[[], object], times: int = 20) -> float:
    """The median of several runs after one that warms up."""
    job()
    spans = []
    for _ in range(times):
        start = process_time()
        job()
        spans.append(process_time() - start)
    return statistics.median(spans) * 1e3


if __name__ == "__main__":
    main()
