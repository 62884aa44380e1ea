import io
import struct
import zipfile
from decimal import Decimal

import pytest
from handmade import (
    Changes,
    parts_of_workbook,
    read_with_calamine,
    read_with_openpyxl,
    sheet_xml,
    unzipped,
    workbook,
    zipped,
)

from jixiao.ooxml import Package, PackageError

ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>1</v></c></row>'
FORMULA = '<row r="1"><c r="A1"><f>B1*2</f><v>2</v></c><c r="B1"><v>1</v></c></row>'
STRINGS = ["<t>指标</t>", "<r><t>甲</t></r><r><t>乙</t></r><rPh sb='0' eb='1'><t>音</t></rPh>"]
SHEETS = {"封面": sheet_xml(ROWS), "自评表": sheet_xml(ROWS)}
CHANGE: Changes = {"自评表": {(1, 2): Decimal(8), (3, 3): "说明"}}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = unzipped(before), unzipped(after)
    assert [name for name in old if name in new] == list(new)
    return {name for name in old if old[name] != new.get(name)}


def test_only_the_changed_sheet_differs_and_both_readers_see_the_values() -> None:
    content = workbook(SHEETS, strings=STRINGS)
    after = Package(content).rewritten(CHANGE)
    assert changed_parts(content, after) == {"xl/worksheets/sheet2.xml"}
    expected = {(1, 1): "指标", (1, 2): 8, (3, 3): "说明"}
    assert read_with_openpyxl(after, "自评表") == expected
    assert read_with_calamine(after, "自评表") == expected
    assert read_with_calamine(after, "封面") == {(1, 1): "指标", (1, 2): 1}


def test_writing_twice_is_writing_once() -> None:
    after = Package(workbook(SHEETS, strings=STRINGS)).rewritten(CHANGE)
    package = Package(after)
    assert package.rewritten(CHANGE) is package.content


def test_equal_shared_strings_stay() -> None:
    content = workbook({"表": sheet_xml(ROWS.replace("<v>0<", "<v>1<"))}, strings=STRINGS)
    package = Package(content)
    assert package.rewritten({"表": {(1, 1): "甲乙"}}) is content
    assert package.rewritten({"表": {(1, 1): "甲乙音"}}) != content


def test_without_changes_the_same_bytes_come_back() -> None:
    package = Package(workbook(SHEETS, strings=STRINGS))
    assert package.rewritten({}) is package.content
    assert package.rewritten({"封面": {}}) is package.content
    assert package.rewritten({"封面": {(1, 2): Decimal("1.0"), (1, 1): "指标"}}) is package.content


def test_a_sheet_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PackageError, match="没有名为“无”"):
        Package(workbook(SHEETS)).rewritten({"无": {}})


def test_a_workbook_without_shared_strings_part_is_written() -> None:
    content = workbook({"表": sheet_xml(ROWS)})
    assert read_with_calamine(Package(content).rewritten({"表": {(1, 1): "指标"}}), "表") == {
        (1, 1): "指标",
        (1, 2): 1,
    }


CHAIN = '<c r="A1" i="1" l="1"/><c r="C9"/><c r="A1" i="2"/>'


def chain_after(chain: str, *sheets: str) -> bytes | None:
    content = workbook({"甲": sheet_xml(FORMULA), "乙": sheet_xml(FORMULA)}, calc_chain=chain)
    after = Package(content).rewritten({name: {(1, 1): Decimal(5)} for name in sheets})
    return unzipped(after).get("xl/calcChain.xml")


