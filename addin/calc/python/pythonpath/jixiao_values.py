"""What Calc hands over as xlwings would have given it, and Python's results as Calc wants them.

Pure Python: no UNO, so that it is tested without a spreadsheet. Whatever has a method
``getCellRange`` counts as a range (Calc's VBA Range object).
"""

from __future__ import annotations

import datetime
import math
import struct
from collections.abc import Sequence
from numbers import Real
from typing import Any

#: What a Python function returns for Excel's #N/A.
NOT_AVAILABLE = "#N/A"

#: Calc's own number for #N/A. Calc keeps a cell's error in the payload of a NaN; a NaN with this
#: payload that comes back from a macro function is an error value for ISNA and IFERROR too.
_CALC_NOT_AVAILABLE = 32767
_QUIET_NAN = 0x7FF8_0000_0000_0000

#: The built-in number format BOOLEAN has this index in every locale's block of 10,000 formats.
_FORMATS_PER_LOCALE = 10_000
_BOOLEAN_FORMAT = 99

_DAY_ZERO = datetime.datetime(1899, 12, 30)

#: An optional argument that the formula leaves out at its end.
MISSING = object()


def python_arguments(fixed: Sequence[Any], rest: Sequence[Any]) -> list[Any]:
    """The arguments of one call: the fixed ones without the missing tail, then the ParamArray."""
    given = [MISSING if value is None else python_value(value) for value in fixed]
    if not rest:
        while given and given[-1] is MISSING:
            given.pop()
    given = [None if value is MISSING else value for value in given]
    return given + [python_value(value) for value in rest]


def python_value(value: Any) -> Any:
    """One argument: a number as float, a date as datetime, a blank or an error as None.

    A table has the shape that xlwings gives it.
    """
    if hasattr(value, "getCellRange"):
        return squeezed(range_rows(value))
    if isinstance(value, tuple):
        return squeezed([[_plain(item) for item in row] for row in value])
    return _plain(value)


def range_rows(vba_range: Any) -> list[list[Any]]:
    """The values of Calc's VBA Range object, row by row.

    Its ``.Value`` is quick (0.2 ms) but gives 0 for a cell with an error, and 1 or 0 for a formula
    that yields a boolean. Only where such a number occurs are the cells themselves asked (1.3 ms).
    """
    quick = vba_range.Value
    rows = getattr(quick, "Array", ((quick,),))
    if any(type(value) is float and value in (0.0, 1.0) for row in rows for value in row):
        return _exact_rows(vba_range.getCellRange(), rows)
    return [[_plain(value) for value in row] for row in rows]


def squeezed(rows: list[list[Any]]) -> Any:
    """xlwings' default shapes: one cell is a value, one row or one column a list."""
    if len(rows) == 1:
        return rows[0][0] if len(rows[0]) == 1 else rows[0]
    if all(len(row) == 1 for row in rows):
        return [row[0] for row in rows]
    return rows


def calc_result(value: Any) -> Any:
    """A function's result: a scalar, or a table as a tuple of rows of equal length."""
    if not isinstance(value, (list, tuple)):
        return _calc_scalar(value)
    rows = [row if isinstance(row, (list, tuple)) else None for row in value]
    table = [list(value)] if None in rows else [list(row) for row in rows if row is not None]
    width = max((len(row) for row in table), default=0)
    if width == 0:
        return ""
    if len(table) == 1 and width == 1:
        return _calc_scalar(table[0][0])
    return tuple(
        tuple(_calc_scalar(cell) for cell in row + [None] * (width - len(row))) for row in table
    )


def error_value(number: int) -> float:
    """The NaN that Calc shows as its error of this number (32767 is #N/A)."""
    (value,) = struct.unpack("<d", struct.pack("<Q", _QUIET_NAN | number))
    return float(value)


def _exact_rows(cells: Any, quick: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """From a UNO cell range: an error arrives as None, a boolean by the format of its cell.

    Only the quick values tell a date from a number.
    """
    rows = [[_plain(value) for value in row] for row in cells.getDataArray()]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            shown = _plain(quick[r][c])
            if isinstance(shown, datetime.date):
                row[c] = shown
            elif value in (0.0, 1.0) and _shows_boolean(cells.getCellByPosition(c, r)):
                row[c] = bool(value)
    return rows


def _plain(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    # A date cell comes as a structure around its serial number.
    return _moment(value.Value) if hasattr(value, "Value") else value


def _moment(serial: float) -> datetime.datetime | float:
    """The date of a serial number; a number that no date can have stays one."""
    try:
        return _DAY_ZERO + datetime.timedelta(days=serial) if serial >= 0 else serial
    except OverflowError:
        return serial


def _shows_boolean(cell: Any) -> bool:
    return bool(cell.NumberFormat % _FORMATS_PER_LOCALE == _BOOLEAN_FORMAT)


def _calc_scalar(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return error_value(_CALC_NOT_AVAILABLE) if value == NOT_AVAILABLE else value
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime.date):
        return _serial(value)
    if isinstance(value, Real) or hasattr(value, "__float__"):
        number = float(value)
        return "" if math.isnan(number) else number
    return str(value)


def _serial(day: datetime.date) -> float:
    moment = day if isinstance(day, datetime.datetime) else datetime.datetime(*day.timetuple()[:3])
    return (moment.replace(tzinfo=None) - _DAY_ZERO) / datetime.timedelta(days=1)
