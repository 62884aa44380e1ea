"""Money spent against a budget that the form lets people choose: 预算执行率."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.funds import FundColumns
from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import (
    ONE,
    ZERO,
    Ratio,
    grouped,
    percent,
    percent_to_multiply,
    plain,
    total,
)
from jixiao.scoring.provenance import Source, note_of
from jixiao.scoring.rules.base import Fact
from jixiao.scoring.score import Outcome, Status, undecided, waiting
from jixiao.scoring.table_reader import Table

# Scores are printed to 0.01; the rate beside them is shown so that it leads there.
_PRINTED = Decimal("0.01")


class Execution(NamedTuple):
    """The sums over all sources and the budget that the rate is taken of.

    ``waiting_for`` are the amounts that are missing; while there are any, the sums are not whole.
    """

    base_id: str
    budget: Decimal
    executed: Decimal
    waiting_for: tuple[str, ...]

    @property
    def rate(self) -> Ratio | None:
        """The exact quotient, not capped; None where amounts are missing or the budget is zero."""
        if self.waiting_for or self.budget == ZERO:
            return None
        return Ratio(self.executed, self.budget)


@dataclass(frozen=True, slots=True)
class BudgetExecution:
    """min(executed ÷ budget, 100 %) × points.

    ``executed`` and ``bases`` are amounts with a cell for each source of money; a source with both
    cells blank is one that there is not, one with a single blank waits. ``base`` is the choice of
    the budget; its options are the labels of ``bases``, in their order.
    """

    executed: str
    bases: tuple[str, ...]
    base: str
    base_source: Source
    cap_source: Source
    clause: str

    @classmethod
    def read(cls, table: Table) -> BudgetExecution:
        """Keys: executed, bases, base, clause, and two tables with provenance: of_base, cap."""
        return cls(
            executed=table.text("executed"),
            bases=table.texts("bases"),
            base=table.text("base"),
            base_source=_source(table.table("of_base")),
            cap_source=_source(table.table("cap")),
            clause=table.text("clause"),
        )

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The budgets, the money spent, then the choice between the budgets."""
        return (*self.bases, self.executed, self.base)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the rate is taken of, and that it counts no more than 100 %."""
        return (
            Fact("预算执行率的分母（执行率口径）", self.base_source),
            Fact("执行率超过100%的按100%计算，得分=执行率×分值", self.cap_source),
        )

    @property
    def may_need_judgement(self) -> bool:
        """Where the budget is zero."""
        return True

    def execution(self, inputs: Inputs) -> Execution:
        """The sums of the chosen budget and of the money spent."""
        base_id = self.columns(inputs).base
        budgets, spent = dict(inputs.numbers(base_id)), dict(inputs.numbers(self.executed))
        return Execution(
            base_id,
            total(budgets.values()),
            total(spent.values()),
            tuple(self._missing(base_id, budgets, spent)),
        )

    def columns(self, inputs: Inputs) -> FundColumns:
        """The columns of 资金来源 with the budget that was chosen."""
        place = inputs.specs[self.base].options.index(inputs.choice(self.base))
        return FundColumns(self.bases, self.bases[place], self.executed)

    def _missing(
        self, base_id: str, budgets: dict[int, Decimal], spent: dict[int, Decimal]
    ) -> Iterator[str]:
        if not budgets and not spent:
            yield from (base_id, self.executed)
            return
        for place in sorted(budgets.keys() ^ spent.keys()):
            yield f"{base_id if place in spent else self.executed}[{place}]"

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Score the rate; a budget of zero is left to judgement."""
        found = self.execution(inputs)
        if found.waiting_for:
            return waiting(found.waiting_for)
        label = inputs.label(found.base_id)
        quotient = (
            f"预算执行率={inputs.label(self.executed)}{grouped(found.executed)}"
            f"÷{label}{grouped(found.budget)}"
        )
        rate = found.rate
        if rate is None:
            return undecided(
                f"{label}为0，执行率无法计算，请改选执行率口径，或人工评分", (quotient,)
            )
        shown = f"{quotient}={percent(rate, (ONE,))}"
        notes = note_of(self.base_source)
        counted = rate
        if rate.compare(ONE) > 0:
            counted = Ratio(ONE)
            shown += "，超过100%，按100%计算"
            notes += note_of(self.cap_source)
        multiplied = f"{percent_to_multiply(counted, points, _PRINTED)}×{plain(points)}"
        return Outcome(
            Status.SCORED,
            counted.times(points),
            steps=(shown, f"得分={multiplied}"),
            clause=self.clause,
            notes=notes,
        )


def _source(table: Table) -> Source:
    source = table.source()
    table.close()
    return source
