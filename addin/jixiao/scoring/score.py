"""The one result: a score with its arithmetic, its tier, its sentence and its remarks.

The number in a cell, the text beside it, the terminal table, the review and the reports are all
read off a `Score`, so they cannot disagree.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from jixiao.scoring.numbers import Ratio, plain
from jixiao.scoring.provenance import Note


class Status(StrEnum):
    """What became of a row."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    MISSING_INPUT = "missing_input"
    NEEDS_JUDGEMENT = "needs_judgement"
    INVALID_INPUT = "invalid_input"

    @property
    def label(self) -> str:
        """The status in Chinese."""
        return _LABELS[self]


_LABELS = {
    Status.SCORED: "已评分",
    Status.NOT_APPLICABLE: "未涉及",
    Status.MISSING_INPUT: "待填",
    Status.NEEDS_JUDGEMENT: "待评",
    Status.INVALID_INPUT: "有误",
}


class Problem(NamedTuple):
    """An input that cannot be used: which one and, in Chinese, why and what to do."""

    input_id: str
    message: str


class Outcome(NamedTuple):
    """What a rule made of its inputs, before the one rounding.

    ``earned`` is exact and set for SCORED and NOT_APPLICABLE only. ``steps`` are the arithmetic in
    Chinese; ``tier`` is the tier hit and ``other_tiers`` those not hit; ``clause`` is the part of
    the official sentence that decided.
    """

    status: Status
    earned: Ratio | None = None
    steps: tuple[str, ...] = ()
    tier: str = ""
    other_tiers: tuple[str, ...] = ()
    clause: str = ""
    notes: tuple[Note, ...] = ()
    waiting_for: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing_words: str = ""


def waiting(input_ids: tuple[str, ...]) -> Outcome:
    """An outcome that waits for inputs nobody has typed."""
    return Outcome(Status.MISSING_INPUT, waiting_for=input_ids)


def undecided(missing_words: str, steps: tuple[str, ...] = (), clause: str = "") -> Outcome:
    """An outcome that the printed standard does not settle; says which words are missing."""
    return Outcome(Status.NEEDS_JUDGEMENT, steps=steps, clause=clause, missing_words=missing_words)


def invalid(*problems: Problem) -> Outcome:
    """An outcome that cannot be, because inputs are wrong."""
    return Outcome(Status.INVALID_INPUT, problems=problems)


class Score(NamedTuple):
    """The score of one row: 0 ≤ ``value`` ≤ ``points``, or ``None`` where it waits."""

    name: str
    value: Decimal | None
    points: Decimal
    status: Status
    steps: tuple[str, ...]
    tier: str
    other_tiers: tuple[str, ...]
    clause: str
    sentence: str
    notes: tuple[Note, ...]
    waiting_for: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing_words: str = ""
    waiting_labels: tuple[str, ...] = ()
    problem_labels: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether every point was earned."""
        return self.value == self.points

    @property
    def rate(self) -> Ratio | None:
        """得分率: the share of the points that was earned; None where there is no score."""
        return None if self.value is None or not self.points else Ratio(self.value, self.points)

    @property
    def explanation(self) -> str:
        """The score in Chinese words: figures, tier, result, remarks."""
        parts = ["；".join(self.steps)] if self.steps else []
        parts.append(self.verdict)
        text = "，".join(parts) + "。"
        if self.clause and not self.is_full:
            text += f"评分标准：“{self.clause}”。"
        return text + "".join(f"注：{note.text}。" for note in self.notes)

    @property
    def verdict(self) -> str:
        """The score without its arithmetic: 得7.59分（满分10分）, or why there is none."""
        match self.status:
            case Status.SCORED | Status.NOT_APPLICABLE:
                assert self.value is not None
                return f"得{plain(self.value)}分（满分{plain(self.points)}分）"
            case Status.MISSING_INPUT:
                return f"待填：{'、'.join(self.waiting_labels)}"
            case Status.NEEDS_JUDGEMENT:
                return f"待评：{self.missing_words}"
            case Status.INVALID_INPUT:
                labelled = zip(self.problem_labels, self.problems, strict=True)
                return "错误：" + "；".join(
                    f"{label}：{fault.message}" for label, fault in labelled
                )
