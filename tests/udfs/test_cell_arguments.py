"""What hosts hand over for a cell or a range, and what becomes of it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from jixiao.cell_arguments import Refusal, cells, exact, is_answer_in_words, pass_on, table
from jixiao.scoring import Value

D = Decimal
UTC = datetime.UTC


class ComTime(datetime.datetime):
    """As pywintypes' time: a date and time of its own class, with a time zone."""


class Strange:
    """Nothing that a host hands over."""

    def __str__(self) -> str:
        return "怪"


@pytest.mark.parametrize(
    ("handed_over", "value"),
    [
        (81.0, D(81)),
        (81, D(81)),
        (0.1 + 0.2, D("0.3")),
        (-0.0, D(0)),
        (1e15, D("1e15")),
        (D("12.3456"), D("12.3456")),
        (None, None),
        ("", ""),
        ("文字", "文字"),
        (True, True),
        (False, False),
        (datetime.date(2023, 12, 30), datetime.date(2023, 12, 30)),
        (datetime.datetime(2023, 12, 30, 23, 59), datetime.date(2023, 12, 30)),
        (ComTime(2023, 12, 30, 8, tzinfo=UTC), datetime.date(2023, 12, 30)),
        (float("nan"), "#NUM!"),
        (float("inf"), "#NUM!"),
        (D("NaN"), "#NUM!"),
        (D("sNaN"), "#NUM!"),
        (D("-Infinity"), "#NUM!"),
        (10**400, "#NUM!"),
        (Strange(), "怪"),
        ([5.0], D(5)),
        (((5.0,),), D(5)),
        ([["x"]], "x"),
    ],
)
def test_one_cell(handed_over: object, value: Value) -> None:
    found = exact(handed_over)
    assert found == value
    assert type(found) is type(value)


# Microsoft's table of cell error values: CVErr(2000) is #NULL!, 2007 #DIV/0!, 2015 #VALUE!,
# 2023 #REF!, 2029 #NAME?, 2036 #NUM!, 2042 #N/A; as an HRESULT 0x800A0000 plus that number.
@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2000, "#NULL!"),
        (2007, "#DIV/0!"),
        (2015, "#VALUE!"),
        (2023, "#REF!"),
        (2029, "#NAME?"),
        (2036, "#NUM!"),
        (2042, "#N/A"),
        (2045, "#SPILL!"),
        (2050, "#CALC!"),
    ],
)
def test_an_error_cell_as_com_hands_it_over_becomes_its_text(number: int, text: str) -> None:
    raw = 0x800A0000 + number - 2**32
    assert exact(raw) == text
    # a number of the same size in a cell is a float, and stays a number
    assert exact(float(raw)) == D(raw)


@pytest.mark.parametrize("several", [[1.0, 2.0], ((1.0,), (2.0,)), [], [[]]])
def test_several_cells_where_one_belongs_are_refused(several: object) -> None:
    with pytest.raises(Refusal, match="此处应为一个单元格"):
        exact(several)


@pytest.mark.parametrize(
    ("handed_over", "found"),
    [
        (1.0, [D(1)]),
        ([1.0, None, "x"], [D(1), None, "x"]),
        (((1.0,), (None,), ("x",)), [D(1), None, "x"]),
        ([[1.0, None], ["x", True]], [D(1), None, "x", True]),
        ((1.0, [2.0, [3.0]], ((4.0,),)), [D(1), D(2), D(3), D(4)]),
        ([], []),
    ],
)
def test_a_range_row_by_row(handed_over: object, found: list[Value]) -> None:
    assert cells(handed_over) == found


@pytest.mark.parametrize(
    ("handed_over", "rows"),
    [
        (1.0, [[D(1)]]),
        ([1.0, 2.0], [[D(1), D(2)]]),
        (((1.0, 2.0), (3.0, None)), [[D(1), D(2)], [D(3), None]]),
        ([[1.0, 2.0]], [[D(1), D(2)]]),
        ([], [[]]),
    ],
)
def test_a_range_as_rows(handed_over: object, rows: list[list[Value]]) -> None:
    assert table(handed_over) == rows


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("待填：实际完成值", True),
        ("待评：原文缺失", True),
        ("错误：应填数字", True),
        ("待填", True),
        ("待评", True),
        ("有误", True),
        ("待填2项、待评1项", True),
        ("有误3项", True),
        (" 待填 ", True),
        ("待评审后确定", False),
        ("错误率低于1%", False),
        ("待填报单位核实", False),
        ("", False),
        ("#N/A", False),
        (None, False),
        (D(5), False),
        (True, False),
    ],
)
def test_which_words_stand_for_a_number(text: Value, is_answer: bool) -> None:
    assert is_answer_in_words(text) is is_answer


def test_the_first_answer_in_words_is_passed_on_as_it_stands() -> None:
    pass_on(None, D(1), "文字")
    with pytest.raises(Refusal) as refused:
        pass_on(D(1), "待评：原文缺失", "待填：实际完成值")
    assert str(refused.value) == "待评：原文缺失"
