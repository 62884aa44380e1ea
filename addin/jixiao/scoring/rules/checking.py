"""Whether the numbers of a rule fit the points of its row."""

from __future__ import annotations

from decimal import Decimal

from jixiao.scoring.numbers import total
from jixiao.scoring.rules.base import Rule
from jixiao.scoring.rules.completion import Completion
from jixiao.scoring.rules.parts import Parts
from jixiao.scoring.rules.ratio_tiers import RatioTiers
from jixiao.scoring.rules.tiers import FixedPoints


def points_fault(rule: Rule | Completion, points: Decimal) -> str:
    """Say in Chinese what could score above ``points`` or not add up to them; empty if nothing."""
    if isinstance(rule, RatioTiers):
        return _tiers_fault(rule, points)
    if isinstance(rule, Parts):
        return _parts_fault(rule, points)
    return ""


def _tiers_fault(rule: RatioTiers, points: Decimal) -> str:
    for tier in rule.tiers.tiers:
        if isinstance(tier.award, FixedPoints) and not 0 <= tier.award.points <= points:
            return f"tier：{tier.within.text}档得{tier.award.points}分，应在0至{points}分之间"
    return ""


def _parts_fault(rule: Parts, points: Decimal) -> str:
    added = total(part.points for part in rule.parts)
    if added != points:
        return f"part：各部分分值合计{added}，应为{points}"
    return next(
        (fault for part in rule.parts if (fault := points_fault(part.rule, part.points))), ""
    )
