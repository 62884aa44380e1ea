"""The published case of the seed, scored in the workbook: 97.59, 优."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.workbook import names
from jixiao.workbook.book import read_book
from jixiao.workbook.filling import fill
from workbook.books import (
    CASE,
    RUBRIC,
    SEED_SCORES,
    SEED_TOTAL,
    by_calamine,
    by_openpyxl,
    number_or_text,
    openpyxl_value,
    scores_of,
    seed_book,
)

GRADE_LINE = "☑ 优 90分≤得分≤100分； □ 良 80分≤得分<90分； □ 中 60分≤得分<80分； □ 差 得分<60分"
SUBTOTALS = {
    "duty_performance": Decimal("47.59"),
    "management_efficiency": Decimal(50),
    "overall_performance": Decimal("47.59"),
    "budgeting": Decimal(3),
    "budget_execution": Decimal(4),
    "information_disclosure": Decimal(4),
    "performance_management": Decimal(15),
    "procurement_management": Decimal(10),
    "asset_management": Decimal(10),
    "operating_cost": Decimal(4),
}
EXECUTION_RATE, NO_PROJECT = "budget_execution_rate", "ex_ante_evaluation"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("case") / "表.xlsx"
    path.write_bytes(seed_book())
    fill(read_book(path))
    return path.read_bytes()


def test_each_row_has_the_published_score_in_both_readers(filled: bytes) -> None:
    book = by_openpyxl(filled)
    with_openpyxl = [
        openpyxl_value(book, filled, names.score_name(row.id)) for row in RUBRIC.indicators
    ]
    assert tuple(map(number_or_text, with_openpyxl)) == SEED_SCORES
    assert tuple(map(number_or_text, scores_of(filled))) == SEED_SCORES


def test_total_is_97_59_in_both_readers(filled: bytes) -> None:
    assert sum(SEED_SCORES) == SEED_TOTAL
    assert number_or_text(by_calamine(filled, names.TOTAL)) == SEED_TOTAL
    assert number_or_text(openpyxl_value(by_openpyxl(filled), filled, names.TOTAL)) == SEED_TOTAL


def test_grade_line_ticks_excellent_and_nothing_else(filled: bytes) -> None:
    assert by_calamine(filled, names.GRADE) == GRADE_LINE
    assert openpyxl_value(by_openpyxl(filled), filled, names.GRADE) == GRADE_LINE


@pytest.mark.parametrize("heading", SUBTOTALS)
def test_subtotal_is_the_sum_of_its_rows(filled: bytes, heading: str) -> None:
    found = by_calamine(filled, names.subtotal_name(heading))
    assert number_or_text(found) == SUBTOTALS[heading]


def test_full_rows_give_no_reason(filled: bytes) -> None:
    full = [row.id for row in RUBRIC.indicators if row.id not in {EXECUTION_RATE, NO_PROJECT}]
    reasons = {by_calamine(filled, names.reason_name(row)) for row in full}
    assert reasons == {"无"}


def test_row_without_a_case_says_that_it_is_full_by_custom(filled: bytes) -> None:
    reason = str(by_calamine(filled, names.reason_name(NO_PROJECT)))
    assert reason.startswith("【自动】")
    assert "本年度未涉及，按惯例得满分" in reason


def test_execution_rate_gives_its_arithmetic_and_the_sentence(filled: bytes) -> None:
    reason = str(by_calamine(filled, names.reason_name(EXECUTION_RATE)))
    assert reason.startswith("【自动】")
    for words in ("75.86%", "7.59", "得分=年度平均执行率*本指标分值", "请补填各月执行率"):
        assert words in reason


def test_each_row_of_the_companion_table_has_rate_points_and_score(filled: bytes) -> None:
    def shown(place: int) -> tuple[object, ...]:
        fields = ("rate", "settled_points", "score")
        return tuple(number_or_text(by_calamine(filled, f"{place}.{field}")) for field in fields)

    third, half = Decimal("6.67"), Decimal(10)
    assert shown(0) == (Decimal("1.1"), third, third)
    assert shown(1) == (Decimal("1.1"), third, third)
    assert shown(2) == (Decimal("1.125"), Decimal("6.66"), Decimal("6.66"))
    assert shown(40) == (Decimal(1), half, half)
    assert shown(41)[1:] == (half, half)
    assert shown(3) == (None, None, None)


def test_figures_that_print_does_not_give_are_marked_as_examples(filled: bytes) -> None:
    remarks = {key: str(by_calamine(filled, names.remark_name(key))) for key in CASE.inputs}
    given = remarks.pop("annual_execution_rate")
    assert given.startswith("公开表")
    assert "75.86%" in given
    assert set(remarks.values()) == {"示例"}
    assert len(remarks) == len(CASE.inputs) - 1


def test_companion_figures_say_which_of_them_is_an_example(filled: bytes) -> None:
    for place in (0, 1, 2, 40, 41):
        assert "示例" in str(by_calamine(filled, f"{place}.remark"))


def test_top_block_has_the_published_figures(filled: bytes) -> None:
    published = {
        "department": "广州市番禺区企业建设服务中心",
        "total_budget": Decimal("434.56"),
        "basic_expenditure": Decimal("174.7"),
        "project_expenditure": Decimal("154.99"),
    }
    for field, value in published.items():
        assert number_or_text(by_calamine(filled, names.basic_name(field))) == value


def test_evidence_stays_empty_for_people(filled: bytes) -> None:
    assert {by_calamine(filled, names.evidence_name(row.id)) for row in RUBRIC.indicators} == {""}


def test_seed_book_is_not_scored_before_it_is_filled(tmp_path: Path) -> None:
    assert set(scores_of(seed_book())) == {""}
