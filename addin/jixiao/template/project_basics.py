"""项目基本情况: what the project is, its money by source, its target of the year."""

from __future__ import annotations

from dataclasses import replace

from jixiao.ooxml.text_height import text_height
from jixiao.scoring.inputs import InputSpec
from jixiao.scoring.rubric import Rubric
from jixiao.template.area import Area, across, cell
from jixiao.template.book import Book, Sheet
from jixiao.template.fund_table import fund_inputs, unit_of, write_fund_table
from jixiao.template.inputs import is_rare, value_style
from jixiao.template.styles import (
    GREY,
    HEADER,
    INPUT,
    INPUT_CENTRED,
    QUIET,
    SECTION,
    TAB_INPUT,
    TEXT,
    TITLE,
)
from jixiao.template.validation import check_of
from jixiao.workbook.names import PROJECT_FIELDS, basic_name, input_name

_WIDTHS = (20.0, 18.0, 18.0, 18.0, 18.0, 26.0)
_LAST = len(_WIDTHS) - 1
_LABELS = {field.field: field.label for field in PROJECT_FIELDS}

# Field, the column of its label, the last column of its cell; one line of the sheet each.
_LINES = (
    (("project_name", 0, _LAST),),
    (("department", 0, 2), ("unit", 3, _LAST)),
    (("year", 0, 1), ("manager", 2, 3), ("phone", 4, _LAST)),
)
_LONG = ("annual_target", "target_completion")
_LONG_HEIGHT = 56


def write_project_basics(book: Book, rubric: Rubric) -> None:
    """Write the sheet."""
    sheet = book.sheet("basics", TAB_INPUT, _WIDTHS)
    sheet.put(across(0, 0, _LAST), book.sheets["basics"], TITLE)
    sheet.height(0, 34)
    advice = (
        f"请填黄色格，金额单位为{unit_of(rubric)}。一个项目一个工作簿。"
        "没有的资金来源整行留空，有的来源没有发生的填0。"
    )
    sheet.put(across(1, 0, _LAST), advice, QUIET)
    sheet.height(1, 20)
    row = _write_lines(sheet, 2)
    row = _write_heading(sheet, row, "项目资金")
    row = write_fund_table(sheet, row, rubric)
    row = _write_heading(sheet, row, "年度总体目标")
    row = _write_long(sheet, row)
    row = _write_heading(sheet, row, "其他填报数")
    row = _write_others(sheet, row, rubric)
    words = f"以上内容由公式带到“{book.sheets['form']}”；合计由公式算出，不必填。"
    sheet.put(across(row, 0, _LAST), words, QUIET)
    sheet.height(row, 20)
    sheet.print_on(Area(0, 0, row, _LAST), landscape=True)
    sheet.zoom(110)


def _write_lines(sheet: Sheet, row: int) -> int:
    for line in _LINES:
        for field, label, last in line:
            sheet.put(cell(row, label), _LABELS[field], HEADER)
            style = INPUT_CENTRED if last == label + 1 else INPUT
            sheet.put(across(row, label + 1, last), None, style, basic_name(field))
        sheet.height(row, 24)
        row += 1
    return row


def _write_long(sheet: Sheet, row: int) -> int:
    for field in _LONG:
        sheet.put(cell(row, 0), _LABELS[field], HEADER)
        sheet.put(across(row, 1, _LAST), None, replace(INPUT, valign="top"), basic_name(field))
        sheet.height(row, _LONG_HEIGHT)
        row += 1
    return row


def _write_others(sheet: Sheet, row: int, rubric: Rubric) -> int:
    """What is neither money nor an indicator of 指标表: scores that people give, with reasons."""
    elsewhere = fund_inputs(rubric)
    for indicator in rubric.indicators:
        for spec in indicator.inputs:
            if spec not in elsewhere:
                _write_other(sheet, row, f"{indicator.name}：{spec.label}", spec)
                row += 1
    return row


def _write_other(sheet: Sheet, row: int, label: str, spec: InputSpec) -> None:
    words = replace(TEXT, size=9, colour=GREY) if is_rare(spec) else TEXT
    sheet.put(across(row, 0, 1), f"{label}（{spec.unit}）" if spec.unit else label, words)
    sheet.put(across(row, 2, 3), spec.default, value_style(spec), input_name(spec.id))
    check = check_of(spec)
    if check is not None:
        sheet.validate(cell(row, 2), check)
    advice = replace(TEXT, size=9, colour=GREY)
    sheet.put(across(row, 4, _LAST), spec.help, advice)
    sheet.height(row, max(24, text_height(spec.help, sum(_WIDTHS[4:]), 9)))


def _write_heading(sheet: Sheet, row: int, text: str) -> int:
    sheet.put(across(row, 0, _LAST), text, replace(SECTION, valign="bottom"))
    sheet.height(row, 28)
    return row + 1
