import re
from decimal import Decimal

import pytest
from handmade import MAIN, sheet_xml

from jixiao.ooxml import CellAddress, CellRange, CellValue, PackageError, SheetPart
from jixiao.ooxml.cell_markup import MAX_TEXT
from jixiao.ooxml.shared_strings import SharedStrings

TEXT = '<is><t xml:space="preserve">{}</t></is>'


def part(xml: str) -> SheetPart:
    return SheetPart(xml.encode(), "自评表")


def rows_after(rows: str, changes: dict[CellAddress, CellValue]) -> str:
    """Return the content of sheetData after the changes; the rest must not have moved a byte."""
    before, after = sheet_xml("|").split("|")
    changed = part(sheet_xml(rows)).rewrite(changes).decode()
    assert changed.startswith(before)
    assert changed.endswith(after)
    return changed[len(before) : len(changed) - len(after)]


def test_a_number_replaces_the_content_and_keeps_the_style() -> None:
    rows = '<row r="5"><c r="B5" s="3"><v>1</v></c><c r="C5" s="7" t="s"><v>0</v></c></row>'
    assert rows_after(rows, {(5, 3): Decimal("8.50")}) == (
        '<row r="5"><c r="B5" s="3"><v>1</v></c><c r="C5" s="7"><v>8.50</v></c></row>'
    )


def test_a_text_becomes_an_inline_string() -> None:
    rows = '<row r="1"><c r="A1" s="2"/></row>'
    assert rows_after(rows, {(1, 1): "扣2分"}) == (
        f'<row r="1"><c r="A1" s="2" t="inlineStr">{TEXT.format("扣2分")}</c></row>'
    )


def test_none_and_an_empty_text_leave_only_the_style() -> None:
    rows = '<row r="1"><c r="A1" s="2"><v>1</v></c><c r="B1" t="str"><v>x</v></c></row>'
    assert rows_after(rows, {(1, 1): None, (1, 2): ""}) == (
        '<row r="1"><c r="A1" s="2"/><c r="B1"/></row>'
    )


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("a<b & c>d", "a&lt;b &amp; c&gt;d"),
        ("一\r\n二\r三\n四\t五", "一\n二\n三\n四\t五"),
        ("a\0b\x1fc\ufffed\ud800e\x0b", "abcde"),
        ("  两边有空格  ", "  两边有空格  "),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("_x41_ _xyz_ __x", "_x41_ _xyz_ __x"),
        ("]]>", "]]&gt;"),
        ("😀", "😀"),
    ],
)
def test_text_is_escaped_and_cleaned(text: str, markup: str) -> None:
    expected = f'<row r="1"><c r="A1" t="inlineStr">{TEXT.format(markup)}</c></row>'
    assert rows_after('<row r="1"><c r="A1"/></row>', {(1, 1): text}) == expected
    # The same text is recognised when it is read back.
    written = part(sheet_xml(expected))
    assert written.rewrite({(1, 1): text}) is written.xml


@pytest.mark.parametrize(
    ("number", "markup"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-0.00"), "0"),
        (Decimal("-2.5"), "-2.5"),
        (Decimal("0E+99999"), "0"),
        (Decimal("1E-99999"), "0"),
    ],
)
def test_numbers_are_written_without_exponent(number: Decimal, markup: str) -> None:
    rows = '<row r="1"><c r="A1" t="b"><v>1</v></c></row>'
    assert rows_after(rows, {(1, 1): number}) == f'<row r="1"><c r="A1"><v>{markup}</v></c></row>'


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E+400"])
def test_a_number_no_cell_can_hold_is_a_value_error(number: str) -> None:
    with pytest.raises(ValueError, match="cannot be a number"):
        part(sheet_xml("")).rewrite({(1, 1): Decimal(number)})


def test_a_float_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="float"):
        part(sheet_xml("")).rewrite({(1, 1): 0.1})  # type: ignore[dict-item]


def test_an_address_outside_the_grid_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="column"):
        part(sheet_xml("")).rewrite({(1, 16385): "x"})


