"""Row heights: an estimate that never cuts a text."""

from __future__ import annotations

import pytest

from jixiao.ooxml.text_height import glyphs_per_line, line_count, lines_height, text_height


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 20, 1),
        (
            "十个字十个字十个字十",
            20,
            1,
        ),  # 20 units × 7 px = 140 px; 10 points are 13.3 px a character
        ("十一个字十一个字十一个", 20, 2),
        ("abcdefghijklmnopqrst", 20, 1),
        ("一\n二\n三", 20, 3),
        ("“”≤①", 4, 2),
        ("任何宽度都至少一字", 0.5, 9),
    ],
)
def test_lines_are_counted_by_the_width_of_the_characters(
    text: str, width: float, lines: int
) -> None:
    assert line_count(text, width, 10) == lines


def test_smaller_type_takes_more_characters() -> None:
    assert glyphs_per_line(20, 9) > glyphs_per_line(20, 10)


def test_height_grows_with_the_lines() -> None:
    assert text_height("一\n二", 20, 10) == lines_height(2, 10) > lines_height(1, 10)
