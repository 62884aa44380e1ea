"""A sheet that is put into a workbook of others, behind their own sheets.

Its texts stand in its own part, so that neither the shared texts nor the styles change.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from .cell_markup import escaped, normalised
from .cells import CellValue, a1
from .draft import Draft
from .sheet_layout import SPREADSHEET_NAMESPACE
from .sheet_relationships import SheetRelationships
from .xml_source import read_elements, spliced

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def add_sheet(
    draft: Draft,
    workbook_part: str,
    name: str,
    rows: Sequence[Sequence[CellValue]],
    widths: Mapping[int, int],
) -> None:
    """Add a sheet as the last tab; ``widths`` are those of columns, in characters.

    The name is one that the workbook does not have. The first two rows, a title and headings, stay
    in sight, and a printed page is as wide as the columns.
    """
    relationships = SheetRelationships(draft, workbook_part)
    part = relationships.add("worksheet", "xl/worksheets/jixiaoSheet", ".xml", _TYPE)
    draft[part] = _sheet(rows, widths)
    draft[workbook_part] = _with_tab(
        draft[workbook_part], workbook_part, name, relationships.id_of(part)
    )


def _with_tab(xml: bytes, part: str, name: str, relationship_id: str) -> bytes:
    elements = [e for e in read_elements(xml, part) if e.namespace == SPREADSHEET_NAMESPACE]
    tabs = [element for element in elements if element.name == "sheet"]
    sheet_id = 1 + max(int(tab.attributes.get("sheetId", "0")) for tab in tabs)
    last = tabs[-1]
    prefix = xml[last.start + 1 : last.end].split(b"sheet", 1)[0].decode()
    tab = (
        f'<{prefix}sheet name="{escaped(name)}" sheetId="{sheet_id}" '
        f'xmlns:r="{_OFFICE}" r:id="{relationship_id}"/>'
    )
    return spliced(xml, [(last.end, last.end, tab.encode())])


def _sheet(rows: Sequence[Sequence[CellValue]], widths: Mapping[int, int]) -> bytes:
    columns = "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in sorted(widths.items())
    )
    cells = "".join(
        f'<row r="{number}">{_cells(number, row)}</row>' for number, row in enumerate(rows, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{SPREADSHEET_NAMESPACE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>{cells}</sheetData>"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _cells(row: int, values: Sequence[CellValue]) -> str:
    return "".join(
        _cell(a1(row, column), value)
        for column, value in enumerate(map(normalised, values), 1)
        if value is not None
    )


def _cell(address: str, value: object) -> str:
    if isinstance(value, Decimal):
        return f'<c r="{address}"><v>{value:f}</v></c>'
    text = escaped(str(value))
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
