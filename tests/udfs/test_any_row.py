"""JX_SCORE and JX_REASON: any row by number or name, from cells, ranges and mixtures."""

from __future__ import annotations

import pytest

from jixiao import udfs
from jixiao.scoring import evaluate, score_indicator
from jixiao.scoring.numbers import plain
from jixiao.template.form import STAR
from jixiao.udfs import JX_REASON, JX_SCORE
from jixiao.workbook.machine_text import reason
from scoring.department import DEPARTMENT, ROWS, RUBRIC, D

from .companion import BLANK, columns, qualitative, row

CARRYOVER = (120.0, 300.0, 600.0, 100.0)  # 12 %: 1 point

rows_with_inputs = pytest.mark.parametrize("number", DEPARTMENT)


def typed(number: int) -> list[object]:
    """The department's inputs of a row in the order of the rubric, as a host hands them over."""
    found: list[object] = []
    for spec in ROWS[number].inputs:
        value = DEPARTMENT[number].get(spec.id, (None,) * spec.cells)
        cells = value if isinstance(value, tuple) else (value,)
        found += [float(cell) if isinstance(cell, D) else cell for cell in cells]
    return found


@rows_with_inputs
def test_every_row_scores_as_the_engine_does(number: int) -> None:
    expected = score_indicator(RUBRIC, ROWS[number], DEPARTMENT[number])
    assert expected.value is not None
    assert JX_SCORE(number, *typed(number)) == float(expected.value)
    assert JX_REASON(number, *typed(number)) == reason(expected)


@rows_with_inputs
def test_a_row_is_found_by_number_name_and_the_name_as_the_form_prints_it(number: int) -> None:
    name = ROWS[number].name
    expected = JX_SCORE(number, typed(number))
    bare = name.replace("“", "").replace("”", "").replace("（", "(").replace("）", ")")
    for key in (float(number), str(number), name, name + STAR, f" {name} ", f'"{name}"', bare):
        assert JX_SCORE(key, typed(number)) == expected, key


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (None, "待填：指标的序号或名称"),
        ("", "待填：指标的序号或名称"),
        (0.0, "错误：标准中没有“0”这一项"),
        (27.0, "错误：标准中没有“27”这一项"),
        (5.5, "错误：标准中没有“5.5”这一项"),
        (True, "错误：标准中没有“True”这一项"),
        ("没有这项", "错误：标准中没有“没有这项”这一项"),
        ("采购意向", "错误：名称含“采购意向”的不止一项，请写序号：12、13"),
        ("#REF!", "错误：标准中没有“#REF!”这一项"),
    ],
)
def test_a_row_that_is_not_there_or_not_the_only_one(key: object, words: str) -> None:
    assert JX_SCORE(key, *CARRYOVER) == JX_REASON(key, *CARRYOVER) == words


def test_a_part_of_a_name_is_enough_where_it_is_the_only_one() -> None:
    assert JX_SCORE("三公经费", 1.8, 2.5) == JX_SCORE(26, 1.8, 2.5) == 2
    assert JX_SCORE("结转结余", *CARRYOVER) == 1


first, second, third, fourth = CARRYOVER
SHAPES = [
    CARRYOVER,
    (list(CARRYOVER),),
    (CARRYOVER,),
    ([[first], [second], [third], [fourth]],),
    (((first,), (second,), (third,), (fourth,)),),
    ([[first, second], [third, fourth]],),
    (first, [second, third], fourth),
    ([first, second], ((third,), (fourth,))),
    ([[[first, second]], [third, [fourth]]],),  # a ParamArray that arrives nested
    (D("120"), 300, D("600.00"), 100),
]


@pytest.mark.parametrize("values", SHAPES)
def test_cells_ranges_and_mixtures_are_the_same_figures(values: tuple[object, ...]) -> None:
    assert JX_SCORE(5, *values) == 1
    assert JX_REASON(5, *values) == JX_REASON(5, *CARRYOVER)


def test_a_blank_cell_in_a_range_keeps_its_place() -> None:
    assert JX_SCORE(5, [120, None, 600, 100]) == "待填：年初财政拨款结转和结余收入决算数"
    assert JX_SCORE(5, 120) == (
        "待填：年初财政拨款结转和结余收入决算数、一般公共预算财政拨款决算数、"
        "政府性基金预算财政拨款决算数"
    )
    assert str(JX_SCORE(5)).startswith("待填：年末财政拨款结转和结余决算数")


def test_more_figures_than_the_row_has_are_refused() -> None:
    assert JX_SCORE(26, 1.8, 2.5, 1) == "错误：““三公”经费控制情况”最多2个填报数，现为3个"
    assert JX_SCORE(26, [1.8, 2.5, None]) == JX_SCORE(26, 1.8, 2.5, 1)
    # row 5 has two more cells than figures: the score typed by hand and its basis
    assert JX_SCORE(5, *CARRYOVER, None, None) == 1
    assert JX_SCORE(5, *CARRYOVER, 1, "x", 1) == "错误：“结转结余率”最多6个填报数，现为7个"


