"""Our own workbooks as forms: every cell is known by its name, so nothing has to be recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

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
)
from jixiao.ooxml.cells import CellRange
from jixiao.review.case import Case
from jixiao.scoring import CompanionRow, Indicator, Subject, Value
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.natures import Nature, parse_nature
from jixiao.scoring.numbers import total
from jixiao.scoring.rubric import Heading
from jixiao.scoring.rules import BudgetExecution
from jixiao.workbook import names
from jixiao.workbook.book import Book
from jixiao.workbook.grade_line import TICKED
from jixiao.workbook.machine_text import MARK, is_score_text

_CERTAIN = Decimal(1)

_COMPANION = {
    "primary": Column.PRIMARY,
    "secondary": Column.SECONDARY,
    "name": Column.NAME,
    "nature": Column.NATURE,
    "target": Column.TARGET,
    "unit": Column.UNIT,
    "actual": Column.ACTUAL,
    "rate": Column.RATE,
    "settled_points": Column.POINTS,
    "score": Column.SCORE,
    "reason": Column.REASON,
    "remark": Column.REMARK,
}
"""The columns of the companion table; the settled points are those that scores are made of."""

_BUDGET_PARTS = ("basic_expenditure", "project_expenditure", "special_fund", "other_development")
"""What 总预算 is made of; the two levels of 事业发展支出 are a second breakdown of a part."""

_FUND_COLUMNS = {
    "year_start_budget": MoneyColumn.YEAR_START,
    "adjusted_budget": MoneyColumn.ADJUSTED,
    "executed": MoneyColumn.EXECUTED,
}


def forms_of_book(book: Book) -> tuple[Form, ...]:
    """自评表 and the table of performance indicators, as they stand in the workbook."""
    return _self_evaluation(book), _companion(book)


def cases_of_book(book: Book) -> tuple[Case, ...]:
    """The two forms with their standard; 自评表 with what its inputs score."""
    form, companion = forms_of_book(book)
    return Case(form, book.rubric, book.evaluation), Case(companion, book.rubric)


def _self_evaluation(book: Book) -> Form:
    rubric = book.rubric
    rows = tuple(_row(book, indicator) for indicator in rubric.indicators)
    total_score = _score(book, book.cells[names.TOTAL])
    return Form(
        file=book.path,
        sheet=total_score.place.sheet,
        subject=rubric.subject,
        title=rubric.title,
        unit=book.department,
        year=rubric.year,
        columns={},
        rows=rows,
        money=tuple(_money(book)),
        headings=tuple(_headings(book)),
        total_score=total_score,
        grade_boxes=tuple(_grade_boxes(book)),
        rate_base_note="、".join(spec.label for spec in rubric.funds),
        recognised="全部按名称读取",
        confidence=_CERTAIN,
    )


def _row(book: Book, indicator: Indicator) -> FormRow:
    rubric = book.rubric
    secondary = next((h for h in rubric.secondaries if h.id == indicator.secondary), None)
    primary = next((h for h in rubric.primaries if secondary and h.id == secondary.parent), None)
    cells = {
        Column.SCORE: _score(book, book.cells[names.score_name(indicator.id)]),
        Column.REASON: _found(book, book.cells[names.reason_name(indicator.id)]),
    }
    defined = book.host.defined_names
    for column, name in (
        (Column.POINTS, names.points_name(indicator.id)),
        (Column.EVIDENCE, names.evidence_name(indicator.id)),
    ):
        if name in defined:
            cells[column] = _found(book, defined[name])
    return FormRow(
        place=indicator.number,
        primary=primary.name if primary else "",
        secondary=secondary.name if secondary else "",
        name=indicator.name,
        cells=cells,
        points=indicator.points,
        score=_number(cells[Column.SCORE]),
    )


def _headings(book: Book) -> Iterator[BlockHeading]:
    rubric = book.rubric
    levels: list[tuple[int, tuple[Heading, ...]]] = [(1, rubric.primaries), (2, rubric.secondaries)]
    for level, headings in levels:
        for heading in headings:
            score = _score(book, book.cells[names.subtotal_name(heading.id)])
            below = tuple(row.number for row in rubric.rows_of(heading))
            yield BlockHeading(heading.name, level, None, score, below)


def _grade_boxes(book: Book) -> Iterator[GradeBox]:
    """The boxes of the line; none while there is no total, as the program then leaves them open."""
    cell = book.cells[names.GRADE]
    line = str(book.grid.first(cell) or "")
    if not isinstance(book.grid.first(book.cells[names.TOTAL]), Decimal):
        return
    for band in book.rubric.bands:
        is_ticked = f"{TICKED} {band.name}" in line or f"{TICKED}{band.name}" in line
        yield GradeBox(band.name, is_ticked, _place(cell))


def _money(book: Book) -> Iterator[MoneyLine]:
    if book.rubric.subject is Subject.PROJECT:
        yield from _funds(book)
        return
    defined = book.host.defined_names
    labels = {field.field: field.label for field in names.BUDGET_FIELDS}
    for field in ("total_budget", *_BUDGET_PARTS):
        cell = defined.get(names.basic_name(field))
        if cell is not None:
            cells = {MoneyColumn.YEAR_START: _found(book, cell)}
            yield MoneyLine(labels[field], field in _BUDGET_PARTS, cells)


def _funds(book: Book) -> Iterator[MoneyLine]:
    columns = [
        (spec, column) for spec in book.rubric.funds if (column := _FUND_COLUMNS.get(spec.id))
    ]
    whole: dict[MoneyColumn, Found] = {}
    for spec, column in columns:
        area = book.cells[names.input_name(spec.id)]
        amounts = [v for v in book.grid.all(area) if isinstance(v, Decimal)]
        cell = book.host.defined_names.get(names.fund_total_name(spec.id), area)
        whole[column] = Found(total(amounts) if amounts else None, _place(cell))
    reason = _own_words(book)
    if reason is not None:
        whole[MoneyColumn.REASON] = reason
    yield MoneyLine("年度资金总额", False, whole)
    for place, source in enumerate(columns[0][0].parts if columns else ()):
        cells = {
            column: _found(book, book.area_of(f"{spec.id}[{place}]")) for spec, column in columns
        }
        yield MoneyLine(source, True, cells)


def _own_words(book: Book) -> Found | None:
    """What people wrote about the execution; the arithmetic of the program is no reason."""
    rows = (row for row in book.rubric.indicators if isinstance(row.rule, BudgetExecution))
    row = next(rows, None)
    if row is None:
        return None
    found = _found(book, book.cells[names.reason_name(row.id)])
    return found._replace(value=None) if found.text.startswith(MARK) else found


def _companion(book: Book) -> Form:
    fields = {f: c for f, c in _COMPANION.items() if f in book.companion.columns}
    used = [(place, row) for place, row in enumerate(book.rows) if row.is_used]
    area = book.companion.columns["name"]
    return Form(
        file=book.path,
        sheet=area.sheet,
        subject=book.rubric.subject,
        title=book.rubric.subject.companion_table,
        unit=book.department,
        year=book.rubric.year,
        columns={},
        rows=tuple(_companion_row(book, place, row, fields) for place, row in used),
        recognised="全部按名称读取",
        confidence=_CERTAIN,
    )


def _companion_row(
    book: Book, place: int, row: CompanionRow, fields: Mapping[str, Column]
) -> FormRow:
    cells = {
        column: _score(book, cell) if column is Column.SCORE else _found(book, cell)
        for field, column in fields.items()
        for cell in (book.companion.cell(place, field),)
    }
    nature = parse_nature(_text(row.nature))
    if nature is Nature.QUALITATIVE:
        cells = _with_level(book, place, row, cells)
    scored = {scored.place: scored for scored in book.evaluation.companion}.get(place)
    unit = _text(row.unit)
    return FormRow(
        place=place,
        primary=_text(row.kind),
        secondary=cells[Column.SECONDARY].text,
        name=_text(row.name),
        cells=cells,
        nature=nature,
        target=_quantity(cells.get(Column.TARGET), unit),
        actual=_quantity(cells.get(Column.ACTUAL), unit),
        points=scored.score.points if scored else None,
        score=_number(cells[Column.SCORE]),
    )


def _with_level(
    book: Book, place: int, row: CompanionRow, cells: Mapping[Column, Found]
) -> dict[Column, Found]:
    """A qualitative row is measured by its level, and needs no target in words."""
    measured = dict(cells)
    if is_blank(row.target):
        del measured[Column.TARGET]
    if is_blank(row.actual):
        measured[Column.ACTUAL] = _found(book, book.companion.cell(place, "level"))
    return measured


def _quantity(found: Found | None, unit: str) -> Quantity | None:
    return None if found is None else Quantity(found, None, _number(found), unit)


def _found(book: Book, area: CellRange) -> Found:
    return Found(book.grid.first(area), _place(area))


def _score(book: Book, area: CellRange) -> Found:
    """A score cell; 待填 and the like are the program's words, not a person's, and no score."""
    found = _found(book, area)
    is_ours = isinstance(found.value, str) and is_score_text(found.value)
    return found._replace(value=None) if is_ours else found


def _place(area: CellRange) -> Place:
    return Place(area.sheet, area.first_row, area.first_column)


def _number(found: Found) -> Decimal | None:
    return found.value if isinstance(found.value, Decimal) else None


def _text(value: Value) -> str:
    return "" if is_blank(value) else str(value).strip()
