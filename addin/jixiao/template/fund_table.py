"""资金来源: the money of a project by source, and the budget that its rate is taken of."""

from __future__ import annotations

from dataclasses import replace

from jixiao.scoring.inputs import InputSpec
from jixiao.scoring.rubric import Rubric
from jixiao.scoring.rules import BudgetExecution
from jixiao.template.area import Area, across, cell, down
from jixiao.template.book import Sheet
from jixiao.template.styles import (
    AMOUNT_FORMAT,
    HEADER,
    INPUT_CENTRED,
    MACHINE,
    PERCENT_FORMAT,
    QUIET,
)
from jixiao.template.validation import check_of
from jixiao.workbook.names import fund_total_name, input_name

TOTAL_LABEL = "年度资金总额"
TITLE = "资金来源"
_AMOUNT = replace(INPUT_CENTRED, number_format=AMOUNT_FORMAT)
_SUM = replace(MACHINE, number_format=AMOUNT_FORMAT)


def executions(rubric: Rubric) -> tuple[BudgetExecution, ...]:
    """The rules that score the execution of the budget: one, or none."""
    rules = (row.rule for row in rubric.indicators)
    return tuple(rule for rule in rules if isinstance(rule, BudgetExecution))


def fund_inputs(rubric: Rubric) -> tuple[InputSpec, ...]:
    """The inputs that stand in this table: the amounts, and the choice of the budget."""
    choices = tuple(rubric.specs[rule.base] for rule in executions(rubric))
    return rubric.funds + choices


def unit_of(rubric: Rubric) -> str:
    """The unit of the amounts."""
    return rubric.funds[0].unit


def base_formula(rule: BudgetExecution, rubric: Rubric) -> str:
    """The word for the budget that is chosen, without an equals sign."""
    name = input_name(rule.base)
    return f'IF({name}="","{rubric.specs[rule.base].default}",{name})'


def rate_formula(rule: BudgetExecution, rubric: Rubric) -> str:
    """执行率 of the totals, of the budget that is chosen; empty while there is none."""
    specs, choice = rubric.specs, rubric.specs[rule.base]
    base = ""
    for key in sorted(rule.bases, key=lambda key: specs[key].label != choice.default):
        total, label = fund_total_name(key), specs[key].label
        base = f'IF({input_name(rule.base)}="{label}",{total},{base})' if base else total
    return f'=IFERROR({fund_total_name(rule.executed)}/{base},"")'


def write_fund_table(sheet: Sheet, row: int, rubric: Rubric) -> int:
    """Write it from ``row`` on, with the sources down the first column; returns the row below."""
    sheet.put(cell(row, 0), f"{TITLE}（{unit_of(rubric)}）", HEADER)
    for place, spec in enumerate(rubric.funds, 1):
        sheet.put(cell(row, place), spec.label, HEADER)
    sheet.height(row, 22)
    first, last = row + 1, row + len(rubric.funds[0].parts)
    for place, source in enumerate(rubric.funds[0].parts):
        sheet.put(cell(first + place, 0), source, HEADER)
        sheet.height(first + place, 22)
    for column, spec in enumerate(rubric.funds, 1):
        _write_column(sheet, spec, down(column, first, last))
    total = last + 1
    sheet.put(cell(total, 0), TOTAL_LABEL, HEADER)
    for column, spec in enumerate(rubric.funds, 1):
        amounts = input_name(spec.id)
        formula = f'=IF(COUNT({amounts})=0,"",SUM({amounts}))'
        sheet.calculate(cell(total, column), formula, _SUM, fund_total_name(spec.id))
    sheet.height(total, 22)
    row = total + 1
    for rule in executions(rubric):
        row = _write_rate(sheet, row, rule, rubric)
    return row


def _write_column(sheet: Sheet, spec: InputSpec, area: Area) -> None:
    for row in range(area.first_row, area.last_row + 1):
        sheet.put(cell(row, area.first_column), None, _AMOUNT)
    sheet.name(area, input_name(spec.id))
    check = check_of(spec)
    if check is not None:
        sheet.validate(area, check)


def _write_rate(sheet: Sheet, row: int, rule: BudgetExecution, rubric: Rubric) -> int:
    choice = rubric.specs[rule.base]
    sheet.put(cell(row, 0), choice.label, HEADER)
    sheet.put(cell(row, 1), choice.default, INPUT_CENTRED, input_name(choice.id))
    check = check_of(choice)
    if check is not None:
        sheet.validate(cell(row, 1), check)
    sheet.put(cell(row, 2), "执行率", HEADER)
    rate = replace(MACHINE, number_format=PERCENT_FORMAT)
    sheet.calculate(cell(row, 3), rate_formula(rule, rubric), rate)
    sheet.put(across(row, 4, 5), choice.help, QUIET)
    sheet.height(row, 34)
    return row + 1
