"""A blank is missing, a wrong value is an error; neither is ever a zero.

Each table runs over every input of a kind, so that an input added to the rubric is covered at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from jixiao.scoring import InputKind, Status, Value

from .department import DEPARTMENT, ROWS, D, Entries, outcome, score

NUMERIC = (InputKind.AMOUNT, InputKind.COUNT, InputKind.RATE, InputKind.SHARE, InputKind.SCORE)

# (kinds, value, words that the message must hold, why)
WRONG: list[tuple[tuple[InputKind, ...], Value, str, str]] = [
    (NUMERIC, "约三百", "应填数字", "text in a number field"),
    (NUMERIC, "95%", "95%", "a number typed as text"),
    (NUMERIC, "#DIV/0!", "#DIV/0!", "an error of the sheet"),
    (NUMERIC, "#N/A", "#N/A", "an error of the sheet"),
    (NUMERIC, D("-1"), "负数", "nothing here is below 0"),
    (NUMERIC, D("-0.0001"), "负数", "nothing here is below 0"),
    (NUMERIC, date(2023, 1, 1), "应填数字", "a date"),
    (NUMERIC, D("NaN"), "NaN", "no number"),
    (NUMERIC, D("Infinity"), "超出", "no finite number"),
    (NUMERIC, D("1E+400"), "超出", "beyond any money"),
    ((InputKind.AMOUNT, InputKind.COUNT, InputKind.RATE), True, "应填数字", "yes is no number"),
    ((InputKind.COUNT,), D("1.5"), "整数", "a fraction where a count belongs"),
    ((InputKind.COUNT,), D("0.9999"), "整数", "a fraction where a count belongs"),
    ((InputKind.RATE,), D("75.86"), "百分号", "75.86 typed for 75.86 %"),
    ((InputKind.SHARE,), D("1.0001"), "100%", "above the whole"),
    ((InputKind.SHARE,), D(50), "100%", "50 typed for 50 %"),
    ((InputKind.SCORE,), D("5.0001"), "5", "above the points of the two parts"),
    ((InputKind.YES_NO,), "有", "“有”", "another word"),
    ((InputKind.YES_NO,), "√", "“√”", "a tick"),
    ((InputKind.YES_NO,), D(1), "“1”", "a number"),
    ((InputKind.CHOICE,), "已公开", "“已公开”", "another word"),
    ((InputKind.CHOICE,), D(1), "“1”", "a number"),
]


def _inputs_of(kinds: tuple[InputKind, ...]) -> Iterator[tuple[int, str, int]]:
    """(row, input, cells) of each input of the kinds, without the typed scores."""
    for number in DEPARTMENT:
        for spec in ROWS[number].inputs:
            if spec.kind in kinds and not spec.id.endswith("_hand_score"):
                yield number, spec.id, spec.cells


def _in_cell(value: Value, cells: int) -> Value | tuple[Value, ...]:
    return value if cells == 1 else (None, value, *[None] * (cells - 2))


@pytest.mark.parametrize(("kinds", "value", "words", "why"), WRONG)
def test_a_wrong_value_is_an_error_that_names_the_input(
    kinds: tuple[InputKind, ...], value: Value, words: str, why: str
) -> None:
    tried = list(_inputs_of(kinds))
    assert tried
    for row, key, cells in tried:
        scored = score(row, DEPARTMENT[row] | {key: _in_cell(value, cells)})
        assert outcome(scored) is Status.INVALID_INPUT, (why, key)
        place = key if cells == 1 else f"{key}[1]"
        assert [problem.input_id for problem in scored.problems] == [place], why
        assert words in scored.problems[0].message, why


@pytest.mark.parametrize("blank", [None, "", " ", "\u3000", "absent"])
def test_a_blank_input_makes_its_row_wait_for_it(blank: str | None) -> None:
    """The inputs are those without which the printed table could not be scored."""
    astray = {}
    for row, typed in DEPARTMENT.items():
        for key in typed:
            values: Entries = typed | {key: blank}
            if blank == "absent":
                del values[key]
            scored = score(row, values)
            wanted = "monthly_execution_rates" if row == 3 else key
            if (outcome(scored), scored.waiting_for) != (Status.MISSING_INPUT, (wanted,)):
                astray[key] = scored.status.value
    assert astray == {}


def test_months_may_be_blank_in_every_spelling_of_a_blank() -> None:
    months = (D("0.5"), "", " ", *[None] * 9)
    assert outcome(score(3, {"monthly_execution_rates": months})) == D("0.5") * 10


@pytest.mark.parametrize("blank", [None, "", " ", (None,) * 12, ("",) * 12])
def test_blank_months_leave_the_one_figure_to_score(blank: Value | tuple[Value, ...]) -> None:
    values: Entries = {"monthly_execution_rates": blank, "annual_execution_rate": D("0.5")}
    assert outcome(score(3, values)) == D("0.5") * 10


@pytest.mark.parametrize("months", [(D("0.5"),) * 11, (D("0.5"),) * 13, D("0.5")])
def test_the_months_of_a_year_are_twelve_cells(months: Value | tuple[Value, ...]) -> None:
    scored = score(3, {"monthly_execution_rates": months})
    assert outcome(scored) is Status.INVALID_INPUT
    assert [problem.input_id for problem in scored.problems] == ["monthly_execution_rates"]


def test_all_wrong_inputs_of_a_row_are_named_at_once() -> None:
    wrong: Entries = dict.fromkeys(DEPARTMENT[5], "无")
    problems = score(5, wrong).problems
    assert [problem.input_id for problem in problems] == list(DEPARTMENT[5])


@pytest.mark.parametrize(
    ("row", "part", "whole"),
    [
        (4, "ex_ante_missed", "ex_ante_required"),
        (12, "intentions_published", "intentions_due"),
        (16, "contracts_on_time", "contracts_total"),
        (24, "assets_in_use", "assets_total"),
    ],
)
def test_a_part_above_its_whole_is_an_error_with_both_figures(
    row: int, part: str, whole: str
) -> None:
    (problem,) = score(row, {part: D(11), whole: D(10)}).problems
    assert problem.input_id == part
    assert all(figure in problem.message for figure in ("11", "10"))


def test_a_message_writes_figures_out_without_exponents() -> None:
    (problem,) = score(24, {"assets_in_use": D("1E+3"), "assets_total": D(10)}).problems
    assert "1000" in problem.message
    assert "E+" not in problem.message


def test_a_typed_zero_is_a_figure_and_no_blank() -> None:
    values: dict[int, tuple[Entries, Decimal]] = {
        3: ({"annual_execution_rate": D(0)}, D(0)),
        6: ({"audit_findings": D(0)}, D(2)),
        26: ({"three_public_actual": D(0), "three_public_budget": D(0)}, D(2)),
    }
    for row, (typed, expected) in values.items():
        assert outcome(score(row, typed)) == expected
