"""Files from strangers: refused with a reason or read, in bounded time and memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest

from forms.drawn import write_docx, write_xlsx
from forms.published import YONGDE, YUAN
from jixiao.forms import FormError, read_forms

FILES = Path(__file__).parent / "files"
SHEET, DOCUMENT, CONTENT = "xl/worksheets/sheet1.xml", "word/document.xml", "content.xml"

# Reading in a process of its own, which says how long it took and how large it became.
_MEASURE = """
import json, re, sys, time
from pathlib import Path
from jixiao.forms import FormError, read_forms
start = time.process_time()
try:
    said = f"{len(read_forms(Path(sys.argv[1])))} forms"
except FormError as error:
    said = str(error)
size = int(re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps([said, time.process_time() - start, size]))
"""


class Measured(NamedTuple):
    """What was said, after how many seconds, and the largest size of the process in MB."""

    said: str
    seconds: float
    megabytes: float


def measured(path: Path) -> Measured:
    if not Path("/proc/self/status").exists():
        pytest.skip("the largest size of a process is told by Linux only")
    command = [sys.executable, "-c", _MEASURE, str(path)]
    run = subprocess.run(
        command, capture_output=True, check=False, text=True, timeout=120, env=os.environ
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return Measured(*json.loads(run.stdout))


def refused(path: Path) -> str:
    with pytest.raises(FormError) as caught:
        read_forms(path)
    message = str(caught.value)
    assert message.startswith(f"“{path.name}”：")
    return message


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The file with one part changed."""
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert part in parts
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def replaced(path: Path, part: str, old: str, new: str) -> Path:
    def change(xml: bytes) -> bytes:
        assert old.encode() in xml
        return xml.replace(old.encode(), new.encode(), 1)

    return changed(path, part, change)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "表.xlsx", 自评表=YONGDE)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    return write_docx(tmp_path / "表.docx", YONGDE)


@pytest.fixture
def ods(tmp_path: Path) -> Path:
    return Path(shutil.copy(FILES / "yongde.ods", tmp_path / "表.ods"))


@pytest.fixture
def xls(tmp_path: Path) -> Path:
    return Path(shutil.copy(FILES / "yuan.xls", tmp_path / "表.xls"))


