"""The findings of a review as marks on the cells that they are about."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.hosts.marks import mark_text
from jixiao.ooxml.cells import CellRange, parse_area
from jixiao.review.finding import Finding


def marks_of(findings: Iterable[Finding]) -> dict[CellRange, str]:
    """One comment a cell, with all findings about it; those without a cell have none."""
    texts: dict[CellRange, list[str]] = {}
    for finding in findings:
        cell = parse_area(finding.cell, finding.sheet)
        if cell is not None:
            line = f"{finding.severity.label} {finding.code}　{finding.message}"
            texts.setdefault(cell, []).append(line)
    return {cell: mark_text(lines) for cell, lines in texts.items()}
