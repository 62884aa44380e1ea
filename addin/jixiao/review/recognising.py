"""Which shipped standard a form follows, by the names of its rows or by its blocks.

What is not clear stays unknown: a wrong standard would find wrong faults.
"""

from __future__ import annotations

from decimal import Decimal

from jixiao.forms.form import Form, Subject
from jixiao.review.execution import execution_of
from jixiao.review.points import rows_with_points
from jixiao.review.rules_of_rows import completion_rows, kind_of
from jixiao.scoring import Rubric, shipped_rubric, shipped_rubrics
from jixiao.scoring.numbers import difference, total
from jixiao.scoring.rules import BudgetExecution, Completion

USUAL_PROJECT = "mof-project"
"""Projects are scored alike everywhere; what differs is how the points are shared out."""

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
    if form.subject is Subject.PROJECT:
        return _project_rubric(form, with_kinds)
    return _of_year([r for r in with_kinds if _has_points_of(form, r)], form.year)


def _project_rubric(form: Form, known: list[Rubric]) -> Rubric | None:
    """Of the standards whose blocks the form has all, the one with most blocks.

    An excerpt, without a line for the total, says nothing about the shares of the points.
    """
    whole = [rubric for rubric in known if form.total_score and _has_blocks_of(form, rubric)]
    if whole:
        return max(whole, key=lambda rubric: len(completion_rows(rubric)))
    return next((rubric for rubric in known if rubric.id == USUAL_PROJECT), None)


def _has_blocks_of(form: Form, rubric: Rubric) -> bool:
    """Whether each block and each other indicator is there, and the execution has its points."""
    found = {kind_of(row, rubric) for row in rows_with_points(form)}
    headings = {
        text for row in rows_with_points(form) for text in (row.primary, row.secondary, row.name)
    }
    execution = execution_of(form)
    rows_points = total(row.points for row in rows_with_points(form) if row.points is not None)
    for indicator in rubric.indicators:
        match indicator.rule:
            case Completion(kinds=kinds):
                is_there = not found.isdisjoint(kinds)
            case BudgetExecution():
                printed = execution.points if execution else None
                rest = difference(rubric.points, rows_points)
                is_there = indicator.points == (rest if printed is None else printed)
            case _:
                is_there = any(indicator.name in text for text in headings)
        if not is_there:
            return False
    return True


def _of_year(rubrics: list[Rubric], year: int | None) -> Rubric | None:
    of_year = [rubric for rubric in rubrics if rubric.year in (year, None)]
    return of_year[0] if len(of_year) == 1 else rubrics[0] if len(rubrics) == 1 else None


def _has_rows_of(form: Form, rubric: Rubric) -> bool:
    """Whether most rows that carry a name carry one of the standard."""
    named = [row for row in rows_with_points(form) if row.name and row.points is not None]
    own = [row for row in rubric.indicators if not isinstance(row.rule, Completion)]
    found = [row for row in named if rubric.matches(row.name)]
    lost = Decimal(len(named) - len(found))
    return len(own) >= _FEWEST_NAMES <= len(found) and lost <= _MOST_LOST_NAMES * Decimal(
        len(named)
    )


def _has_kinds_of(form: Form, rubric: Rubric) -> bool:
    """Whether every row with points stands in a block of the standard, and has a target."""
    rows = [
        row for row in rows_with_points(form) if row.points is not None and row.target is not None
    ]
    return bool(rows) and all(kind_of(row, rubric) for row in rows)


def _has_points_of(form: Form, rubric: Rubric) -> bool:
    return all(
        total(
            row.points or Decimal(0)
            for row in rows_with_points(form)
            if kind_of(row, rubric) in indicator.rule.kinds
        )
        == indicator.points
        for indicator in completion_rows(rubric)
    )
