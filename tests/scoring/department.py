"""The shipped rubric, the department of its printed table, and short ways to score a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from jixiao.scoring import (
    CompanionRow,
    Indicator,
    RowScore,
    Score,
    Status,
    Value,
    load_rubric,
    score_indicator,
)
from jixiao.scoring.rules import Completion

D = Decimal
F = Fraction

RUBRIC = load_rubric("panyu-department-2023")
ROWS: dict[int, Indicator] = {row.number: row for row in RUBRIC.indicators}

Entries = dict[str, Value | tuple[Value, ...]]

# The least that has to be typed for the result of the printed table, row by row.
DEPARTMENT: dict[int, Entries] = {
    3: {"annual_execution_rate": D("0.7586")},
    4: {"ex_ante_required": D(4), "ex_ante_missed": D(0)},
    5: {
        "year_end_carryover": D(0),
        "opening_carryover": D(0),
        "general_public_budget": D("329.69"),
        "government_fund_budget": D(0),
    },
    6: {"audit_findings": D(0)},
    7: {
        "budget_published": "是",
        "budget_disclosure_days": D(20),
        "budget_disclosure_findings": D(0),
        "final_accounts_published": "是",
        "final_accounts_disclosure_days": D(20),
        "final_accounts_disclosure_findings": D(0),
    },
    8: {"target_disclosed_on_time": "是", "self_evaluation_disclosed_on_time": "是"},
    9: {"fund_system_share": D(1), "duty_division_share": D(1)},
    10: {
        "warnings_not_handled": D(0),
        "rectification_reported": "是",
        "results_linked_to_budget": "是",
    },
    11: {
        "target_returned": D(0),
        "monitoring_score": D("2.5"),
        "self_evaluation_score": D("2.5"),
        "system_execution_basis": "财政部门评分",
    },
    12: {"intentions_due": D(3), "intentions_published": D(3)},
    13: {"intentions_late": D(0)},
    14: {"internal_control_built": "是"},
    15: {"complaints_upheld": D(0)},
    16: {"contracts_total": D(3), "contracts_on_time": D(3)},
    17: {"contract_filed_on_time": "是"},
    18: {"sme_reserved": D(10), "sme_procurement": D(10)},
    19: {"allocation_excesses": D(0)},
    20: {"overdue_income": D(0)},
    21: {"inventory_done": "是"},
    22: {"asset_data_sound": "是"},
    23: {"asset_rules_exist": "是", "asset_findings": D(0)},
    24: {"assets_in_use": D(95), "assets_total": D(100)},
    25: {"operating_expenses_actual": D(90), "operating_expenses_budget": D(100)},
    26: {"three_public_actual": D(9), "three_public_budget": D(10)},
}


def department_inputs() -> Entries:
    """All inputs of the printed table in one mapping."""
    return {key: value for entries in DEPARTMENT.values() for key, value in entries.items()}


def companion_row(**cells: Value) -> CompanionRow:
    """A 产出 row whose target is met, with ``cells`` in place of its own."""
    usual: dict[str, Value] = {
        "kind": "产出",
        "name": "走访企业次数",
        "nature": "≥",
        "target": D(100),
        "actual": D(100),
    }
    return CompanionRow(**(usual | cells))


def department_companion() -> tuple[CompanionRow, ...]:
    """One met row of each kind."""
    return (companion_row(), companion_row(kind="效益"))


def score(number: int, values: Mapping[str, Value | tuple[Value, ...]]) -> Score:
    """The score of one row from its inputs."""
    return score_indicator(RUBRIC, ROWS[number], values)


def completion(number: int) -> Completion:
    """The rule of row 1 or 2."""
    rule = ROWS[number].rule
    assert isinstance(rule, Completion)
    return rule


def row_score(row: CompanionRow, points: Decimal | int = 20, number: int = 1) -> RowScore:
    """A single companion row scored out of ``points`` by the rule of row ``number``."""
    return completion(number).score_row(row, D(points), RUBRIC.step)


def outcome(scored: Score) -> Decimal | Status:
    """The value; where there is none, the status that says why."""
    return scored.status if scored.value is None else scored.value


def half_up(exact: Fraction | Decimal | int) -> Decimal:
    """An exact score at 0.01, half up, in whole numbers: independent of the code under test."""
    return Decimal(floor(Fraction(exact) * 100 + Fraction(1, 2))).scaleb(-2)


def entries(*ids: str) -> Callable[..., Entries]:
    """A short way to write inputs in a table: ints become decimals, the rest stays as it is."""

    def fill(*values: int | Value) -> Entries:
        return {
            key: D(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for key, value in zip(ids, values, strict=True)
        }

    return fill
