"""指标完成情况表: the printed columns, the helping columns, the prefilled words, the drop-downs."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.scoring.natures import Nature, parse_nature
from jixiao.template.styles import INPUT_FILL, PROGRAM_FILL
from jixiao.workbook import names
from jixiao.workbook.names import COMPANION_COLUMNS, Column

from .built import RUBRIC, cells, fixed_rows, sheet, texts
from .test_inputs import check_at

KINDS, ROWS = RUBRIC.companion_kinds, names.COMPANION_ROWS_OF_A_KIND


def column(field: str) -> list[Any]:
    return cells(names.companion_name(field))


def test_columns_stand_from_the_left_with_their_headings() -> None:
    first = column("kind")[0].row
    for place, wanted in enumerate(COMPANION_COLUMNS, 1):
        assert {cell.column for cell in column(wanted.field)} == {place}
        assert sheet("companion").cell(first - 1, place).value == wanted.heading


def test_kinds_and_natures_are_filled_in() -> None:
    assert [cell.value for cell in column("kind")] == [kind for kind in KINDS for _ in range(ROWS)]
    assert {parse_nature(cell.value) for cell in column("nature")} == {Nature.AT_LEAST}


@pytest.mark.parametrize("wanted", COMPANION_COLUMNS, ids=lambda wanted: wanted.field)
def test_only_what_people_type_is_yellow(wanted: Column) -> None:
    fill = INPUT_FILL if wanted.is_input else PROGRAM_FILL
    found = {cell.fill.start_color.rgb for cell in column(wanted.field)}
    assert found == {f"FF{fill.removeprefix('#')}"}


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("target", "General"),
        ("actual", "General"),
        ("rate", "0.00%"),
        ("share", "0.00%"),
        ("points", "0.00"),
        ("score", "0.00"),
        ("settled_points", "0.00"),
        ("hand_score", "0.00"),
        ("nature", "@"),
    ],
)
def test_numbers_are_shown_as_the_printed_table_does(field: str, shown: str) -> None:
    assert {cell.number_format for cell in column(field)} == {shown}


@pytest.mark.parametrize(
    ("field", "options", "style"),
    [
        ("kind", "产出,效益", {None, "stop"}),
        ("nature", "≥,≤,=,定性", {"warning"}),
        ("level", "达成年度指标,部分达成并具有一定效果,未达成且效果较差", {None, "stop"}),
    ],
)
def test_words_are_chosen_from_lists(field: str, options: str, style: set[str | None]) -> None:
    for cell in (column(field)[0], column(field)[-1]):
        check = check_at(cell)
        assert check.type == "list"
        assert check.formula1 == f'"{options}"'
        assert check.errorStyle in style


@pytest.mark.parametrize("field", ["target", "actual", "unit", "name", "rate", "score", "remark"])
def test_targets_and_actuals_take_whatever_is_typed(field: str) -> None:
    assert all(check_at(cell) is None for cell in column(field))


def test_title_unit_line_and_helping_columns_are_labelled() -> None:
    found = texts(sheet("companion"))
    assert "部门整体支出绩效指标完成情况表" in found
    assert "填报辅助栏（不打印）" in found
    assert "填报单位：" in found
    assert '=IF(jixiao_basic_department="","",jixiao_basic_department)' in found


def test_every_column_is_explained_above_it() -> None:
    first = sheet("companion")[1]
    assert all(isinstance(cell.value, str) for cell in first[: len(COMPANION_COLUMNS)])


def test_twelve_columns_are_printed_without_the_advice() -> None:
    last = column("kind")[-1].row
    assert sheet("companion").print_area.split("!")[-1].replace("$", "") == f"A2:L{last}"
    assert sheet("companion").page_setup.orientation == "landscape"


def test_rows_grow_with_what_is_typed() -> None:
    assert not {cell.row for cell in column("name")} & fixed_rows("companion")


def test_panes_are_frozen_below_the_headings_and_right_of_the_name() -> None:
    first = column("unit")[0].row
    assert sheet("companion").freeze_panes == f"E{first}"
