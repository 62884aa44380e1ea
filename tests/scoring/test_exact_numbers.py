"""The number functions: how figures enter, are compared, rounded, split and written out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.scoring.numbers import (
    Ratio,
    equal_split,
    from_float,
    grouped,
    is_plausible,
    percent,
    plain,
    total,
)

from .department import RUBRIC, D, F, half_up

CENT = D("0.01")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (0.7585, "0.7585"),
        (1.1 * 3, "3.3"),
        (434.56, "434.56"),
        (0.57 * 100, "57"),
        (1 / 3, "0.333333333333333"),
        (123456789012345.0, "123456789012345"),
        (1e-7, "0.0000001"),
        (0.0, "0"),
        (-0.0, "0"),
        (-1.5, "-1.5"),
    ],
)
def test_a_float_is_read_as_the_sheet_shows_it(stored: float, shown: str) -> None:
    assert from_float(stored) == D(shown)
    assert plain(from_float(stored)) == shown


@pytest.mark.parametrize("stored", [float("nan"), float("inf"), float("-inf")])
def test_a_float_that_is_no_number_is_refused(stored: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        from_float(stored)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("0", True),
        ("999999999999999.99", True),
        ("-0.01", True),
        ("1E+15", False),
        ("-1E+400", False),
        ("1E-31", False),
        ("NaN", False),
        ("sNaN", False),
        ("-Infinity", False),
        ("1E+1000000", False),
        ("1E-1000000", False),
    ],
)
def test_only_figures_of_this_world_are_plausible(figure: str, expected: bool) -> None:
    assert is_plausible(D(figure)) is expected


# (numerator, denominator, step, rounded, source)
ROUNDED = [
    ("7.585", "1", "0.01", "7.59", "a tie goes up"),
    ("84.125", "1", "0.01", "84.13", "a tie goes up, where half-even gives 84.12"),
    ("84.135", "1", "0.01", "84.14", "a tie goes up"),
    ("0.005", "1", "0.01", "0.01", "the least tie"),
    ("0.0049999", "1", "0.01", "0", "below the least tie"),
    ("-0.005", "1", "0.01", "-0.01", "a tie goes away from zero"),
    ("-0.0049", "1", "0.01", "0", "below the tie, negative"),
    ("2", "3", "0.01", "0.67", "a quotient that does not end"),
    ("1", "3", "0.01", "0.33", "a quotient that does not end"),
    ("1", "8", "0.01", "0.13", "0.125 is a tie"),
    ("714", "816", "0.01", "0.88", "119 / 816 x 6 = 0.875 is a tie"),
    ("7", "2", "1", "4", "a tie at whole points"),
    ("0.07", "1", "0.02", "0.08", "3.5 steps of 0.02"),
    ("123456789012344.995", "1", "0.01", "123456789012345", "a tie far from zero"),
    ("0.00499999999999999999999999999999", "1", "0.01", "0", "30 digits below the tie"),
    ("-0.00499999999999999999999999999999", "1", "0.01", "0", "30 digits below the tie"),
]


@pytest.mark.parametrize(("numerator", "denominator", "step", "expected", "source"), ROUNDED)
def test_a_quotient_is_rounded_half_up_to_a_step(
    numerator: str, denominator: str, step: str, expected: str, source: str
) -> None:
    assert Ratio(D(numerator), D(denominator)).rounded(D(step)) == D(expected), source


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(7, 2, 3), (-7, 2, -4), (-8, 2, -4), (0, 5, 0), (-1, 3, -1), (1, 3, 0)],
)
def test_floor_goes_down_for_negative_quotients_too(
    numerator: int, denominator: int, expected: int
) -> None:
    assert Ratio(D(numerator), D(denominator)).floor() == expected


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_ratio_needs_a_positive_denominator(denominator: int) -> None:
    with pytest.raises(ValueError, match="denominator"):
        Ratio(D(1), D(denominator))


def test_a_quotient_is_compared_without_being_evaluated() -> None:
    third = Ratio(D(1), D(3))
    assert third.compare(D("0." + "3" * 60)) == 1
    assert third.compare(D("0." + "3" * 59 + "4")) == -1
    assert Ratio(D("0.3"), D(3)).compare(D("0.1")) == 0


def test_the_product_comes_before_the_quotient() -> None:
    product = Ratio(D(119), D(816)).times(D(6))
    assert F(product.numerator) / F(product.denominator) == F("0.875")


def test_quotients_of_different_denominators_add_up_exactly() -> None:
    added = Ratio(D(1), D(3)).plus(Ratio(D(1), D(6)))
    assert added.compare(D("0.5")) == 0


@pytest.mark.parametrize(
    ("amount", "count", "expected"),
    [
        ("20", 3, ["6.67", "6.67", "6.66"]),
        ("20", 7, ["2.86"] * 5 + ["2.85"] * 2),
        ("20", 9, ["2.23"] * 2 + ["2.22"] * 7),
        ("20", 40, ["0.50"] * 40),
        ("20", 1, ["20"]),
        ("0.02", 3, ["0.01", "0.01", "0"]),
    ],
)
def test_an_equal_split_foots_with_the_larger_parts_first(
    amount: str, count: int, expected: list[str]
) -> None:
    parts = equal_split(D(amount), count, CENT)
    assert parts == tuple(D(part) for part in expected)
    assert sum(parts) == D(amount)


@pytest.mark.parametrize(
    ("numerator", "denominator", "thresholds", "expected"),
    [
        ("0.12", "1", (), "12.00%"),
        ("1", "3", (), "33.33%"),
        ("0.75865", "1", (), "75.87%"),
        ("12.5", "1", (), "1,250.00%"),
        ("-0.05", "1", ("0",), "-5.00%"),
        ("0.1", "1", ("0.1",), "10.00%"),
        ("0.10004", "1", ("0.1",), "10.004%"),
        ("0.0999999", "1", ("0.1",), "9.99999%"),
        ("0.59999", "1", ("0.6", "1"), "59.999%"),
        ("0.999999", "1", ("1",), "99.9999%"),
        ("1.500001", "1", ("1.5",), "150.0001%"),
        ("0.000001", "1", ("0",), "0.0001%"),
        ("299999999999999", "2000000000000000", ("0.15",), "14.99999999999995%"),
        ("0.10000000000000000001", "1", ("0.1",), "10.000000000000000001%"),
    ],
)
def test_a_rate_is_never_shown_on_the_wrong_side_of_a_threshold(
    numerator: str, denominator: str, thresholds: tuple[str, ...], expected: str
) -> None:
    rate = Ratio(D(numerator), D(denominator))
    assert percent(rate, map(D, thresholds)) == expected


@pytest.mark.parametrize(
    ("figure", "as_amount", "as_figure"),
    [
        ("1000", "1,000.00", "1000"),
        ("1E+3", "1,000.00", "1000"),
        ("1234567.5", "1,234,567.50", "1234567.5"),
        ("0", "0.00", "0"),
        ("-0", "0.00", "0"),
        ("0.500", "0.50", "0.5"),
        ("19.940", "19.94", "19.94"),
        ("0.0001", "0.0001", "0.0001"),
        ("-1234.5", "-1,234.50", "-1234.5"),
        ("100", "100.00", "100"),
    ],
)
def test_amounts_are_grouped_and_other_figures_plain(
    figure: str, as_amount: str, as_figure: str
) -> None:
    assert (grouped(D(figure)), plain(D(figure))) == (as_amount, as_figure)


@pytest.mark.parametrize(("points", "grade"), [(90, "优"), (80, "良"), (60, "中"), (0, "差")])
def test_a_total_built_from_cents_reaches_its_grade_and_one_cent_less_does_not(
    points: int, grade: str
) -> None:
    added = total([CENT] * (points * 100))
    assert added == points
    assert RUBRIC.grade(added).name == grade
    if points:
        assert RUBRIC.grade(total((added, -CENT))).name != grade


@pytest.mark.parametrize(
    ("parts", "points"),
    [
        ([0.1] * 600, 60),
        ([6.67, 6.67, 6.66] * 4, 80),
        ([7.59, 0.41, 1.5, 0.5] * 9, 90),
        ([0.07, 0.03] * 900, 90),
    ],
)
def test_a_sum_of_cells_that_floats_would_miss_keeps_its_grade(
    parts: list[float], points: int
) -> None:
    added = total(from_float(part) for part in parts)
    assert added == points
    assert RUBRIC.grade(added) is RUBRIC.grade(D(points))


@pytest.mark.parametrize("added", ["100.01", "-0.01"])
def test_a_total_outside_the_scale_has_no_grade(added: str) -> None:
    with pytest.raises(ValueError, match="等级"):
        RUBRIC.grade(D(added))


def test_every_cent_of_the_scale_has_its_grade() -> None:
    bands = {"优": (9000, 10000), "良": (8000, 8999), "中": (6000, 7999), "差": (0, 5999)}
    for name, (low, high) in bands.items():
        graded = {RUBRIC.grade(Decimal(cents).scaleb(-2)).name for cents in range(low, high + 1)}
        assert graded == {name}


def test_the_tests_own_rounding_is_half_up() -> None:
    assert [half_up(F(text)) for text in ("0.005", "0.0049", "84.125", "2/3")] == [
        D("0.01"),
        D("0.00"),
        D("84.13"),
        D("0.67"),
    ]
