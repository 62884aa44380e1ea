"""自评表 is 附件3 as printed: all sentences and points, one row an indicator, merges by heading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from jixiao.ooxml.text_height import text_height
from jixiao.scoring import Indicator
from jixiao.scoring.provenance import Provenance
from jixiao.template.form_columns import HEADINGS, WIDTHS, Column
from jixiao.workbook import names

from .built import RUBRIC, fixed_rows, place, sheet, texts, the_cell

BY_ID = {heading.id: heading for heading in (*RUBRIC.primaries, *RUBRIC.secondaries)}


def row_of(indicator: Indicator) -> int:
    found = the_cell(names.score_name(indicator.id)).row
    assert isinstance(found, int)
    return found


def at(row: int, column: Column) -> Any:
    return sheet("form").cell(row, column + 1)


def merged(coordinate: str) -> str:
    """The merged area that begins at a cell; the cell itself where it is not merged."""
    areas = [str(area) for area in sheet("form").merged_cells.ranges]
    return next((area for area in areas if area.split(":")[0] == coordinate), coordinate)


def test_headings_are_the_printed_ones() -> None:
    header = row_of(RUBRIC.indicators[0]) - 1
    assert tuple(at(header, column).value for column in Column) == HEADINGS


@pytest.mark.parametrize("row", RUBRIC.indicators, ids=lambda row: row.id)
def test_indicator_stands_in_print_with_its_cells(row: Indicator) -> None:
    number = row_of(row)
    star = "" if row.name_source.provenance is Provenance.TEXT else "*"
    assert at(number, Column.NAME).value == row.name + star
    assert Decimal(str(at(number, Column.POINTS).value)) == row.points
    assert (at(number, Column.EXPLANATION).value or "") == row.explanation
    assert at(number, Column.SENTENCE).value == row.sentence
    assert the_cell(names.reason_name(row.id)).coordinate == at(number, Column.REASON).coordinate
    evidence = the_cell(names.evidence_name(row.id))
    assert evidence.coordinate == at(number, Column.EVIDENCE).coordinate


@pytest.mark.parametrize("row", RUBRIC.indicators, ids=lambda row: row.id)
def test_points_that_are_not_printed_have_a_star_in_their_format(row: Indicator) -> None:
    is_printed = row.points_source.provenance is Provenance.TEXT
    shown = at(row_of(row), Column.POINTS).number_format
    assert shown == ("General" if is_printed else 'General"*"')


def test_indicators_stand_in_the_order_of_the_standard() -> None:
    rows = [row_of(row) for row in RUBRIC.indicators]
    assert rows == list(range(rows[0], rows[0] + len(rows)))


@pytest.mark.parametrize("heading", BY_ID.values(), ids=lambda heading: heading.id)
def test_headings_are_merged_over_their_rows(heading: Any) -> None:
    rows = [row_of(row) for row in RUBRIC.rows_of(heading)]
    column = Column.SECONDARY if heading.parent else Column.PRIMARY
    name, points = at(rows[0], column), at(rows[0], Column(column + 1))
    assert name.value == heading.name
    assert Decimal(str(points.value)) == heading.points
    for cell in (name, points):
        last = f"{cell.column_letter}{rows[-1]}"
        wanted = cell.coordinate if len(rows) == 1 else f"{cell.coordinate}:{last}"
        assert merged(cell.coordinate) == wanted


def test_rows_of_the_standard_grow_with_their_text() -> None:
    rows = {row_of(row) for row in RUBRIC.indicators} | {the_cell(names.TOTAL).row}
    assert not rows & fixed_rows("form")


def test_rows_are_as_high_as_the_sentence_at_first() -> None:
    # LibreOffice does not fit rows when it opens a file.
    for row in RUBRIC.indicators:
        needed = text_height(row.sentence, WIDTHS[Column.SENTENCE], 10)
        assert sheet("form").row_dimensions[row_of(row)].height >= needed - 0.5


def test_reasons_and_the_total_are_wrapped() -> None:
    wrapped = [names.TOTAL, *(names.reason_name(row.id) for row in RUBRIC.indicators)]
    assert all(the_cell(name).alignment.wrap_text for name in wrapped)


def test_scores_show_as_they_are() -> None:
    scored = [names.TOTAL, *(names.score_name(row.id) for row in RUBRIC.indicators)]
    assert {the_cell(name).number_format for name in scored} == {"General"}


def test_total_and_grade_follow_the_rows() -> None:
    total, grade = the_cell(names.TOTAL), the_cell(names.GRADE)
    assert total.row == row_of(RUBRIC.indicators[-1]) + 1
    assert total.column == Column.SCORE + 1
    assert at(total.row, Column.PRIMARY_POINTS).value == RUBRIC.points
    assert grade.row == total.row + 1
    assert grade.value.count("□") == len(RUBRIC.bands)
    assert all(band.words in grade.value for band in RUBRIC.bands)


def test_title_block_has_the_printed_words() -> None:
    found = texts(sheet("form"))
    assert found[:3] == [RUBRIC.heading, RUBRIC.name, f"({RUBRIC.year}年度)"]
    printed = (
        "部门基本情况 年度整体绩效目标 整体绩效目标完成情况 未能完成原因 年度部门预算情况 "
        "总预算(万元) 年度预算资金类别 部门预算 事业发展支出 事业发展支出(按预算级次划分) "
        "基本支出 项目支出 专项资金 其他事业发展支出 区本级资金 对下转移支付 部门名称 单位数:"
    )
    assert set(printed.split()) <= set(found)


def test_notes_follow_and_explain_the_star() -> None:
    found = texts(sheet("form"))
    assert RUBRIC.footnote in found
    assert sum(text.startswith("带*") for text in found) == 1


def test_only_the_printed_form_is_printed() -> None:
    area = sheet("form").print_area.split("!")[-1].replace("$", "")
    last = int(area.split(":K")[1])
    assert area.startswith("A1:K")
    subtotals = [the_cell(names.subtotal_name(key)).row for key in BY_ID]
    assert last < min(subtotals)
    assert last > the_cell(names.GRADE).row


@pytest.mark.parametrize("heading", BY_ID.values(), ids=lambda heading: heading.id)
def test_subtotals_stand_beside_their_heading(heading: Any) -> None:
    row = the_cell(names.subtotal_name(heading.id)).row
    assert at(row, Column.NAME).value == heading.name
    assert at(row, Column.POINTS).value == heading.points
    assert at(row, Column.PRIMARY).value == ("二级指标" if heading.parent else "一级指标")


def test_budget_of_the_form_is_where_the_department_types_it() -> None:
    found = {text for text in texts(sheet("form")) if text.startswith("=IF(jixiao_basic_")}
    fields = (*names.BASIC_FIELDS, *names.BUDGET_FIELDS)
    assert len(found) == len(fields)
    assert all(place(names.basic_name(field.field))[0] == "基本情况" for field in fields)


def test_a_score_cell_shows_the_first_word_of_a_long_answer() -> None:
    scores = [the_cell(names.score_name(row.id)).coordinate for row in RUBRIC.indicators]
    rules = {
        rule.dxf.numFmt.formatCode: rule.formula[0]
        for area in sheet("form").conditional_formatting
        if str(area.sqref) == f"{scores[0]}:{scores[-1]}"
        for rule in area.rules
    }
    assert rules == {
        f';;;"{word}"': f'LEFT({scores[0]},2)="{word}"' for word in ("待填", "待评", "错误")
    }
