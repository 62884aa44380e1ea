"""Excel through xlwings: the workbook is the Book of the live COM server.

UNPROVEN in a real Excel. The tests run this module against xlwings' remote engine, which records
what is written, and against a stand-in for what that engine does not offer (formulas, the status
bar); under Wine also with xlwings' Windows engine, on the stand-in served through COM. While a
formula is written, Excel calls back into this very process for its result; COM allows that to a
process that is waiting for an answer from Excel, as this one then is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import xlwings

from jixiao.hosts.blocks import ArrayFormula, Block, Contents, Emptied, Formulas, Values, write_all
from jixiao.hosts.host import Changes, HostError, SheetCells, not_written, refuse_large
from jixiao.hosts.marks import by_sheet, is_mark
from jixiao.ooxml.cells import CellAddress, CellRange, Formula, parse_reference
from jixiao.ooxml.workbook_part import NameMap

LONGEST_ARRAY_FORMULA = 255
"""Excel's limit for setting one from outside; plain formulas may have 8192 characters."""


class ExcelHost:
    """One open workbook."""

    def __init__(self, book: xlwings.Book) -> None:
        self._book = book

    @property
    def path(self) -> Path:
        """Where the workbook is; its name alone where it was never saved, or is in the cloud.

        xlwings would look into the workbook for settings that say where the cloud is on this
        computer; a workbook from outside must not be asked.
        """
        try:
            name = str(self._book.api.FullName)
        except AttributeError:
            name = self._book.name
        return Path(self._book.name) if "://" in name else Path(name)

    @property
    def description(self) -> str:
        """Excel's version and whether it is the 32-bit one."""
        try:
            api = self._book.app.api
            return f"Excel {api.Version}（{api.Build}），{api.OperatingSystem}"
        except (AttributeError, NotImplementedError):
            return "Excel"

    @cached_property
    def defined_names(self) -> Mapping[str, CellRange]:
        """The names of the whole workbook that stand for one plain area."""
        areas = {name: parse_reference(text.lstrip("=")) for name, text in self._names}
        spelling = {sheet.name.casefold(): sheet.name for sheet in self._book.sheets}
        return NameMap(
            {
                name: area._replace(sheet=spelling[area.sheet.casefold()])
                for name, area in areas.items()
                if area is not None and area.sheet.casefold() in spelling
            }
        )

    @cached_property
    def broken_names(self) -> Mapping[str, str]:
        """The names of the whole workbook whose cells are gone."""
        return NameMap({name: text for name, text in self._names if "#REF!" in text})

    @cached_property
    def _names(self) -> Sequence[tuple[str, str]]:
        """Name and reference, asked for once: there are hundreds, each a question to Excel."""
        found = ((name.name, name) for name in self._book.names)
        # With a sheet before it, a name belongs to that sheet.
        return [(text, name.refers_to or "") for text, name in found if "!" not in text]

    def read(self, area: CellRange) -> SheetCells:
        """The block of an area; merged areas are not looked for, as Excel tells them one by one."""
        refuse_large(area.sheet, area.last_row, area.last_column)
        self._calculate_if_manual()
        cells = self._cells(area)
        rows = cells.options(ndim=2, err_to_str=True).value
        if any(isinstance(value, Decimal) for row in rows for value in row):
            # A cell with a currency format comes with four decimals only.
            exact = cells.api.Value2
            rows = [
                [
                    plain if isinstance(value, Decimal) else value
                    for value, plain in zip(*pair, strict=True)
                ]
                for pair in zip(rows, exact, strict=True)
            ]
        formulas = self._formulas(area, rows)
        return SheetCells(area.first_row, area.first_column, rows, {}, frozenset(), formulas, ())

    def write(self, changes: Changes) -> None:
        """Write in blocks; what stood there comes back where one fails."""
        for area, content in changes.items():
            too_long = isinstance(content, Formula) and len(content.text) > LONGEST_ARRAY_FORMULA
            if too_long and area.cell_count > 1:
                most = LONGEST_ARRAY_FORMULA
                raise HostError(f"“{area.sheet}”的数组公式超过{most}字，Excel 不收。表格没有改动。")
        write_all(self, changes)

    def contents(self, area: CellRange) -> Contents:
        """What an area holds: its array formula, or its values and formulas cell by cell."""
        cells = self._cells(area)
        if area.cell_count > 1 and cells.has_array:
            return {area: Formula(str(cells.formula_array))}
        rows = cells.options(ndim=2, err_to_str=True).value
        formulas = self._formulas(area, rows)
        found: dict[CellRange, object] = {}
        for row, values in enumerate(rows, area.first_row):
            for column, value in enumerate(values, area.first_column):
                text = formulas.get((row, column))
                content = value if text is None else Formula(text)
                found[CellRange(area.sheet, row, column, row, column)] = content
        return found

    def put(self, block: Block) -> None:
        """Write one block."""
        cells = self._cells(block.area)
        match block:
            case Values(_, rows):
                cells.value = [[_plain(value) for value in row] for row in rows]
            case Formulas(_, rows):
                cells.formula = [list(row) for row in rows]
            case ArrayFormula(_, text):
                cells.formula_array = text
            case Emptied():
                cells.clear_contents()

    def mark(self, marks: Mapping[CellRange, str]) -> int:
        """Put the comments in as notes; a cell with a threaded comment takes none."""
        wanted = by_sheet(marks)
        try:
            return sum(
                self._mark_sheet(sheet, wanted.get(sheet.name, {})) for sheet in self._book.sheets
            )
        except Exception as error:
            raise HostError("批注写不进去，工作表可能设了保护。请取消保护后再试。") from error

    def _mark_sheet(self, sheet: Any, texts: Mapping[CellAddress, str]) -> int:
        comments = sheet.api.Comments
        for index in range(comments.Count, 0, -1):
            comment = comments.Item(index)
            if is_mark(str(comment.Text())):
                comment.Delete()
        others = 0
        for cell, text in texts.items():
            target = sheet.range(cell, cell).api
            # Versions before threaded comments do not know the second.
            if target.Comment is None and getattr(target, "CommentThreaded", None) is None:
                target.AddComment(text)
            else:
                others += 1
        return others

    @contextmanager
    def busy(self, text: str) -> Iterator[None]:
        """A text in the status bar and no repainting, as far as the engine has them."""
        app = self._book.app
        before: dict[str, Any] = {}
        try:
            for setting, value in (("screen_updating", False), ("status_bar", text)):
                with suppress(NotImplementedError, AttributeError):
                    before[setting] = getattr(app, setting)
                    setattr(app, setting, value)
            yield
        finally:
            for setting, value in before.items():
                setattr(app, setting, value)

    def select(self, cell: CellRange) -> None:
        """Show and select a cell; a hidden sheet cannot be shown."""
        with suppress(Exception):
            self._book.sheets[cell.sheet].activate()
            self._cells(cell).select()

    def save_copy(self, path: Path) -> None:
        """Write a copy; the open workbook stays the file that it is."""
        try:
            self._book.api.SaveCopyAs(str(path))
        except Exception as error:
            raise HostError(not_written(path)) from error

    def open(self, path: Path) -> bool:
        """Open a workbook in this Excel."""
        self._book.app.books.open(str(path))
        return True

    def _cells(self, area: CellRange) -> Any:
        corners = (area.first_row, area.first_column), (area.last_row, area.last_column)
        return self._book.sheets[area.sheet].range(*corners)

    def _calculate_if_manual(self) -> None:
        with suppress(NotImplementedError):
            if self._book.app.calculation == "manual":
                self._book.app.calculate()

    def _formulas(self, area: CellRange, rows: Any) -> dict[CellAddress, str]:
        """The formulas of an area whose values are ``rows``; none where the engine tells none."""
        try:
            texts = self._cells(area).formula
        except NotImplementedError:
            return {}
        if isinstance(texts, str):
            texts = ((texts,),)
        found = {}
        for down, (line, values) in enumerate(zip(texts, rows, strict=True)):
            for right, (text, value) in enumerate(zip(line, values, strict=True)):
                # A text that begins with an equals sign is its own formula.
                if isinstance(text, str) and text.startswith("=") and text != value:
                    found[area.first_row + down, area.first_column + right] = text
        return found


def _plain(value: object) -> object:
    """A value as Excel takes it: a text that it might read as a number is marked as a text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and value[:1].isascii() and value:
        return "'" + value
    return value
