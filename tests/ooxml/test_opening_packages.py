import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from handmade import MAIN, parts_of_workbook, relationships, sheet_xml, workbook, zipped

from jixiao.ooxml import CellRange, Package, PackageError

SHEETS = {"封面": sheet_xml(""), "自评表": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_sheets_are_listed_in_order_with_part_and_visibility() -> None:
    parts = parts_of_workbook(SHEETS)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        'sheetId="2"', 'sheetId="7" state="veryHidden"'
    )
    sheets = Package(zipped(parts)).sheets
    assert list(sheets) == ["封面", "自评表"]
    assert sheets["封面"].part == "xl/worksheets/sheet1.xml"
    assert (sheets["封面"].position, sheets["封面"].visibility) == (0, "visible")
    assert (sheets["自评表"].position, sheets["自评表"].visibility) == (1, "veryHidden")
    assert sheets["自评表"].sheet_id == 7


def test_any_prefix_and_absolute_targets_are_understood() -> None:
    parts = parts_of_workbook(SHEETS)
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace("xmlns:r=", "xmlns:d=").replace("r:id=", "d:id=")
    parts["xl/workbook.xml"] = (
        f'<s:workbook xmlns:s="{MAIN}" xmlns:rel='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<s:sheets><s:sheet name="表" sheetId="1" rel:id="rId1"/></s:sheets></s:workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        [("worksheet", "/xl/worksheets/sheet2.xml")]
    )
    parts["_rels/.rels"] = relationships([("officeDocument", "/xl/workbook.xml")])
    package = Package(zipped(parts))
    assert package.sheets["表"].part == "xl/worksheets/sheet2.xml"
    assert package.sheet("表").extent == (1, 1)


def test_chart_sheets_are_no_worksheets_but_keep_their_position() -> None:
    parts = parts_of_workbook(SHEETS)
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace('/worksheet"', '/chartsheet"', 1)
    sheets = Package(zipped(parts)).sheets
    assert [(name, sheet.position) for name, sheet in sheets.items()] == [("自评表", 1)]


def test_defined_names_are_found_in_any_case() -> None:
    names = (
        "<definedNames>"
        "<definedName name=\"JX_指标\">'自评表'!$A$6:$P$45</definedName>"
        '<definedName name="local" localSheetId="0">封面!$A$1</definedName>'
        '<definedName name="Gone">自评表!#REF!</definedName>'
        '<definedName name="NoSheet">别的!$A$1</definedName>'
        '<definedName name="Rate">0.05</definedName>'
        '<definedName name="Two">封面!$A$1,封面!$B$1</definedName>'
        "</definedNames>"
    )
    package = Package(workbook(SHEETS, names=names))
    assert dict(package.defined_names) == {"JX_指标": CellRange("自评表", 6, 1, 45, 16)}
    assert "jx_指标" in package.defined_names
    assert dict(package.broken_names) == {"Gone": "自评表!#REF!", "NoSheet": "别的!$A$1"}
    assert "gone" in package.broken_names


@pytest.mark.parametrize(
    ("properties", "expected"),
    [("", False), ("<workbookPr/>", False), ('<workbookPr date1904="0"/>', False)]
    + [(f'<workbookPr date1904="{true}"/>', True) for true in ("1", "true")],
)
def test_the_date_system_is_known(properties: str, expected: bool) -> None:
    assert Package(workbook(SHEETS, workbook_pr=properties)).date1904 is expected


def test_content_is_the_bytes_read_and_parts_are_inflated(tmp_path: Path) -> None:
    content = workbook(SHEETS)
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(content)
    package = Package.open(path)
    assert package.content == content
    assert package.part("xl/worksheets/sheet1.xml").decode() == SHEETS["封面"]
    assert package.part("XL/Worksheets/Sheet1.xml").decode() == SHEETS["封面"]
    with pytest.raises(PackageError, match=r"xl/none\.xml"):
        package.part("xl/none.xml")
    with pytest.raises(PackageError, match="没有名为“没有”的工作表"):
        package.sheet("没有")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空的"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (OLE2 + "Workbook".encode("utf-16-le"), r"旧版 \.xls"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "旧版 Office"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
        ("\ufeff<?xml version='1.0'?><!DOCTYPE html><html>".encode(), "HTML"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003",
        ),
        ("指标,得分\n预算执行率,8\n".encode("gb18030"), "文本"),
        ("指标\t得分".encode("utf-16"), "文本"),
        (b"\x62\x14\x23\x65\0\0\0\1E-SafeNet\0LOCK" + bytes(range(256)), "加密软件"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "OpenDocument"),
        (zipped({"xl/workbook.bin": b"\x83\1"}), "xlsb"),
        (zipped({"word/document.xml": "<w/>"}), "Word"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "PowerPoint"),
        (zipped({"自评表.xlsx": b"PK"}), "压缩包"),
        (zipped({}), "不是 Excel"),
        (workbook(SHEETS)[:-100], "不完整"),
        (workbook(SHEETS)[:200], "不完整"),
        (b"PK\3\4", "不完整"),
    ],
)
def test_another_file_is_named_for_what_it_is(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(content)
    with pytest.raises(PackageError, match=f"“自评表.xlsx”.*{why}"):
        Package.open(path)


def test_an_xlsb_with_relationships_is_named() -> None:
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": b"\x83\1",
    }
    with pytest.raises(PackageError, match="xlsb"):
        Package(zipped(parts))


