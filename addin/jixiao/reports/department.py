"""部门整体支出绩效自评报告: what the program writes in each section."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.reports.assembling import Computations, assemble
from jixiao.reports.content import AmountRow, AmountTable, Bar, Content, RateChart, Report
from jixiao.reports.material import Material
from jixiao.reports.outline import DEPARTMENT
from jixiao.reports.sentences import (
    amount_words,
    bands_sentence,
    body,
    companion_rows,
    paragraphs,
    provenance_notes,
    rate_words,
    result_sentence,
    row_remarks,
    shares_sentence,
    short_words,
    shortfalls,
)
from jixiao.reports.tables import comparison_table, rate_chart, score_table
from jixiao.scoring import IndicatorScore
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.numbers import Ratio
from jixiao.scoring.rules import CappedAverage
from jixiao.workbook.names import BASIC_FIELDS, BUDGET_FIELDS

_TOTAL, *_PARTS = BUDGET_FIELDS
_LABELS = {field.field: field.label for field in BASIC_FIELDS}


def department_report(material: Material) -> Report:
    """The department's report on its own evaluation."""
    missing = [] if _has_budget(material) else [f"基本情况中的“{_TOTAL.label}”"]
    return assemble(DEPARTMENT, material, _COMPUTED, material.basic("department"), missing)


def _has_budget(material: Material) -> bool:
    return not is_blank(material.basics.get(_TOTAL.field))


def _annual_targets(material: Material) -> Iterator[Content]:
    for field in ("annual_target", "target_completion", "unfinished_reason"):
        text = material.basic(field)
        if text:
            yield from body(f"{_LABELS[field]}：")
            yield from paragraphs(text)


def _budget(material: Material) -> Iterator[Content]:
    period = material.evaluation.rubric.period
    parts = [
        f"{field.label}{amount_words(material.basics[field.field], field.unit)}"
        for field in _PARTS
        if material.basics.get(field.field)
    ]
    total = amount_words(material.basics.get(_TOTAL.field), _TOTAL.unit)
    own = f"，其中：{'，'.join(parts)}" if parts else ""
    yield from body(f"{period}部门{_TOTAL.label}{total}{own}。")
    rows = tuple(
        AmountRow(field.label, amount_words(material.basics.get(field.field), ""))
        for field in BUDGET_FIELDS
    )
    yield AmountTable(f"{period}部门预算情况", _TOTAL.unit, rows)
    for row in material.evaluation.scores:
        if isinstance(row.indicator.rule, CappedAverage):
            yield from body(f"{row.indicator.name}：{short_words(row.score)}")
            yield from _monthly_rates(material, row, row.indicator.rule)


def _monthly_rates(
    material: Material, row: IndicatorScore, rule: CappedAverage
) -> Iterator[RateChart]:
    """The months' rates as reported, where there is more than one."""
    months = material.values.get(rule.months)
    reported = [
        (place, rate)
        for place, rate in enumerate(months if isinstance(months, tuple) else (), 1)
        if isinstance(rate, Decimal)
    ]
    if len(reported) > 1:
        bars = (Bar(f"{m}月", Ratio(rate), rate_words(Ratio(rate))) for m, rate in reported)
        yield RateChart(f"各月{row.indicator.name}", tuple(bars))


def _result(material: Material) -> Iterator[Content]:
    evaluation = material.evaluation
    yield from body(bands_sentence(evaluation.rubric))
    yield from body(result_sentence(evaluation), shares_sentence(evaluation))


def _shares(material: Material) -> Iterator[Content]:
    chart = rate_chart(material.evaluation, "各类指标得分率（得分/分值）")
    if chart is not None:
        yield chart


def _indicator_scores(material: Material) -> Iterator[Content]:
    yield score_table(material.evaluation, "部门整体支出绩效自评得分表")
    yield from provenance_notes(material.evaluation)


def _achievements(material: Material) -> Iterator[Content]:
    evaluation = material.evaluation
    words = []
    for row in evaluation.scores:
        rows = companion_rows(evaluation, row)
        if rows:
            full = sum(1 for companion in rows if companion.score.is_full)
            words.append(f"{rows[0].row.kind}指标{len(rows)}项，其中得满分的{full}项")
    if words:
        yield from body(f"从指标完成情况看：{'；'.join(words)}。")
        yield comparison_table(material, "部门整体支出绩效指标完成情况表")
        yield from row_remarks(material)


_COMPUTED = Computations(
    before={"conclusion": _result},
    after={
        "annual_targets": _annual_targets,
        "budget": _budget,
        "conclusion": _shares,
        "indicator_scores": _indicator_scores,
        "achievements": _achievements,
        "shortfalls": shortfalls,
    },
)
