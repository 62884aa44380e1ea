"""The published case in formulas: 26 rows by JX_SCORE, 97.59 by JX_TOTAL, 优 by JX_GRADE."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.udfs import JX_COMPLETION_TABLE, JX_GRADE, JX_REASON, JX_SCORE, JX_TOTAL
from jixiao.workbook import names
from jixiao.workbook.book import Book, read_book
from jixiao.workbook.filling import cell_changes
from workbook.books import RUBRIC, SEED_SCORES, SEED_TOTAL


@pytest.fixture
def book(seed_path: Path) -> Book:
    return read_book(seed_path)


def as_handed_over(value: object) -> object:
    """A number as a float, as every host gives it."""
    return float(value) if isinstance(value, Decimal) else value


def cells_of(book: Book, name: str) -> list[list[object]]:
    """The values of a named range, in rows."""
    area = book.cells[name]
    width = area.last_column - area.first_column + 1
    found = [as_handed_over(value) for value in book.grid.all(area)]
    return [found[start : start + width] for start in range(0, len(found), width)]


def arguments_of(book: Book, number: int) -> list[list[list[object]]]:
    """What a row's formula names: its inputs in order, or columns of the companion table."""
    if number <= len(RUBRIC.companion_kinds):
        return [cells_of(book, names.companion_name(field)) for field in names.SCORED_COLUMNS]
    specs = RUBRIC.indicators[number - 1].inputs
    return [cells_of(book, names.input_name(spec.id)) for spec in specs]


NUMBERS = range(1, 27)


def test_all_rows_score_as_published_and_add_up_to_the_published_total(book: Book) -> None:
    scores = [JX_SCORE(float(number), *arguments_of(book, number)) for number in NUMBERS]
    assert scores == [float(score) for score in SEED_SCORES]
    points = [[float(row.points)] for row in RUBRIC.indicators]
    total = JX_TOTAL([[score] for score in scores], points)
    assert total == float(SEED_TOTAL) == 97.59
    assert JX_GRADE(total) == "优"


def test_the_reasons_are_those_that_fill_writes(book: Book) -> None:
    changes = cell_changes(book)
    for row in RUBRIC.indicators:
        written = changes[book.cells[names.reason_name(row.id)]]
        assert JX_REASON(float(row.number), *arguments_of(book, row.number)) == written, row.name


def test_the_companion_table_spills_what_fill_writes(book: Book) -> None:
    fields = [column.field for column in names.COMPANION_COLUMNS]
    columns = [cells_of(book, names.companion_name(field)) for field in fields]
    table = [[line[0] for line in lines] for lines in zip(*columns, strict=True)]
    spilled = JX_COMPLETION_TABLE(table)
    assert isinstance(spilled, list)
    changes = cell_changes(book)
    for place, (rate, points, score) in enumerate(spilled):
        written = [
            as_handed_over(changes.get(book.companion.cell(place, field)))
            for field in ("rate", "settled_points", "score")
        ]
        assert [points or None, score if score != "" else None] == written[1:]
        assert (rate or None) == (written[0] if written[0] is None else pytest.approx(written[0]))
