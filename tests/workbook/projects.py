"""Project workbooks for tests: the template, and the published case typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jixiao.cases.case import Case, shipped_case
from jixiao.ooxml import CellContent, CellRange, CellValue, Package
from jixiao.scoring import Rubric, shipped_rubric
from jixiao.template import build_template
from jixiao.workbook.book import Book, assemble_book

PROJECT: Rubric = shipped_rubric("mof-project")
PROJECT_CASE: Case = shipped_case("panyu-enterprise-service-project-2022")
PATH = Path("项目.xlsx")


@cache
def blank_project(rubric_id: str = PROJECT.id) -> bytes:
    return build_template(shipped_rubric(rubric_id))


@cache
def project_book() -> bytes:
    """The published case, not yet scored."""
    blank = assembled(blank_project())
    return _with(blank_project(), PROJECT_CASE.typed(blank))


def assembled(content: bytes) -> Book:
    return assemble_book(PATH, Package(content))


def cell_of(content: bytes, name: str, down: int = 0) -> CellRange:
    """A cell of a defined name, so many below its first."""
    area = Package(content).defined_names[name]
    row = area.first_row + down
    return CellRange(area.sheet, row, area.first_column, row, area.first_column)


def typed(content: bytes, values: Mapping[str, CellContent]) -> bytes:
    """The workbook with other values, by name, or ``name+2`` for the second below the first."""
    cells = {}
    for key, value in values.items():
        name, _, down = key.partition("+")
        cells[cell_of(content, name, int(down or 0))] = value
    return _with(content, cells)


def _with(content: bytes, cells: Mapping[CellRange, CellContent | CellValue]) -> bytes:
    sheets: dict[str, dict[tuple[int, int], CellContent]] = {}
    for area, value in cells.items():
        sheets.setdefault(area.sheet, {})[area.first_row, area.first_column] = value
    return Package(content).rewritten(sheets)
