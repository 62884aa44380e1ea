"""What a check found: a verdict, what was seen, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from jixiao.installing.places import Places
from jixiao.installing.record import Record
from jixiao.installing.system import System


class Verdict(Enum):
    """How it stands, in words for the user."""

    GOOD = "好"
    NOTE = "注意"
    ERROR = "错误"
    UNCHECKED = "未检查"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; ``id`` is for programs, the rest for people."""

    id: str
    title: str
    verdict: Verdict
    found: str
    advice: str = ""


class Topic(NamedTuple):
    """What a check is about."""

    id: str
    title: str

    def good(self, found: str, advice: str = "") -> Finding:
        """As it should be; the advice then is a hint."""
        return Finding(self.id, self.title, Verdict.GOOD, found, advice)

    def note(self, found: str, advice: str) -> Finding:
        """Works, or may work, but somebody should know."""
        return Finding(self.id, self.title, Verdict.NOTE, found, advice)

    def error(self, found: str, advice: str) -> Finding:
        """Does not work like this."""
        return Finding(self.id, self.title, Verdict.ERROR, found, advice)

    def unchecked(self, reason: str) -> Finding:
        """Not looked at."""
        return Finding(self.id, self.title, Verdict.UNCHECKED, reason)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the checks look at. ``top`` holds what is shipped, None where that is missing."""

    system: System
    places: Places
    record: Record
    top: Path | None


REINSTALL = "请运行 python -m jixiao install"
"""What mends most things."""
