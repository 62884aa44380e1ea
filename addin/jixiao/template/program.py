"""程序用: the hidden sheet of the macro template, for what the program needs and nobody reads.

The words of the host module and of the function wizard (VBA source is ASCII), and the results of
the companion table, which is worked out in one call for all its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.function_table import FunctionSpec
from jixiao.template.area import Area, cell
from jixiao.template.book import Book, Sheet
from jixiao.template.styles import PLAIN
from jixiao.workbook import names
from jixiao.workbook.formulas import RESULT_COLUMNS

CATEGORY = "绩效自评"
"""Where the function wizard lists the functions."""

# As many rows as `jixiao.workbook.book` reads of a companion table.
_RESULT_ROWS = 2_000

_STYLE = PLAIN
_RESULTS = 0
_MESSAGES = _RESULTS + len(RESULT_COLUMNS) + 1
_HELP = _MESSAGES + 3
_NARROW, _WIDE = 9.0, 60.0
_HEADING, _FIRST = 0, 1


def write_program(book: Book, functions: Sequence[FunctionSpec]) -> None:
    """Write the sheet and hide it."""
    helps = _function_help(functions)
    sheet = book.program_sheet([_NARROW] * _MESSAGES + [_WIDE] * (3 + len(helps[0])))
    results = Area(_FIRST, _RESULTS, _RESULT_ROWS, _RESULTS + len(RESULT_COLUMNS) - 1)
    sheet.calculate_together(results, book.formulas.results, _STYLE)
    sheet.name(results, names.COMPANION_RESULTS)
    _write_rows(sheet, _MESSAGES, names.HOST_MESSAGES, list(HOST_MESSAGES.items()))
    _write_rows(sheet, _HELP, names.FUNCTION_HELP, helps)
    for column, title in ((_RESULTS, "完成率等"), (_MESSAGES, "提示"), (_HELP, "函数说明")):
        sheet.put(cell(_HEADING, column), title, _STYLE)


def _function_help(functions: Sequence[FunctionSpec]) -> list[tuple[str, ...]]:
    """A row each, as JxDescribe reads it: name, category, description, help of the arguments."""
    most = max(len(function.arguments) for function in functions)
    return [
        (
            function.name,
            CATEGORY,
            function.description,
            *(argument.help for argument in function.arguments),
            *("" for _ in range(most - len(function.arguments))),
        )
        for function in functions
    ]


def _write_rows(sheet: Sheet, column: int, name: str, rows: Sequence[Iterable[str]]) -> None:
    width = 0
    for row, texts in enumerate(rows, _FIRST):
        for place, text in enumerate(texts):
            sheet.put(cell(row, column + place), text, _STYLE)
            width = max(width, place)
    sheet.name(Area(_FIRST, column, _FIRST + len(rows) - 1, column + width), name)
