"""项目绩效评价报告: what the program writes in each section."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jixiao.reports.assembling import Computations, assemble
from jixiao.reports.content import (
    BarPair,
    Block,
    ComparisonRow,
    Content,
    MoneyChart,
    MoneyRow,
    MoneyTable,
    Report,
)
from jixiao.reports.material import Material
from jixiao.reports.outline import PROJECT
from jixiao.reports.sentences import (
    amount_words,
    bands_sentence,
    body,
    listed,
    paragraphs,
    provenance_notes,
    rate_words,
    result_sentence,
    row_remarks,
    score_words,
    shares_sentence,
    shortfalls,
    weights_sentence,
)
from jixiao.reports.tables import comparison_table, rate_chart, score_table, target_and_actual
from jixiao.scoring import IndicatorScore, Status
from jixiao.scoring.funds import FundColumns, FundLine, fund_lines, fund_total
from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import Ratio, grouped, plain
from jixiao.scoring.rules import BudgetExecution

_MOST_NAMED = 12
_MOST_SOURCES = 12
_ALL_SOURCES = "年度资金总额"


class _Money(NamedTuple):
    """The table 资金来源 with the row that scores the execution of the budget, if one does."""

    columns: FundColumns
    inputs: Inputs
    row: IndicatorScore | None

    @property
    def unit(self) -> str:
        return self.inputs.specs[self.columns.executed].unit

    @property
    def base_label(self) -> str:
        return self.inputs.label(self.columns.base)

    @property
    def executed_label(self) -> str:
        return self.inputs.label(self.columns.executed)

    @property
    def lines(self) -> tuple[FundLine, ...]:
        return fund_lines(self.columns, self.inputs)

    @property
    def total(self) -> FundLine:
        return fund_total(self.columns, self.inputs, _ALL_SOURCES)


def project_report(material: Material) -> Report:
    """The report on one project."""
    unit = material.basic("unit") or material.basic("department")
    missing = [] if material.basic("project_name") else ["项目基本情况中的“项目名称”"]
    return assemble(PROJECT, material, _COMPUTED, unit, missing)


def _money(material: Material) -> _Money | None:
    """None where the form has no table 资金来源.

    Where no row scores the execution of the budget, it is of the first budget, which is said.
    """
    rubric = material.evaluation.rubric
    inputs = Inputs(material.values, rubric.specs)
    for row in material.evaluation.scores:
        rule = row.indicator.rule
        if isinstance(rule, BudgetExecution) and row.score.status is not Status.INVALID_INPUT:
            return _Money(rule.columns(inputs), inputs, row)
    if not rubric.funds:
        return None
    *budgets, executed = (spec.id for spec in rubric.funds)
    return _Money(FundColumns(tuple(budgets), budgets[0], executed), inputs, None)


def _named(material: Material) -> str:
    """The project's name as sentences begin with it: 企业服务工作业务经费项目."""
    name = material.basic("project_name")
    return name if not name or name.endswith("项目") else f"{name}项目"


def _objective(material: Material) -> Iterator[Content]:
    if not material.texts.get("objective"):
        yield from paragraphs(material.basic("annual_target"))


def _implementation(material: Material) -> Iterator[Content]:
    if not material.texts.get("implementation"):
        yield from paragraphs(material.basic("target_completion"))


def _funding(material: Material) -> Iterator[Content]:
    money = _money(material)
    if money is None:
        return
    yield from body(_execution_sentence(material, money))
    lines, total = money.lines, money.total
    if not lines:
        return
    rows = tuple(_money_row(line) for line in (total, *lines))
    if len(lines) == 1:
        rows = (rows[0]._replace(name=f"{_ALL_SOURCES}（{lines[0].name}）"),)
    yield MoneyTable("项目资金来源及使用情况", money.unit, rows)
    pairs = tuple(_pairs(lines))
    if pairs and len(pairs) <= _MOST_SOURCES:
        words = money.base_label, money.executed_label
        yield MoneyChart("项目预算执行情况", money.unit, *words, pairs)


