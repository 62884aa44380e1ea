"""``jixiao explain``: one row down to the sentence of the standard."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Command
from jixiao.scoring import Indicator, Provenance
from workbook.books import RUBRIC, seed_book, where, with_cell_xml, with_values

CARRYOVER = RUBRIC.indicators[4]
CONTRACTS = RUBRIC.indicators[15]


def explained(jixiao: Command, path: Path, indicator: object) -> str:
    ran = jixiao("explain", path, indicator)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


@pytest.mark.parametrize("row", RUBRIC.indicators[::5], ids=lambda row: row.id)
def test_number_id_and_name_find_the_row(jixiao: Command, seed_path: Path, row: Indicator) -> None:
    by_number = explained(jixiao, seed_path, row.number)
    assert by_number.startswith(f"第{row.number}项 {row.name}（")
    assert explained(jixiao, seed_path, row.id) == by_number
    assert explained(jixiao, seed_path, row.name) == by_number


@pytest.mark.parametrize(
    ("part", "number"), [("结余率", 5), ("及时性）", 13), ("“三公”", 26), (" 利用率 ", 24)]
)
def test_part_of_one_name_finds_the_row(
    jixiao: Command, seed_path: Path, part: str, number: int
) -> None:
    assert explained(jixiao, seed_path, part).startswith(f"第{number}项 ")


@pytest.mark.parametrize("indicator", ["采购意向", "没有这项", "0", "27", "", " ", "5.0"])
def test_unknown_or_ambiguous_row_lists_all_rows(
    jixiao: Command, seed_path: Path, indicator: str
) -> None:
    ran = jixiao("explain", seed_path, indicator)
    assert (ran.code, ran.out) == (1, "")
    for row in RUBRIC.indicators:
        assert f"{row.number:>2} {row.name}" in ran.err


def test_figures_arithmetic_tier_and_score(jixiao: Command, seed_path: Path) -> None:
    figures = {
        "year_end_carryover": 120,
        "opening_carryover": 0,
        "general_public_budget": 1000,
        "government_fund_budget": 0,
    }
    seed_path.write_bytes(with_values(seed_book(), figures))
    out = explained(jixiao, seed_path, 5)
    assert "结转结余率=120.00÷1,000.00=12.00%，在(10%, 20%]档，得1分（满分2分）。" in out
    for key, value in figures.items():
        assert f"{where(seed_book(), key)}　{RUBRIC.specs[key].label}：{value}" in out


@pytest.mark.parametrize(
    ("carryover", "hit", "others"),
    [
        ("33", "[0%, 10%]", ["(10%, 20%]：得1分", "(20%, +∞)：得0分"]),
        ("33.01", "(10%, 20%]", ["[0%, 10%]：得2分", "(20%, +∞)：得0分"]),
        ("66.01", "(20%, +∞)", ["[0%, 10%]：得2分", "(10%, 20%]：得1分"]),
    ],
)
def test_tier_that_is_hit_and_those_that_are_not(
    jixiao: Command, seed_path: Path, carryover: str, hit: str, others: list[str]
) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"year_end_carryover": Decimal(carryover)}))
    out = explained(jixiao, seed_path, 5)
    assert f"在{hit}档" in out
    assert f"所在档次：{hit}　未落入：{'；'.join(others)}" in out


@pytest.mark.parametrize("row", RUBRIC.indicators, ids=lambda row: row.id)
def test_sentence_missing_words_and_provenance(
    jixiao: Command, seed_path: Path, row: Indicator
) -> None:
    out = explained(jixiao, seed_path, row.number)
    assert f"标准原文：{row.sentence}" in out
    assert (f"原文缺失：{row.missing}" in out) is bool(row.missing)
    doubtful = [fact for fact in row.facts if fact.source.provenance is not Provenance.TEXT]
    for fact in doubtful:
        assert f"  {fact.words}　来源：{fact.source.provenance.label}。{fact.source.note}" in out
    assert out.count("来源：") == len(doubtful)


def test_number_that_print_cut_off_is_called_inferred(jixiao: Command, seed_path: Path) -> None:
    out = explained(jixiao, seed_path, CARRYOVER.id)
    assert "(20%, +∞)：得0分　来源：推定。" in out
    assert "原文缺失：结余结转率超过20%时如何得分" in out


def test_tier_of_unknown_points_waits_for_a_person(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"contracts_total": 4}))
    out = explained(jixiao, seed_path, CONTRACTS.number)
    assert "状态：待评" in out
    assert "50.00%" in out
    assert "[0%, 90%)：得分不明　来源：不明。" in out


def test_row_that_waits_says_what_for(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"audit_findings": None}))
    out = explained(jixiao, seed_path, "财务管理合规性")
    assert "状态：待填" in out
    assert "待填：审计、财会监督指出的问题数。" in out


def test_row_with_a_wrong_input_says_what_is_wrong(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"audit_findings": -1}))
    out = explained(jixiao, seed_path, "财务管理合规性")
    assert "状态：有误" in out
    assert "不能为负数" in out


def test_wrong_input_of_another_row_does_not_matter(jixiao: Command, seed_path: Path) -> None:
    expected = explained(jixiao, seed_path, 5)
    seed_path.write_bytes(with_values(seed_book(), {"audit_findings": "无"}))
    assert explained(jixiao, seed_path, 5) == expected


def test_formula_that_was_never_calculated_is_not_taken_for_a_blank(
    jixiao: Command, seed_path: Path
) -> None:
    formula = "><f>1-1</f></c>"
    seed_path.write_bytes(with_cell_xml(seed_book(), "audit_findings", formula))
    ran = jixiao("explain", seed_path, "财务管理合规性")
    assert "没有计算结果" in ran.out + ran.err


def test_writes_nothing(jixiao: Command, seed_path: Path) -> None:
    explained(jixiao, seed_path, 5)
    assert seed_path.read_bytes() == seed_book()
    assert [item.name for item in seed_path.parent.iterdir()] == [seed_path.name]
