"""Rows that wait for an input or for judgement: what the cells say, and no total."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Command
from jixiao.workbook import names
from workbook.books import (
    RUBRIC,
    SEED_SCORES,
    SEED_TOTAL,
    by_calamine,
    number_or_text,
    scores_of,
    seed_book,
    where,
    with_values,
)


def fill_with(
    jixiao: Command, path: Path, values: dict[str, Decimal | str | int | None]
) -> tuple[bytes, dict[str, object]]:
    path.write_bytes(with_values(seed_book(), values))
    ran = jixiao("fill", path, "--json")
    assert ran.code == 0, ran.err
    return path.read_bytes(), json.loads(ran.out)


def test_row_without_its_input_says_so_and_the_others_are_scored(
    jixiao: Command, seed_path: Path
) -> None:
    after, _ = fill_with(jixiao, seed_path, {"audit_findings": None})
    expected = [*SEED_SCORES]
    scores = [number_or_text(score) for score in scores_of(after)]
    assert scores[5] == "待填"
    assert scores[:5] + scores[6:] == expected[:5] + expected[6:]


def test_total_says_how_many_rows_wait(jixiao: Command, seed_path: Path) -> None:
    blanks = {"audit_findings": None, "inventory_done": None, "asset_data_sound": "否"}
    after, found = fill_with(jixiao, seed_path, blanks)
    assert by_calamine(after, names.TOTAL) == "待填2项、待评1项"
    assert (found["total"], found["grade"], found["waiting"]) == (None, None, 3)


def test_subtotals_above_a_waiting_row_wait_and_the_others_stand(
    jixiao: Command, seed_path: Path
) -> None:
    after, _ = fill_with(jixiao, seed_path, {"audit_findings": None})
    for heading in ("budget_execution", "management_efficiency"):
        assert by_calamine(after, names.subtotal_name(heading)) == "待填"
    assert by_calamine(after, names.subtotal_name("asset_management")) == 10


def test_blank_template_waits_with_all_26_rows(jixiao: Command, blank_path: Path) -> None:
    ran = jixiao("fill", blank_path, "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["total"], found["waiting"]) == (0, None, 26)
    content = blank_path.read_bytes()
    assert set(scores_of(content)) == {"待填"}
    assert by_calamine(content, names.TOTAL) == "待填26项"


def test_reason_of_a_waiting_row_names_what_is_missing(jixiao: Command, seed_path: Path) -> None:
    after, _ = fill_with(jixiao, seed_path, {"audit_findings": None})
    reason = str(by_calamine(after, names.reason_name("financial_compliance")))
    assert reason == "【自动】待填：审计、财会监督指出的问题数。"


def test_remarks_say_which_cell_to_fill(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"audit_findings": None, "41.basis": None}))
    out = jixiao("fill", seed_path).out
    assert f"请填{where(seed_book(), 'audit_findings')}" in out
    assert f"请填{where(seed_book(), '41.basis')}" in out


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("financial_compliance", {"audit_findings": 1}),
        ("budget_and_final_accounts_disclosure", {"budget_disclosure_findings": 2}),
        ("performance_system_execution", {"target_returned": 1}),
        ("contract_signing_timeliness", {"contracts_total": 10, "contracts_on_time": 8}),
        ("contract_filing_timeliness", {"contract_filed_on_time": "否"}),
        ("asset_data_quality", {"asset_data_sound": "否"}),
    ],
)
def test_row_that_print_does_not_settle_waits_for_judgement_and_takes_a_hand_score(
    jixiao: Command, seed_path: Path, row: str, values: dict[str, Decimal | str | int | None]
) -> None:
    after, found = fill_with(jixiao, seed_path, values)
    assert by_calamine(after, names.score_name(row)) == "待评"
    assert found["waiting"] == 1
    place = next(number for number, item in enumerate(RUBRIC.indicators) if item.id == row)
    hand = {f"{row}_hand_score": Decimal("0.25"), f"{row}_hand_basis": "财政局通知第3条"}
    judged, found = fill_with(jixiao, seed_path, {**values, **hand})
    assert by_calamine(judged, names.score_name(row)) == 0.25
    assert found["total"] == str(SEED_TOTAL - SEED_SCORES[place] + Decimal("0.25"))
    assert "财政局通知第3条" in str(by_calamine(judged, names.reason_name(row)))


def test_hand_score_without_its_basis_waits(jixiao: Command, seed_path: Path) -> None:
    values = {"asset_data_sound": "否", "asset_data_quality_hand_score": 1}
    after, found = fill_with(jixiao, seed_path, values)
    assert by_calamine(after, names.score_name("asset_data_quality")) == "待填"
    assert found["waiting"] == 1


def test_hand_score_of_a_row_that_is_settled_is_not_used(jixiao: Command, seed_path: Path) -> None:
    values = {"asset_data_quality_hand_score": 0, "asset_data_quality_hand_basis": "扣"}
    after, found = fill_with(jixiao, seed_path, values)
    assert by_calamine(after, names.score_name("asset_data_quality")) == 2
    assert found["total"] == "97.59"


def test_late_date_in_the_companion_table_waits_for_judgement(
    jixiao: Command, seed_path: Path
) -> None:
    dates = {"0.target": "2023年6月30日", "0.actual": "2023年7月15日"}
    after, found = fill_with(jixiao, seed_path, dates)
    assert by_calamine(after, "0.score") == "待评"
    assert found["waiting"] == 1
    judged = {**dates, "0.hand_score": 3, "0.basis": "晚半月"}
    after, found = fill_with(jixiao, seed_path, judged)
    assert by_calamine(after, "0.score") == 3
    assert found["total"] == str(SEED_TOTAL - Decimal("6.67") + 3)
