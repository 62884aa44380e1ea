"""Writing into a live spreadsheet: in as few rectangles as possible, and all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from jixiao.hosts.host import HostError
from jixiao.ooxml.cells import CellAddress, CellRange, Formula

T = TypeVar("T")

Contents: TypeAlias = Mapping[CellRange, object]
"""As `jixiao.hosts.host.Changes`, but values may also be what the host itself has given."""


_NOT_RESTORED = "有些单元格没能恢复，请不要保存，关闭后重新打开。"


class Values(NamedTuple):
    """A rectangle of plain values, row by row; None is a blank."""

    area: CellRange
    rows: tuple[tuple[object, ...], ...]


class Formulas(NamedTuple):
    """A rectangle with a formula in every cell."""

    area: CellRange
    rows: tuple[tuple[str, ...], ...]


class ArrayFormula(NamedTuple):
    """One formula over a whole area."""

    area: CellRange
    text: str


class Emptied(NamedTuple):
    """An area that loses what it holds."""

    area: CellRange


Block: TypeAlias = Values | Formulas | ArrayFormula | Emptied


class LiveSheet(Protocol):
    """What `write_all` needs of a spreadsheet."""

    def contents(self, area: CellRange) -> Contents:
        """What an area holds, such that writing it again restores the area."""

    def put(self, block: Block) -> None:
        """Write one block; raises whatever the spreadsheet raises."""


def write_all(sheet: LiveSheet, contents: Contents) -> None:
    """Write everything. Raises HostError where a block fails, after putting back what stood there.

    What changed only because it depends on those cells is recalculated by the spreadsheet.
    """
    before: list[tuple[Block, Contents]] = []
    for block in blocks(contents):
        try:
            before.append((block, sheet.contents(block.area)))
            sheet.put(block)
        except Exception as error:
            is_restored = _put_back(sheet, before)
            state = "表格没有改动。" if is_restored else _NOT_RESTORED
            raise HostError(
                f"工作表“{block.area.sheet}”写不进去，可能设了保护，或有单元格正在编辑。{state}"
            ) from error


def _put_back(sheet: LiveSheet, before: list[tuple[Block, Contents]]) -> bool:
    """Restore what differs from before, the latest first; whether that succeeded."""
    is_restored = True
    for written, contents in reversed(before):
        area = written.area
        try:
            if sheet.contents(area) != contents:
                # One array formula gives way as a whole only; cells of a merged area cannot be
                # emptied one by one.
                is_array = isinstance(written, ArrayFormula | Emptied)
                for block in (*([Emptied(area)] if is_array else ()), *blocks(contents)):
                    sheet.put(block)
        except Exception:  # the others can still be restored
            is_restored = False
    return is_restored


def blocks(contents: Contents) -> list[Block]:
    """The same as rectangles: values, formulas, array formulas, and at last what is emptied.

    Formulas that rest on an array formula have then given way before it does.
    """
    emptied = [Emptied(area) for area, content in contents.items() if _is_emptied(area, content)]
    arrays = [
        ArrayFormula(area, content.text)
        for area, content in contents.items()
        if _is_wide(area) and isinstance(content, Formula)
    ]
    singles = {area: content for area, content in contents.items() if not _is_wide(area)}
    values = {a: c for a, c in singles.items() if not isinstance(c, Formula)}
    texts = {a: c.text for a, c in singles.items() if isinstance(c, Formula)}
    return [
        *(Values(area, _rows(area, values)) for area in rectangles(values)),
        *(Formulas(area, _rows(area, texts)) for area in rectangles(texts)),
        *arrays,
        *emptied,
    ]


def _is_emptied(area: CellRange, content: object) -> bool:
    return _is_wide(area) and content is None


def _is_wide(area: CellRange) -> bool:
    return area.cell_count > 1


def _rows(area: CellRange, contents: Mapping[CellRange, T]) -> tuple[tuple[T, ...], ...]:
    return tuple(
        tuple(
            contents[CellRange(area.sheet, row, column, row, column)]
            for column in range(area.first_column, area.last_column + 1)
        )
        for row in range(area.first_row, area.last_row + 1)
    )


def rectangles(cells: Iterable[CellRange]) -> Iterator[CellRange]:
    """Rectangles that cover single cells and nothing else: runs down a column, joined sideways."""
    ordered = sorted(cells, key=lambda cell: (cell.sheet, cell.first_column, cell.first_row))
    for sheet, group in groupby(ordered, key=lambda cell: cell.sheet):
        runs: dict[tuple[int, int], list[int]] = {}
        for column, first, last in _runs([(c.first_row, c.first_column) for c in group]):
            runs.setdefault((first, last), []).append(column)
        for (first, last), columns in runs.items():
            for left, right in _stretches(columns):
                yield CellRange(sheet, first, left, last, right)


def _runs(cells: list[CellAddress]) -> Iterator[tuple[int, int, int]]:
    """Column, first and last row of every run; the cells are given column by column."""
    for column, group in groupby(cells, key=lambda cell: cell[1]):
        for first, last in _stretches([row for row, _ in group]):
            yield column, first, last


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of every stretch of consecutive numbers, which are given in order."""
    start = previous = None
    for number in numbers:
        if previous is None or number != previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = number
        previous = number
    if start is not None and previous is not None:
        yield start, previous
