"""The functions of single rows of the standard, at each boundary and a hair beside it.

Sources: rows 3, 4, 5, 15, 16, 18, 20, 24, 25 and 26 of 附件3 部门整体支出绩效自评表 (2023年度).
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao import udfs
from jixiao.function_table import FUNCTIONS

CASES = [
    # row 4: N > 3: −0.5 each; N ≤ 3: −1 each; not below 0; none to appraise is full by convention
    ("JX_EX_ANTE_SCORE", (4, 0, 3), 3),
    ("JX_EX_ANTE_SCORE", (4, 1, 3), 3 - 0.5),
    ("JX_EX_ANTE_SCORE", (4, 4, 3), 3 - 4 * 0.5),
    ("JX_EX_ANTE_SCORE", (6, 6, 3), 0),
    ("JX_EX_ANTE_SCORE", (7, 7, 3), 0),
    ("JX_EX_ANTE_SCORE", (3, 1, 3), 3 - 1),
    ("JX_EX_ANTE_SCORE", (3, 3, 3), 0),
    ("JX_EX_ANTE_SCORE", (0, 0, 3), 3),
    ("JX_EX_ANTE_SCORE", (0, None, 3), 3),
    # row 5: ≤ 10 %: 2; (10 %, 20 %]: 1; above: 0, inferred
    ("JX_CARRYOVER_SCORE", (0, 2), 2),
    ("JX_CARRYOVER_SCORE", (0.1, 2), 2),
    ("JX_CARRYOVER_SCORE", (0.1001, 2), 1),
    ("JX_CARRYOVER_SCORE", (0.2, 2), 1),
    ("JX_CARRYOVER_SCORE", (0.2001, 2), 0),
    ("JX_CARRYOVER_SCORE", (2, 2), 0),
    ("JX_CARRYOVER_RATIO", (120, 300, 600, 100), 0.12),
    ("JX_CARRYOVER_RATIO", (0, 0, 329.69, 0), 0),
    ("JX_CARRYOVER_RATIO", (1, 1, 1, 1), 1 / 3),
    # rows 15, 20: each item so many points off, not below 0
    ("JX_DEDUCTION_SCORE", (0, 1, 2), 2),
    ("JX_DEDUCTION_SCORE", (1, 1, 2), 1),
    ("JX_DEDUCTION_SCORE", (2, 1, 2), 0),
    ("JX_DEDUCTION_SCORE", (3, 1, 2), 0),
    ("JX_DEDUCTION_SCORE", (1, 0.5, 1), 0.5),
    ("JX_DEDUCTION_SCORE", (3, 0.5, 2), 0.5),
    # row 16: 100 %: 3; [90 %, 100 %): 2; none: full by convention
    ("JX_CONTRACT_SCORE", (20, 20, 3), 3),
    ("JX_CONTRACT_SCORE", (19, 20, 3), 2),
    ("JX_CONTRACT_SCORE", (9999, 10000, 3), 2),
    ("JX_CONTRACT_SCORE", (18, 20, 3), 2),
    ("JX_CONTRACT_SCORE", (0, 0, 3), 3),
    # row 18: actual ÷ reserved × points, at most the points
    ("JX_SME_SCORE", (4, 5, 1), 0.8),
    ("JX_SME_SCORE", (1, 3, 1), 0.33),
    ("JX_SME_SCORE", (2, 3, 1), 0.67),
    ("JX_SME_SCORE", (5, 5, 1), 1),
    ("JX_SME_SCORE", (9, 5, 1), 1),
    ("JX_SME_SCORE", (0, 5, 1), 0),
    ("JX_SME_SCORE", (0, 0, 1), 1),
    # row 24: ≥ 90 %: 2; [75 %, 90 %): 1.5; [60 %, 75 %): 1; below: 0
    ("JX_ASSET_USE_SCORE", (100, 100, 2), 2),
    ("JX_ASSET_USE_SCORE", (90, 100, 2), 2),
    ("JX_ASSET_USE_SCORE", (89.9999, 100, 2), 1.5),
    ("JX_ASSET_USE_SCORE", (75, 100, 2), 1.5),
    ("JX_ASSET_USE_SCORE", (74.9999, 100, 2), 1),
    ("JX_ASSET_USE_SCORE", (60, 100, 2), 1),
    ("JX_ASSET_USE_SCORE", (59.9999, 100, 2), 0),
    # row 25: ≤ 0: 2; −0.5 per full 5 %, 5 % itself counts
    ("JX_EXPENSE_CONTROL_SCORE", (90, 100, 2), 2),
    ("JX_EXPENSE_CONTROL_SCORE", (100, 100, 2), 2),
    ("JX_EXPENSE_CONTROL_SCORE", (104.9999, 100, 2), 2),
    ("JX_EXPENSE_CONTROL_SCORE", (105, 100, 2), 1.5),
    ("JX_EXPENSE_CONTROL_SCORE", (109.9999, 100, 2), 1.5),
    ("JX_EXPENSE_CONTROL_SCORE", (110, 100, 2), 1),
    ("JX_EXPENSE_CONTROL_SCORE", (120, 100, 2), 0),
    ("JX_EXPENSE_CONTROL_SCORE", (500, 100, 2), 0),
    # row 26: actual ≤ budget: 2, else 0
    ("JX_THREE_PUBLIC_SCORE", (2.5, 2.5, 2), 2),
    ("JX_THREE_PUBLIC_SCORE", (2.5001, 2.5, 2), 0),
    ("JX_THREE_PUBLIC_SCORE", (0, 0, 2), 2),
]


@pytest.mark.parametrize(("name", "arguments", "expected"), CASES)
def test_a_row_scores_as_the_standard_says(
    name: str, arguments: tuple[object, ...], expected: float
) -> None:
    answer = FUNCTIONS[name].call(*arguments)
    assert type(answer) is float
    assert answer == expected


CARRYOVER_LABELS = (
    "年末财政拨款结转和结余决算数、年初财政拨款结转和结余收入决算数、"
    "一般公共预算财政拨款决算数、政府性基金预算财政拨款决算数"
)
WORDS = [
    ("JX_EX_ANTE_SCORE", (None, None, 3), "待填：应开展事前绩效评估的新增项目数、其中没有"),
    ("JX_EX_ANTE_SCORE", (4, 5, 3), "错误：其中没有开展评估的项目数：现为5，大于"),
    ("JX_EX_ANTE_SCORE", (4.5, 1, 3), "错误：应开展事前绩效评估的新增项目数：应填整数，现为4.5"),
    ("JX_CARRYOVER_RATIO", (None, None, None, None), f"待填：{CARRYOVER_LABELS}"),
    ("JX_CARRYOVER_RATIO", (0, 0, 0, 0), "待评：年初财政拨款结转和结余收入决算数、一般公共"),
    ("JX_CARRYOVER_RATIO", (-1, 1, 1, 1), "错误：年末财政拨款结转和结余决算数：不能为负数，现为-1"),
    ("JX_CARRYOVER_SCORE", (None, 2), "待填：结转结余率"),
    ("JX_CARRYOVER_SCORE", (12, 2), "错误：结转结余率：1200%过大，是否漏了百分号？"),
    ("JX_CARRYOVER_SCORE", (-0.01, 2), "错误：结转结余率：不能为负数，现为-0.01"),
    ("JX_DEDUCTION_SCORE", (None, 1, 2), "待填：个数"),
    ("JX_DEDUCTION_SCORE", (1, None, 2), "待填：每个扣分"),
    ("JX_DEDUCTION_SCORE", (1.5, 1, 2), "错误：个数：应填整数，现为1.5"),
    ("JX_DEDUCTION_SCORE", ("无", 1, 2), "错误：个数：应填数字，现为“无”"),
    ("JX_DEDUCTION_SCORE", (1, -1, 2), "错误：每个扣分：不能为负数，现为-1"),
    ("JX_CONTRACT_SCORE", (17, 20, 3), "待评：原文缺合同签订及时率低于90%的评分规定"),
    ("JX_CONTRACT_SCORE", (17.9999, 20, 3), "错误：规定时限内签订合同的项目数：应填整数"),
    ("JX_CONTRACT_SCORE", (None, 20, 3), "待填：规定时限内签订合同的项目数"),
    ("JX_SME_SCORE", (1, None, 1), "待填：预算编制时预留给中小企业的金额"),
    ("JX_ASSET_USE_SCORE", (101, 100, 2), "错误：实际在用固定资产总额：现为101，大于"),
    ("JX_ASSET_USE_SCORE", (0, 0, 2), "待评：所有固定资产总额为0，固定资产利用率无法计算"),
    ("JX_EXPENSE_CONTROL_SCORE", (1, 0, 2), "待评：预算安排公用经费总额为0"),
    ("JX_THREE_PUBLIC_SCORE", ("暂无", 1, 2), "错误：“三公”经费实际支出数：应填数字"),
]


@pytest.mark.parametrize(("name", "arguments", "words"), WORDS)
def test_what_is_missing_open_or_wrong_is_said_in_words(
    name: str, arguments: tuple[object, ...], words: str
) -> None:
    answer = FUNCTIONS[name].call(*arguments)
    assert isinstance(answer, str)
    assert answer.startswith(words)


OF_THE_STANDARD = {
    "JX_EXECUTION_SCORE": ((0.5,), 10, "部门预算资金支出率"),
    "JX_EX_ANTE_SCORE": ((4, 1), 3, "新增预算项目事前绩效评估"),
    "JX_CARRYOVER_SCORE": ((0.1,), 2, "结转结余率"),
    "JX_CONTRACT_SCORE": ((20, 20), 3, "采购合同签订及时性"),
    "JX_SME_SCORE": ((4, 5), 1, "采购政策效能"),
    "JX_ASSET_USE_SCORE": ((90, 100), 2, "固定资产利用率"),
    "JX_EXPENSE_CONTROL_SCORE": ((90, 100), 2, "公用经费控制率"),
    "JX_THREE_PUBLIC_SCORE": ((1, 2), 2, "“三公”经费控制情况"),
}


@pytest.mark.parametrize("name", OF_THE_STANDARD)
def test_other_points_than_those_of_the_standard_are_refused(name: str) -> None:
    """Tiers and deductions are printed in points: 3 for all contracts on time is not 3 out of 5."""
    figures, points, row = OF_THE_STANDARD[name]
    call = FUNCTIONS[name].call
    assert isinstance(call(*figures, points), float)
    wrong = f"错误：分值：标准中“{row}”为{points}分，现为{points + 1}分"
    assert call(*figures, points + 1) == wrong
    assert call(*figures, None) == "待填：分值"
    assert str(call(*figures, "满分")).startswith("错误：分值：应填数字")


MONTHS = [None, 0.0835, 0.17, 0.25, 0.34, 0.42, 0.5, 0.58, 0.66, 0.75, 0.9, 1.02]
MEAN = (0.0835 + 0.17 + 0.25 + 0.34 + 0.42 + 0.5 + 0.58 + 0.66 + 0.75 + 0.9 + 1) / 11


def test_the_mean_of_the_reported_months_each_capped_at_one() -> None:
    assert udfs.JX_EXECUTION_RATE(MONTHS) == pytest.approx(MEAN, rel=1e-14)
    assert udfs.JX_EXECUTION_SCORE(MONTHS, 10) == round(MEAN * 10, 2) == 5.14


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([1] * 12, 10),
        ([1.5] * 12, 10),
        ([0] * 12, 0),
        ([0.5, 0.6], 5.5),  # reported from a later month on: a shorter range
        ([0.7585], 7.59),  # 7.585, the one figure of the year
        (0.7586, 7.59),
        ([None] * 11 + [0.3], 3),
        ([0.1, 0.2, 0.2], 1.67),  # 5/3
    ],
)
def test_months_or_the_one_figure_of_the_year(months: object, expected: float) -> None:
    assert udfs.JX_EXECUTION_SCORE(months, 10) == expected


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([None] * 12, "待填：各月一般公共预算支出执行率"),
        (None, "待填：各月一般公共预算支出执行率"),
        ([0.5] * 13, "错误：各月执行率最多12格，现为13格"),
        ([0.5, 50], "错误：各月一般公共预算支出执行率第2格：支出率5000%过大，是否漏了百分号？"),
        ([0.5, "未通报"], "错误：各月一般公共预算支出执行率第2格：应填数字，现为“未通报”"),
        ([0.5, -0.1], "错误：各月一般公共预算支出执行率第2格：不能为负数"),
        (75.86, "错误：年度支出率（没有各月数时填）：支出率7586%过大"),
    ],
)
def test_months_that_cannot_be_used(months: object, words: str) -> None:
    for answer in (udfs.JX_EXECUTION_RATE(months), udfs.JX_EXECUTION_SCORE(months, 10)):
        assert isinstance(answer, str)
        assert answer.startswith(words)


rates = st.none() | st.floats(0, 2)


@given(st.lists(rates, min_size=1, max_size=12))
def test_the_function_of_the_months_agrees_with_the_row_of_the_table(
    months: list[float | None],
) -> None:
    assert udfs.JX_EXECUTION_SCORE(months, 10) == udfs.JX_SCORE(3, months)


amounts = st.none() | st.floats(0, 1e6)


@given(st.tuples(amounts, amounts, amounts, amounts))
def test_the_score_of_the_ratio_agrees_with_the_row_of_the_table(
    given_amounts: tuple[float | None, ...],
) -> None:
    ratio = udfs.JX_CARRYOVER_RATIO(*given_amounts)
    if isinstance(ratio, str):
        assert udfs.JX_SCORE(5, *given_amounts) == ratio
    elif ratio <= 2 and all(abs(ratio - edge) > 1e-12 for edge in (0.1, 0.2)):
        assert udfs.JX_SCORE(5, *given_amounts) == udfs.JX_CARRYOVER_SCORE(ratio, 2)
