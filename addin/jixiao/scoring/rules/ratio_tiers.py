"""A ratio of two sums, scored by tiers: 结转结余率, 采购合同签订及时性, 固定资产利用率 …"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.scoring.inputs import InputKind, Inputs
from jixiao.scoring.numbers import ZERO, Ratio, grouped, percent, plain, total
from jixiao.scoring.provenance import note_of
from jixiao.scoring.rules.base import Fact
from jixiao.scoring.rules.tiers import Tiers, Undetermined, read_tiers
from jixiao.scoring.score import Outcome, Status, undecided, waiting
from jixiao.scoring.table_reader import Table


@dataclass(frozen=True, slots=True)
class RatioTiers:
    """``name`` = Σ numerator ÷ Σ denominator; the tier that holds it says what it earns.

    Inputs are amounts in one unit (万元 or 元: the ratio does not mind) or counts. A denominator of
    zero is in no printed standard and is left to judgement.
    """

    name: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    tiers: Tiers

    @classmethod
    def read(cls, table: Table) -> RatioTiers:
        """Keys: name, numerator, denominator, domain, tier."""
        domain = table.interval("domain")
        return cls(
            name=table.text("name"),
            numerator=table.texts("numerator"),
            denominator=table.texts("denominator"),
            tiers=read_tiers(table.tables("tier"), domain, table),
        )

    @property
    def input_ids(self) -> tuple[str, ...]:
        """Numerator first, then denominator."""
        return self.numerator + self.denominator

    @property
    def facts(self) -> tuple[Fact, ...]:
        """One fact per tier."""
        return tuple(tier.fact for tier in self.tiers.tiers)

    @property
    def may_need_judgement(self) -> bool:
        """Always: a denominator of zero is not covered by the standard."""
        return True

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Compare the exact quotient with the tiers."""
        missing = inputs.missing(*self.input_ids)
        if missing:
            return waiting(missing)
        rate = self.rate(inputs)
        shown = f"{self.name}={_shown(inputs, self.numerator)}÷{_shown(inputs, self.denominator)}"
        if rate is None:
            return undecided(
                f"{'、'.join(inputs.label(key) for key in self.denominator)}为0，"
                f"{self.name}无法计算，原文未说明如何评分",
                (shown,),
            )
        return self.of_rate(rate, shown, points)

    def rate(self, inputs: Inputs) -> Ratio | None:
        """The exact quotient; None where an input is blank or the denominator is zero."""
        if inputs.missing(*self.input_ids):
            return None
        below = _sum(inputs, self.denominator)
        return None if below == ZERO else Ratio(_sum(inputs, self.numerator), below)

    def of_rate(self, rate: Ratio, shown: str, points: Decimal) -> Outcome:
        """Score a rate; ``shown`` is how it came about, for the first step."""
        tier = self.tiers.hit(rate)
        step = f"{shown}={percent(rate, self.tiers.bounds)}，在{tier.within.text}档"
        if isinstance(tier.award, Undetermined):
            return undecided(tier.source.missing, (step,), tier.clause)
        return Outcome(
            Status.SCORED,
            tier.award.earned(rate, points),
            steps=(step,),
            tier=tier.within.text,
            other_tiers=self.tiers.others(tier),
            clause=tier.clause,
            notes=note_of(tier.source),
        )


def _sum(inputs: Inputs, input_ids: tuple[str, ...]) -> Decimal:
    return total(inputs.number(key) for key in input_ids)


def _shown(inputs: Inputs, input_ids: tuple[str, ...]) -> str:
    value = _sum(inputs, input_ids)
    is_amount = inputs.specs[input_ids[0]].kind is InputKind.AMOUNT
    return grouped(value) if is_amount else plain(value)
