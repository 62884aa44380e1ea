"""Figures as a form prints them: numbers in text, rates with their printed places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from jixiao.forms.form import Found
from jixiao.scoring.numbers import ONE, Ratio, difference, is_plausible

CENT = Decimal("0.01")
"""Scores are given to 0.01 points, rates to 0.01 percentage points."""

RATE_STEP = CENT.scaleb(-2)
_COARSEST = CENT  # a rate is printed in whole percent at the least
_LARGEST_FRACTION = Decimal("1.5")  # 1.2 is 120 %, 25 is 25 %

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_NOTHING = frozenset({"", "无", "/", "-", "—", "——", "－", "不涉及", "不适用"})


class Rate(NamedTuple):
    """A printed rate as a fraction, and the unit of its last printed place (0.0001 for 86.19%)."""

    value: Decimal
    unit: Decimal

    def fits(self, exact: Ratio) -> bool:
        """Whether it is the exact rate, rounded half up to two decimals of a percentage.

        Where it has fewer, being cut off is as good as being rounded.
        """
        if self.unit <= RATE_STEP:
            return exact.rounded(RATE_STEP) == Ratio(self.value).rounded(RATE_STEP)
        gap = exact.plus(Ratio(-self.value))
        return abs(gap.numerator) < self.unit * gap.denominator


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or holds 无, a dash or the like."""
    return text.strip().rstrip("。.") in _NOTHING


def number_in(found: Found | None) -> Decimal | None:
    """The number of a cell, also one typed as text with separators; None where there is none."""
    if found is None or isinstance(found.value, bool):
        return None
    if isinstance(found.value, Decimal):
        return found.value if is_plausible(found.value) else None
    text = _normal(found.text)
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text.replace(",", ""))
    return number if is_plausible(number) else None


def percentages_in(text: str) -> tuple[Rate, ...]:
    """The percentages that a text names."""
    found = (Decimal(match) for match in _PERCENT.findall(_normal(text)))
    return tuple(_percentage(number) for number in found if is_plausible(number))


def rate_in(found: Found | None, near: Ratio | None) -> Rate | None:
    """The rate of a cell: 86.19%, 0.8619 and 86.19 alike; ``near`` decides where it is open."""
    if found is None:
        return None
    if isinstance(found.value, str) and "%" in _normal(found.value):
        rates = percentages_in(found.value)
        return rates[0] if len(rates) == 1 else None
    number = number_in(found)
    if number is None or number < 0:
        return None
    as_fraction = Rate(number, min(_unit(number), _COARSEST))
    as_percent = _percentage(number)
    if near is not None and as_percent.fits(near):
        return as_percent
    return as_fraction if number <= _LARGEST_FRACTION else as_percent


def roundings(exact: Ratio) -> Iterable[Decimal]:
    """The rates that people round a rate to before they use it: 50 %, 49.9 %, 49.88 %."""
    return (exact.rounded(unit) for unit in (CENT, CENT.scaleb(-1), RATE_STEP))


def at_most_one(rate: Ratio) -> Ratio:
    """The rate, or 100 % where it is above."""
    return Ratio(ONE) if rate.compare(ONE) > 0 else rate


def is_whole(value: Decimal) -> bool:
    """Whether a figure has no decimals."""
    return value == value.to_integral_value()


def same_score(left: Decimal, right: Decimal) -> bool:
    """Whether two scores are the same to 0.01 points."""
    return Ratio(left).rounded(CENT) == Ratio(right).rounded(CENT)


def gap(left: Decimal, right: Decimal) -> Decimal:
    """How far two figures are apart."""
    return abs(difference(left, right))


def _percentage(number: Decimal) -> Rate:
    return Rate(number.scaleb(-2), min(_unit(number).scaleb(-2), _COARSEST))


def _unit(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return ONE.scaleb(min(exponent, 0)) if isinstance(exponent, int) else ONE


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
