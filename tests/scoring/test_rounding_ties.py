"""One rounding, half up, at 0.01, at the indicator: the ties of every shape that yields quotients.

Each row below is exactly half a cent before rounding; binary floats miss a part of them.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from .department import D, Entries, F, companion_row, half_up, outcome, row_score, score


def _months(*rates: str) -> Entries:
    return {"monthly_execution_rates": (*map(D, rates), *[None] * (12 - len(rates)))}


# (row, inputs, exact score, what yields the tie)
TIES: list[tuple[int, Entries, Fraction, str]] = [
    (3, {"annual_execution_rate": D("0.7585")}, F("0.7585") * 10, "7.585; floats give 7.58"),
    (3, {"annual_execution_rate": D("0.0005")}, F("0.0005") * 10, "0.005"),
    (3, {"annual_execution_rate": D("0.2885")}, F("0.2885") * 10, "2.885"),
    (3, _months("0.7580", "0.7590"), (F("0.7580") + F("0.7590")) / 2 * 10, "the mean is the tie"),
    (3, _months("1.5", "0.517"), (1 + F("0.517")) / 2 * 10, "a capped month in the mean"),
    (3, _months("0", "0", "0.0015"), F("0.0015") / 3 * 10, "a third"),
    (18, {"sme_procurement": D(1), "sme_reserved": D(8)}, F(1, 8), "0.125"),
    (18, {"sme_procurement": D(29), "sme_reserved": D(200)}, F(29, 200), "0.145"),
    (18, {"sme_procurement": D("201"), "sme_reserved": D("200")}, F(1), "capped, no tie left"),
    (
        9,
        {
            "fund_system_share": D("0.602"),
            "duty_division_share": D(1),
            "system_building_basis": "缺",
        },
        F("2.5") * F("0.602") + F("2.5"),
        "4.005: parts are not rounded",
    ),
    (
        11,
        {
            "target_returned": D(0),
            "monitoring_score": D("1.005"),
            "self_evaluation_score": D("1.01"),
            "system_execution_basis": "通知",
        },
        2 + F("1.005") + F("1.01"),
        "4.015",
    ),
]


@pytest.mark.parametrize(("row", "values", "exact", "source"), TIES)
def test_an_indicator_is_rounded_once_half_up(
    row: int, values: Entries, exact: Fraction, source: str
) -> None:
    assert outcome(score(row, values)) == half_up(exact), source


# (points, target, actual, exact score)
ROW_TIES: list[tuple[str, str, str, Fraction]] = [
    ("6.66", "100", "75", F("6.66") * F("0.75")),
    ("6.67", "100", "151", F("6.67") / 2),
    ("0.01", "100", "151", F("0.01") / 2),
    ("10", "2000", "1517", F(10) * F(1517, 2000)),
    ("6", "816", "697", F(6) * F(697, 816)),
    ("1.5", "300", "247", F("1.5") * F(247, 300)),
    ("0.05", "10", "7", F("0.05") * F("0.7")),
]


@pytest.mark.parametrize(("points", "target", "actual", "exact"), ROW_TIES)
def test_a_companion_row_is_rounded_once_half_up(
    points: str, target: str, actual: str, exact: Fraction
) -> None:
    row = companion_row(target=D(target), actual=D(actual))
    assert outcome(row_score(row, D(points)).score) == half_up(exact)


def test_the_ties_are_ties() -> None:
    """But for the rows that say otherwise, each case is half a cent away from both neighbours."""
    exact = [case[2] for case in TIES if "no tie" not in case[3]] + [case[3] for case in ROW_TIES]
    assert [value for value in exact if value * 1000 % 10 != 5] == []
