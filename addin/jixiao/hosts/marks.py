"""The comments that a review marks cells with, and how they are told from those of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jixiao.ooxml.cells import CellRange

AUTHOR = "绩效自评"

_BEGINNING = "【审核】"
_END = "（本批注由“审核”按钮所加，按“清除标记”删除）"


def mark_text(texts: Sequence[str]) -> str:
    """The comment of a cell with these findings."""
    return f"{_BEGINNING}{chr(10).join(texts)}\n{_END}"


def is_mark(text: str) -> bool:
    """Whether a comment is one of ours and nobody wrote on at its end."""
    return text.startswith(_BEGINNING) and text.rstrip().endswith(_END)


def by_sheet(marks: Mapping[CellRange, str]) -> dict[str, dict[tuple[int, int], str]]:
    """The marks of each sheet by row and column."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for cell, text in marks.items():
        found.setdefault(cell.sheet, {})[cell.first_row, cell.first_column] = text
    return found
