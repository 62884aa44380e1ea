"""One sheet of any file, or one table of a Word file, as a plain grid of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from jixiao.forms.errors import SheetError
from jixiao.forms.form import Found, Place
from jixiao.ooxml.cells import CellAddress
from jixiao.scoring import Value
from jixiao.scoring.numbers import from_float, is_plausible, plain, product

MOST_CELLS = 1_000_000
"""The rectangle that the cells of a sheet may span; a form spans some thousand."""

MOST_MERGED_CELLS = 200_000
"""The cells that the merged areas of a sheet may cover."""

_HUNDRED = from_float(100.0)

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1 and inclusive."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet from A1 on, as their reader hands them over.

    ``percents`` are the cells that are formatted as a percentage, ``errors`` those that hold an
    error, ``uncalculated`` those with a formula that no program has worked out, which are blank;
    ``anchors`` lead from the covered cells of a merged area to its first one. ``above`` are the
    lines over the table of a Word file, ``notes`` what is to be said of the sheet as a whole.
    """

    sheet: str
    rows: Sequence[Sequence[object]]
    anchors: Mapping[CellAddress, CellAddress] = field(default_factory=dict)
    percents: frozenset[CellAddress] = frozenset()
    errors: Mapping[CellAddress, str] = field(default_factory=dict)
    uncalculated: frozenset[CellAddress] = frozenset()
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def last_row(self) -> int:
        """The last row."""
        return len(self.rows)

    @property
    def last_column(self) -> int:
        """The last column of any row."""
        return max((len(row) for row in self.rows), default=0)

    def anchor(self, row: int, column: int) -> CellAddress:
        """The first cell of the merged area that covers a cell, else the cell itself."""
        return self.anchors.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """The text that stands in this very cell; a covered cell has none."""
        raw = self._raw(row, column)
        return raw if isinstance(raw, str) else ""

    def found(self, row: int, column: int) -> Found:
        """The value of a cell, or of the merged area that covers it, with its place.

        A percentage is a text, as it is printed: 95%, not 0.95.
        """
        at = self.anchors.get((row, column)) or (row, column)
        place = Place(self.sheet, *at)
        raw = self._raw(*at)
        if type(raw) is str and raw:
            return Found(raw, place)
        if raw is None or raw == "":
            return Found(self.errors.get(at), place)
        return Found(_value(raw, at in self.percents), place)

    def is_blank(self, row: int, column: int) -> bool:
        """Whether nothing stands in this very cell."""
        raw = self._raw(row, column)
        return raw is None or raw == "" or (isinstance(raw, str) and not raw.strip())

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something stands."""
        cells = self.rows[row - 1]
        return [
            column
            for column, raw in enumerate(cells, 1)
            if raw is not None and raw != "" and not (isinstance(raw, str) and raw.isspace())
        ]

    def _raw(self, row: int, column: int) -> object:
        if not 1 <= row <= len(self.rows):
            return None
        cells = self.rows[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None


def _value(raw: object, is_percent: bool) -> Value:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return _number(float(raw), is_percent)
    if isinstance(raw, datetime):
        return raw.date()
    return raw if isinstance(raw, date) else str(raw)


@lru_cache(maxsize=4096)
def _number(raw: float, is_percent: bool) -> Value:
    try:
        number = from_float(raw)
    except ValueError:
        return "#NUM!"
    if not is_percent or not is_plausible(number):
        return number
    return plain(product(number, _HUNDRED)) + "%"


def anchors(
    areas: Iterable[Area], last_row: int, last_column: int
) -> dict[CellAddress, CellAddress]:
    """Where the covered cells of merged areas lead, as far as the grid reaches.

    Raises SheetError where the areas cover more cells than a form may have.
    """
    found: dict[CellAddress, CellAddress] = {}
    covered = 0
    for top, left, bottom, right in areas:
        rows = range(top, min(bottom, last_row) + 1)
        columns = range(left, min(right, last_column) + 1)
        covered += len(rows) * len(columns)
        if covered > MOST_MERGED_CELLS:
            raise SheetError("合并的单元格过多")
        for row in rows:
            for column in columns:
                found[row, column] = (top, left)
    return found


def refuse_large(last_row: int, last_column: int) -> None:
    """SheetError where the cells span more than a reader should make room for."""
    if last_row * last_column > MOST_CELLS:
        raise SheetError(
            f"最远用到第{last_row}行、第{last_column}列，范围过大，请删除远处多余的内容后保存再试"
        )
