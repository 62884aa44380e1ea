"""Formulas and errors found by pattern are those that the parser finds, or none are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.ooxml import Package, SheetPart, SpecialCells, has_plain_addresses, special_cells
from workbook.books import by_openpyxl, saved, seed_book

MACRO_TEMPLATES = sorted((Path(__file__).parents[2] / "workbook_templates").glob("*.xls[xm]"))


def sheet(*cells: str) -> bytes:
    rows = "".join(f'<row r="{number}">{cell}</row>' for number, cell in enumerate(cells, 1))
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def parsed(xml: bytes) -> SpecialCells:
    part = SheetPart(xml, "表")
    return SpecialCells(part.errors(), part.formulas(), part.uncalculated())


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>1</v></c>',
        '<c r="A1" s="3"/>',
        '<c r="A1" s="3"><f>1+1</f><v>2</v></c>',
        '<c r="A1"><f>1&lt;2</f><v>1</v></c>',
        '<c r="A1"><f>"甲"</f></c>',
        '<c r="A1"><f>1+1</f><v></v></c>',
        '<c r="A1"><f>1+1</f><v/></c>',
        '<c r="A1" t="str"><f>""</f><v></v></c>',
        '<c r="A1" t="str"><f>""</f><v/></c>',
        '<c r="A1" t="str"><f>""</f></c>',
        '<c r="A1"><f/><v>1</v></c>',
        '<c r="A1"><f t="array" ref="A1:A2">B1</f><v>1</v></c>',
        '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c r="A1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="A1" t="e"/>',
        '<c r="A1" t = "e"><v>#N/A</v></c>',
        '<c r="A1"><f>"e"</f><v>1</v></c>',
        '<c r="A1" t="inlineStr"><is><t>t="e" =1</t></is></c>',
    ],
)
def test_cells_that_programs_write_are_found_as_by_the_parser(cell: str) -> None:
    xml = sheet(cell, '<c r="A2"><f>A1</f><v>0</v></c>')
    assert has_plain_addresses(xml)
    assert special_cells(xml) in (parsed(xml), None)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="1" ><f>1+1</f><v>2</v></c>',
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1" t="e"><v>#N/A</v></c>',
    ],
)
def test_usual_cells_need_no_parser(cell: str) -> None:
    assert special_cells(sheet(cell)) == parsed(sheet(cell)) != SpecialCells({}, {}, frozenset())


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" x=">"><f>1+1</f><v>2</v></c>',
        '<c r="A1"> <f>1+1</f><v>2</v></c>',
        '<c r="A1"><v>2</v><f>1+1</f></c>',
        '<c r="A1"><f t="shared" si="0" ref="A1:A2">1+1</f><v>2</v></c>',
        '<c r="A1" t="e" x=">"><v>#N/A</v></c>',
        '<c r="A0"><f>1</f><v>1</v></c>',
    ],
)
def test_unusual_cells_are_left_to_the_parser(cell: str) -> None:
    assert special_cells(sheet(cell)) is None


@pytest.mark.parametrize("path", MACRO_TEMPLATES, ids=lambda path: path.suffix)
def test_templates_are_read_as_by_the_parser(path: Path) -> None:
    assert_same_as_parsed(path.read_bytes())


def test_workbook_of_another_program_is_read_as_by_the_parser() -> None:
    book = by_openpyxl(seed_book())
    book["基础数据"]["H30"] = "=1/0"
    book["基础数据"]["H31"] = '=IF(A1="<",">","&")'
    assert_same_as_parsed(saved(book))


def assert_same_as_parsed(content: bytes) -> None:
    package = Package(content)
    for info in package.sheets.values():
        xml = package.part(info.part)
        found = special_cells(xml) if has_plain_addresses(xml) else None
        assert found in (parsed(xml), None)


PIECES = ['<c r="A', '1"', '2"', ' s="1"', ' t="e"', ' t="str"', ">", "/>", "<f>", "</f>", "<f/>",
          "<v>", "</v>", "<v/>", "</c>", "1", "#N/A", "&lt;", " ", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_the_parser_accepts_is_read_alike_or_not_at_all(cell: str) -> None:
    xml = sheet(cell)
    try:
        expected = parsed(xml)
    except Exception:
        return
    if has_plain_addresses(xml):
        assert special_cells(xml) in (expected, None)
