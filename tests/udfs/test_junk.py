"""Whatever a sheet holds: a function answers with a number, a text or a table, and never raises."""

from __future__ import annotations

import logging
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jixiao.udfs  # noqa: F401  # fills the table
from jixiao.function_table import FUNCTIONS, FunctionSpec

TEXTS = st.sampled_from(
    [
        "",
        " ",
        "≥",
        "定性",
        "是",
        "否",
        "涉密",
        "达成年度指标",
        "待填：x",
        "#N/A",
        "2023-12-30",
        "产出",
    ]
) | st.text(max_size=8)
CELLS = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.floats(0, 100)
    | st.integers()
    | st.sampled_from([0, 1, 3, 5, 100, -2146826246, -2146826281])
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | TEXTS
)
RANGES = st.recursive(
    CELLS, lambda inner: st.lists(inner, max_size=14) | st.tuples(inner, inner), max_leaves=40
)
TABLES = st.lists(st.lists(CELLS, min_size=18, max_size=18), max_size=4)
ARGUMENTS = CELLS | RANGES | TABLES

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def fits_into_cells(answer: object) -> bool:
    """A finite number, a text that a cell can hold, or rows of those, equally long."""
    if isinstance(answer, list):
        return len({len(line) for line in answer}) == 1 and all(
            not isinstance(cell, list) and fits_into_cells(cell) for line in answer for cell in line
        )
    if type(answer) is float:
        return math.isfinite(answer)
    return type(answer) is str and len(answer) <= 32767


@every_function
@given(data=st.data())
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_junk_is_answered(
    function: FunctionSpec, data: st.DataObject, caplog: pytest.LogCaptureFixture
) -> None:
    known = [ARGUMENTS for argument in function.arguments if not argument.is_variadic]
    given_arguments = list(data.draw(st.tuples(*known)))
    if function.arguments[-1].is_variadic:
        given_arguments += data.draw(st.lists(ARGUMENTS, max_size=12))
    with caplog.at_level(logging.ERROR):
        answer = function.call(*given_arguments)
    assert fits_into_cells(answer), answer
    # words of the rules, not an exception of the program that was caught
    assert caplog.records == []


@every_function
def test_too_few_arguments_are_answered_too(function: FunctionSpec) -> None:
    """A host gives None for what is left out; this one gives nothing at all."""
    required = [a for a in function.arguments if not (a.is_optional or a.is_variadic)]
    assert fits_into_cells(function.call(*[None] * len(required)))
