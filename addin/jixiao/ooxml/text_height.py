"""How high a row must be for a text: no program fits rows to the text of merged cells."""

from __future__ import annotations

import unicodedata
from math import ceil

# A unit of column width is a digit of the workbook's standard font, Calibri 11: 7 pixels at 96 dpi.
PIXELS_PER_UNIT = 7
PIXELS_PER_POINT = 96 / 72

# Line to line, in font sizes: 宋体 needs 1.2, the fonts that stand in for it on Linux 1.45.
LEADING = 1.45
PADDING = 4


def glyphs_per_line(width: float, size: float) -> int:
    """How many Chinese characters of ``size`` points stand side by side in ``width`` units."""
    return max(1, int(width * PIXELS_PER_UNIT / (size * PIXELS_PER_POINT)))


def line_count(text: str, width: float, size: float) -> int:
    """In how many lines the text is wrapped."""
    capacity = glyphs_per_line(width, size)
    return sum(max(1, ceil(_glyphs(part) / capacity)) for part in text.split("\n"))


def lines_height(lines: int, size: float) -> float:
    """The height in points of so many lines."""
    return ceil(lines * size * LEADING) + PADDING


def text_height(text: str, width: float, size: float) -> float:
    """The height in points of a cell ``width`` units wide that shows the whole text."""
    return lines_height(line_count(text, width, size), size)


def _glyphs(text: str) -> float:
    # “ambiguous” characters (quotes, ≤, ①) are as wide as Chinese ones in Chinese fonts.
    return sum(1.0 if unicodedata.east_asian_width(mark) in "WFA" else 0.5 for mark in text)
