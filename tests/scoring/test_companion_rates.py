"""One companion row with figures: direction, completion rate, tier; rules 1 and 2 of the standard.

Rate = actual / target. Below 60 %: 0. 60 % to 100 %: rate x points. To 150 %: full. Above: half.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from jixiao.scoring import Provenance, Status, Value

from .department import D, F, companion_row, half_up, outcome, row_score

WRONG, WAITS, JUDGED = Status.INVALID_INPUT, Status.MISSING_INPUT, Status.NEEDS_JUDGEMENT
FULL, HALF, NOTHING = F(1), F(1, 2), F(0)

# (nature, target, actual, earned share of the points, source)
SCORED: list[tuple[str, Decimal, Decimal, Fraction, str]] = [
    ("≥", D(10000), D(0), NOTHING, "nothing done"),
    ("≥", D(10000), D(5999), NOTHING, "60 % - 0.0001: 0"),
    ("≥", D(10000), D(6000), F("0.6"), "60 % itself scores"),
    ("≥", D(10000), D(6001), F("0.6001"), "60 % + 0.0001"),
    ("≥", D(10000), D(9999), F("0.9999"), "100 % - 0.0001"),
    ("≥", D(10000), D(10000), FULL, "100 %"),
    ("≥", D(10000), D(10001), FULL, "100 % + 0.0001"),
    ("≥", D(10000), D(14999), FULL, "150 % - 0.0001"),
    ("≥", D(10000), D(15000), FULL, "150 % itself is full"),
    ("≥", D(10000), D(15001), HALF, "150 % + 0.0001: half"),
    ("≥", D(3), D(2), F(2, 3), "no rounded rate"),
    ("≤", D(10000), D(10000), FULL, "met gives full"),
    ("≤", D(10000), D(9999), FULL, "met gives full"),
    ("≤", D(10000), D(1), FULL, "the 150 % rule does not apply"),
    ("≤", D(10000), D(0), FULL, "met gives full"),
    ("≤", D(9999), D(10000), F("0.9999"), "missed gives target / actual"),
    ("≤", D(6001), D(10000), F("0.6001"), "60 % + 0.0001"),
    ("≤", D(6000), D(10000), F("0.6"), "60 % itself scores"),
    ("≤", D(5999), D(10000), NOTHING, "60 % - 0.0001: 0"),
    ("≤", D(0), D(0), FULL, "target 0, actual 0: full"),
    ("≤", D(0), D("0.0001"), NOTHING, "target 0, else 0"),
    ("=", D(10000), D(10000), FULL, "equal gives full"),
    ("=", D("1.50"), D("1.5"), FULL, "equal gives full, however written"),
    ("=", D(10000), D(9999), F("0.9999"), "the smaller quotient: actual / target"),
    ("=", D(9999), D(10000), F("0.9999"), "the smaller quotient: target / actual"),
    ("=", D(10000), D(6000), F("0.6"), "60 % itself scores, below"),
    ("=", D(6000), D(10000), F("0.6"), "60 % itself scores, above"),
    ("=", D(10000), D(5999), NOTHING, "60 % - 0.0001: 0, below"),
    ("=", D(5999), D(10000), NOTHING, "60 % - 0.0001: 0, above"),
    ("=", D(10000), D(0), NOTHING, "actual 0"),
    ("=", D(0), D(0), FULL, "target 0, actual 0: full"),
    ("=", D(0), D(1), NOTHING, "target 0, else 0"),
]


@pytest.mark.parametrize(("nature", "target", "actual", "share", "source"), SCORED)
def test_a_row_earns_the_share_of_its_points_that_its_direction_gives(
    nature: str, target: Decimal, actual: Decimal, share: Fraction, source: str
) -> None:
    row = companion_row(nature=nature, target=target, actual=actual)
    for points in (D(20), D("6.67"), D("0.01")):
        assert outcome(row_score(row, points).score) == half_up(share * F(points)), source


# (nature, target, actual, the rate in print)
RATES: list[tuple[str, Decimal, Decimal, Fraction]] = [
    ("≥", D(100), D(80), F(80, 100)),
    ("≥", D(2400), D(3200), F(3200, 2400)),
    ("≥", D(10), D(0), F(0)),
    ("≤", D(80), D(100), F(80, 100)),
    ("=", D(100), D(80), F(80, 100)),
    ("=", D(80), D(100), F(80, 100)),
    ("=", D(80), D(80), F(1)),
]


@pytest.mark.parametrize(("nature", "target", "actual", "expected"), RATES)
def test_a_row_carries_its_exact_completion_rate(
    nature: str, target: Decimal, actual: Decimal, expected: Fraction
) -> None:
    rate = row_score(companion_row(nature=nature, target=target, actual=actual)).rate
    assert rate is not None
    assert F(rate.numerator) / F(rate.denominator) == expected


# What (target 100, actual 125) and (target 100, actual 80) earn out of 20 in each direction.
AT_LEAST, AT_MOST, EQUAL = (D(20), D(16)), (D(16), D(20)), (D(16), D(16))
SPELLINGS: list[tuple[str | None, tuple[Decimal, Decimal]]] = [
    (None, AT_LEAST),
    ("", AT_LEAST),
    (" ", AT_LEAST),
    ("≥", AT_LEAST),
    (">=", AT_LEAST),
    ("≧", AT_LEAST),
    ("＞=", AT_LEAST),
    ("＞＝", AT_LEAST),
    ("不低于", AT_LEAST),
    ("不少于", AT_LEAST),
    (" ≥ ", AT_LEAST),
    ("≤", AT_MOST),
    ("<=", AT_MOST),
    ("≦", AT_MOST),
    ("＜=", AT_MOST),
    ("不超过", AT_MOST),
    ("不高于", AT_MOST),
    ("=", EQUAL),
    ("＝", EQUAL),
    ("═", EQUAL),
    ("等于", EQUAL),
]


@pytest.mark.parametrize(("spelling", "earned"), SPELLINGS)
def test_a_direction_is_read_in_the_spellings_that_people_use(
    spelling: str | None, earned: tuple[Decimal, Decimal]
) -> None:
    scores = (
        row_score(companion_row(nature=spelling, target=D(100), actual=actual)).score
        for actual in (D(125), D(80))
    )
    assert tuple(outcome(scored) for scored in scores) == earned


@pytest.mark.parametrize("nature", [">", "<", "大约", "100", D(1), True])
def test_an_unknown_direction_is_an_error_and_never_the_default(nature: Value) -> None:
    scored = row_score(companion_row(nature=nature)).score
    assert outcome(scored) is WRONG
    assert [problem.input_id for problem in scored.problems] == ["nature"]


# (cells, what becomes of the row, the cell at fault, source)
FAULTY: list[tuple[dict[str, Value], Status, str, str]] = [
    ({"target": D(0), "actual": D(0)}, WRONG, "target", "target 0 with >=: an error"),
    ({"target": D(0)}, WRONG, "target", "target 0 with >=: an error"),
    ({"target": D(-5), "unit": "%"}, WRONG, "target", "a quotient with a negative base"),
    ({"actual": D(-5), "unit": "个"}, WRONG, "actual", "a number of things below 0"),
    ({"nature": "≤", "target": D(-5), "unit": "万元"}, WRONG, "target", "money below 0"),
    ({"nature": "=", "target": D(-5)}, WRONG, "target", "below 0 without a unit that allows it"),
    ({"actual": "≥95", "unit": "%"}, WRONG, "actual", "an actual typed with its sign"),
    ({"actual": "完成", "unit": "万元"}, WRONG, "actual", "words in a number field"),
    ({"target": "95%"}, WRONG, "target", "a number typed as text"),
    ({"actual": "#REF!"}, WRONG, "actual", "an error of the sheet"),
    ({"actual": True}, WRONG, "actual", "yes is no measurement"),
    ({"target": D("1E+400")}, WRONG, "target", "beyond any target"),
    ({"target": None}, WAITS, "target", "a blank is missing"),
    ({"actual": None}, WAITS, "actual", "a blank is missing, never 0"),
    ({"actual": "  "}, WAITS, "actual", "a blank is missing, never 0"),
    ({"name": " "}, WAITS, "name", "an indicator without its name"),
]


@pytest.mark.parametrize(("cells", "status", "fault", "source"), FAULTY)
def test_a_row_that_cannot_be_computed_says_which_cell_and_has_no_score(
    cells: dict[str, Value], status: Status, fault: str, source: str
) -> None:
    scored = row_score(companion_row(**cells)).score
    assert outcome(scored) is status, source
    assert (*scored.waiting_for, *(problem.input_id for problem in scored.problems)) == (fault,)


# Growth rates may be negative. (nature, target, actual, result, source)
NEGATIVE: list[tuple[str, int, int, Decimal | Status, str]] = [
    ("≥", 5, -3, D(0), "below 60 %"),
    ("≤", -5, -6, D(20), "met gives full"),
    ("≤", -5, -5, D(20), "met gives full"),
    ("≤", 3, -1, D(20), "met gives full"),
    ("=", -5, -5, D(20), "equal gives full"),
    ("≤", -5, -4, JUDGED, "missed, yet -5 / -4 = 125 %: no word on that, never guessed"),
]


@pytest.mark.parametrize(("nature", "target", "actual", "expected", "source"), NEGATIVE)
def test_a_growth_rate_may_be_negative(
    nature: str, target: int, actual: int, expected: Decimal | Status, source: str
) -> None:
    for unit in ("%", "％", "百分点"):
        row = companion_row(nature=nature, target=D(target), actual=D(actual), unit=unit)
        assert outcome(row_score(row).score) == expected, source


@pytest.mark.parametrize("nature", ["≤", "="])
def test_a_direction_on_which_the_print_is_silent_is_marked_as_a_convention(nature: str) -> None:
    for actual in (D(100), D(101)):
        notes = row_score(companion_row(nature=nature, actual=actual)).score.notes
        assert [note.provenance for note in notes] == [Provenance.CONVENTION]


def test_a_row_names_its_tier_and_the_three_that_were_not_hit() -> None:
    scored = row_score(companion_row(actual=D(125))).score
    assert scored.tier == "[100%, 150%]"
    assert len(scored.other_tiers) == 3
