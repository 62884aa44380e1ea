"""Functions that know more than one standard: named last, or before the row."""

from __future__ import annotations

import pytest

from jixiao.function_table import FUNCTIONS
from jixiao.scoring import DEFAULT_RUBRIC, evaluate, shipped_rubric
from jixiao.udfs import (
    JX_COMPLETION_SCORE,
    JX_COMPLETION_TABLE,
    JX_GRADE,
    JX_QUALITATIVE_SCORE,
    JX_REASON,
    JX_SCORE,
    JX_TOTAL,
)
from jixiao.workbook.machine_text import reason
from scoring.department import D
from scoring.projects import PROJECT_RUBRICS, money, project_row

from .companion import BLANK, columns, row

PROJECT = "mof-project"
MONEY = ([19.94, None, None], [None, None, None], [18.1, None, None], "年初预算数")

NAMED = [name for name, f in FUNCTIONS.items() if f.arguments[-1].name == "standard"]


def test_they_are_those_whose_rule_differs_from_standard_to_standard() -> None:
    assert NAMED == ["JX_COMPLETION_SCORE", "JX_QUALITATIVE_SCORE", "JX_TOTAL", "JX_GRADE"]
    for name in NAMED:
        assert FUNCTIONS[name].arguments[-1].is_optional


@pytest.mark.parametrize("standard", [None, "", " ", DEFAULT_RUBRIC])
def test_without_a_standard_it_is_the_department_s(standard: object) -> None:
    assert JX_COMPLETION_SCORE(59, 100, 20, None, standard) == 0
    assert JX_COMPLETION_SCORE(151, 100, 20, "≥", standard) == 10
    assert JX_GRADE(97.59, standard) == "优"


@pytest.mark.parametrize("standard", [*PROJECT_RUBRICS, f" {PROJECT} ", [[PROJECT]]])
def test_a_project_s_standard_has_no_floor_and_no_ceiling(standard: object) -> None:
    assert JX_COMPLETION_SCORE(59, 100, 20, None, standard) == 11.8
    assert JX_COMPLETION_SCORE(151, 100, 20, None, standard) == 20


def test_levels_are_those_of_the_standard() -> None:
    level = "部分达成并具有一定效果"
    assert JX_QUALITATIVE_SCORE(level, 0.55, 10, "mof-project-20-80") == 5.5
    assert str(JX_QUALITATIVE_SCORE(level, 0.55, 10, PROJECT)).startswith("错误：")


def test_total_and_grade_take_it_too() -> None:
    assert JX_TOTAL([10, 46.25], [10, 50], PROJECT) == 56.25
    assert JX_GRADE(90, PROJECT) == "优"
    assert JX_GRADE(89.99, PROJECT) == "良"


def test_a_standard_that_is_none_names_those_that_are() -> None:
    words = "错误：没有评分标准“mof”，现有：mof-project、"
    assert str(JX_GRADE(90, "mof")).startswith(words)
    assert str(JX_SCORE("mof:1", *MONEY)).startswith(words)
    assert str(JX_COMPLETION_TABLE([row()], "mof")).startswith(words)


def test_a_path_is_no_standard() -> None:
    assert str(JX_GRADE(90, "/etc/标准.toml")).startswith("错误：没有评分标准")


def test_the_money_of_a_project_comes_as_ranges() -> None:
    expected = evaluate(
        shipped_rubric(PROJECT), money(year_start_budget=D("19.94"), executed=D("18.1")), []
    ).scores[0]
    for key in (f"{PROJECT}:1", f"{PROJECT}:预算执行率", f"{PROJECT}:执行率"):
        assert JX_SCORE(key, *MONEY) == float(expected.score.value or 0) == 9.08
        assert JX_REASON(key, *MONEY) == reason(expected.score)


def test_the_base_may_be_the_other_and_a_blank_is_the_usual() -> None:
    amounts = ([100, None, None], [80, None, None], [60, None, None])
    assert JX_SCORE("mof-project:1", *amounts, "调整后预算数") == 7.5
    assert JX_SCORE("mof-project:1", *amounts, None) == 6
    assert JX_SCORE("mof-project-10-90:1", *amounts, None) == 7.5


TABLE = [row(actual=59.0), BLANK, row(kind="满意度", name="满意", actual=151.0)]


@pytest.mark.parametrize("given", [(TABLE,), columns(TABLE)])
def test_the_companion_table_takes_it_last(given: tuple[object, ...]) -> None:
    assert JX_COMPLETION_TABLE(*given, PROJECT) == [
        [0.59, 50.0, 29.5],
        ["", "", ""],
        [1.51, 10.0, 10.0],
    ]
    assert JX_SCORE(f"{PROJECT}:2", *given) == 29.5
    assert JX_SCORE(f"{PROJECT}:3", *given) == "待填：指标表中的效益指标"


def test_without_it_the_table_is_a_department_s() -> None:
    """A basis that reads like an id is not taken for one: it is the eleventh column."""
    single = row(actual=59.0, basis=PROJECT)
    assert JX_COMPLETION_TABLE(*(column[0] for column in columns([single]))) == [[0.59, 20.0, 0.0]]
    (line,) = JX_COMPLETION_TABLE([TABLE[2]])
    assert str(line[2]).startswith("错误：类别应为产出、效益，现为“满意度”")


def test_messages_name_the_table_as_the_workbook_does() -> None:
    assert JX_SCORE("mof-project:2") == "待填：指标表"
    assert str(JX_SCORE("mof-project:2", [1.0])).startswith("错误：指标表：应为18列")
    wrong = [row(kind="成本")]
    words = "错误：指标表第1行：类别应为产出、效益、满意度，现为“成本”"
    assert JX_SCORE("mof-project:2", wrong) == words


def test_rows_of_all_kinds_share_one_block() -> None:
    table = [project_row(kind=kind, name=kind) for kind in ("产出", "效益", "满意度")]
    given = [list(column) for column in zip(*table, strict=True)]
    lines = JX_COMPLETION_TABLE(*given, "mof-project-10-90")
    assert [line[1] for line in lines] == [30.0, 30.0, 30.0]
    assert JX_SCORE("mof-project-10-90:2", *given) == 90
