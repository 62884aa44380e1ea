"""Companion rows with dates, levels or a typed score."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from jixiao.scoring import CompanionRow, Provenance, Status, Value

from .department import D, F, companion_row, half_up, outcome, row_score

WRONG, WAITS, JUDGED = Status.INVALID_INPUT, Status.MISSING_INPUT, Status.NEEDS_JUDGEMENT
MET, PARTLY, MISSED = "达成年度指标", "部分达成并具有一定效果", "未达成且效果较差"

DUE = date(2023, 12, 30)

# (target, actual, result, source); on or before gives full, late is NEEDS_JUDGEMENT
DATES: list[tuple[Value, Value, Decimal | Status, str]] = [
    (DUE, date(2023, 12, 29), D(20), "before"),
    (DUE, DUE, D(20), "on the day"),
    (DUE, date(2023, 12, 31), JUDGED, "one day late"),
    ("2023年12月30日", "2023年12月30日", D(20), "as text"),
    ("2023年12月30日", "2023-12-31", JUDGED, "as text, late"),
    ("2023-12-30", "2023/12/1", D(20), "as text, other signs"),
    ("2023.12.30", "2023年1月5日", D(20), "as text, other signs"),
    (" 2023年12月30日 ", DUE, D(20), "text against a date"),
    (DUE, "2024年1月1日", JUDGED, "a date against text, late"),
    (DUE, datetime(2023, 12, 30), D(20), "a cell with a time of 0:00 is that day"),
    (DUE, datetime(2023, 12, 30, 17, 30), D(20), "any hour of the day is on the day"),
    (datetime(2023, 12, 30), "2023年12月31日", JUDGED, "a cell with a time, late"),
    (datetime(2023, 12, 30), datetime(2023, 12, 30, 9), D(20), "two cells with times, same day"),
    (DUE, D(100), WRONG, "a date against a figure"),
    (D(100), "2023年12月30日", WRONG, "a figure against a date"),
    (DUE, "2023年2月30日", WRONG, "a day that does not exist"),
    (DUE, "12月底前", WRONG, "no date"),
    (DUE, None, WAITS, "a blank is missing"),
]


@pytest.mark.parametrize(("target", "actual", "expected", "source"), DATES)
def test_a_date_is_met_on_or_before_the_day_whatever_the_direction(
    target: Value, actual: Value, expected: Decimal | Status, source: str
) -> None:
    for nature in (None, "≤", "="):
        row = companion_row(nature=nature, target=target, actual=actual)
        assert outcome(row_score(row).score) == expected, source


def test_a_date_that_is_met_is_marked_as_a_convention() -> None:
    notes = row_score(companion_row(target=DUE, actual=DUE)).score.notes
    assert [note.provenance for note in notes] == [Provenance.CONVENTION]


def _level(level: Value, share: Value, basis: Value = "问卷报告") -> CompanionRow:
    cells: dict[str, Value] = {"level": level, "share": share, "basis": basis}
    return companion_row(kind="效益", nature="定性", target="有效", actual="有效", **cells)


# (level, share, result, source)
LEVELS: list[tuple[Value, Value, Decimal | Status, str]] = [
    (MET, D("1.0001"), WRONG, "100 % + 0.0001"),
    (MET, D(1), D(20), "100 %"),
    (MET, D("0.9999"), half_up(20 * F("0.9999")), "100 % - 0.0001"),
    (MET, D("0.8001"), half_up(20 * F("0.8001")), "80 % + 0.0001"),
    (MET, D("0.8"), 20 * D("0.8"), "80 % belongs to the first level"),
    (MET, D("0.7999"), WRONG, "80 % - 0.0001: outside its level"),
    (PARTLY, D("0.8"), WRONG, "80 %: outside its level"),
    (PARTLY, D("0.7999"), half_up(20 * F("0.7999")), "80 % - 0.0001"),
    (PARTLY, D("0.6001"), half_up(20 * F("0.6001")), "60 % + 0.0001"),
    (PARTLY, D("0.6"), 20 * D("0.6"), "60 % belongs to the second level"),
    (PARTLY, D("0.5999"), WRONG, "60 % - 0.0001: outside its level"),
    (MISSED, D("0.6"), WRONG, "60 %: outside its level"),
    (MISSED, D("0.5999"), half_up(20 * F("0.5999")), "below 60 % still counts here"),
    (MISSED, D(0), D(0), "0"),
    (MISSED, D("-0.0001"), WRONG, "0 - 0.0001"),
    (MET, D(90), WRONG, "90 typed for 90 %"),
    (MET, "90%", WRONG, "a number typed as text"),
    ("较好", D(1), WRONG, "no such level"),
    (None, D(1), WAITS, "the user picks the level"),
    (MET, None, WAITS, "and a share"),
]


@pytest.mark.parametrize(("level", "share", "expected", "source"), LEVELS)
def test_a_qualitative_row_earns_its_share_inside_its_level(
    level: Value, share: Value, expected: Decimal | Status, source: str
) -> None:
    assert outcome(row_score(_level(level, share), number=2).score) == expected, source


@pytest.mark.parametrize("basis", [None, "", " \u3000"])
def test_a_qualitative_row_waits_for_its_written_basis(basis: Value) -> None:
    scored = row_score(_level(MET, D(1), basis), number=2).score
    assert (outcome(scored), scored.waiting_for) == (WAITS, ("basis",))


def test_a_level_that_was_cut_off_in_print_carries_the_remark() -> None:
    notes = row_score(_level(MISSED, D("0.5")), number=2).score.notes
    assert [note.provenance for note in notes] == [Provenance.INFERRED]
    assert notes[0].text.startswith("原文此处不全，按")
    assert notes[0].text.endswith("推定，请核对当年通知")


def test_the_level_in_print_carries_no_remark() -> None:
    assert row_score(_level(MET, D("0.9")), number=2).score.notes == ()


def test_a_qualitative_output_row_is_left_to_judgement_as_levels_are_for_benefits_only() -> None:
    row = companion_row(nature="定性", level=MET, share=D(1), basis="有")
    assert outcome(row_score(row).score) is JUDGED


LATE = {"target": DUE, "actual": date(2024, 1, 5)}


def test_a_late_date_takes_a_typed_score_with_its_basis() -> None:
    for points in (D(0), D("3.5"), D(20)):
        row = companion_row(**LATE, hand_score=points, basis="会议纪要")
        scored = row_score(row).score
        assert outcome(scored) == points
        assert "会议纪要" in scored.explanation


def test_a_late_date_with_a_typed_score_waits_for_the_basis() -> None:
    scored = row_score(companion_row(**LATE, hand_score=D(5))).score
    assert (outcome(scored), scored.waiting_for) == (WAITS, ("basis",))


@pytest.mark.parametrize("points", [D("-0.0001"), D("20.0001"), "五分"])
def test_a_typed_score_outside_the_points_of_its_row_is_wrong(points: Value) -> None:
    scored = row_score(companion_row(**LATE, hand_score=points, basis="有")).score
    assert outcome(scored) is WRONG
    assert [problem.input_id for problem in scored.problems] == ["hand_score"]


def test_a_typed_score_is_not_used_and_noted_where_the_rate_computes() -> None:
    scored = row_score(companion_row(hand_score=D(5), basis="有")).score
    assert outcome(scored) == D(20)
    assert any("未采用" in note.text for note in scored.notes)
