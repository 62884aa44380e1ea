"""Random sheets, written by three writers, change in the cells that were meant and in no other."""

import io
from collections.abc import Callable
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
from handmade import (
    Values,
    as_read,
    read_with_calamine,
    read_with_openpyxl,
    sheet_xml,
    unzipped,
    workbook,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.ooxml import CellAddress, CellValue, Package, a1

Cells = dict[CellAddress, CellValue]

ADDRESSES = st.tuples(st.integers(1, 12), st.integers(1, 30))
NUMBERS = st.decimals(-(10**9), 10**9, places=4) | st.integers(-1000, 1000).map(Decimal)
# No "=" at the start, which the writing libraries take for a formula, and no "_x", which openpyxl
# does not read as the specification says; both are tested by hand.
TEXTS = st.text("ab绩效<>&\"' \n\t😀0", min_size=1, max_size=12).filter(lambda text: text.strip())
VALUES = NUMBERS | TEXTS
SHEET = "自评表"


def by_xlsxwriter(cells: Cells) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        border = book.add_format({"border": 1})
        sheet = book.add_worksheet(SHEET)
        book.add_worksheet("附表").write_formula(0, 0, "=1+1", None, 2)
        for (row, column), value in cells.items():
            if value is None:
                sheet.write_blank(row - 1, column - 1, None, border)
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value, border)
            else:
                sheet.write_number(row - 1, column - 1, value)
    return buffer.getvalue()


def by_openpyxl(cells: Cells) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    for (row, column), value in cells.items():
        sheet.cell(row, column, value)
    book.create_sheet("附表")["A1"] = "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_hand(cells: Cells) -> bytes:
    """Write every second text as a shared string; leave out addresses that can be counted."""
    rows: dict[int, str] = {}
    strings: list[str] = []
    previous = (0, 0)
    for (row, column), value in sorted(cells.items(), key=lambda item: item[0]):
        counted = (row, column) == (previous[0], previous[1] + 1)
        address = "" if counted else f' r="{a1(row, column)}"'
        if value is None:
            cell = f'<c s="0"{address}/>'
        elif isinstance(value, Decimal):
            cell = f"<c{address}><v>{value:f}</v></c>"
        elif len(strings) % 2:
            cell = f'<c{address} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            strings.append("")
        else:
            cell = f'<c{address} t="s"><v>{len(strings)}</v></c>'
            strings.append(f"<t>{escape(value)}</t>")
        rows[row] = rows.get(row, "") + cell
        previous = (row, column)
    content = "".join(f'<row r="{row}">{content}</row>' for row, content in rows.items())
    return workbook({SHEET: sheet_xml(content), "附表": sheet_xml("")}, strings=strings)


def updated(before: Values, changes: Cells) -> Values:
    after = before | {cell: as_read(value) for cell, value in changes.items()}
    return {cell: value for cell, value in after.items() if value is not None}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    write=st.sampled_from([by_xlsxwriter, by_openpyxl, by_hand]),
    cells=st.dictionaries(ADDRESSES, VALUES | st.none(), max_size=25),
    changes=st.dictionaries(ADDRESSES, VALUES | st.none(), max_size=15),
    repeated=st.booleans(),
)
def test_readers_see_the_changes_and_everything_else_as_before(
    write: Callable[[Cells], bytes], cells: Cells, changes: Cells, repeated: bool
) -> None:
    if repeated:
        changes = changes | dict(list(cells.items())[::3])
    content = write(cells)
    after = Package(content).rewritten({SHEET: changes})
    assert read_with_openpyxl(after, SHEET) == updated(read_with_openpyxl(content, SHEET), changes)
    assert read_with_calamine(after, SHEET) == updated(read_with_calamine(content, SHEET), changes)
    old, new = unzipped(content), unzipped(after)
    sheet = Package(content).sheets[SHEET].part
    assert list(new) == list(old)
    assert {name for name in old if old[name] != new[name]} <= {sheet, "xl/workbook.xml"}
    assert Package(after).rewritten({SHEET: changes}) == after
    filled = read_with_calamine(after, SHEET)
    rows, columns = Package(after).sheet(SHEET).filled_extent
    assert rows >= max((row for row, _ in filled), default=0)
    assert columns >= max((column for _, column in filled), default=0)
