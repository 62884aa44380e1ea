"""JX_COMPLETION_RATE, JX_COMPLETION_SCORE, JX_QUALITATIVE_SCORE against the standard's sentence.

「完成率60%以下为不及格，不得分；完成率为60%-100%的，得分=完成率×本指标分值；完成率100-150%的，得满分；
完成率高于150%的，得一半分」; directions by convention.
"""

from __future__ import annotations

import datetime

import pytest

from jixiao.udfs import JX_COMPLETION_RATE, JX_COMPLETION_SCORE, JX_QUALITATIVE_SCORE


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (0, 0),
        (59.9999, 0),
        (60, 0.60 * 20),
        (60.0001, 12.00),  # 12.00002
        (81, 0.81 * 20),
        (99.97, 19.99),  # 19.994
        (99.9999, 20),  # 19.99998
        (100, 20),
        (100.0001, 20),
        (149.9999, 20),
        (150, 20),
        (150.0001, 10),
        (300, 10),
    ],
)
def test_at_least_by_the_tiers_of_the_standard(actual: float, expected: float) -> None:
    assert JX_COMPLETION_SCORE(actual, 100, 20) == pytest.approx(expected, abs=1e-12)
    assert JX_COMPLETION_RATE(actual, 100) == pytest.approx(actual / 100, rel=1e-14)


def test_a_tie_is_rounded_up_where_floats_would_round_down() -> None:
    # 0.6745 × 10 = 6.745, which a float holds as 6.74499…
    assert JX_COMPLETION_SCORE(67.45, 100, 10) == 6.75
    # 0.805 × 0.1 = 0.0805
    assert JX_COMPLETION_SCORE(80.5, 100, 0.1) == 0.08


@pytest.mark.parametrize(
    "nature",
    ["≥", ">=", "≧", "＞=", "＞＝", " ≥ ", "不低于", "不少于", "大于等于", None, "", "　"],
)
def test_every_spelling_of_at_least(nature: str | None) -> None:
    assert JX_COMPLETION_SCORE(160, 100, 10, nature) == 5
    assert JX_COMPLETION_RATE(160, 100, nature) == 1.6


@pytest.mark.parametrize("nature", ["≤", "<=", "≦", "＜=", "＜＝", "不超过", "不高于", "小于等于"])
def test_every_spelling_of_at_most(nature: str) -> None:
    # met: full, however far below; missed: 目标 ÷ 实际
    assert JX_COMPLETION_SCORE(10, 100, 10, nature) == 10
    assert JX_COMPLETION_RATE(10, 100, nature) == 1
    assert JX_COMPLETION_SCORE(125, 100, 10, nature) == 8
    assert JX_COMPLETION_RATE(125, 100, nature) == 0.8
    assert JX_COMPLETION_SCORE(0, 0, 10, nature) == 10
    assert JX_COMPLETION_SCORE(1, 0, 10, nature) == 0


