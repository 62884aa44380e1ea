"""Every function through xlwings' DLL and COM server gives what it gives in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

import jixiao.udfs  # noqa: F401  # fills the table
from jixiao.building.function_list import example_arguments
from jixiao.function_table import FUNCTIONS, FunctionSpec
from windows.client.wire import MISSING, CellError, Range
from windows.machine import Workbook

pytestmark = pytest.mark.windows

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)

ERRORS = {2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?"}
ERRORS |= {2036: "#NUM!", 2042: "#N/A"}

LATE = datetime(2023, 7, 1, 17, 30)

#: What stands in a cell, or is typed into the formula, in place of a proper argument.
CELLS: dict[str, object] = {
    "blank cell": Range([[None]]),
    "left out": MISSING,
    "empty text": "",
    "Chinese text": "走访企业",
    "text beyond the basic plane": "𝄞𠮷",
    "number as a text": Range([["１２.5"]]),
    "long text": "长" * 300,
    "words of a function": Range([["待填：实际完成值"]]),
    "TRUE": True,
    "FALSE in a cell": Range([[False]]),
    "date": Range([[datetime(2023, 6, 30)]]),
    "date with a time": Range([[LATE]]),
    "negative": -0.5,
    "tiny": 1e-300,
    "huge": 1e308,
    "row": Range([[0.5, None, 0.7]]),
    "column": Range([[0.5], [None], [0.7]]),
    "table": Range([[1.0, "文"], [LATE, None], [True, CellError(2042)]]),
    "array in the formula": [[0.5, 0.7], [0.9, 1.0]],
    **{text: Range([[CellError(number)]]) for number, text in ERRORS.items()},
}


def formula(workbook: Workbook, function: FunctionSpec, values: Sequence[object]) -> Any:
    """What the wrapper of the function makes of the arguments of a formula."""
    fixed = sum(not argument.is_variadic for argument in function.arguments)
    padded = [*values, *[MISSING] * (fixed - len(values))]
    found = workbook.call(function.name, *padded[:fixed], rest=tuple(padded[fixed:]))
    return [found] if _is_row(found) else found


def _is_row(found: object) -> bool:
    """A table of one row arrives as an array of one dimension, which Excel shows as a row."""
    return isinstance(found, list) and not isinstance(found[0], list)


def expected(function: FunctionSpec, values: Sequence[object]) -> Any:
    """What the engine says, here, without any host."""
    return _as_excel_has_it(function.call(*map(_plain, values)))


def _plain(value: object) -> object:
    match value:
        case Range([[single]]):
            return _plain(single)
        case Range(rows) | list(rows):
            return [[_plain(cell) for cell in row] for row in rows]
        case CellError(number):
            return ERRORS[number]
        case _:
            return None if value == MISSING else value


def _as_excel_has_it(answer: object) -> object:
    if isinstance(answer, list):
        return [_as_excel_has_it(item) for item in answer]
    return CellError(2042) if answer == "#N/A" else answer


def in_cells(function: FunctionSpec) -> list[object]:
    """The arguments of the function's example; a range of it stays one."""
    return [
        Range(argument) if isinstance(argument, list) else argument
        for argument in example_arguments(function.example)
    ]


@every_function
def test_the_example_of_the_manual(workbook: Workbook, function: FunctionSpec) -> None:
    values = in_cells(function)
    assert formula(workbook, function, values) == expected(function, values)


@every_function
def test_whatever_stands_in_place_of_an_argument(
    workbook: Workbook, function: FunctionSpec
) -> None:
    proper = in_cells(function)
    differing = {}
    for place in range(len(proper)):
        for label, cell in CELLS.items():
            values = [*proper[:place], cell, *proper[place + 1 :]]
            found, wanted = formula(workbook, function, values), expected(function, values)
            if found != wanted:
                differing[place, label] = (found, wanted)
    assert differing == {}


@every_function
def test_an_example_whose_values_stand_in_cells(workbook: Workbook, function: FunctionSpec) -> None:
    values = [v if isinstance(v, Range) else Range([[v]]) for v in in_cells(function)]
    assert formula(workbook, function, values) == expected(function, values)


def test_an_optional_argument_given_and_left_out(workbook: Workbook) -> None:
    assert workbook.call("JX_COMPLETION_SCORE", 125.0, 100.0, 20.0, "≤") == 16.0  # 100/125 × 20
    assert workbook.call("JX_COMPLETION_SCORE", 125.0, 100.0, 20.0, MISSING) == 20.0


def test_two_ranges_of_one_size_stay_two(workbook: Workbook) -> None:
    scores, points = Range([[20.0], [7.59], [None]]), Range([[20.0], [10.0], [None]])
    assert workbook.call("JX_TOTAL", scores, points) == 27.59


def test_not_available_is_an_error_value_and_its_reason_a_text(workbook: Workbook) -> None:
    late = ["产出", None, None, "项目竣工", "≥", datetime(2023, 6, 30), "日期", LATE, *[None] * 10]
    blank: list[object] = [None] * 18
    assert workbook.call("JX_COMPLETION_TABLE", rest=(Range([late, blank]),)) == [
        [CellError(2042), 20.0, "待评：原文未说明逾期完成如何计分"],
        ["", "", ""],
    ]


def test_a_long_text_arrives_whole(workbook: Workbook) -> None:
    """On a Chinese Windows the DLL cuts the text of an *error* short by a byte a character."""
    rows = [
        ["产出", None, None, f"第{n}项：{'走访企业' * 20}", "≥", 100.0, "家", 81.0, *[None] * 10]
        for n in range(60)
    ]
    reason = workbook.call("JX_REASON", 1.0, rest=(Range(rows),))
    assert reason == FUNCTIONS["JX_REASON"].call(1.0, rows)
    assert len(reason) > 2000
