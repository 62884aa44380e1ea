"""Published project tables score as their rule says; where they differ, the data say why."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from jixiao.scoring import CompanionRow, Evaluation, Status, evaluate, shipped_rubric
from jixiao.scoring.numbers import total

from .department import half_up, outcome
from .projects import D, execution, money, project_row, weighed

DATA = tomllib.loads(
    (Path(__file__).parent / "published_projects.toml").read_text("utf-8"), parse_float=Decimal
)
CASES, MONEY = DATA["case"], DATA["money"]
ROWS = [(part["source"], row) for part in DATA["row"] for row in part["rows"]]
SOURCES = ("printed", "quotient", "why")


def row_of(printed: dict[str, Any]) -> CompanionRow:
    return project_row(**{key: value for key, value in printed.items() if key not in SOURCES})


def expected(printed: dict[str, Any]) -> Decimal:
    """The points, or quotient × points, in whole numbers: independent of the code under test."""
    above, below = printed.get("quotient", (1, 1))
    return half_up(Fraction(above, below) * printed["points"])


def evaluated(case: dict[str, Any]) -> Evaluation:
    rubric = weighed(case["standard"], case.get("points", {}))
    amounts = {k: D(v) for k, v in case["money"].items() if k not in {"base", "printed"}}
    values = money(**amounts, rate_base=case["money"]["base"])
    return evaluate(rubric, values, [row_of(row) for row in case["rows"]])


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_complete_table_has_the_total_that_its_rule_gives(case: dict[str, Any]) -> None:
    found = evaluated(case)
    scores = [row.score.value for row in found.companion]
    assert scores == [expected(row) for row in case["rows"]]
    assert found.scores[0].score.value == D(case["money"]["printed"])
    assert found.total == D(case["total"])
    assert found.grade == found.rubric.grade(D(case["total"]))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_the_printed_total_is_the_sum_of_the_printed_scores(case: dict[str, Any]) -> None:
    printed = [D(row["printed"]) for row in case["rows"]]
    assert total([*printed, D(case["money"]["printed"])]) == D(case["printed_total"])


def test_whatever_differs_from_print_is_explained_and_nothing_else() -> None:
    rows = [row for case in CASES for row in case["rows"]] + [row for _, row in ROWS]
    for row in rows:
        assert (expected(row) != D(row["printed"])) == ("why" in row), row["name"]
    for case in CASES:
        differs = any("why" in row for row in case["rows"])
        assert (D(case["total"]) != D(case["printed_total"])) == differs


@pytest.mark.parametrize(("source", "printed"), ROWS, ids=[row["name"] for _, row in ROWS])
def test_a_row_of_an_incomplete_table_scores_as_the_rule_says(
    source: str, printed: dict[str, Any]
) -> None:
    rule = shipped_rubric("mof-project").indicators[1].rule
    scored = rule.score_row(row_of(printed), D(printed["points"]), D("0.01"))  # type: ignore[union-attr]
    assert outcome(scored.score) == expected(printed), source


@pytest.mark.parametrize("case", MONEY, ids=[case["source"][:40] for case in MONEY])
def test_a_printed_budget_scores_as_its_rate_says(case: dict[str, Any]) -> None:
    values = money(year_start_budget=D(case["budget"]), executed=D(case["executed"]))
    score = execution(values, case["points"]).value
    exact = Fraction(D(case["executed"])) / Fraction(D(case["budget"])) * case["points"]
    assert score == half_up(exact)
    assert (score != D(case["printed"])) == ("why" in case)


def test_words_in_place_of_a_measurement_are_wrong_input() -> None:
    """成本控制数 ≤30万元 with the actual value 完成 (https://dyxrmt.cn/article-157795-21.html)."""
    rule = shipped_rubric("mof-project-10-90").indicators[1].rule
    row = project_row(name="成本控制数", nature="≤", target=30, actual="完成", unit="万元")
    scored = rule.score_row(row, D(90), D("0.01"))  # type: ignore[union-attr]
    assert scored.score.status is Status.INVALID_INPUT
    assert "应填数字，现为“完成”" in scored.score.verdict


def test_a_budget_that_came_within_the_year_needs_the_adjusted_base() -> None:
    """Year-start 0, adjusted 3.36, executed 3.36 (https://dyxrmt.cn/article-157795-21.html)."""
    spent = money(year_start_budget=D(0), adjusted_budget=D("3.36"), executed=D("3.36"))
    assert outcome(execution({**spent, "rate_base": "调整后预算数"})) == 10
    of_year_start = execution(spent)
    assert of_year_start.status is Status.NEEDS_JUDGEMENT
    assert "年初预算数为0" in of_year_start.verdict
