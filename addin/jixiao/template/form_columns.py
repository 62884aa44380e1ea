"""The eleven printed columns of 自评表."""

from __future__ import annotations

from enum import IntEnum


class Column(IntEnum):
    """The columns from left to right."""

    PRIMARY = 0
    PRIMARY_POINTS = 1
    SECONDARY = 2
    SECONDARY_POINTS = 3
    NAME = 4
    POINTS = 5
    EXPLANATION = 6
    SENTENCE = 7
    SCORE = 8
    REASON = 9
    EVIDENCE = 10


HEADINGS = (
    "一级指标",
    "分值",
    "二级指标",
    "分值",
    "三级指标",
    "分值",
    "指标解释",
    "评分标准",
    "得分/自评分",
    "评分依据、未达标原因、改进措施",
    "参考佐证材料名称",
)

WIDTHS = (5.0, 4.7, 5.0, 4.7, 13.0, 5.3, 19.0, 46.0, 10.5, 36.0, 15.5)

FIRST, LAST = Column.PRIMARY, Column.EVIDENCE


def width_of(first: int, last: int) -> float:
    """The width of merged columns."""
    return sum(WIDTHS[first : last + 1])
