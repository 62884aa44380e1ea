"""Scoring the whole table: every row, the subtotals, the total and the grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.companion import LABELS, CompanionRow, RowScore
from jixiao.scoring.inputs import Values, shown
from jixiao.scoring.numbers import Ratio, total
from jixiao.scoring.provenance import Note, Provenance, note_of
from jixiao.scoring.rubric import (
    HAND_BASIS,
    HAND_SCORE,
    GradeBand,
    Heading,
    Indicator,
    Rubric,
    hand_score_of,
)
from jixiao.scoring.rules import Completion, Confirmation
from jixiao.scoring.score import Problem, Score, Status, undecided
from jixiao.scoring.settling import HandScore, Row, settle


class IndicatorScore(NamedTuple):
    """The score of one row of the table."""

    indicator: Indicator
    score: Score


class Subtotal(NamedTuple):
    """The sum below one heading; ``None`` while a row of it waits."""

    heading: Heading
    value: Decimal | None

    @property
    def rate(self) -> Ratio | None:
        """得分率: the share of the heading's points that was earned."""
        return None if self.value is None else Ratio(self.value, self.heading.points)


class Evaluation(NamedTuple):
    """A scored table. ``total`` and ``grade`` are ``None`` while any row waits or is wrong."""

    rubric: Rubric
    scores: tuple[IndicatorScore, ...]
    companion: tuple[RowScore, ...]
    subtotals: tuple[Subtotal, ...]
    total: Decimal | None
    grade: GradeBand | None
    companion_problems: tuple[tuple[int, Problem], ...]

    def count(self, status: Status) -> int:
        """How many rows of the table are in a status."""
        return sum(1 for row in self.scores if row.score.status is status)

    @property
    def waiting(self) -> tuple[IndicatorScore, ...]:
        """The rows without a score."""
        return tuple(row for row in self.scores if row.score.value is None)

    @property
    def waiting_words(self) -> str:
        """How many rows wait, in Chinese: 待填2项、待评1项; empty where none does."""
        open_statuses = (Status.MISSING_INPUT, Status.NEEDS_JUDGEMENT, Status.INVALID_INPUT)
        counts = ((status.label, self.count(status)) for status in open_statuses)
        return "、".join(f"{label}{count}项" for label, count in counts if count)

    @property
    def is_invalid(self) -> bool:
        """Whether any input is wrong (not merely missing)."""
        return bool(self.companion_problems) or self.count(Status.INVALID_INPUT) > 0


def evaluate(rubric: Rubric, values: Values, rows: Sequence[CompanionRow]) -> Evaluation:
    """Score the inputs of a department or a project.

    ``values`` holds every input by its id (blank or absent = missing), ``rows`` the companion table
    from top to bottom. Nothing is raised for missing or wrong input; it is in the scores.
    """
    scores: list[IndicatorScore] = []
    companion: list[RowScore] = []
    for indicator in rubric.indicators:
        if isinstance(indicator.rule, Completion):
            score, row_scores = score_companion(rubric, indicator, rows)
            companion += row_scores
        else:
            score = score_indicator(rubric, indicator, values)
        scores.append(IndicatorScore(indicator, score))
    by_id = {row.indicator.id: row.score.value for row in scores}
    subtotals = tuple(
        Subtotal(heading, _sum([by_id[row.id] for row in rubric.rows_of(heading)]))
        for heading in (*rubric.primaries, *rubric.secondaries)
    )
    problems = kind_problems(rubric, rows)
    added = None if problems else _sum([row.score.value for row in scores])
    return Evaluation(
        rubric=rubric,
        scores=tuple(scores),
        companion=tuple(sorted(companion, key=lambda row: row.place)),
        subtotals=subtotals,
        total=added,
        grade=None if added is None else rubric.grade(added),
        companion_problems=problems,
    )


def score_indicator(rubric: Rubric, indicator: Indicator, values: Values) -> Score:
    """Score one row that has inputs of its own (not the companion rows)."""
    outcome = indicator.outcome(values, rubric.specs)
    rule = indicator.rule
    score, basis = hand_score_of(indicator, values)
    is_open = outcome.status is Status.MISSING_INPUT and score is not None
    if isinstance(rule, Confirmation) and is_open:
        # A hand-typed score answers the question as well as a "no" would.
        outcome = undecided(rule.source.missing, clause=rule.clause)
    if outcome.earned is not None:
        outcome = outcome._replace(notes=(*outcome.notes, *_name_note(indicator)))
    labels = {key: label for spec in indicator.inputs for key, label in spec.labels.items()}
    row = Row(indicator.name, indicator.points, indicator.sentence, labels)
    hand = None
    if indicator.takes_hand_score:
        hand = HandScore(indicator.id + HAND_SCORE, score, indicator.id + HAND_BASIS, basis)
    return settle(row, outcome, rubric.step, hand)


def _name_note(indicator: Indicator) -> tuple[Note, ...]:
    is_inferred = indicator.name_source.provenance is Provenance.INFERRED
    return note_of(indicator.name_source) if is_inferred else ()


def score_companion(
    rubric: Rubric, indicator: Indicator, rows: Sequence[CompanionRow]
) -> tuple[Score, tuple[RowScore, ...]]:
    """Score a row that rests on the companion table, and the companion rows of its kind."""
    rule = indicator.rule
    assert isinstance(rule, Completion)
    outcome, row_scores = rule.apply(rows, indicator.points, rubric.step)
    table = rubric.subject.companion_table
    labels = {rule.kinds[0]: f"{table}中的{rule.kind_words}指标"}
    for row_score in row_scores:
        name = row_score.score.name or "未命名指标"
        for key, label in LABELS.items():
            labels[f"{row_score.place}.{key}"] = f"“{name}”的{label}"
    row = Row(indicator.name, indicator.points, indicator.sentence, labels)
    return settle(row, outcome, rubric.step, None), row_scores


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return total(known) if len(known) == len(values) else None


def kind_problems(rubric: Rubric, rows: Sequence[CompanionRow]) -> tuple[tuple[int, Problem], ...]:
    """The used companion rows that belong to no kind, by their places; nothing would score them."""
    kinds = "、".join(rubric.companion_kinds)
    return tuple(
        (place, Problem("kind", f"类别应为{kinds}，现为“{shown(row.kind)}”"))
        for place, row in enumerate(rows)
        if row.is_used and str(row.kind or "").strip() not in rubric.companion_kinds
    )
