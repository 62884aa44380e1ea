"""A table of any length in a workbook: written row by row, continued on further sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.template.styles import (
    CENTRED,
    HEADER,
    PERCENT_FORMAT,
    POINTS_FORMAT,
    SECTION,
    TEXT,
)

MOST_ROWS = 1_048_576
"""Excel's limit of a sheet."""

LONGEST_TEXT = 32_767
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
            "section": SECTION,
            "points": replace(CENTRED, number_format=POINTS_FORMAT),
            "percent": replace(CENTRED, number_format=PERCENT_FORMAT),
        }
        self._found = {name: book.add_format(style.properties()) for name, style in styles.items()}

    def __getitem__(self, name: str) -> Format:
        return self._found[name]


def put(sheet: Worksheet, row: int, column: int, value: Cell, form: Format) -> None:
    """Write one cell. A text stays a text, whatever it begins with: it comes from strangers."""
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, str):
        if len(value.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            value = value[: (LONGEST_TEXT - len(_CUT_OFF)) // 2] + _CUT_OFF
        sheet.write_string(row, column, value, form)
    else:
        sheet.write_number(row, column, float(value), form)


class LongSheet:
    """A titled table. ``most_rows`` is Excel's limit, title and heading included."""

    def __init__(
        self,
        book: Workbook,
        formats: Formats,
        name: str,
        title: str,
        columns: Sequence[Column],
        most_rows: int = MOST_ROWS,
    ) -> None:
        self._book, self._formats = book, formats
        self._name, self._title, self._columns = name, title, columns
        self._most_rows = most_rows
        self.sheets: list[tuple[Worksheet, int]] = []  # with the number of the last row, from 0
        self._begin()

    def _begin(self) -> None:
        number = len(self.sheets) + 1
        sheet = self._book.add_worksheet(self._name if number == 1 else f"{self._name}({number})")
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(2, 2)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.set_footer("第 &P 页，共 &N 页")
        put(sheet, 0, 0, self._title, self._formats["section"])
        sheet.set_row(1, 45)
        for place, column in enumerate(self._columns):
            put(sheet, 1, place, column.heading, self._formats["header"])
        self.sheets.append((sheet, 1))

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        sheet, last = self.sheets[-1]
        if last + 1 >= self._most_rows:
            self._begin()
            sheet, last = self.sheets[-1]
        for place, (column, value) in enumerate(zip(self._columns, cells, strict=True)):
            put(sheet, last + 1, place, value, self._formats[column.format])
        self.sheets[-1] = sheet, last + 1

    def close(self) -> None:
        """Let every sheet be filtered by its headings."""
        for sheet, last in self.sheets:
            sheet.autofilter(1, 0, last, len(self._columns) - 1)
