"""Every name of the contract is defined once, for the whole workbook, at the right cells."""

from __future__ import annotations

import pytest

from jixiao.reports.outline import DEPARTMENT
from jixiao.workbook import names
from jixiao.workbook.names import SHEETS

from .built import RUBRIC, cells, place, the_cell, workbook

HEADINGS = (*RUBRIC.primaries, *RUBRIC.secondaries)
SPECS = tuple(RUBRIC.specs.values())

SINGLE = {
    names.RUBRIC: "guide",
    names.TOTAL: "form",
    names.GRADE: "form",
    **{names.score_name(row.id): "form" for row in RUBRIC.indicators},
    **{names.points_name(row.id): "form" for row in RUBRIC.indicators},
    **{names.reason_name(row.id): "form" for row in RUBRIC.indicators},
    **{names.evidence_name(row.id): "form" for row in RUBRIC.indicators},
    **{names.subtotal_name(heading.id): "form" for heading in HEADINGS},
    **{names.input_name(spec.id): "inputs" for spec in SPECS if spec.cells == 1},
    **{names.remark_name(spec.id): "inputs" for spec in SPECS},
    **{
        names.basic_name(field.field): "basics"
        for field in (*names.BASIC_FIELDS, *names.BUDGET_FIELDS)
    },
    **{names.report_text_name(section.id): "report" for section in DEPARTMENT.sections},
}
COLUMNS = {
    names.FINDINGS: ("review", 60),
    **{names.input_name(spec.id): ("inputs", spec.cells) for spec in SPECS if spec.cells > 1},
    **{
        names.companion_name(column.field): (
            "companion",
            names.COMPANION_ROWS_OF_A_KIND * len(RUBRIC.companion_kinds),
        )
        for column in names.COMPANION_COLUMNS
    },
}


@pytest.mark.parametrize(("name", "sheet"), SINGLE.items())
def test_name_points_to_one_cell(name: str, sheet: str) -> None:
    assert place(name)[0] == SHEETS[sheet]
    assert len(cells(name)) == 1


@pytest.mark.parametrize(("name", "sheet", "length"), [(k, *v) for k, v in COLUMNS.items()])
def test_name_points_to_one_column(name: str, sheet: str, length: int) -> None:
    found = cells(name)
    assert place(name)[0] == SHEETS[sheet]
    assert len(found) == length
    assert len({cell.column for cell in found}) == 1
    assert [cell.row for cell in found] == list(range(found[0].row, found[0].row + length))


def test_no_other_names_are_defined() -> None:
    assert set(workbook().defined_names) == {*SINGLE, *COLUMNS}


def test_no_two_names_share_a_cell() -> None:
    found = [
        (cell.parent.title, cell.coordinate) for name in (*SINGLE, *COLUMNS) for cell in cells(name)
    ]
    assert len(found) == len(set(found))


def test_rows_of_the_companion_table_are_the_same_in_all_columns() -> None:
    spans = {
        (found[0].row, found[-1].row)
        for column in names.COMPANION_COLUMNS
        for found in [cells(names.companion_name(column.field))]
    }
    assert len(spans) == 1


def test_named_cells_hold_nothing_but_what_is_prefilled() -> None:
    prefilled = {names.RUBRIC, names.GRADE}
    prefilled |= {names.companion_name(field) for field in ("kind", "nature")}
    prefilled |= {names.points_name(row.id) for row in RUBRIC.indicators}
    for name in (*SINGLE, *COLUMNS):
        if name not in prefilled:
            assert all(cell.value is None for cell in cells(name)), name


def test_named_points_are_those_of_the_standard() -> None:
    for row in RUBRIC.indicators:
        assert the_cell(names.points_name(row.id)).value == float(row.points)
