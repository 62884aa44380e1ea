"""Formulas written into a file, read back by openpyxl."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from jixiao.ooxml import CellContent, Formula, Package, PackageError
from jixiao.ooxml.cells import CellAddress

SHEET = "表"


@pytest.fixture
def content() -> bytes:
    """A number, a formula, and an array formula over C1:D3."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_number("A1", 2)
        sheet.write_formula("B1", "=A1*2", None, 4)
        sheet.write_array_formula("C1:D3", "{=A1*{1,2;3,4;5,6}}", None, 2)
    return buffer.getvalue()


def rewritten(content: bytes, cells: dict[CellAddress, CellContent]) -> bytes:
    return Package(content).rewritten({SHEET: cells})


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_formula_takes_the_place_of_a_value_and_has_no_result(content: bytes) -> None:
    text = '=IF(A2<3,"甲&乙",MAX(A2,1))'
    after = rewritten(content, {(1, 1): Formula(text), (9, 9): Formula("=A1")})
    sheet = openpyxl.load_workbook(BytesIO(after))[SHEET]
    assert (sheet["A1"].value, sheet["I9"].value) == (text, "=A1")
    assert openpyxl.load_workbook(BytesIO(after), data_only=True)[SHEET]["A1"].value is None
    assert Package(after).sheet(SHEET).formulas()[1, 1] == text
    assert Package(after).sheet(SHEET).uncalculated() >= {(1, 1), (9, 9)}


def test_excel_is_asked_to_calculate_also_where_there_was_no_formula() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet(SHEET).write_number("A1", 2)
    plain = buffer.getvalue()
    stale = _without_request(plain)
    after = rewritten(stale, {(1, 2): Formula("=A1*2")})
    assert 'fullCalcOnLoad="1"' in member(after, "xl/workbook.xml")


def test_array_formula_goes_and_comes_as_a_whole(content: bytes) -> None:
    area = [(row, column) for row in (1, 2, 3) for column in (3, 4)]
    values: dict[CellAddress, CellContent] = dict.fromkeys(area)
    without = rewritten(content, values)
    assert Package(without).sheet(SHEET).formulas().keys() == {(1, 2)}
    array = {**values, (1, 3): Formula("=A1*{1,2;3,4;5,6}", "C1:D3")}
    for before in (content, without, rewritten(without, array)):
        after = rewritten(before, array)
        formula = openpyxl.load_workbook(BytesIO(after))[SHEET]["C1"].value
        assert (formula.ref, formula.text) == ("C1:D3", "=A1*{1,2;3,4;5,6}")
    with pytest.raises(PackageError):
        rewritten(rewritten(without, array), {(1, 3): Decimal(1)})


def test_formula_in_place_of_a_formula_stays_in_the_calculation_chain(content: bytes) -> None:
    chain = (
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<c r="B1" i="1"/></calcChain>'
    )
    chained = _with_chain(content, chain)
    assert member(rewritten(chained, {(1, 2): Formula("=A1*3")}), "xl/calcChain.xml") == chain
    with pytest.raises(KeyError):
        member(rewritten(chained, {(1, 2): Decimal(6)}), "xl/calcChain.xml")


def test_shared_formula_is_known_in_each_of_its_cells(content: bytes) -> None:
    def share(xml: str) -> str:
        row = '<row r="7"><c r="A7"><f t="shared" ref="A7:B7" si="0">JX_A(C7)</f></c>'
        return xml.replace(
            "</sheetData>", f'{row}<c r="B7"><f t="shared" si="0"/></c></row></sheetData>'
        )

    shared = _changed(content, "xl/worksheets/sheet1.xml", share)
    found = Package(shared).sheet(SHEET).formulas()
    assert found[7, 1] == found[7, 2] == "=JX_A(C7)"


@pytest.mark.parametrize("text", ["", "=", "A1", "=A\0", "=" + "A" * 8192])
def test_what_is_no_formula_is_refused(content: bytes, text: str) -> None:
    with pytest.raises(ValueError, match="formula"):
        rewritten(content, {(1, 1): Formula(text)})


def _without_request(content: bytes) -> bytes:
    return _changed(content, "xl/workbook.xml", lambda xml: re.sub(' fullCalcOnLoad="1"', "", xml))


def _with_chain(content: bytes, chain: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relationship = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/>'
    related = _changed(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace("</Relationships>", f"{relationship}</Relationships>"),
    )
    return _changed(related, "xl/calcChain.xml", lambda _: chain)


def _changed(content: bytes, name: str, change) -> bytes:  # type: ignore[no-untyped-def]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members[name] = change(members.get(name, b"").decode()).encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each, data in members.items():
            archive.writestr(each, data)
    return out.getvalue()
