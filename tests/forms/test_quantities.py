"""Figures are taken apart as they are printed, and no figure is made of what is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jixiao.forms import Found, Place, number_of, quantity
from jixiao.scoring.inputs import Value
from jixiao.scoring.natures import Nature

_AT_LEAST, _AT_MOST, _EQUAL = Nature.AT_LEAST, Nature.AT_MOST, Nature.EQUAL


def cell(value: Value) -> Found:
    return Found(value, Place("表", 1, 1))


@pytest.mark.parametrize(
    ("text", "nature", "number", "unit"),
    [
        ("≥95%", _AT_LEAST, "95", "%"),
        ("≧95％", _AT_LEAST, "95", "%"),
        ("＞=10个", _AT_LEAST, "10", "个"),
        ("＞＝10个", _AT_LEAST, "10", "个"),
        ("=>10", _AT_LEAST, "10", ""),
        ("不低于90%", _AT_LEAST, "90", "%"),
        ("不少于 10 次", _AT_LEAST, "10", "次"),
        ("95%以上", _AT_LEAST, "95", "%"),
        ("300公里及以上", _AT_LEAST, "300", "公里"),
        ("超过100人次", _AT_LEAST, "100", "人次"),
        (">90%", _AT_LEAST, "90", "%"),
        ("≤30万元", _AT_MOST, "30", "万元"),
        ("不超过3天", _AT_MOST, "3", "天"),
        ("5%以内", _AT_MOST, "5", "%"),
        ("=100.00%", _EQUAL, "100.00", "%"),
        ("2.6亿元", None, "2.6", "亿元"),
        ("1,234.50元", None, "1234.50", "元"),
        ("１０", None, "10", ""),
        ("－5", None, "-5", ""),
        ("12.30", None, "12.30", ""),
        ("3年", None, "3", "年"),
        ("5次/年", None, "5", "次/年"),
        ("完成300公里", None, "300", "公里"),
        ("达到100%", None, "100", "%"),
        ("100%完成", None, "100", "%"),
        ("10\n个", None, "10", "个"),
    ],
)
def test_a_figure_is_taken_apart(text: str, nature: Nature | None, number: str, unit: str) -> None:
    read = quantity(cell(text))
    assert read == (cell(text), nature, Decimal(number), unit)


@pytest.mark.parametrize(
    "text",
    [
        "完成3次，培训100人",
        "80%-100%",
        "2022年12月30日",
        "2022-12-30",
        "12月底前",
        "2022年",
        "第3批",
        "约300人",
        "有效",
        "全覆盖",
        "1:1",
        "3.5.1",
        "①2次",
        "1,23",
        "百分之九十五",
        "三次",
        "½",
        "10²",
        "٣",
        "1e5",
        "9" * 70,
        "≥",
        "#DIV/0!",
    ],
)
def test_no_figure_is_made_of_a_text_that_is_not_one(text: str) -> None:
    read = quantity(cell(text), "个")
    assert read is not None
    assert (read.number, read.unit) == (None, "")


def test_the_unit_of_the_column_is_for_figures_that_print_none() -> None:
    assert quantity(cell(Decimal(5)), "万元") == (cell(Decimal(5)), None, 5, "万元")
    read = quantity(cell("5元"), "万元")
    assert read is not None
    assert read.unit == "元"


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_a_blank_is_no_quantity(value: Value) -> None:
    assert quantity(cell(value)) is None


def test_a_date_has_no_number() -> None:
    assert quantity(cell(date(2022, 12, 30))) == (cell(date(2022, 12, 30)), None, None, "")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("7.59"), "7.59"),
        ("7.59", "7.59"),
        (" 10 分", None),
        ("10分", "10"),
        ("１０", "10"),
        ("1,000.00", "1000.00"),
        ("20%", "20"),
        ("0", "0"),
        ("-", None),
        ("—", None),
        ("10/10", None),
        ("满分", None),
        (True, None),
        (None, None),
        (Decimal("1e20"), None),
        ("1" * 30, None),
    ],
)
def test_points_and_scores_are_numbers_or_nothing(value: Value, number: str | None) -> None:
    assert number_of(cell(value)) == (None if number is None else Decimal(number))