def test_a_word_document_with_relationships_is_named() -> None:
    parts = {
        "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
        "word/document.xml": "<w/>",
    }
    with pytest.raises(PackageError, match="Word"):
        Package(zipped(parts))


def test_strict_workbooks_are_refused_by_name() -> None:
    parts = parts_of_workbook(SHEETS)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    with pytest.raises(PackageError, match="Strict"):
        Package(zipped(parts))


def test_a_path_that_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="找不到文件"):
        Package.open(tmp_path / "无.xlsx")
    with pytest.raises(PackageError, match="文件夹"):
        Package.open(tmp_path)
    with pytest.raises(PackageError, match="无法读取"):
        Package.open(tmp_path / ("长" * 300))
    with pytest.raises(PackageError, match="找不到文件"):
        Package.open(tmp_path / "无" / "无.xlsx")


def test_a_file_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(PackageError, match="没有权限"):
        Package.open(tmp_path / "a.xlsx")


def test_other_failures_of_reading_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "磁盘读写出错")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(PackageError, match="磁盘读写出错"):
        Package.open(tmp_path / "a.xlsx")


def test_a_large_file_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.ooxml.package.MAX_FILE_BYTES", 100)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(SHEETS))
    with pytest.raises(PackageError, match="超过上限"):
        Package.open(path)
    with pytest.raises(PackageError, match="超过上限"):
        Package(workbook(SHEETS))


def test_ten_thousand_members_are_refused() -> None:
    sheets = {f"s{number}": "" for number in range(10_000)}
    with pytest.raises(PackageError, match="10004 个部件"):
        Package(workbook(sheets))


def test_too_many_sheets_are_refused() -> None:
    parts = parts_of_workbook({f"s{number}": sheet_xml("") for number in range(501)})
    with pytest.raises(PackageError, match="501 张工作表"):
        Package(zipped(parts))


