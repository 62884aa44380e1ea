"""The line of 评价等级: all grades with their totals, the box of one ticked or none."""

from __future__ import annotations

from jixiao.scoring.inputs import Value, is_blank
from jixiao.scoring.rubric import GradeBand, Rubric

TICKED, OPEN = "☑", "□"

# People tick by hand in many ways.
_BOXES = frozenset("☑□☐☒■√✓✔")


def grade_line(rubric: Rubric, ticked: GradeBand | None) -> str:
    """The printed line, such as 「☑ 优 90分≤得分≤100分； □ 良 80分≤得分<90分； …」.

    ``ticked`` is the grade reached; None leaves every box open, as on an unfilled form.
    """
    return "； ".join(
        f"{TICKED if band == ticked else OPEN} {band.name} {band.words}" for band in rubric.bands
    )


def is_grade_line(rubric: Rubric, current: Value) -> bool:
    """Whether a cell may be given the line: it is blank or holds it, whichever box is ticked."""
    if is_blank(current):
        return True
    return isinstance(current, str) and _bare(current) == _bare(grade_line(rubric, None))


def _bare(line: str) -> str:
    return "".join(mark for mark in line if mark not in _BOXES and not mark.isspace())
