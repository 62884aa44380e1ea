"""A project's workbook: read, checked, filled; and older department workbooks beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.ooxml import Formula, Package
from jixiao.ooxml.cells import parse_a1
from jixiao.reports.outline import PROJECT as OUTLINE
from jixiao.scoring import Status, shipped_rubric
from jixiao.workbook import names
from jixiao.workbook.book import read_book
from jixiao.workbook.errors import BookError
from jixiao.workbook.filling import fill
from jixiao.workbook.machine_cells import all_faults
from jixiao.workbook.remarks import remarks

from .books import all_values, blank_book, by_calamine, members, number_or_text, with_part
from .projects import (
    PROJECT,
    PROJECT_CASE,
    assembled,
    blank_project,
    cell_of,
    project_book,
    typed,
)

D = Decimal
VARIANTS = ("mof-project", "mof-project-10-90", "mof-project-20-80", "mof-project-10-25-30-35")


def texts(content: bytes) -> list[str]:
    return [fault.text for fault in all_faults(assembled(content))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(project_book())
    return path


class TestReading:
    def test_the_case_scores_in_full(self) -> None:
        book = assembled(project_book())
        assert book.rubric.id == PROJECT.id
        assert book.evaluation.total == 100
        assert book.project == "企业服务工作业务经费"
        assert book.department == "广州市番禺区企业建设服务中心"

    def test_money_is_read_by_source(self) -> None:
        book = assembled(project_book())
        assert book.values["year_start_budget"] == (D("19.94"), None, None)
        assert book.values["executed"] == (D("19.94"), None, None)
        assert book.values["rate_base"] == "年初预算数"

    def test_a_blank_one_waits_for_every_block(self) -> None:
        book = assembled(blank_project())
        assert book.evaluation.waiting_words == "待填4项"
        assert all_faults(book) == ()
        places = [remark for remark in remarks(book) if "预算执行率" in remark]
        assert any("年初预算数" in remark and "项目基本情况!B" in remark for remark in places)

    @pytest.mark.parametrize("rubric_id", VARIANTS)
    def test_every_variant_has_a_workbook_that_is_read_again(self, rubric_id: str) -> None:
        book = assembled(blank_project(rubric_id))
        assert book.rubric is shipped_rubric(rubric_id)
        assert book.evaluation.count(Status.MISSING_INPUT) == len(book.rubric.indicators)
        assert all_faults(book) == ()

    def test_rows_inserted_into_the_table_of_indicators_are_read(self) -> None:
        """As Excel leaves the names after rows were inserted: 300 rows."""
        content = with_part(
            blank_project(), "xl/workbook.xml", lambda xml: xml.replace("$58<", "$304<")
        )
        book = assembled(content)
        assert book.companion.length == 300


class TestMoney:
    def test_a_typed_total_that_is_the_sum_is_taken(self) -> None:
        total = names.fund_total_name("executed")
        assert texts(typed(project_book(), {total: D("19.94")})) == []

    @pytest.mark.parametrize("value", ["19.9401", "19.9399", "0", "1994"])
    def test_a_typed_total_that_differs_is_found_with_its_cell(self, value: str) -> None:
        total = names.fund_total_name("executed")
        content = typed(project_book(), {total: D(value)})
        (text,) = texts(content)
        where = cell_of(content, total)
        assert text.startswith(f"{where.sheet}!{where.a1}（执行数合计）：现为")
        assert "各来源合计为19.94" in text

    def test_the_total_s_own_formula_is_no_finding_whatever_it_showed_last(self) -> None:
        content = typed(project_book(), {names.input_name("executed") + "+1": D(5)})
        assert assembled(content).grid.formula(cell_of(content, names.fund_total_name("executed")))
        assert texts(content) == []

    def test_a_total_over_cross_footed_sources_is_their_exact_sum(self) -> None:
        values = {
            names.input_name("executed") + f"+{place}": D(value)
            for place, value in enumerate(("0.1", "0.2", "0.3"))
        }
        content = typed(project_book(), {**values, names.fund_total_name("executed"): D("0.6")})
        assert texts(content) == []

    def test_words_among_the_amounts_are_found_also_where_no_rule_reads_them(self) -> None:
        name = names.input_name("adjusted_budget") + "+2"
        for rubric_id in ("mof-project", "mof-project-10-25-30-35"):
            found = texts(typed(blank_project(rubric_id), {name: "没有"}))
            assert len(found) == 1
            assert "调整后预算数（其他资金））：应填数字，现为“没有”" in found[0]

    def test_a_source_with_one_blank_waits_for_that_cell(self) -> None:
        content = typed(project_book(), {names.input_name("executed") + "+1": D(5)})
        book = assembled(content)
        score = book.evaluation.scores[0].score
        assert score.verdict == "待填：年初预算数（上年结转）"
        cell = cell_of(content, names.input_name("year_start_budget"), 1)
        assert any(f"请填{cell.sheet}!{cell.a1}" in remark for remark in remarks(book))


class TestFilling:
    def test_scores_total_grade_and_reasons_are_written(self, path: Path) -> None:
        fill(read_book(path))
        content = path.read_bytes()
        scores = [by_calamine(content, names.score_name(row.id)) for row in PROJECT.indicators]
        assert [number_or_text(score) for score in scores] == [10, 50, 30, 10]
        assert number_or_text(by_calamine(content, names.TOTAL)) == 100
        assert str(by_calamine(content, names.GRADE)).startswith("☑ 优")
        assert by_calamine(content, names.reason_name("output")) == "无"

    def test_what_is_below_full_says_why_with_the_base_of_the_rate(self, path: Path) -> None:
        changed = {
            names.input_name("executed"): D("18.1"),
            names.companion_name("actual"): D(45),
        }
        path.write_bytes(typed(project_book(), changed))
        filled = fill(read_book(path))
        content = path.read_bytes()
        # 18.1 / 19.94 * 10 = 9.077...; 45 of 60 earn 11.25 of 15
        assert filled.book.evaluation.total == D("9.08") + D("46.25") + 30 + 10
        reason = str(by_calamine(content, names.reason_name("budget_execution")))
        assert "执行数18.10÷年初预算数19.94=90.77%" in reason
        assert "未得满分，请在指标表!L" in "".join(filled.remarks)

    def test_only_the_program_s_cells_change(self, path: Path) -> None:
        before = path.read_bytes()
        fill(read_book(path))
        after = path.read_bytes()
        defined = Package(before).defined_names
        own = {names.TOTAL, names.GRADE, names.FINDINGS}
        own |= {names.score_name(row.id) for row in PROJECT.indicators}
        own |= {names.reason_name(row.id) for row in PROJECT.indicators}
        own |= {names.companion_name(c.field) for c in names.COMPANION_COLUMNS if not c.is_input}
        areas = [defined[name] for name in own]
        old, new = all_values(before), all_values(after)
        changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
        assert changed
        for sheet, address in changed:
            place = parse_a1(address)
            assert any(area.sheet == sheet and area.covers(place) for area in areas), address

    def test_filled_again_it_is_the_same(self, path: Path) -> None:
        fill(read_book(path))
        once = path.read_bytes()
        fill(read_book(path))
        assert path.read_bytes() == once

    def test_a_wrong_total_writes_nothing(self, path: Path) -> None:
        path.write_bytes(typed(project_book(), {names.fund_total_name("executed"): D(1)}))
        before = path.read_bytes()
        with pytest.raises(BookError, match="执行数合计"):
            fill(read_book(path))
        assert path.read_bytes() == before

    def test_formulas_and_markup_in_people_s_texts_stay_texts(self, path: Path) -> None:
        name, text = "=1+1 & <b>{{ x }}</b>", "第一段\n=SUM(A1) & <第二段>"
        section = names.report_text_name("background")
        changed = {names.companion_name("name"): name, section: text}
        path.write_bytes(typed(project_book(), changed))
        fill(read_book(path))
        book = read_book(path)
        assert book.rows[0].name == name
        assert book.text(section) == text


class TestOlderWorkbooks:
    """Department workbooks made before there was a sheet 报告文字."""

    @pytest.fixture
    def older(self) -> bytes:
        def without(xml: str) -> str:
            head, *rest = xml.split('<definedName name="jixiao_report_')
            return head + "".join(part.partition("</definedName>")[2] for part in rest)

        return with_part(blank_book(), "xl/workbook.xml", without)

    def test_they_are_read_and_filled_as_before(self, older: bytes, tmp_path: Path) -> None:
        path = tmp_path / "旧.xlsx"
        path.write_bytes(older)
        book = read_book(path)
        assert book.text(names.report_text_name("duties")) == ""
        assert book.project == ""
        fill(book)
        assert by_calamine(path.read_bytes(), names.TOTAL) == "待填26项"

    def test_they_have_no_sheet_that_the_names_want(self, older: bytes) -> None:
        assert b"jixiao_report_" not in members(older)["xl/workbook.xml"]


def test_a_formula_in_an_amount_that_nobody_calculated_is_found() -> None:
    content = typed(project_book(), {names.input_name("executed"): Formula("=1+1")})
    assert any("没有计算结果" in text for text in texts(content))


def test_the_case_has_a_text_for_every_section_but_what_the_program_writes() -> None:
    ids = [section.id for section in OUTLINE.sections]
    assert list(PROJECT_CASE.texts) == [key for key in ids if key in PROJECT_CASE.texts]
    (left,) = (section for section in OUTLINE.sections if section.id not in PROJECT_CASE.texts)
    assert left.is_computed
