"""资金来源: what each source of money was budgeted and spent, and all of them together."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import Ratio, total


class FundColumns(NamedTuple):
    """The columns of the table by their inputs: the budgets, which of them counts, the spending."""

    budgets: tuple[str, ...]
    base: str
    executed: str


class FundLine(NamedTuple):
    """One source, or all together; an amount is None where it is blank.

    ``budgets`` are in the order of the columns, ``rate`` is of the budget that counts.
    """

    name: str
    budgets: tuple[Decimal | None, ...]
    base: Decimal | None
    executed: Decimal | None
    rate: Ratio | None

    @property
    def is_whole(self) -> bool:
        """Whether neither the budget that counts nor the spending is blank without the other."""
        return (self.base is None) == (self.executed is None)


def fund_lines(columns: FundColumns, inputs: Inputs) -> tuple[FundLine, ...]:
    """Each source of which anything is filled in, in the order of the form."""
    spec = inputs.specs[columns.executed]
    amounts = [dict(inputs.numbers(key)) for key in (*columns.budgets, columns.executed)]
    return tuple(
        _line(columns, name, [column.get(place) for column in amounts])
        for place, name in enumerate(spec.parts or (spec.label,))
        if any(place in column for column in amounts)
    )


def fund_total(columns: FundColumns, inputs: Inputs, name: str) -> FundLine:
    """The sums over all sources; a column that nobody has filled in has none."""
    amounts = [dict(inputs.numbers(key)).values() for key in (*columns.budgets, columns.executed)]
    return _line(columns, name, [total(column) if column else None for column in amounts])


def _line(columns: FundColumns, name: str, amounts: list[Decimal | None]) -> FundLine:
    *budgets, executed = amounts
    base = budgets[columns.budgets.index(columns.base)]
    rate = None if executed is None or not base else Ratio(executed, base)
    return FundLine(name, tuple(budgets), base, executed, rate)
