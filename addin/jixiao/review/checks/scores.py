"""E2, E7, E9, E10, E15, W1, W3 and W13 of rows: a score against its points and its rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.forms.form import Column, FormRow, MoneyColumn
from jixiao.review.case import Case, measured, place_of, title
from jixiao.review.check import Hit
from jixiao.review.checks.sums import is_weighted_again
from jixiao.review.figures import number_in, same_score
from jixiao.review.rules_of_rows import (
    Fault,
    Verdict,
    rate_of,
)
from jixiao.scoring.natures import Nature
from jixiao.scoring.numbers import ONE, ZERO, percent, plain, product, total

_FAR_ABOVE = Decimal("1.5")


def score_out_of_range(case: Case) -> Iterator[Hit]:
    """E2: 0 ≤ score ≤ points."""
    lines = [
        (title(row), row.name, place_of(row, Column.SCORE), points, score)
        for row, points, score in case.scored_rows
    ]
    execution = case.execution
    if execution and execution.points is not None and execution.score is not None:
        label = execution.line.label
        place = execution.place(MoneyColumn.SCORE)
        lines.append((f"“{label}”", label, place, execution.points, execution.score))
    for named, row, place, points, score in lines:
        if ZERO <= score <= points:
            continue
        what = "是负数" if score < ZERO else f"超过分值{plain(points)}分"
        yield Hit(
            row,
            place,
            plain(score),
            f"0至{plain(points)}",
            f"{named}得分{plain(score)}分，{what}",
            "请改正得分或分值",
        )


def score_off_the_rule(case: Case) -> Iterator[Hit]:
    """E7: what the rule gives, with its direction, is another score."""
    for verdict in _with(case, Fault.OTHER):
        yield _off_the_rule(verdict, "请按标准改正得分；如有其他扣分、加分依据，请写明")


def full_on_missed_target(case: Case) -> Iterator[Hit]:
    """E9: full points although the target is missed."""
    for verdict in _with(case, Fault.FULL_ON_MISSED):
        yield _off_the_rule(verdict, "请按完成情况扣分，并写明偏差原因")


def whole_points_taken(case: Case) -> Iterator[Hit]:
    """W3: whole points taken off where the rule is pro rata."""
    for verdict in _with(case, Fault.WHOLE_POINTS):
        yield _off_the_rule(verdict, "请改按比例计分，不按整分扣")


def weight_applied_twice(case: Case) -> Iterator[Hit]:
    """E15: a score that was weighted twice, a total that was, an execution scored twice."""
    for verdict in _with(case, Fault.WEIGHT_TWICE):
        yield _off_the_rule(verdict, "得分已按分值折算，请不要再乘一次权重")
    yield from _weighted_total(case)
    yield from _execution_twice(case)


def _weighted_total(case: Case) -> Iterator[Hit]:
    found = case.form.total_score
    printed = number_in(found)
    if found is None or printed is None or same_score(printed, total(case.scores)):
        return
    if is_weighted_again(case, printed):
        added = plain(total(case.scores))
        yield Hit(
            "总分",
            found.place,
            plain(printed),
            added,
            f"总分{plain(printed)}分是各行“得分×分值÷100”之和，各行得分直接相加是{added}分",
            "各行得分已按分值折算，请直接相加",
        )


def _execution_twice(case: Case) -> Iterator[Hit]:
    execution = case.execution
    if execution is None or not execution.points or execution.score is None:
        return
    for row, points, score in case.scored_rows:
        if points and ("预算执行率" in row.name or "资金支出率" in row.name):
            yield Hit(
                row.name,
                place_of(row, Column.SCORE),
                plain(score),
                "",
                f"预算执行情况已在资金栏得{plain(execution.score)}分（满分{plain(execution.points)}分），"
                f"{title(row)}又得{plain(score)}分（满分{plain(points)}分）",
                "请只在一处计分",
            )


def full_on_blank(case: Case) -> Iterator[Hit]:
    """E10: full points on an empty target or actual."""
    for row, points, score in case.scored_rows:
        blank = [
            column.value
            for column in (Column.TARGET, Column.ACTUAL)
            if column in row.cells and not row.text(column)
        ]
        if blank and score == points and points > 0:
            yield Hit(
                row.name,
                place_of(row, Column.ACTUAL if "实际" in blank[-1] else Column.TARGET),
                "",
                "",
                f"{title(row)}得满分{plain(points)}分，但{'、'.join(blank)}是空的",
                f"请补填{'、'.join(blank)}，否则不应得分",
            )


def far_above_target(case: Case) -> Iterator[Hit]:
    """W1: completion above 150 %; less is better, and = is no overshooting."""
    for row in case.rows:
        rate = rate_of(row)
        if rate is None or row.nature not in (None, Nature.AT_LEAST) or not row.points:
            continue
        if rate.compare(_FAR_ABOVE) > 0:
            yield Hit(
                row.name,
                place_of(row, Column.ACTUAL),
                percent(rate, (_FAR_ABOVE,)),
                "不高于150%",
                f"{title(row)}{_quotient(row)}，完成率{percent(rate, (_FAR_ABOVE,))}",
                "请核对年初目标是否定得过低、实际值是否填错，并说明原因",
            )


def rounded_rate_in_row(case: Case) -> Iterator[Hit]:
    """W13, rows: the score follows from a rate that was rounded before it was used."""
    for verdict in _with(case, Fault.ROUNDED_RATE):
        yield _off_the_rule(verdict, "请用未取整的比率乘以分值，最后保留两位小数")


def _with(case: Case, fault: Fault) -> Iterator[Verdict]:
    return (verdict for verdict in case.verdicts if verdict.fault is fault)


def _off_the_rule(verdict: Verdict, advice: str) -> Hit:
    row, expected = verdict.row, verdict.expected
    value = None if expected is None else expected.value
    what = f"{title(row)}{_figures(verdict)}得分{plain(verdict.score)}分"
    if value is not None and expected is not None:
        what += f"，按标准应为{plain(value)}分（满分{plain(verdict.points)}分）"
        what += f"，计分规定“{expected.clause}”" if expected.clause else ""
    else:
        what += f"（满分{plain(verdict.points)}分），没有达到目标"
    return Hit(
        row.name,
        place_of(row, Column.SCORE),
        plain(verdict.score),
        "" if value is None else plain(value),
        what + _hint(verdict),
        advice,
    )


def _hint(verdict: Verdict) -> str:
    """How people come to the score: the actual percentage in place of actual ÷ target."""
    actual = verdict.row.actual
    if actual is None or actual.number is None or actual.unit not in ("%", "％"):
        return ""
    rate = actual.number.scaleb(-2)
    is_it = rate <= ONE and same_score(verdict.score, product(rate, verdict.points))
    if not is_it or verdict.fault is not Fault.OTHER:
        return ""
    return f"；现在的得分像是用实际值{plain(actual.number)}%直接乘分值，应当用实际值÷目标值"


def _figures(verdict: Verdict) -> str:
    """Target and actual where the form has them, else the arithmetic of the expected score."""
    if Column.TARGET in verdict.row.cells:
        return _quotient(verdict.row) + "，"
    steps = verdict.expected.steps if verdict.expected else ()
    return "；".join(steps) + "，" if steps else ""


def _quotient(row: FormRow) -> str:
    nature = "" if row.nature is None else row.nature.value
    is_said = nature in row.text(Column.TARGET) or row.nature is Nature.QUALITATIVE
    sign = "" if is_said else nature
    return f"目标{sign}{measured(row, Column.TARGET)}，实际{measured(row, Column.ACTUAL)}"
