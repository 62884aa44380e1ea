"""The formulas of the program's cells, as data."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.function_table import FUNCTIONS
from jixiao.scoring import Indicator
from jixiao.scoring.rules import Completion
from jixiao.workbook import names
from jixiao.workbook.formulas import NO_FORMULAS, RESULT_COLUMNS, Formulas, formulas
from jixiao.workbook.grade_line import grade_line

from .built import RUBRIC, edited

FOUND = formulas(RUBRIC)
HEADINGS = (*RUBRIC.primaries, *RUBRIC.secondaries)
COLUMNS = ",".join(names.companion_name(field) for field in names.SCORED_COLUMNS)


def texts(found: Formulas) -> list[str]:
    return [*found.cells.values(), *found.companion.values(), found.results]


def test_every_cell_of_the_program_has_one() -> None:
    machine = {names.score_name(row.id) for row in RUBRIC.indicators}
    machine |= {names.reason_name(row.id) for row in RUBRIC.indicators}
    machine |= {names.subtotal_name(heading.id) for heading in HEADINGS}
    assert set(FOUND.cells) == machine | {names.TOTAL, names.GRADE}
    columns = {column.field for column in names.COMPANION_COLUMNS if not column.is_input}
    assert set(FOUND.companion) == columns == set(RESULT_COLUMNS)


@pytest.mark.parametrize("row", RUBRIC.indicators, ids=lambda row: row.id)
def test_a_row_takes_its_inputs_in_the_order_of_the_standard(row: Indicator) -> None:
    inputs = ",".join(names.input_name(spec.id) for spec in row.inputs)
    given = COLUMNS if isinstance(row.rule, Completion) else inputs
    assert FOUND.cells[names.score_name(row.id)] == f"=JX_SCORE({row.number},{given})"
    assert FOUND.cells[names.reason_name(row.id)] == f"=JX_REASON({row.number},{given})"


def test_no_formula_takes_in_a_column_that_shows_its_result() -> None:
    shown = {names.companion_name(field) for field in RESULT_COLUMNS}
    for text in texts(FOUND):
        assert not shown & set(re.findall(r"jixiao_\w+", text))


def test_sums_are_taken_from_the_first_to_the_last_row() -> None:
    first, last = RUBRIC.indicators[0].id, RUBRIC.indicators[-1].id
    assert FOUND.cells[names.TOTAL] == (
        f"=JX_TOTAL({names.score_name(first)}:{names.score_name(last)},"
        f"{names.points_name(first)}:{names.points_name(last)})"
    )
    alone = next(heading for heading in RUBRIC.secondaries if len(RUBRIC.rows_of(heading)) == 1)
    (row,) = RUBRIC.rows_of(alone)
    assert FOUND.cells[names.subtotal_name(alone.id)] == (
        f"=JX_TOTAL({names.score_name(row.id)},{names.points_name(row.id)})"
    )


def test_rows_that_stand_apart_are_added_up() -> None:
    rows = list(RUBRIC.indicators)
    rows[3], rows[4] = rows[4], rows[3]
    shuffled = replace(RUBRIC, indicators=tuple(rows))
    text = formulas(shuffled).cells[names.subtotal_name("budget_execution")]
    assert re.fullmatch(r'=IFERROR\(JX_TOTAL\([^()]*\)\+JX_TOTAL\([^()]*\),"待填"\)', text)


def test_only_functions_of_the_table_and_of_every_spreadsheet_are_called() -> None:
    called = {name for text in texts(FOUND) for name in re.findall(r"[A-Z_]+(?=\()", text)}
    own = {name for name in called if name.startswith("JX_")}
    assert own <= set(FUNCTIONS)
    assert called - own == {"IFERROR", "INDEX", "ROW", "SUBSTITUTE"}


def test_formulas_are_short_enough_for_excel() -> None:
    for text in texts(FOUND):
        assert text.startswith("=")
        assert len(text) <= 8192
        assert all(len(literal) <= 255 for literal in re.findall(r'"((?:[^"]|"")*)"', text))


def test_the_grade_line_is_the_printed_one() -> None:
    literal = '"' + grade_line(RUBRIC, None).replace('"', '""') + '"'
    assert FOUND.cells[names.GRADE].startswith(f"=SUBSTITUTE({literal},")


@pytest.mark.parametrize("total", ["97.59", "80", "79.99", "0"])
def test_one_replacement_ticks_the_grade(total: str) -> None:
    reached = RUBRIC.grade(Decimal(total))
    ticked = grade_line(RUBRIC, None).replace(f"□ {reached.name} ", f"☑ {reached.name} ")
    assert ticked == grade_line(RUBRIC, reached)


def test_a_long_text_is_parted() -> None:
    words = "分" * 300 + '"'
    (band,) = [band for band in RUBRIC.bands if band.name == "优"]
    rubric = edited((f'words = "{band.words}"', f"words = '{words}'"))
    text = formulas(rubric).cells[names.GRADE]
    literals = re.findall(r'"((?:[^"]|"")*)"', text)
    assert max(len(literal) for literal in literals) <= 255
    assert words.replace('"', '""') in "".join(literals)


def test_without_formulas_there_are_none() -> None:
    assert texts(NO_FORMULAS) == [""]
