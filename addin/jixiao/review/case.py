"""What a check looks at: a form, and the standard and the scores where they are known."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.forms.form import Form
from jixiao.scoring import Evaluation, Rubric


@dataclass(frozen=True)
class Case:
    """One form under review.

    ``rubric`` is ``None`` where the form's standard is neither given nor recognised; then the
    checks that need a rule find nothing. ``evaluation`` is there for our own workbooks only, whose
    inputs are known.
    """

    form: Form
    rubric: Rubric | None = None
    evaluation: Evaluation | None = None
