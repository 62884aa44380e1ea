"""An indicator of parts that are scored one by one: 预决算公开合规性, 绩效结果应用 and others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.inputs import Inputs, Value, as_word
from jixiao.scoring.numbers import ZERO, Ratio, plain
from jixiao.scoring.provenance import Source, note_of
from jixiao.scoring.rules.base import Fact, Rule
from jixiao.scoring.score import Outcome, Status, waiting
from jixiao.scoring.table_reader import Table


class NoCase(NamedTuple):
    """There was nothing to score this year: the input equals ``value``, and the points are full.

    Only an entered value says so (a zero, or 涉密); a blank is missing input.
    """

    input_id: str
    value: Decimal | str
    source: Source

    @classmethod
    def read(cls, table: Table) -> NoCase:
        """Keys: input, equals (a word; absent: the number 0), and the provenance."""
        input_id = table.text("input")
        value: Decimal | str = table.text("equals") if table.has("equals") else ZERO
        source = table.source()
        table.close()
        return cls(input_id, value, source)

    def applies(self, inputs: Inputs) -> bool:
        """Whether the input says that there was no case."""
        return _equal(inputs.values.get(self.input_id), self.value)

    def outcome(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Full points, with the remark."""
        value = self.value if isinstance(self.value, str) else plain(self.value)
        return Outcome(
            Status.NOT_APPLICABLE,
            Ratio(points),
            steps=(f"{inputs.label(self.input_id)}：{value}",),
            notes=note_of(self.source),
        )

    @property
    def fact(self) -> Fact:
        """The convention in words."""
        shown = self.value if isinstance(self.value, str) else plain(self.value)
        return Fact(f"填“{shown}”即本年度未涉及，得满分", self.source)


class Void(NamedTuple):
    """One of several inputs says a word that makes the whole indicator worth nothing."""

    inputs: tuple[str, ...]
    value: str
    clause: str

    def hit(self, inputs: Inputs) -> str | None:
        """The input that says it, if any does."""
        said = (key for key in self.inputs if as_word(inputs.values.get(key)) == self.value)
        return next(said, None)


class Part(NamedTuple):
    """One part: its name, its points and where they come from, its rule, when there is no case."""

    label: str
    points: Decimal
    source: Source
    rule: Rule
    no_case: NoCase | None

    def apply(self, inputs: Inputs) -> Outcome:
        """Score this part out of its own points."""
        if self.no_case is not None:
            if inputs.missing(self.no_case.input_id):
                return waiting((self.no_case.input_id,))
            if self.no_case.applies(inputs):
                return self.no_case.outcome(inputs, self.points)
        return self.rule.apply(inputs, self.points)


@dataclass(frozen=True, slots=True)
class Parts:
    """Σ of the parts; nothing at all where ``void`` hits."""

    parts: tuple[Part, ...]
    void: Void | None

    @classmethod
    def read(cls, table: Table, read_rule: Callable[[Table], Rule]) -> Parts:
        """Keys: part (label, points, rule, no_case), and void (inputs, equals, clause)."""
        parts = tuple(_read_part(part, read_rule) for part in table.tables("part"))
        return cls(parts, _read_void(table.table("void")) if table.has("void") else None)

    @property
    def input_ids(self) -> tuple[str, ...]:
        """All inputs of all parts, in order, each once."""
        keys = dict.fromkeys(self.void.inputs if self.void else ())
        for part in self.parts:
            if part.no_case is not None:
                keys[part.no_case.input_id] = None
            keys.update(dict.fromkeys(part.rule.input_ids))
        return tuple(keys)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of each part, named by the part."""
        found = []
        for part in self.parts:
            found.append(Fact(f"{part.label}：{plain(part.points)}分", part.source))
            facts = part.rule.facts + ((part.no_case.fact,) if part.no_case else ())
            found += [Fact(f"{part.label}：{fact.words}", fact.source) for fact in facts]
        return tuple(found)

    @property
    def may_need_judgement(self) -> bool:
        """Whether any part does."""
        return any(part.rule.may_need_judgement for part in self.parts)

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Score each part; the row waits while any part waits."""
        if self.void is not None and (voiding := self.void.hit(inputs)) is not None:
            step = f"{inputs.label(voiding)}：{self.void.value}"
            return Outcome(Status.SCORED, Ratio(ZERO), steps=(step,), clause=self.void.clause)
        return _combined(tuple((part, part.apply(inputs)) for part in self.parts))


def _combined(scored: tuple[tuple[Part, Outcome], ...]) -> Outcome:
    outcomes = tuple(outcome for _, outcome in scored)
    status = _worst(outcomes)
    earned = None
    if status in {Status.SCORED, Status.NOT_APPLICABLE}:
        earned = Ratio(ZERO)
        for outcome in outcomes:
            assert outcome.earned is not None
            earned = earned.plus(outcome.earned)
    lost = [
        outcome.clause
        for part, outcome in scored
        if outcome.earned is None or outcome.earned.compare(part.points) < 0
    ]
    return Outcome(
        status,
        earned,
        steps=tuple(_part_step(part, outcome) for part, outcome in scored if outcome.steps),
        clause="；".join(dict.fromkeys(clause for clause in lost if clause)),
        notes=tuple(dict.fromkeys(note for outcome in outcomes for note in outcome.notes)),
        waiting_for=tuple(dict.fromkeys(k for outcome in outcomes for k in outcome.waiting_for)),
        problems=tuple(problem for outcome in outcomes for problem in outcome.problems),
        missing_words="；".join(
            dict.fromkeys(o.missing_words for o in outcomes if o.missing_words)
        ),
    )


def _part_step(part: Part, outcome: Outcome) -> str:
    verdict = ""
    if outcome.earned is not None:
        earned = outcome.earned.rounded(Decimal("0.0001"))
        verdict = f"，得{plain(earned)}分"
    return f"{part.label}（{plain(part.points)}分）：{'，'.join(outcome.steps)}{verdict}"


# A row is as bad as its worst part: an error outweighs a blank, a blank outweighs a judgement.
_GRAVITY = (
    Status.INVALID_INPUT,
    Status.MISSING_INPUT,
    Status.NEEDS_JUDGEMENT,
    Status.SCORED,
    Status.NOT_APPLICABLE,
)


def _worst(outcomes: tuple[Outcome, ...]) -> Status:
    return min((outcome.status for outcome in outcomes), key=_GRAVITY.index)


def _equal(value: Value | tuple[Value, ...], expected: Decimal | str) -> bool:
    if isinstance(expected, str):
        return as_word(value) == expected
    return isinstance(value, Decimal) and value == expected


def _read_part(table: Table, read_rule: Callable[[Table], Rule]) -> Part:
    label, points, source = table.text("label"), table.number("points"), table.source()
    rule = read_rule(table.table("rule"))
    no_case = NoCase.read(table.table("no_case")) if table.has("no_case") else None
    table.close()
    return Part(label, points, source, rule, no_case)


def _read_void(table: Table) -> Void:
    void = Void(table.texts("inputs"), table.text("equals"), table.text("clause"))
    table.close()
    return void
