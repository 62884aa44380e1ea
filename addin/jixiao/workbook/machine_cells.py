"""The cells that the program owns: what they should hold, and what people put there by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jixiao.hosts.host import Changes
from jixiao.ooxml.cells import CellContent, CellRange, CellValue, Formula
from jixiao.scoring import RowScore, Score
from jixiao.scoring.inputs import is_blank, shown
from jixiao.workbook import names
from jixiao.workbook.book import Book
from jixiao.workbook.errors import BookError, Located
from jixiao.workbook.formulas import formulas
from jixiao.workbook.grade_line import grade_line, is_grade_line
from jixiao.workbook.machine_text import (
    MARK,
    is_own_formula,
    is_score_text,
    may_replace,
    reason,
)
from jixiao.workbook.remarks import remarks

_RATE_STEP = Decimal("0.000001")  # the 完成率 column shows two decimals of a percentage


def cell_changes(book: Book) -> dict[CellRange, CellValue]:
    """Every cell that the program owns, with the value it should have."""
    evaluation = book.evaluation
    changes: dict[CellRange, CellValue] = {}
    for row in evaluation.scores:
        changes[book.cells[names.score_name(row.indicator.id)]] = _score_value(row.score)
        place = book.cells[names.reason_name(row.indicator.id)]
        if is_free(book, place):
            changes[place] = reason(row.score)
    for subtotal in evaluation.subtotals:
        name = names.subtotal_name(subtotal.heading.id)
        changes[book.cells[name]] = "待填" if subtotal.value is None else subtotal.value
    waiting = evaluation.waiting_words
    changes[book.cells[names.TOTAL]] = waiting if evaluation.total is None else evaluation.total
    grade = book.cells[names.GRADE]
    if takes_grade(book):
        changes[grade] = grade_line(book.rubric, evaluation.grade)
    changes.update(_companion_changes(book))
    changes.update(finding_changes(book, remarks(book)))
    return changes


def _score_value(score: Score) -> CellValue:
    return score.status.label if score.value is None else score.value


def _companion_changes(book: Book) -> dict[CellRange, CellValue]:
    scored = {row.place: row for row in book.evaluation.companion}
    changes: dict[CellRange, CellValue] = {}
    for place in range(book.companion.length):
        values = _row_values(scored.get(place))
        for field, value in zip(("rate", "settled_points", "score"), values, strict=True):
            cell = book.companion.cell(place, field)
            if value is not None or _holds_anything(book, cell):
                changes[cell] = value
    return changes


def _row_values(row: RowScore | None) -> tuple[CellValue, CellValue, CellValue]:
    if row is None:
        return None, None, None
    rate = None if row.rate is None else row.rate.rounded(_RATE_STEP)
    return rate, row.score.points, _score_value(row.score)


def finding_changes(book: Book, texts: Sequence[str]) -> dict[CellRange, CellValue]:
    """The list 程序核对提示 with these texts, around what people wrote into it."""
    area = book.cells[names.FINDINGS]
    places = [
        CellRange(area.sheet, row, area.first_column, row, area.first_column)
        for row in range(area.first_row, area.last_row + 1)
    ]
    free = [place for place in places if is_free(book, place)]
    marked = [MARK + text for text in texts]
    if len(marked) > len(free) > 0:
        left_out = len(marked) - len(free) + 1
        marked[len(free) - 1 :] = [f"{MARK}还有{left_out}条，此处写不下，请运行 jixiao score 查看"]
    changes: dict[CellRange, CellValue] = dict(zip(free, marked, strict=False))
    for place in free[len(marked) :]:
        if _holds_anything(book, place):
            changes[place] = None
    return changes


def formula_changes(book: Book) -> Changes:
    """The live formula of every cell that the program owns, people's own texts left as they are.

    Raises BookError where the workbook is not made from the macro template: without its functions
    and its hidden sheet the formulas could show nothing.
    """
    live = formulas(book.rubric, _column_name(book))
    results = book.host.defined_names.get(names.COMPANION_RESULTS)
    points = (names.points_name(row.id) for row in book.rubric.indicators)
    if results is None or any(name not in book.host.defined_names for name in points):
        raise BookError(
            ["这个工作簿不是由带宏的模板（.xlsm）建的，没有公式要用的函数，恢复不了公式"]
        )
    changes: dict[CellRange, CellContent] = {}
    for name, text in live.cells.items():
        cell = book.cells[name]
        is_reason = name.startswith(names.reason_name(""))
        if (not is_reason or is_free(book, cell)) and (name != names.GRADE or takes_grade(book)):
            changes[cell] = Formula(text)
    for field, text in live.companion.items():
        for place in range(book.companion.length):
            changes[book.companion.cell(place, field)] = Formula(text)
    if not _is_calculated_together(book, results):
        changes[results] = Formula(live.results)
    return changes


def _column_name(book: Book) -> names.NameOf:
    """How an array formula names the columns: shortly, where the workbook has those names."""
    short = (names.short_column_name(field) for field in names.SCORED_COLUMNS)
    has_short = all(name in book.host.defined_names for name in short)
    return names.short_column_name if has_short else names.companion_name


def _is_calculated_together(book: Book, results: CellRange) -> bool:
    """Whether the array formula is there: its first cell says so, the rest is not worth reading."""
    row, column = results.first_row, results.first_column
    first = book.host.read(CellRange(results.sheet, row, column, row, column))
    return is_own_formula(first.formulas.get((row, column), ""))


def has_formulas(book: Book) -> bool:
    """Whether any cell of the program is worked out by a formula of ours."""
    return any(is_own_formula(book.grid.formula(cell)) for cell in cell_changes(book))


def is_free(book: Book, cell: CellRange) -> bool:
    """Whether a reason or remark cell is blank, or its text or formula is the program's own."""
    return may_replace(book.grid.first(cell)) or is_own_formula(book.grid.formula(cell))


