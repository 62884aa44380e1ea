"""The nested headings of 年度部门预算情况, the same on 基本情况 and on 自评表."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.template.area import Area
from jixiao.template.book import Sheet
from jixiao.template.styles import Style
from jixiao.workbook.names import BUDGET_FIELDS, BasicField

TITLE = "年度部门预算情况"
HEADING_ROWS = 3


class _Heading(NamedTuple):
    """A printed heading over the fields ``first`` to ``last``, on its rows below the first."""

    text: str
    first_row: int
    last_row: int
    first: int
    last: int


_ABOVE = (
    _Heading("年度预算资金类别", 0, 0, 1, 4),
    _Heading("事业发展支出(按预算级次划分)", 0, 1, 5, 6),
    _Heading("部门预算", 1, 1, 1, 2),
    _Heading("事业发展支出", 1, 1, 3, 4),
)


def write_budget_headings(
    sheet: Sheet, row: int, columns: Sequence[tuple[int, int]], style: Style
) -> None:
    """Write the three rows of headings; ``columns`` are the first and last of each budget field."""
    total, *rest = BUDGET_FIELDS
    first, last = columns[0]
    sheet.put(Area(row, first, row + 2, last), _with_unit(total), style)
    for heading in _ABOVE:
        left, right = columns[heading.first][0], columns[heading.last][1]
        area = Area(row + heading.first_row, left, row + heading.last_row, right)
        sheet.put(area, heading.text, style)
    for field, (left, right) in zip(rest, columns[1:], strict=True):
        sheet.put(Area(row + 2, left, row + 2, right), field.label, style)


def _with_unit(field: BasicField) -> str:
    return f"{field.label}({field.unit})"
