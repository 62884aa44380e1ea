"""The points of the companion rows: as typed or split equally, and the columns that must foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from jixiao.scoring import CompanionRow, Evaluation, Provenance, Status, Value, evaluate

from .department import RUBRIC, D, F, companion_row, department_inputs, half_up, outcome

WRONG, WAITS, JUDGED = Status.INVALID_INPUT, Status.MISSING_INPUT, Status.NEEDS_JUDGEMENT


def _outputs(*points: Value, actual: Decimal | int = 100) -> list[CompanionRow]:
    return [
        companion_row(name=f"指标{place}", points=value, actual=D(actual))
        for place, value in enumerate(points)
    ]


def _evaluate(rows: Sequence[CompanionRow]) -> Evaluation:
    return evaluate(RUBRIC, {}, rows)


def _row1(rows: Sequence[CompanionRow]) -> Decimal | Status:
    return outcome(_evaluate(rows).scores[0].score)


def _points(rows: Sequence[CompanionRow]) -> list[Decimal]:
    return [row.score.points for row in _evaluate(rows).companion]


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 9, 11, 40, 60])
def test_blank_points_are_split_equally_and_foot_to_twenty(count: int) -> None:
    """Largest remainder first: the cents that are left over go to the first rows."""
    each, left = divmod(2000, count)
    expected = [D(each + 1) / 100] * left + [D(each) / 100] * (count - left)
    rows = _outputs(*[None] * count)
    assert _points(rows) == expected
    assert sum(expected) == D("20.00")
    assert _row1(rows) == D(20)


def test_three_rows_have_the_points_that_the_standard_prints() -> None:
    assert _points(_outputs(None, None, None)) == [D("6.67"), D("6.67"), D("6.66")]


def test_an_equal_split_is_marked_as_a_convention() -> None:
    notes = _evaluate(_outputs(None, None, None)).scores[0].score.notes
    assert [note.provenance for note in notes] == [Provenance.CONVENTION]
    assert _evaluate(_outputs(D(12), D(8))).scores[0].score.notes == ()


def test_typed_points_are_used_as_typed() -> None:
    rows = _outputs(D("0.01"), D("12.49"), D("7.5"))
    assert _points(rows) == [D("0.01"), D("12.49"), D("7.5")]
    assert _row1(rows) == D(20)


@pytest.mark.parametrize(
    "points", [(D("6.66"),) * 3, (D("6.67"),) * 3, (D(10), D("10.0001")), (D(50), D(50)), (D(0),)]
)
def test_typed_points_that_do_not_sum_to_twenty_are_an_error_that_names_both_sums(
    points: tuple[Decimal, ...],
) -> None:
    scored = _evaluate(_outputs(*points)).scores[0].score
    assert outcome(scored) is WRONG
    assert f"{sum(points, D(0)).normalize():f}" in scored.explanation
    assert "20" in scored.explanation


def test_points_typed_in_some_rows_only_are_an_error_at_each_blank_one() -> None:
    scored = _evaluate(_outputs(D(10), None, D(10), None)).scores[0].score
    assert outcome(scored) is WRONG
    assert [problem.input_id for problem in scored.problems] == ["1.points", "3.points"]


@pytest.mark.parametrize("points", [D(-1), "二十", "#VALUE!", True, date(2023, 1, 1)])
def test_points_that_are_no_points_are_an_error_at_their_cell(points: Value) -> None:
    scored = _evaluate(_outputs(D(20), points)).scores[0].score
    assert outcome(scored) is WRONG
    assert [problem.input_id for problem in scored.problems] == ["1.points"]


FINE_POINTS = pytest.mark.parametrize(
    "points",
    [(D("6.6667"), D("6.6667"), D("6.6666")), (D("9.995"), D("10.005"))],
    ids=["thirds", "half cents"],
)


@FINE_POINTS
def test_points_finer_than_a_cent_never_lift_a_score_above_its_points(
    points: tuple[Decimal, ...],
) -> None:
    """0 <= score <= points, for each row and for their sum."""
    table = _evaluate(_outputs(*points))
    for row in (table.scores[0].score, *(row.score for row in table.companion)):
        assert row.value is None or row.value <= row.points


@FINE_POINTS
def test_points_finer_than_a_cent_never_make_the_table_unscorable(
    points: tuple[Decimal, ...],
) -> None:
    values = department_inputs() | {"annual_execution_rate": D(1)}
    table = evaluate(RUBRIC, values, [*_outputs(*points), companion_row(kind="效益")])
    assert table.total is None or table.total <= D(100)


def test_each_row_is_rounded_so_that_the_printed_column_foots() -> None:
    """81 % of 6.67, 6.67, 6.66: unrounded 16.20, in print 5.40 + 5.40 + 5.39 = 16.19."""
    table = _evaluate(_outputs(None, None, None, actual=81))
    printed = [half_up(F(points) * F("0.81")) for points in ("6.67", "6.67", "6.66")]
    assert [row.score.value for row in table.companion] == printed
    assert outcome(table.scores[0].score) == sum(printed)
    assert sum(printed) != half_up(20 * F("0.81"))


def test_half_of_odd_cents_is_rounded_up_in_each_row() -> None:
    assert _row1(_outputs(None, None, None, actual=151)) == (
        2 * half_up(F("6.67") / 2) + half_up(F("6.66") / 2)
    )


def test_each_kind_has_its_own_twenty_points_in_whatever_order_the_rows_stand() -> None:
    rows = [
        companion_row(kind="效益", actual=D(60)),
        companion_row(actual=D(70)),
        companion_row(kind="效益", actual=D(90)),
    ]
    table = _evaluate(rows)
    assert outcome(table.scores[0].score) == 20 * D("0.7")
    assert outcome(table.scores[1].score) == 10 * D("0.6") + 10 * D("0.9")
    assert [row.place for row in table.companion] == [0, 1, 2]


def test_rows_with_nothing_but_a_prefilled_kind_and_direction_take_no_points() -> None:
    empty = CompanionRow(kind="产出", nature="≥")
    assert _points([empty, *_outputs(None, None), empty]) == [D(10), D(10)]


def test_a_kind_without_any_row_waits() -> None:
    table = _evaluate([companion_row(kind="效益")])
    assert outcome(table.scores[0].score) is WAITS
    assert outcome(table.scores[1].score) == D(20)


@pytest.mark.parametrize("kind", ["满意度", "", None, D(1), True])
def test_a_used_row_of_an_unknown_kind_leaves_no_total_and_says_where(kind: Value) -> None:
    rows = [companion_row(), companion_row(kind="效益"), companion_row(kind=kind)]
    table = evaluate(RUBRIC, department_inputs(), rows)
    assert (table.total, table.grade, table.is_invalid) == (None, None, True)
    ((place, problem),) = table.companion_problems
    assert (place, problem.input_id) == (2, "kind")
    assert "产出、效益" in problem.message


LATE = companion_row(target=date(2023, 1, 1), actual=date(2023, 1, 2))
OPEN_ROWS: list[tuple[CompanionRow, Status, str]] = [
    (companion_row(actual=None), WAITS, "a row with a blank"),
    (companion_row(name=None), WAITS, "a row without its name"),
    (LATE, JUDGED, "a row that needs judgement"),
    (companion_row(actual="完成"), WRONG, "a row in error"),
]


@pytest.mark.parametrize(("row", "status", "source"), OPEN_ROWS)
def test_one_open_row_leaves_the_sum_open(row: CompanionRow, status: Status, source: str) -> None:
    assert _row1([companion_row(), row]) is status, source


def test_an_error_outweighs_a_blank_and_a_blank_outweighs_a_judgement() -> None:
    blank, wrong = companion_row(actual=None), companion_row(actual="完成")
    assert _row1([LATE, blank, wrong]) is WRONG
    assert _row1([LATE, blank]) is WAITS


@pytest.mark.parametrize(
    ("rows", "source"),
    [
        (_outputs(D(10), D(4), None), "some points blank"),
        (_outputs(D(10), D(4), D(5)), "points sum to 19"),
        (_outputs(D(10), D(4), D("-6")), "points below 0"),
    ],
)
def test_a_met_row_is_never_printed_as_zero_because_of_a_fault_elsewhere(
    rows: list[CompanionRow], source: str
) -> None:
    """A score that is not known is not 0: the right rows keep their own points or have no score."""
    second = _evaluate(rows).companion[1].score
    assert second.value in (None, D(4)), source
