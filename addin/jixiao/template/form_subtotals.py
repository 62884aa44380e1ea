"""附：各级指标得分小计, below the printed form and not part of it."""

from __future__ import annotations

from jixiao.scoring.rubric import Rubric
from jixiao.template.area import across, cell
from jixiao.template.book import Sheet
from jixiao.template.form_columns import FIRST, Column
from jixiao.template.styles import CENTRED, HEADER, MACHINE, QUIET, TEXT
from jixiao.workbook.names import subtotal_name


def write_subtotals(sheet: Sheet, row: int, rubric: Rubric) -> None:
    """Write the table from ``row`` on, in the columns 一级指标 to 指标解释."""
    title = "附：各级指标得分小计（程序写，不属于上表，打印时不印出）"
    sheet.put(across(row, FIRST, Column.EXPLANATION), title, QUIET)
    row += 1
    _write_line(sheet, row, ("级别", "指标", "分值"))
    sheet.put(cell(row, Column.EXPLANATION), "得分", HEADER)
    levels = (("一级指标", rubric.primaries), ("二级指标", rubric.secondaries))
    for level, headings in levels:
        for heading in headings:
            row += 1
            sheet.put(across(row, FIRST, Column.SECONDARY_POINTS), level, CENTRED)
            sheet.put(cell(row, Column.NAME), heading.name, TEXT)
            sheet.put(cell(row, Column.POINTS), heading.points, CENTRED)
            name = subtotal_name(heading.id)
            sheet.put(cell(row, Column.EXPLANATION), None, MACHINE, name)


def _write_line(sheet: Sheet, row: int, headings: tuple[str, str, str]) -> None:
    level, name, points = headings
    sheet.put(across(row, FIRST, Column.SECONDARY_POINTS), level, HEADER)
    sheet.put(cell(row, Column.NAME), name, HEADER)
    sheet.put(cell(row, Column.POINTS), points, HEADER)
