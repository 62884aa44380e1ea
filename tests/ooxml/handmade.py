"""Small workbooks written by hand, for what no writing library will write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal

import openpyxl
from python_calamine import CalamineWorkbook

from jixiao.ooxml import CellAddress, CellValue

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Values = dict[CellAddress, object]
Changes = dict[str, dict[CellAddress, CellValue]]


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a worksheet with the given content of sheetData."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def parts_of_workbook(
    sheets: Mapping[str, str],
    *,
    strings: Sequence[str] | None = None,
    calc_chain: str | None = None,
    calc_pr: str = "",
    names: str = "",
    workbook_pr: str = "",
) -> dict[str, str]:
    """Return the parts of a workbook; strings are the XML inside each si, sheets are part XML."""
    numbered = list(enumerate(sheets.items(), start=1))
    tabs = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _) in numbered
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number, _ in numbered]
    types = [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number, _ in numbered]
    parts = {}
    if strings is not None:
        items = "".join(f"<si>{item}</si>" for item in strings)
        parts["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}">{items}</sst>'
        targets.append(("sharedStrings", "sharedStrings.xml"))
        types.append(("/xl/sharedStrings.xml", "sharedStrings"))
    if calc_chain is not None:
        parts["xl/calcChain.xml"] = (
            f'{DECLARATION}<calcChain xmlns="{MAIN}">{calc_chain}</calcChain>'
        )
        targets.append(("calcChain", "/xl/calcChain.xml"))
        types.append(("/xl/calcChain.xml", "calcChain"))
    parts["xl/_rels/workbook.xml.rels"] = relationships(targets)
    parts["xl/workbook.xml"] = (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook_pr}'
        f"<sheets>{tabs}</sheets>{names}{calc_pr}</workbook>"
    )
    for number, (_, xml) in numbered:
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    parts["_rels/.rels"] = relationships([("officeDocument", "xl/workbook.xml")])
    parts["[Content_Types].xml"] = content_types(types)
    return dict(reversed(parts.items()))


def relationships(targets: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def content_types(parts: Sequence[tuple[str, str]]) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{base}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{base}.sheet.main+xml"/>'
        f"{overrides}</Types>"
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of the parts, deflated, with a fixed date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbook(sheets: Mapping[str, str], **options: object) -> bytes:
    """Return a workbook file; the options are those of parts_of_workbook."""
    return zipped(parts_of_workbook(sheets, **options))  # type: ignore[arg-type]


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive in its order, after checking every one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read_with_openpyxl(content: bytes, sheet: str) -> Values:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for row in book[sheet].iter_rows() for cell in row)
    return {(cell.row, cell.column): cell.value for cell in cells if cell.value not in {None, ""}}


def read_with_calamine(content: bytes, sheet: str) -> Values:
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_name(sheet)
        .to_python(skip_empty_area=False)
    )
    return {
        (row, column): value
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    }


def as_read(value: CellValue) -> object:
    """Return what a reader delivers for a written value."""
    return float(value) if isinstance(value, Decimal) else value
