"""Points off per full step of an overrun: 公用经费控制率."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import ZERO, Ratio, difference, percent, plain, product
from jixiao.scoring.provenance import Source, note_of
from jixiao.scoring.rules.base import Fact, figure
from jixiao.scoring.score import Outcome, Status, undecided, waiting
from jixiao.scoring.table_reader import Table


@dataclass(frozen=True, slots=True)
class StepDeduction:
    """rate = (actual − budget) ÷ budget; ≤ 0 is full, above it ``each`` off per full ``step``.

    A full step counts when it is reached exactly. Below the first full step nothing is taken off;
    that reading has a provenance of its own, ``first_step``.
    """

    name: str
    actual: str
    budget: str
    step: Decimal
    each: Decimal
    clause: str
    first_step: Source

    @classmethod
    def read(cls, table: Table) -> StepDeduction:
        """Keys: name, actual, budget, step, each, clause, and a table below_first_step."""
        below = table.table("below_first_step")
        source = below.source()
        below.close()
        return cls(
            name=table.text("name"),
            actual=table.text("actual"),
            budget=table.text("budget"),
            step=table.percentage("step"),
            each=table.number("each"),
            clause=table.text("clause"),
            first_step=source,
        )

    @property
    def input_ids(self) -> tuple[str, ...]:
        """Actual, then budget."""
        return (self.actual, self.budget)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The step, and the reading below the first one."""
        step = plain(self.step * 100)
        return (
            Fact(f"每增加{step}%（含）扣{plain(self.each)}分，减至0分为止", Source()),
            Fact(f"超出不足{step}%不扣分", self.first_step),
        )

    @property
    def may_need_judgement(self) -> bool:
        """A budget of zero is not covered by the standard."""
        return True

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Count the full steps of the exact overrun."""
        missing = inputs.missing(*self.input_ids)
        if missing:
            return waiting(missing)
        budget = inputs.number(self.budget)
        shown = (
            f"{self.name}=({figure(inputs, self.actual)}−{figure(inputs, self.budget)})"
            f"÷{figure(inputs, self.budget)}"
        )
        if budget == ZERO:
            label = inputs.label(self.budget)
            return undecided(f"{label}为0，{self.name}无法计算，原文未说明如何评分", (shown,))
        overrun = Ratio(difference(inputs.number(self.actual), budget), budget)
        return self._scored(overrun, shown, points)

    def _scored(self, overrun: Ratio, shown: str, points: Decimal) -> Outcome:
        if overrun.compare(ZERO) <= 0:
            step = f"{shown}={percent(overrun, (ZERO,))}，不高于0"
            return Outcome(Status.SCORED, Ratio(points), steps=(step,), clause=self.clause)
        units = product(overrun.denominator, self.step)
        steps = Ratio(overrun.numerator, units).floor()
        taken = product(steps, self.each)
        left = max(difference(points, taken), ZERO)
        rate = percent(overrun, (ZERO, product(steps, self.step), product(steps + 1, self.step)))
        step_text = plain(self.step * 100)
        if steps == ZERO:
            words = (f"{shown}={rate}，不足{step_text}%，不扣分",)
            notes = note_of(self.first_step)
        else:
            words = (
                f"{shown}={rate}，满{plain(steps)}个{step_text}%，"
                f"扣{plain(self.each)}×{plain(steps)}={plain(taken)}分",
            )
            notes = ()
        return Outcome(Status.SCORED, Ratio(left), steps=words, clause=self.clause, notes=notes)
