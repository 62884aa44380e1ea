"""Which shipped standard a form follows, by the names of its rows or by its blocks.

What is not clear stays unknown: a wrong standard would find wrong faults.
"""

from __future__ import annotations

from decimal import Decimal

from jixiao.forms.form import Form
from jixiao.review.rules_of_rows import completion_rows, kind_of
from jixiao.scoring import Rubric, shipped_rubric, shipped_rubrics
from jixiao.scoring.numbers import total
from jixiao.scoring.rules import Completion

_FEWEST_NAMES = 5
_MOST_LOST_NAMES = Decimal("0.4")


def recognised_rubric(form: Form) -> Rubric | None:
    """The standard of a form; None where there is none, or none that is the only one."""
    known = [shipped_rubric(rubric_id) for rubric_id in shipped_rubrics()]
    known = [rubric for rubric in known if rubric.subject is form.subject]
    by_name = [rubric for rubric in known if _has_rows_of(form, rubric)]
    if by_name:
        return _of_year(by_name, form.year)
    with_kinds = [rubric for rubric in known if _has_kinds_of(form, rubric)]
    by_points = [rubric for rubric in with_kinds if _has_points_of(form, rubric)]
    if by_points:
        return _of_year(by_points, form.year)
    # Projects are scored alike everywhere, however the points are shared out.
    return with_kinds[0] if len(with_kinds) == 1 else None


def _of_year(rubrics: list[Rubric], year: int | None) -> Rubric | None:
    of_year = [rubric for rubric in rubrics if rubric.year in (year, None)]
    return of_year[0] if len(of_year) == 1 else rubrics[0] if len(rubrics) == 1 else None


def _has_rows_of(form: Form, rubric: Rubric) -> bool:
    """Whether most rows that carry a name carry one of the standard."""
    named = [row for row in form.rows if row.name and row.points is not None]
    own = [row for row in rubric.indicators if not isinstance(row.rule, Completion)]
    found = [row for row in named if rubric.matches(row.name)]
    lost = Decimal(len(named) - len(found))
    return len(own) >= _FEWEST_NAMES <= len(found) and lost <= _MOST_LOST_NAMES * Decimal(
        len(named)
    )


def _has_kinds_of(form: Form, rubric: Rubric) -> bool:
    """Whether every row with points stands in a block of the standard, and has a target."""
    rows = [row for row in form.rows if row.points is not None and row.target is not None]
    return bool(rows) and all(kind_of(row, rubric) for row in rows)


def _has_points_of(form: Form, rubric: Rubric) -> bool:
    return all(
        total(
            row.points or Decimal(0)
            for row in form.rows
            if kind_of(row, rubric) in indicator.rule.kinds
        )
        == indicator.points
        for indicator in completion_rows(rubric)
    )
