"""JX_COMPLETION_TABLE: the whole companion table in one call, three columns back for each row."""

from __future__ import annotations

import datetime

import pytest

from jixiao.cell_arguments import exact
from jixiao.scoring import CompanionRow, evaluate
from jixiao.udfs import JX_COMPLETION_SCORE, JX_COMPLETION_TABLE, JX_SCORE, JX_TOTAL
from jixiao.workbook.names import COMPANION_ROWS_OF_A_KIND
from scoring.department import RUBRIC

from .companion import BLANK, Row, columns, qualitative, row

NA = "#N/A"


def spilled(*table: Row) -> list[list[object]]:
    answer = JX_COMPLETION_TABLE(list(table))
    assert isinstance(answer, list)
    assert all(type(cell) in (float, str) for line in answer for cell in line)
    return [list(line) for line in answer]


def test_rate_points_and_score_of_each_row_in_its_place() -> None:
    assert spilled(BLANK, row(actual=81.0), BLANK, row(name="乙", nature="≤", actual=120.0)) == [
        ["", "", ""],
        [0.81, 10.0, 8.1],
        ["", "", ""],
        [100 / 120, 10.0, 8.33],
    ]


def test_points_left_blank_are_split_so_that_they_foot() -> None:
    """20 into three: 6.67, 6.67, 6.66."""
    lines = spilled(*(row(name=name) for name in "甲乙丙"), qualitative())
    assert [points for _, points, _ in lines] == [6.67, 6.67, 6.66, 20.0]
    assert [score for _, _, score in lines] == [6.67, 6.67, 6.66, 20.0]


def test_points_as_typed_and_both_kinds_by_their_own_rules() -> None:
    assert spilled(
        row(points=12.5, actual=160.0),
        row(name="乙", points=7.5, actual=59.9),
        qualitative(level="部分达成并具有一定效果", share=0.7),
    ) == [[1.6, 12.5, 6.25], [0.599, 7.5, 0.0], [0.7, 20.0, 14.0]]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"actual": None}, [NA, 20.0, "待填：实际完成值"]),
        ({"name": None}, [NA, 20.0, "待填：三级指标"]),
        ({"actual": "很多"}, [NA, 20.0, "错误：实际完成值：应填数字，现为“很多”"]),
        (
            {"nature": "更多"},
            [NA, 20.0, "错误：指标性质：不认识的指标性质“更多”，应为≥、≤、=或定性"],
        ),
        (
            {"nature": "定性"},
            [NA, 20.0, "待评：原文只为效益指标规定了定性三档，产出指标的定性评分须人工评定"],
        ),
        # scored by hand: a row that has no rate by its nature shows none
        ({"nature": "定性", "hand_score": 18.0, "basis": "评审意见"}, ["", 20.0, 18.0]),
        ({"nature": "定性", "hand_score": 18.0}, [NA, 20.0, "待填：评分依据"]),
        ({"points": 19.0}, [1.0, 19.0, "错误：分值：产出指标的分值合计19，应为20"]),
        ({"points": "二十"}, [NA, NA, "错误：分值：应填数字，现为“二十”"]),
        ({"kind": "满意度"}, [NA, NA, "错误：类别应为产出、效益，现为“满意度”"]),
        ({"kind": None}, [NA, NA, "错误：类别应为产出、效益，现为“None”"]),
    ],
)
def test_a_row_without_a_score_says_why_beside_the_numbers_that_it_lacks(
    changed: dict[str, object], line: list[object]
) -> None:
    found = spilled(row(**changed))[0]
    assert found[1:] == line[1:]
    if line[2] != "错误：分值：产出指标的分值合计19，应为20":
        assert found[0] == line[0]


def test_points_that_only_some_rows_have_are_not_made_up_for_the_others() -> None:
    lines = spilled(row(points=10.0), row(name="乙"))
    assert lines[0][1] == 10.0
    assert lines[1][1] == NA
    assert str(lines[1][2]).startswith("错误：分值：产出指标的分值要么逐行填写")


def test_dates_and_units() -> None:
    lines = spilled(
        row(target=datetime.date(2023, 6, 30), actual=datetime.datetime(2023, 6, 30, 18)),
        row(name="乙", target="2023-06-30", actual="2023年7月1日"),
        row(name="丙", target=-2.0, actual=-3.0, nature="≤", unit="%"),
        row(name="丁", target=2.0, actual=-3.0, unit="个"),
    )
    assert lines[0] == [1.0, 5.0, 5.0]
    assert lines[1] == [NA, 5.0, "待评：原文未说明逾期完成如何计分"]
    assert lines[2] == [1.0, 5.0, 5.0]
    assert str(lines[3][2]).startswith("错误：实际完成值：不能为负数")


def test_the_columns_that_people_type_in_do_as_well_as_the_whole_table() -> None:
    table = [row(actual=81.0), BLANK, qualitative(share=0.85)]
    whole = spilled(*table)
    assert JX_COMPLETION_TABLE(*columns(table)) == whole
    # the cells of the results may hold anything, also what the function itself gave before
    assert spilled(*(row(actual=81.0, rate="x", score="x", settled_points="x") for _ in "1")) == [
        [0.81, 20.0, 16.2]
    ]
    as_ranges_of_one_column = [[[cell] for cell in column] for column in columns(table)]
    assert JX_COMPLETION_TABLE(*as_ranges_of_one_column) == whole


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "待填：指标完成情况表"),
        ((None,), "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为1列"),
        (([[1.0] * 17] * 3,), "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为17列"),
        (([[]],), "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为0列"),
        (([BLANK, BLANK[:5]],), "错误：指标完成情况表：应为18列，从“类别”到“备注”，现为5列"),
        ((*[[1.0, 2.0]] * 10, [1.0]), "错误：指标完成情况表：各列的行数应相同，现为2、2"),
    ],
)
def test_what_is_no_companion_table_is_refused(arguments: tuple[object, ...], words: str) -> None:
    answer = JX_COMPLETION_TABLE(*arguments)
    assert isinstance(answer, str)
    assert answer.startswith(words)


def test_a_table_without_a_row_in_use_is_blank() -> None:
    assert spilled(BLANK, row(name=None, target=None, actual=None)) == [["", "", ""]] * 2


def test_the_full_table_agrees_with_the_engine_and_adds_up_to_the_rows_of_the_form() -> None:
    half = COMPANION_ROWS_OF_A_KIND
    table = [
        row(kind="产出" if n < half else "效益", name=f"指标{n}", actual=55.0 + 1.3 * n)
        for n in range(2 * half)
    ]
    typed = zip(*columns(table), strict=True)
    rows = [CompanionRow(*(exact(cell) for cell in line)) for line in typed]
    engine = evaluate(RUBRIC, {}, rows).companion
    lines = spilled(*table)
    assert [line[1:] for line in lines] == [
        [float(found.score.points), float(found.score.value or 0)] for found in engine
    ]
    for first, last, number in ((0, half, 1), (half, 2 * half, 2)):
        part = lines[first:last]
        added = JX_TOTAL([line[2] for line in part], [line[1] for line in part])
        assert added == JX_SCORE(number, table)
    assert lines[0] == [0.55, 0.5, 0.0] == [0.55, 0.5, JX_COMPLETION_SCORE(55, 100, 0.5)]