@pytest.mark.parametrize("text", ["字" * MAX_TEXT, "😀" * (MAX_TEXT // 2)])
def test_a_text_of_the_greatest_length_is_written(text: str) -> None:
    assert text.encode() in part(sheet_xml("")).rewrite({(1, 1): text})


@pytest.mark.parametrize("text", ["字" * (MAX_TEXT + 1), "😀" * (MAX_TEXT // 2 + 1)])
def test_a_longer_text_is_refused(text: str) -> None:
    with pytest.raises(PackageError, match="32767"):
        part(sheet_xml("")).rewrite({(1, 1): text})


STRINGS = SharedStrings(
    f'<sst xmlns="{MAIN}"><si><t>完成</t></si><si><t>部分完成</t></si></sst>'.encode(), "strings"
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"/>', None),
        ('<c r="A1" s="1"></c>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1"><v>8.3000000000000007</v></c>', Decimal("8.3")),
        ('<c r="A1" t="n"><v>1.0E2</v></c>', Decimal(100)),
        ('<c r="A1" t="s"><v>1</v></c>', "部分完成"),
        ('<c r="A1" t="str"><v>a&amp;b</v></c>', "a&b"),
        ('<c r="A1" t="str"><v></v></c>', None),
        (
            '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>甲</t></r><r><t>乙</t></r></is></c>',
            "甲乙",
        ),
        ('<c r="A1" t="inlineStr"><is><t> 甲\n</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[</c>]]></t></is></c>', "</c>"),
    ],
)
def test_a_cell_that_holds_the_value_keeps_its_bytes(
    cell: str, value: Decimal | str | None
) -> None:
    sheet = part(sheet_xml(f'<row r="1">{cell}</row>'))
    assert sheet.rewrite({(1, 1): value}, STRINGS) is sheet.xml


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>1</v></c>',
        '<c r="A1" t="s"><v>2</v></c>',
        '<c r="A1" t="s"><v>x</v></c>',
        '<c r="A1" t="b"><v>1</v></c>',
        '<c r="A1" t="e"><v>1</v></c>',
        '<c r="A1" t="str"><v>1</v></c>',
        '<c r="A1"><v>1_0</v></c>',
        '<c r="A1"><f>1+0</f><v>1</v></c>',
        '<c r="A1"><v>1.0000001</v></c>',
        '<c r="A1"><v>nan</v></c>',
        '<c r="A1" t="inlineStr"><is><t>1</t></is></c>',
    ],
)
def test_a_cell_that_holds_something_else_is_replaced(cell: str) -> None:
    changed = part(sheet_xml(f'<row r="1">{cell}</row>')).rewrite({(1, 1): Decimal(1)}, STRINGS)
    assert b'<row r="1"><c r="A1"><v>1</v></c></row>' in changed


def test_shared_strings_are_not_read_unless_they_matter() -> None:
    damaged = SharedStrings(b"<sst", "strings")
    sheet = part(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"/></row>'))
    assert b"inlineStr" in sheet.rewrite({(1, 2): "新"}, damaged)
    assert b"inlineStr" in sheet.rewrite({(1, 1): "新"}, damaged)


def test_new_cells_go_to_their_sorted_place_and_spans_go() -> None:
    rows = '<row r="2" spans="2:4" ht="15"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>'
    changes = {(2, column): Decimal(column) for column in (1, 3, 5, 6)}
    assert rows_after(rows, dict(changes)) == (
        '<row r="2" ht="15"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c><c r="C2"><v>3</v></c>'
        '<c r="D2"><v>2</v></c><c r="E2"><v>5</v></c><c r="F2"><v>6</v></c></row>'
    )


def test_a_new_cell_before_a_changed_one_stays_before_it() -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c></row>'
    assert rows_after(rows, {(2, 1): Decimal(7), (2, 2): Decimal(8)}) == (
        '<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>8</v></c></row>'
    )


def test_an_empty_row_is_opened_for_a_new_cell() -> None:
    assert rows_after('<row r="2" spans="1:3" s="4" />', {(2, 3): Decimal(1)}) == (
        '<row r="2" s="4"><c r="C2"><v>1</v></c></row>'
    )
    assert rows_after('<row r="2"></row>', {(2, 3): Decimal(1)}) == (
        '<row r="2"><c r="C2"><v>1</v></c></row>'
    )


def test_new_rows_go_to_their_sorted_place() -> None:
    rows = '<row r="3"><c r="A3"><v>3</v></c></row> <row r="5"/>\n'
    changes = {(row, 1): Decimal(row) for row in (1, 2, 4, 6, 7)}
    cell = '<row r="{0}"><c r="A{0}"><v>{0}</v></c></row>'.format
    assert rows_after(rows, dict(changes)) == (
        f'{cell(1)}{cell(2)}{cell(3)} {cell(4)}<row r="5"/>{cell(6)}{cell(7)}\n'
    )


def test_a_sheet_without_rows_gets_them() -> None:
    row = b'<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'
    assert row in part(sheet_xml("")).rewrite({(2, 2): Decimal(1)})
    empty = sheet_xml("").replace("<sheetData></sheetData>", "<sheetData/>")
    assert row in part(empty).rewrite({(2, 2): Decimal(1)})


def test_emptying_a_cell_that_does_not_exist_changes_nothing() -> None:
    sheet = part(sheet_xml('<row r="1"/>'))
    assert sheet.rewrite({(1, 1): None, (9, 9): ""}) is sheet.xml


def test_a_new_cell_takes_the_style_of_its_row_or_else_of_its_column() -> None:
    columns = '<cols><col min="1" max="1"/><col min="2" max="3" style="5"/></cols>'
    rows = '<row r="1" s="9" customFormat="1"/><row r="2" s="9"/>'
    changed = part(sheet_xml(rows, before=columns)).rewrite(
        {(row, column): Decimal(1) for row in (1, 2, 3) for column in (1, 3)}
    )
    for cell in ('A1" s="9"', 'C1" s="9"', 'A2"', 'C2" s="5"', 'A3"', 'C3" s="5"'):
        assert f'<c r="{cell}><v>1</v></c>'.encode() in changed


@pytest.mark.parametrize(
    ("row", "grows"),
    [
        ('ht="30" customHeight="1"', False),
        ('ht="30" customHeight="true"', False),
        ('customHeight="0" ht="30"', True),
        ("ht='30'", True),
        ("", False),
    ],
)
def test_a_row_grows_with_its_text_unless_somebody_has_set_its_height(
    row: str, grows: bool
) -> None:
    tag = f'<row r="1" {row} x="ht=&quot;1&quot;">'
    rows = f'{tag}<c r="A1"/></row>'
    written = rows_after(rows, {(1, 1): "长" * 60})
    found = re.search(r' ht="([0-9.]+)"', written[: written.index(">")])
    assert (found is not None and float(found[1]) > 30) is grows
    assert rows_after(rows, {(1, 1): "短"}).startswith(tag)
    assert rows_after(rows, {(1, 1): Decimal(1)}).startswith(tag)


def test_the_declared_dimension_grows_with_new_cells_only() -> None:
    rows = '<row r="3"><c r="B3"/></row>'
    sheet = part(sheet_xml(rows, before='<dimension ref="B3"/>'))
    assert b'<dimension ref="B3"/>' in sheet.rewrite({(3, 2): Decimal(1)})
    assert b'<dimension ref="A3:B9"/>' in sheet.rewrite({(9, 1): Decimal(1)})
    assert b'<dimension ref="B1:D3"/>' in sheet.rewrite({(1, 4): Decimal(1), (3, 2): "x"})


PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:other"><c r="Z9"/><x:sheetData>'
    '<x:row r="1"><x:c r="A1" s="1"><x:f>1</x:f><x:v>1</x:v></x:c><c r="B1"/></x:row>'
    '</x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>'
)


def test_a_namespace_prefix_is_understood_and_used() -> None:
    sheet = part(PREFIXED)
    assert sheet.formula_cells == {(1, 1)}
    assert sheet.extent == (1, 1)
    assert sheet.merged == (CellRange("自评表", 1, 1, 2, 2),)
    changed = sheet.rewrite({(1, 1): "甲", (2, 1): Decimal(2)}).decode()
    text = '<x:is><x:t xml:space="preserve">甲</x:t></x:is>'
    assert (
        f'<x:row r="1"><x:c r="A1" s="1" t="inlineStr">{text}</x:c><c r="B1"/></x:row>' in changed
    )
    assert '<x:row r="2"><x:c r="A2"><x:v>2</x:v></x:c></x:row></x:sheetData>' in changed
    again = SheetPart(changed.encode(), "自评表")
    assert again.rewrite({(1, 1): "甲", (2, 1): Decimal(2)}) is again.xml


def test_cells_and_rows_without_addresses_are_counted() -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c r='E1'/><c><v>4</v></c></row>"
        "<row r='4'/><row><c s='3'><v>5</v></c></row>"
    )
    sheet = part(sheet_xml(rows))
    assert sheet.extent == (5, 6)
    assert rows_after(rows, {(1, 6): Decimal(6), (5, 1): Decimal(7), (1, 2): "二"}) == (
        f'<row><c><v>1</v></c><c r="B1" t="inlineStr">{TEXT.format("二")}</c><c r=\'E1\'/>'
        '<c r="F1"><v>6</v></c></row><row r=\'4\'/><row><c r="A5" s="3"><v>7</v></c></row>'
    )


def test_attributes_may_come_in_any_order_and_quoting() -> None:
    rows = (
        "<row spans='1:2' r='1'><c t = 's' s='2' r = 'A1' ><v>0</v></c ><c s='4' r='B1' /></row >"
    )
    assert rows_after(rows, {(1, 1): Decimal(1), (1, 2): Decimal(2)}) == (
        '<row spans=\'1:2\' r=\'1\'><c r="A1" s="2"><v>1</v></c><c r="B1" s="4"><v>2</v></c></row >'
    )


def test_rows_and_cells_out_of_order_are_understood() -> None:
    rows = '<row r="9"><c r="D9"/><c r="B9"/></row><row r="2"><c r="A2"/></row>'
    changed = rows_after(rows, {(9, 2): Decimal(1), (2, 1): Decimal(2), (9, 3): Decimal(3)})
    assert changed == (
        '<row r="9"><c r="C9"><v>3</v></c><c r="D9"/><c r="B9"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
    )


def test_comments_sections_and_instructions_do_not_hide_the_end_of_a_cell() -> None:
    rows = (
        '<!-- <row r="1"><c r="A1"/></row> --><row r="1"><c r="A1" s="1"><!-- </c> --><?p </c> ?>'
        "<v>1</v></c><c r='B1'/></row><!-- </row> -->"
    )
    assert rows_after(rows, {(1, 1): Decimal(2), (3, 1): Decimal(3)}) == (
        '<!-- <row r="1"><c r="A1"/></row> --><row r="1"><c r="A1" s="1"><v>2</v></c>'
        '<c r=\'B1\'/></row><row r="3"><c r="A3"><v>3</v></c></row><!-- </row> -->'
    )


def test_attribute_values_may_contain_angle_brackets() -> None:
    rows = '<row r="1"><c r="A1" s="1" note="/>"><v>1</v></c></row>'
    assert rows_after(rows, {(1, 1): Decimal(2)}) == '<row r="1"><c r="A1" s="1"><v>2</v></c></row>'


def test_elements_named_like_cells_elsewhere_are_not_cells() -> None:
    after = '<extLst xmlns:y="urn:y"><ext><y:c r="Z99"/><row xmlns="urn:y" r="7"/></ext></extLst>'
    sheet = part(sheet_xml('<row r="1"><c r="A1"/></row>', after=after))
    assert sheet.extent == (1, 1)
    assert sheet.rewrite({(9, 1): Decimal(1)}).endswith(f"</sheetData>{after}</worksheet>".encode())


def test_the_extent_is_the_true_one_whatever_the_part_declares() -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="1048576"/>'
    sheet = part(sheet_xml(rows, before='<dimension ref="A1"/>'))
    assert sheet.extent == (1048576, 16384)
    assert sheet.filled_extent == (2, 2)
    assert part(sheet_xml("")).extent == part(sheet_xml("")).filled_extent == (0, 0)


def test_an_absurd_cell_is_part_of_the_filled_extent() -> None:
    rows = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert part(sheet_xml(rows)).filled_extent == (1048576, 16384)


def test_merged_areas_are_reported() -> None:
    after = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B9"/></mergeCells>'
    areas = (CellRange("自评表", 1, 1, 1, 3), CellRange("自评表", 2, 2, 9, 2))
    assert part(sheet_xml("", after=after)).merged == areas


SHARED = (
    '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">A1</f><v>1</v></c></row>'
    '<row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="3"><c r="C3"><f t="shared" si="0"/><v>3</v></c></row>'
)
ARRAY = (
    '<row r="1"><c r="A1"><f t="array" ref="A1:B1">C1:D1</f><v>1</v></c>'
    '<c r="B1"><v>1</v></c></row>'
)
TABLE = '<row r="1"><c r="A1"><f t="dataTable" ref="A1:B1" dt2D="0"/><v>1</v></c><c r="B1"/></row>'


@pytest.mark.parametrize(
    ("rows", "cells", "named"),
    [
        (SHARED, [(1, 3)], "C1"),
        (SHARED, [(1, 3), (2, 3)], "C1"),
        (ARRAY, [(1, 1)], "A1"),
        (ARRAY, [(1, 2)], "B1"),
        (TABLE, [(1, 2)], "B1"),
    ],
)
def test_a_formula_other_cells_need_is_not_torn(
    rows: str, cells: list[tuple[int, int]], named: str
) -> None:
    with pytest.raises(PackageError, match=f"自评表.*{named} "):
        part(sheet_xml(rows)).rewrite({cell: Decimal(7) for cell in cells})


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (SHARED, [(2, 3)]),
        (SHARED, [(1, 3), (2, 3), (3, 3)]),
        (ARRAY, [(1, 1), (1, 2)]),
        ('<row r="1"><c r="A1"><f t="array" ref="A1">1</f></c></row>', [(1, 1)]),
        ('<row r="1"><c r="A1"><f>1</f></c></row>', [(1, 1)]),
    ],
)
def test_whole_formulas_and_mere_users_are_replaced(
    rows: str, cells: list[tuple[int, int]]
) -> None:
    changed = part(sheet_xml(rows)).rewrite({cell: Decimal(7) for cell in cells})
    assert SheetPart(changed, "s").formula_cells.isdisjoint(cells)


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        ("<worksheet", "损坏"),
        ("", "损坏"),
        ("<html/>", "普通工作表"),
        ("<worksheet/>", "普通工作表"),
        (f'<x:worksheet xmlns="{MAIN}" xmlns:x="urn:x"/>', "普通工作表"),
        (f'<worksheet xmlns="{MAIN}"/>', "没有 sheetData"),
        (sheet_xml("", after="<sheetData/>"), "sheetData"),
        (sheet_xml("<!-- </sheetData> -->"), "sheetData"),
        (sheet_xml('<c r="A1"/><row r="1"/>'), "行之外"),
        (sheet_xml('<c r="A1"/>'), "行之外"),
        (sheet_xml("<f>1</f>"), "单元格之外"),
        (sheet_xml('<row r="1"><v>1</v></row>'), "单元格之外"),
        (sheet_xml('<row r="1"/><row r="1"/>'), "两次"),
        (sheet_xml('<row r="1"><c r="A1"/><c r="A1"/></row>'), "两次"),
        (sheet_xml('<row r="1"><c r="A2"/></row>'), "A2"),
        (sheet_xml('<row r="1"><c r="XFE1"/></row>'), "XFE1"),
        (sheet_xml('<row r="1048577"/>'), "1048577"),
        (sheet_xml('<row r="0"/>'), "行号 0"),
        (sheet_xml('<row r="-1"/>'), "行号"),
        (sheet_xml('<row r="１"/>'), "行号"),
        (sheet_xml('<row r="1048576"/><row/>'), "1048577"),
        ("<!DOCTYPE worksheet>" + sheet_xml("").split("\n")[1], "DTD"),
        (sheet_xml("").replace("UTF-8", "GBK"), "GBK"),
        (sheet_xml("").replace("UTF-8", "ISO-8859-1"), "ISO-8859-1"),
        (sheet_xml("").replace("UTF-8", "no-such"), "no-such"),
    ],
)
def test_a_part_that_is_no_sound_sheet_is_refused(xml: str, why: str) -> None:
    with pytest.raises(PackageError, match=why):
        part(xml)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused(encoding: str) -> None:
    xml = sheet_xml("").replace("UTF-8", "UTF-16").encode(encoding)
    with pytest.raises(PackageError, match="UTF-16"):
        SheetPart(xml, "s")


