"""E6: an amount is the sum of its parts, and both breakdowns come to the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, pairwise

from jixiao.forms.form import Column, Found, MoneyColumn, MoneyLine
from jixiao.review.case import Case
from jixiao.review.check import Hit
from jixiao.review.figures import number_in, percentages_in
from jixiao.scoring.numbers import Ratio, difference, percent, plain, total

_AMOUNTS = (MoneyColumn.YEAR_START, MoneyColumn.ADJUSTED, MoneyColumn.EXECUTED)


def parts_do_not_sum(case: Case) -> Iterator[Hit]:
    """E6, line by line of totals with the breakdowns below, then one breakdown with another."""
    whole: MoneyLine | None = None
    for is_part, lines in groupby(case.form.money, key=lambda line: line.is_part):
        block = list(lines)
        if not is_part:
            whole = block[-1]
            continue
        groups = _groups(block)
        for column in _AMOUNTS:
            printed = whole.cells.get(column) if whole else None
            if whole is not None and printed is not None and number_in(printed) is not None:
                for parts in groups:
                    yield from _against_whole(case, whole, printed, column, parts)
            else:
                yield from _against_each_other(groups, column)


def _groups(lines: list[MoneyLine]) -> list[list[MoneyLine]]:
    names = dict.fromkeys(line.group for line in lines)
    return [[line for line in lines if line.group == name] for name in names]


def _against_whole(
    case: Case, whole: MoneyLine, printed: Found, column: MoneyColumn, parts: list[MoneyLine]
) -> Iterator[Hit]:
    expected = number_in(printed)
    amounts = [number_in(line.cells.get(column)) for line in parts]
    known = [amount for amount in amounts if amount is not None]
    if expected is None or not any(known):
        return  # a breakdown of zeros is one that there is not
    added = total(known)
    # A single part, or one that is blank, need not be the whole.
    is_whole = len(known) == len(amounts) and len(known) > 1
    if added == expected or (not is_whole and added < expected):
        return
    terms = "+".join(
        f"{line.label}{plain(amount)}"
        for line, amount in zip(parts, amounts, strict=True)
        if amount
    )
    group = f"{parts[0].group}的" if parts[0].group else ""
    yield Hit(
        whole.label,
        printed.place,
        plain(expected),
        plain(added),
        f"“{whole.label}”{_column_words(whole, column)}是{plain(expected)}，"
        f"{group}各部分{terms}={plain(added)}，相差"
        f"{plain(abs(difference(expected, added)))}{_looks_like_spending(case, added, expected)}",
        "请核对总数和各部分",
    )


def _column_words(line: MoneyLine, column: MoneyColumn) -> str:
    """The column, where the line has several amounts."""
    several = sum(1 for amount in _AMOUNTS if amount in line.cells) > 1
    return f"的{column.value}" if several else ""


def _looks_like_spending(case: Case, added: Decimal, expected: Decimal) -> str:
    """Where the quotient is the rate that the table names, the parts look like spending."""
    if expected <= 0 or added < 0:
        return ""
    rate = Ratio(added, expected)
    rows = (row for row in case.rows if "支出率" in row.name or "执行率" in row.name)
    for row in rows:
        for named in percentages_in(row.text(Column.REASON)):
            apart = rate.plus(Ratio(-named.value))
            # Rounded and cut off are one unit of the last place apart.
            if abs(apart.numerator) <= named.unit * apart.denominator:
                return (
                    f"；两者相除为{percent(rate)}，与“{row.name}”所写的"
                    f"{percent(Ratio(named.value))}相近，各部分填的可能是支出数"
                )
    return ""


def _against_each_other(groups: list[list[MoneyLine]], column: MoneyColumn) -> Iterator[Hit]:
    sums: list[tuple[list[MoneyLine], Decimal]] = []
    for parts in groups:
        known = [number_in(line.cells.get(column)) for line in parts]
        amounts = [amount for amount in known if amount is not None]
        if parts[0].group and len(amounts) == len(parts):
            sums.append((parts, total(amounts)))
    for (first, one), (second, other) in pairwise(sums):
        if one != other:
            yield Hit(
                second[0].group,
                second[0].cells[column].place,
                plain(other),
                plain(one),
                f"{column.value}{first[0].group}合计{plain(one)}，{second[0].group}合计"
                f"{plain(other)}，相差{plain(abs(difference(one, other)))}",
                "请核对两种分类，合计应相同",
            )
