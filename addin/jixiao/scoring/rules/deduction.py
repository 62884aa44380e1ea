"""Points off per item, not below zero: 事前绩效评估, 采购活动合规性, 资产管理合规性 and others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.inputs import InputKind, Inputs
from jixiao.scoring.intervals import parse_interval
from jixiao.scoring.numbers import ONE, ZERO, Ratio, difference, plain, product, total
from jixiao.scoring.provenance import Provenance, Source, note_of
from jixiao.scoring.rules.base import Fact, counted
from jixiao.scoring.rules.tiers import FixedPoints, Tier, Tiers, read_tiers
from jixiao.scoring.score import Outcome, Status, undecided, waiting
from jixiao.scoring.table_reader import Table

_COUNTS = parse_interval("[0, inf)")


class FlatAmount(NamedTuple):
    """The same points off for each item."""

    points: Decimal
    clause: str
    source: Source
    tier: str = ""
    other_tiers: tuple[str, ...] = ()

    def of(self, inputs: Inputs) -> FlatAmount | None:
        """Itself."""
        return self

    @property
    def depends_on(self) -> tuple[str, ...]:
        """No further input."""
        return ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The amount."""
        return (Fact(f"每项扣{plain(self.points)}分", self.source),)


class AmountByCount(NamedTuple):
    """The points off for each item depend on how many there are in all."""

    input_id: str
    tiers: Tiers

    def of(self, inputs: Inputs) -> FlatAmount | None:
        """The amount for the number at hand."""
        tier = self.tiers.hit(Ratio(inputs.number(self.input_id)))
        if not isinstance(tier.award, FixedPoints):
            return None
        others = tuple(_tier_fact(other).words for other in self.tiers.tiers if other is not tier)
        return FlatAmount(tier.award.points, tier.clause, tier.source, tier.within.text, others)

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The input that decides."""
        return (self.input_id,)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """One fact per tier."""
        return tuple(_tier_fact(tier) for tier in self.tiers.tiers)


class UnknownAmount(NamedTuple):
    """The standard takes points off, but the amount is cut off in print."""

    clause: str
    source: Source

    def of(self, inputs: Inputs) -> FlatAmount | None:
        """Nobody knows."""
        return None

    @property
    def depends_on(self) -> tuple[str, ...]:
        """No further input."""
        return ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """That the amount is missing."""
        return (Fact("每项扣分数额不明", self.source),)


class DeductionItem(NamedTuple):
    """One thing counted, and the points off for each.

    A yes/no input counts 1 where it says no (「无内部管理规程，扣0.5分」).
    """

    counted: str
    amount: FlatAmount | AmountByCount | UnknownAmount

    def how_many(self, inputs: Inputs) -> Decimal:
        """How many items there are."""
        if inputs.specs[self.counted].kind is InputKind.YES_NO:
            return ZERO if inputs.is_yes(self.counted) else ONE
        return inputs.number(self.counted)

    def shown(self, inputs: Inputs) -> str:
        """The item in words: label and number, or label and yes/no."""
        if inputs.specs[self.counted].kind is InputKind.YES_NO:
            return f"{inputs.label(self.counted)}：{'是' if inputs.is_yes(self.counted) else '否'}"
        figures = (counted(inputs, key) for key in (*self.amount.depends_on, self.counted))
        return "，".join(figures)


@dataclass(frozen=True, slots=True)
class Deduction:
    """points − Σ count × amount, not below zero."""

    items: tuple[DeductionItem, ...]

    @classmethod
    def read(cls, table: Table) -> Deduction:
        """Key: item, a list of tables with count, and each | by and tier | class = "unknown"."""
        tables = table.tables("item")
        if not tables:
            raise table.fault("item", "缺少扣分项")
        return cls(tuple(_read_item(item) for item in tables))

    @property
    def input_ids(self) -> tuple[str, ...]:
        """What decides the amount first, then what is counted."""
        keys: dict[str, None] = {}
        for item in self.items:
            keys.update(dict.fromkeys((*item.amount.depends_on, item.counted)))
        return tuple(keys)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The amounts."""
        return tuple(fact for item in self.items for fact in item.amount.facts)

    @property
    def may_need_judgement(self) -> bool:
        """Whether an amount is missing in print."""
        return any(isinstance(item.amount, UnknownAmount) for item in self.items)

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Take the deductions off, one item after the other."""
        missing = inputs.missing(*self.input_ids)
        if missing:
            return waiting(missing)
        steps: list[str] = []
        taken: list[Decimal] = []
        deciding: list[FlatAmount] = []
        for item in self.items:
            count = item.how_many(inputs)
            if count == ZERO:
                steps.append(f"{item.shown(inputs)}，不扣分")
                continue
            amount = item.amount.of(inputs)
            if amount is None:
                return _unknown(item, inputs)
            taken.append(product(count, amount.points))
            deciding.append(amount)
            steps.append(
                f"{item.shown(inputs)}，扣{plain(amount.points)}×{plain(count)}={plain(taken[-1])}分"
            )
        left = difference(points, total(taken))
        if left < ZERO:
            steps.append("扣完为止")
        return Outcome(
            Status.SCORED,
            Ratio(max(left, ZERO)),
            steps=tuple(steps),
            tier="；".join(amount.tier for amount in deciding if amount.tier),
            other_tiers=tuple(tier for amount in deciding for tier in amount.other_tiers),
            clause="；".join(amount.clause for amount in deciding if amount.clause),
            notes=tuple(note for amount in deciding for note in note_of(amount.source)),
        )


def _unknown(item: DeductionItem, inputs: Inputs) -> Outcome:
    amount = item.amount
    assert isinstance(amount, UnknownAmount)
    return undecided(amount.source.missing, (item.shown(inputs),), amount.clause)


def _tier_fact(tier: Tier) -> Fact:
    assert isinstance(tier.award, FixedPoints)
    return Fact(f"{tier.within.text}个：每项扣{plain(tier.award.points)}分", tier.source)


def _read_item(table: Table) -> DeductionItem:
    count = table.text("count")
    amount: FlatAmount | AmountByCount | UnknownAmount
    if table.has("by"):
        tiers = read_tiers(table.tables("tier"), _COUNTS, table)
        if not all(isinstance(tier.award, FixedPoints) for tier in tiers.tiers):
            raise table.fault("tier", "扣分档只能用 points 写明每项扣分")
        amount = AmountByCount(table.text("by"), tiers)
    else:
        source = table.source()
        clause = table.text("clause")
        if source.provenance is Provenance.UNKNOWN:
            amount = UnknownAmount(clause, source)
        else:
            amount = FlatAmount(table.number("each"), clause, source)
    table.close()
    return DeductionItem(count, amount)
