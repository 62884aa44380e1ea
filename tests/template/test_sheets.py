"""What holds for every sheet: order, look, print, and that there is nothing to calculate."""

from __future__ import annotations

import re

import pytest

from jixiao.scoring.provenance import Provenance
from jixiao.workbook import names
from jixiao.workbook.names import SHEETS

from .built import RUBRIC, cells, sheet, texts, the_cell, workbook

KEYS = tuple(SHEETS)
SHOWN = re.compile(r'=IF\((jixiao_basic_\w+)="","([^"]*)",(?:"\2"&)?\1\)')


def test_sheets_stand_in_order_and_the_first_is_open() -> None:
    assert workbook().sheetnames == list(SHEETS.values())
    assert workbook().active.title == SHEETS["guide"]


@pytest.mark.parametrize("key", KEYS)
def test_sheet_prints_on_a4_one_page_wide_with_page_numbers(key: str) -> None:
    found = sheet(key)
    assert found.page_setup.paperSize == 9
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth or 1) == 1
    assert found.page_setup.fitToHeight == 0
    assert "第 &P 页" in found.oddFooter.center.text


@pytest.mark.parametrize("key", KEYS)
def test_sheet_is_neither_protected_nor_ruled_and_has_a_coloured_tab(key: str) -> None:
    found = sheet(key)
    assert not found.protection.sheet
    assert not found.sheet_view.showGridLines
    assert found.sheet_properties.tabColor is not None


@pytest.mark.parametrize("key", KEYS)
def test_fonts_are_those_of_chinese_offices(key: str) -> None:
    written = [cell for row in sheet(key).iter_rows() for cell in row if cell.value is not None]
    assert {cell.font.name for cell in written} <= {"宋体", "黑体"}


@pytest.mark.parametrize("key", KEYS)
def test_columns_have_widths(key: str) -> None:
    found = sheet(key)
    used = {cell.column for row in found.iter_rows() for cell in row if cell.value}
    given = {
        number
        for width in found.column_dimensions.values()
        for number in range(width.min, width.max + 1)
    }
    assert used <= given


@pytest.mark.parametrize("key", ["form", "inputs", "companion", "provenance"])
def test_headings_of_long_tables_are_repeated_on_each_page(key: str) -> None:
    rows = sheet(key).print_title_rows
    first, last = (int(row) for row in rows.replace("$", "").split(":"))
    assert first == last
    headings = {cell.value for cell in sheet(key)[first]}
    assert {"分值", "三级指标"} & headings


def test_the_only_formulas_show_what_is_typed_on_the_first_sheet() -> None:
    formulas = [
        cell.value
        for found in workbook()
        for row in found.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    shown = [SHOWN.fullmatch(formula) for formula in formulas]
    assert all(shown), formulas
    fields = [field.field for field in (*names.BASIC_FIELDS, *names.BUDGET_FIELDS)]
    wanted = {names.basic_name(field) for field in fields}
    assert {match[1] for match in shown if match} == wanted


def test_document_has_a_title_and_no_author() -> None:
    properties = workbook().properties
    assert properties.title == f"{RUBRIC.name}（{RUBRIC.year}年度）"
    assert not properties.creator
    assert properties.created == properties.modified


def test_guide_names_the_standard_the_steps_and_the_classes() -> None:
    found = texts(sheet("guide"))
    assert the_cell(names.RUBRIC).value == RUBRIC.id
    assert sum(text.startswith("第") and text.endswith("步") for text in found) in {5, 6}
    assert any("python -m jixiao fill" in text for text in found)
    assert any("必须填0" in text for text in found)
    assert any("【自动】" in text for text in found)
    for provenance in Provenance:
        assert any(text.startswith(f"{provenance.label}（") for text in found)


def test_review_has_boxes_for_people_and_says_what_the_program_rewrites() -> None:
    found = texts(sheet("review"))
    assert {"单位负责人审核意见", "主管部门/财政部门审核意见", "程序核对提示"} <= set(found)
    assert sum("签名" in text and "日期" in text for text in found) == 2
    assert any("只改写以“【自动】”开头" in text for text in found)
    assert all(cell.alignment.wrap_text for cell in cells(names.FINDINGS))
