"""基础数据: the sheet that is added to a form for what its cells do not say.

One line asks for one figure; the last column has the key by which it is read back. Only the column
填写 is for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jixiao.forms.grid import Grid
from jixiao.hosts.files import FileHost
from jixiao.ooxml import CellRange, CellValue, Package
from jixiao.scoring import Value
from jixiao.scoring.inputs import is_blank

SHEET = "基础数据"
_TITLE = "基础数据：表中没有、评分时要用的数据。只填“填写”一栏，其他各栏请勿改动。"
_HEADINGS = ("表", "指标", "要填的数据", "填写", "单位", "说明", "编号（程序用）")
_TYPED, _KEY = _HEADINGS.index("填写"), _HEADINGS.index("编号（程序用）")
_WIDTHS = {1: 14, 2: 34, 3: 34, 4: 16, 5: 8, 6: 46, 7: 30}
_FIRST_ROW = 3


class Asked(NamedTuple):
    """One figure that is asked for."""

    key: str
    table: str
    indicator: str
    label: str
    unit: str = ""
    help: str = ""


class Answers(NamedTuple):
    """What was typed, by key, and where: an answer that nobody gave is blank."""

    values: Mapping[str, Value]
    rows: Mapping[str, int]

    def where(self, asked: Asked) -> str:
        """The cell to type an answer in, as messages name it."""
        row = self.rows.get(asked.key)
        return f"“{SHEET}”!D{row}" if row else f"“{SHEET}”"


def rows_of(asked: Iterable[Asked]) -> list[list[CellValue]]:
    """The sheet's cells."""
    lines: list[list[CellValue]] = [[_TITLE], list(_HEADINGS)]
    for item in asked:
        lines.append([item.table, item.indicator, item.label, None, item.unit, item.help, item.key])
    return lines


def with_sheet(package: Package, asked: Iterable[Asked]) -> bytes:
    """The workbook with the sheet as its last tab."""
    return package.with_sheet(SHEET, rows_of(asked), _WIDTHS)


def answers(host: FileHost, package: Package) -> Answers | None:
    """What stands on the sheet; None where the workbook has none of ours."""
    if SHEET not in package.sheets:
        return None
    rows = host.read(CellRange(SHEET, 1, 1, 1, 1)).rows
    grid = Grid(SHEET, rows)
    if tuple(grid.text(_FIRST_ROW - 1, column) for column in range(1, _KEY + 2)) != _HEADINGS:
        return None
    values: dict[str, Value] = {}
    places: dict[str, int] = {}
    for row in range(_FIRST_ROW, grid.last_row + 1):
        key = grid.text(row, _KEY + 1)
        if key:
            value = grid.found(row, _TYPED + 1).value
            values[key] = None if is_blank(value) else value
            places[key] = row
    return Answers(values, places)
