"""What keeps a workbook from being scored, in words for the person who filled it in."""

from __future__ import annotations

from collections.abc import Sequence


class BookError(Exception):
    """One or more faults of a workbook; each is a Chinese sentence naming sheet, cell and label."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))
