"""Forms for tests, as a reader would give them: rows of figures, money lines, a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from jixiao.forms.form import (
    BlockHeading,
    Column,
    Form,
    FormRow,
    Found,
    GradeBox,
    MoneyColumn,
    MoneyLine,
    Place,
    Quantity,
    Subject,
)
from jixiao.review.case import Case
from jixiao.review.finding import Finding
from jixiao.review.table import CHECKS
from jixiao.scoring import Evaluation, Rubric, Value, shipped_rubric
from jixiao.scoring.natures import Nature

SHEET = "自评表"
FIRST_ROW = 10

_COLUMNS = {column: number for number, column in enumerate(Column, 1)}
_MONEY_COLUMNS = {column: number for number, column in enumerate(MoneyColumn, 2)}

PANYU = shipped_rubric("panyu-department-2023")
PROJECT = shipped_rubric("mof-project")


@dataclass(frozen=True)
class Row:
    """One row as printed; ``sign`` is the printed 指标性质, blank cells are empty texts."""

    name: str = "培训人次"
    primary: str = "产出指标"
    secondary: str = "数量指标"
    sign: str = "≥"
    target: str | Decimal | None = Decimal(100)
    actual: str | Decimal | None = Decimal(100)
    unit: str = "人次"
    actual_unit: str = ""
    points: str | None = "10"
    score: str | None = "10"
    reason: str | None = ""
    evidence: str | None = None
    actual_sign: str = ""


def made_row(row: Row, line: int) -> FormRow:
    """The row as read; a column that is None is one that the form does not have."""

    def found(column: Column, value: Value) -> Found:
        return Found(value, Place(SHEET, line, _COLUMNS[column]))

    nature = Nature(row.sign) if row.sign else None
    cells = {
        Column.PRIMARY: found(Column.PRIMARY, row.primary),
        Column.SECONDARY: found(Column.SECONDARY, row.secondary),
        Column.NAME: found(Column.NAME, row.name),
        Column.POINTS: found(Column.POINTS, _cell(row.points)),
        Column.SCORE: found(Column.SCORE, _cell(row.score)),
    }
    if row.target is not None:
        cells[Column.TARGET] = found(Column.TARGET, row.target)
    if row.actual is not None:
        text = f"{row.actual_sign}{row.actual}{row.unit}" if row.actual_sign else row.actual
        cells[Column.ACTUAL] = found(Column.ACTUAL, text)
    if row.reason is not None:
        cells[Column.REASON] = found(Column.REASON, row.reason or None)
    if row.evidence is not None:
        cells[Column.EVIDENCE] = found(Column.EVIDENCE, row.evidence or None)
    actual_nature = Nature(row.actual_sign) if row.actual_sign else None
    actual_unit = row.actual_unit or row.unit
    return FormRow(
        place=line,
        primary=row.primary,
        secondary=row.secondary,
        name=row.name,
        cells=cells,
        nature=nature,
        target=_quantity(cells.get(Column.TARGET), None, row.unit),
        actual=_quantity(cells.get(Column.ACTUAL), actual_nature, actual_unit, row.actual),
        points=_number(row.points),
        score=_number(row.score),
    )


def _quantity(
    found: Found | None, nature: Nature | None, unit: str, value: object = None
) -> Quantity | None:
    if found is None:
        return None
    number = value if isinstance(value, Decimal) else found.value
    return Quantity(found, nature, number if isinstance(number, Decimal) else None, unit)


def _number(text: str | None) -> Decimal | None:
    cell = _cell(text)
    return cell if isinstance(cell, Decimal) else None


def _cell(text: str | None) -> Decimal | str | None:
    """The value of a cell: a number where the text is one."""
    if not text:
        return None
    return Decimal(text) if text.replace(".", "", 1).replace("-", "", 1).isdigit() else text


def money_line(label: str, is_part: bool = False, group: str = "", **cells: str) -> MoneyLine:
    """A line of the budget block; the cells by the names of `MoneyColumn`, in lower case."""
    line = 5 if not is_part else 6 + sum(map(ord, label)) % 90
    return MoneyLine(
        label,
        is_part,
        {
            MoneyColumn[name.upper()]: Found(
                _cell(text), Place(SHEET, line, _MONEY_COLUMNS[MoneyColumn[name.upper()]])
            )
            for name, text in cells.items()
        },
        group,
    )


@dataclass(frozen=True)
class Made:
    """What a form is made of."""

    rows: Sequence[Row] = ()
    money: Sequence[MoneyLine] = ()
    total: str | None = None
    total_points: str | None = None
    ticked: str | None = None
    year: int | None = 2022
    years: tuple[tuple[int, Place], ...] = ()
    base_note: str = ""
    subject: Subject = Subject.PROJECT
    headings: Mapping[str, str] = field(default_factory=dict)
    subtotals: Mapping[str, str] = field(default_factory=dict)


def made_form(made: Made) -> Form:
    """The form; ``ticked`` holds the names of the boxes that are, None where there are none."""
    rows = tuple(made_row(row, FIRST_ROW + place) for place, row in enumerate(made.rows))
    last = FIRST_ROW + len(rows)
    boxes = () if made.ticked is None else tuple("优良中差")
    return Form(
        file=Path("表.xlsx"),
        sheet=SHEET,
        subject=made.subject,
        title=f"{made.subject}绩效自评表",
        unit="某单位",
        year=made.year,
        columns={},
        rows=rows,
        money=tuple(made.money),
        headings=tuple(_headings(made, rows)),
        total_points=_found(made.total_points, last, _COLUMNS[Column.POINTS]),
        total_score=_found(made.total, last, _COLUMNS[Column.SCORE]),
        grade_boxes=tuple(
            GradeBox(name, name in (made.ticked or ""), Place(SHEET, last + 1, 2)) for name in boxes
        ),
        years=made.years,
        rate_base_note=made.base_note,
    )


def _headings(made: Made, rows: Sequence[FormRow]) -> list[BlockHeading]:
    found = []
    for name in dict.fromkeys((*made.headings, *made.subtotals)):
        level = 2 if any(row.secondary == name for row in rows) else 1
        below = [row for row in rows if name in (row.primary, row.secondary)]
        points = _found(made.headings.get(name), below[0].place, 1)
        score = _found(made.subtotals.get(name), below[0].place, 2)
        found.append(BlockHeading(name, level, points, score, tuple(row.place for row in below)))
    return found


def _found(text: str | None, line: int, column: int) -> Found | None:
    return None if text is None else Found(_cell(text), Place(SHEET, line, column))


def findings(
    code: str, made: Made, rubric: Rubric | None = None, evaluation: Evaluation | None = None
) -> list[Finding]:
    """What the check of a code finds."""
    case = Case(made_form(made), rubric, evaluation)
    return [finding for check in CHECKS if check.code == code for finding in check.run(case)]


def codes(made: Made, rubric: Rubric | None = None) -> list[str]:
    """The codes of all findings, in the order of the table."""
    case = Case(made_form(made), rubric)
    return [finding.code for check in CHECKS for finding in check.run(case)]