@pytest.mark.parametrize(
    ("chain", "sheets", "left"),
    [
        (CHAIN, "甲", '<c r="C9" i="1"/><c r="A1" i="2"/>'),
        (CHAIN, "乙", '<c r="A1" i="1" l="1"/><c r="C9"/>'),
        (CHAIN, "甲乙", '<c r="C9" i="1"/>'),
        (
            '<c r="A1" i="2"/><c r="A1" i="1"/><c r="B2" />',
            "甲",
            '<c r="A1" i="2"/><c r="B2" i="1"/>',
        ),
        ('<c r="A1" i="2"/><c r="Z1"></c>', "甲乙", '<c r="Z1" i="2"></c>'),
    ],
)
def test_a_formula_that_became_a_value_leaves_the_calculation_chain(
    chain: str, sheets: str, left: str
) -> None:
    remaining = chain_after(chain, *sheets)
    assert remaining is not None
    assert f'main">{left}</calcChain>' in remaining.decode()


def test_an_unaffected_calculation_chain_keeps_its_bytes() -> None:
    chain = '<c r="A1" i="2"/>'
    content = workbook({"甲": sheet_xml(FORMULA), "乙": sheet_xml(FORMULA)}, calc_chain=chain)
    after = Package(content).rewritten({"甲": {(1, 1): Decimal(5)}})
    assert changed_parts(content, after) == {"xl/worksheets/sheet1.xml"}


def test_an_empty_calculation_chain_goes_with_every_mention_of_it() -> None:
    content = workbook({"表": sheet_xml(FORMULA)}, calc_chain='<c r="A1" i="1"/>', strings=STRINGS)
    after = Package(content).rewritten({"表": {(1, 1): Decimal(5)}})
    parts = unzipped(after)
    assert list(parts) == [name for name in unzipped(content) if name != "xl/calcChain.xml"]
    assert not any(b"calcChain" in part for part in parts.values())
    assert b"sharedStrings" in parts["[Content_Types].xml"]
    assert b"sharedStrings" in parts["xl/_rels/workbook.xml.rels"]
    assert read_with_openpyxl(after, "表") == {(1, 1): 5, (1, 2): 1}
    package = Package(after)
    assert package.rewritten({"表": {(1, 1): Decimal(5)}}) is after


def workbook_part_after(calc_pr: str, rows: str, chain: str | None = None) -> str:
    content = workbook({"表": sheet_xml(rows)}, calc_pr=calc_pr, calc_chain=chain)
    after = Package(content).rewritten({"表": {(1, 2): Decimal(5)}})
    return unzipped(after)["xl/workbook.xml"].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="1" fullCalcOnLoad="0" />', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="1"></calcPr>', '<calcPr calcId="1" fullCalcOnLoad="1"></calcPr>'),
        (
            '<calcPr calcId="1" fullCalcOnLoad="true"/>',
            '<calcPr calcId="1" fullCalcOnLoad="true"/>',
        ),
        ('<calcPr iterate="0"/>', '<calcPr iterate="0"/>'),
        ("", ""),
    ],
)
def test_formulas_are_worked_out_on_loading(before: str, after: str) -> None:
    assert f"</sheets>{after}</workbook>" in workbook_part_after(before, FORMULA)


def test_only_a_workbook_with_formulas_asks_for_recalculation() -> None:
    calc_pr = '<calcPr calcId="1"/>'
    assert "fullCalcOnLoad" not in workbook_part_after(calc_pr, ROWS)
    assert "fullCalcOnLoad" in workbook_part_after(calc_pr, ROWS, '<c r="Z9" i="1"/>')


