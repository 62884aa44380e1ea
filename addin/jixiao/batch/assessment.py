"""What became of one file: the tables found in it, scored or as stated, or why there is none."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from jixiao.review.finding import Finding


class Basis(StrEnum):
    """Where the scores of a table come from."""

    ENGINE = "程序评分"
    STATED = "表上所填"


class Code(StrEnum):
    """The codes of findings that are no check's: of scoring our own workbooks, of reading forms."""

    WRONG = "填写"
    OPEN = "待填"
    DOUBT = "识别"


class Head(NamedTuple):
    """One indicator of a table, without its score; ``points`` is ``None`` where none is given."""

    number: int
    primary: str
    secondary: str
    name: str
    points: Decimal | None


class Layout(NamedTuple):
    """What tables must share for their totals to be ranked together."""

    basis: Basis
    rubric: str  # the id of the standard; empty where none was recognised
    title: str
    full_points: Decimal | None
    heads: tuple[Head, ...]


class AssessedTable(NamedTuple):
    """One evaluation table. ``scores`` go with ``layout.heads``; ``None`` where there is no score.

    Where ``total`` is ``None``, ``reason`` says why in Chinese.
    """

    layout: Layout
    unit: str
    sheet: str
    scores: tuple[Decimal | None, ...]
    total: Decimal | None
    grade: str
    reason: str
    findings: tuple[Finding, ...]


class Assessment(NamedTuple):
    """One file: its tables, or in Chinese why it has none."""

    tables: tuple[AssessedTable, ...] = ()
    reason: str = ""
    is_summary: bool = False
    """Whether the file is a summary that this program wrote, which nobody wants to see ranked."""
