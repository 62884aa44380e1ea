"""The sheets of an .ods file, in one pass over its content.

calamine knows neither the merged areas nor the percentages of this format, and writes out every
repeated cell; the pass that would have to come before it tells the values as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from xml.parsers import expat

from jixiao.forms.errors import SheetError
from jixiao.forms.grid import MOST_CELLS, Area, Grid, anchors, refuse_large
from jixiao.ooxml import CellAddress, PackageError
from jixiao.ooxml.workbook_part import MAX_SHEETS
from jixiao.ooxml.xml_source import parse
from jixiao.ooxml.zip_archive import ZipArchive

CONTENT = "content.xml"

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_NAMESPACE}{name}:1.0 " for name in ("table", "office", "text"))
_SPREADSHEET = f"{_OFFICE}spreadsheet"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def ods_grids(archive: ZipArchive) -> Iterator[Grid | SheetError]:
    """The sheets in the order of their tabs; PackageError where nothing can be read."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive[manifest]:
        raise PackageError("文件已加密（设置了打开密码），无法读取。请取消打开密码后再试。")
    reader = _Reader()
    parse(reader.parser, archive[CONTENT], CONTENT)
    for sheet in reader.sheets:
        yield sheet.grid()


class _Sheet:
    """The cells of one sheet as they come; nothing is written out for what repeats."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: dict[CellAddress, object] = {}
        self.areas: list[Area] = []
        self.percents: set[CellAddress] = set()
        self.errors: dict[CellAddress, str] = {}
        self.row = 0
        self.column = 0

    def grid(self) -> Grid | SheetError:
        filled = self.cells.keys() | self.errors.keys()
        last_row = max((row for row, _ in filled), default=0)
        last_column = max((column for _, column in filled), default=0)
        try:
            refuse_large(last_row, last_column)
            merged = anchors(self.areas, last_row, last_column)
        except SheetError as error:
            return SheetError(f"工作表「{self.name}」{error}。")
        rows: list[list[object]] = [[None] * last_column for _ in range(last_row)]
        for (row, column), value in self.cells.items():
            rows[row - 1][column - 1] = value
        return Grid(self.name, rows, merged, frozenset(self.percents), self.errors)


class _Reader:
    """Handlers that fill sheets. A table inside a cell or a chart is not a sheet."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._open: list[str] = []
        self._cell: dict[str, str] | None = None
        self._lines: list[str] = []
        self._rows_repeated = 1
        self._cells = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if name == f"{_TABLE}table" and parent == _SPREADSHEET:
            if len(self.sheets) == MAX_SHEETS:
                raise PackageError(f"工作簿的工作表超过上限 {MAX_SHEETS} 张，拒绝读取。")
            self.sheets.append(_Sheet(attributes.get(f"{_TABLE}name", "")))
        elif self._cell is not None:
            if name == f"{_TEXT}p":
                self._lines.append("")
            elif name in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
                self._text(" ")
        elif not self.sheets:
            return
        elif name == f"{_TABLE}table-row":
            self.sheets[-1].row += 1
            self.sheets[-1].column = 0
            self._rows_repeated = _count(attributes, "number-rows-repeated")
        elif name in _CELLS:
            self.sheets[-1].column += 1
            self._cell, self._lines = attributes, []

    def _text(self, data: str) -> None:
        # The text of a comment is inside the cell too, but no text of it.
        if self._lines and f"{_OFFICE}annotation" not in self._open:
            self._lines[-1] += data

    def _end(self, name: str) -> None:
        self._open.pop()
        if name in _CELLS and self._cell is not None and not self._inside_cell():
            self._finish_cell(self.sheets[-1], self._cell)
            self._cell = None
        elif name == f"{_TABLE}table-row" and self._cell is None and self.sheets:
            self.sheets[-1].row += self._rows_repeated - 1

    def _inside_cell(self) -> bool:
        return any(name in _CELLS for name in self._open)

    def _finish_cell(self, sheet: _Sheet, attributes: dict[str, str]) -> None:
        repeated = _count(attributes, "number-columns-repeated")
        at = (sheet.row, sheet.column)
        text = "\n".join(line for line in self._lines)
        kind = attributes.get(f"{_OFFICE}value-type", "")
        value = _value(kind, attributes, text)
        if kind == "percentage":
            sheet.percents.add(at)
        if text.startswith(("#", "Err:")) and attributes.get(f"{_TABLE}formula"):
            sheet.errors[at] = text
            value = None
        if value is not None:
            self._put(sheet, value, repeated)
        rows = _count(attributes, "number-rows-spanned")
        columns = _count(attributes, "number-columns-spanned")
        if rows * columns > 1:
            sheet.areas.append((*at, at[0] + rows - 1, at[1] + columns - 1))
        sheet.column += repeated - 1

    def _put(self, sheet: _Sheet, value: object, repeated: int) -> None:
        """Put a value into all its cells; PackageError where the file has too many."""
        self._cells += repeated * self._rows_repeated
        if self._cells > MOST_CELLS:
            raise PackageError(
                f"工作表「{sheet.name}」填有内容的单元格过多（超过 {MOST_CELLS} 格），拒绝读取。"
            )
        for row in range(sheet.row, sheet.row + self._rows_repeated):
            for column in range(sheet.column, sheet.column + repeated):
                sheet.cells[row, column] = value


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= 9 else 1


def _value(kind: str, attributes: dict[str, str], text: str) -> object:
    with suppress(ValueError):
        if kind in ("float", "percentage", "currency"):
            return float(attributes[f"{_OFFICE}value"])
        if kind == "boolean":
            return attributes.get(f"{_OFFICE}boolean-value") == "true"
        if kind == "date":
            return date.fromisoformat(attributes.get(f"{_OFFICE}date-value", "")[:10])
    return text if text.strip() else None
