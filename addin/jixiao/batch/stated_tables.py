"""Other people's forms as assessed tables: the scores and the total that stand in them.

Nothing is added up for them: a form that prints no total has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.batch.assessment import AssessedTable, Basis, Code, Head, Layout
from jixiao.batch.own_tables import layout_of
from jixiao.forms import Form, number_of
from jixiao.forms.form import MoneyColumn
from jixiao.review.case import Case
from jixiao.review.finding import Finding, Severity
from jixiao.review.table import findings_of
from jixiao.scoring import Rubric
from jixiao.scoring.numbers import total

_EXECUTION = "预算执行"


def stated_table(case: Case) -> AssessedTable:
    """A form under review, with the findings of its review and what was not recognised of it."""
    form = case.form
    layout, scores = _by_standard(case) or _as_printed(case)
    printed = None if form.total_score is None else number_of(form.total_score)
    doubts = (_doubt(form, doubt) for doubt in form.doubts)
    return AssessedTable(
        layout=layout,
        unit=form.unit,
        sheet=form.sheet,
        scores=scores,
        total=printed,
        grade="、".join(box.name for box in form.grade_boxes if box.is_chosen),
        reason="" if printed is not None else "表上没有填总分",
        findings=(*findings_of(case), *doubts),
    )


def _doubt(form: Form, words: str) -> Finding:
    return Finding(Code.DOUBT, Severity.WARNING, form.sheet, "", "", "", "", words)


def _by_standard(case: Case) -> tuple[Layout, tuple[Decimal | None, ...]] | None:
    """The scores in the order of the standard, where each row of the form is one of its rows."""
    if case.rubric is None:
        return None
    scores: dict[str, Decimal | None] = {}
    for row in case.form.rows:
        found = case.rubric.find(row.name)
        if found is None or found.id in scores:
            return None
        scores[found.id] = row.score
    layout = layout_of(case.rubric, Basis.STATED)
    return layout, tuple(scores.get(row.id) for row in case.rubric.indicators)


def _as_printed(case: Case) -> tuple[Layout, tuple[Decimal | None, ...]]:
    rows = list(_rows(case))
    layout = Layout(
        Basis.STATED,
        case.rubric.id if case.rubric else "",
        _title(case.form, case.rubric),
        _full_points(case),
        tuple(head for head, _ in rows),
    )
    return layout, tuple(score for _, score in rows)


def _rows(case: Case) -> Iterator[tuple[Head, Decimal | None]]:
    """The execution of the budget, where it has points, then the indicators."""
    execution = case.execution
    if execution is not None and execution.points is not None:
        score = execution.cell(MoneyColumn.SCORE)
        points = execution.points
        yield Head(0, _EXECUTION, "", _EXECUTION, points), number_of(score) if score else None
    for number, row in enumerate(case.form.rows, 1):
        name = row.name or row.secondary or row.primary
        yield Head(number, row.primary, row.secondary, name, row.points), row.score


def _title(form: Form, rubric: Rubric | None) -> str:
    return form.subject.value if rubric is None else rubric.title


def _full_points(case: Case) -> Decimal | None:
    """The points of the whole table as printed, else the sum where every row has points."""
    form = case.form
    printed = None if form.total_points is None else number_of(form.total_points)
    if printed is not None or any(row.points is None for row in form.rows):
        return printed
    return total(case.points)
