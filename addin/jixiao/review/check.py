"""What a check is: its code, its words, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from jixiao.forms.form import Place
from jixiao.review.case import Case
from jixiao.review.finding import Finding, Severity
from jixiao.scoring import Provenance

_LEADS = {
    Provenance.TEXT: "原文",
    Provenance.ARITHMETIC: "算术要求",
    Provenance.CONVENTION: "通行做法",
}


class Hit(NamedTuple):
    """What a check came upon: ``what`` is wrong in the row and what to do (``advice``).

    Both are Chinese clauses without a full stop; the check puts its own words between them.
    """

    row: str
    place: Place | None
    found: str
    expected: str
    what: str
    advice: str


class Check(NamedTuple):
    """One check.

    ``words`` are the sentence that it rests on, as a message quotes it, and ``provenance`` how that
    sentence is known: printed in a standard (text), plain arithmetic, or custom (convention).
    """

    code: str
    severity: Severity
    title: str
    words: str
    provenance: Provenance
    look: Callable[[Case], Iterator[Hit]]

    def run(self, case: Case) -> Iterator[Finding]:
        """The findings of this check in a form."""
        for hit in self.look(case):
            sheet, cell = (hit.place.sheet, hit.place.a1) if hit.place else (case.form.sheet, "")
            message = f"{hit.what}。{_LEADS[self.provenance]}：{self.words}。{hit.advice}。"
            yield Finding(
                self.code, self.severity, sheet, cell, hit.row, hit.found, hit.expected, message
            )
