"""Where something stands on a sheet. Rows and columns count from 0, ends are inclusive."""

from __future__ import annotations

from typing import NamedTuple


class Area(NamedTuple):
    """A cell, or the rectangle that is merged into one."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def is_single(self) -> bool:
        """Whether it is one cell, which cannot be merged with itself."""
        return self.first_row == self.last_row and self.first_column == self.last_column


def cell(row: int, column: int) -> Area:
    """One cell."""
    return Area(row, column, row, column)


def across(row: int, first_column: int, last_column: int) -> Area:
    """Neighbouring cells of one row."""
    return Area(row, first_column, row, last_column)


def down(column: int, first_row: int, last_row: int) -> Area:
    """Neighbouring cells of one column."""
    return Area(first_row, column, last_row, column)