@pytest.mark.parametrize("nature", ["=", "＝", "═", "等于", "=="])
def test_every_spelling_of_equal(nature: str) -> None:
    # equal: full; else the smaller of the two quotients
    assert JX_COMPLETION_SCORE(100, 100, 10, nature) == 10
    assert JX_COMPLETION_SCORE(80, 100, 10, nature) == 8
    assert JX_COMPLETION_RATE(125, 100, nature) == 0.8
    assert JX_COMPLETION_SCORE(200, 100, 10, nature) == 0  # 50 %
    assert JX_COMPLETION_SCORE(0, 0, 10, nature) == 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((None, 100, 10), "待填：实际完成值"),
        (("", 100, 10), "待填：实际完成值"),
        ((81, None, 10), "待填：年初目标值"),
        ((None, None, 10), "待填：年初目标值、实际完成值"),
        ((81, 100, None), "待填：分值"),
        (
            (81, 0, 10),
            "错误：年初目标值：目标值为0，≥类指标无法计算完成率，请改写目标值或指标性质",
        ),
        (("≥95", 100, 10), "错误：实际完成值：应填数字，现为“≥95”"),
        ((True, 100, 10), "错误：实际完成值：应填数字，现为“是”"),
        (("#DIV/0!", 100, 10), "错误：实际完成值：单元格是错误值#DIV/0!，请改正公式或改填数字"),
        (
            (-1, 100, 10),
            "错误：实际完成值：不能为负数，现为-1（只有计量单位为%等比率的指标可以为负）",
        ),
        ((81, 100, 0), "错误：分值：应大于0、不大于100，现为0"),
        ((81, 100, 100.01), "错误：分值：应大于0、不大于100，现为100.01"),
        ((81, 100, -5), "错误：分值：不能为负数，现为-5"),
        ((81, 100, 0.005), "错误：分值：应为0.01的整数倍，现为0.005"),
        ((81, 100, "20分"), "错误：分值：应填数字，现为“20分”"),
        ((81, 100, 10, "超过"), "错误：指标性质：不认识的指标性质“超过”，应为≥、≤、=或定性"),
        (
            (81, 100, 10, "定性"),
            "错误：指标性质：定性指标没有完成率，请用JX_QUALITATIVE_SCORE",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_words(
    arguments: tuple[object, ...], words: str
) -> None:
    assert JX_COMPLETION_SCORE(*arguments) == words


def test_a_rate_is_not_rounded() -> None:
    assert JX_COMPLETION_RATE(1, 3) == 1 / 3
    assert JX_COMPLETION_RATE(2, 3) == 2 / 3
    assert JX_COMPLETION_RATE(59.999999999, 100) == 0.59999999999


TARGET = datetime.date(2023, 12, 30)


@pytest.mark.parametrize("target", [TARGET, "2023-12-30", "2023年12月30日", "2023/12/30"])
def test_a_date_on_time_is_full_and_a_late_one_is_for_a_person(target: object) -> None:
    on_time = datetime.datetime(2023, 12, 30, 17, 30)
    late = datetime.datetime(2023, 12, 31, tzinfo=datetime.UTC)
    assert JX_COMPLETION_SCORE(on_time, target, 5) == 5
    assert JX_COMPLETION_RATE(on_time, target) == 1
    for score in (JX_COMPLETION_SCORE(late, target, 5), JX_COMPLETION_RATE(late, target)):
        assert score == "待评：原文未说明逾期完成如何计分"


def test_a_date_beside_a_number_is_wrong() -> None:
    answer = JX_COMPLETION_SCORE(45000.0, TARGET, 5)
    assert answer == "错误：实际完成值：另一格是日期，本格也应填日期，现为“45000”"


FULL, PART, NONE = "达成年度指标", "部分达成并具有一定效果", "未达成且效果较差"


@pytest.mark.parametrize(
    ("level", "share", "expected"),
    [
        (FULL, 1, 10),
        (FULL, 0.8, 8),
        (FULL, 0.955, 9.55),
        (PART, 0.7999, 8),  # 7.999
        (PART, 0.6, 6),
        (NONE, 0.5999, 6),  # 5.999
        (NONE, 0, 0),
    ],
)
def test_a_share_within_its_level_earns_that_share(
    level: str, share: float, expected: float
) -> None:
    assert JX_QUALITATIVE_SCORE(level, share, 10) == expected


@pytest.mark.parametrize(
    ("level", "share", "words"),
    [
        (FULL, 0.7999, "错误：定性完成比例：“达成年度指标”的比例应在[80%, 100%]之内，现为79.99%"),
        (FULL, 1.0001, "错误：定性完成比例：“达成年度指标”的比例应在[80%, 100%]之内，现为100.01%"),
        (PART, 0.8, "错误：定性完成比例："),
        (PART, 0.5999, "错误：定性完成比例："),
        (NONE, 0.6, "错误：定性完成比例："),
        (NONE, -0.1, "错误：定性完成比例：不能为负数，现为-0.1"),
        (FULL, 90, "错误：定性完成比例："),
        (FULL, "九成", "错误：定性完成比例：应填数字，现为“九成”"),
        ("优秀", 0.9, "错误：定性档次：没有“优秀”这一档，应为"),
        (None, 0.9, "待填：定性档次"),
        (FULL, None, "待填：定性完成比例"),
        (None, None, "待填：定性档次、定性完成比例"),
    ],
)
def test_a_share_outside_its_level_is_wrong(level: object, share: object, words: str) -> None:
    answer = JX_QUALITATIVE_SCORE(level, share, 10)
    assert isinstance(answer, str)
    assert answer.startswith(words)
