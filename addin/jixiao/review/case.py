"""What a check looks at: a form, and the standard and the scores where they are known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from jixiao.forms.form import Column, Form, FormRow, Place
from jixiao.review.execution import Execution, execution_of
from jixiao.review.figures import CENT
from jixiao.review.points import rows_with_points
from jixiao.review.rules_of_rows import ScoredRow, Verdict, expected_score, verdict_on
from jixiao.scoring import Evaluation, Indicator, Rubric, Score

FULL_MARKS = Decimal(100)
"""What every standard seen sums to."""


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

    @property
    def full_marks(self) -> Decimal:
        """The points of the whole table."""
        return self.rubric.points if self.rubric else FULL_MARKS

    @property
    def step(self) -> Decimal:
        """What scores are rounded to."""
        return self.rubric.step if self.rubric else CENT

    @cached_property
    def execution(self) -> Execution | None:
        """The execution of the budget as the money block prints it."""
        return execution_of(self.form)

    @cached_property
    def rows(self) -> tuple[FormRow, ...]:
        """The rows of the form, with the points that their headings print for them."""
        return rows_with_points(self.form)

    @cached_property
    def points(self) -> tuple[Decimal, ...]:
        """All points of the table: those of the rows, and of the execution where it has some."""
        rows = [row.points for row in self.rows]
        execution = self.execution.points if self.execution else None
        return tuple(points for points in (*rows, execution) if points is not None)

    @cached_property
    def scores(self) -> tuple[Decimal, ...]:
        """All scores of the table, as `points`."""
        rows = [row.score for row in self.rows]
        execution = self.execution.score if self.execution else None
        return tuple(score for score in (*rows, execution) if score is not None)

    @cached_property
    def scored_rows(self) -> tuple[ScoredRow, ...]:
        """The rows that have both points and a score."""
        return tuple(
            ScoredRow(row, row.points, row.score)
            for row in self.rows
            if row.points is not None and row.score is not None
        )

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The rows whose score is wrong."""
        found = (verdict_on(scored, self._expected(scored.row)) for scored in self.scored_rows)
        return tuple(verdict for verdict in found if verdict is not None)

    def _expected(self, row: FormRow) -> Score | None:
        """What the row should score: by its inputs where they are known, else by its own cells."""
        if self.evaluation is not None:
            of_row = (s.score for s in self.evaluation.scores if s.indicator.name == row.name)
            return next(of_row, None)
        return expected_score(self.rubric, row) if self.rubric else None

    def indicators(self, row: FormRow) -> tuple[Indicator, ...]:
        """The rows of the standard that a row may be, by its name."""
        return self.rubric.matches(row.name) if self.rubric and row.name else ()


def title(row: FormRow) -> str:
    """A row as messages name it."""
    return f"“{row.name}”" if row.name else f"“{row.secondary or row.primary}”下未写名称的一行"


def place_of(row: FormRow, *columns: Column) -> Place | None:
    """The first of the cells that the form has, else any cell of the row."""
    wanted = [row.cells[column] for column in columns if column in row.cells]
    found = next(iter([*wanted, *row.cells.values()]), None)
    return None if found is None else found.place


def measured(row: FormRow, column: Column) -> str:
    """The target or actual value as messages quote it, with its unit."""
    text, quantity = row.text(column), row.target if column is Column.TARGET else row.actual
    unit = quantity.unit if quantity is not None and quantity.number is not None else ""
    return text if unit in text else text + unit
