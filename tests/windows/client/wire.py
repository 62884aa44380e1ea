"""Cell values as JSON, for both sides: what VBA would hold, told apart where JSON would not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value, by the number that CVErr takes: 2042 is #N/A, 2007 #DIV/0!."""

    number: int


@dataclass(frozen=True, slots=True)
class Missing:
    """An optional argument that was left out."""


MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Range:
    """Cells that a formula refers to, row by row; to VBA an object."""

    rows: Sequence[Sequence[object]]


def to_json(value: object) -> Any:
    """A value, or a range as rows of values, in terms of JSON; None is an empty cell."""
    match value:
        case list() | tuple():
            return [to_json(item) for item in value]
        case Range(rows):
            return {"range": to_json(rows)}
        case CellError(number):
            return {"error": number}
        case Missing():
            return {"missing": True}
        case datetime():
            return {"date": value.isoformat()}
        case date():
            return {"date": datetime(value.year, value.month, value.day).isoformat()}
        case bool() | str() | None:
            return value
        case int() | float():
            return float(value)  # a number in a cell is a double
    raise TypeError(f"no cell holds {value!r}")


def from_json(found: Any) -> Any:
    """What `to_json` was given; dates with their time."""
    match found:
        case list():
            return [from_json(item) for item in found]
        case {"range": rows}:
            return Range(from_json(rows))
        case {"error": number}:
            return CellError(number)
        case {"missing": _}:
            return MISSING
        case {"date": text}:
            return datetime.fromisoformat(text)
    return found