def takes_grade(book: Book) -> bool:
    """Whether the grade's cell holds nothing but its own line."""
    cell = book.cells[names.GRADE]
    is_line = is_grade_line(book.rubric, book.grid.first(cell))
    return is_line or is_own_formula(book.grid.formula(cell))


def _holds_anything(book: Book, cell: CellRange) -> bool:
    return not is_blank(book.grid.first(cell)) or bool(book.grid.formula(cell))


def all_faults(book: Book) -> tuple[Located, ...]:
    """What keeps the workbook from being scored: wrong inputs, people's texts in score cells."""
    return (*book.formula_faults(), *book.input_faults(), *score_cell_faults(book))


def score_cell_faults(book: Book) -> tuple[Located, ...]:
    """The cells for scores that hold a person's text, which must not be lost."""
    found = []
    for cell, label in _score_cells(book).items():
        current = book.grid.first(cell)
        if not (is_score_text(current) or is_own_formula(book.grid.formula(cell))):
            message = (
                f"{cell.sheet}!{cell.a1}（{label}）：本格由程序填写，现有文字“{shown(current)}”，"
                "请移到别处（如“评分依据”栏）后清空本格"
            )
            found.append(Located(cell, message))
    return tuple(found)


def _score_cells(book: Book) -> dict[CellRange, str]:
    """The cells that hold nothing but numbers and words of the program, with their labels."""
    cells = {
        book.cells[names.score_name(row.id)]: f"“{row.name}”得分" for row in book.rubric.indicators
    }
    for heading in (*book.rubric.primaries, *book.rubric.secondaries):
        cells[book.cells[names.subtotal_name(heading.id)]] = f"“{heading.name}”小计"
    cells[book.cells[names.TOTAL]] = "总分"
    for place in range(book.companion.length):
        for column in names.COMPANION_COLUMNS:
            if not column.is_input:
                cells[book.companion.cell(place, column.field)] = column.heading
    return cells
