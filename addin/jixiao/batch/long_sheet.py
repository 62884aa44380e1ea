"""A table of any length in a workbook: written row by row, continued on further sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.ooxml.text_height import text_height
from jixiao.template.styles import (
    CENTRED,
    HEADER,
    PERCENT_FORMAT,
    POINTS_FORMAT,
    QUIET,
    SECTION,
    TEXT,
)

MOST_ROWS = 1_048_576
"""Excel's limit of a sheet."""

LONGEST_TEXT = 32_767
"""Excel's limit of a cell, in UTF-16 units."""

_HEIGHTS = ("row_info", "set_rows", "row_sizes")
"""Where XlsxWriter, in one version or another, remembers the heights of rows long since written.

They are no part of its interface: in a version that names them otherwise, memory grows again by
some 250 bytes a row, and nothing else.
"""

_A3 = 8
_USUAL_HEIGHT = 15.0
_LARGEST_HEIGHT = 409.0
"""Excel's limit of a row, in points."""
_CUT_OFF = "……（过长，已截断）"

Cell: TypeAlias = Decimal | int | str | None


class Column(NamedTuple):
    """A column: its heading, its width in characters and the name of its cells' format."""

    heading: str
    width: float
    format: str = "text"


class Formats:
    """The formats of a summary, by name."""

    def __init__(self, book: Workbook) -> None:
        styles = {
            "text": TEXT,
            "centred": CENTRED,
            "header": HEADER,
            "section": replace(SECTION, wrap=False),
            "quiet": replace(QUIET, wrap=False),
            "points": replace(CENTRED, number_format=POINTS_FORMAT),
            "percent": replace(CENTRED, number_format=PERCENT_FORMAT),
        }
        self._found = {name: book.add_format(style.properties()) for name, style in styles.items()}

    def __getitem__(self, name: str) -> Format:
        """The format of a name."""
        return self._found[name]


def put(sheet: Worksheet, row: int, column: int, value: Cell, form: Format) -> None:
    """Write one cell. A text stays a text, whatever it begins with: it comes from strangers."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, str):
        if len(value.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            value = value[: (LONGEST_TEXT - len(_CUT_OFF)) // 2] + _CUT_OFF
        sheet.write_string(row, column, value, form)
    else:
        sheet.write_number(row, column, float(value), form)


class Heading(NamedTuple):
    """What stands above a table: its sheet's name, its title, its columns."""

    sheet: str
    title: str
    columns: Sequence[Column]
    row_height: float = 45


class Sheets(NamedTuple):
    """A workbook to put tables into; ``most_rows`` is Excel's limit of a sheet."""

    book: Workbook
    formats: Formats
    most_rows: int = MOST_ROWS


class LongSheet:
    """A titled table, with as many sheets as it needs."""

    def __init__(self, into: Sheets, heading: Heading) -> None:
        self._into, self._heading = into, heading
        self.sheets: list[tuple[Worksheet, int]] = []  # with the number of the last row, from 0
        self._begin()

    def _begin(self) -> None:
        number = len(self.sheets) + 1
        name = self._heading.sheet if number == 1 else f"{self._heading.sheet}({number})"
        sheet = self._into.book.add_worksheet(name)
        for place, column in enumerate(self._heading.columns):
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(2, 2)
        lay_out_for_print(sheet)
        sheet.repeat_rows(1)
        put(sheet, 0, 0, self._heading.title, self._into.formats["section"])
        sheet.set_row(1, self._heading.row_height)
        for place, column in enumerate(self._heading.columns):
            put(sheet, 1, place, column.heading, self._into.formats["header"])
        self.sheets.append((sheet, 1))

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        if self.sheets[-1][1] + 1 >= self._into.most_rows:
            self._begin()
        sheet, last = self.sheets[-1]
        columns = self._heading.columns
        height = max(map(_height, columns, cells))
        if height > _USUAL_HEIGHT:
            sheet.set_row(last + 1, min(height, _LARGEST_HEIGHT))
        for place, (column, value) in enumerate(zip(columns, cells, strict=True)):
            put(sheet, last + 1, place, value, self._into.formats[column.format])
        for heights in _HEIGHTS:
            getattr(sheet, heights, {}).pop(last, None)
        self.sheets[-1] = sheet, last + 1

    def close(self) -> None:
        """Let every sheet be filtered by its headings."""
        for sheet, last in self.sheets:
            sheet.autofilter(1, 0, last, len(self._heading.columns) - 1)


def _height(column: Column, value: Cell) -> float:
    """The height that a cell needs; few texts are longer than their column is wide."""
    if not isinstance(value, str) or 2 * len(value) < column.width:
        return _USUAL_HEIGHT
    return text_height(value, column.width, TEXT.size)


def lay_out_for_print(sheet: Worksheet) -> None:
    """One page wide, on A3: 26 columns of scores cannot be read on less."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
