"""One finding of a review: the row, the cell, the figures, and what to do, in Chinese."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return _LABELS[self]


_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}


class Finding(NamedTuple):
    """A finding; ``code`` is that of the check (E3, W12), ``cell`` an address or empty.

    ``row`` names the indicator or line, ``found`` and ``expected`` are the figures as text, and
    ``message`` says in Chinese what is wrong, by which words, and what to do.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    row: str
    found: str
    expected: str
    message: str
