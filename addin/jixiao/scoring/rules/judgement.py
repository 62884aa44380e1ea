"""Rows and parts that a person scores: confirmed in full, given a share, or given points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import ONE, Ratio, percent, plain, total
from jixiao.scoring.provenance import Source, note_of
from jixiao.scoring.rules.base import Fact
from jixiao.scoring.score import Outcome, Problem, Status, invalid, undecided, waiting
from jixiao.scoring.table_reader import Table


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Yes earns the points; no needs a score typed by hand (酌情扣分, or missing words)."""

    input_id: str
    clause: str
    source: Source

    @classmethod
    def read(cls, table: Table) -> Confirmation:
        """Keys: yes, clause, and the provenance of what a "no" costs."""
        return cls(table.text("yes"), table.text("clause"), table.source())

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The one input."""
        return (self.input_id,)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What a "no" costs is not in print."""
        return (Fact("“是”得满分，“否”须人工评分", self.source),)

    @property
    def may_need_judgement(self) -> bool:
        """Where the answer is no."""
        return True

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Full points for yes."""
        missing = inputs.missing(self.input_id)
        if missing:
            return waiting(missing)
        label = inputs.label(self.input_id)
        if not inputs.is_yes(self.input_id):
            return undecided(self.source.missing, (f"{label}：否",), self.clause)
        return Outcome(Status.SCORED, Ratio(points), steps=(f"{label}：是",), clause=self.clause)


@dataclass(frozen=True, slots=True)
class JudgedShare:
    """A share from 0 to 100 % of the points, given by a person; below 100 % it takes a reason."""

    share: str
    basis: str
    clause: str
    source: Source

    @classmethod
    def read(cls, table: Table) -> JudgedShare:
        """Keys: share, basis, clause, and the provenance."""
        return cls(table.text("share"), table.text("basis"), table.text("clause"), table.source())

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The share, then its basis."""
        return (self.share, self.basis)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Who gives the share."""
        return (Fact("内容有缺漏的，由评分人确定得分比例", self.source),)

    @property
    def may_need_judgement(self) -> bool:
        """The share itself is the judgement."""
        return False

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """share × points."""
        if missing := inputs.missing(self.share):
            return waiting(missing)
        share = inputs.number(self.share)
        if share < ONE and (missing := inputs.missing(self.basis)):
            return waiting(missing)
        shown = percent(Ratio(share), (ONE,))
        steps = [f"{inputs.label(self.share)}{shown}，{shown}×{plain(points)}"]
        if share < ONE:
            steps.append(f"{inputs.label(self.basis)}：{inputs.text(self.basis)}")
        notes = note_of(self.source) if share < ONE else ()
        return Outcome(
            Status.SCORED,
            Ratio(points).times(share),
            steps=tuple(steps),
            clause=self.clause,
            notes=notes,
        )


@dataclass(frozen=True, slots=True)
class JudgedPoints:
    """Points given by a person, one or more figures that may not exceed the points together."""

    scores: tuple[str, ...]
    basis: str
    clause: str
    source: Source

    @classmethod
    def read(cls, table: Table) -> JudgedPoints:
        """Keys: scores, basis, clause, and the provenance."""
        return cls(table.texts("scores"), table.text("basis"), table.text("clause"), table.source())

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The figures, then their basis."""
        return (*self.scores, self.basis)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Who gives the points."""
        return (Fact("评分规则与分值划分不明，由评分人评定", self.source),)

    @property
    def may_need_judgement(self) -> bool:
        """The figures themselves are the judgement."""
        return False

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Add the figures; each needs the written basis."""
        if missing := inputs.missing(*self.input_ids):
            return waiting(missing)
        given = total(inputs.number(key) for key in self.scores)
        terms = "+".join(f"{inputs.label(key)}{plain(inputs.number(key))}" for key in self.scores)
        if given > points:
            message = f"{terms}={plain(given)}分，超过合计{plain(points)}分"
            return invalid(Problem(self.scores[0], message))
        return Outcome(
            Status.SCORED,
            Ratio(given),
            steps=(terms, f"{inputs.label(self.basis)}：{inputs.text(self.basis)}"),
            clause=self.clause,
            notes=note_of(self.source),
        )
