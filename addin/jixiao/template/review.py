"""审核意见: two boxes that people sign, and the remarks that the program lists below them."""

from __future__ import annotations

from dataclasses import replace

from jixiao.scoring.rubric import Rubric
from jixiao.template.area import across, cell, down
from jixiao.template.book import Book, Sheet
from jixiao.template.styles import INPUT, PLAIN, QUIET, SECTION, TAB_RESULT, TITLE
from jixiao.workbook.names import FINDINGS

# LibreOffice does not shrink a sheet of a single column to the page: hence the second.
_WIDTHS = (93, 3)
_LAST = 1
_BOXES = ("单位负责人审核意见", "主管部门/财政部门审核意见")
_SIGNATURE = "签名（盖章）：　　　　　　　　　　　　日期：　　　　年　　月　　日　　"
_FINDING_CELLS = 60
_BOX_HEIGHT = 110


def write_review(book: Book, rubric: Rubric) -> None:
    """Write the sheet."""
    sheet = book.sheet("review", TAB_RESULT, _WIDTHS)
    sheet.put(across(0, 0, _LAST), "审核意见", TITLE)
    sheet.height(0, 34)
    row = 1
    for box in _BOXES:
        row = _write_box(sheet, row, box)
    _write_findings(sheet, row + 1)
    sheet.print_on(None, landscape=False)
    sheet.zoom(110)


def _write_box(sheet: Sheet, row: int, title: str) -> int:
    sheet.put(across(row, 0, _LAST), title, SECTION)
    sheet.height(row, 26)
    sheet.put(across(row + 1, 0, _LAST), None, replace(INPUT, size=11, valign="top"))
    sheet.height(row + 1, _BOX_HEIGHT)
    sheet.put(across(row + 2, 0, _LAST), _SIGNATURE, replace(INPUT, size=11, align="right"))
    sheet.height(row + 2, 28)
    return row + 3


def _write_findings(sheet: Sheet, row: int) -> None:
    sheet.put(across(row, 0, _LAST), "程序核对提示", SECTION)
    sheet.height(row, 26)
    advice = (
        "以下由程序在评分时逐条列出。程序只改写以“【自动】”开头的文字，"
        "您写在这里的其他文字不会被改动。"
    )
    sheet.put(across(row + 1, 0, _LAST), advice, QUIET)
    sheet.height(row + 1, 20)
    first, last = row + 2, row + 1 + _FINDING_CELLS
    for place in range(first, last + 1):
        sheet.put(cell(place, 0), None, PLAIN)
    findings = down(0, first, last)
    sheet.name(findings, FINDINGS)
    # Only lines that are in use are drawn, so that a short list prints on one page.
    sheet.underline_filled(findings)
