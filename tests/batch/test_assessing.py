"""One file: our own workbook is scored by its inputs, other people's form taken as it says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from batch.folders import SEED_TOTAL, book, put, waiting_book, wrong_book
from forms.drawn import write_docx, write_xlsx
from forms.published import HUBEI, PANYU, PUTUO, XUANCHENG, YONGDE
from jixiao.batch.assessing import assess
from jixiao.batch.assessment import AssessedTable, Assessment, Basis, Code
from jixiao.review.finding import Severity
from workbook.books import RUBRIC, SEED_SCORES, seed_book, with_members, with_values
from workbook.projects import project_book


def only(assessment: Assessment) -> AssessedTable:
    assert assessment.reason == ""
    (table,) = assessment.tables
    return table


def saved(tmp_path: Path, content: bytes) -> Path:
    return put(tmp_path, 表=content) / "表.xlsx"


def codes(table: AssessedTable) -> set[str]:
    return {finding.code for finding in table.findings}


def test_own_workbook_is_scored_by_the_engine(tmp_path: Path) -> None:
    table = only(assess(saved(tmp_path, book("某局", 1))))
    assert (table.layout.basis, table.layout.rubric) == (Basis.ENGINE, RUBRIC.id)
    assert (table.unit, table.total, table.grade) == ("某局", SEED_TOTAL - 1, "优")
    assert sum(score for score in table.scores if score is not None) == SEED_TOTAL - 1
    assert [head.points for head in table.layout.heads] == [row.points for row in RUBRIC.indicators]


def test_a_project_is_ranked_under_its_department_and_its_name(tmp_path: Path) -> None:
    table = only(assess(saved(tmp_path, project_book())))
    assert table.unit == "广州市番禺区企业建设服务中心：企业服务工作业务经费"


def test_scores_typed_into_an_own_workbook_do_not_count(tmp_path: Path) -> None:
    changed = with_values(seed_book(), {"jixiao_total": 100})
    table = only(assess(saved(tmp_path, changed)))
    assert (table.total, table.scores) == (SEED_TOTAL, SEED_SCORES)


def test_own_workbook_carries_the_findings_of_its_review(tmp_path: Path) -> None:
    assert {"W12", "W14"} <= codes(only(assess(saved(tmp_path, seed_book()))))


def test_heads_have_both_levels(tmp_path: Path) -> None:
    head = only(assess(saved(tmp_path, seed_book()))).layout.heads[2]
    assert (head.number, head.primary, head.secondary) == (3, "履职效能", "整体效能")


def test_missing_figure_leaves_no_total_and_says_where(tmp_path: Path) -> None:
    table = only(assess(saved(tmp_path, waiting_book("某局"))))
    assert (table.total, table.grade, table.reason) == (None, "", "待填1项")
    (open_,) = (finding for finding in table.findings if finding.code == Code.OPEN)
    assert open_.severity is Severity.WARNING
    assert open_.cell in open_.message


def test_wrong_figure_leaves_no_total_and_is_an_error(tmp_path: Path) -> None:
    table = only(assess(saved(tmp_path, wrong_book("某局"))))
    assert (table.total, table.reason) == (None, "填写有误1处，见问题清单")
    (wrong,) = (finding for finding in table.findings if finding.code == Code.WRONG)
    assert wrong.severity is Severity.ERROR
    assert "应填数字" in wrong.message


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_other_peoples_form_is_taken_as_it_says(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"表.{suffix}"
    write_xlsx(path, 表=PUTUO) if suffix == "xlsx" else write_docx(path, PUTUO)
    table = only(assess(path))
    assert table.layout.basis is Basis.STATED
    assert (table.unit, table.total) == ("上海市普陀区体育事业管理中心", Decimal("98.62"))
    # 预算执行 8.62 of 10, then the five indicators
    assert table.scores == tuple(map(Decimal, ("8.62", "10", "20", "20", "30", "10")))
    assert [head.points for head in table.layout.heads][:2] == [10, 10]
    assert table.layout.full_points == 100


def test_a_wrong_total_stays_as_printed_and_is_found(tmp_path: Path) -> None:
    table = only(assess(write_xlsx(tmp_path / "表.xlsx", 表=PANYU)))
    assert table.total == SEED_TOTAL
    assert {"E1", "E3"} <= codes(table)


def test_ticked_grade_is_taken_as_it_is(tmp_path: Path) -> None:
    assert only(assess(write_xlsx(tmp_path / "表.xlsx", 表=YONGDE))).grade == "优"


def test_form_without_a_total_gets_none(tmp_path: Path) -> None:
    table = only(assess(write_xlsx(tmp_path / "表.xlsx", 表=XUANCHENG)))
    assert (table.total, table.reason) == (None, "表上没有填总分")


def test_form_without_points_has_no_full_points(tmp_path: Path) -> None:
    assert only(assess(write_xlsx(tmp_path / "表.xlsx", 表=HUBEI))).layout.full_points is None


def test_every_table_of_a_file_is_assessed(tmp_path: Path) -> None:
    found = assess(write_xlsx(tmp_path / "表.xlsx", 甲=YONGDE, 乙=PUTUO)).tables
    assert [(table.sheet, table.total) for table in found] == [
        ("甲", Decimal(96)),
        ("乙", Decimal("98.62")),
    ]
    # A finding is with the table that it is about.
    assert all({finding.sheet for finding in table.findings} <= {table.sheet} for table in found)


BOMB = b"0" * 70 * 2**20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\5\6" + bytes(18),
        seed_book()[:-100],
        b"<html><table></table></html>",
        with_members(seed_book(), {"xl/workbook.xml": None}),
        with_members(seed_book(), {"xl/media/image1.png": BOMB}),
        with_members(seed_book(), {"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
    ],
    ids=["empty", "empty zip", "cut off", "html", "no workbook", "bomb", "entity"],
)
def test_bad_file_is_a_reason_in_chinese(tmp_path: Path, content: bytes) -> None:
    found = assess(saved(tmp_path, content))
    assert found.tables == ()
    assert any("一" <= character <= "鿿" for character in found.reason)
    assert "程序出错" not in found.reason


def test_missing_file_and_folder_are_reasons(tmp_path: Path) -> None:
    assert "找不到" in assess(tmp_path / "没有.xlsx").reason
    assert "文件夹" in assess(tmp_path).reason


def test_fault_of_the_program_is_a_reason_and_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("jixiao.batch.assessing.own_table", fails)
    assert "程序出错（ZeroDivisionError）" in assess(saved(tmp_path, seed_book())).reason