@pytest.mark.parametrize(
    ("kind", "part", "end"),
    [
        ("book", SHEET, b"</worksheet>"),
        ("book", "xl/styles.xml", b"</styleSheet>"),
        ("word", DOCUMENT, b"</w:document>"),
        ("ods", CONTENT, b"</office:document-content>"),
        ("ods", "meta.xml", b"</office:document-meta>"),
    ],
)
def test_a_zip_bomb_is_refused_before_it_is_inflated(
    kind: str, part: str, end: bytes, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(kind)
    changed(path, part, lambda xml: xml.replace(end, b" " * 100 * 2**20 + end))
    assert path.stat().st_size < 2**20
    said, seconds, megabytes = measured(path)
    assert "超过上限 64 MB" in said
    assert (seconds < 2, megabytes < 150) == (True, True)


DTD = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize("entity", ["&c;", "&d;"])
@pytest.mark.parametrize(
    ("kind", "part", "root", "text"),
    [
        ("word", DOCUMENT, "<w:document", "一级指标"),
        ("ods", CONTENT, "<office:document-content", "一级指标"),
        ("book", "xl/workbook.xml", "<workbook", "自评表"),
    ],
)
def test_entities_are_not_resolved(
    part: str, root: str, text: str, entity: str, request: pytest.FixtureRequest, kind: str
) -> None:
    path = request.getfixturevalue(kind)

    def change(xml: bytes) -> bytes:
        plain = xml.decode()
        for word in (text, "".join(f"&#{ord(letter)};" for letter in text)):
            plain = plain.replace(word, entity)
        assert entity in plain
        return plain.replace(root, DTD + root, 1).encode()

    assert "DTD" in refused(changed(path, part, change))


def test_entities_in_the_shared_texts_do_not_reach_a_form(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - it shares texts, as Excel does

    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as written:
        sheet = written.add_worksheet()
        for row, line in enumerate(
            ("一级指标|二级指标|三级指标|目标值|实际完成值|分值|得分", "产出|数量|甲|1|1|1|1")
        ):
            sheet.write_row(row, 0, line.split("|"))
    replaced(path, "xl/sharedStrings.xml", "<sst", f"{DTD}<sst")
    replaced(path, "xl/sharedStrings.xml", "甲", "&d;")
    refused(path)


@pytest.mark.parametrize(
    "cell", ['<c r="XFD1048576"><v>1</v></c>', '<c r="AAA1"/><c r="XFD40000"><v>1</v></c>']
)
def test_a_far_cell_makes_no_reader_span_the_sheet(cell: str, book: Path) -> None:
    row = cell.rpartition('r="')[2].partition('"')[0].lstrip("XFD")
    replaced(book, SHEET, "</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')
    said, seconds, megabytes = measured(book)
    if "AAA1" in cell:
        assert "已损坏" in said or "范围过大" in said
    else:
        assert "工作表「自评表」最远用到第1048576行、第16384列，范围过大" in said
    assert (seconds < 2, megabytes < 150) == (True, True)


def test_a_sheet_with_a_far_cell_is_passed_over_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 坏表="说明", 自评表=YUAN)
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    replaced(path, SHEET, "</sheetData>", far)
    (form,) = read_forms(path)
    assert form.sheet == "自评表"
    assert any("工作表「坏表」最远用到" in doubt for doubt in form.doubts)


def test_a_far_cell_that_only_another_reader_would_find_is_harmless(book: Path) -> None:
    # The relation that our reader follows leads to a small sheet, the one of the same id before it
    # to a part with a far cell.
    far = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/worksheets/far.xml", far)
    relations = "xl/_rels/workbook.xml.rels"
    entry = (
        '<Relationship Id="rId1" Target="worksheets/far.xml" Type="http://schemas.openxmlformats.org'
        '/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    replaced(book, relations, "</Relationships>", entry)
    _, seconds, megabytes = measured(book)
    assert (seconds < 2, megabytes < 150) == (True, True)


def test_ten_thousand_sheets_are_refused(book: Path, ods: Path) -> None:
    tabs = "".join(f'<sheet name="s{n}" sheetId="{n + 2}"/>' for n in range(10_000))
    replaced(book, "xl/workbook.xml", "</sheets>", f"{tabs}</sheets>")
    tables = "".join(f'<table:table table:name="s{n}"/>' for n in range(10_000))
    replaced(ods, CONTENT, "</office:spreadsheet>", f"{tables}</office:spreadsheet>")
    for path in (book, ods):
        said, seconds, megabytes = measured(path)
        assert "超过上限 500 张" in said
        assert (seconds < 2, megabytes < 150) == (True, True)


def test_ten_thousand_word_tables_are_refused(word: Path) -> None:
    tables = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 10_000
    replaced(word, DOCUMENT, "<w:body>", f"<w:body>{tables}")
    said, seconds, megabytes = measured(word)
    assert "超过上限 500 个" in said
    assert (seconds < 3, megabytes < 200) == (True, True)


@pytest.mark.parametrize("repeated", ["rows", "columns"])
def test_cells_that_repeat_without_end_are_refused(repeated: str, ods: Path) -> None:
    count = f'table:number-{repeated}-repeated="999999999"'
    cell = '<table:table-cell {} office:value-type="float" office:value="1"/>'
    row = "<table:table-row {}>{}</table:table-row></table:table>"
    many = (
        row.format(count, cell.format(""))
        if repeated == "rows"
        else row.format("", cell.format(count))
    )
    replaced(ods, CONTENT, "</table:table>", many)
    said, seconds, megabytes = measured(ods)
    assert "单元格过多" in said
    assert (seconds < 2, megabytes < 150) == (True, True)


def test_many_cells_that_repeat_a_little_are_refused(ods: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="900" office:value-type="float" '
        'office:value="1"/>'
    )
    rows = f"<table:table-row>{cell}</table:table-row>" * 50_000
    replaced(ods, CONTENT, "</table:table>", f"{rows}</table:table>")
    said, seconds, megabytes = measured(ods)
    assert "单元格过多" in said
    assert (seconds < 10, megabytes < 500) == (True, True)


def test_empty_cells_that_repeat_to_the_end_are_harmless(ods: Path) -> None:
    # LibreOffice writes them for every sheet.
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    replaced(ods, CONTENT, "</table:table>", empty)
    assert len(read_forms(ods)) == 1


def test_merged_areas_without_end_are_harmless(book: Path) -> None:
    areas = "".join(f'<mergeCell ref="L{n}:XFD1048576"/>' for n in range(1, 100_000))
    replaced(book, SHEET, "</mergeCells>", f"{areas}</mergeCells>")
    said, seconds, megabytes = measured(book)
    assert said == "1 forms"
    assert (seconds < 5, megabytes < 250) == (True, True)


def test_merged_areas_over_one_another_are_bounded(book: Path) -> None:
    areas = '<mergeCell ref="A1:XFD1048576"/>' * 100_000
    replaced(book, SHEET, "</mergeCells>", f"{areas}</mergeCells>")
    said, seconds, megabytes = measured(book)
    assert "工作表「自评表」合并的单元格过多" in said
    assert (seconds < 5, megabytes < 250) == (True, True)


def test_word_cells_that_span_without_end_are_refused(word: Path) -> None:
    change = '<w:tcPr><w:gridSpan w:val="9999"/>'
    changed(word, DOCUMENT, lambda xml: xml.replace(b"<w:tcPr>", change.encode()))
    assert "超过200列" in refused(word)


def test_false_counts_of_texts_are_refused(tmp_path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415

    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as written:
        written.add_worksheet().write(0, 0, "一级指标")
    replaced(path, "xl/sharedStrings.xml", 'uniqueCount="1"', 'uniqueCount="4000000000"')
    assert "声明有 4000000000 个文本" in measured(path).said


def test_the_largest_sheets_that_are_read_stay_within_bounds(tmp_path: Path) -> None:
    rows = []
    for row in range(1, 999):
        columns = (f'<c r="{letters}{row}"><v>{row}</v></c>' for letters in _columns(700))
        rows.append(f'<row r="{row}">{"".join(columns)}</row>')
    path = write_xlsx(tmp_path / "表.xlsx", **{f"表{n}": "1" for n in range(5)})
    xml = "".join(rows)
    for number in range(1, 6):
        part = f"xl/worksheets/sheet{number}.xml"
        replaced(path, part, "</sheetData>", f"{xml}</sheetData>")
    said, seconds, megabytes = measured(path)
    assert "工作表「表4」及其后的没有读：文件的单元格过多" in said
    assert (seconds < 30, megabytes < 1_000) == (True, True)


def _columns(count: int) -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = [*letters, *(first + second for first in letters for second in letters)]
    return names[:count]


def test_formulas_with_outside_links_are_values_only(book: Path) -> None:
    formula = "<f>'http://attacker.example/[x.xlsx]表'!A1</f><v>12</v>"
    row = f'<row r="30"><c r="A30">{formula}</c></row></sheetData>'
    replaced(book, SHEET, "</sheetData>", row)
    assert len(read_forms(book)) == 1


def test_macros_are_neither_run_nor_in_the_way(tmp_path: Path, book: Path) -> None:
    path = book.rename(tmp_path / "表.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 not a project")
    (form,) = read_forms(path)
    assert form.doubts == ()


def test_a_file_is_read_by_what_it_holds(tmp_path: Path, xls: Path) -> None:
    path = xls.rename(tmp_path / "表.xlsx")
    (form,) = read_forms(path)
    assert form.doubts[-1] == "文件的扩展名是“.xlsx”，内容其实是 .xls，已按内容读取"


def ole2(*streams: str) -> bytes:
    names = b"".join(stream.encode("utf-16-le") for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + names + b"\0" * 512


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        (ole2("EncryptedPackage"), "文件已加密"),
        (ole2("Workbook"), "旧版 .xls 的内容读不出"),
        (ole2("WordDocument"), "旧版 Word 文档"),
        (ole2("PowerPoint Document"), "旧版 Office 文档"),
        (b"<html><table></table></html>", "网页"),
        ("一级指标,得分".encode(), "文本"),
        (b"%PDF-1.7\n\0\0", "不是 Excel 工作簿"),
        (b"PK\3\4" + b"\0" * 100, "不完整或已损坏"),
    ],
)
def test_another_file_is_refused_with_its_kind(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert why in refused(path)


def test_an_encrypted_xls_is_refused(xls: Path) -> None:
    content = bytearray(xls.read_bytes())
    # A record FILEPASS in the place of the one behind the first BOF record of the workbook.
    start = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    second = start + 4 + 16
    content[second : second + 2] = b"\x2f\x00"
    xls.write_bytes(bytes(content))
    assert "已加密" in refused(xls)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "找不到文件" in refused(tmp_path / "无.xlsx")
    assert "文件夹" in refused(tmp_path)
