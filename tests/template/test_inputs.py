"""基础数据 asks for every input of the rubric, and Excel checks what is typed by its kind."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.scoring import Indicator, InputKind, InputSpec
from jixiao.scoring.numbers import plain
from jixiao.scoring.rubric import HAND_BASIS, HAND_SCORE
from jixiao.scoring.rules import Completion
from jixiao.template.inputs import Column
from jixiao.template.styles import INPUT_FILL, RARE_INPUT_FILL
from jixiao.workbook import names

from .built import RUBRIC, cells, fixed_rows, sheet, texts, the_cell

SPECS = tuple(RUBRIC.specs.values())
FORMATS = {InputKind.AMOUNT: "#,##0.00", InputKind.RATE: "0.00%", InputKind.SHARE: "0.00%"}


def at(row: int, column: Column) -> Any:
    return sheet("inputs").cell(row, column + 1).value


def check_at(cell: Any) -> Any:
    checks = cell.parent.data_validations.dataValidation
    found = [check for check in checks if cell.coordinate in check.sqref]
    assert len(found) <= 1
    return found[0] if found else None


def is_by_hand(spec: InputSpec) -> bool:
    return spec.id.endswith((HAND_SCORE, HAND_BASIS))


def expected(spec: InputSpec) -> tuple[str | None, ...]:
    """Type, operator and bounds of the validation."""
    match spec.kind:
        case InputKind.AMOUNT:
            return ("decimal", "greaterThanOrEqual", "0", None)
        case InputKind.COUNT:
            return ("whole", "greaterThanOrEqual", "0", None)
        case InputKind.RATE:
            return ("decimal", None, "0", "2")
        case InputKind.SHARE:
            return ("decimal", None, "0", "1")
        case InputKind.SCORE:
            assert spec.largest is not None
            return ("decimal", None, "0", plain(spec.largest))
        case InputKind.YES_NO:
            return ("list", None, '"是,否"', None)
        case _:
            return ("list", None, f'"{",".join(spec.options)}"', None)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_input_has_its_label_unit_and_advice(spec: InputSpec) -> None:
    for place, cell in enumerate(cells(names.input_name(spec.id)), 1):
        label = at(cell.row, Column.LABEL)
        assert label.startswith(spec.label)
        assert label.endswith(f"{place}月") == (spec.cells == 12)
        assert (at(cell.row, Column.UNIT) or "") == spec.unit
    first = cells(names.input_name(spec.id))[0]
    assert (at(first.row, Column.HELP) or "") == spec.help
    assert the_cell(names.remark_name(spec.id)).row == first.row


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_input_is_checked_by_its_kind(spec: InputSpec) -> None:
    for cell in cells(names.input_name(spec.id)):
        check = check_at(cell)
        if spec.kind is InputKind.TEXT:
            assert check is None
            continue
        operator = None if check.operator == "between" else check.operator
        found = (check.type, operator, check.formula1, check.formula2)
        assert found == expected(spec)
        assert check.showErrorMessage
        assert check.errorStyle in {None, "stop"}
        assert check.allowBlank
        assert len(check.errorTitle) <= 32
        assert len(check.error) <= 255
        assert (check.prompt or "") == spec.help


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_input_is_yellow_and_shown_by_its_kind(spec: InputSpec) -> None:
    fill = RARE_INPUT_FILL if is_by_hand(spec) else INPUT_FILL
    for cell in cells(names.input_name(spec.id)):
        assert cell.number_format == FORMATS.get(spec.kind, "General")
        assert cell.fill.start_color.rgb == f"FF{fill.removeprefix('#')}"


@pytest.mark.parametrize("spec", [*filter(is_by_hand, SPECS)], ids=lambda spec: spec.id)
def test_scores_by_hand_say_when_they_are_wanted(spec: InputSpec) -> None:
    cell = the_cell(names.input_name(spec.id))
    assert "仅在程序提示“待评”时填" in at(cell.row, Column.LABEL)


@pytest.mark.parametrize("row", RUBRIC.indicators, ids=lambda row: row.id)
def test_indicators_stand_in_order_with_their_inputs(row: Indicator) -> None:
    found = sheet("inputs")
    (first,) = (
        line
        for line in range(1, found.max_row + 1)
        if at(line, Column.NUMBER) == row.number and at(line, Column.INDICATOR) == row.name
    )
    if isinstance(row.rule, Completion):
        assert "指标完成情况表" in at(first, Column.LABEL)
        return
    lines = [cell.row for spec in row.inputs for cell in cells(names.input_name(spec.id))]
    assert lines == list(range(first, first + len(lines)))


def test_months_are_one_column_from_january_to_december() -> None:
    months = cells(names.input_name("monthly_execution_rates"))
    labels = [at(cell.row, Column.LABEL) for cell in months]
    assert [label.rsplit("：")[-1] for label in labels] == [f"{n}月" for n in range(1, 13)]


def test_sheet_says_what_blank_and_zero_mean() -> None:
    assert any(
        "没有发生的填0" in text and "空白表示未填" in text for text in texts(sheet("inputs"))
    )


def test_rows_grow_with_what_is_typed() -> None:
    typed = [cell for spec in SPECS for cell in cells(names.input_name(spec.id))]
    assert not {cell.row for cell in typed} & fixed_rows("inputs")
