"""基本情况: the top block of the table, where people type it."""

from __future__ import annotations

from dataclasses import replace

from jixiao.ooxml.text_height import text_height
from jixiao.scoring.rubric import Rubric
from jixiao.template.area import Area, across, cell
from jixiao.template.book import Book, Sheet
from jixiao.template.budget_block import HEADING_ROWS, TITLE, write_budget_headings
from jixiao.template.form_block import long_texts
from jixiao.template.styles import (
    AMOUNT_FORMAT,
    HEADER,
    INPUT,
    INPUT_CENTRED,
    QUIET,
    TAB_INPUT,
)
from jixiao.template.styles import TITLE as TITLE_STYLE
from jixiao.template.validation import amount_check, count_check
from jixiao.workbook.names import BASIC_FIELDS, BUDGET_FIELDS, SHEETS, basic_name

_LABEL = 0
_BUDGET = tuple((column, column) for column in range(1, len(BUDGET_FIELDS) + 1))
_LAST = len(BUDGET_FIELDS)
_WIDTHS = (18.0, *(15.0 for _ in BUDGET_FIELDS))
_LONG_HEIGHT = 92


def write_basics(book: Book, rubric: Rubric) -> None:
    """Write the sheet."""
    sheet = book.sheet("basics", TAB_INPUT, _WIDTHS)
    sheet.put(across(0, _LABEL, _LAST), "部门基本情况", TITLE_STYLE)
    sheet.height(0, 32)
    year = replace(TITLE_STYLE, size=12)
    sheet.put(across(1, _LABEL, _LAST), f"（{rubric.period}）", year)
    sheet.height(1, 20)
    advice = f"请填黄色格，金额单位为{BUDGET_FIELDS[0].unit}。没有发生的填0，空白表示未填。"
    sheet.put(across(2, _LABEL, _LAST), advice, QUIET)
    sheet.height(2, 18)
    row = _write_fields(sheet, 3)
    row = _write_budget(sheet, row)
    _write_advice(sheet, row)
    sheet.print_on(Area(0, _LABEL, row - 1, _LAST), landscape=True)
    sheet.zoom(110)


def _write_fields(sheet: Sheet, row: int) -> int:
    department, unit_count, *long = BASIC_FIELDS
    sheet.put(cell(row, _LABEL), department.label, HEADER)
    sheet.put(across(row, 1, 4), None, INPUT, basic_name(department.field))
    sheet.put(cell(row, 5), unit_count.label, HEADER)
    sheet.put(across(row, 6, _LAST), None, INPUT_CENTRED, basic_name(unit_count.field))
    sheet.validate(cell(row, 6), count_check(unit_count.label, unit_count.unit))
    sheet.height(row, 24)
    for field in long:
        row += 1
        sheet.put(cell(row, _LABEL), field.label, HEADER)
        top = replace(INPUT, valign="top")
        sheet.put(across(row, 1, _LAST), None, top, basic_name(field.field))
        sheet.height(row, _LONG_HEIGHT)
    return row + 1


def _write_budget(sheet: Sheet, row: int) -> int:
    values = row + HEADING_ROWS
    sheet.put(Area(row, _LABEL, values, _LABEL), TITLE, HEADER)
    write_budget_headings(sheet, row, _BUDGET, HEADER)
    style = replace(INPUT_CENTRED, number_format=AMOUNT_FORMAT)
    for field, (column, _) in zip(BUDGET_FIELDS, _BUDGET, strict=True):
        sheet.put(cell(values, column), None, style, basic_name(field.field))
        sheet.validate(cell(values, column), amount_check(field.label, field.unit))
    for heading in range(row, values):
        sheet.height(heading, 20)
    sheet.height(values, 26)
    return values + 1


def _write_advice(sheet: Sheet, row: int) -> None:
    room = "、".join(f"“{field.label}”约{count}字" for field, count in long_texts())
    advice = (
        f"以上内容由公式带到“{SHEETS['form']}”。该表各格可显示的字数：{room}；"
        f"超出时，请在“{SHEETS['form']}”上把该行拉高后再打印。"
    )
    sheet.put(across(row, _LABEL, _LAST), advice, QUIET)
    sheet.height(row, text_height(advice, sum(_WIDTHS), QUIET.size))
