"""What a report says: headings, paragraphs, tables and charts, as data without a look.

All figures are texts already, written as the engine writes them; a chart keeps exact numbers for
the length of its bars and the texts that stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from jixiao.scoring.numbers import Ratio

BLANK = "〔待补充〕"
"""What stands where a person has yet to write something."""


class Manner(StrEnum):
    """What a paragraph is; each has a style of its own in Word."""

    BODY = "body"
    NOTE = "note"
    UNFILLED = "unfilled"


class Paragraph(NamedTuple):
    """One paragraph; its text has no line break."""

    text: str
    manner: Manner = Manner.BODY


class ScoreRow(NamedTuple):
    """An indicator of the official table with its points and its score."""

    number: str
    name: str
    points: str
    score: str


class ComparisonRow(NamedTuple):
    """An indicator with its target and what was reached."""

    name: str
    target: str
    actual: str
    rate: str
    points: str
    score: str


class AmountRow(NamedTuple):
    """One amount of the budget."""

    name: str
    amount: str


class MoneyRow(NamedTuple):
    """A source of money: what was budgeted, what was spent, and at which rate."""

    name: str
    budget: str
    adjusted: str
    executed: str
    rate: str


Row: TypeAlias = ScoreRow | ComparisonRow


class Block(NamedTuple):
    """Rows below one second-level indicator (二级指标)."""

    name: str
    rows: tuple[Row, ...]


class Group(NamedTuple):
    """Blocks below one first-level indicator (一级指标), with their sum."""

    name: str
    points: str
    score: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Every indicator of the standard, its points and its score; at the end the total."""

    caption: str
    groups: tuple[Group, ...]
    points: str
    score: str


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Every performance indicator with its target, what was reached, and its score.

    ``points`` and ``score`` are the total, empty where the groups are not all there is.
    """

    caption: str
    groups: tuple[Group, ...]
    points: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class AmountTable:
    """Amounts of the budget, one a row."""

    caption: str
    unit: str
    rows: tuple[AmountRow, ...]


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Budget and spending by source, the total first."""

    caption: str
    unit: str
    rows: tuple[MoneyRow, ...]


class Bar(NamedTuple):
    """A bar: its label, its length as a share of the whole, and the figure written beside it."""

    label: str
    length: Ratio
    figure: str


@dataclass(frozen=True, slots=True)
class RateChart:
    """Rates side by side, from 0 to 100 %, or beyond where one is larger."""

    caption: str
    bars: tuple[Bar, ...]


class BarPair(NamedTuple):
    """What was budgeted beside what was spent."""

    label: str
    budget: Ratio
    budget_figure: str
    executed: Ratio
    executed_figure: str


@dataclass(frozen=True, slots=True)
class MoneyChart:
    """Budget and spending by source; the words are those of the two colours."""

    caption: str
    unit: str
    budget_word: str
    executed_word: str
    pairs: tuple[BarPair, ...]


Table: TypeAlias = ScoreTable | ComparisonTable | AmountTable | MoneyTable
Chart: TypeAlias = RateChart | MoneyChart
Content: TypeAlias = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading and what stands right below it."""

    heading: str
    level: int
    contents: tuple[Content, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``unfilled`` names what a person has yet to write, in order."""

    title: str
    unit: str
    year: str
    sections: tuple[Section, ...]
    unfilled: tuple[str, ...]

    @property
    def contents(self) -> tuple[Content, ...]:
        """All paragraphs, tables and charts in order."""
        return tuple(content for section in self.sections for content in section.contents)
