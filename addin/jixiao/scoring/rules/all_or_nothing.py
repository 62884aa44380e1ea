"""All the points where a condition holds, none where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import ZERO, Ratio, plain
from jixiao.scoring.provenance import Source
from jixiao.scoring.rules.base import Fact, counted, figure
from jixiao.scoring.score import Outcome, Status, waiting
from jixiao.scoring.table_reader import Table


class IsYes(NamedTuple):
    """A yes/no input says yes."""

    input_id: str

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The one input."""
        return (self.input_id,)

    def holds(self, inputs: Inputs) -> bool:
        """Whether it says yes."""
        return inputs.is_yes(self.input_id)

    def shown(self, inputs: Inputs) -> str:
        """The answer in words."""
        return f"{inputs.label(self.input_id)}：{'是' if self.holds(inputs) else '否'}"

    @property
    def words(self) -> str:
        """The condition in words."""
        return "“是”得满分，“否”得0分"


class AtMost(NamedTuple):
    """A number does not exceed a limit of the standard (0 = none at all)."""

    input_id: str
    limit: Decimal

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The one input."""
        return (self.input_id,)

    def holds(self, inputs: Inputs) -> bool:
        """Whether the number is within the limit."""
        return inputs.number(self.input_id) <= self.limit

    def shown(self, inputs: Inputs) -> str:
        """The comparison in words."""
        relation = "不超过" if self.holds(inputs) else "超过"
        unit = inputs.specs[self.input_id].unit
        return f"{counted(inputs, self.input_id)}，{relation}{plain(self.limit)}{unit}"

    @property
    def words(self) -> str:
        """The condition in words."""
        return f"不超过{plain(self.limit)}得满分，否则得0分"


class NotAbove(NamedTuple):
    """One input does not exceed another."""

    input_id: str
    other: str

    @property
    def input_ids(self) -> tuple[str, ...]:
        """Both inputs."""
        return (self.input_id, self.other)

    def holds(self, inputs: Inputs) -> bool:
        """Whether the first is at most the second."""
        return inputs.number(self.input_id) <= inputs.number(self.other)

    def shown(self, inputs: Inputs) -> str:
        """The comparison in words."""
        sign = "≤" if self.holds(inputs) else ">"
        return (
            f"{inputs.label(self.input_id)}{figure(inputs, self.input_id)}"
            f"{sign}{inputs.label(self.other)}{figure(inputs, self.other)}"
        )

    @property
    def words(self) -> str:
        """The condition in words."""
        return "前者不超过后者得满分，否则得0分"


class AllOf(NamedTuple):
    """A count reaches the whole it is a part of (100 %)."""

    input_id: str
    whole: str

    @property
    def input_ids(self) -> tuple[str, ...]:
        """Both inputs."""
        return (self.input_id, self.whole)

    def holds(self, inputs: Inputs) -> bool:
        """Whether the part is the whole."""
        return inputs.number(self.input_id) == inputs.number(self.whole)

    def shown(self, inputs: Inputs) -> str:
        """The comparison in words."""
        verdict = "全部完成" if self.holds(inputs) else "未达到100%"
        return f"{counted(inputs, self.input_id)}，{counted(inputs, self.whole)}，{verdict}"

    @property
    def words(self) -> str:
        """The condition in words."""
        return "达到100%得满分，否则得0分"


Condition = IsYes | AtMost | NotAbove | AllOf


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """Full points if ``condition`` holds, else nothing."""

    condition: Condition
    clause: str
    source: Source

    @classmethod
    def read(cls, table: Table) -> AllOrNothing:
        """Keys: clause, and one of yes | at_most + limit | not_above + other | all_of + whole."""
        condition = _read_condition(table)
        return cls(condition, table.text("clause"), table.source())

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The inputs of the condition."""
        return self.condition.input_ids

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The condition in words."""
        return (Fact(self.condition.words, self.source),)

    @property
    def may_need_judgement(self) -> bool:
        """Never."""
        return False

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Ask the condition."""
        missing = inputs.missing(*self.input_ids)
        if missing:
            return waiting(missing)
        earned = Ratio(points) if self.condition.holds(inputs) else Ratio(ZERO)
        return Outcome(
            Status.SCORED, earned, steps=(self.condition.shown(inputs),), clause=self.clause
        )


def _read_condition(table: Table) -> Condition:
    if table.has("yes"):
        return IsYes(table.text("yes"))
    if table.has("at_most"):
        return AtMost(table.text("at_most"), table.number("limit"))
    if table.has("not_above"):
        return NotAbove(table.text("not_above"), table.text("other"))
    return AllOf(table.text("all_of"), table.text("whole"))
