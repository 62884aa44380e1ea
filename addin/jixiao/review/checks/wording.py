"""W4, W5, W6 and W10: what an indicator says, its sign, its class, the years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jixiao.forms.form import Column, FormRow
from jixiao.review.case import Case, measured, place_of, title
from jixiao.review.check import Hit
from jixiao.review.directions import is_wanted_high, is_wanted_low
from jixiao.review.rules_of_rows import rate_of
from jixiao.scoring.natures import Nature
from jixiao.scoring.numbers import ONE, plain

_VOID = frozenset({"不涉及", "无", "/", "不适用", "未涉及", "无此项"})
_VAGUE = re.compile(
    r"(有效|逐步|不断|持续|明显|显著|进一步|得到|有所|大力|切实)*"
    r"(改善|提高|提升|加强|增强|促进|完善|优化|增加|减少|推动|推进)(了|中)?"
)
_COST = re.compile(r"成本|经费支出|费用支出|预算控制|资金支出额")


def vague_or_void(case: Case) -> Iterator[Hit]:
    """W4: an indicator that carries points and cannot be held against anything."""
    for row in case.rows:
        if not row.points:
            continue
        for column in (Column.NAME, Column.TARGET, Column.ACTUAL):
            text = _bare(row.text(column))
            kind = "没有内容" if text in _VOID else "无法衡量" if _VAGUE.fullmatch(text) else ""
            if kind:
                yield Hit(
                    row.name,
                    place_of(row, column),
                    row.text(column),
                    "",
                    f"{title(row)}占{plain(row.points)}分，{column.value}写的是“{row.text(column)}”，{kind}",
                    "请改为可以衡量的指标和目标值；本年不涉及的，请去掉并重新分配分值",
                )
                break


def implausible_direction(case: Case) -> Iterator[Hit]:
    """W5: a sign that does not go with what the indicator measures."""
    for row in case.rows:
        wanted = _wanted_sign(row)
        if wanted is None or not row.points:
            continue
        written = "没有写指标性质" if row.nature is None else f"指标性质是“{row.nature.value}”"
        yield Hit(
            row.name,
            place_of(row, Column.NATURE, Column.TARGET),
            "" if row.nature is None else row.nature.value,
            wanted.value,
            f"{title(row)}{written}，目标{measured(row, Column.TARGET)}，"
            f"实际{measured(row, Column.ACTUAL)}",
            f"请核对，宜用“{wanted.value}”",
        )


def _wanted_sign(row: FormRow) -> Nature | None:
    if row.target is None or row.target.number is None:
        return None
    if is_wanted_low(row) and row.nature in (None, Nature.AT_LEAST):
        return Nature.AT_MOST
    if is_wanted_high(row) and row.nature is Nature.AT_MOST:
        return Nature.AT_LEAST
    rate = rate_of(row)
    if row.nature is Nature.EQUAL and rate is not None:
        # An = that is missed or exceeded was meant as a bound.
        is_bound = is_wanted_high(row) and rate.compare(ONE) != 0
        return Nature.AT_LEAST if is_bound or rate.compare(ONE) > 0 else None
    return None


def wrong_class(case: Case) -> Iterator[Hit]:
    """W6: a cost under 数量, a satisfaction under anything else."""
    for row in case.rows:
        headings = row.primary + row.secondary
        if not row.points:
            continue
        if "数量" in row.secondary and _COST.search(row.name):
            yield _misplaced(row, "成本指标")
        elif row.name.endswith("满意度") and headings and "满意" not in headings:
            yield _misplaced(row, "满意度指标")


def _misplaced(row: FormRow, right: str) -> Hit:
    heading = row.secondary or row.primary
    return Hit(
        row.name,
        place_of(row, Column.SECONDARY, Column.NAME),
        heading,
        right,
        f"{title(row)}列在“{heading}”下，按名称是{right}",
        f"请移到{right}下，或改正名称",
    )


def years_differ(case: Case) -> Iterator[Hit]:
    """W10: the year of the title, and another one where the body says its own.

    Years inside the indicators (监测资料2018-2022) are what is measured, not the table's year.
    """
    year = case.form.year
    if year is None:
        return
    measured = {found.place for row in case.rows for found in row.cells.values()}
    body = {y: place for y, place in case.form.years if place not in measured}
    others = sorted(y for y in body if y != year)
    if not others:
        return
    shown = "、".join(str(y) for y in others)
    yield Hit(
        "年度",
        body[others[0]],
        shown,
        str(year),
        f"标题是{year}年度，正文写的是{shown}年",
        "请统一年度，并核对数据是哪一年的",
    )


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.")
