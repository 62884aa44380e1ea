"""Cell addresses and areas in the A1 notation of spreadsheets. Rows and columns count from 1."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

CellValue: TypeAlias = Decimal | str | None
"""What can be written into a cell. None, like an empty text, empties it and keeps its style."""


class Formula(NamedTuple):
    """A formula as a person types it in English Excel: "=SUM(a,b)".

    area: the A1 area that it fills as one array formula, beginning at its own cell; "" for a plain
    formula. It is written without a result, so something has to calculate it.
    """

    text: str
    area: str = ""


CellContent: TypeAlias = CellValue | Formula
"""What can be put into a cell."""

CellAddress: TypeAlias = tuple[int, int]
"""(row, column), both from 1."""

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_LONGEST_KEPT = 200

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_AREA = re.compile(
    r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?"
)
_QUOTED_SHEET = re.compile(r"'((?:[^'\[\]:*?/\\]|'')+)'")
_PLAIN_SHEET = re.compile(r"[^\s'!:\[\]*?/\\(),;+\-&=<>^%\"{}@#$|~]+")


class CellRange(NamedTuple):
    """A rectangle of cells on one sheet; the corners are inclusive and ordered."""

    sheet: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def a1(self) -> str:
        """Address of the top left cell, such as "C5"."""
        return a1(self.first_row, self.first_column)

    @property
    def cell_count(self) -> int:
        """Number of cells in the rectangle."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)

    def covers(self, address: CellAddress) -> bool:
        """Tell whether (row, column) lies in the rectangle."""
        row, column = address
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@cache
def column_letters(number: int) -> str:
    """Return the letters of a column, 1 → "A", 16384 → "XFD"; ValueError outside the grid."""
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(f"column {number} is outside 1..{MAX_COLUMN}")
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """Return the number of a column, "A" → 1, "XFD" → 16384; ValueError outside the grid."""
    if not (letters.isascii() and letters.isalpha()) or len(letters) > 3:
        raise ValueError(f"{letters!r} is not a column")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > MAX_COLUMN:
        raise ValueError(f"column {letters!r} is outside the grid")
    return number


def a1(row: int, column: int) -> str:
    """Return the address of a cell, (5, 3) → "C5"; ValueError outside the grid."""
    if not 1 <= row <= MAX_ROW:
        raise ValueError(f"row {row} is outside 1..{MAX_ROW}")
    return f"{column_letters(column)}{row}"


def parse_a1(text: str) -> CellAddress:
    """Return (row, column) of an address such as "C5" or "$C$5"; ValueError for anything else."""
    match = _ADDRESS.fullmatch(text)
    if match is None or int(match[2]) > MAX_ROW:
        raise ValueError(f"{text!r} is not a cell address")
    return int(match[2]), column_number(match[1])


def parse_area(text: str, sheet: str) -> CellRange | None:
    """Return the area of "A6:P45" or "C5" on the named sheet; None for anything else."""
    match = _AREA.fullmatch(text)
    if match is None:
        return None
    try:
        column, row = column_number(match[1]), int(match[2])
        other_column = column_number(match[3]) if match[3] else column
        other_row = int(match[4]) if match[4] else row
    except ValueError:
        return None
    if max(row, other_row) > MAX_ROW:
        return None
    return CellRange(
        sheet,
        min(row, other_row),
        min(column, other_column),
        max(row, other_row),
        max(column, other_column),
    )


def parse_reference(text: str) -> CellRange | None:
    """Return the area of "'自评表'!$A$6:$P$45", a reference with its sheet.

    None for anything but one plain area: #REF!, formulas, unions, whole columns, several sheets,
    other workbooks, a reference without a sheet.
    """
    # Workbooks of one template all have the same names; a stranger's text may be of any length.
    return _reference(text) if len(text) <= _LONGEST_KEPT else _reference.__wrapped__(text)


@lru_cache(maxsize=4096)
def _reference(text: str) -> CellRange | None:
    sheet, exclamation, area = text.strip().rpartition("!")
    if not exclamation:
        return None
    quoted = _QUOTED_SHEET.fullmatch(sheet)
    if quoted is not None:
        return parse_area(area, quoted[1].replace("''", "'"))
    return parse_area(area, sheet) if _PLAIN_SHEET.fullmatch(sheet) else None