def test_other_members_keep_every_byte_and_header_field() -> None:
    parts = parts_of_workbook(SHEETS, strings=STRINGS)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = "备注".encode()
        for number, (name, data) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (2023, 3, 4 + number, 5, 6, 8))
            info.external_attr = 0o640 << 16 | number
            info.comment = f"第{number}个".encode()
            info.extra = struct.pack("<2HL", 0xA220, 4, number)
            info.create_system = number % 2
            archive.writestr(info, data, number % 2 and zipfile.ZIP_DEFLATED, number)
        archive.writestr("xl/media/图片.png", b"\x89PNG" * 100)
        archive.writestr("empty/", b"")
    content = buffer.getvalue()
    after = Package(content).rewritten(CHANGE)
    old, new = zipfile.ZipFile(buffer), zipfile.ZipFile(io.BytesIO(after))
    assert new.testzip() is None
    assert new.comment == old.comment
    assert new.namelist() == old.namelist()
    for before, now in zip(old.infolist(), new.infolist(), strict=True):
        fields = ["date_time", "external_attr", "comment", "create_system"]
        if now.filename != "xl/worksheets/sheet2.xml":
            fields += ["CRC", "compress_size", "compress_type", "extra", "flag_bits", "file_size"]
        assert [getattr(now, field) for field in fields] == [
            getattr(before, field) for field in fields
        ]
    sheet = new.getinfo("xl/worksheets/sheet2.xml")
    assert sheet.compress_type == zipfile.ZIP_DEFLATED


class Unseekable(io.RawIOBase):
    """A stream that makes zipfile write data descriptors behind the data."""

    def __init__(self) -> None:
        self.buffer = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.buffer += bytes(data)  # type: ignore[call-overload]
        return len(data)  # type: ignore[arg-type]


@pytest.mark.parametrize("zip64", [False, True])
def test_data_descriptors_and_zip64_fields_are_copied(zip64: bool) -> None:
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts_of_workbook(SHEETS, strings=STRINGS).items():
            with archive.open(name, "w", force_zip64=zip64) as member:
                member.write(data.encode())
    content = bytes(stream.buffer)
    assert b"PK\7\x08" in content
    after = Package(content).rewritten(CHANGE)
    assert changed_parts(content, after) == {"xl/worksheets/sheet2.xml"}
    assert read_with_calamine(after, "自评表")[3, 3] == "说明"


def with_zip64_directory(content: bytes) -> bytes:
    """Return an archive whose central directory holds all sizes and offsets in Zip64 fields."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members, start = archive.infolist(), archive.start_dir
    directory = b""
    for info in members:
        sizes = (info.file_size, info.compress_size, info.header_offset)
        extra = struct.pack("<2H2H3Q", 0xCAFE, 0, 1, 24, *sizes)
        name = info.filename.encode()
        numbers = (info.CRC, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, 0, 0xFFFFFFFF)
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, 8, 0, 33, *numbers)
        directory += name + extra
    count, end = len(members), start + len(directory)
    return b"".join(
        (
            content[:start],
            directory,
            struct.pack(
                "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start
            ),
            struct.pack("<4sLQL", b"PK\6\7", 0, end, 1),
            struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0),
        )
    )


def test_a_zip64_directory_is_read_and_its_offsets_are_moved() -> None:
    content = with_zip64_directory(workbook(SHEETS, strings=STRINGS))
    assert len(unzipped(content)) == 7
    after = Package(content).rewritten(CHANGE)
    assert changed_parts(content, after) == {"xl/worksheets/sheet2.xml"}
    assert read_with_calamine(after, "自评表")[3, 3] == "说明"
    assert Package(after).rewritten(CHANGE) == after


def test_members_may_lie_in_another_order_than_the_directory_says() -> None:
    content = workbook(SHEETS, strings=STRINGS)
    start = zipfile.ZipFile(io.BytesIO(content)).start_dir
    entries = [b"PK\1\2" + entry for entry in content[start:-22].split(b"PK\1\2")[1:]]
    shuffled = content[:start] + b"".join(reversed(entries)) + content[-22:]
    after = Package(shuffled).rewritten(CHANGE)
    assert changed_parts(shuffled, after) == {"xl/worksheets/sheet2.xml"}


def test_backslashes_in_member_names_are_understood() -> None:
    parts = {name.replace("/", "\\"): data for name, data in parts_of_workbook(SHEETS).items()}
    content = zipped(parts)
    after = Package(content).rewritten(CHANGE)
    assert changed_parts(content, after) == {"xl\\worksheets\\sheet2.xml"}
