"""What every program that holds a workbook open has to offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from jixiao.ooxml.cells import CellAddress, CellContent, CellRange, a1
from jixiao.workbook.errors import BookError

Changes: TypeAlias = Mapping[CellRange, CellContent]
"""What to put where. A single cell takes a number, a text, a formula, or None, which empties it; an
area of several cells takes None or a formula, which then fills it as one array formula."""

LARGEST_RECTANGLE = 1_000_000
"""The template spans some 3,000 cells a sheet; a million leaves room for any real table."""


class HostError(Exception):
    """What the host would not do, as a Chinese sentence."""


class SheetCells(NamedTuple):
    """A block of a sheet as its host gives it; addresses count from 1, as on the sheet."""

    first_row: int
    first_column: int
    rows: Sequence[Sequence[object]]  # float, str, bool, date; None or "" is a blank
    errors: Mapping[CellAddress, str]  # where the block says blank: "#DIV/0!"
    uncalculated: frozenset[CellAddress]
    formulas: Mapping[CellAddress, str]  # with the equals sign, in the host's own syntax
    merged: tuple[CellRange, ...]


class Host(Protocol):
    """An open workbook, for as long as one macro works on it: its names are read once."""

    @property
    def path(self) -> Path:
        """Where the workbook is; only a name, hence not absolute, where it was never saved."""

    @property
    def defined_names(self) -> Mapping[str, CellRange]:
        """The workbook's names for one plain area each; their case is ignored."""

    @property
    def broken_names(self) -> Mapping[str, str]:
        """The workbook's names whose cells are gone, with what they say."""

    def read(self, area: CellRange) -> SheetCells:
        """At least the cells of an area, in one call for values and one for formulas.

        Raises HostError, BookError or PackageError where they cannot be read.
        """

    def write(self, changes: Changes) -> None:
        """All changes or, where one fails, none: then what stood in the cells is put back.

        Raises HostError or PackageError, which says whether everything is as before.
        """

    def mark(self, marks: Mapping[CellRange, str]) -> int:
        """Make the comments of the program, on all sheets, exactly these; none takes all away.

        Comments of people stay, and a cell that has one is not marked; returns how many such cells
        there are. Raises HostError or PackageError.
        """

    def busy(self, text: str) -> AbstractContextManager[None]:
        """Show what is going on, and no half-done work, until the end of the ``with``."""

    def select(self, cell: CellRange) -> None:
        """Show a cell to the person, where there is a window."""

    def save_copy(self, path: Path) -> None:
        """Write the workbook as it now stands to another file; HostError or PackageError."""

    def open(self, path: Path) -> bool:
        """Show a file to the person; whether that was possible."""

    @property
    def description(self) -> str:
        """The program and its version, for 诊断."""


def not_written(path: Path) -> HostError:
    """The error for a copy that could not be written."""
    return HostError(f"“{path}”写不进去。请检查文件夹是否允许写入，磁盘是否已满。")


def refuse_large(sheet: str, rows: int, columns: int) -> None:
    """BookError where a block is too large to be read; the last row and column as they count."""
    if rows * columns > LARGEST_RECTANGLE:
        raise BookError(
            [
                f"工作表「{sheet}」最远用到{a1(rows, columns)}单元格，范围过大。"
                "请删除远处多余的内容后保存再试。"
            ]
        )
