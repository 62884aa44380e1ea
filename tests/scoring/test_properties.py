"""What holds whatever is typed: bounds, sums, direction, units, and no exception."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.scoring import CompanionRow, Evaluation, InputKind, InputSpec, Status, Value, evaluate

from .department import (
    DEPARTMENT,
    ROWS,
    RUBRIC,
    D,
    Entries,
    companion_row,
    department_companion,
    department_inputs,
    outcome,
    row_score,
    score,
)

EXAMPLES = settings(max_examples=50, derandomize=True, database=None, deadline=None)
FEW = settings(EXAMPLES, max_examples=25)


def _scaled(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda number: D(number).scaleb(-places))


# Small whole figures beside fine ones, so that ratios fall on the boundaries of tiers often.
AMOUNTS = st.one_of(st.integers(0, 40).map(D), _scaled(0, 10**9, 4))
VALID: dict[InputKind, st.SearchStrategy[Value]] = {
    InputKind.AMOUNT: AMOUNTS,
    InputKind.COUNT: st.integers(0, 12).map(D),
    InputKind.RATE: st.one_of(st.integers(0, 2).map(D), _scaled(0, 20000, 4)),
    InputKind.SHARE: st.one_of(st.integers(0, 1).map(D), _scaled(0, 10**6, 6)),
    InputKind.SCORE: _scaled(0, 2500, 3),
    InputKind.YES_NO: st.sampled_from(["是", "否", True, False]),
    InputKind.CHOICE: st.sampled_from(["是", "否", "涉密"]),
    InputKind.TEXT: st.just("当年通知"),
}


def _valid(spec: InputSpec) -> st.SearchStrategy[Value | tuple[Value, ...]]:
    one = VALID[spec.kind]
    if spec.cells == 1:
        return one
    return st.lists(st.none() | one, min_size=spec.cells, max_size=spec.cells).map(tuple)


def _values(row: int | None = None) -> st.SearchStrategy[Entries]:
    """Inputs of one row, or of all: in range, parts not above their wholes, no typed scores."""
    indicators = RUBRIC.indicators if row is None else (ROWS[row],)
    specs = {
        spec.id: _valid(spec)
        for indicator in indicators
        for spec in indicator.inputs
        if "_hand_" not in spec.id
    }
    pairs = [pair for indicator in indicators for pair in indicator.contained]

    def contain(values: Entries) -> Entries:
        for part, whole in pairs:
            low, high = values[part], values[whole]
            assert isinstance(low, Decimal)
            assert isinstance(high, Decimal)
            values[part], values[whole] = min(low, high), max(low, high)
        return values

    return st.fixed_dictionaries(specs).map(contain)


@st.composite
def _companion(draw: st.DrawFn) -> CompanionRow:
    nature = draw(st.sampled_from(["≥", "≤", "=", None]))
    kind = draw(st.sampled_from(["产出", "效益"]))
    target = draw(AMOUNTS.filter(bool))
    return companion_row(kind=kind, nature=nature, target=target, actual=draw(AMOUNTS))


TABLES = st.builds(
    lambda values, rows: evaluate(RUBRIC, values, (*rows, *department_companion())),
    _values(),
    st.lists(_companion(), max_size=8),
)


@EXAMPLES
@given(TABLES)
def test_a_scored_row_lies_between_zero_and_its_points_in_whole_cents(table: Evaluation) -> None:
    for scored in [row.score for row in table.scores] + [row.score for row in table.companion]:
        if scored.status not in {Status.SCORED, Status.NOT_APPLICABLE}:
            assert scored.value is None
        else:
            assert scored.value is not None
            assert 0 <= scored.value <= scored.points
            assert scored.value.scaleb(2) % 1 == 0


def _summed(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, D(0)) if len(known) == len(values) else None


@EXAMPLES
@given(TABLES)
def test_sums_are_the_sums_of_rows_and_stay_open_while_a_row_waits(table: Evaluation) -> None:
    assert table.total == _summed([row.score.value for row in table.scores])
    assert (table.total is None) is bool(table.waiting)
    assert (table.grade is None) is (table.total is None)
    values = {row.indicator.id: row.score.value for row in table.scores}
    for subtotal in table.subtotals:
        below = [values[row.id] for row in RUBRIC.rows_of(subtotal.heading)]
        assert subtotal.value == _summed(below)


@FEW
@given(_values(), st.lists(_companion(), max_size=8))
def test_the_same_table_scores_the_same_twice(values: Entries, rows: list[CompanionRow]) -> None:
    assert evaluate(RUBRIC, values, rows) == evaluate(RUBRIC, dict(values), tuple(rows))


AMOUNT_IDS = [key for key, spec in RUBRIC.specs.items() if spec.kind is InputKind.AMOUNT]


@EXAMPLES
@given(_values())
def test_scores_are_the_same_in_yuan_and_in_ten_thousands(values: Entries) -> None:
    in_yuan = dict(values)
    for key in AMOUNT_IDS:
        amount = values[key]
        assert isinstance(amount, Decimal)
        in_yuan[key] = amount * 10000
    for row in range(3, 27):
        assert outcome(score(row, in_yuan)) == outcome(score(row, values))


@EXAMPLES
@given(_companion())
def test_a_companion_row_scores_the_same_in_yuan_and_in_ten_thousands(row: CompanionRow) -> None:
    assert isinstance(row.target, Decimal)
    assert isinstance(row.actual, Decimal)
    in_yuan = companion_row(nature=row.nature, target=row.target * 10000, actual=row.actual * 10000)
    assert outcome(row_score(in_yuan).score) == outcome(row_score(row).score)


# (row, input, what is better)
MONOTONE: list[tuple[int, str, str]] = [
    (3, "annual_execution_rate", "more"),
    (4, "ex_ante_missed", "less"),
    (5, "year_end_carryover", "less"),
    (5, "opening_carryover", "more"),
    (5, "general_public_budget", "more"),
    (7, "budget_disclosure_days", "less"),
    (7, "final_accounts_disclosure_days", "less"),
    (9, "fund_system_share", "more"),
    (9, "duty_division_share", "more"),
    (10, "warnings_not_handled", "less"),
    (11, "monitoring_score", "more"),
    (12, "intentions_published", "more"),
    (13, "intentions_late", "less"),
    (15, "complaints_upheld", "less"),
    (16, "contracts_on_time", "more"),
    (18, "sme_procurement", "more"),
    (19, "allocation_excesses", "less"),
    (20, "overdue_income", "less"),
    (23, "asset_findings", "less"),
    (24, "assets_in_use", "more"),
    (25, "operating_expenses_actual", "less"),
    (25, "operating_expenses_budget", "more"),
    (26, "three_public_actual", "less"),
    (26, "three_public_budget", "more"),
]


@pytest.mark.parametrize(("row", "key", "better"), MONOTONE)
def test_the_good_direction_never_lowers_a_score(row: int, key: str, better: str) -> None:
    @FEW
    @given(_values(row), VALID[RUBRIC.specs[key].kind])
    def holds(values: Entries, other: Value) -> None:
        own = values[key]
        assert isinstance(own, Decimal)
        assert isinstance(other, Decimal)
        low, high = sorted((own, other))
        worse, good = (low, high) if better == "more" else (high, low)
        fixed = {name: value for name, value in values.items() if name != "monthly_execution_rates"}
        before, after = (score(row, fixed | {key: value}).value for value in (worse, good))
        if before is not None and after is not None:
            assert before <= after

    holds()


@EXAMPLES
@given(_values(3), st.integers(0, 11), VALID[InputKind.RATE])
def test_a_higher_month_never_lowers_the_score(values: Entries, place: int, more: Decimal) -> None:
    months = values["monthly_execution_rates"]
    assert isinstance(months, tuple)
    own = months[place] or D(0)
    assert isinstance(own, Decimal)
    reached = [
        score(3, {"monthly_execution_rates": (*months[:place], rate, *months[place + 1 :])}).value
        for rate in sorted((own, more))
    ]
    assert None not in reached
    assert reached == sorted(reached)  # type: ignore[type-var]


@EXAMPLES
@given(AMOUNTS.filter(bool), AMOUNTS, AMOUNTS, st.sampled_from(["≥", "≤"]))
def test_a_better_actual_never_lowers_a_companion_score_up_to_150_percent(
    target: Decimal, one: Decimal, other: Decimal, nature: str
) -> None:
    low, high = sorted((one, other))
    if nature == "≥":
        high = min(high, target * D("1.5"))
        low = min(low, high)
    worse, good = (low, high) if nature == "≥" else (high, low)
    before, after = (
        row_score(companion_row(nature=nature, target=target, actual=actual)).score.value
        for actual in (worse, good)
    )
    assert before is not None
    assert after is not None
    assert before <= after


# Every value that a host's type allows, and every figure that a decimal can hold.
JUNK: dict[str, Value | tuple[Value, ...]] = {
    "none": None,
    "yes": True,
    "no": False,
    "empty": "",
    "words": "不适用",
    "error": "#DIV/0!",
    "long": "很" * 10000,
    "control": "\x00\n\t",
    "zero": D(0),
    "minus zero": D("-0.0"),
    "negative": D(-1),
    "huge": D("1E+400"),
    "beyond the context": D("1E+1000000"),
    "tiny": D("1E-400"),
    "tinier": D("1E-1000000"),
    "infinite": D("-Infinity"),
    "nan": D("NaN"),
    "signalling nan": D("sNaN"),
    "40 digits": D("0." + "3" * 40),
    "250 digits": D("0." + "3" * 250),
    "250 digits above 1": D("1." + "3" * 250),
    "date": date(2023, 1, 1),
    "time": datetime(2023, 1, 1, 12),
    "tuple": (D(1),),
    "empty tuple": (),
    "tuple of junk": (True, "x", D("NaN"), date(2023, 1, 1)),
    "thirteen months": (D("0.5"),) * 13,
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_no_input_whatever_its_value_makes_scoring_fail(junk: Value | tuple[Value, ...]) -> None:
    failed = {}
    for row, key in [(number, spec.id) for number in DEPARTMENT for spec in ROWS[number].inputs]:
        try:
            score(row, DEPARTMENT[row] | {key: junk})
        except Exception as error:  # every failure of every input is to be listed
            failed[key] = type(error).__name__
    assert failed == {}


ONE_CELL = {name: value for name, value in JUNK.items() if not isinstance(value, tuple)}
FIELDS = CompanionRow.__match_args__


@pytest.mark.parametrize("junk", ONE_CELL.values(), ids=ONE_CELL)
def test_no_companion_cell_whatever_its_value_makes_scoring_fail(junk: Value) -> None:
    level: dict[str, Value] = {"level": "达成年度指标", "share": D(1), "basis": "问卷"}
    due: dict[str, Value] = {"target": date(2023, 1, 1), "actual": date(2023, 1, 2)}
    rows: list[dict[str, Value]] = [
        {},
        {"nature": "≤"},
        {"nature": "="},
        {"nature": "=", "unit": "%"},
        {"kind": "效益", "nature": "定性", **level},
        {**due, "hand_score": D(1), "basis": "有"},
    ]
    failed = []
    for place, cells in enumerate(rows):
        for field in FIELDS:
            try:
                evaluate(RUBRIC, {}, [companion_row(**(cells | {field: junk}))])
            except Exception as error:  # every failure of every cell is to be listed
                failed.append((place, field, type(error).__name__))
    assert failed == []


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=12),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=True),
    st.sampled_from([D("NaN"), D("1E+400"), D("-1E+400")]),
)


@EXAMPLES
@given(st.dictionaries(st.sampled_from(sorted(RUBRIC.specs)), ANYTHING, max_size=20))
def test_mixed_junk_in_many_inputs_is_scored_or_named_but_never_raised(junk: Entries) -> None:
    table = evaluate(RUBRIC, department_inputs() | junk, department_companion())
    assert all(isinstance(row.score.explanation, str) for row in table.scores)


@EXAMPLES
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ANYTHING)), max_size=5))
def test_mixed_junk_in_the_companion_table_is_scored_or_named_but_never_raised(
    cells: list[dict[str, Value]],
) -> None:
    rows = [companion_row(**row) for row in cells]
    table = evaluate(RUBRIC, department_inputs(), rows)
    assert table.total is None or 0 <= table.total <= 100
