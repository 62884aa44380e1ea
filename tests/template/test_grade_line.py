"""The line of 评价等级: one box ticked or none, and what counts as that line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jixiao.scoring import GradeBand, Value
from jixiao.workbook.grade_line import grade_line, is_grade_line

from .built import RUBRIC

OPEN = "□ 优 90分≤得分≤100分； □ 良 80分≤得分<90分； □ 中 60分≤得分<80分； □ 差 得分<60分"


def test_no_grade_leaves_all_boxes_open_as_printed() -> None:
    assert grade_line(RUBRIC, None) == OPEN


@pytest.mark.parametrize("band", RUBRIC.bands, ids=lambda band: band.id)
def test_one_box_is_ticked(band: GradeBand) -> None:
    line = grade_line(RUBRIC, band)
    assert line == OPEN.replace(f"□ {band.name}", f"☑ {band.name}")
    assert line.count("☑") == 1


@pytest.mark.parametrize(
    "current",
    [
        None,
        "",
        "  ",
        OPEN,
        *(grade_line(RUBRIC, band) for band in RUBRIC.bands),
        OPEN.replace("□", "☑", 2),
        OPEN.replace("； ", "；\n"),
    ],
)
def test_the_line_with_any_box_ticked_may_be_written_over(current: Value) -> None:
    assert is_grade_line(RUBRIC, current)


@pytest.mark.parametrize(
    "current", ["优", f"{OPEN}（以财政部门核定为准）", Decimal(95), True, date(2024, 1, 1)]
)
def test_what_a_person_wrote_there_stays(current: Value) -> None:
    assert not is_grade_line(RUBRIC, current)
