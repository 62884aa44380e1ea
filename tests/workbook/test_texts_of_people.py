"""Text that people typed stays; the program's own text is replaced when an input changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Command
from jixiao.ooxml import Package
from jixiao.workbook import names
from workbook.books import (
    RUBRIC,
    by_calamine,
    column_by_calamine,
    seed_book,
    where,
    with_cell_xml,
    with_values,
)

REASON = names.reason_name("carryover_surplus_ratio")
SCORE = names.score_name("carryover_surplus_ratio")
TIER_OF_TWELVE_PERCENT = "在(10%, 20%]档"
# 40 ÷ (10 + 320 + 0) = 12.12 %
TWELVE_PERCENT = {"year_end_carryover": Decimal(40)}


def fill(jixiao: Command, path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    ran = jixiao("fill", path)
    assert ran.code == 0, ran.err
    return path.read_bytes()


@pytest.mark.parametrize(
    "text",
    ["年末项目尾款未付", "见【自动】所示", " 【自动】前有空格", "无。", "无结余", "自动", "0"],
)
def test_reason_of_a_person_stays(jixiao: Command, seed_path: Path, text: str) -> None:
    after = fill(jixiao, seed_path, with_values(seed_book(), {REASON: text, **TWELVE_PERCENT}))
    assert by_calamine(after, REASON) == text
    assert by_calamine(after, SCORE) == 1


@pytest.mark.parametrize("text", [None, "无", " 无 ", "【自动】旧的说明", "【自动】", "   "])
def test_empty_reason_and_own_text_are_replaced(
    jixiao: Command, seed_path: Path, text: str | None
) -> None:
    after = fill(jixiao, seed_path, with_values(seed_book(), {REASON: text, **TWELVE_PERCENT}))
    reason = str(by_calamine(after, REASON))
    assert reason.startswith("【自动】")
    assert TIER_OF_TWELVE_PERCENT in reason


def test_own_reason_follows_the_input_and_goes_when_the_score_is_full(
    jixiao: Command, seed_path: Path
) -> None:
    once = fill(jixiao, seed_path, with_values(seed_book(), TWELVE_PERCENT))
    assert "12.12%" in str(by_calamine(once, REASON))
    twice = fill(jixiao, seed_path, with_values(once, {"year_end_carryover": Decimal(99)}))
    assert "30.00%" in str(by_calamine(twice, REASON))
    full = fill(jixiao, seed_path, with_values(twice, {"year_end_carryover": Decimal(1)}))
    assert by_calamine(full, REASON) == "无"


def test_none_gives_way_to_a_reason_when_points_are_lost(jixiao: Command, seed_path: Path) -> None:
    once = fill(jixiao, seed_path, seed_book())
    assert by_calamine(once, REASON) == "无"
    twice = fill(jixiao, seed_path, with_values(once, TWELVE_PERCENT))
    assert str(by_calamine(twice, REASON)).startswith("【自动】")


def test_reason_typed_as_a_number_stays(jixiao: Command, seed_path: Path) -> None:
    after = fill(jixiao, seed_path, with_values(seed_book(), {REASON: 5, **TWELVE_PERCENT}))
    assert by_calamine(after, REASON) == 5


def test_formula_of_a_person_in_a_reason_stays(jixiao: Command, seed_path: Path) -> None:
    content = with_cell_xml(seed_book(), REASON, 't="str"><f>"见"&amp;"附件"</f><v>见附件</v></c>')
    after = fill(jixiao, seed_path, content)
    assert by_calamine(after, REASON) == "见附件"
    assert "&amp;" in Package(after).part(Package(after).sheets["自评表"].part).decode()


def test_evidence_is_never_touched(jixiao: Command, seed_path: Path) -> None:
    typed = {names.evidence_name(row.id): f"【自动】{row.number}" for row in RUBRIC.indicators}
    after = fill(jixiao, seed_path, with_values(seed_book(), typed))
    assert {key: by_calamine(after, key) for key in typed} == typed


def test_remarks_and_notes_of_people_stay(jixiao: Command, seed_path: Path) -> None:
    typed = {
        names.remark_name("audit_findings"): "【自动】像程序的话",
        "0.remark": "无",
        "0.reason": "【自动】也是人写的",
        "3.secondary": "质量指标",
        names.basic_name("unfinished_reason"): "无",
    }
    after = fill(jixiao, seed_path, with_values(seed_book(), typed))
    assert {key: by_calamine(after, key) for key in typed} == typed


def findings(content: bytes) -> list[object]:
    return [text for text in column_by_calamine(content, names.FINDINGS) if text]


def test_findings_are_listed_from_the_top_as_the_programs_own(
    jixiao: Command, seed_path: Path
) -> None:
    found = findings(fill(jixiao, seed_path, seed_book()))
    assert len(found) >= 5
    assert all(str(text).startswith("【自动】第") for text in found)


def test_findings_leave_lines_of_people_where_they_are(jixiao: Command, seed_path: Path) -> None:
    lines = column_by_calamine(seed_book(), names.FINDINGS)
    assert set(lines) == {""}
    content = typed_below(seed_book(), 1, "审核人：请补资料")
    after = column_by_calamine(fill(jixiao, seed_path, content), names.FINDINGS)
    assert after[1] == "审核人：请补资料"
    assert str(after[0]).startswith("【自动】第1项")
    assert str(after[2]).startswith("【自动】第2项")


def typed_below(content: bytes, place: int, text: str) -> bytes:
    """The workbook with a line typed into the findings column."""
    cells = Package(content).defined_names[names.FINDINGS]
    typed = {(cells.first_row + place, cells.first_column): text}
    return Package(content).rewritten({cells.sheet: typed})


def test_findings_that_are_settled_disappear(jixiao: Command, seed_path: Path) -> None:
    waiting = fill(jixiao, seed_path, with_values(seed_book(), {"audit_findings": None}))
    address = where(waiting, "audit_findings")
    assert any(address in str(text) for text in findings(waiting))
    settled = fill(jixiao, seed_path, with_values(waiting, {"audit_findings": 0}))
    assert not any(address in str(text) for text in findings(settled))
    assert len(findings(settled)) < len(findings(waiting))


def test_findings_that_do_not_fit_are_counted(jixiao: Command, seed_path: Path) -> None:
    content = seed_book()
    for place in range(2, 60):
        content = typed_below(content, place, f"人写的第{place}行")
    found = findings(fill(jixiao, seed_path, content))
    assert len(found) == 60
    assert "写不下" in str(found[1])
    assert found[2:] == [f"人写的第{place}行" for place in range(2, 60)]


GRADE_LINE = "☑ 优 90分≤得分≤100分； □ 良 80分≤得分<90分； □ 中 60分≤得分<80分； □ 差 得分<60分"


@pytest.mark.parametrize(
    "ticked_by_hand",
    [
        "□ 优 90分≤得分≤100分； √ 良 80分≤得分<90分； □ 中 60分≤得分<80分； □ 差 得分<60分",
        "√优 90分≤得分≤100分；  ■ 良 80分≤得分<90分； 中 60分≤得分<80分； ☐ 差 得分<60分",
        "",
    ],
)
def test_grade_line_ticked_by_hand_is_ticked_anew(
    jixiao: Command, seed_path: Path, ticked_by_hand: str
) -> None:
    content = with_values(seed_book(), {names.GRADE: ticked_by_hand})
    assert by_calamine(fill(jixiao, seed_path, content), names.GRADE) == GRADE_LINE


@pytest.mark.parametrize("written", ["优", "□ 优秀 □ 良好", "☑ 优 95分以上", "见批复"])
def test_rewritten_grade_line_stays(jixiao: Command, seed_path: Path, written: str) -> None:
    content = with_values(seed_book(), {names.GRADE: written})
    assert by_calamine(fill(jixiao, seed_path, content), names.GRADE) == written


def test_no_box_is_ticked_while_rows_wait(jixiao: Command, seed_path: Path) -> None:
    scored = fill(jixiao, seed_path, seed_book())
    after = fill(jixiao, seed_path, with_values(scored, {"audit_findings": None}))
    assert by_calamine(after, names.GRADE) == GRADE_LINE.replace("☑", "□")


@pytest.mark.parametrize(
    "cell",
    [
        SCORE,
        "0.score",
        "3.score",
        names.TOTAL,
        names.subtotal_name("budgeting"),
        "0.rate",
        "3.rate",
        "0.settled_points",
    ],
)
def test_text_in_a_cell_of_the_program_is_refused_and_kept(
    jixiao: Command, seed_path: Path, cell: str
) -> None:
    content = with_values(seed_book(), {cell: "见附件"})
    seed_path.write_bytes(content)
    ran = jixiao("fill", seed_path)
    unchanged = seed_path.read_bytes() == content
    assert unchanged, "a person's text was overwritten"
    assert ran.code == 1
    assert where(content, cell) in ran.err


@pytest.mark.parametrize("cell", [SCORE, names.TOTAL, "0.score"])
def test_number_in_a_score_cell_is_replaced_and_told(
    jixiao: Command, seed_path: Path, cell: str
) -> None:
    seed_path.write_bytes(with_values(seed_book(), {cell: Decimal("1.23")}))
    ran = jixiao("fill", seed_path)
    assert ran.code == 0
    assert by_calamine(seed_path.read_bytes(), cell) != 1.23
    if cell != "0.score":
        assert "1.23→" in ran.out


FORMULA_LIKE = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")')


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_that_looks_like_a_formula_stays_a_text(
    jixiao: Command, seed_path: Path, text: str
) -> None:
    typed = {
        names.basic_name("department"): text,
        "0.name": text,
        "0.unit": text,
        "41.basis": text,
        "system_execution_basis": text,
        "asset_data_quality_hand_basis": text,
    }
    content = with_values(
        seed_book(), {**typed, "asset_data_sound": "否", "asset_data_quality_hand_score": 1}
    )
    before = count_of_formulas(content)
    after = fill(jixiao, seed_path, with_values(content, {"0.actual": 7}))
    assert count_of_formulas(after) == before
    assert {key: by_calamine(after, key) for key in typed} == typed
    written = [by_calamine(after, names.reason_name(row.id)) for row in RUBRIC.indicators]
    assert any(text in str(reason) for reason in written)
    assert all(str(reason).startswith(("【自动】", "无")) for reason in written)


def count_of_formulas(content: bytes) -> int:
    package = Package(content)
    return sum(len(package.sheet(name).formula_cells) for name in package.sheets)
