"""Where a table begins: the one to three rows that head its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jixiao.forms.form import Column, Found
from jixiao.forms.grid import Grid
from jixiao.forms.headings import LEVELS, column_of, unit_in

MOST_ROWS = 3
_FEWEST_COLUMNS = 4


class Span(NamedTuple):
    """The columns of the sheet that a heading stands over, and the heading itself."""

    first: int
    last: int
    heading: Found


class Header(NamedTuple):
    """The headings of a table. ``level_points`` are the columns with the points of levels 1, 2.

    ``ignored`` are headings that repeat one that is used.
    """

    first_row: int
    last_row: int
    spans: Mapping[Column, Span]
    level_points: Mapping[int, Span]
    ignored: tuple[Span, ...]

    @property
    def layout(self) -> tuple[tuple[Column, int], ...]:
        """Which column stands where: a repeated page heading has the same."""
        return tuple((column, span.first) for column, span in self.spans.items())

    @property
    def first_column(self) -> int:
        """The leftmost column."""
        return min(span.first for span in self.spans.values())

    @property
    def last_column(self) -> int:
        """The rightmost column."""
        return max(span.last for span in self.spans.values())

    def unit(self, column: Column) -> str:
        """The unit that the heading of a column states; empty where it states none."""
        span = self.spans.get(column)
        return unit_in(span.heading.text) if span else ""


def header_at(grid: Grid, row: int) -> Header | None:
    """The header that begins in a row; None where none does."""
    matches = _matches(grid, row)
    if len(matches) < 2:
        return None
    last = row
    by_column = dict(matches)
    bottom = _bottom(grid, row, matches)
    while last - row + 1 < MOST_ROWS and last < grid.last_row:
        below = _matches(grid, last + 1)
        if not below or not (last < bottom or _is_all_headings(grid, last + 1, below)):
            break
        if below == matches or any(by_column.get(at) == kind for at, kind in below.items()):
            break  # the heading of the next page
        by_column |= below
        last += 1
    last = max(last, min(bottom, row + MOST_ROWS - 1)) if bottom > row else last
    header = _assembled(grid, row, last)
    return header if _is_table(header) else None


def _matches(grid: Grid, row: int) -> dict[int, Column]:
    """The headings that stand in a row, by their column."""
    found = {}
    if row <= grid.last_row:
        for column, raw in enumerate(grid.rows[row - 1], 1):
            if isinstance(raw, str):
                kind = column_of(raw)
                if kind is not None:
                    found[column] = kind
    return found


def _bottom(grid: Grid, row: int, matches: Mapping[int, Column]) -> int:
    """The last row of the merged headings of a row."""
    bottom = row
    for column in matches:
        while bottom < row + MOST_ROWS and grid.anchor(bottom + 1, column) == (row, column):
            bottom += 1
    return bottom


def _is_all_headings(grid: Grid, row: int, matches: Mapping[int, Column]) -> bool:
    return all(column in matches for column in grid.filled(row))


def _assembled(grid: Grid, first: int, last: int) -> Header:
    """Give each column of the sheet the lowest heading over it, each heading its first place."""
    kinds: list[tuple[Column, Span]] = []
    for column in range(1, grid.last_column + 1):
        for row in range(last, first - 1, -1):
            found = grid.found(row, column)
            kind = column_of(found.text) if isinstance(found.value, str) else None
            if kind is not None:
                _add(kinds, kind, Span(column, column, found))
                break
    spans: dict[Column, Span] = {}
    ignored: list[Span] = []
    level_points = _level_points(kinds)
    for kind, span in kinds:
        if span in level_points.values():
            continue
        if kind in spans:
            ignored.append(span)
        else:
            spans[kind] = span
    if Column.NAME not in spans and Column.SECONDARY in spans:
        # Two levels only: the lower one names the indicators.
        spans = {Column.NAME if k is Column.SECONDARY else k: s for k, s in spans.items()}
    return Header(first, last, spans, level_points, tuple(ignored))


def _add(kinds: list[tuple[Column, Span]], kind: Column, span: Span) -> None:
    """Append a heading, or widen the one before where both are one merged cell."""
    if kinds:
        _, before = kinds[-1]
        if before.heading.place == span.heading.place and before.last == span.first - 1:
            kinds[-1] = (kind, Span(before.first, span.last, before.heading))
            return
    kinds.append((kind, span))


def _level_points(kinds: list[tuple[Column, Span]]) -> dict[int, Span]:
    """The columns 分值 that follow 一级指标 and 二级指标, where one follows 三级指标 as well."""
    found: dict[int, Span] = {}
    after: Column | None = None
    own = False
    for kind, span in kinds:
        if kind in LEVELS:
            after = kind
        elif kind is Column.POINTS:
            if after is Column.PRIMARY:
                found[1] = span
            elif after is Column.SECONDARY:
                found[2] = span
            else:
                own = True
    return found if own else {}


def _is_table(header: Header) -> bool:
    """Whether these are the headings of a self-evaluation, and not of a plan or a list."""
    spans = header.spans
    levels = [column for column in LEVELS if column in spans]
    results = [column for column in (Column.SCORE, Column.ACTUAL) if column in spans]
    measured = Column.POINTS in spans or Column.SCORE in spans
    return (
        Column.NAME in spans
        and len(levels) >= 2
        and bool(results)
        and measured
        and len(spans) >= _FEWEST_COLUMNS
    )
