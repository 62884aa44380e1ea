"""部门基本情况 at the top of 自评表: it shows by formula what is typed on 基本情况."""

from __future__ import annotations

from dataclasses import replace

from jixiao.ooxml.text_height import glyphs_per_line, lines_height
from jixiao.template.area import Area, across
from jixiao.template.book import Sheet
from jixiao.template.budget_block import HEADING_ROWS, TITLE, write_budget_headings
from jixiao.template.form_columns import FIRST, LAST, Column, width_of
from jixiao.template.styles import AMOUNT_FORMAT, CENTRED, HEADER, TEXT
from jixiao.workbook.names import BASIC_FIELDS, BUDGET_FIELDS, BasicField, basic_name

_LABEL = (Column.PRIMARY, Column.PRIMARY_POINTS)

# Where the long texts stand, in the order of BASIC_FIELDS from the third on: label, then text.
_LONG = (
    (_LABEL, (Column.SECONDARY, Column.POINTS)),
    ((Column.EXPLANATION, Column.EXPLANATION), (Column.SENTENCE, Column.SENTENCE)),
    ((Column.SCORE, Column.SCORE), (Column.REASON, Column.EVIDENCE)),
)
_BUDGET = (
    (Column.SECONDARY, Column.SECONDARY_POINTS),
    (Column.NAME, Column.POINTS),
    (Column.EXPLANATION, Column.EXPLANATION),
    (Column.SENTENCE, Column.SENTENCE),
    (Column.SCORE, Column.SCORE),
    (Column.REASON, Column.REASON),
    (Column.EVIDENCE, Column.EVIDENCE),
)

# The texts come by formula, and no program fits a row to that: room is left for this many lines.
_LONG_LINES = 12


def long_texts() -> tuple[tuple[BasicField, int], ...]:
    """Each long text with the number of characters that its cell shows."""
    fields = BASIC_FIELDS[2:]
    return tuple(
        (field, _LONG_LINES * glyphs_per_line(width_of(*text), TEXT.size))
        for field, (_, text) in zip(fields, _LONG, strict=True)
    )


def write_block(sheet: Sheet, row: int) -> int:
    """Write the block from ``row`` on; returns the row below it."""
    sheet.put(across(row, FIRST, LAST), "部门基本情况", HEADER)
    sheet.height(row, 20)
    department, unit_count = BASIC_FIELDS[:2]
    row += 1
    sheet.put(across(row, FIRST, Column.SECONDARY_POINTS), department.label, HEADER)
    sheet.show(across(row, Column.NAME, Column.SENTENCE), basic_name(department.field), TEXT)
    sheet.put(across(row, Column.SCORE, Column.SCORE), f"{unit_count.label}:", HEADER)
    sheet.show(across(row, Column.REASON, LAST), basic_name(unit_count.field), TEXT)
    sheet.height(row, 20)
    row += 1
    for field, (label, text) in zip(BASIC_FIELDS[2:], _LONG, strict=True):
        sheet.put(across(row, *label), field.label, HEADER)
        sheet.show(across(row, *text), basic_name(field.field), TEXT)
    sheet.height(row, lines_height(_LONG_LINES, TEXT.size))
    return _write_budget(sheet, row + 1)


def _write_budget(sheet: Sheet, row: int) -> int:
    values = row + HEADING_ROWS
    sheet.put(Area(row, _LABEL[0], values, _LABEL[1]), TITLE, HEADER)
    write_budget_headings(sheet, row, _BUDGET, HEADER)
    amount = replace(CENTRED, number_format=AMOUNT_FORMAT)
    for field, columns in zip(BUDGET_FIELDS, _BUDGET, strict=True):
        sheet.show(across(values, *columns), basic_name(field.field), amount)
    for heading in range(row, values):
        sheet.height(heading, 18)
    # 其他事业发展支出 stands in the narrow column of the scores.
    sheet.height(values - 1, lines_height(2, HEADER.size))
    sheet.height(values, 20)
    sheet.ignore("formula_differs", across(values, FIRST, LAST))
    return values + 1
