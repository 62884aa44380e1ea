"""What keeps a workbook from being scored, in words for the person who filled it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.ooxml.cells import CellRange


class Located(NamedTuple):
    """A Chinese sentence about a cell, which it names."""

    cell: CellRange
    text: str


class BookError(Exception):
    """One or more faults of a workbook; each is a Chinese sentence naming sheet, cell and label."""

    def __init__(self, faults: Sequence[str | Located]) -> None:
        self.faults = tuple(f.text if isinstance(f, Located) else f for f in faults)
        super().__init__("\n".join(self.faults))
