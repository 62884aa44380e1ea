"""A workbook file: read by calamine and patched cell by cell, with everything else kept.

calamine allocates the whole rectangle that a sheet's cells span, so the true extent is looked at
first; it also returns blanks for error cells and for formulas that were never calculated, so those
are looked for in the sheet's XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Self

from python_calamine import CalamineSheet, CalamineWorkbook

from jixiao.hosts.calamine_errors import unreadable_is_an_error
from jixiao.hosts.host import Changes, SheetCells, refuse_large
from jixiao.hosts.marks import AUTHOR, by_sheet, is_mark
from jixiao.ooxml import (
    CellAddress,
    CellContent,
    CellRange,
    Formula,
    Package,
    SpecialCells,
    a1,
    has_plain_addresses,
    save_atomically,
    special_cells,
)
from jixiao.workbook.backup import replace_file


class FileHost:
    """A workbook in memory with its place on disk; writing replaces the file and keeps the old."""

    def __init__(self, path: Path, package: Package) -> None:
        """Raises PackageError where calamine cannot read the file."""
        self._path = path
        self._take(package)
        self.backup: Path | None = None

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file; PackageError says why it cannot be read."""
        return cls(path, Package.open(path))

    def _take(self, package: Package) -> None:
        with unreadable_is_an_error():
            self._workbook = CalamineWorkbook.from_filelike(BytesIO(package.content))
        self._package = package

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def defined_names(self) -> Mapping[str, CellRange]:
        """The names of the whole workbook."""
        return self._package.defined_names

    @property
    def broken_names(self) -> Mapping[str, str]:
        """The names of the whole workbook whose cells are gone."""
        return self._package.broken_names

    @property
    def description(self) -> str:
        """There is no program but this one."""
        return "文件"

    def read(self, area: CellRange) -> SheetCells:
        """The whole sheet: a file has no other block."""
        name = area.sheet
        found = self._special_cells(name)
        with unreadable_is_an_error():
            sheet = self._workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
        special = (found.errors, found.uncalculated, found.formulas)
        return SheetCells(1, 1, rows, *special, _merged(name, sheet))

    def _special_cells(self, name: str) -> SpecialCells:
        """The cells of a sheet that calamine returns as blanks or values; refuses large sheets."""
        xml = self._package.part(self._package.sheets[name].part)
        found = special_cells(xml) if has_plain_addresses(xml) else None
        if found is not None:
            return found
        part = self._package.sheet(name)
        refuse_large(name, *part.filled_extent)
        return SpecialCells(part.errors(), part.formulas(), part.uncalculated())

    def rewritten(self, changes: Changes) -> bytes:
        """The bytes of the file with the changes; the very same bytes where nothing changes."""
        sheets: dict[str, dict[CellAddress, CellContent]] = {}
        for area, content in changes.items():
            cells = sheets.setdefault(area.sheet, {})
            if area.cell_count > 1:
                cells |= dict.fromkeys(_addresses(area))
                if isinstance(content, Formula):
                    content = Formula(content.text, _a1_area(area))  # noqa: PLW2901
            cells[area.first_row, area.first_column] = content
        return self._package.rewritten(sheets)

    def write(self, changes: Changes) -> None:
        """Write the file anew and keep the old one as `backup`; PackageError where that fails."""
        data = self.rewritten(changes)
        self.backup = replace_file(data, self._path)
        self._take(Package(data))

    def mark(self, marks: Mapping[CellRange, str]) -> int:
        """Write the file anew with the comments, and keep the old one as `backup`."""
        wanted = by_sheet(marks)
        others = sum(self._count_of_others(sheet, cells) for sheet, cells in wanted.items())
        data = self._package.commented(wanted, AUTHOR, is_mark)
        self.backup = replace_file(data, self._path)
        self._take(Package(data))
        return others

    def _count_of_others(self, sheet: str, cells: Iterable[CellAddress]) -> int:
        present = self._package.comments(sheet)
        return sum(1 for cell in cells if cell in present and not is_mark(present[cell]))

    @contextmanager
    def busy(self, text: str) -> Iterator[None]:
        """Nobody is watching."""
        yield

    def select(self, cell: CellRange) -> None:
        """There is no window."""

    def save_copy(self, path: Path) -> None:
        """Write the same bytes to another file."""
        save_atomically(self._package.content, path)

    def open(self, path: Path) -> bool:
        """There is no window."""
        return False


def _a1_area(area: CellRange) -> str:
    return f"{area.a1}:{a1(area.last_row, area.last_column)}"


def _addresses(area: CellRange) -> Iterator[CellAddress]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield row, column


def _merged(name: str, sheet: CalamineSheet) -> tuple[CellRange, ...]:
    return tuple(
        CellRange(name, top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
