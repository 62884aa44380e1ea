"""Reviewing a file: `review_file` never raises for a bad one, `read_and_review` does."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jixiao.forms.form import Form
from jixiao.review.finding import Finding


class FileReview(NamedTuple):
    """What a review of one file came to.

    ``rubrics`` has the id of the standard that each form was held against, empty where none is
    known. ``notes`` say in Chinese what was not recognised or not checked. ``fault`` says why the
    file could not be read at all; then everything else is empty.
    """

    file: Path
    forms: tuple[Form, ...] = ()
    rubrics: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""


def review_file(path: Path, rubric_id: str | None = None) -> FileReview:
    """Review a file; why a bad one cannot be read is its ``fault``.

    ``rubric_id`` (an id, a year or a .toml file) in place of what is recognised. Raises RubricError
    where there is no such standard, as that is no fault of the file.
    """
    raise NotImplementedError


def read_and_review(path: Path, rubric_id: str | None = None) -> FileReview:
    """As `review_file`, but a file that cannot be read raises PackageError or BookError."""
    raise NotImplementedError
