"""What was recognised of one evaluation table, with the place of every figure.

A `Form` holds what stands in the file and nothing else: no figure is guessed, and what could not
be recognised is blank and said in ``doubts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from jixiao.ooxml.cells import a1
from jixiao.scoring import Subject, Value
from jixiao.scoring.natures import Nature

__all__ = [
    "BlockHeading",
    "Column",
    "Form",
    "FormRow",
    "Found",
    "GradeBox",
    "MoneyColumn",
    "MoneyLine",
    "Place",
    "Quantity",
    "Subject",
]


class Column(StrEnum):
    """What a column of the table holds; the values are the usual headings."""

    PRIMARY = "一级指标"
    SECONDARY = "二级指标"
    NAME = "三级指标"
    NATURE = "指标性质"
    TARGET = "年度指标值"
    ACTUAL = "实际完成值"
    UNIT = "计量单位"
    RATE = "完成率"
    POINTS = "分值"
    SCORE = "得分"
    REASON = "偏差原因分析及改进措施"
    EXPLANATION = "指标解释"
    SENTENCE = "评分标准"
    EVIDENCE = "佐证材料"
    SECOND_SCORE = "复核分"
    REMARK = "备注"


class Place(NamedTuple):
    """Where something stands: the sheet (表格2 in a Word file), row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address on its sheet: E12."""
        return a1(self.row, self.column)


class Found(NamedTuple):
    """A value as it stands in the file, with its place; ``None`` is a blank cell.

    A number that is formatted as a percentage is its printed text, with every digit: 86.18304%. An
    error is its text: #DIV/0!.
    """

    value: Value
    place: Place

    @property
    def text(self) -> str:
        """The value as a person reads it; empty where it is blank."""
        return "" if self.value is None else str(self.value).strip()


class Quantity(NamedTuple):
    """A target or actual value taken apart: ≥95% is a nature, a number and a unit.

    ``number`` is ``None`` where there is no number; a percentage stays as printed (95 with the unit
    %), so that target and actual can be held against each other.
    """

    found: Found
    nature: Nature | None = None
    number: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One scored indicator. ``cells`` has every recognised column, blank cells included.

    ``primary`` and ``secondary`` are carried down through merged and blank cells. ``nature`` is
    that of its column, else the one glued to the target, else ``None``. ``points`` and ``score``
    are ``None`` where the cell is blank or holds no number; the cell itself is in ``cells``.
    """

    place: int
    primary: str
    secondary: str
    name: str
    cells: Mapping[Column, Found]
    nature: Nature | None = None
    target: Quantity | None = None
    actual: Quantity | None = None
    points: Decimal | None = None
    score: Decimal | None = None

    def text(self, column: Column) -> str:
        """The text of a column; empty where the form has no such column or the cell is blank."""
        found = self.cells.get(column)
        return "" if found is None else found.text


class MoneyColumn(StrEnum):
    """What a column of the budget block holds."""

    YEAR_START = "年初预算数"
    ADJUSTED = "调整后预算数"
    EXECUTED = "执行数"
    POINTS = "分值"
    RATE = "执行率"
    SCORE = "得分"
    REASON = "未执行原因"


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of the budget block: 年度资金总额, or a part of it (其中：财政拨款).

    ``group`` names the breakdown that the part belongs to (按收入来源, 按支出性质); it is empty for
    the total and where the form has one breakdown only. A block that prints one amount a line and
    does not say of which budget (年度部门预算情况) has it under 年初预算数.
    """

    label: str
    is_part: bool
    cells: Mapping[MoneyColumn, Found]
    group: str = ""


class BlockHeading(NamedTuple):
    """A heading that prints its own points, or its subtotal: 产出指标（50分）, 管理效率 50."""

    name: str
    level: int  # 1 for 一级指标, 2 for 二级指标
    points: Found | None
    score: Found | None
    rows: tuple[int, ...]  # the places of the rows below it


class GradeBox(NamedTuple):
    """One of 优 良 中 差 as printed, and whether it is ticked or written."""

    name: str
    is_chosen: bool
    place: Place


@dataclass(frozen=True)
class Form:
    """One evaluation table.

    ``years`` are all years that title and body name, ``recognised`` the cells from heading to total
    (A3:K41), ``confidence`` from 0 to 1 how much of what such a table has was recognised, and
    ``doubts`` in Chinese what was not.
    """

    file: Path
    sheet: str
    subject: Subject
    title: str
    unit: str
    year: int | None
    columns: Mapping[Column, Found]
    rows: tuple[FormRow, ...]
    money: tuple[MoneyLine, ...] = ()
    headings: tuple[BlockHeading, ...] = ()
    total_points: Found | None = None
    total_score: Found | None = None
    grade_boxes: tuple[GradeBox, ...] = ()
    years: tuple[tuple[int, Place], ...] = ()
    rate_base_note: str = ""
    recognised: str = ""
    confidence: Decimal = Decimal(0)
    doubts: tuple[str, ...] = field(default=())
