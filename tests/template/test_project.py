"""The project's workbook as built: sheets, names, what is prefilled, its printed form."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from jixiao.reports.outline import PROJECT as OUTLINE
from jixiao.scoring import Rubric, shipped_rubric
from jixiao.template import build_template
from jixiao.template.macro_template import build_macro_template
from jixiao.template.project_form import INDICATOR_LINES
from jixiao.workbook import names
from jixiao.workbook.formulas import formulas
from jixiao.workbook.grade_line import grade_line
from jixiao.workbook.names import PROJECT_SHEETS
from scoring.projects import PROJECT_RUBRICS

from .built import cells, place, texts, the_cell

PROJECT = shipped_rubric("mof-project")
FORMULA_FUNCTIONS = {
    "CELL",
    "COUNT",
    "COUNTIF",
    "IF",
    "IFERROR",
    "INDEX",
    "LEFT",
    "MATCH",
    "ROWS",
    "SUM",
    "TEXT",
}

every_standard = pytest.mark.parametrize("rubric_id", PROJECT_RUBRICS)
every_sheet = pytest.mark.parametrize("key", PROJECT_SHEETS)


@cache
def book(rubric_id: str = PROJECT.id) -> Any:
    return openpyxl.load_workbook(BytesIO(build_template(shipped_rubric(rubric_id))))


def sheet(key: str) -> Any:
    return book()[PROJECT_SHEETS[key]]


def inputs(rubric: Rubric) -> dict[str, int]:
    return {names.input_name(spec.id): spec.cells for spec in rubric.specs.values()}


@every_standard
def test_sheets_are_those_of_a_project_and_the_first_is_open(rubric_id: str) -> None:
    assert book(rubric_id).sheetnames == [
        "填报说明",
        "项目基本情况",
        "指标表",
        "报告文字",
        "自评表",
        "审核意见",
        "评分标准出处",
    ]
    assert book(rubric_id).active.title == "填报说明"


@every_standard
def test_every_name_is_defined_once_and_no_other(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    wanted = {names.RUBRIC, names.TOTAL, names.GRADE, names.FINDINGS, *inputs(rubric)}
    for name_of in (names.score_name, names.points_name, names.reason_name, names.evidence_name):
        wanted |= {name_of(row.id) for row in rubric.indicators}
    wanted |= {names.basic_name(field.field) for field in names.PROJECT_FIELDS}
    wanted |= {names.fund_total_name(spec.id) for spec in rubric.funds}
    wanted |= {names.companion_name(column.field) for column in names.COMPANION_COLUMNS}
    wanted |= {names.report_text_name(section.id) for section in OUTLINE.sections}
    assert set(book(rubric_id).defined_names) == wanted


@every_standard
def test_no_two_names_share_a_cell_and_inputs_have_their_cells(rubric_id: str) -> None:
    found = [
        (cell.parent.title, cell.coordinate)
        for name in book(rubric_id).defined_names
        for cell in cells(name, book(rubric_id))
    ]
    assert len(found) == len(set(found))
    for name, count in inputs(shipped_rubric(rubric_id)).items():
        assert len(cells(name, book(rubric_id))) == count


@every_sheet
def test_sheet_prints_on_a4_one_page_wide_with_page_numbers(key: str) -> None:
    found = sheet(key)
    assert found.page_setup.paperSize == 9
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth or 1) == 1
    assert found.page_setup.fitToHeight == 0
    assert "第 &P 页" in found.oddFooter.center.text
    assert not found.protection.sheet


@every_sheet
def test_fonts_are_those_of_chinese_offices(key: str) -> None:
    written = [cell for row in sheet(key).iter_rows() for cell in row if cell.value is not None]
    assert {cell.font.name for cell in written} <= {"宋体", "黑体"}


@every_standard
def test_formulas_call_what_every_spreadsheet_has(rubric_id: str) -> None:
    found = [
        cell.value
        for sheet in book(rubric_id)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert found
    called = {name for text in found for name in re.findall(r"([A-Z]+)\(", text)}
    assert called <= FORMULA_FUNCTIONS
    assert max(map(len, found)) <= 8192
    known = {name.casefold() for name in book(rubric_id).defined_names}
    assert {name for text in found for name in re.findall(r"jixiao_\w+", text)} <= known


def test_totals_of_the_money_are_formulas_over_their_sources() -> None:
    for spec in PROJECT.funds:
        total = the_cell(names.fund_total_name(spec.id), book())
        amounts = names.input_name(spec.id)
        assert total.value == f'=IF(COUNT({amounts})=0,"",SUM({amounts}))'
        sources = cells(amounts, book())
        assert total.column == sources[0].column
        assert total.row == sources[-1].row + 1
        labels = [total.parent.cell(cell.row, 1).value for cell in sources]
        assert labels == list(spec.parts) == ["财政拨款", "上年结转", "其他资金"]


def test_the_money_stands_with_the_particulars_and_takes_no_negative_amount() -> None:
    rules = sheet("basics").data_validations.dataValidation
    for spec in PROJECT.funds:
        assert place(names.input_name(spec.id), book())[0] == PROJECT_SHEETS["basics"]
        for cell in cells(names.input_name(spec.id), book()):
            (rule,) = (rule for rule in rules if cell.coordinate in rule.sqref)
            assert (rule.type, rule.operator, rule.formula1) == (
                "decimal",
                "greaterThanOrEqual",
                "0",
            )


def test_the_base_of_the_rate_is_prefilled_and_chosen_from_a_list() -> None:
    for rubric_id in ("mof-project", "mof-project-10-90", "mof-project-20-80"):
        choice = the_cell(names.input_name("rate_base"), book(rubric_id))
        assert choice.value == shipped_rubric(rubric_id).specs["rate_base"].default
        rules = choice.parent.data_validations.dataValidation
        (rule,) = (rule for rule in rules if choice.coordinate in rule.sqref)
        assert rule.formula1 == '"年初预算数,调整后预算数"'


@every_standard
def test_headings_of_the_indicators_are_prefilled_by_group(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    columns = {
        field: [cell.value for cell in cells(names.companion_name(field), book(rubric_id))]
        for field in ("kind", "primary", "secondary", "nature", "name")
    }
    wanted = [
        (group.kind, group.primary, group.secondary)
        for group in rubric.companion_groups
        for _ in range(group.rows)
    ]
    assert list(zip(*(columns[f] for f in ("kind", "primary", "secondary")), strict=True)) == wanted
    assert set(columns["nature"]) == {"≥"}
    assert set(columns["name"]) == {None}
    assert {heading for _, _, heading in wanted} == {
        "数量指标",
        "质量指标",
        "时效指标",
        "成本指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    }


def test_every_section_of_the_report_has_a_cell_beside_its_heading() -> None:
    found = sheet("report")
    for heading in OUTLINE.headings:
        if heading.section is None:
            assert heading.text in texts(found)
            continue
        cell = the_cell(names.report_text_name(heading.section.id), book())
        assert found.cell(cell.row, cell.column - 1).value == heading.text
        assert found.cell(cell.row, cell.column + 1).value == heading.section.help
        assert cell.value is None
        assert cell.alignment.wrap_text
    order = [the_cell(names.report_text_name(s.id), book()).row for s in OUTLINE.sections]
    assert order == sorted(order)


@every_standard
def test_the_form_has_a_line_for_each_block_then_total_and_grade(rubric_id: str) -> None:
    rubric, built = shipped_rubric(rubric_id), book(rubric_id)
    rows = [the_cell(names.score_name(row.id), built).row for row in rubric.indicators]
    assert rows == list(range(rows[0], rows[0] + len(rows)))
    form = built["自评表"]
    for indicator, row in zip(rubric.indicators, rows, strict=True):
        assert form.cell(row, 1).value == indicator.name
        points = the_cell(names.points_name(indicator.id), built)
        assert (points.row, points.value) == (row, float(indicator.points))
        assert points.number_format == 'General"*"'  # none of them is in print
    assert the_cell(names.TOTAL, built).row == rows[-1] + 1
    assert the_cell(names.GRADE, built).value == grade_line(rubric, None)
    assert any(text.startswith("带*的分值不是原文") for text in texts(form))


def test_the_form_prints_what_such_tables_print_in_its_order() -> None:
    printed = [text for text in texts(sheet("form")) if not text.startswith("=")]
    wanted = ["项目支出绩效自评表", "项目名称", "主管部门", "实施单位", "年度资金总额"]
    wanted += ["年度总体目标", "自评得分", "总分", "评价等级", "一级指标", "偏差原因分析及改进措施"]
    assert [text for text in printed if text in wanted] == wanted


def test_the_heading_of_the_indicators_is_repeated_and_the_places_are_not_printed() -> None:
    form = sheet("form")
    first, last = (int(row) for row in form.print_title_rows.replace("$", "").split(":"))
    assert first == last
    assert form.cell(first, 3).value == "三级指标"
    area = form.print_area.replace("$", "").rpartition("!")[2]
    assert area == f"A1:J{first + INDICATOR_LINES}"


@every_standard
def test_the_sheet_of_sources_says_convention_where_nothing_is_in_print(rubric_id: str) -> None:
    found = book(rubric_id)["评分标准出处"]
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    sentences = [row for row in rows if str(row[3]).startswith("评分标准")]
    rubric = shipped_rubric(rubric_id)
    assert len(sentences) == len(rubric.indicators)
    for row, indicator in zip(sentences, rubric.indicators, strict=True):
        is_printed = indicator.sentence_source.provenance.value == "text"
        assert (row[3] == "评分标准原文") == is_printed
        assert str(row[4]).startswith(indicator.sentence_source.provenance.label)


@every_standard
def test_the_macro_template_has_the_live_formulas(rubric_id: str) -> None:
    rubric = shipped_rubric(rubric_id)
    built = openpyxl.load_workbook(BytesIO(build_macro_template(rubric)), keep_vba=True)
    live = formulas(rubric)
    for name, text in live.cells.items():
        assert the_cell(name, built).value == text
    assert cells(names.COMPANION_RESULTS, built)[0].value.text == live.results
    assert "jixiao_rubric" in live.results
    assert built.sheetnames[-1] == names.PROGRAM_SHEET


def test_a_project_s_formulas_name_the_standard_and_a_department_s_do_not() -> None:
    live = formulas(PROJECT)
    assert live.cells[names.score_name("output")].startswith('=JX_SCORE(jixiao_rubric&":2",')
    assert live.cells[names.TOTAL].endswith(f",{names.RUBRIC})")
    department = formulas(shipped_rubric("2023"))
    assert not [text for text in department.cells.values() if names.RUBRIC in text]
    assert names.RUBRIC not in department.results


def test_guide_names_the_sheets_of_a_project() -> None:
    found = texts(sheet("guide"))
    assert the_cell(names.RUBRIC, book()).value == PROJECT.id
    steps = [text for text in found if re.fullmatch(r"第\d步", text)]
    assert len(steps) == 6
    assert not [text for text in found if "None" in text or "{" in text or "“基础数据”" in text]
    assert any("执行率口径" in text for text in found)
