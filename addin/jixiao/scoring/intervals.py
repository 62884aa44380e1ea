"""Intervals as the standard writes them: ``[0, 60%)``, ``(10%, 20%]``, ``[90, 100]``.

Which end belongs to a tier is part of the text, so it stands in the data beside the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jixiao.scoring.numbers import Ratio

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?%?"
_FORM = re.compile(rf"^([\[(])\s*(-inf|{_NUMBER})\s*,\s*(inf|{_NUMBER})\s*([\])])$")


class Interval(NamedTuple):
    """A range of numbers; ``None`` as an end is unbounded, ``text`` the form it was written in."""

    lower: Decimal | None
    upper: Decimal | None
    lower_closed: bool
    upper_closed: bool
    text: str

    def contains(self, value: Ratio) -> bool:
        """Whether the exact quotient lies inside."""
        if self.lower is not None:
            side = value.compare(self.lower)
            if side < 0 or (side == 0 and not self.lower_closed):
                return False
        if self.upper is not None:
            side = value.compare(self.upper)
            if side > 0 or (side == 0 and not self.upper_closed):
                return False
        return True


def parse_interval(text: str) -> Interval:
    """Read an interval; raises ValueError where it is not of the form or is empty."""
    match = _FORM.match(text.strip())
    if match is None:
        raise ValueError(f"不是区间写法：{text!r}，应如 [0, 60%) 或 (10%, inf)")
    opening, low, high, closing = match.groups()
    lower, upper = _bound(low), _bound(high)
    if lower is not None and upper is not None:
        point = lower == upper and opening == "[" and closing == "]"
        if not (lower < upper or point):
            raise ValueError(f"区间为空：{text}")
    if (lower is None and opening == "[") or (upper is None and closing == "]"):
        raise ValueError(f"无穷一端不能写成闭区间：{text}")
    return Interval(lower, upper, opening == "[", closing == "]", _displayed(text))


def _bound(text: str) -> Decimal | None:
    if text in {"inf", "-inf"}:
        return None
    return Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)


def _displayed(text: str) -> str:
    return text.strip().replace("-inf", "−∞").replace("inf", "+∞")


def partition_fault(intervals: Sequence[Interval], domain: Interval) -> str | None:
    """Say in Chinese where ``intervals`` leave a gap or overlap in ``domain``; ``None`` if nowhere.

    The order of the intervals does not matter: the standard lists tiers from the best downwards.
    """
    if not intervals:
        return "没有任何档次"
    ordered = sorted(intervals, key=_lower_key)
    if _lower_key(ordered[0]) != _lower_key(domain):
        return f"最低档{ordered[0].text}没有从{domain.text}的下端开始"
    for below, above in pairwise(ordered):
        if below.upper is None or above.lower is None or above.lower < below.upper:
            return f"{below.text}与{above.text}重叠"
        if above.lower > below.upper:
            return f"{below.text}与{above.text}之间有空档"
        if below.upper_closed == above.lower_closed:
            fault = "重叠" if below.upper_closed else "有空档"
            return f"{below.text}与{above.text}在端点处{fault}"
    last = ordered[-1]
    if (last.upper, last.upper_closed) != (domain.upper, domain.upper_closed):
        return f"最高档{last.text}没有到{domain.text}的上端"
    return None


def _lower_key(interval: Interval) -> tuple[int, Decimal, int]:
    if interval.lower is None:
        return (0, Decimal(0), 0)
    return (1, interval.lower, 0 if interval.lower_closed else 1)
