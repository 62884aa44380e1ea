"""The budget block above a table: 项目资金 with its parts, or the department's 年度部门预算情况."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jixiao.forms.form import Found, MoneyColumn, MoneyLine
from jixiao.forms.grid import Grid
from jixiao.forms.headings import is_level, money_column_of
from jixiao.forms.words import bare, dense

_TOTAL = re.compile(r"总额|合计|总计|总预算|总资金|年度资金|资金总|^预算$")
_MONEY = re.compile(r"资金|拨款|财政|结转|其他|支出|收入|预算|金额|其中|自筹|债券|专户")
_PART = re.compile(r"其中")
_LEADING = re.compile(r"^(?:其中[:：]?|[(（]?[0-9一二三四五六七八九十]+[)）.、])")
_HEADING_ROWS = 4
_DEPARTMENT_PARTS = {"基本支出", "项目支出"}


def is_money_header(grid: Grid, row: int) -> bool:
    """Whether a row heads the columns of a budget block."""
    return bool(_columns(grid, row))


def read_money(grid: Grid, first_row: int, last_row: int) -> tuple[MoneyLine, ...]:
    """The lines of the budget block between two rows; empty where there is none."""
    for row in range(first_row, last_row + 1):
        columns = _columns(grid, row)
        if columns:
            return _lines(grid, columns, row + 1, last_row)
        if {bare(grid.text(row, column)) for column in grid.filled(row)} >= _DEPARTMENT_PARTS:
            return _department_lines(grid, row, first_row, last_row)
    return ()


def _columns(grid: Grid, row: int) -> Mapping[MoneyColumn, int]:
    """The column of each heading of a row; empty where it is no heading of a budget block."""
    found: dict[MoneyColumn, int] = {}
    for column, raw in enumerate(grid.rows[row - 1], 1):
        if isinstance(raw, str):
            kind = money_column_of(raw)
            if kind is not None:
                found[kind] = column  # the label of the block, on the left, may sound like one
            elif is_level(raw):
                return {}
    amounts = found.keys() & {MoneyColumn.YEAR_START, MoneyColumn.ADJUSTED}
    return found if MoneyColumn.EXECUTED in found and (amounts or MoneyColumn.RATE in found) else {}


def _lines(
    grid: Grid, columns: Mapping[MoneyColumn, int], first_row: int, last_row: int
) -> tuple[MoneyLine, ...]:
    leftmost = min(columns.values())
    lines: list[MoneyLine] = []
    group = ""
    for row in range(first_row, last_row + 1):
        labels = _labels(grid, row, leftmost)
        cells = {kind: _in_row(grid, row, column) for kind, column in columns.items()}
        if not labels or _columns(grid, row):
            break
        group = next((text for text in labels if bare(text).startswith("按")), group)
        label = labels[-1]
        if all(_is_words(found) for found in cells.values()):
            if bare(label).startswith("按"):
                continue
            if not _MONEY.search(label) or not all(_is_open(found) for found in cells.values()):
                break
        lines.append(MoneyLine(_label(label), _is_part(label, lines), cells, dense(group)))
    return tuple(lines)


def _labels(grid: Grid, row: int, before: int) -> list[str]:
    """The texts to the left of the amounts, those of merged cells included, from left to right."""
    texts: list[str] = []
    for column in range(1, before):
        found = grid.found(row, column)
        if isinstance(found.value, str) and found.text and found.text not in texts[-1:]:
            texts.append(found.text)
    return texts if any(not grid.is_blank(row, column) for column in range(1, before)) else []


def _in_row(grid: Grid, row: int, column: int) -> Found:
    found = grid.found(row, column)
    return found if found.place.row == row else Found(None, found.place)


def _is_words(found: Found) -> bool:
    """Whether a cell holds no figure: a blank or a text without a digit."""
    value = found.value
    return value is None or (isinstance(value, str) and not any(c.isdigit() for c in value))


def _is_open(found: Found) -> bool:
    """Whether nothing stands in a cell, or a dash that says so."""
    return found.text in ("", "-", "—", "——", "–", "/", "\\")


def _label(text: str) -> str:
    return _LEADING.sub("", dense(text)).strip(":：")


def _is_part(label: str, before: list[MoneyLine]) -> bool:
    if _PART.search(label):
        return True
    return bool(before) or _TOTAL.search(bare(label)) is None


def _department_lines(grid: Grid, row: int, first_row: int, last_row: int) -> tuple[MoneyLine, ...]:
    """The amounts below headings that lie side by side; one row of them, the first with figures.

    The form does not say which budget it means; the amounts are taken for those of 年初预算.
    """
    top = _top(grid, row, first_row)
    if row >= last_row:
        return ()
    lines: list[MoneyLine] = []
    for column in range(1, grid.last_column + 1):
        amount, heading = grid.found(row + 1, column), grid.found(row, column)
        is_own = amount.place == (grid.sheet, row + 1, column)
        if not is_own or not heading.text or not isinstance(heading.value, str):
            continue
        group = grid.found(top, column).text
        label = _label(heading.text)
        is_total = _TOTAL.search(bare(heading.text)) is not None
        if is_total:
            label, group = bare(heading.text), ""
        elif not _is_words(amount) and group == heading.text:
            group = ""
        cells = {MoneyColumn.YEAR_START: amount}
        lines.append(MoneyLine(label, not is_total, cells, dense(group)))
    return tuple(lines)


def _top(grid: Grid, row: int, first_row: int) -> int:
    """The first row of the headings over a row, as far as their merged cells and texts reach."""
    top = row
    for above in range(row - 1, max(first_row, row - _HEADING_ROWS) - 1, -1):
        joined = any(
            grid.anchor(row, column)[0] <= above for column in range(1, grid.last_column + 1)
        )
        if not joined:
            break
        top = above
    return top
