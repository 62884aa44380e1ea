"""The words of a score: its figures, its tier, its result, and what it rests on."""

from __future__ import annotations

import re
from datetime import date

import pytest

from jixiao.scoring import Status, Value, evaluate
from jixiao.scoring.numbers import plain

from .department import (
    DEPARTMENT,
    ROWS,
    RUBRIC,
    D,
    Entries,
    F,
    companion_row,
    department_companion,
    department_inputs,
    half_up,
    row_score,
    score,
)

CARRYOVER: Entries = {
    "year_end_carryover": D(120),
    "opening_carryover": D(100),
    "general_public_budget": D(850),
    "government_fund_budget": D(50),
}
NOT_IN_PRINT = re.compile(r"注：原文此处不全，[^。]*推定，请核对当年通知。")


def test_a_ratio_with_its_tier_reads_word_for_word() -> None:
    assert score(5, CARRYOVER).explanation.startswith(
        "结转结余率=120.00÷1,000.00=12.00%，在(10%, 20%]档，得1分（满分2分）。"
    )


def test_every_row_of_the_printed_table_says_what_it_earned_out_of_what() -> None:
    table = evaluate(RUBRIC, department_inputs(), department_companion())
    for scored in [row.score for row in table.scores] + [row.score for row in table.companion]:
        assert scored.value is not None
        verdict = f"得{plain(scored.value)}分（满分{plain(scored.points)}分）。"
        assert verdict in scored.explanation
        assert scored.explanation.index(verdict) > 0, "figures come first"


# (row, inputs, figures that the explanation must show, verdict)
FIGURES: list[tuple[int, Entries, list[str], str]] = [
    (3, {"annual_execution_rate": D("0.7586")}, ["75.86%", "×10"], "得7.59分（满分10分）。"),
    (
        3,
        {"monthly_execution_rates": (D("0.5"), D("1.2"), *[None] * 10)},
        ["50.00%", "100.00%", "÷2", "75.00%", "2月超过100%"],
        "得7.5分（满分10分）。",
    ),
    (
        4,
        {"ex_ante_required": D(7), "ex_ante_missed": D(2)},
        ["7个", "2个", "0.5×2=1"],
        "得2分（满分3分）。",
    ),
    (
        7,
        DEPARTMENT[7] | {"budget_disclosure_days": D(21)},
        ["21日", "20日"],
        "得1.5分（满分2分）。",
    ),
    (
        9,
        {
            "fund_system_share": D("0.8"),
            "duty_division_share": D(1),
            "system_building_basis": "缺监控",
        },
        ["80.00%", "100.00%", "缺监控"],
        "得4.5分（满分5分）。",
    ),
    (11, DEPARTMENT[11], ["2.5", "财政部门评分"], "得7分（满分7分）。"),
    (12, {"intentions_due": D(10), "intentions_published": D(9)}, ["9个", "10个"], "得0分（"),
    (15, {"complaints_upheld": D(3)}, ["3例", "1×3=3", "扣完为止"], "得0分（满分2分）。"),
    (16, {"contracts_total": D(20), "contracts_on_time": D(19)}, ["19÷20=95.00%"], "得2分（"),
    (
        18,
        {"sme_reserved": D(1000), "sme_procurement": D(145)},
        ["145.00÷1,000.00=14.50%"],
        "得0.15分（满分1分）。",
    ),
    (23, {"asset_rules_exist": "否", "asset_findings": D(2)}, ["否", "2次"], "得0.5分（"),
    (
        24,
        {"assets_in_use": D("89.995"), "assets_total": D(100)},
        ["89.995÷100.00=89.995%", "[75%, 90%)"],
        "得1.5分（满分2分）。",
    ),
    (
        25,
        {"operating_expenses_actual": D(110), "operating_expenses_budget": D(100)},
        ["110.00", "100.00", "10.00%", "0.5×2=1"],
        "得1分（满分2分）。",
    ),
    (
        26,
        {"three_public_actual": D("10.01"), "three_public_budget": D(10)},
        ["10.01", "10.00"],
        "得0分（满分2分）。",
    ),
]


@pytest.mark.parametrize(("row", "values", "figures", "verdict"), FIGURES)
def test_an_explanation_holds_its_figures_before_its_verdict(
    row: int, values: Entries, figures: list[str], verdict: str
) -> None:
    explanation = score(row, values).explanation
    arithmetic, found, rest = explanation.partition(verdict)
    assert found, explanation
    assert [figure for figure in figures if figure not in arithmetic + rest] == []


@pytest.mark.parametrize("rate", ["0.7586", "0.75846", "0.758499", "0.99949", "0.0005", "0.9"])
def test_the_printed_product_gives_the_printed_score(rate: str) -> None:
    """75.85%×10 would be read as 7.59 where 75.846 % earns 7.58: the rate needs its decimals."""
    ways: list[Entries] = [
        {"annual_execution_rate": D(rate)},
        {"monthly_execution_rates": (D(rate), *[None] * 11)},
    ]
    for values in ways:
        scored = score(3, values)
        printed = re.search(r"得分=([\d.]+)%×10", scored.explanation)
        assert printed
        assert half_up(F(printed[1]) / 100 * 10) == scored.value


