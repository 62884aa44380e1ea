"""Cell values of an open workbook, read in one block a sheet and turned into exact values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cached_property

from jixiao.hosts.host import Host, SheetCells
from jixiao.ooxml.cells import CellAddress, CellRange
from jixiao.scoring import Value
from jixiao.scoring.numbers import from_float
from jixiao.workbook.names import PREFIX


class CellGrid:
    """The values of our cells by sheet and address; rows and columns count from 1.

    Sheets are read when they are first asked for, as far as cells with a name of ours reach.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._sheets: dict[str, SheetCells] = {}

    def first(self, cells: CellRange) -> Value:
        """The value at the top left of a range; None if blank, its text for an error cell."""
        return _value(self._sheet(cells.sheet), cells.first_row, cells.first_column)

    def all(self, cells: CellRange) -> tuple[Value, ...]:
        """The values of a range, row by row."""
        sheet = self._sheet(cells.sheet)
        left, right = (
            column - sheet.first_column for column in (cells.first_column, cells.last_column + 1)
        )
        found: list[Value] = []
        for row in range(cells.first_row, cells.last_row + 1):
            down = row - sheet.first_row
            raws = sheet.rows[down][left:right] if down < len(sheet.rows) else ()
            found += [
                sheet.errors.get((row, column)) if raw is None or raw == "" else _exact(raw)
                for column, raw in enumerate(raws, cells.first_column)
            ]
            # A sheet ends with the last cell that holds anything.
            for column in range(cells.first_column + len(raws), cells.last_column + 1):
                found.append(sheet.errors.get((row, column)))
        return tuple(found)

    def formula(self, cells: CellRange) -> str:
        """The formula at the top left of a range; empty where there is none."""
        return self._sheet(cells.sheet).formulas.get((cells.first_row, cells.first_column), "")

    def uncalculated(self, cells: CellRange) -> CellAddress | None:
        """The first cell of a range whose formula no program has calculated yet."""
        open_cells = self._sheet(cells.sheet).uncalculated
        if len(open_cells) < cells.cell_count:
            return min((cell for cell in open_cells if cells.covers(cell)), default=None)
        return next((cell for cell in _addresses(cells) if cell in open_cells), None)

    def merged(self, sheet: str) -> tuple[CellRange, ...]:
        """The merged areas of a sheet."""
        return self._sheet(sheet).merged

    def _sheet(self, name: str) -> SheetCells:
        if name not in self._sheets:
            self._sheets[name] = self._host.read(self._extents[name])
        return self._sheets[name]

    @cached_property
    def _extents(self) -> dict[str, CellRange]:
        """The rectangle around all our cells of each sheet."""
        sheets: dict[str, list[CellRange]] = {}
        for name, area in self._host.defined_names.items():
            if name.casefold().startswith(PREFIX):
                sheets.setdefault(area.sheet, []).append(area)
        return {sheet: _around(areas) for sheet, areas in sheets.items()}


def _around(areas: Sequence[CellRange]) -> CellRange:
    sheets, first_rows, first_columns, last_rows, last_columns = zip(*areas, strict=True)
    first = (min(first_rows), min(first_columns))
    return CellRange(sheets[0], *first, max(last_rows), max(last_columns))


def _value(sheet: SheetCells, row: int, column: int) -> Value:
    down, right = row - sheet.first_row, column - sheet.first_column
    rows = sheet.rows
    raw = rows[down][right] if down < len(rows) and right < len(rows[0]) else ""
    return sheet.errors.get((row, column)) if raw is None or raw == "" else _exact(raw)


def _addresses(cells: CellRange) -> Iterator[CellAddress]:
    for row in range(cells.first_row, cells.last_row + 1):
        for column in range(cells.first_column, cells.last_column + 1):
            yield row, column


def _exact(raw: object) -> Value:
    if isinstance(raw, bool | str):
        return raw
    if isinstance(raw, int | float):
        try:
            return from_float(float(raw))
        except (ValueError, OverflowError):
            return "#NUM!"
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    return str(raw)
