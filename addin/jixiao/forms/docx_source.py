"""The tables of a .docx file, by the elements of python-docx.

Only the document part is parsed, out of an archive that was inflated within bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jixiao.forms.errors import SheetError
from jixiao.forms.grid import Area, Grid, anchors, refuse_large
from jixiao.ooxml import PackageError
from jixiao.ooxml.workbook_part import MAX_SHEETS
from jixiao.ooxml.xml_source import MAX_TAGS
from jixiao.ooxml.zip_archive import ZipArchive

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

DOCUMENT = "word/document.xml"

_MOST_COLUMNS = 200
_LINES_ABOVE = 12
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _TABLE, _ROW, _CELL, _PARAGRAPH = (
    f"{_W}{name}" for name in ("body", "tbl", "tr", "tc", "p")
)

# Boxes and ticks as Word and WPS insert them, from the fonts Wingdings and Wingdings 2.
_SYMBOLS = {"F052": "☑", "F0FE": "☑", "F053": "☒", "F0FD": "☒", "F0FC": "√", "F050": "√"}
_BOXES = {"F0A8": "□", "F0A3": "□", "F06F": "□", "F071": "□", "F02A": "□", "F030": "□"}


def docx_grids(archive: ZipArchive) -> Iterator[Grid | SheetError]:
    """The tables of the document in their order, 表格1 and so on, those inside cells as well."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - most files are workbooks

    xml = archive[DOCUMENT]
    if xml.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) or b"<!DOCTYPE" in xml:
        raise PackageError("Word 文件含有 DTD 声明或不是 UTF-8 编码，为安全起见拒绝读取。")
    if xml.count(b"<") > MAX_TAGS:
        raise PackageError(f"Word 文件的内容过多（超过 {MAX_TAGS} 个标记），已停止读取。")
    try:
        root = parse_xml(xml)
    except (SyntaxError, ValueError) as error:  # lxml's error of syntax is one of Python's
        raise PackageError(
            "Word 文件的内容已损坏。请用 Word 或 WPS 打开修复后另存再试。"
        ) from error
    tables = list(root.iter(_TABLE))
    if len(tables) > MAX_SHEETS:
        raise PackageError(
            f"Word 文件有 {len(tables)} 个表格，超过上限 {MAX_SHEETS} 个，拒绝读取。"
        )
    for number, table in enumerate(tables, 1):
        name = f"表格{number}"
        try:
            yield _grid(table, name)
        except SheetError as error:
            yield SheetError(f"{name}{error}。")


def _grid(table: BaseOxmlElement, name: str) -> Grid:
    rows: list[list[object]] = []
    open_areas: dict[int, list[int]] = {}  # by their first column
    areas: list[list[int]] = []
    for number, row in enumerate(_inside(table, _ROW), 1):
        column = 1 + _grid_before(row)
        values: list[object] = [None] * (column - 1)
        for cell in _inside(row, _CELL):
            span, merge = _spans(cell)
            if column + span - 1 > _MOST_COLUMNS:
                raise SheetError(f"超过{_MOST_COLUMNS}列，没有读")
            values += [None] * span
            above = open_areas.get(column)
            if merge == "continue" and above is not None:
                above[2] = number
            else:
                values[column - 1] = _text(cell) or None
                area = [number, column, number, column + span - 1]
                areas.append(area)
                open_areas[column] = area
            column += span
        rows.append(values)
    refuse_large(len(rows), max(map(len, rows), default=0))
    merged: list[Area] = [(a, b, c, d) for a, b, c, d in areas if (a, b) != (c, d)]
    return Grid(name, rows, anchors(merged, len(rows), _MOST_COLUMNS), above=_lines_above(table))


def _inside(parent: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """The rows of a table or the cells of a row, through content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TABLE, _ROW, _CELL, _PARAGRAPH):
            yield from _inside(child, tag)


def _grid_before(row: BaseOxmlElement) -> int:
    return sum(
        _number(element.get(f"{_W}val")) for element in row.findall(f"{_W}trPr/{_W}gridBefore")
    )


def _spans(cell: BaseOxmlElement) -> tuple[int, str]:
    """Over how many columns a cell reaches, and whether it goes on from the one above."""
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        return 1, ""
    span = properties.find(f"{_W}gridSpan")
    merge = properties.find(f"{_W}vMerge")
    columns = 1 if span is None else max(1, _number(span.get(f"{_W}val")))
    return columns, "" if merge is None else merge.get(f"{_W}val") or "continue"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 4 else 0


def _text(element: BaseOxmlElement) -> str:
    """The text of a cell or paragraph, boxes included, without what was deleted or is a table."""
    pieces: list[str] = []
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag == f"{_W}sym":
            code = (child.get(f"{_W}char") or "").upper()
            pieces.append(_SYMBOLS.get(code) or _BOXES.get(code) or "")
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif tag not in (_TABLE, f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}tcPr"):
            pieces.append(_text(child) + ("\n" if tag == _PARAGRAPH else ""))
    text = "".join(pieces)
    return text.strip("\n") if element.tag in (_CELL, _PARAGRAPH) else text


def _lines_above(table: BaseOxmlElement) -> tuple[str, ...]:
    """The lines between a table and the one before it, the last ones only."""
    lines: list[str] = []
    before = table.getprevious()
    while before is not None and before.tag != _TABLE and len(lines) < _LINES_ABOVE:
        if before.tag == _PARAGRAPH and _text(before).strip():
            lines.append(_text(before).strip())
        before = before.getprevious()
    return tuple(reversed(lines))
