"""Rows that only a person can score: which words are missing, and what a typed score does.

The standard: a row that reaches unknown words is NEEDS_JUDGEMENT, says which words are missing, and
takes a score typed by hand, 0 to the row's points, reason required.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.scoring import Status

from .department import DEPARTMENT, ROWS, D, Entries, F, half_up, outcome, score

# (row, typed on top of the printed table's inputs, words that the message must quote, source)
JUDGED: list[tuple[int, Entries, str, str]] = [
    (5, dict.fromkeys(DEPARTMENT[5], D(0)), "为0", "no word on a denominator of 0"),
    (6, {"audit_findings": D(1)}, "1项扣", "each finding deducts (amount unknown)"),
    (7, {"budget_disclosure_findings": D(1)}, "发现问题", "finding: unknown"),
    (11, {"target_returned": D(1)}, "退回1次", "returned: unknown"),
    (16, {"contracts_on_time": D(0)}, "90%", "below 90 %: unknown"),
    (17, {"contract_filed_on_time": "否"}, "整行缺失", "row lost, rule unknown"),
    (22, {"asset_data_sound": "否"}, "酌情扣分", "else by hand"),
    (24, {"assets_in_use": D(0), "assets_total": D(0)}, "为0", "no word on a total of 0"),
    (25, {"operating_expenses_budget": D(0)}, "为0", "no word on a budget of 0"),
]
EACH = pytest.mark.parametrize(
    ("row", "typed", "words"),
    [case[:3] for case in JUDGED],
    ids=[f"row{case[0]}" for case in JUDGED],
)


def _with_hand(row: int, typed: Entries, points: Decimal | str, reason: str | None) -> Entries:
    row_id = ROWS[row].id
    hand: Entries = {f"{row_id}_hand_score": points, f"{row_id}_hand_basis": reason}
    return DEPARTMENT[row] | typed | hand


@EACH
def test_missing_words_leave_the_row_without_a_score_and_are_quoted(
    row: int, typed: Entries, words: str
) -> None:
    scored = score(row, DEPARTMENT[row] | typed)
    assert outcome(scored) is Status.NEEDS_JUDGEMENT
    assert words in scored.missing_words
    assert words in scored.explanation


@EACH
def test_a_typed_score_with_its_reason_is_the_score(row: int, typed: Entries, words: str) -> None:
    for points in (D(0), D("0.25"), ROWS[row].points):
        scored = score(row, _with_hand(row, typed, points, "当年通知第3条"))
        assert outcome(scored) == points
        assert "当年通知第3条" in scored.explanation
        assert any(words in note.text for note in scored.notes)


@EACH
def test_a_typed_score_without_a_reason_waits_for_the_reason(
    row: int, typed: Entries, words: str
) -> None:
    for reason in (None, "", "  "):
        scored = score(row, _with_hand(row, typed, D("0.25"), reason))
        assert outcome(scored) is Status.MISSING_INPUT
        assert scored.waiting_for == (f"{ROWS[row].id}_hand_basis",)


@EACH
def test_a_typed_score_outside_the_points_is_wrong(row: int, typed: Entries, words: str) -> None:
    for points in (D("-0.0001"), D(-1), ROWS[row].points + D("0.0001"), D(100), "满分"):
        scored = score(row, _with_hand(row, typed, points, "有"))
        assert outcome(scored) is Status.INVALID_INPUT
        assert [problem.input_id for problem in scored.problems] == [f"{ROWS[row].id}_hand_score"]


@EACH
def test_a_typed_score_is_not_used_and_noted_where_the_rule_computes(
    row: int, typed: Entries, words: str
) -> None:
    computed = score(row, DEPARTMENT[row])
    scored = score(row, _with_hand(row, {}, D("0.25"), "有"))
    assert (scored.status, scored.value) == (computed.status, computed.value)
    assert any("未采用" in note.text for note in scored.notes)


def test_a_typed_score_is_rounded_half_up() -> None:
    typed = _with_hand(6, {"audit_findings": D(1)}, D("1.005"), "有")
    assert outcome(score(6, typed)) == half_up(F("1.005"))


def test_a_typed_score_does_not_stand_in_for_missing_input() -> None:
    assert outcome(score(6, _with_hand(6, {"audit_findings": None}, D(1), "有"))) is (
        Status.MISSING_INPUT
    )


@pytest.mark.parametrize(
    ("row", "source"), [(17, "inputs: yes/no or score"), (22, "inputs: yes, or a score")]
)
def test_a_score_alone_is_enough_where_the_standard_offers_it_in_place_of_yes(
    row: int, source: str
) -> None:
    blank: Entries = dict.fromkeys(DEPARTMENT[row])
    assert outcome(score(row, _with_hand(row, blank, D("0.5"), "有"))) == D("0.5"), source


def test_exactly_the_rows_that_may_need_judgement_take_a_typed_score() -> None:
    judged = {row for row, *_ in JUDGED}
    assert {number for number, row in ROWS.items() if row.takes_hand_score} >= judged
