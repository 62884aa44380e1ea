"""The companion table of performance indicators: its rows, their rates and their points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.inputs import Value, is_blank, number_fault, shown
from jixiao.scoring.natures import parse_nature
from jixiao.scoring.numbers import Ratio, equal_split, plain, total
from jixiao.scoring.score import Problem, Score

ROWS_OF_A_KIND = 40
"""How many rows the table is laid out with for one kind; people may insert more."""

LABELS = {
    "kind": "类别",
    "name": "三级指标",
    "nature": "指标性质",
    "target": "年初目标值",
    "unit": "计量单位",
    "actual": "实际完成值",
    "rate": "完成率",
    "points": "分值",
    "score": "得分",
    "level": "定性档次",
    "share": "定性完成比例",
    "hand_score": "人工得分",
    "basis": "评分依据",
}
"""The fields of a row with the labels that the sheet prints."""


_NOTHING = (None,) * 7
"""What is typed into a row that nobody uses."""


class CompanionRow(NamedTuple):
    """One performance indicator as typed: target and actual with their unit, points if given.

    ``level``, ``share`` and ``basis`` belong to 定性 rows; ``hand_score`` with ``basis`` to rows
    that the standard leaves to judgement.
    """

    kind: Value = None
    name: Value = None
    nature: Value = None
    target: Value = None
    unit: Value = None
    actual: Value = None
    points: Value = None
    level: Value = None
    share: Value = None
    hand_score: Value = None
    basis: Value = None

    @property
    def is_used(self) -> bool:
        """Whether anything but the prefilled kind and nature was typed."""
        typed = (
            self.name,
            self.target,
            self.actual,
            self.points,
            self.level,
            self.share,
            self.hand_score,
        )
        # Most rows of a table are empty, and every one of them is asked several times.
        return typed != _NOTHING and not all(map(is_blank, typed))


class RowScore(NamedTuple):
    """The score of one companion row; ``place`` counts the table's rows from 0."""

    place: int
    row: CompanionRow
    rate: Ratio | None
    score: Score


_TEXT_DATE = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")


def as_date(value: Value) -> date | None:
    """A date cell, or text such as 2022年12月30日 or 2022-12-30; ``None`` for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _TEXT_DATE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def row_faults(row: CompanionRow) -> tuple[Problem, ...]:
    """What is wrong with the cells of one row, whatever rule applies to it."""
    problems = []
    nature = None if row.nature is None else str(row.nature)
    if parse_nature(nature) is None:
        problems.append(
            Problem("nature", f"不认识的指标性质“{shown(row.nature)}”，应为≥、≤、=或定性")
        )
    for field in ("points", "share", "hand_score"):
        value = getattr(row, field)
        if is_blank(value):
            continue
        fault = number_fault(value)
        if not fault and value < 0:
            fault = f"不能为负数，现为{plain(value)}"
        if fault:
            problems.append(Problem(field, fault))
    return tuple(problems)


class PointShares(NamedTuple):
    """The points of each row, ``None`` where they are not known, and what is wrong with them.

    ``problems`` are by the place of the row among those of its kind.
    """

    points: tuple[Decimal | None, ...]
    problems: Mapping[int, Problem]


def point_shares(
    rows: Sequence[CompanionRow], points: Decimal, step: Decimal, kind: str
) -> PointShares:
    """The points of each row: as typed, or an equal split of ``points`` where none is typed.

    ``kind`` names the rows in messages. It is a problem where only some are typed, where they do
    not sum to ``points``, or where one has more decimals than ``step``.
    """
    if splits_equally(rows):
        return PointShares(equal_split(points, len(rows), step), {})
    typed = tuple(_usable_points(row.points) for row in rows)
    problems = {}
    for place, row in enumerate(rows):
        if is_blank(row.points):
            message = f"{kind}指标的分值要么逐行填写，要么全部留空（由程序平均分配），本行未填"
            problems[place] = Problem("points", message)
    known = tuple(share for share in typed if share is not None)
    if len(known) < len(rows):
        return PointShares(typed, problems)
    if total(known) != points:
        message = f"{kind}指标的分值合计{plain(total(known))}，应为{plain(points)}"
        return PointShares(typed, {0: Problem("points", message)})
    for place, share in enumerate(known):
        if Ratio(share).rounded(step) != share:
            message = f"分值应为{plain(step)}的整数倍，现为{plain(share)}"
            problems[place] = Problem("points", message)
    return PointShares(typed, problems)


def _usable_points(value: Value) -> Decimal | None:
    if not isinstance(value, Decimal) or number_fault(value) or value < 0:
        return None
    return value


def splits_equally(rows: Sequence[CompanionRow]) -> bool:
    """Whether no row has points of its own."""
    return all(is_blank(row.points) for row in rows)
