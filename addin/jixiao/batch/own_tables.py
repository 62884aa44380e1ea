"""Our own workbook as an assessed table: what its inputs score, not what stands in its cells."""

from __future__ import annotations

from jixiao.batch.assessment import AssessedTable, Basis, Code, Head, Layout
from jixiao.review.finding import Finding, Severity
from jixiao.review.reviewing import review_book
from jixiao.scoring import Rubric
from jixiao.scoring.rubric import Indicator
from jixiao.workbook import names
from jixiao.workbook.book import Book
from jixiao.workbook.errors import Located
from jixiao.workbook.machine_cells import all_faults
from jixiao.workbook.remarks import waiting_for


def own_table(book: Book) -> AssessedTable:
    """The scores of a workbook, and what is wrong with it, missing in it, or found by the review.

    Wrong figures leave it without a total, as they keep it from being filled.
    """
    evaluation = book.evaluation
    faults = all_faults(book)
    total = None if faults else evaluation.total
    reason = f"填写有误{len(faults)}处，见问题清单" if faults else evaluation.waiting_words
    return AssessedTable(
        layout=layout_of(book.rubric, Basis.ENGINE),
        unit=_unit(book),
        sheet=book.cells[names.TOTAL].sheet,
        scores=tuple(row.score.value for row in evaluation.scores),
        total=total,
        grade="" if total is None else book.rubric.grade(total).name,
        reason=reason,
        findings=(
            *(_finding(Code.WRONG, Severity.ERROR, fault) for fault in faults),
            *(_finding(Code.OPEN, Severity.WARNING, remark) for remark in waiting_for(book)),
            *review_book(book).findings,
        ),
    )


def _unit(book: Book) -> str:
    """The department; of a project also its name, as a department has several in a ranking."""
    return "：".join(filter(None, (book.department, book.project)))


def _finding(code: Code, severity: Severity, located: Located) -> Finding:
    cell = located.cell
    return Finding(code, severity, cell.sheet, cell.a1, "", "", "", located.text)


def layout_of(rubric: Rubric, basis: Basis) -> Layout:
    """The indicators of a standard."""
    heads = tuple(_head(rubric, row) for row in rubric.indicators)
    return Layout(basis, rubric.id, rubric.title, rubric.points, heads)


def _head(rubric: Rubric, row: Indicator) -> Head:
    secondary = next((part for part in rubric.secondaries if part.id == row.secondary), None)
    above = secondary.parent if secondary else row.secondary
    primary = next((part.name for part in rubric.primaries if part.id == above), "")
    return Head(row.number, primary, secondary.name if secondary else "", row.name, row.points)
