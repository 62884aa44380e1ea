"""Assessed tables made by hand, and a journal that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from jixiao.batch.assessment import AssessedTable, Assessment, Basis, Head, Layout
from jixiao.batch.journal import Journal
from jixiao.batch.listing import FoundFile
from jixiao.review.finding import Finding, Severity

HEADS = (
    Head(1, "产出", "数量", "甲项", Decimal(20)),
    Head(2, "产出", "质量", "乙项", Decimal(30)),
    Head(3, "效益", "", "丙项", Decimal(50)),
)

LAYOUT = Layout(Basis.ENGINE, "a-rubric", "某表（2023年度）", Decimal(100), HEADS)


def a_table(
    *scores: str | None,
    unit: str = "某局",
    grade: str = "优",
    layout: Layout = LAYOUT,
    findings: tuple[Finding, ...] = (),
    reason: str = "",
) -> AssessedTable:
    """A table with these scores; their sum is the total, where there are all."""
    exact = tuple(None if score is None else Decimal(score) for score in scores)
    known = [score for score in exact if score is not None]
    total = sum(known, Decimal(0)) if len(known) == len(exact) else None
    return AssessedTable(layout, unit, "自评表", exact, total, grade, reason, findings)


def an_error(message: str = "填错了", code: str = "E3") -> Finding:
    return Finding(code, Severity.ERROR, "自评表", "H5", "甲项", "12", "10", message)


def a_journal(path: Path, tables: Iterable[tuple[str, Assessment]]) -> Journal:
    """An open journal with these results by the paths of their files."""
    journal = Journal(path / "进度.sqlite", "stamp")
    found = dict(tables)
    journal.note(FoundFile(name, 1, 1) for name in found)
    for name, assessment in found.items():
        journal.record(name, assessment)
    return journal
