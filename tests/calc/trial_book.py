"""Writes the macro workbooks of these tests: the real host module with trial functions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import xlsxwriter

from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.building.macro_project import template_project
from jixiao.function_table import ArgumentSpec, Example, FunctionSpec
from jixiao.workbook.names import HOST_MESSAGES as MESSAGES_NAME

SHEET = "数据"
MESSAGES_SHEET = "提示"


def _function(name: str, *arguments: ArgumentSpec) -> FunctionSpec:
    return FunctionSpec(name, "试验函数", arguments, Example(f"={name}()"), repr)


def _argument(name: str, *, optional: bool = False, variadic: bool = False) -> ArgumentSpec:
    return ArgumentSpec(name, "试验", is_optional=optional, is_variadic=variadic)


FUNCTIONS = (
    _function(
        "JX_SHOW",
        _argument("value"),
        _argument("second", optional=True),
        _argument("third", optional=True),
    ),
    _function("JX_ALL", _argument("first"), _argument("values", variadic=True)),
    _function(
        "JX_RATE",
        _argument("actual"),
        _argument("target"),
        _argument("cap", optional=True),
    ),
    _function("JX_ANSWER", _argument("kind")),
    _function("JX_VERSION"),
    _function("JX_FAIL", _argument("row")),
    # these two are in the table, but not in the module
    _function("JX_ABSENT", _argument("value")),
    _function("not_a_function", _argument("value")),
)


def write_book(
    path: Path,
    *,
    constants: Mapping[str, object] | None = None,
    formulas: Mapping[str, str] | None = None,
    functions: Sequence[FunctionSpec] = FUNCTIONS,
    messages: bool = True,
) -> Path:
    """A .xlsm with one sheet of constants and formulas and the sheet of messages."""
    project = template_project(2 if messages else 1, functions)
    with xlsxwriter.Workbook(path) as book:
        book.add_vba_project(BytesIO(project.content), is_stream=True)
        book.set_vba_name(project.workbook_module)
        _fill(book, constants or {}, formulas or {})
        if messages:
            _add_messages(book)
    return path


def _fill(
    book: xlsxwriter.Workbook, constants: Mapping[str, object], formulas: Mapping[str, str]
) -> None:
    sheet = book.add_worksheet(SHEET)
    sheet.set_vba_name("Sheet1")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for address, value in constants.items():
        sheet.write(address, value, day if isinstance(value, datetime.date) else None)
    for address, formula in formulas.items():
        if ":" in address:
            sheet.write_array_formula(address, "{" + formula + "}")
        else:
            sheet.write_formula(address, formula, None, "")


def _add_messages(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(MESSAGES_SHEET)
    sheet.set_vba_name("Sheet2")
    for row, (code, text) in enumerate(HOST_MESSAGES.items()):
        sheet.write_row(row, 0, [code, text])
    sheet.very_hidden()
    book.define_name(MESSAGES_NAME, f"='{MESSAGES_SHEET}'!$A$1:$B${len(HOST_MESSAGES)}")
