"""From a rule's exact outcome to the score of a row: the hand-typed score and the one rounding."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.numbers import Ratio, plain
from jixiao.scoring.provenance import Note, Provenance
from jixiao.scoring.score import Outcome, Problem, Score, Status, waiting


class HandScore(NamedTuple):
    """A score typed by a person for a row that the standard does not settle, with its reason."""

    score_id: str
    score: Decimal | None
    basis_id: str
    basis: str


class Row(NamedTuple):
    """What a score is the score of."""

    name: str
    points: Decimal
    sentence: str
    labels: Mapping[str, str]

    def label(self, input_id: str) -> str:
        """The Chinese label of an input, or of one cell of a spanning input (``id[3]``)."""
        return self.labels.get(input_id, input_id)


def settle(row: Row, outcome: Outcome, step: Decimal, hand: HandScore | None) -> Score:
    """Apply the hand-typed score where judgement is needed; round half up to ``step``, once."""
    if hand is not None and hand.score is not None:
        outcome = _with_hand_score(row, outcome, hand, hand.score)
    value = None
    if outcome.earned is not None:
        value = outcome.earned.rounded(step)
    return Score(
        name=row.name,
        value=value,
        points=row.points,
        status=outcome.status,
        steps=outcome.steps,
        tier=outcome.tier,
        other_tiers=outcome.other_tiers,
        clause=outcome.clause,
        sentence=row.sentence,
        notes=outcome.notes,
        waiting_for=outcome.waiting_for,
        problems=outcome.problems,
        missing_words=outcome.missing_words,
        waiting_labels=tuple(row.label(key) for key in outcome.waiting_for),
        problem_labels=tuple(row.label(problem.input_id) for problem in outcome.problems),
    )


def _with_hand_score(row: Row, outcome: Outcome, hand: HandScore, score: Decimal) -> Outcome:
    if outcome.status in {Status.SCORED, Status.NOT_APPLICABLE}:
        unused = Note(Provenance.TEXT, "本行可按标准计算，所填人工评分未采用")
        return outcome._replace(notes=(*outcome.notes, unused))
    if outcome.status is not Status.NEEDS_JUDGEMENT:
        return outcome
    if not 0 <= score <= row.points:
        message = f"人工评分应在0至{plain(row.points)}分之间，现为{plain(score)}"
        return outcome._replace(
            status=Status.INVALID_INPUT, problems=(Problem(hand.score_id, message),)
        )
    if not hand.basis:
        return waiting((hand.basis_id,))
    judged = Note(Provenance.UNKNOWN, f"本行由人工评分（{outcome.missing_words}）")
    return outcome._replace(
        status=Status.SCORED,
        earned=Ratio(score),
        steps=(*outcome.steps, f"人工评分{plain(score)}分，依据：{hand.basis}"),
        notes=(*outcome.notes, judged),
    )
