"""Workbooks of ours are reviewed exactly: by their inputs, with every cell known by its name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from jixiao.cases.case import shipped_case
from jixiao.forms.form import Column, Form
from jixiao.ooxml import Package
from jixiao.review.case import Case
from jixiao.review.finding import Finding
from jixiao.review.own_forms import forms_of_book
from jixiao.review.reviewing import review_book
from jixiao.review.table import findings_of
from jixiao.scoring import shipped_rubric
from jixiao.template import build_template
from jixiao.workbook import names
from jixiao.workbook.book import assemble_book
from jixiao.workbook.filling import fill, rewritten
from workbook.books import BOOK_NAME, RUBRIC, SEED_SCORES, blank_book, seed_book, where, with_values


def filled(content: bytes, folder: Path) -> bytes:
    """The workbook with its scores."""
    out = folder / "已评分.xlsx"
    fill(assemble_book(folder / BOOK_NAME, Package(content)), out)
    return out.read_bytes()


def findings(content: bytes, code: str = "") -> list[Finding]:
    """The findings of a code, or all."""
    book = assemble_book(Path(BOOK_NAME), Package(content))
    return [f for f in review_book(book).findings if code in ("", f.code)]


def forms(content: bytes) -> tuple[Form, ...]:
    return forms_of_book(assemble_book(Path(BOOK_NAME), Package(content)))


def test_forms_hold_what_stands_in_the_workbook(tmp_path: Path) -> None:
    content = filled(seed_book(), tmp_path)
    table, companion = forms(content)
    assert tuple(row.score for row in table.rows) == SEED_SCORES
    assert [row.name for row in table.rows] == [row.name for row in RUBRIC.indicators]
    assert [box.name for box in table.grade_boxes if box.is_chosen] == ["优"]
    assert table.total_score is not None
    assert table.total_score.value == Decimal("97.59")
    place = table.rows[2].cells[Column.SCORE].place
    score = where(content, names.score_name(RUBRIC.indicators[2].id))
    assert f"{place.sheet}!{place.a1}" == score
    assert {row.primary for row in companion.rows} == {"产出", "效益"}


def test_seed_has_the_findings_of_its_inputs(tmp_path: Path) -> None:
    found = [(f.code, f.row) for f in findings(filled(seed_book(), tmp_path))]
    assert found == [
        ("E6", "总预算"),  # 174.70 + 154.99, not 434.56
        ("W11", "绩效结果应用"),
        ("W11", "绩效管理制度执行"),
        ("W11", "绩效管理制度执行"),
        ("W11", "采购合同备案及时性"),
        ("W12", "部门预算资金支出率"),
        ("W14", "佐证材料"),
    ]


def test_blank_workbook_has_no_error() -> None:
    assert not [f for f in findings(blank_book()) if f.code.startswith("E")]


def test_words_of_the_program_are_no_scores(tmp_path: Path) -> None:
    content = filled(with_values(seed_book(), {"intentions_due": None}), tmp_path)
    table, _ = forms(content)
    waiting = [row.name for row in table.rows if row.score is None]
    assert waiting == ["采购意向公开合规性（完整性）"]
    assert findings(content, "E12") == []
    assert findings(content, "E11") == []  # there is no total, hence no grade


def test_what_keeps_it_from_a_total_is_noted() -> None:
    content = with_values(seed_book(), {"intentions_due": None, "audit_findings": "两个"})
    book = assemble_book(Path(BOOK_NAME), Package(content))
    wrong, waiting = review_book(book).notes
    assert wrong.startswith(f"填报数有误：{where(content, 'audit_findings')}")
    assert "待填1项、有误1项" in waiting


def test_score_typed_over_is_held_against_the_inputs(tmp_path: Path) -> None:
    score = names.score_name("carryover_surplus_ratio")
    content = with_values(filled(seed_book(), tmp_path), {score: Decimal("1.99")})
    (finding,) = findings(content, "E7")
    assert (finding.row, finding.found, finding.expected) == ("结转结余率", "1.99", "2")
    assert f"{finding.sheet}!{finding.cell}" == where(content, score)
    assert "按标准应为2分" in finding.message
    assert [f.row for f in findings(content, "E3")] == ["总分", "管理效率", "预算执行"]


def test_companion_score_typed_over_is_held_against_its_rule(tmp_path: Path) -> None:
    content = filled(with_values(seed_book(), {"0.actual": 27, "0.target": 34}), tmp_path)
    assert findings(content, "E7") == []
    (row,) = (row for row in forms(content)[1].rows if row.place == 0)
    assert row.points is not None
    changed = with_values(content, {"0.score": row.points})
    (finding,) = findings(changed, "E9")
    assert finding.found == str(row.points)
    expected = (Decimal(27) * row.points / 34).quantize(Decimal("0.01"))
    assert Decimal(finding.expected) == expected


def test_doubtful_text_is_told_where_a_score_rests_on_it_only(tmp_path: Path) -> None:
    def doubts(content: bytes) -> list[str]:
        return [f.message for f in findings(content, "W11") if f.row == "结转结余率"]

    assert doubts(filled(seed_book(), tmp_path)) == []
    (row,) = (row for row in RUBRIC.indicators if row.name == "结转结余率")
    # A ratio above 20 %, whose points the print cut off.
    content = filled(with_values(seed_book(), {row.inputs[0].id: 300}), tmp_path)
    (message,) = doubts(content)
    assert "（推定）" in message


def test_months_silence_the_missing_months(tmp_path: Path) -> None:
    months = {f"monthly_execution_rates[{n}]": Decimal("0.8") for n in range(12)}
    assert findings(filled(with_values(seed_book(), months), tmp_path), "W12") == []


def test_case_without_evaluation_finds_no_doubts(tmp_path: Path) -> None:
    table, _ = forms(filled(seed_book(), tmp_path))
    assert "W11" not in [f.code for f in findings_of(Case(table, RUBRIC))]


class TestProject:
    """A project's workbook: its money block comes from its sources, its rows from 指标表."""

    def filled(self, folder: Path, **amounts: str) -> bytes:
        """The published project, other amounts in the first source, with its scores."""
        case = shipped_case("panyu-enterprise-service-project-2022")
        template = build_template(shipped_rubric(case.rubric))
        book = assemble_book(folder / BOOK_NAME, Package(template))
        content = rewritten(book, case.typed(book))
        typed = {f"{column}[0]": Decimal(text) for column, text in amounts.items()}
        return filled(with_values(content, typed) if typed else content, folder)

    def codes(self, content: bytes) -> list[str]:
        return [finding.code for finding in findings(content)]

    def test_one_in_order_lacks_nothing_but_evidence(self, tmp_path: Path) -> None:
        assert self.codes(self.filled(tmp_path)) == ["W14"]

    def test_low_execution_needs_a_reason_of_a_person(self, tmp_path: Path) -> None:
        content = self.filled(tmp_path, executed="10")
        assert self.codes(content) == ["W2", "W14"]
        reason = names.reason_name("budget_execution")
        assert self.codes(with_values(content, {reason: "项目跨年，余款次年支付"})) == ["W14"]

    def test_execution_of_ninety_percent_needs_none(self, tmp_path: Path) -> None:
        both = {"year_start_budget": "20", "adjusted_budget": "20"}
        assert "W2" not in self.codes(self.filled(tmp_path, **both, executed="18"))
        assert "W2" in self.codes(self.filled(tmp_path, **both, executed="17.99"))