def test_yes_and_no_are_words_or_booleans_but_never_ones() -> None:
    for yes, no in (("是", "否"), (True, False), (" 是 ", "否")):
        assert JX_SCORE(8, yes, yes) == 2
        assert JX_SCORE(8, yes, no) == 1
    # TRUE and 1 are equal in Python; what was remembered for one must not answer for the other.
    assert str(JX_SCORE(8, 1, 1)).startswith("错误：绩效目标是否在规定时间公开：应填“是”或“否”")
    assert JX_SCORE(8, True, True) == 2
    assert JX_SCORE(20, 1) == 0.5
    assert str(JX_SCORE(20, True)).startswith("错误：")


def test_a_row_that_waits_for_a_person_takes_the_score_typed_by_hand() -> None:
    # row 6: findings, then the score by hand and its basis
    assert JX_SCORE(6, 0) == 2
    assert JX_SCORE(6, 1) == "待评：原文在“1项扣”处截断，每项扣多少分不明"
    assert JX_SCORE(6, 1, 1.5, "按当年通知第三条") == 1.5
    assert JX_SCORE(6, 1, 1.5) == f"待填：{ROWS[6].inputs[-1].label}"
    assert str(JX_SCORE(6, 1, 2.5, "x")).startswith("错误：")


def test_months_then_the_one_figure_or_that_figure_alone() -> None:
    months = [0.5] * 12
    assert JX_SCORE(3, months) == JX_SCORE(3, months, None) == JX_SCORE(3, *months) == 5
    assert JX_SCORE(3, [None] * 12, 0.7586) == JX_SCORE(3, 0.7586) == 7.59
    alone = JX_REASON(3, 0.7586)
    assert alone == JX_REASON(3, [None] * 12, 0.7586)
    assert "以一个年度数代替" in alone


TABLE = [row(), BLANK, row(name="减少天数", actual=81.0), qualitative(), BLANK]


def test_rows_one_and_two_take_the_companion_table() -> None:
    assert JX_SCORE(1, TABLE) == 10 + 8.1
    assert JX_SCORE(2, TABLE) == 20
    assert JX_SCORE("产出指标完成情况", TABLE) == 18.1
    assert "“减少天数”完成率=81÷100=81.00%" in JX_REASON(1, TABLE)
    assert JX_REASON(2, TABLE) == "无"


def test_the_companion_table_comes_as_one_block_as_several_or_as_columns() -> None:
    as_tuples = tuple(tuple(line) for line in TABLE)
    blocks = (TABLE[:2], TABLE[2:])
    one_row_blocks = (TABLE[0], TABLE[2])  # each flat, as a range of one row arrives
    for given in ((as_tuples,), blocks, one_row_blocks, columns(TABLE)):
        assert JX_SCORE(1, *given) == 18.1
        assert JX_REASON(1, *given) == JX_REASON(1, TABLE)


def test_a_table_of_a_single_row_comes_as_eleven_cells() -> None:
    assert JX_SCORE(1, *(column[0] for column in columns([row(actual=81.0)]))) == 16.2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((), "待填：指标完成情况表"),
        (([BLANK],), "待填：指标完成情况表中的产出指标"),
        (
            ([line[:12] for line in TABLE],),
            "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为12列",
        ),
        ((1.0,), "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为1列"),
        (([],), "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为0列"),
        ([*columns(TABLE)[:-1], [None]], "错误：指标完成情况表：各列的行数应相同，现为5、5、5"),
        (
            ([row(), row(kind="产 出")],),
            "错误：指标完成情况表第2行：类别应为产出、效益，现为“产 出”",
        ),
        (
            ([row(kind=None)],),
            "错误：指标完成情况表第1行：类别应为产出、效益，现为“None”",
        ),
        (([row(actual=None)],), "待填：“走访企业”的实际完成值"),
        (([row(points=19.0)],), "错误：“走访企业”的分值：产出指标的分值合计19，应为20"),
    ],
)
def test_a_companion_table_that_cannot_be_scored(values: tuple[object, ...], words: str) -> None:
    answer = JX_SCORE(1, *values)
    assert isinstance(answer, str)
    assert answer.startswith(words)


def test_an_answer_is_short_however_many_rows_wait() -> None:
    table = [row(name=f"第{number}个很长的指标名称", actual=None) for number in range(40)]
    answer = JX_SCORE(1, table)
    assert isinstance(answer, str)
    assert len(answer) == 255
    assert answer.startswith("待填：“第0个很长的指标名称”的实际完成值、")
    assert answer.endswith("…")


def test_a_reason_fits_into_a_cell_however_long_the_basis() -> None:
    assert len(JX_REASON(6, 1, 1.5, "依据" * 20_000)) == 32_767


def test_the_functions_score_by_the_same_rubric_as_the_engine() -> None:
    assert RUBRIC.id == udfs.RUBRIC
    table = evaluate(RUBRIC, {}, ())
    words = [score.score.verdict for score in table.scores]
    assert [JX_SCORE(n, *([TABLE[1:2]] if n < 3 else [])) for n in range(1, 27)] == words
    assert plain(RUBRIC.points) == "100"
