"""Rows 3 to 26: what each case earns. Sources quote the scoring standard of the 2023 rubric."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.scoring import Provenance, Score, Status

from .department import DEPARTMENT, ROWS, D, Entries, F, entries, half_up, outcome, score

WRONG, WAITS, JUDGED = Status.INVALID_INPUT, Status.MISSING_INPUT, Status.NEEDS_JUDGEMENT

_single = entries("annual_execution_rate")
_ex_ante = entries("ex_ante_required", "ex_ante_missed")
_opened = entries(
    "budget_published",
    "budget_disclosure_days",
    "budget_disclosure_findings",
    "final_accounts_published",
    "final_accounts_disclosure_days",
    "final_accounts_disclosure_findings",
)
_informed = entries("target_disclosed_on_time", "self_evaluation_disclosed_on_time")
_system = entries("fund_system_share", "duty_division_share", "system_building_basis")
_applied = entries("warnings_not_handled", "rectification_reported", "results_linked_to_budget")
_executed = entries(
    "target_returned", "monitoring_score", "self_evaluation_score", "system_execution_basis"
)
_intentions = entries("intentions_due", "intentions_published")
_contracts = entries("contracts_total", "contracts_on_time")
_reserved = entries("sme_reserved", "sme_procurement")
_assets_ruled = entries("asset_rules_exist", "asset_findings")
_assets = entries("assets_in_use", "assets_total")
_operating = entries("operating_expenses_actual", "operating_expenses_budget")
_three = entries("three_public_actual", "three_public_budget")


def _months(*rates: str | None) -> Entries:
    cells = [None if rate is None else D(rate) for rate in rates]
    return {"monthly_execution_rates": tuple(cells + [None] * (12 - len(cells)))}


def _carryover(year_end: int, whole: int) -> Entries:
    """``whole`` is spread over the three terms of the denominator."""
    return {
        "year_end_carryover": D(year_end),
        "opening_carryover": D(whole) / 4,
        "general_public_budget": D(whole) / 2,
        "government_fund_budget": D(whole) / 4,
    }


Case = tuple[int, str, Entries, Decimal | Status]

BUDGET: list[Case] = [
    (3, "mean x points", _months(*["0.75"] * 12), D("0.75") * 10),
    (3, "mean of the months reported", _months("0.08", "0.19"), half_up(F("0.27") / 2 * 10)),
    (3, "blank = not reported", _months("0.5", None, "0.7"), (D("0.5") + D("0.7")) / 2 * 10),
    (3, "a zero month is reported", _months("0", "1"), (D(0) + D(1)) / 2 * 10),
    (3, "each capped at 100 %", _months("0.5", "1.2"), (D("0.5") + D(1)) / 2 * 10),
    (3, "cap, 0.0001 below", _months("0.9999"), half_up(F("0.9999") * 10)),
    (3, "cap, exactly", _months("1"), D(10)),
    (3, "cap, 0.0001 above", _months("1.0001"), D(10)),
    (3, "thirds", _months("1", "0", "0"), half_up(F(1, 3) * 10)),
    (3, "one figure in place of the months", _single(D("0.7586")), half_up(F("0.7586") * 10)),
    (3, "one figure, capped", _single(D("1.2")), D(10)),
    (3, "one figure, zero", _single(0), D(0)),
    (3, "the months go first", _months("0.5") | _single(D("0.9")), D("0.5") * 10),
    (4, "N <= 3: -1 each", _ex_ante(1, 1), D(3) - 1),
    (4, "N = 3 is not above 3", _ex_ante(3, 1), D(3) - 1),
    (4, "N = 3", _ex_ante(3, 2), D(3) - 2 * 1),
    (4, "N = 3, not below 0", _ex_ante(3, 3), D(0)),
    (4, "N > 3: -0.5 each", _ex_ante(4, 1), D(3) - D("0.5")),
    (4, "N > 3", _ex_ante(4, 4), D(3) - 4 * D("0.5")),
    (4, "N > 3, all six", _ex_ante(6, 6), D(3) - 6 * D("0.5")),
    (4, "not below 0", _ex_ante(7, 7), D(0)),
    (4, "none missed", _ex_ante(4, 0), D(3)),
    (4, "more missed than required", _ex_ante(3, 4), WRONG),
    (4, "missed although none was required", _ex_ante(0, 1), WRONG),
    (5, "ratio <= 10 %: 0", _carryover(0, 10000), D(2)),
    (5, "10 % - 0.0001", _carryover(999, 10000), D(2)),
    (5, "10 %", _carryover(1000, 10000), D(2)),
    (5, "10 % + 0.0001", _carryover(1001, 10000), D(1)),
    (5, "20 % - 0.0001", _carryover(1999, 10000), D(1)),
    (5, "20 %", _carryover(2000, 10000), D(1)),
    (5, "20 % + 0.0001", _carryover(2001, 10000), D(0)),
    (5, "above 100 %", _carryover(15000, 10000), D(0)),
    (6, "no finding: 2", {"audit_findings": D(0)}, D(2)),
    (6, "a finding deducts, amount unknown", {"audit_findings": D(1)}, JUDGED),
]

PERFORMANCE: list[Case] = [
    (7, "both in 20 days, no finding", _opened("是", 20, 0, "是", 20, 0), D(2)),
    (7, "published, as booleans", _opened(True, 20, 0, True, 20, 0), D(2)),
    (7, "not published: 0, as a boolean", _opened(False, None, None, True, 20, 0), D(0)),
    (7, "on the day of approval", _opened("是", 0, 0, "是", 0, 0), D(2)),
    (7, "budget on day 21", _opened("是", 21, 0, "是", 20, 0), D(2) - D(1) / 2),
    (7, "final accounts on day 21", _opened("是", 20, 0, "是", 21, 0), D(2) - D(1) / 2),
    (7, "both late: timeliness 1 point", _opened("是", 21, 0, "是", 99, 0), D(2) - 1),
    (7, "finding: unknown", _opened("是", 20, 1, "是", 20, 0), JUDGED),
    (7, "finding: unknown", _opened("是", 20, 0, "是", 20, 1), JUDGED),
    (7, "budget not published: 0", _opened("否", None, None, None, None, None), D(0)),
    (7, "accounts not published: 0", _opened("是", 20, 0, "否", None, None), D(0)),
    (7, "not published outranks findings", _opened("是", 20, 3, "否", None, None), D(0)),
    (7, "one secret, the other not published", _opened("涉密", None, None, "否", None, None), D(0)),
    (7, "one secret", _opened("涉密", None, None, "是", 20, 0), D(2)),
    (7, "one secret, other late", _opened("涉密", None, None, "是", 21, 0), D(2) - D(1) / 2),
    (7, "published, days blank", _opened("是", None, 0, "是", 20, 0), WAITS),
    (7, "published, findings blank", _opened("是", 20, 0, "是", 20, None), WAITS),
    (7, "a blank outweighs a judgement", _opened("是", 20, 1, "是", None, 0), WAITS),
    (8, "50 % each", _informed("是", "是"), D(2)),
    (8, "50 % each, as booleans", _informed(True, True), D(2)),
    (8, "targets late", _informed("否", "是"), D(2) / 2),
    (8, "material late", _informed(True, False), D(2) / 2),
    (8, "on time or nothing", _informed("否", False), D(0)),
    (9, "two parts, 50 % each", _system(1, 1, None), D(5)),
    (9, "one part only", _system(1, 0, "未出台"), D(5) / 2),
    (9, "neither", _system(0, 0, "未出台"), D(0)),
    (9, "100 % - 0.0001", _system(D("0.9999"), 1, "缺"), half_up(F("2.5") * F("1.9999"))),
    (9, "100 % + 0.0001", _system(D("1.0001"), 1, "缺"), WRONG),
    (9, "rounded once, not per part", _system(D("0.602"), D("0.602"), "缺"), D(5) * D("0.602")),
    (9, "below full points needs a reason", _system(D("0.8"), 1, None), WAITS),
    (9, "yes = 100 %", _system("是", "是", None), D(5)),
    (9, "yes = 100 %, as booleans", _system(True, True, None), D(5)),
    (10, "30 % + 30 % + 40 %", _applied(0, "是", "是"), D(3)),
    (10, "-1, not below 0 of that part", _applied(1, "是", "是"), D(3) * D("0.7")),
    (10, "the part is gone already", _applied(9, True, True), D(3) * D("0.7")),
    (10, "rectification 30 %", _applied(0, "否", "是"), D(3) * D("0.7")),
    (10, "linked 40 %", _applied(0, True, False), D(3) * D("0.6")),
    (10, "nothing left", _applied(1, "否", "否"), D(0)),
    (11, "2 + 5 together", _executed(0, 3, 2, "通知"), D(2) + 3 + 2),
    (11, "2 + given points", _executed(0, 0, 0, "通知"), D(2)),
    (11, "one rounding", _executed(0, D("1.25"), D("2.005"), "通知"), half_up(F("5.255"))),
    (11, "5 together, 0.01 above", _executed(0, 3, D("2.01"), "通知"), WRONG),
    (11, "5 together, one alone above", _executed(0, D("5.01"), 0, "通知"), WRONG),
    (11, "returned: unknown", _executed(1, 3, 2, "通知"), JUDGED),
    (11, "by hand needs a reason", _executed(0, 3, 2, None), WAITS),
]

PROCUREMENT: list[Case] = [
    (12, "100 % published", _intentions(10000, 10000), D("0.5")),
    (12, "100 % - 0.0001", _intentions(10000, 9999), D(0)),
    (12, "more published than due", _intentions(10, 11), WRONG),
    (13, "all on time", {"intentions_late": D(0)}, D("1.5")),
    (13, "or nothing", {"intentions_late": D(1)}, D(0)),
    (14, "yes", {"internal_control_built": "是"}, D(1)),
    (14, "yes as a boolean", {"internal_control_built": True}, D(1)),
    (14, "no", {"internal_control_built": "否"}, D(0)),
    (14, "no as a boolean", {"internal_control_built": False}, D(0)),
    (15, "-1 per complaint upheld: none", {"complaints_upheld": D(0)}, D(2)),
    (15, "-1 per complaint upheld: 1", {"complaints_upheld": D(1)}, D(2) - 1),
    (15, "-1 per complaint upheld: 2", {"complaints_upheld": D(2)}, D(0)),
    (15, "not below 0", {"complaints_upheld": D(3)}, D(0)),
    (16, "rate = 100 %: 3", _contracts(10000, 10000), D(3)),
    (16, "100 % - 0.0001", _contracts(10000, 9999), D(2)),
    (16, "90 % + 0.0001", _contracts(10000, 9001), D(2)),
    (16, "90 %", _contracts(10000, 9000), D(2)),
    (16, "90 % - 0.0001: unknown", _contracts(10000, 8999), JUDGED),
    (16, "none on time: unknown", _contracts(3, 0), JUDGED),
    (16, "more on time than there are", _contracts(3, 4), WRONG),
    (17, "yes = 1", {"contract_filed_on_time": "是"}, D(1)),
    (17, "yes = 1, as a boolean", {"contract_filed_on_time": True}, D(1)),
    (17, "no: rule unknown", {"contract_filed_on_time": "否"}, JUDGED),
    (17, "no: rule unknown, as a boolean", {"contract_filed_on_time": False}, JUDGED),
    (18, "actual / reserved x points", _reserved(10, 4), D("0.4") * 1),
    (18, "one rounding, half up", _reserved(8, 1), half_up(F(1, 8))),
    (18, "nothing went to them", _reserved(8, 0), D(0)),
    (18, "100 % - 0.0001", _reserved(10000, 9999), half_up(F(9999, 10000))),
    (18, "100 %", _reserved(10000, 10000), D(1)),
    (18, "100 % + 0.0001: at most the points", _reserved(10000, 10001), D(1)),
    (18, "at most the points", _reserved(10, 40), D(1)),
]

ASSETS_AND_COSTS: list[Case] = [
    (19, "-1 per item: none", {"allocation_excesses": D(0)}, D(2)),
    (19, "-1 per item: 1", {"allocation_excesses": D(1)}, D(2) - 1),
    (19, "-1 per item: 2", {"allocation_excesses": D(2)}, D(0)),
    (19, "not below 0", {"allocation_excesses": D(3)}, D(0)),
    (20, "-0.5 per sum: none", {"overdue_income": D(0)}, D(1)),
    (20, "-0.5 per sum: 1", {"overdue_income": D(1)}, D(1) - D("0.5")),
    (20, "-0.5 per sum: 2", {"overdue_income": D(2)}, D(0)),
    (20, "not below 0", {"overdue_income": D(3)}, D(0)),
    (21, "yes", {"inventory_done": "是"}, D(1)),
    (21, "yes as a boolean", {"inventory_done": True}, D(1)),
    (21, "no", {"inventory_done": "否"}, D(0)),
    (21, "no as a boolean", {"inventory_done": False}, D(0)),
    (22, "complete and true: 2", {"asset_data_sound": "是"}, D(2)),
    (22, "as a boolean", {"asset_data_sound": True}, D(2)),
    (22, "else by hand", {"asset_data_sound": "否"}, JUDGED),
    (22, "else by hand, as a boolean", {"asset_data_sound": False}, JUDGED),
    (23, "rules, no finding", _assets_ruled("是", 0), D(2)),
    (23, "no internal rules -0.5", _assets_ruled("否", 0), D(2) - D("0.5")),
    (23, "no internal rules -0.5, as a boolean", _assets_ruled(False, 0), D(2) - D("0.5")),
    (23, "each finding -0.5", _assets_ruled(True, 1), D(2) - D("0.5")),
    (23, "both", _assets_ruled("否", 2), D(2) - D("0.5") - 2 * D("0.5")),
    (23, "down to 0", _assets_ruled("否", 3), D(0)),
    (23, "not below 0", _assets_ruled("否", 4), D(0)),
    (24, ">= 90 %: 100 %", _assets(10000, 10000), D(2)),
    (24, "90 % + 0.0001", _assets(9001, 10000), D(2)),
    (24, "90 %", _assets(9000, 10000), D(2)),
    (24, "90 % - 0.0001", _assets(8999, 10000), D("1.5")),
    (24, "75 % + 0.0001", _assets(7501, 10000), D("1.5")),
    (24, "75 %", _assets(7500, 10000), D("1.5")),
    (24, "75 % - 0.0001", _assets(7499, 10000), D(1)),
    (24, "60 % + 0.0001", _assets(6001, 10000), D(1)),
    (24, "60 %", _assets(6000, 10000), D(1)),
    (24, "60 % - 0.0001", _assets(5999, 10000), D(0)),
    (24, "nothing in use", _assets(0, 10000), D(0)),
    (24, "more in use than there is", _assets(10001, 10000), WRONG),
    (25, "<= 0: nothing spent", _operating(0, 10000), D(2)),
    (25, "0 - 0.0001", _operating(9999, 10000), D(2)),
    (25, "0", _operating(10000, 10000), D(2)),
    (25, "0 + 0.0001: no full step", _operating(10001, 10000), D(2)),
    (25, "5 % - 0.0001", _operating(10499, 10000), D(2)),
    (25, "5 % itself counts", _operating(10500, 10000), D(2) - D("0.5")),
    (25, "5 % + 0.0001", _operating(10501, 10000), D(2) - D("0.5")),
    (25, "10 % - 0.0001", _operating(10999, 10000), D(2) - D("0.5")),
    (25, "10 %", _operating(11000, 10000), D(2) - 2 * D("0.5")),
    (25, "10 % + 0.0001", _operating(11001, 10000), D(2) - 2 * D("0.5")),
    (25, "15 % - 0.0001", _operating(11499, 10000), D(2) - 2 * D("0.5")),
    (25, "15 %", _operating(11500, 10000), D(2) - 3 * D("0.5")),
    (25, "15 % + 0.0001", _operating(11501, 10000), D(2) - 3 * D("0.5")),
    (25, "20 % - 0.0001", _operating(11999, 10000), D(2) - 3 * D("0.5")),
    (25, "20 %", _operating(12000, 10000), D(0)),
    (25, "20 % + 0.0001", _operating(12001, 10000), D(0)),
    (25, "not below 0", _operating(30000, 10000), D(0)),
    (26, "actual <= budget, - 0.0001", _three(9999, 10000), D(2)),
    (26, "actual = budget", _three(10000, 10000), D(2)),
    (26, "actual = budget = 0", _three(0, 0), D(2)),
    (26, "+ 0.0001: else 0", _three(D("10000.0001"), 10000), D(0)),
]


def _id(value: object) -> str | None:
    return str(value) if isinstance(value, int | str) else ""


@pytest.mark.parametrize(
    ("row", "source", "values", "expected"),
    BUDGET + PERFORMANCE + PROCUREMENT + ASSETS_AND_COSTS,
    ids=_id,
)
def test_row_earns_what_the_standard_says(
    row: int, source: str, values: Entries, expected: Decimal | Status
) -> None:
    assert outcome(score(row, values)) == expected, source


NO_CASE = [
    (4, "no project to appraise", _ex_ante(0, 0)),
    (4, "no project to appraise, the other cell blank", _ex_ante(0, None)),
    (12, "no procurement", _intentions(0, None)),
    (16, "no contract", _contracts(0, None)),
    (18, "no reserved amount", _reserved(0, None)),
    (18, "no reserved amount, yet bought", _reserved(0, 5)),
]


@pytest.mark.parametrize(("row", "source", "values"), NO_CASE, ids=_id)
def test_an_entered_zero_is_no_case_with_full_points_and_the_remark(
    row: int, source: str, values: Entries
) -> None:
    scored = score(row, values)
    assert (scored.status, scored.value) == (Status.NOT_APPLICABLE, ROWS[row].points), source
    assert _remarks(scored, Provenance.CONVENTION) == ["本年度未涉及，按惯例得满分"]


def test_a_blank_in_place_of_the_zero_is_missing_input() -> None:
    blanks = [
        score(4, _ex_ante(None, 0)),
        score(12, _intentions(None, 0)),
        score(16, _contracts(None, 0)),
        score(18, _reserved(None, 0)),
    ]
    assert [row.status for row in blanks] == [WAITS] * 4


def test_a_secret_department_is_scored_in_full_as_a_convention_whatever_else_stands_there() -> None:
    scored = score(7, _opened("涉密", 99, 5, "涉密", None, None))
    assert scored.value == D(2)
    assert "涉密" in _remarks(scored, Provenance.CONVENTION)[0]


REMARKS = [
    (3, "one figure: score it, and warn", _single(D("0.7586")), Provenance.CONVENTION, "各月"),
    (5, "above 20 %: 0", _carryover(2001, 10000), Provenance.INFERRED, "20%"),
    (18, "at most the points", _reserved(10, 11), Provenance.CONVENTION, "不超过分值"),
    (25, "0 < rate < 5 %", _operating(10001, 10000), Provenance.INFERRED, "5%"),
]


@pytest.mark.parametrize(("row", "source", "values", "provenance", "words"), REMARKS, ids=_id)
def test_a_score_that_rests_on_no_text_says_so(
    row: int, source: str, values: Entries, provenance: Provenance, words: str
) -> None:
    remarks = _remarks(score(row, values), provenance)
    assert any(words in text for text in remarks), (source, remarks)


@pytest.mark.parametrize(
    ("row", "values"),
    [
        (3, _months(*["0.75"] * 12)),
        (5, _carryover(2000, 10000)),
        (18, _reserved(10, 10)),
        (25, _operating(10000, 10000)),
        (25, _operating(10500, 10000)),
    ],
)
def test_a_score_that_rests_on_text_alone_has_no_remark(row: int, values: Entries) -> None:
    assert score(row, values).notes == ()


def test_only_a_month_above_100_percent_is_said_to_be_capped() -> None:
    assert score(3, _months("0.9999", "1")).notes == ()
    (note,) = score(3, _months("1", "1.0001")).notes
    assert note.text.startswith("2月超过100%")


def test_a_month_left_out_between_two_others_is_pointed_out() -> None:
    (note,) = score(3, _months(None, "0.1", None, "0.3")).notes
    assert note.text.startswith("3月未填")


def test_months_beside_the_one_figure_say_that_it_was_not_used() -> None:
    notes = score(3, _months("0.5") | _single(D("0.9"))).notes
    assert any("未采用" in note.text for note in notes)


def test_every_row_of_its_own_has_cases() -> None:
    tables = BUDGET + PERFORMANCE + PROCUREMENT + ASSETS_AND_COSTS
    assert {row for row, *_ in tables} == set(DEPARTMENT) == set(range(3, 27))


def _remarks(scored: Score, provenance: Provenance) -> list[str]:
    return [note.text for note in scored.notes if note.provenance is provenance]
