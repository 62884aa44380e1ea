"""Tiers: which interval a rate falls in, and what that earns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.intervals import Interval, partition_fault
from jixiao.scoring.numbers import ONE, Ratio, plain
from jixiao.scoring.provenance import Provenance, Source
from jixiao.scoring.rules.base import Fact
from jixiao.scoring.table_reader import Table


class FixedPoints(NamedTuple):
    """The tier earns so many points."""

    points: Decimal

    def earned(self, rate: Ratio, points: Decimal) -> Ratio:
        """The fixed number, whatever the rate."""
        return Ratio(self.points)

    @property
    def words(self) -> str:
        """In Chinese, as the provenance sheet prints it."""
        return f"得{plain(self.points)}分"


class ShareOfPoints(NamedTuple):
    """The tier earns a share of the points: all, half, none."""

    share: Decimal

    def earned(self, rate: Ratio, points: Decimal) -> Ratio:
        """The share of the points, whatever the rate."""
        return Ratio(points).times(self.share)

    @property
    def words(self) -> str:
        """In Chinese, as the provenance sheet prints it."""
        return f"得分值的{plain(self.share * 100)}%"


class Proportional(NamedTuple):
    """The tier earns rate × points."""

    def earned(self, rate: Ratio, points: Decimal) -> Ratio:
        """The product, unevaluated."""
        return rate.times(points)

    @property
    def words(self) -> str:
        """In Chinese, as the provenance sheet prints it."""
        return "得分=比率×分值"


class Undetermined(NamedTuple):
    """The printed standard does not say what the tier earns."""

    @property
    def words(self) -> str:
        """In Chinese, as the provenance sheet prints it."""
        return "得分不明"


Award = FixedPoints | ShareOfPoints | Proportional | Undetermined


class Tier(NamedTuple):
    """One tier: where it applies, what it earns, the words of the standard, their provenance."""

    within: Interval
    award: Award
    clause: str
    source: Source

    @property
    def fact(self) -> Fact:
        """The tier in words."""
        return Fact(f"{self.within.text}：{self.award.words}", self.source)


class Tiers(NamedTuple):
    """Tiers that cover a domain without gap or overlap."""

    tiers: tuple[Tier, ...]

    def hit(self, rate: Ratio) -> Tier:
        """The one tier that holds ``rate``; the loader made sure that there is one."""
        for tier in self.tiers:
            if tier.within.contains(rate):
                return tier
        raise ValueError(f"{rate} lies in no tier")

    def others(self, hit: Tier) -> tuple[str, ...]:
        """The tiers that were not hit, as a trace shows them."""
        return tuple(tier.fact.words for tier in self.tiers if tier is not hit)

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """All finite ends, for showing a rate on its side of each."""
        ends = (end for tier in self.tiers for end in (tier.within.lower, tier.within.upper))
        return tuple(sorted({end for end in ends if end is not None}))

    @property
    def has_undetermined(self) -> bool:
        """Whether some rate reaches words that are missing."""
        return any(isinstance(tier.award, Undetermined) for tier in self.tiers)


def read_tiers(tables: Sequence[Table], domain: Interval, place: Table) -> Tiers:
    """Read tiers and refuse gaps and overlaps over ``domain``."""
    tiers = tuple(_read_tier(table) for table in tables)
    fault = partition_fault([tier.within for tier in tiers], domain)
    if fault:
        raise place.fault("tier", fault)
    return Tiers(tiers)


def _read_tier(table: Table) -> Tier:
    within = table.interval("within")
    source = table.source()
    award = _read_award(table, within, source)
    clause = table.text("clause", "")
    table.close()
    return Tier(within, award, clause, source)


def _read_award(table: Table, within: Interval, source: Source) -> Award:
    if source.provenance is Provenance.UNKNOWN:
        return Undetermined()
    if table.has("points"):
        return FixedPoints(table.number("points"))
    if table.has("times_rate"):
        if table.number("times_rate") != ONE:
            raise table.fault("times_rate", "只能写 1：得分=比率×分值")
        if within.lower is None or within.upper is None or within.lower < 0 or within.upper > ONE:
            raise table.fault("times_rate", f"{within.text}超出0%至100%，得分会超出0至分值")
        return Proportional()
    share = table.percentage("share")
    if not 0 <= share <= ONE:
        raise table.fault("share", "应在0%至100%之间")
    return ShareOfPoints(share)