# (row, inputs, the words of the standard that took the points)
QUOTED: list[tuple[int, Entries, str]] = [
    (5, CARRYOVER, "10%<结余结转率≤20%的，得1分"),
    (7, DEPARTMENT[7] | {"budget_published": "否"}, "对未公开预算或决算的非涉密部门，得0分"),
    (15, {"complaints_upheld": D(1)}, "发现1例扣1分，扣完为止"),
]


@pytest.mark.parametrize(("row", "values", "words"), QUOTED)
def test_a_score_below_full_quotes_the_words_that_took_the_points(
    row: int, values: Entries, words: str
) -> None:
    assert words in score(row, values).explanation.split("评分标准：")[1]
    assert "评分标准：" not in score(row, DEPARTMENT[row]).explanation


# (row, inputs, source): scores that rest on words which were cut off or lost
INFERRED: list[tuple[int, Entries, str]] = [
    (5, CARRYOVER | {"year_end_carryover": D(201)}, "above 20 %: 0 (inferred)"),
    (
        25,
        {"operating_expenses_actual": D(104), "operating_expenses_budget": D(100)},
        "0 < rate < 5 %: no deduction (inferred)",
    ),
    (17, {"contract_filed_on_time": "是"}, "row lost, name inferred, rule unknown; yes = 1"),
]


@pytest.mark.parametrize(("row", "values", "source"), INFERRED)
def test_a_score_on_inferred_words_says_that_the_notice_must_be_checked(
    row: int, values: Entries, source: str
) -> None:
    explanation = score(row, values).explanation
    assert NOT_IN_PRINT.search(explanation), (source, explanation)


def test_a_level_below_the_first_says_that_the_notice_must_be_checked() -> None:
    row = companion_row(
        kind="效益", nature="定性", level="未达成且效果较差", share=D("0.5"), basis="问卷"
    )
    explanation = row_score(row, number=2).score.explanation
    assert NOT_IN_PRINT.search(explanation)
    assert "50.00%" in explanation
    assert "问卷" in explanation
    table = evaluate(RUBRIC, {}, [row])
    assert NOT_IN_PRINT.search(table.scores[1].score.explanation)


def test_the_companion_total_shows_its_terms_and_explains_each_row_that_fell_short() -> None:
    rows = [companion_row(name="培训场次", actual=D(80)), companion_row(name="走访次数")]
    explanation = evaluate(RUBRIC, {}, rows).scores[0].score.explanation
    for words in ("8+10=18", "“培训场次”", "80÷100=80.00%", "得18分（满分20分）。"):
        assert words in explanation
    assert "走访次数" not in explanation


def test_a_row_that_waits_names_what_is_missing_by_its_label() -> None:
    waiting = score(26, {})
    assert waiting.explanation == "待填：“三公”经费实际支出数、预算安排的“三公”经费数。"
    late = companion_row(target=date(2023, 1, 1), actual=None, name="报告")
    explanation = evaluate(RUBRIC, {}, [late]).scores[0].score.explanation
    assert explanation == "待填：“报告”的实际完成值。"


def test_a_row_in_error_says_which_input_is_wrong() -> None:
    """Two wrong cells of one row read alike without their labels."""
    wrong = score(26, {"three_public_actual": "无", "three_public_budget": "无"})
    assert "“三公”经费实际支出数" in wrong.explanation
    rows = [companion_row(name="培训场次", actual="完成")]
    assert "培训场次" in evaluate(RUBRIC, {}, rows).scores[0].score.explanation


# Shapes that place a rate or a count in tiers: (row, inputs, tier hit, tiers not hit)
TIERED: list[tuple[int, Entries, str, int]] = [
    (4, {"ex_ante_required": D(7), "ex_ante_missed": D(2)}, "(3, +∞)", 1),
    (5, CARRYOVER, "(10%, 20%]", 2),
    (16, {"contracts_total": D(20), "contracts_on_time": D(19)}, "[90%, 100%)", 2),
    (18, {"sme_reserved": D(10), "sme_procurement": D(4)}, "[0%, 100%]", 1),
    (24, {"assets_in_use": D(80), "assets_total": D(100)}, "[75%, 90%)", 3),
]


@pytest.mark.parametrize(("row", "values", "tier", "others"), TIERED)
def test_a_score_by_tiers_names_the_tier_hit_and_those_not_hit(
    row: int, values: Entries, tier: str, others: int
) -> None:
    scored = score(row, values)
    assert (scored.tier, len(scored.other_tiers)) == (tier, others)


def test_a_qualitative_score_names_its_level_and_the_two_not_picked() -> None:
    cells: dict[str, Value] = {"level": "达成年度指标", "share": D("0.9"), "basis": "问卷"}
    row = companion_row(kind="效益", nature="定性", **cells)
    scored = row_score(row, number=2).score
    assert (scored.tier, len(scored.other_tiers)) == ("[80%, 100%]", 2)


def test_a_score_carries_the_sentence_of_the_standard() -> None:
    for number, typed in DEPARTMENT.items():
        assert score(number, typed).sentence == ROWS[number].sentence


def test_every_status_has_its_word() -> None:
    words = {status: status.label for status in Status}
    assert list(words.values()) == ["已评分", "未涉及", "待填", "待评", "有误"]
