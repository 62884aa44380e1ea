"""A rubric: one official document and year as data, immutable once loaded."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from jixiao.scoring.inputs import Inputs, InputSpec, Value, Values
from jixiao.scoring.intervals import Interval
from jixiao.scoring.numbers import Ratio, plain
from jixiao.scoring.provenance import Source
from jixiao.scoring.rules import Completion, Fact, NoCase, Rule
from jixiao.scoring.score import Outcome, Problem, invalid
from jixiao.scoring.subject import Subject

_NOT_PART_OF_A_NAME = frozenset("“”‘’「」\"'*")

HAND_SCORE = "_hand_score"
HAND_BASIS = "_hand_basis"
"""Suffixes of the two inputs that a row which may need judgement has besides its own."""


class Heading(NamedTuple):
    """A first- or second-level indicator (一级指标, 二级指标) with the points of its rows."""

    id: str
    name: str
    points: Decimal
    parent: str
    source: Source


class GradeBand(NamedTuple):
    """A grade of 评价等级: its id (EXCELLENT …), its name (优 …) and its totals."""

    id: str
    name: str
    within: Interval
    words: str


class CompanionGroup(NamedTuple):
    """Some rows of the companion table as they are laid out: how many, and what is prefilled."""

    kind: str
    primary: str
    secondary: str
    rows: int


class Indicator(NamedTuple):
    """One row of the table: an indicator with its sentence and its rule.

    ``secondary`` is the heading that it stands under; empty where the standard has no headings
    above its rows, as with projects, whose rows are the first-level indicators. ``explanation`` is
    the printed 指标解释, ``sentence`` the printed 评分标准 with cut ends shown as 「…」,
    ``missing`` the words that print cut off. ``contained`` pairs inputs where the first is a part
    of the second.
    """

    number: int
    id: str
    name: str
    name_source: Source
    points: Decimal
    points_source: Source
    secondary: str
    explanation: str
    sentence: str
    sentence_source: Source
    missing: str
    rule: Rule | Completion
    no_case: NoCase | None
    inputs: tuple[InputSpec, ...]
    contained: tuple[tuple[str, str], ...]

    @property
    def takes_hand_score(self) -> bool:
        """Whether a person may have to score this row."""
        return any(spec.id == self.id + HAND_SCORE for spec in self.inputs)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every number and name of the row in words, with its provenance."""
        own = (
            Fact(f"指标名称“{self.name}”", self.name_source),
            Fact(f"分值{self.points}分", self.points_source),
        )
        no_case = (self.no_case.fact,) if self.no_case else ()
        return own + self.rule.facts + no_case

    def outcome(self, values: Values, specs: Mapping[str, InputSpec]) -> Outcome:
        """Check the inputs, then let the rule score them; not for the companion rows."""
        assert not isinstance(self.rule, Completion)
        problems = self.problems(values, specs)
        if problems:
            return invalid(*problems)
        inputs = Inputs(values, specs)
        if self.no_case is not None and self.no_case.applies(inputs):
            return self.no_case.outcome(inputs, self.points)
        return self.rule.apply(inputs, self.points)

    def problems(self, values: Values, specs: Mapping[str, InputSpec]) -> tuple[Problem, ...]:
        """What is wrong with the inputs, each by itself, then one against another."""
        found = tuple(
            problem for spec in self.inputs for problem in spec.faults(values.get(spec.id))
        )
        return found or self._containment_problems(values, specs)

    def _containment_problems(
        self, values: Values, specs: Mapping[str, InputSpec]
    ) -> tuple[Problem, ...]:
        found = []
        for part, whole in self.contained:
            low, high = values.get(part), values.get(whole)
            if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
                message = f"现为{plain(low)}，大于{specs[whole].label}{plain(high)}，请核对"
                found.append(Problem(part, message))
        return tuple(found)


@dataclass(frozen=True)
class Rubric:
    """The whole standard.

    ``year`` is None where it holds for any year; ``step`` is the unit of rounding (0.01 points);
    ``file`` names the workbook, without its suffix. ``funds`` are the amounts of 资金来源, one
    input a column with a cell for each source; there are none where the form has no such table.
    """

    id: str
    subject: Subject
    name: str
    year: int | None
    region: str
    document: str
    heading: str
    file: str
    footnote: str
    points: Decimal
    step: Decimal
    bands: tuple[GradeBand, ...]
    primaries: tuple[Heading, ...]
    secondaries: tuple[Heading, ...]
    indicators: tuple[Indicator, ...]
    companion_kinds: tuple[str, ...]
    companion_groups: tuple[CompanionGroup, ...]
    funds: tuple[InputSpec, ...]

    @property
    def period(self) -> str:
        """The year that it is for, as titles print it; empty where it holds for any."""
        return "" if self.year is None else f"{self.year}年度"

    @property
    def title(self) -> str:
        """The name of the form with its year."""
        return f"{self.name}（{self.period}）" if self.period else self.name

    @cached_property
    def specs(self) -> dict[str, InputSpec]:
        """All inputs by id."""
        rows = (spec for row in self.indicators for spec in row.inputs)
        return {spec.id: spec for spec in (*self.funds, *rows)}

    def grade(self, total: Decimal) -> GradeBand:
        """The grade of a total; raises ValueError outside all bands."""
        for band in self.bands:
            if band.within.contains(Ratio(total)):
                return band
        raise ValueError(f"{total} 不在任何等级之内")

    def find(self, key: str) -> Indicator | None:
        """The one indicator that `matches` gives; None where it gives none or several."""
        found = self.matches(key)
        return found[0] if len(found) == 1 else None

    def matches(self, key: str) -> tuple[Indicator, ...]:
        """The indicators that a number, an id or a Chinese name stands for.

        All whose name has ``key`` as a part, unless it is one of them in full. Quotes, spaces, the
        width of characters and the star of the printed form do not count: 三公经费 is “三公”经费.
        """
        wanted = _bare(key)
        row = self._by_key.get(wanted)
        if row is not None:
            return (row,)
        return tuple(row for name, row in self._by_name if wanted and wanted in name)

    @cached_property
    def _by_key(self) -> dict[str, Indicator]:
        named = self._by_name
        return {key: row for name, row in named for key in (str(row.number), row.id, name)}

    @cached_property
    def _by_name(self) -> tuple[tuple[str, Indicator], ...]:
        return tuple((_bare(row.name), row) for row in self.indicators)

    def rows_of(self, heading: Heading) -> tuple[Indicator, ...]:
        """The indicators below a first- or second-level heading."""
        below = {part.id for part in self.secondaries if heading.id in {part.parent, part.id}}
        return tuple(row for row in self.indicators if row.secondary in below)


def hand_score_of(indicator: Indicator, values: Values) -> tuple[Decimal | None, str]:
    """The hand-typed score and its reason, as far as they are given."""
    score = values.get(indicator.id + HAND_SCORE)
    basis: Value | tuple[Value, ...] = values.get(indicator.id + HAND_BASIS)
    return (
        score if isinstance(score, Decimal) else None,
        "" if basis is None else str(basis).strip(),
    )


def _bare(name: str) -> str:
    """A name without what people type in different ways."""
    normal = unicodedata.normalize("NFKC", name)
    return "".join(c for c in normal if c not in _NOT_PART_OF_A_NAME and not c.isspace())
