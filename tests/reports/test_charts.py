"""The charts: drawn in a Chinese font or not at all, each figure written beside its bar."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest

from jixiao.reports import charts
from jixiao.reports.charts import draw
from jixiao.reports.content import Bar, BarPair, Chart, MoneyChart, RateChart
from jixiao.scoring.numbers import ONE, ZERO, Ratio

HALF = Ratio(ONE, Decimal(2))
RATES = RateChart(
    "图1", (Bar("产出指标", HALF, "50%（25/50）"), Bar("效益指标", Ratio(ONE), "100%"))
)
MONEY = MoneyChart(
    "图2",
    "万元",
    "年初预算数",
    "执行数",
    (BarPair("财政拨款", Ratio(Decimal("19.94")), "19.94", Ratio(Decimal("15")), "15.00"),),
)


def size(png: bytes | None) -> tuple[int, int]:
    assert png is not None
    width, height = struct.unpack(">2I", png[16:24])
    return width, height


@pytest.mark.parametrize("chart", [RATES, MONEY], ids=["rates", "money"])
def test_a_chart_is_a_picture_as_wide_as_the_text(chart: Chart, chinese_font: str) -> None:
    width, height = size(draw(chart))
    assert width == round(5.9 * 200)
    assert 0 < height < width


@pytest.mark.parametrize("chart", [RATES, MONEY], ids=["rates", "money"])
def test_the_same_chart_is_the_same_picture(chart: Chart, chinese_font: str) -> None:
    assert draw(chart) == draw(chart)


def test_more_bars_make_it_higher(chinese_font: str) -> None:
    more = RateChart("图", RATES.bars * 5)
    assert size(draw(more))[1] > size(draw(RATES))[1]


def test_bars_of_nothing_and_beyond_the_whole_are_drawn(chinese_font: str) -> None:
    nothing = BarPair("无", Ratio(ZERO), "0.00", Ratio(ZERO), "0.00")
    assert draw(MoneyChart("图", "万元", "预算数", "执行数", (nothing,)))
    assert draw(RateChart("图", (Bar("超", Ratio(Decimal(2)), "200%"), Bar("", HALF, ""))))


def test_without_a_chinese_font_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "chinese_font", lambda: None)
    assert draw(RATES) is None
    assert draw(MONEY) is None


def test_a_machine_without_chinese_fonts_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_has", lambda font, text: False)
    assert charts.chinese_font.__wrapped__() is None


def test_the_font_found_has_the_characters(chinese_font: str) -> None:
    assert charts._has(chinese_font, "部门整体支出绩效自评得分率预算执行万元（/%）")
    assert not charts._has(chinese_font, "\U0001f600")


def test_characters_that_the_font_lacks_have_a_sign_in_their_place(
    chinese_font: str, recwarn: pytest.WarningsRecorder
) -> None:
    assert charts._drawable("好\U0001f600", chinese_font) in {"好〓", "好?"}
    assert draw(RateChart("图", (Bar("\U0001f600绩效", HALF, "50%"), Bar("$x^2$", HALF, "$"))))
    assert [str(w.message) for w in recwarn if "Glyph" in str(w.message)] == []


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("短", "短"),
        ("一二三四五六七八九十", "一二三四五六七八九\n十"),
        ("字" * 30, "字" * 9 + "\n" + "字" * 8 + "…"),
        ("换\n行", "换 行"),
    ],
)
def test_long_labels_are_two_lines_at_the_most(label: str, lines: str) -> None:
    assert charts._in_lines(label) == lines
