"""What stands in for Excel: xlwings' own remote engine, and a book of our own for the rest.

The remote engine is xlwings' code; it reads a JSON picture of a workbook and records what is
written, but reads no formulas and has no status bar. `StandInBook` has these, and nothing that
Excel alone knows: it calculates nothing, and a formula shows the value that stood there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from python_calamine import CalamineWorkbook

from jixiao.ooxml import Package, a1
from jixiao.ooxml.cells import CellAddress

Grid = dict[tuple[str, int, int], object]


def values_of(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet as Excel would give it: floats, texts, None."""
    workbook = CalamineWorkbook.from_path(path)
    return {
        name: [
            [None if value == "" else value for value in row]
            for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        for name in workbook.sheet_names
    }


def picture_of(path: Path, version: str) -> dict[str, Any]:
    """The workbook as xlwings' clients send it."""
    package = Package.open(path)
    sheets = values_of(path)
    positions = {name: number for number, name in enumerate(sheets)}
    return {
        "client": "Office.js",
        "version": version,
        "book": {"name": path.name, "active_sheet_index": 0, "selection": "A1"},
        "names": [
            {
                "name": name,
                "sheet_index": positions[area.sheet],
                "address": f"{area.a1}:{a1(area.last_row, area.last_column)}",
                "scope_sheet_name": None,
                "scope_sheet_index": None,
                "book_scope": True,
            }
            for name, area in package.defined_names.items()
        ],
        "sheets": [
            {
                "name": name,
                "values": [["" if cell is None else cell for cell in row] for row in rows],
                "pictures": [],
                "tables": [],
            }
            for name, rows in sheets.items()
        ],
    }


def recorded(actions: list[dict[str, Any]], sheets: list[str]) -> Grid:
    """The cells that the recorded actions write, with what they get."""
    grid: Grid = {}
    for action in actions:
        if action["func"] != "setValues":
            continue
        for down, row in enumerate(action["values"]):
            for right, value in enumerate(row):
                place = action["start_row"] + 1 + down, action["start_column"] + 1 + right
                grid[sheets[action["sheet_position"]], *place] = value
    return grid


class StandInBook:
    """A workbook with the part of xlwings' interface that the host uses."""

    def __init__(self, path: Path, refused_sheet: str = "") -> None:
        package = Package.open(path)
        self.path = path
        self.name = path.name
        self.refused_sheet = refused_sheet
        self.calls: list[str] = []
        self.cells: Grid = {}
        self.formulas: dict[tuple[str, int, int], str] = {}
        self.arrays: dict[tuple[str, CellAddress, CellAddress], str] = {}
        self.notes: Grid = {}
        self.threads: set[tuple[str, int, int]] = set()
        for sheet, rows in values_of(path).items():
            for row, line in enumerate(rows, 1):
                for column, value in enumerate(line, 1):
                    self.cells[sheet, row, column] = value
            for cell, text in package.sheet(sheet).formulas().items():
                self.formulas[(sheet, *cell)] = text
        self.names = [
            SimpleNamespace(
                name=name,
                refers_to=f"='{a.sheet}'!${a.a1}:{a1(a.last_row, a.last_column)}",
            )
            for name, a in package.defined_names.items()
        ]
        self.sheets = _Sheets(self, list(package.sheets))
        self.app = SimpleNamespace(
            screen_updating=True,
            status_bar=False,
            calculation="automatic",
            api=SimpleNamespace(Version="16.0", Build="1", OperatingSystem="Windows"),
            books=SimpleNamespace(open=lambda name: self.calls.append(f"open {name}")),
        )
        self.api = SimpleNamespace(
            FullName=str(path), SaveCopyAs=lambda name: Path(name).write_bytes(path.read_bytes())
        )

    def state(self) -> tuple[Mapping[Any, object], Mapping[Any, str], Mapping[Any, str]]:
        """What is typed, and the formulas; not what formulas show, which only Excel can tell."""
        constants = {
            c: v for c, v in self.cells.items() if v is not None and c not in self.formulas
        }
        return constants, dict(self.formulas), dict(self.arrays)


class _Sheets:
    def __init__(self, book: StandInBook, names: list[str]) -> None:
        self._sheets = {name: _Sheet(book, name) for name in names}

    def __getitem__(self, name: str) -> _Sheet:
        return self._sheets[name]

    def __iter__(self) -> Iterator[_Sheet]:
        return iter(self._sheets.values())


class _Sheet:
    def __init__(self, book: StandInBook, name: str) -> None:
        self.book = book
        self.name = name

    @property
    def api(self) -> SimpleNamespace:
        return SimpleNamespace(Comments=_Comments(self.book, self.name))

    def range(self, first: CellAddress, last: CellAddress) -> _Range:
        return _Range(self, first, last)

    def activate(self) -> None:
        self.book.calls.append(f"activate {self.name}")


class _Comments:
    """The notes of a sheet, which count from 1."""

    def __init__(self, book: StandInBook, sheet: str) -> None:
        self._book, self._sheet = book, sheet

    def _places(self) -> list[tuple[str, int, int]]:
        return [place for place in self._book.notes if place[0] == self._sheet]

    @property
    def Count(self) -> int:  # noqa: N802  # Excel's own names
        return len(self._places())

    def Item(self, index: int) -> SimpleNamespace:  # noqa: N802
        place = self._places()[index - 1]
        return SimpleNamespace(
            Text=lambda: self._book.notes[place], Delete=lambda: self._book.notes.pop(place)
        )


class _CellApi:
    """A cell as COM gives it, with what notes need."""

    def __init__(self, book: StandInBook, place: tuple[str, int, int]) -> None:
        self._book, self._place = book, place

    @property
    def Comment(self) -> object:  # noqa: N802
        return self._book.notes.get(self._place)

    @property
    def CommentThreaded(self) -> object:  # noqa: N802
        return "thread" if self._place in self._book.threads else None

    def AddComment(self, text: str) -> None:  # noqa: N802
        assert self._place not in self._book.threads
        assert self._place not in self._book.notes
        self._book.notes[self._place] = text


class _Range:
    def __init__(self, sheet: _Sheet, first: CellAddress, last: CellAddress) -> None:
        self._sheet, self._book = sheet, sheet.book
        self._first, self._last = first, last

    def _rows(self) -> list[list[tuple[str, int, int]]]:
        (top, left), (bottom, right) = self._first, self._last
        return [
            [(self._sheet.name, row, column) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    def options(self, *, ndim: int, err_to_str: bool) -> _Range:
        assert ndim == 2
        assert err_to_str
        return self

    @property
    def api(self) -> _CellApi:
        return _CellApi(self._book, (self._sheet.name, *self._first))

    @property
    def value(self) -> list[list[object]]:
        return [[self._book.cells.get(cell) for cell in row] for row in self._rows()]

    @value.setter
    def value(self, rows: list[list[object]]) -> None:
        self._write()
        for line, values in zip(self._rows(), rows, strict=True):
            for cell, value in zip(line, values, strict=True):
                self._book.formulas.pop(cell, None)
                text = isinstance(value, str) and value.startswith("'")
                self._book.cells[cell] = str(value)[1:] if text else value

    @property
    def formula(self) -> str | tuple[tuple[object, ...], ...]:
        rows = tuple(
            tuple(self._book.formulas.get(c, self._book.cells.get(c)) for c in row)
            for row in self._rows()
        )
        return str(rows[0][0]) if self._first == self._last else rows

    @formula.setter
    def formula(self, rows: list[list[str]]) -> None:
        self._write()
        for line, texts in zip(self._rows(), rows, strict=True):
            for cell, text in zip(line, texts, strict=True):
                assert text.startswith("=")
                self._book.formulas[cell] = text

    @property
    def has_array(self) -> bool:
        return (self._sheet.name, self._first, self._last) in self._book.arrays

    @property
    def formula_array(self) -> str | None:
        return self._book.arrays.get((self._sheet.name, self._first, self._last))

    @formula_array.setter
    def formula_array(self, text: str) -> None:
        self._write()
        self._book.arrays[self._sheet.name, self._first, self._last] = text

    def clear_contents(self) -> None:
        self._write()
        self._book.arrays.pop((self._sheet.name, self._first, self._last), None)
        for row in self._rows():
            for cell in row:
                self._book.cells[cell] = None
                self._book.formulas.pop(cell, None)

    def select(self) -> None:
        self._book.calls.append(f"select {a1(*self._first)}")

    def _write(self) -> None:
        self._book.calls.append(f"write {self._sheet.name}")
        assert self._book.app.screen_updating is False
        if self._sheet.name == self._book.refused_sheet:
            raise RuntimeError("(-2147352567, 'Exception occurred.')")