def test_a_byte_order_mark_does_not_shift_the_bytes() -> None:
    xml = b"\xef\xbb\xbf" + sheet_xml('<row r="1"><c r="A1"/></row>').encode()
    assert b'<row r="1"><c r="A1"><v>1</v></c></row>' in SheetPart(xml, "s").rewrite(
        {(1, 1): Decimal(1)}
    )


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(PackageError, match="DTD"):
        part(bomb + sheet_xml('<row r="1"><c r="A1"><v>&b;</v></c></row>').split("\n")[1])


def test_a_sheet_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.ooxml.xml_source.MAX_TAGS", 1000)
    with pytest.raises(PackageError, match=r"自评表.*过多"):
        part(sheet_xml('<row r="1">' + "<c/>" * 1000 + "</row>"))


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ('<c r="A1"><c r="B1"><v>1</v></c></c>', "损坏"),
        ('<c r="A1"><f>1</f><c r="B1"><v>1</v></c></c>', "嵌套"),
    ],
)
def test_cells_in_cells_are_refused_when_both_change(cell: str, why: str) -> None:
    sheet = part(sheet_xml(f'<row r="1">{cell}</row>'))
    with pytest.raises(PackageError, match=why):
        sheet.rewrite({(1, 1): Decimal(2), (1, 2): Decimal(3)})


@pytest.mark.parametrize("style", ["x", "1 2", "&quot;"])
def test_a_style_that_is_no_number_is_refused(style: str) -> None:
    with pytest.raises(PackageError, match="样式号"):
        part(sheet_xml(f'<row r="1"><c r="A1" s="{style}"/></row>')).rewrite({(1, 1): "x"})


def test_column_styles_that_make_no_sense_are_refused() -> None:
    sheet = part(sheet_xml("", before='<cols><col min="x" max="2"/></cols>'))
    with pytest.raises(PackageError, match="列的范围"):
        sheet.rewrite({(1, 1): "x"})
