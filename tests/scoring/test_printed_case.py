"""The regression anchor: the printed table of 广州市番禺区企业建设服务中心 for 2023, 97.59, 优.

Source: 附件3 部门整体支出绩效自评表（无专项资金）(2023年度). Its printed rows sum to 99 points and
96.59, its total says 97.59: the lost row of one point (17) was scored 1.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.scoring import Evaluation, Status, evaluate

from .department import RUBRIC, D, F, department_companion, department_inputs, half_up

# The printed scores of rows 1 to 26, by second-level heading.
PRINTED: dict[str, tuple[Decimal | int, ...]] = {
    "整体效能": (20, 20, D("7.59")),
    "预算编制": (3,),
    "预算执行": (2, 2),
    "信息公开": (2, 2),
    "绩效管理": (5, 3, 7),
    "采购管理": (D("0.5"), D("1.5"), 1, 2, 3, 1, 1),
    "资产管理": (2, 1, 1, 2, 2, 2),
    "运行成本": (2, 2),
}
SCORES = [score for scores in PRINTED.values() for score in scores]


@pytest.fixture(scope="module")
def table() -> Evaluation:
    return evaluate(RUBRIC, department_inputs(), department_companion())


def test_every_row_scores_as_printed(table: Evaluation) -> None:
    assert [row.score.value for row in table.scores] == SCORES


def test_the_total_is_97_59_and_the_grade_excellent(table: Evaluation) -> None:
    assert table.total == D("97.59") == sum(SCORES)
    assert table.grade is not None
    assert (table.grade.id, table.grade.name) == ("EXCELLENT", "优")
    assert (table.waiting, table.waiting_words, table.is_invalid) == ((), "", False)


def test_every_heading_has_the_sum_of_its_rows(table: Evaluation) -> None:
    expected = {name: sum(scores) for name, scores in PRINTED.items()}
    expected |= {"履职效能": D(20) + 20 + D("7.59"), "管理效率": D(50)}
    assert {part.heading.name: part.value for part in table.subtotals} == expected


def test_the_truncated_and_the_rounded_year_end_rate_give_the_printed_score() -> None:
    """75.86 % in print, 329.69 / 434.56 = 75.87 % recomputed: 7.59 both ways."""
    for rate in (F("0.7586"), F("329.69") / F("434.56")):
        assert half_up(rate * 10) == D("7.59")


def test_the_year_end_figure_is_scored_and_warned_about(table: Evaluation) -> None:
    assert "各月" in table.scores[2].score.explanation.split("注：")[1]


def test_without_one_input_there_is_no_total_and_the_waiting_rows_are_counted() -> None:
    values = department_inputs() | {
        "audit_findings": None,
        "complaints_upheld": None,
        "target_returned": D(1),
        "overdue_income": "无",
    }
    table = evaluate(RUBRIC, values, department_companion())
    assert (table.total, table.grade) == (None, None)
    assert [row.indicator.number for row in table.waiting] == [6, 11, 15, 20]
    assert table.waiting_words == "待填2项、待评1项、有误1项"
    assert table.count(Status.SCORED) == 26 - 4


def test_a_heading_waits_only_for_its_own_rows() -> None:
    table = evaluate(RUBRIC, department_inputs() | {"audit_findings": None}, department_companion())
    open_headings = {part.heading.name for part in table.subtotals if part.value is None}
    assert open_headings == {"管理效率", "预算执行"}


def test_the_empty_table_has_no_score_at_all() -> None:
    table = evaluate(RUBRIC, {}, ())
    assert table.count(Status.MISSING_INPUT) == 26
    assert (table.total, table.waiting_words) == (None, "待填26项")


def test_the_weights_are_those_of_the_standard() -> None:
    """But for the rate of execution, out of 10, this department earned every point."""
    points = [20, 20, 10, *SCORES[3:]]
    assert [row.points for row in RUBRIC.indicators] == points
    assert [row.number for row in RUBRIC.indicators] == list(range(1, 27))
    assert RUBRIC.points == sum(points) == 100
