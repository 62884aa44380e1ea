"""Exact numbers: how figures enter, how they are compared, rounded and written out.

No float ever decides a score. A figure enters as ``Decimal``; a cell's float is read by its 15
significant digits, which is what the sheet shows. Quotients stay unevaluated (`Ratio`) until the
one rounding at the end, so a threshold is compared with the exact fraction, never with a rounded
rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

# Sums and products of admitted figures fit in 200 digits; Inexact is trapped, so that an operation
# that would have to round raises instead of doing so unseen.
_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])

ZERO = Decimal(0)
ONE = Decimal(1)
_TWO = Decimal(2)
_HUNDRED = Decimal(100)

# Figures beyond these bounds are typing errors, not money: nobody has 10^15 万元, nothing is
# measured finer than 10^-30, and the 15 digits of such a figure end before the 50th decimal.
LARGEST = Decimal("1e15")
SMALLEST = Decimal("1e-30")
MOST_DECIMALS = 50


def from_float(value: float) -> Decimal:
    """The decimal that a spreadsheet shows for a stored float: 15 significant digits.

    0.1 + 0.2 is read as 0.3, as Excel displays it. Raises ValueError for nan and infinities.
    """
    decimal = Decimal(format(value, ".15g"))
    if not decimal.is_finite():
        raise ValueError(f"not a finite number: {value}")
    return decimal or ZERO  # a sheet shows no -0


def is_plausible(value: Decimal) -> bool:
    """Whether a figure is finite and of a size that exact arithmetic is kept for."""
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DECIMALS:
        return False
    return not value or SMALLEST <= value.copy_abs() < LARGEST


def total(values: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    result = ZERO
    for value in values:
        result = _EXACT.add(result, value)
    return result


def product(left: Decimal, right: Decimal) -> Decimal:
    """The exact product."""
    return _EXACT.multiply(left, right)


def difference(left: Decimal, right: Decimal) -> Decimal:
    """The exact difference."""
    return _EXACT.subtract(left, right)


@dataclass(frozen=True, slots=True)
class Ratio:
    """An unevaluated quotient ``numerator ÷ denominator``; the denominator is above zero."""

    numerator: Decimal
    denominator: Decimal = ONE

    def __post_init__(self) -> None:
        """Refuse a denominator that is not above zero."""
        if self.denominator <= 0:
            raise ValueError(f"a ratio needs a positive denominator, not {self.denominator}")

    def compare(self, bound: Decimal) -> int:
        """-1, 0 or 1 as the exact quotient is below, at or above ``bound``."""
        limit = product(bound, self.denominator)
        return (self.numerator > limit) - (self.numerator < limit)

    def times(self, factor: Decimal) -> Ratio:
        """The product with ``factor``: the multiplication comes before the division."""
        return Ratio(product(self.numerator, factor), self.denominator)

    def plus(self, other: Ratio) -> Ratio:
        """The exact sum of two quotients."""
        if self.denominator == other.denominator:
            return Ratio(total((self.numerator, other.numerator)), self.denominator)
        return Ratio(
            total(
                (
                    product(self.numerator, other.denominator),
                    product(other.numerator, self.denominator),
                )
            ),
            product(self.denominator, other.denominator),
        )

    def floor(self) -> Decimal:
        """The largest whole number that is not above the quotient."""
        whole = _EXACT.divide_int(self.numerator, self.denominator)
        below_zero = self.numerator < 0 and _EXACT.remainder(self.numerator, self.denominator) != 0
        return whole - 1 if below_zero else whole

    def rounded(self, step: Decimal) -> Decimal:
        """The quotient rounded half up (away from zero) to a multiple of ``step``, exactly."""
        doubled = _EXACT.multiply(self.numerator.copy_abs(), _TWO)
        units = _EXACT.multiply(self.denominator, step)
        steps = _EXACT.divide_int(_EXACT.add(doubled, units), _EXACT.multiply(units, _TWO))
        magnitude = _EXACT.multiply(steps, step)
        return magnitude if self.numerator >= 0 or not magnitude else magnitude.copy_negate()


def equal_split(amount: Decimal, count: int, step: Decimal) -> tuple[Decimal, ...]:
    """Split ``amount`` into ``count`` parts, multiples of ``step``, that sum to it exactly.

    The parts differ by one step at the most and the larger ones come first: 20 into three at 0.01
    is 6.67, 6.67, 6.66. ``amount`` is a multiple of ``step``.
    """
    base = product(Ratio(amount, product(Decimal(count), step)).floor(), step)
    left_over = Ratio(difference(amount, product(base, Decimal(count))), step).floor()
    larger = total((base, step))
    return tuple(larger if place < left_over else base for place in range(count))


def plain(value: Decimal) -> str:
    """A figure without trailing zeros or exponent: 7.59, 0.5, 20."""
    text = format(value or ZERO, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# The last place of a percentage that is shown with two decimals, three, and so on.
_PERCENT_UNITS = tuple(ONE.scaleb(-decimals - 2) for decimals in range(2, 2 * MOST_DECIMALS))


def percent_to_multiply(rate: Ratio, points: Decimal, step: Decimal) -> str:
    """A rate in percent with so many decimals that the reader's product rounds as ours does.

    75.846 % × 10 is 7.58; shown as 75.85 % it would seem to be 7.59.
    """
    exact = rate.times(points).rounded(step)
    for unit in _PERCENT_UNITS:
        shown = rate.rounded(unit)
        if Ratio(shown).times(points).rounded(step) == exact:
            break
    return _as_percentage(shown, unit)


def grouped(value: Decimal) -> str:
    """An amount with thousands separators and at least two decimals: 1,000.00."""
    decimals = len(plain(value).partition(".")[2])
    return format(value or ZERO, f",.{max(2, decimals)}f")


def percent(ratio: Ratio, thresholds: Iterable[Decimal] = ()) -> str:
    """A rate in percent with two decimals, or more where a threshold is near.

    10.004 % in a tier above 10 % would be read as a mistake if it were shown as 10.00%.
    """
    bounds = tuple(thresholds)
    for unit in _PERCENT_UNITS:
        shown = ratio.rounded(unit)
        if all(ratio.compare(bound) == (shown > bound) - (shown < bound) for bound in bounds):
            break
    return _as_percentage(shown, unit)


def _as_percentage(shown: Decimal, unit: Decimal) -> str:
    decimals = -unit.adjusted() - 2
    return format(product(shown, _HUNDRED), f",.{decimals}f") + "%"
