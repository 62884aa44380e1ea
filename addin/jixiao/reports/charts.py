"""Draws the charts of a report as pictures, in a Chinese font of this machine.

Without a Chinese font nothing is drawn: boxes in place of characters help nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jixiao.reports.content import Chart, MoneyChart, RateChart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Plain faces first; the Japanese names are how some programs list the whole Noto collection.
_FONTS = (
    "Microsoft YaHei",
    "SimHei",
    "DengXian",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Heiti SC",
    "SimSun",
    "FangSong",
    "KaiTi",
    "Noto Serif CJK SC",
    "Noto Sans CJK JP",
    "Noto Serif CJK JP",
    "Droid Sans Fallback",
)
_PROBE = "绩效评价"

_WIDTH = 5.9  # inches: the width of the text
_BAR_HEIGHT, _FRAME = 0.34, 0.55
_DOTS_PER_INCH = 200
_SIZE = 9.5

_DARK, _LIGHT, _TRACK, _INK = "#3D5A80", "#98B4D4", "#ECECEC", "#222222"

_LINE_LENGTH, _MOST_LINES = 9, 2
_PLACEHOLDERS = ("〓", "?")


def draw(chart: Chart) -> bytes | None:
    """The chart as PNG, the same bytes for the same chart; None without a Chinese font."""
    font = chinese_font()
    if font is None:
        return None
    if isinstance(chart, RateChart):
        return _rates(chart, font)
    return _money(chart, font)


@cache
def chinese_font() -> str | None:
    """The name of a Chinese font of this machine, None where there is none."""
    fonts = _font_manager()
    names = {entry.name for entry in fonts.fontManager.ttflist}
    known = (name for name in _FONTS if name in names)
    others = (name for name in sorted(names) if name not in _FONTS)
    return next((name for name in (*known, *others) if _has(name, _PROBE)), None)


def _font_manager() -> Any:
    # It reports in English that it looks for fonts, which takes a while when it runs first.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib import font_manager  # noqa: PLC0415  # a second to import

    return font_manager


def _has(font: str, text: str) -> bool:
    """Whether a font has every character of a text."""
    fonts = _font_manager()
    try:
        face = fonts.get_font(fonts.findfont(font, fallback_to_default=False))
    except (OSError, RuntimeError, ValueError):
        return False
    return all(face.get_char_index(ord(character)) for character in text)


def _rates(chart: RateChart, font: str) -> bytes:
    figure, axes = _canvas(len(chart.bars))
    lengths = [float(bar.length.numerator / bar.length.denominator) for bar in chart.bars]
    whole = max(1.0, *lengths)
    places = range(len(lengths))
    axes.barh(places, [whole] * len(lengths), height=0.56, color=_TRACK)
    axes.barh(places, lengths, height=0.56, color=_DARK)
    for place, bar in enumerate(chart.bars):
        _write(axes, whole * 1.02, place, bar.figure, font)
    _label(axes, [bar.label for bar in chart.bars], font)
    axes.set_xlim(0, whole)
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    return _png(figure)


def _money(chart: MoneyChart, font: str) -> bytes:
    figure, axes = _canvas(2 * len(chart.pairs) + 1)
    budgets = [float(p.budget.numerator / p.budget.denominator) for p in chart.pairs]
    spent = [float(p.executed.numerator / p.executed.denominator) for p in chart.pairs]
    most = max(*budgets, *spent, 0.0) or 1.0
    for place, pair in enumerate(chart.pairs):
        for offset, length, text, colour in (
            (-0.2, budgets[place], pair.budget_figure, _LIGHT),
            (0.2, spent[place], pair.executed_figure, _DARK),
        ):
            axes.barh([place + offset], [length], height=0.3, color=colour)
            _write(axes, length + most * 0.015, place + offset, text, font)
    _label(axes, [pair.label for pair in chart.pairs], font)
    axes.set_xlim(0, most)
    axes.set_ylim(len(chart.pairs) - 0.5, -0.5)
    _legend(figure, chart, font)
    return _png(figure)


def _legend(figure: Figure, chart: MoneyChart, font: str) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415

    words = ((chart.budget_word, _LIGHT), (chart.executed_word, _DARK))
    patches = [Patch(color=colour, label=f"{word}（{chart.unit}）") for word, colour in words]
    properties = {"family": [font], "size": _SIZE}
    figure.legend(
        handles=patches, loc="outside upper right", ncols=2, frameon=False, prop=properties
    )


def _canvas(rows: float) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(_WIDTH, _BAR_HEIGHT * rows + _FRAME / 2), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_axis_off()
    return figure, axes


def _label(axes: Axes, labels: Sequence[str], font: str) -> None:
    for place, label in enumerate(labels):
        text = _drawable(_in_lines(label), font)
        axes.annotate(
            text,
            (0, place),
            xytext=(-6, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            family=[font],
            size=_SIZE,
            color=_INK,
            parse_math=False,
            annotation_clip=False,
        )


def _write(axes: Axes, x: float, y: float, text: str, font: str) -> None:
    axes.annotate(
        _drawable(text, font),
        (x, y),
        ha="left",
        va="center",
        family=[font],
        size=_SIZE,
        color=_INK,
        parse_math=False,
        annotation_clip=False,
    )


def _in_lines(label: str) -> str:
    """A label in two lines at the most; what is longer is cut."""
    one_line = " ".join(label.split())
    most = _LINE_LENGTH * _MOST_LINES
    if len(one_line) > most:
        one_line = one_line[: most - 1] + "…"
    starts = range(0, len(one_line), _LINE_LENGTH)
    return "\n".join(one_line[start : start + _LINE_LENGTH] for start in starts)


def _drawable(text: str, font: str) -> str:
    """A text with a sign in place of each character that the font lacks."""
    lacking = {c for c in text if c != "\n" and not _has(font, c)}
    if not lacking:
        return text
    sign = next(sign for sign in _PLACEHOLDERS if _has(font, sign))
    return "".join(sign if c in lacking else c for c in text)


def _png(figure: Figure) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
    return buffer.getvalue()
