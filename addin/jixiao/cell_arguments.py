"""Arguments of worksheet functions: from what a host hands over to exact values.

A cell arrives as a float, a text, a boolean, None (blank), a date with or without a time
(pywintypes' too), or a Decimal (a currency cell); a range as nested lists or tuples, flat where it
is one row or one column. An error cell arrives as its text, #DIV/0!, because `function_table` asks
xlwings for that; handed over raw by COM it is one of a few large negative integers; from Calc it is
None, a blank. Nothing here knows which host it is.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from jixiao.scoring import InputSpec, Value
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.numbers import from_float

Cell = object
"""What a host hands over for one argument: a cell's value or a whole range."""

MISSING, OPEN, WRONG = "待填：", "待评：", "错误："
"""An answer in words starts with one of these: an input is blank, the standard does not settle the
row and a person must, an input is wrong. A total says 待填2项、待评1项、有误1项 instead."""

_ANSWER_IN_WORDS = re.compile(r"\s*(待填|待评|错误|有误)(：|\d+项|\s*$)")

_NOT_A_NUMBER = "#NUM!"

_ERROR_CELLS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: _NOT_A_NUMBER,
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}
"""Excel's error values as COM hands them over: 0x800A0000 plus the number of CVErr."""


class Refusal(Exception):  # noqa: N818  # an answer, not an error
    """A worksheet function's answer in words: 待填, 待评 or 错误, with the reason."""


def missing(label: str) -> Refusal:
    """The answer where nothing was typed."""
    return Refusal(f"{MISSING}{label}")


def wrong(label: str, message: str) -> Refusal:
    """The answer where what was typed cannot be used."""
    return Refusal(f"{WRONG}{label}：{message}")


def exact(value: Cell) -> Value:
    """One cell's value: a number by its 15 digits, a date without its time, a text as it is.

    A range of one cell is that cell; raises Refusal for a larger one.
    """
    if isinstance(value, float):
        return _by_digits(value)
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return value if value.is_finite() else _NOT_A_NUMBER
    if isinstance(value, int):
        return _ERROR_CELLS.get(value) or _by_digits(value)
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, list | tuple):
        return _only(cells(value))
    return str(value)


def _by_digits(value: float) -> Value:
    try:
        return from_float(float(value))
    except (ValueError, OverflowError):
        return _NOT_A_NUMBER


def _only(found: list[Value]) -> Value:
    if len(found) != 1:
        raise Refusal(f"{WRONG}此处应为一个单元格，现为{len(found)}格")
    return found[0]


def cells(values: Cell) -> list[Value]:
    """All cells of a range, or of several, row by row."""
    if not isinstance(values, list | tuple):
        return [exact(values)]
    found: list[Value] = []
    for item in values:
        if isinstance(item, list | tuple):
            found += cells(item)
        else:
            found.append(exact(item))
    return found


def table(values: Cell) -> list[list[Value]]:
    """A range as rows of cells; what arrives flat is one row, a single cell one row of one."""
    rows = values if isinstance(values, list | tuple) else [values]
    if not any(isinstance(row, list | tuple) for row in rows):
        rows = [rows]
    return [cells(row) for row in rows]


def is_answer_in_words(value: Value | tuple[Value, ...]) -> bool:
    """Whether a cell holds words that stand for a number: a function's, or a filled workbook's."""
    return isinstance(value, str) and _ANSWER_IN_WORDS.match(value) is not None


def pass_on(*values: Value | tuple[Value, ...]) -> None:
    """Raise Refusal with the first answer in words among the values, as it stands.

    So the reason reaches the end of a chain of formulas, and no number is made of it on the way.
    """
    for value in values:
        if is_answer_in_words(value):
            raise Refusal(str(value))


def number(value: Cell, spec: InputSpec) -> Decimal:
    """A number that must be there and fit its kind; raises Refusal, which names the input."""
    cell = exact(value)
    pass_on(cell)
    if is_blank(cell):
        raise missing(spec.label)
    for fault in spec.faults(cell):
        raise wrong(spec.label, fault.message)
    assert isinstance(cell, Decimal)
    return cell
