"""The conversions of the bridge, without a spreadsheet."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from jixiao_values import calc_result, error_value, python_arguments, python_value


@dataclass(frozen=True)
class Wrapped:
    """Calc's structure around the rows of a Range, ``.Value`` of several cells."""

    Array: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Date:
    """Calc's structure around a date's serial number."""

    Value: float


@dataclass(frozen=True)
class Cell:
    NumberFormat: int


@dataclass(frozen=True)
class Range:
    """Calc's VBA Range: what ``.Value`` says, what the cells hold, and their formats."""

    Value: Any
    held: tuple[tuple[Any, ...], ...] = ()
    formats: tuple[tuple[int, ...], ...] = ()

    def getCellRange(self) -> Range:
        return self

    def getDataArray(self) -> tuple[tuple[Any, ...], ...]:
        return self.held

    def getCellByPosition(self, column: int, row: int) -> Cell:
        return Cell(self.formats[row][column])


BOOLEAN, CHINESE_BOOLEAN, GENERAL = 99, 50_099, 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (81, 81.0),
        (81.5, 81.5),
        (True, True),
        ("文字", "文字"),
        ("", None),
        (None, None),
        (((1, "a"), (None, 2.5)), [[1.0, "a"], [None, 2.5]]),
        (((1, 2),), [1.0, 2.0]),
        (((1,), (2,)), [1.0, 2.0]),
        (Range(81.0), 81.0),
        (Range(None), None),
        (Range(Date(45351.0)), datetime.datetime(2024, 2, 29)),
        (Range(Date(45351.5)), datetime.datetime(2024, 2, 29, 12)),
        (Range(Date(-5.0)), -5.0),
        (Range(Date(1e9)), 1e9),
        (
            Range(Wrapped(((Date(1.0), 0.0),)), ((1.0, None),)),
            [datetime.datetime(1899, 12, 31), None],
        ),
        (Range(Wrapped(((81.0, None), (True, "x")))), [[81.0, None], [True, "x"]]),
        # .Value gives 0 for an error; the cells say that it is none
        (Range(0.0, ((None,),), ((GENERAL,),)), None),
        (Range(0.0, ((0.0,),), ((GENERAL,),)), 0.0),
        (Range(1.0, ((1.0,),), ((BOOLEAN,),)), True),
        (Range(0.0, ((0.0,),), ((CHINESE_BOOLEAN,),)), False),
        (Range(Wrapped(((0.0, 5.0),)), ((None, 5.0),), ((GENERAL, GENERAL),)), [None, 5.0]),
    ],
)
def test_an_argument_becomes_what_xlwings_gives(given: object, expected: object) -> None:
    got = python_value(given)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("fixed", "rest", "expected"),
    [
        ((1, None, None), (), [1.0]),
        ((1, "", None), (), [1.0, None]),
        ((1, Range(None)), (), [1.0, None]),
        ((None,), (), []),
        ((), (), []),
        ((1,), (None, 2), [1.0, None, 2.0]),
        ((1,), (((1, 2),), "z"), [1.0, [1.0, 2.0], "z"]),
    ],
)
def test_missing_arguments_are_dropped_only_at_the_end(
    fixed: tuple[object, ...], rest: tuple[object, ...], expected: list[object]
) -> None:
    assert python_arguments(fixed, rest) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (None, ""),
        (Decimal("7.59"), 7.59),
        (Fraction(7, 8), 0.875),
        (3, 3.0),
        (True, True),
        (math.nan, ""),
        ([1, 2], ((1.0, 2.0),)),
        ([[1, None], [2]], ((1.0, ""), (2.0, ""))),
        (((Decimal("1.5"),), ("甲",)), ((1.5,), ("甲",))),
        ([["only"]], "only"),
        ([], ""),
        ([[], []], ""),
    ],
)
def test_a_result_becomes_what_calc_takes(result: object, expected: object) -> None:
    got = calc_result(result)
    assert got == expected
    assert type(got) is type(expected)


def test_not_available_is_the_nan_that_calc_reads_as_its_error() -> None:
    assert calc_result("#N/A").hex() == error_value(32767).hex() == "nan"
    assert math.isnan(calc_result([["#N/A", 1]])[0][0])
