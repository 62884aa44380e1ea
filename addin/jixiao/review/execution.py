"""The execution of the budget: amounts, printed rate, points and score of the money block."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao.forms.form import Form, Found, MoneyColumn, MoneyLine, Place
from jixiao.review.figures import Rate, number_in, rate_in, says_nothing
from jixiao.scoring.numbers import Ratio


class Base(NamedTuple):
    """A budget that the executed amount may be divided by."""

    label: str
    amount: Decimal


class Execution(NamedTuple):
    """The line of the total. ``bases`` are the budgets above zero, the adjusted one first."""

    line: MoneyLine
    executed: Decimal | None
    bases: tuple[Base, ...]
    points: Decimal | None
    score: Decimal | None
    reason: str

    @property
    def rates(self) -> tuple[Ratio, ...]:
        """执行数 ÷ each base, exactly."""
        if self.executed is None or self.executed < 0:
            return ()
        return tuple(Ratio(self.executed, base.amount) for base in self.bases)

    @property
    def printed(self) -> Rate | None:
        """The rate as printed."""
        return rate_in(self.cell(MoneyColumn.RATE), next(iter(self.rates), None))

    @property
    def printed_text(self) -> str:
        """The rate in the words of the form, with its percent sign."""
        found = self.cell(MoneyColumn.RATE)
        return "" if found is None else found.text

    @property
    def usable_rates(self) -> tuple[Ratio, ...]:
        """The exact rates; without amounts, the printed one."""
        printed = self.printed
        return self.rates or ((Ratio(printed.value),) if printed else ())

    @property
    def has_reason(self) -> bool:
        """Whether a reason is given."""
        return not says_nothing(self.reason)

    def cell(self, column: MoneyColumn) -> Found | None:
        """A cell of the line."""
        return self.line.cells.get(column)

    def place(self, column: MoneyColumn) -> Place | None:
        """Where a cell is; without it, the first of the line."""
        found = self.cell(column) or next(iter(self.line.cells.values()), None)
        return None if found is None else found.place


def execution_of(form: Form) -> Execution | None:
    """The first line of the money block that is a total."""
    line = next((line for line in form.money if not line.is_part), None)
    if line is None:
        return None
    bases = (
        Base(column.value, amount)
        for column in (MoneyColumn.ADJUSTED, MoneyColumn.YEAR_START)
        if (amount := number_in(line.cells.get(column))) is not None and amount > 0
    )
    reasons = (item.cells.get(MoneyColumn.REASON) for item in form.money)
    return Execution(
        line=line,
        executed=number_in(line.cells.get(MoneyColumn.EXECUTED)),
        bases=tuple(bases),
        points=number_in(line.cells.get(MoneyColumn.POINTS)),
        score=number_in(line.cells.get(MoneyColumn.SCORE)),
        reason="".join(found.text for found in reasons if found is not None),
    )