def _execution_sentence(material: Material, money: _Money) -> str:
    """预算…，执行…，完成预算的…, and of which budget; or that something is still missing."""
    label, total = money.base_label, money.total
    if total.base is None or total.executed is None or not all(x.is_whole for x in money.lines):
        return f"各来源的{label}、{money.executed_label}尚未填齐，暂不计算执行率。"
    amounts = (
        f"{_named(material)}{label}{grouped(total.base)}{money.unit}，"
        f"{money.executed_label}{grouped(total.executed)}{money.unit}"
    )
    if total.rate is None:
        return f"{amounts}。{label}为0，不计算执行率。"
    return f"{amounts}，完成预算的{rate_words(total.rate)}（按{label}计算）。"


def _execution_blocks(money: _Money | None) -> dict[str, Block]:
    """The execution of the budget as a row of the table of indicators, below its indicator."""
    if money is None or money.row is None:
        return {}
    total, indicator, score = money.total, money.row.indicator, money.row.score
    row = ComparisonRow(
        name=f"{indicator.name}（{money.executed_label}÷{money.base_label}）",
        target=amount_words(total.base, money.unit),
        actual=amount_words(total.executed, money.unit),
        rate=rate_words(total.rate),
        points=plain(score.points),
        score=score_words(score),
    )
    return {indicator.id: Block("预算执行", (row,))}


def _money_row(line: FundLine) -> MoneyRow:
    first, *others = (_amount(budget) for budget in line.budgets)
    adjusted = others[0] if others else ""
    return MoneyRow(line.name, first, adjusted, _amount(line.executed), rate_words(line.rate))


def _amount(value: Decimal | None) -> str:
    return "" if value is None else amount_words(value, "")


def _pairs(lines: tuple[FundLine, ...]) -> Iterator[BarPair]:
    for line in lines:
        if line.base is not None and line.executed is not None:
            yield BarPair(
                line.name,
                Ratio(line.base),
                grouped(line.base),
                Ratio(line.executed),
                grouped(line.executed),
            )


def _design(material: Material) -> Iterator[Content]:
    """The names of the indicators, as far as people's text does not have them already."""
    names = [row.score.name for row in material.evaluation.companion if row.score.name]
    own = material.texts.get("design", "")
    unnamed = [name for name in names if name not in own]
    beginning = "本次评价主要" if unnamed == names else "此外还"
    if unnamed:
        yield from body(f"{beginning}通过{listed(unnamed, _MOST_NAMED)}指标进行评价。")


def _method(material: Material) -> Iterator[Content]:
    rubric = material.evaluation.rubric
    yield from body(bands_sentence(rubric))
    yield from body(weights_sentence(rubric))


def _result(material: Material) -> Iterator[Content]:
    evaluation = material.evaluation
    money = _money(material)
    if money is not None:
        yield from body(_execution_sentence(material, money))
    yield from body(result_sentence(evaluation), shares_sentence(evaluation))


def _analysis(material: Material) -> Iterator[Content]:
    evaluation = material.evaluation
    chart = rate_chart(evaluation, "各类指标得分率（得分/分值）")
    if chart is not None:
        yield chart
    if evaluation.rubric.primaries:
        yield score_table(evaluation, "项目绩效评价得分表")
    execution = _execution_blocks(_money(material))
    yield comparison_table(material, "项目绩效指标完成情况和得分表", execution)
    yield from row_remarks(material)
    yield from provenance_notes(evaluation)
    yield from shortfalls(material)


def _achievements(material: Material) -> Iterator[Content]:
    rows = material.evaluation.companion
    full = [row for row in rows if row.score.is_full]
    if rows:
        done = listed([target_and_actual(row) for row in full], _MOST_NAMED)
        named = f"：{done}" if full else ""
        yield from body(f"年度绩效指标共{len(rows)}项，其中得满分的{len(full)}项{named}。")


_COMPUTED = Computations(
    before={"conclusion": _result},
    after={
        "objective": _objective,
        "funding": _funding,
        "implementation": _implementation,
        "design": _design,
        "method": _method,
        "conclusion": _analysis,
        "achievements": _achievements,
    },
)
