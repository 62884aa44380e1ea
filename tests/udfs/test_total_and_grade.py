"""JX_TOTAL and JX_GRADE: no total over rows that wait, no grade without a total."""

from __future__ import annotations

import pytest

from jixiao.udfs import JX_GRADE, JX_TOTAL


@pytest.mark.parametrize(
    ("scores", "points", "expected"),
    [
        ([20, 7.59, 0], [20, 10, 2], 27.59),
        ([0.1, 0.2], [1, 1], 0.3),
        ([[20], [7.59]], ((20,), (10,)), 27.59),
        (7.59, 10, 7.59),
        ([0], [2], 0),
        # rows that a person inserted: neither score nor points
        ([20, None, 7.59, ""], [20, None, 10, " "], 27.59),
        # a score that a person typed with more decimals counts as the table prints it
        ([7.586, 7.584], [10, 10], 15.17),
        ([0.125, 0.125], [1, 1], 0.26),
    ],
)
def test_the_sum_of_the_scores(scores: object, points: object, expected: float) -> None:
    answer = JX_TOTAL(scores, points)
    assert type(answer) is float
    assert answer == expected


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([20, None], "待填1项"),
        (["", "　"], "待填2项"),
        ([20, "待填：实际完成值"], "待填1项"),
        ([20, "待填"], "待填1项"),
        ([20, "待评：原文缺失"], "待评1项"),
        (["错误：应填数字", "#DIV/0!"], "有误2项"),
        (["有误", "二十"], "有误2项"),
        ([True, False], "有误2项"),
        ([None, "待评"], "待填1项、待评1项"),
    ],
)
def test_it_refuses_and_says_how_many_rows_wait(scores: list[object], words: str) -> None:
    assert JX_TOTAL(scores, [20, 10]) == words


def test_all_three_kinds_of_waiting_rows_are_counted() -> None:
    scores = [20, None, "待填：x", "待评：x", "错误：x", -2146826281, None]
    assert JX_TOTAL(scores, [20, 1, 1, 1, 1, 1, None]) == "待填2项、待评1项、有误2项"


@pytest.mark.parametrize(
    ("scores", "points", "words"),
    [
        ([20, 7.59], [20], "错误：得分2格，分值1格，应一一对应"),
        ([], [], "待填：得分"),
        ([None, None], [None, None], "待填：得分"),
        (None, None, "待填：得分"),
        ([20, 10.01], [20, 10], "错误：第2格得分：10.01大于分值10"),
        ([20, -0.01], [20, 10], "错误：第2格得分：不能为负数，现为-0.01"),
        ([20, 7.59], [20, None], "待填：第2格分值"),
        ([20, 7.59], [20, "10分"], "错误：第2格分值：应填数字，现为“10分”"),
        ([20, 7.59], [20, -10], "错误：第2格分值：不能为负数，现为-10"),
        ([None, 7.59], [None, 5], "错误：第2格得分：7.59大于分值5"),
        ([1], [1000], "错误：第1格分值：1000大于100"),
        ([1e300], [1e300], "错误：第1格分值：数值1E+300超出合理范围"),
        ([1e-300], [1], "错误：第1格得分：数值1E-300超出合理范围"),
    ],
)
def test_scores_and_points_that_do_not_fit(scores: object, points: object, words: str) -> None:
    answer = JX_TOTAL(scores, points)
    assert isinstance(answer, str)
    assert answer.startswith(words)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (100, "优"),
        (97.59, "优"),
        (90, "优"),
        (89.9999, "良"),
        (80, "良"),
        (79.9999, "中"),
        (60, "中"),
        (59.9999, "差"),
        (0, "差"),
        (89.99999999999999, "优"),  # what a sheet shows as 90
        ([[97.59]], "优"),
    ],
)
def test_a_grade_at_each_boundary(total: object, grade: str) -> None:
    assert JX_GRADE(total) == grade


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (None, "待填：总分"),
        ("待填2项、待评1项", "待填2项、待评1项"),
        ("有误1项", "有误1项"),
        ("待填：得分", "待填：得分"),
        ("优", "错误：总分：应填数字，现为“优”"),
        (100.01, "错误：总分：应在0至100之间，现为100.01"),
        (-1, "错误：总分：不能为负数，现为-1"),
        ([90, 80], "错误：此处应为一个单元格，现为2格"),
        (True, "错误：总分：应填数字，现为“是”"),
    ],
)
def test_no_grade_without_a_total(total: object, words: str) -> None:
    assert JX_GRADE(total) == words