def test_a_part_that_declares_too_much_is_refused_without_inflating(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = zipped({**parts_of_workbook(SHEETS), "xl/bomb.xml": bytes(65 * 2**20)})
    assert len(content) < 100_000
    monkeypatch.setattr(zlib, "decompressobj", None)
    with pytest.raises(PackageError, match=r"xl/bomb\.xml 解压后有 65 MB"):
        Package(content)


def test_parts_that_declare_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.ooxml.zip_archive.MAX_TOTAL_BYTES", 2**20)
    bombs: dict[str, str | bytes] = {f"xl/{number}.bin": bytes(2**19) for number in range(3)}
    with pytest.raises(PackageError, match="共有 1 MB"):
        Package(zipped(bombs | parts_of_workbook(SHEETS)))


def patched(content: bytes, part: str, offset: int, form: str, value: int) -> bytes:
    """Return an archive with a number changed in a part's central directory entry."""
    at = content.rindex(part.encode()) - 46
    data = bytearray(content)
    struct.pack_into(form, data, at + offset, value)
    return bytes(data)


@pytest.mark.parametrize("declared", [0, 1, 10_000])
def test_a_part_of_another_size_than_declared_is_refused(declared: int) -> None:
    content = patched(workbook(SHEETS), "xl/worksheets/sheet1.xml", 24, "<L", declared)
    with pytest.raises(PackageError, match=r"sheet1\.xml 与声明的大小"):
        Package(content)


def test_a_lying_bomb_is_not_inflated_beyond_its_declared_size() -> None:
    content = zipped({**parts_of_workbook(SHEETS), "xl/bomb.bin": bytes(60 * 2**20)})
    with pytest.raises(PackageError, match="与声明的大小"):
        Package(patched(content, "xl/bomb.bin", 24, "<L", 100))


@pytest.mark.parametrize("count", ["1000001", "4000000000", "+4000000000", "004000000000"])
def test_a_part_that_declares_more_texts_than_it_can_hold_is_refused(count: str) -> None:
    # calamine reserves memory for them, and the process ends where there is not so much.
    parts = parts_of_workbook({"甲": sheet_xml("")}, strings=["<t>一</t>"])
    strings = parts["xl/sharedStrings.xml"].replace("<sst ", f'<sst uniqueCount = "{count}" ')
    with pytest.raises(PackageError, match="声明有"):
        Package(zipped(parts | {"xl/sharedStrings.xml": strings}))


def test_a_million_declared_texts_are_read() -> None:
    parts = parts_of_workbook({"甲": sheet_xml("")}, strings=["<t>一</t>"])
    strings = parts["xl/sharedStrings.xml"].replace("<sst ", '<sst uniqueCount="1000000" ')
    assert "甲" in Package(zipped(parts | {"xl/sharedStrings.xml": strings})).sheets


def test_a_wrong_checksum_is_refused() -> None:
    with pytest.raises(PackageError, match="校验值"):
        Package(patched(workbook(SHEETS), "xl/worksheets/sheet1.xml", 16, "<L", 1))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_duplicate_members_are_refused_in_any_case(second: str) -> None:
    buffer = io.BytesIO(workbook(SHEETS))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(second, "<x/>")
    with pytest.raises(PackageError, match="重名"):
        Package(buffer.getvalue())


def test_overlapping_members_are_refused() -> None:
    content = workbook(SHEETS)
    first = content.index(b"xl/worksheets/sheet2.xml") - 30
    parts = ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml")
    overlapping = patched(content, parts[1], 42, "<L", first)
    with pytest.raises(PackageError, match="损坏"):
        Package(overlapping)


def test_encrypted_members_are_refused() -> None:
    with pytest.raises(PackageError, match="密码"):
        Package(patched(workbook(SHEETS), "xl/workbook.xml", 8, "<H", 1))


def test_other_compressions_are_refused() -> None:
    buffer = io.BytesIO(workbook(SHEETS))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/x.xml", "<x/>" * 100)
    with pytest.raises(PackageError, match="压缩方式 12"):
        Package(buffer.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('r:id="rId2"', 'r:id="rId9"', "没有内容"),
        ('r:id="rId2"', 'r:id="rId1"', "重名"),
        ('name="自评表"', 'name="封面"', "重名"),
        ('sheetId="2"', 'sheetId="x"', "属性"),
        ('sheetId="2"', 'sheetId="2" state="odd"', "属性"),
        ("<sheets>", "<!-- <sheets>", "损坏"),
    ],
)
def test_a_damaged_workbook_part_is_refused(old: str, new: str, why: str) -> None:
    parts = parts_of_workbook(SHEETS)
    assert old in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old, new)
    with pytest.raises(PackageError, match=why):
        Package(zipped(parts))


@pytest.mark.parametrize(
    "missing", ["xl/worksheets/sheet2.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"]
)
def test_a_missing_part_is_refused(missing: str) -> None:
    parts = parts_of_workbook(SHEETS)
    del parts[missing]
    with pytest.raises(PackageError):
        Package(zipped(parts))


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"])
def test_a_dtd_is_refused_in_every_part_that_is_read(name: str) -> None:
    parts = parts_of_workbook(SHEETS)
    declaration, body = parts[name].split("\n")
    parts[name] = f'{declaration}<!DOCTYPE x [<!ENTITY a "b">]>{body}'
    with pytest.raises(PackageError, match="DTD"):
        Package(zipped(parts))


def test_a_damaged_sheet_does_not_keep_the_others_from_being_read() -> None:
    package = Package(workbook({**SHEETS, "坏": "<worksheet"}))
    assert package.sheet("自评表").extent == (1, 1)
    with pytest.raises(PackageError, match="坏"):
        package.sheet("坏")


@pytest.mark.parametrize("gap", [b"\0", b"PK\5\6" + bytes(18)])
def test_bytes_between_directory_and_end_record_are_refused(gap: bytes) -> None:
    content = workbook(SHEETS)
    with pytest.raises(PackageError, match="损坏"):
        Package(content[:-22] + gap + content[-22:])


def test_an_end_record_in_the_comment_of_another_is_refused() -> None:
    inner, outer = workbook({"甲": sheet_xml("")}), bytearray(workbook(SHEETS))
    outer[-2:] = len(inner).to_bytes(2, "little")
    with pytest.raises(PackageError, match="损坏"):
        Package(bytes(outer) + inner)


def test_bytes_behind_the_archive_are_tolerated() -> None:
    assert list(Package(workbook(SHEETS) + b"\r\n").sheets) == ["封面", "自评表"]
