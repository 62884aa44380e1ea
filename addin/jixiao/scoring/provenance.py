"""Where a number comes from: every number of a rubric carries one of these classes.

Nothing is promoted from one class to another in code; the class is data, and so are the words that
explain it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Provenance(StrEnum):
    """How a number or a name is known."""

    TEXT = "text"
    ARITHMETIC = "arithmetic"
    CONVENTION = "convention"
    INFERRED = "inferred"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The class in Chinese, as the sheets print it."""
        return _LABELS[self]


_LABELS = {
    Provenance.TEXT: "原文",
    Provenance.ARITHMETIC: "由原文数字算得",
    Provenance.CONVENTION: "惯例",
    Provenance.INFERRED: "推定",
    Provenance.UNKNOWN: "不明",
}


class Source(NamedTuple):
    """The class of one number or name, with the words that go with it.

    ``note`` is what a reader of the score is told, ``missing`` the words that the printed standard
    lacks. Both are empty for ``text``.
    """

    provenance: Provenance = Provenance.TEXT
    note: str = ""
    missing: str = ""


FROM_TEXT = Source()


class Note(NamedTuple):
    """A remark that travels with a score, with the class of what it speaks of."""

    provenance: Provenance
    text: str


def note_of(source: Source) -> tuple[Note, ...]:
    """The remark that a score resting on ``source`` carries; none for text and plain arithmetic."""
    if source.provenance in {Provenance.TEXT, Provenance.ARITHMETIC}:
        return ()
    return (Note(source.provenance, source.note),)
