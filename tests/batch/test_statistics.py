"""Statistics in exact decimals, held against the arithmetic and against pandas over all scores."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from batch.tables import HEADS, LAYOUT, a_table, an_error
from jixiao.batch.statistics import RATES, Statistics, most_frequent
from jixiao.review.finding import Severity


def counted(*scores: tuple[str | None, ...]) -> Statistics:
    statistics = Statistics(LAYOUT)
    for row in scores:
        statistics.add(a_table(*row), is_ranked=None not in row)
    return statistics


def line(statistics: Statistics, name: str) -> dict[str, object]:
    frame = statistics.frame()
    (found,) = frame[frame["name"] == name].to_dict("records")
    return found


def test_figures_of_an_indicator() -> None:
    found = line(counted(("20", "1", "1"), ("12", "1", "1"), ("13", "1", "1")), "甲项")
    assert found["count"] == 3
    assert found["mean"] == Decimal("15")  # (20 + 12 + 13) / 3
    assert (found["median"], found["least"], found["largest"]) == (13, 12, 20)
    assert found["rate"] == Decimal("0.75")  # 15 / 20


def test_mean_is_rounded_half_up_once() -> None:
    # (0.01 + 0.02) / 2 = 0.015: half-even and floats give 0.01 or 0.02 as it falls
    assert line(counted(("0.01", "0", "0"), ("0.02", "0", "0")), "甲项")["mean"] == Decimal("0.02")
    # (10 + 10 + 10.02) / 3 = 10.00666…
    found = line(counted(("10", "0", "0"), ("10", "0", "0"), ("10.02", "0", "0")), "甲项")
    assert found["mean"] == Decimal("10.01")


def test_rate_comes_from_the_exact_mean_not_from_the_rounded_one() -> None:
    # 3 × 0.01 ÷ (4 × 20) = 0.000375 → 0.0004; from the rounded mean 0.01: 0.0005
    found = line(counted(*[("0.01", "0", "0")] * 3, ("0", "0", "0")), "甲项")
    assert (found["mean"], found["rate"]) == (Decimal("0.01"), Decimal("0.0004"))


def test_median_of_an_even_number_is_halfway_and_exact() -> None:
    assert line(counted(("7.58", "0", "0"), ("7.59", "0", "0")), "甲项")["median"] == Decimal(
        "7.585"
    )
    assert line(counted(("7", "0", "0"), ("7", "0", "0")), "甲项")["median"] == 7


def test_missing_score_counts_nowhere_in_its_line_and_blocks() -> None:
    statistics = counted(("20", "30", "50"), (None, "30", "40"))
    assert line(statistics, "甲项")["count"] == 1
    assert line(statistics, "产出")["count"] == 1
    assert line(statistics, "乙项")["count"] == 2
    assert line(statistics, "效益")["mean"] == 45  # (50 + 40) / 2
    assert statistics.totals.total() == 1


def test_blocks_add_their_rows() -> None:
    found = line(counted(("20", "29.5", "50")), "产出")
    assert (found["level"], found["points"], found["mean"]) == ("一级指标", 50, Decimal("49.5"))
    assert line(counted(("20", "29.5", "50")), "质量")["level"] == "二级指标"


def test_a_blank_second_level_is_no_block() -> None:
    assert "" not in set(counted(("1", "1", "1")).frame()["name"])


@pytest.mark.parametrize(
    ("score", "place"),
    [
        ("0", 0),
        ("0.0001", 1),
        ("11.9999", 1),
        ("12", 2),
        ("15.9999", 2),
        ("16", 3),
        ("19.9999", 3),
        ("20", 4),
    ],
)
def test_classes_of_the_heat_map_begin_at_their_bounds(score: str, place: int) -> None:
    found = line(counted((score, "0", "0")), "甲项")
    assert [found[name] for name in RATES] == [int(n == place) for n in range(len(RATES))]


def test_share_of_full_points() -> None:
    found = line(counted(("20", "0", "0"), ("20", "0", "0"), ("1", "0", "0")), "甲项")
    assert found["满分"] == Decimal("0.6667")  # 2 / 3


def test_line_without_points_has_no_rate() -> None:
    heads = (HEADS[0]._replace(points=None),)
    statistics = Statistics(LAYOUT._replace(heads=heads))
    statistics.add(a_table("5", layout=statistics.layout), is_ranked=True)
    found = line(statistics, "甲项")
    assert (found["mean"], found["points"], found["rate"], found["满分"]) == (5, None, None, None)


def test_nothing_counted_gives_no_rows() -> None:
    assert Statistics(LAYOUT).rows() == []
    assert (Statistics(LAYOUT).mean_total, Statistics(LAYOUT).median_total) == (None, None)


@pytest.mark.parametrize(
    ("total", "span"),
    [
        ("0", "0至不足5"),
        ("89.99", "85至不足90"),
        ("90", "90至不足95"),
        ("95", "95至100"),
        ("100", "95至100"),
        ("103", "95至100"),
        ("-1", "0至不足5"),
    ],
)
def test_spans_of_totals(total: str, span: str) -> None:
    statistics = counted((total, "0", "0"))
    assert [name for name, count in statistics.distribution if count] == [span]
    assert statistics.distribution[-1][0] == "95至100"


def test_unranked_total_is_not_in_the_distribution() -> None:
    statistics = Statistics(LAYOUT)
    statistics.add(a_table("20", "30", "50"), is_ranked=False)
    assert (statistics.tables, statistics.totals.total()) == (1, 0)


def test_a_check_counts_once_a_table() -> None:
    statistics = Statistics(LAYOUT)
    statistics.add(a_table("1", "1", "1", findings=(an_error(), an_error())), is_ranked=True)
    statistics.add(a_table("1", "1", "1", findings=(an_error(code="E1"),)), is_ranked=True)
    statistics.add(a_table("1", "1", "1", findings=(an_error(),)), is_ranked=True)
    assert most_frequent(statistics.findings) == [
        ("E3", Severity.ERROR, 2),
        ("E1", Severity.ERROR, 1),
    ]


def test_agrees_with_all_scores_held_at_once() -> None:
    random.seed(5)
    rows = [tuple(str(Decimal(random.randrange(2001)) / 100) for _ in HEADS) for _ in range(301)]
    frame = counted(*rows).frame().set_index("name")
    everything = pd.DataFrame(rows, columns=[head.name for head in HEADS])
    for head in HEADS:
        scores = [Fraction(score) for score in everything[head.name]]
        found = frame.loc[head.name]
        assert abs(Fraction(found["mean"]) - sum(scores) / len(scores)) <= Fraction(1, 200)
        assert Fraction(found["median"]) == sorted(scores)[len(scores) // 2]
        assert (found["least"], found["largest"]) == (min(scores), max(scores))
