"""E4, E5, W2, W9 and W13 of the money block: the execution of the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.forms.form import MoneyColumn
from jixiao.review.case import Case
from jixiao.review.check import Hit
from jixiao.review.execution import Execution
from jixiao.review.figures import at_most_one, number_in, roundings, same_score
from jixiao.scoring.numbers import ONE, Ratio, percent, plain

_LOW = Decimal("0.9")


def printed_rate_is_wrong(case: Case) -> Iterator[Hit]:
    """E4: the printed rate is the executed amount ÷ its base to 0.01 percentage points."""
    execution = case.execution
    if execution is None or execution.printed is None or not execution.rates:
        return
    printed = execution.printed
    is_capped = printed.value == ONE and any(rate.compare(ONE) > 0 for rate in execution.rates)
    if is_capped or any(printed.fits(rate) for rate in execution.rates):
        return
    shown, expected = _shown(execution), percent(execution.rates[0])
    yield Hit(
        execution.line.label,
        execution.place(MoneyColumn.RATE),
        shown,
        expected,
        f"“{execution.line.label}”执行率印的是{shown}，{_division(execution)}",
        "请改正执行率，或核对预算数和执行数",
    )


def execution_score_is_wrong(case: Case) -> Iterator[Hit]:
    """E5: the execution's score is min(rate, 100 %) × points."""
    execution = case.execution
    if execution is None or _is_right(execution) or _is_from_rounded(execution):
        return
    yield _score_hit(execution, "请改正得分")


def rate_rounded_before_use(case: Case) -> Iterator[Hit]:
    """W13, execution: the score follows from the rate as rounded, not from the amounts."""
    execution = case.execution
    if execution is None or _is_right(execution) or not _is_from_rounded(execution):
        return
    yield _score_hit(execution, "请用未取整的执行率乘以分值，最后保留两位小数")


def rate_without_reason(case: Case) -> Iterator[Hit]:
    """W2: above 100 % or below 90 % without a reason."""
    execution = case.execution
    if execution is None or not execution.usable_rates or execution.has_reason:
        return
    # With two bases, one that is in order is enough: which one counts is W9's.
    outside = [rate for rate in execution.usable_rates if _is_unusual(rate)]
    if len(outside) < len(execution.usable_rates):
        return
    rate = outside[0]
    side = "超过100%" if rate.compare(ONE) > 0 else "低于90%"
    shown = percent(rate, (_LOW, ONE))
    yield Hit(
        execution.line.label,
        execution.place(MoneyColumn.RATE),
        shown,
        "90%至100%",
        f"“{execution.line.label}”执行率{shown}，{side}，没有写原因",
        "请说明原因",
    )


def base_not_stated(case: Case) -> Iterator[Hit]:
    """W9: two budgets that differ, and nobody says which one the rate is of."""
    execution = case.execution
    if execution is None or len(execution.bases) < 2 or case.form.rate_base_note:
        return
    first, second = execution.bases
    if first.amount == second.amount or execution.executed is None:
        return
    rates = "、".join(
        f"÷{base.label}{plain(base.amount)}为{percent(rate)}"
        for base, rate in zip(execution.bases, execution.rates, strict=True)
    )
    yield Hit(
        execution.line.label,
        execution.place(MoneyColumn.RATE),
        _shown(execution),
        "",
        f"“{execution.line.label}”的年初预算数和调整后预算数不同，没有写明执行率按哪一个算："
        f"执行数{plain(execution.executed)}{rates}{_printed(execution)}",
        "请写明执行率的分母",
    )


def _is_right(execution: Execution) -> bool:
    """Whether the score is right by one of the bases, or there is nothing to hold it against."""
    points, score = execution.points, execution.score
    if points is None or score is None or not execution.usable_rates:
        return True
    if not 0 <= score <= points:
        return True  # that is E2's
    return any(same_score(score, _expected(rate, points)) for rate in execution.usable_rates)


def _expected(rate: Ratio, points: Decimal) -> Decimal:
    return at_most_one(rate).times(points).rounded(Decimal("0.01"))


def _is_from_rounded(execution: Execution) -> bool:
    points, score = execution.points, execution.score
    assert points is not None
    assert score is not None
    used = [value for rate in execution.usable_rates for value in roundings(rate)]
    printed = execution.printed
    used += [printed.value for rate in execution.rates if printed and printed.fits(rate)]
    return any(same_score(score, _expected(Ratio(value), points)) for value in used)


def _score_hit(execution: Execution, advice: str) -> Hit:
    points, score = execution.points, execution.score
    assert points is not None
    assert score is not None
    expected = _expected(execution.usable_rates[0], points)
    return Hit(
        execution.line.label,
        execution.place(MoneyColumn.SCORE),
        plain(score),
        plain(expected),
        f"“{execution.line.label}”得分{plain(score)}分（满分{plain(points)}分），"
        f"{_division(execution)}，应得{plain(expected)}分",
        advice,
    )


def _division(execution: Execution) -> str:
    if not execution.rates or execution.executed is None:
        return f"执行率{_shown(execution)}"
    terms = [
        f"执行数{plain(execution.executed)}÷{base.label}{plain(base.amount)}={percent(rate)}"
        for base, rate in zip(execution.bases, execution.rates, strict=True)
    ]
    is_same = len({base.amount for base in execution.bases}) == 1
    return terms[0] if is_same else "，".join(terms)


def _shown(execution: Execution) -> str:
    found = execution.cell(MoneyColumn.RATE)
    printed = execution.printed
    if found is None or printed is None:
        return ""
    return percent(Ratio(printed.value)) if number_in(found) is not None else found.text


def _printed(execution: Execution) -> str:
    shown = _shown(execution)
    return f"，表中是{shown}" if shown else ""


def _is_unusual(rate: Ratio) -> bool:
    return rate.compare(_LOW) < 0 or rate.compare(ONE) > 0
