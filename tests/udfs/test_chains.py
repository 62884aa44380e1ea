"""Formulas in formulas: the reason reaches the end, and no number is made up on the way."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from jixiao import udfs
from jixiao.function_table import FUNCTIONS, FunctionSpec

from .companion import row

WORDS = ("待填：实际完成值", "待评：原文缺失", "错误：分母为0", "待填2项、待评1项", "待填", "有误")

# Arguments that give a number, for every function whose figures are single cells.
FIGURES: dict[str, Sequence[object]] = {
    "JX_COMPLETION_RATE": (81, 100, "≥"),
    "JX_COMPLETION_SCORE": (81, 100, 20, "≥"),
    "JX_QUALITATIVE_SCORE": ("达成年度指标", 0.9, 10),
    "JX_EXECUTION_RATE": ([0.5, 0.6],),
    "JX_EXECUTION_SCORE": ([0.5, 0.6], 10),
    "JX_EX_ANTE_SCORE": (5, 2, 3),
    "JX_CARRYOVER_RATIO": (120, 300, 600, 100),
    "JX_CARRYOVER_SCORE": (0.12, 2),
    "JX_DEDUCTION_SCORE": (1, 0.5, 2),
    "JX_CONTRACT_SCORE": (19, 20, 3),
    "JX_SME_SCORE": (4, 5, 1),
    "JX_ASSET_USE_SCORE": (80, 100, 2),
    "JX_EXPENSE_CONTROL_SCORE": (112, 100, 2),
    "JX_THREE_PUBLIC_SCORE": (1.8, 2.5, 2),
    "JX_SCORE": (5, 120, 300, 600, 100),
    "JX_REASON": (5, 120, 300, 600, 100),
    "JX_GRADE": (97.59,),
}

every_place = pytest.mark.parametrize(
    ("function", "place"),
    [(FUNCTIONS[name], place) for name, given in FIGURES.items() for place in range(len(given))],
    ids=lambda value: value.name if isinstance(value, FunctionSpec) else str(value),
)


def test_every_function_is_here_but_those_that_count_or_spill() -> None:
    assert set(FUNCTIONS) - set(FIGURES) == {"JX_TOTAL", "JX_COMPLETION_TABLE"}


@every_place
@pytest.mark.parametrize("words", WORDS)
def test_an_answer_in_words_is_passed_on_from_every_argument(
    function: FunctionSpec, place: int, words: str
) -> None:
    given = list(FIGURES[function.name])
    given[place] = [words, 0.5] if isinstance(given[place], list) else words
    assert function.call(*given) == words


@every_place
def test_an_error_cell_is_wrong_input_in_every_argument(function: FunctionSpec, place: int) -> None:
    for error in ("#DIV/0!", -2146826281):
        given = list(FIGURES[function.name])
        given[place] = [0.5, error] if isinstance(given[place], list) else error
        answer = function.call(*given)
        assert isinstance(answer, str)
        assert answer.startswith(("错误：", "【自动】错误："))
        assert "#DIV/0!" in answer


def test_a_chain_from_the_ratio_to_the_grade() -> None:
    def chain(year_end: object) -> tuple[object, ...]:
        ratio = udfs.JX_CARRYOVER_RATIO(year_end, 300, 600, 100)
        score = udfs.JX_CARRYOVER_SCORE(ratio, 2)
        total = udfs.JX_TOTAL([score, 90], [2, 98])
        return ratio, score, total, udfs.JX_GRADE(total)

    waiting = "待填：年末财政拨款结转和结余决算数"
    assert chain(120) == (0.12, 1.0, 91.0, "优")
    assert chain(None) == (waiting, waiting, "待填1项", "待填1项")
    assert chain("暂无")[2:] == ("有误1项", "有误1项")


def test_row_sixteen_below_ninety_percent_stops_the_total_as_one_that_a_person_must_score() -> None:
    score = udfs.JX_CONTRACT_SCORE(10, 20, 3)
    assert udfs.JX_TOTAL([score, 2], [3, 2]) == "待评1项"


def test_the_scores_of_a_spilled_table_go_into_a_total() -> None:
    lines = udfs.JX_COMPLETION_TABLE([row(), row(name="乙", actual=None)])
    assert isinstance(lines, list)
    total = udfs.JX_TOTAL([line[2] for line in lines], [line[1] for line in lines])
    assert total == "待填1项"


def test_a_failure_of_the_program_is_words_too_and_goes_to_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(udfs, "score_of_row", lambda *_: 1 / 0)
    answer = udfs.JX_SCORE(5, 120, 300, 600, 100)
    assert answer == "错误：程序出错（ZeroDivisionError），请用“诊断”导出信息"
    assert "ZeroDivisionError" in caplog.text


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    answer = udfs.JX_COMPLETION_TABLE([row()])
    assert answer == "错误：没有安装pandas，请重新安装本程序"
