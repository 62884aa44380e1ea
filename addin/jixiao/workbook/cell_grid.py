"""Cell values of a workbook file, read by calamine and turned into exact values.

calamine allocates the whole rectangle that a sheet's cells span, so the true extent is looked at
first; it also returns blanks for error cells and for formulas that were never calculated, so those
are looked for in the sheet's XML. Sheets are read when they are first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from jixiao.ooxml import CellAddress, CellRange, Package, PackageError, a1
from jixiao.scoring import Value
from jixiao.scoring.numbers import from_float
from jixiao.workbook.errors import BookError

# The template spans some 3,000 cells a sheet; a million leaves room for any real table and costs
# calamine no more than some tens of megabytes.
LARGEST_RECTANGLE = 1_000_000

# What a sheet must not hold to be taken for plain; see _is_plain.
_SPECIAL = (
    b"<f>",
    b"<f ",
    b"<f/",
    b't="e"',
    b"t='e'",
    b"<!",
    b"&#",
    b":c ",
    b":c>",
    b":row",
    b"<c>",
)
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{0,2}[0-9]{4})')

_UNREADABLE = "读不出单元格内容。请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再试。"


class _Sheet(NamedTuple):
    rows: Sequence[Sequence[object]]
    errors: Mapping[CellAddress, str]
    uncalculated: frozenset[CellAddress]
    merged: tuple[CellRange, ...]


class CellGrid:
    """The values of a workbook's cells by sheet and address; rows and columns count from 1."""

    def __init__(self, package: Package) -> None:
        """Raises PackageError where calamine cannot read the file."""
        self._package = package
        self._sheets: dict[str, _Sheet] = {}
        with _guarded():
            self._workbook = CalamineWorkbook.from_filelike(BytesIO(package.content))

    def first(self, cells: CellRange) -> Value:
        """The value at the top left of a range; None if blank, its text for an error cell."""
        return self._value(self._sheet(cells.sheet), cells.first_row, cells.first_column)

    def all(self, cells: CellRange) -> tuple[Value, ...]:
        """The values of a range, row by row."""
        sheet = self._sheet(cells.sheet)
        return tuple(self._value(sheet, row, column) for row, column in _addresses(cells))

    def uncalculated(self, cells: CellRange) -> CellAddress | None:
        """The first cell of a range whose formula no program has calculated yet."""
        open_cells = self._sheet(cells.sheet).uncalculated
        if not open_cells:
            return None
        return next((cell for cell in _addresses(cells) if cell in open_cells), None)

    def merged(self, sheet: str) -> tuple[CellRange, ...]:
        """The merged areas of a sheet."""
        return self._sheet(sheet).merged

    def _value(self, sheet: _Sheet, row: int, column: int) -> Value:
        rows = sheet.rows
        raw = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[0]) else ""
        return sheet.errors.get((row, column)) if raw == "" else _exact(raw)

    def _sheet(self, name: str) -> _Sheet:
        if name not in self._sheets:
            self._sheets[name] = self._read(name)
        return self._sheets[name]

    def _read(self, name: str) -> _Sheet:
        errors: Mapping[CellAddress, str] = {}
        uncalculated: frozenset[CellAddress] = frozenset()
        if not _is_plain(self._package.part(self._package.sheets[name].part)):
            part = self._package.sheet(name)
            _refuse_large(name, part.filled_extent)
            errors, uncalculated = part.errors(), part.uncalculated()
        with _guarded():
            sheet = self._workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
        return _Sheet(rows, errors, uncalculated, _merged(name, sheet))


def _is_plain(xml: bytes) -> bool:
    """Whether a sheet needs no second reading of its XML.

    That is: every row and cell says where it is, none beyond ZZ999; no formula, no error, no
    prefix, comment or character reference. Anything unusual counts as not plain and is parsed.
    """
    return (
        b"<sheetData" in xml
        and xml.count(b"<c ") == xml.count(b'<c r="')
        and xml.count(b"<row") == xml.count(b'<row r="')
        and not any(special in xml for special in _SPECIAL)
        and _FAR.search(xml) is None
    )


def _refuse_large(name: str, extent: tuple[int, int]) -> None:
    rows, columns = extent
    if rows * columns > LARGEST_RECTANGLE:
        raise BookError(
            [
                f"工作表「{name}」最远用到{a1(rows, columns)}单元格，范围过大。"
                "请删除远处多余的内容后保存再试。"
            ]
        )


def _merged(name: str, sheet: CalamineSheet) -> tuple[CellRange, ...]:
    return tuple(
        CellRange(name, top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _addresses(cells: CellRange) -> Iterator[CellAddress]:
    for row in range(cells.first_row, cells.last_row + 1):
        for column in range(cells.first_column, cells.last_column + 1):
            yield row, column


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn whatever calamine raises into a PackageError."""
    try:
        yield
    except (CalamineError, ValueError) as error:
        raise PackageError(_UNREADABLE) from error
    except BaseException as error:
        # A panic of its Rust code is no Exception, and its class has no name to import.
        if type(error).__name__ == "PanicException":
            raise PackageError(_UNREADABLE) from error
        raise


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
