"""Intervals as the standard writes them, and the gaps and overlaps of a list of them."""

from __future__ import annotations

import pytest

from jixiao.scoring.intervals import parse_interval, partition_fault
from jixiao.scoring.numbers import Ratio

from .department import D

# (written, a point, inside?)
POINTS = [
    ("[0%, 10%]", "0", True),
    ("[0%, 10%]", "0.1", True),
    ("[0%, 10%]", "0.1001", False),
    ("[0%, 10%]", "-0.0001", False),
    ("(10%, 20%]", "0.1", False),
    ("(10%, 20%]", "0.1001", True),
    ("(10%, 20%]", "0.2", True),
    ("[75%, 90%)", "0.75", True),
    ("[75%, 90%)", "0.9", False),
    ("[75%, 90%)", "0.8999", True),
    ("(0, 1)", "0", False),
    ("(0, 1)", "1", False),
    ("[100%, 100%]", "1", True),
    ("[100%, 100%]", "0.9999", False),
    ("(20%, inf)", "1000000", True),
    ("(-inf, 60%)", "-1000000", True),
    ("(-inf, 60%)", "0.6", False),
    ("(-inf, inf)", "0", True),
    ("[-5%, 0.5]", "-0.05", True),
    (" [ 90 ,100 ] ", "90", True),
]


@pytest.mark.parametrize(("written", "point", "inside"), POINTS)
def test_an_end_belongs_to_the_interval_as_its_bracket_says(
    written: str, point: str, inside: bool
) -> None:
    assert parse_interval(written).contains(Ratio(D(point))) is inside


def test_a_quotient_is_placed_without_being_evaluated() -> None:
    below_two_thirds = parse_interval("[0, 0." + "6" * 60 + "]")
    assert not below_two_thirds.contains(Ratio(D(2), D(3)))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "60%",
        "[60%]",
        "[60%, 70%",
        "60%, 70%]",
        "{60%, 70%}",
        "[60%; 70%]",
        "[60%, 70%, 80%]",
        "[a, b]",
        "[60 %, 70%]",
        "[1.2.3, 5]",
        "[., 5]",
        "[1e2, 5]",
        "[--1, 5]",
        "[inf, inf)",
        "[5, -inf)",
        "[70%, 60%]",
        "(60%, 60%]",
        "[60%, 60%)",
        "(60%, 60%)",
        "[-inf, 5]",
        "[5, inf]",
    ],
)
def test_what_is_no_interval_is_refused_in_chinese(written: str) -> None:
    with pytest.raises(ValueError, match="区间"):
        parse_interval(written)


# (domain, intervals, what the fault says)
PARTITIONS = [
    ("[0, 100]", ["[90, 100]", "[80, 90)", "[60, 80)", "[0, 60)"], None),
    ("[0, 1]", ["[0, 1]"], None),
    ("[0, 1]", ["[1, 1]", "[0, 1)"], None),
    ("[0, 2]", ["[0, 1)", "[1, 1]", "(1, 2]"], None),
    ("(-inf, inf)", ["(-inf, 0)", "[0, inf)"], None),
    ("[0, 1]", [], "没有任何档次"),
    ("[0, 2]", ["[0, 1)", "(1, 2]"], "空档"),
    ("[0, 2]", ["[0, 1]", "[1, 2]"], "重叠"),
    ("[0, 3]", ["[0, 1]", "[2, 3]"], "空档"),
    ("[0, 3]", ["[0, 2]", "[1, 3]"], "重叠"),
    ("[0, 3]", ["[0, 3]", "[1, 2]"], "重叠"),
    ("[0, 1]", ["[0, 1]", "[0, 1]"], "重叠"),
    ("[0, 1]", ["[0, 1]", "[1, 1]"], "重叠"),
    ("[0, 1]", ["(0, 1]"], "下端"),
    ("[0, 1]", ["[0.1, 1]"], "下端"),
    ("(0, 1]", ["[0, 1]"], "下端"),
    ("(-inf, 1]", ["[0, 1]"], "下端"),
    ("[0, 1]", ["[0, 1)"], "上端"),
    ("[0, 1]", ["[0, 0.9]"], "上端"),
    ("[0, 1]", ["[0, inf)"], "上端"),
    ("[0, inf)", ["[0, 1]"], "上端"),
    ("[0, inf)", ["[0, inf)", "(1, inf)"], "重叠"),
]


@pytest.mark.parametrize(("domain", "written", "fault"), PARTITIONS)
def test_gaps_and_overlaps_are_found_in_whatever_order_the_tiers_stand(
    domain: str, written: list[str], fault: str | None
) -> None:
    for order in (written, written[::-1]):
        found = partition_fault([parse_interval(text) for text in order], parse_interval(domain))
        assert found is None if fault is None else fault in (found or "")
