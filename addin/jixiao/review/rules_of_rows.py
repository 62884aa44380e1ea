"""A form's row held against the rule of the standard: what the engine gives, and what went wrong.

Each row has one verdict, so that one mistake is one finding.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from jixiao.forms.form import Column, FormRow, Quantity
from jixiao.review.directions import has_no_clear_direction
from jixiao.review.figures import CENT, is_whole, rate_in, roundings, same_score
from jixiao.scoring import CompanionRow, Rubric, Score, Value
from jixiao.scoring.companion import as_date
from jixiao.scoring.natures import Nature
from jixiao.scoring.numbers import ONE, ZERO, Ratio, difference, product
from jixiao.scoring.provenance import Source
from jixiao.scoring.rules import Completion


class Fault(Enum):
    """What is wrong with a row's score."""

    FULL_ON_MISSED = auto()
    WEIGHT_TWICE = auto()
    ROUNDED_RATE = auto()
    WHOLE_POINTS = auto()
    OTHER = auto()


class ScoredRow(NamedTuple):
    """A row with points and a score."""

    row: FormRow
    points: Decimal
    score: Decimal


class Verdict(NamedTuple):
    """A row whose score is not what the rule gives; ``expected`` is ``None`` without a rule."""

    row: FormRow
    points: Decimal
    score: Decimal
    fault: Fault
    expected: Score | None


class CompletionRow(NamedTuple):
    """An indicator of the standard that is scored by completion rates."""

    name: str
    points: Decimal
    points_source: Source
    rule: Completion


def completion_rows(rubric: Rubric) -> tuple[CompletionRow, ...]:
    """The indicators whose points are shared out among rows with targets."""
    return tuple(
        CompletionRow(row.name, row.points, row.points_source, row.rule)
        for row in rubric.indicators
        if isinstance(row.rule, Completion)
    )


def kind_of(row: FormRow, rubric: Rubric) -> str:
    """The kind of a row by its headings (产出指标 is 产出); empty where none fits.

    The heading nearest to the row decides: 满意度 stands below 效益 in some forms.
    """
    for heading in (row.secondary, row.primary):
        for kind in rubric.companion_kinds:
            if kind in heading:
                return kind
    return ""


def verdict_on(scored: ScoredRow, expected: Score | None) -> Verdict | None:
    """The one fault that describes a wrong score best; None where nothing is wrong."""
    fault = _fault(*scored, expected)
    return None if fault is None else Verdict(*scored, fault, expected)


def expected_score(rubric: Rubric, row: FormRow) -> Score | None:
    """What the rule gives for a row with target, actual and points; None where it gives nothing."""
    if row.points is None or is_undirected(row) or has_other_units(row):
        return None
    kind = kind_of(row, rubric)
    rule = next((r.rule for r in completion_rows(rubric) if kind in r.rule.kinds), None)
    if rule is None or row.target is None or row.actual is None:
        return None
    typed = CompanionRow(
        kind=kind,
        name=row.name or "—",
        nature=None if row.nature is None else row.nature.value,
        target=_value(row.target),
        unit=row.target.unit or None,
        actual=_value(row.actual),
        points=row.points,
    )
    score = rule.score_row(typed, row.points, rubric.step).score
    return score if score.value is not None else None


def is_missed(row: FormRow) -> bool:
    """Whether the actual value misses the target; no where either is no number or date.

    An = that is exceeded is no clear miss: people write it for what may not fall short.
    """
    if row.target is None or row.actual is None or is_undirected(row) or has_other_units(row):
        return False
    target, actual = row.target.number, row.actual.number
    if target is None or actual is None:
        due, done = as_date(row.target.found.value), as_date(row.actual.found.value)
        return due is not None and done is not None and done > due
    return actual > target if row.nature is Nature.AT_MOST else actual < target


def is_undirected(row: FormRow) -> bool:
    """Whether nothing can be said of target and actual: a word, a sign in the actual, no sign."""
    if row.nature is Nature.QUALITATIVE:
        return True
    if row.actual is not None and row.actual.nature in (Nature.AT_LEAST, Nature.AT_MOST):
        return True
    return row.nature is None and has_no_clear_direction(row)


def has_other_units(row: FormRow) -> bool:
    """Whether target and actual have units that cannot be held against each other."""
    if row.target is None or row.actual is None:
        return False
    units = {unit.replace("％", "%").strip() for unit in (row.target.unit, row.actual.unit)}
    return len(units - {""}) > 1


def rate_of(row: FormRow) -> Ratio | None:
    """实际完成值 ÷ 目标值, or the inverse where less is better; None where there is none."""
    if row.target is None or row.actual is None or is_undirected(row) or has_other_units(row):
        return None
    target, actual = row.target.number, row.actual.number
    if target is None or actual is None or target <= ZERO or actual <= ZERO:
        return None
    return Ratio(target, actual) if row.nature is Nature.AT_MOST else Ratio(actual, target)


def _fault(row: FormRow, points: Decimal, score: Decimal, expected: Score | None) -> Fault | None:
    if not ZERO <= score <= points:
        return None  # that is E2's
    missed = is_missed(row)
    if missed and score == points and score > 0:
        return Fault.FULL_ON_MISSED
    if expected is None or expected.value is None or same_score(score, expected.value):
        return None
    if _exceeds_equal(row) and score == points:
        return None
    if same_score(score, product(expected.value, points).scaleb(-2)):
        return Fault.WEIGHT_TWICE
    if missed and _is_from_rounded_rate(row, points, score, expected.value):
        return Fault.ROUNDED_RATE
    if missed and _is_whole_deduction(points, score, expected.value):
        return Fault.WHOLE_POINTS
    return Fault.OTHER


def _exceeds_equal(row: FormRow) -> bool:
    rate = rate_of(row)
    return row.nature is Nature.EQUAL and rate is not None and rate.compare(ONE) > 0


def _is_from_rounded_rate(row: FormRow, points: Decimal, score: Decimal, expected: Decimal) -> bool:
    rate = rate_of(row)
    # Where rounding lifts a rate over a threshold it is no matter of rounding any more.
    if rate is None or not same_score(expected, rate.times(points).rounded(CENT)):
        return False
    printed = rate_in(row.cells.get(Column.RATE), rate)
    used = [*roundings(rate), *([printed.value] if printed and printed.fits(rate) else [])]
    return any(same_score(score, product(value, points)) for value in used)


def _is_whole_deduction(points: Decimal, score: Decimal, expected: Decimal) -> bool:
    lost = difference(points, score)
    is_near = abs(difference(score, expected)) < ONE
    return is_whole(lost) and not is_whole(difference(points, expected)) and is_near


def _value(quantity: Quantity) -> Value:
    return quantity.number if quantity.number is not None else quantity.found.value
