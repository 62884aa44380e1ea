"""LibreOffice Calc, from inside its own Python: the workbook is a UNO spreadsheet document.

Every reading and writing of a block is one call into Calc. What a macro writes is one step of
Calc's own undo list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found, unused-ignore]

from jixiao.hosts.blocks import ArrayFormula, Block, Contents, Emptied, Formulas, Values, write_all
from jixiao.hosts.host import Changes, HostError, SheetCells, not_written, refuse_large
from jixiao.hosts.marks import by_sheet, is_mark
from jixiao.ooxml.cells import CellAddress, CellRange, Formula, parse_area
from jixiao.ooxml.workbook_part import NameMap

_NAMED_AREA = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^'.$]+))\.(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)"
)

# com.sun.star.sheet.CellFlags, .FormulaResult and com.sun.star.util.NumberFormat.
_FORMULA_CELLS = 16
_ALL_CONTENT = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas: no notes, no formats
_ERROR_RESULTS = 4
_DATE, _LOGICAL = 2, 1024
_AS_CONFIGURED = 3  # com.sun.star.document.MacroExecMode.USE_CONFIG

_EXCEL_FILTERS = {
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
}


class CalcHost:
    """One open document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._formats: dict[int, int] = {}

    @property
    def path(self) -> Path:
        """Where the document was loaded from or saved to; its title where it never was."""
        url = str(self._document.URL)
        if url.startswith("file:"):
            return Path(uno.fileUrlToSystemPath(url))
        return Path(str(self._document.Title) or "未命名")

    @property
    def description(self) -> str:
        """Name and version of the office."""
        with suppress(Exception):  # a build without this setting is none the worse
            context = uno.getComponentContext()
            provider = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.configuration.ConfigurationProvider", context
            )
            where = _property("nodepath", "/org.openoffice.Setup/Product")
            product = provider.createInstanceWithArguments(
                "com.sun.star.configuration.ConfigurationAccess", (where,)
            )
            return f"{product.ooName} {product.ooSetupVersionAboutBox}"
        return "LibreOffice Calc"

    @cached_property
    def defined_names(self) -> Mapping[str, CellRange]:
        """The document's names for one area each."""
        areas = {name: _area_of(text) for name, text in self._names.items()}
        sheets = set(self._sheets)
        return NameMap(
            {name: a for name, a in areas.items() if a is not None and a.sheet in sheets}
        )

    @cached_property
    def broken_names(self) -> Mapping[str, str]:
        """The document's names that lost their cells."""
        return NameMap({name: text for name, text in self._names.items() if "#REF!" in text})

    @cached_property
    def _names(self) -> dict[str, str]:
        names = self._document.NamedRanges
        return {str(name): str(names.getByName(name).Content) for name in names.ElementNames}

    @cached_property
    def _sheets(self) -> tuple[str, ...]:
        return tuple(self._document.Sheets.ElementNames)

    def read(self, area: CellRange) -> SheetCells:
        """The block of an area; formulas are calculated before, where that is not automatic."""
        if not self._document.isAutomaticCalculationEnabled():
            self._document.calculate()
        refuse_large(area.sheet, area.last_row, area.last_column)
        block = self._block(area)
        rows = [list(row) for row in block.getDataArray()]
        formulas = self._formulas(block)
        merged = self._mark_dates_and_merged(block, rows, formulas.keys())
        return SheetCells(
            area.first_row,
            area.first_column,
            rows,
            self._errors(block),
            frozenset(),
            formulas,
            tuple(merged),
        )

    def write(self, changes: Changes) -> None:
        """Write in blocks; what stood there comes back where one fails."""
        write_all(self, changes)

    def contents(self, area: CellRange) -> Contents:
        """What an area holds: its array formula, or its values and formulas cell by cell."""
        block = self._block(area)
        array = str(block.getArrayFormula())
        if array and area.cell_count > 1:
            return {area: Formula(array.strip("{}"))}
        formulas = self._formulas(block)
        found: dict[CellRange, object] = {}
        for down, row in enumerate(block.getDataArray()):
            for right, value in enumerate(row):
                cell = (area.first_row + down, area.first_column + right)
                content = Formula(formulas[cell]) if cell in formulas else value
                found[CellRange(area.sheet, *cell, *cell)] = content
        return found

    def put(self, block: Block) -> None:
        """Write one block, in Calc's own syntax of formulas."""
        cells = self._block(block.area)
        match block:
            case Values(_, rows):
                cells.setDataArray(tuple(tuple(map(_plain, row)) for row in rows))
            case Formulas(_, rows):
                cells.setFormulaArray(tuple(tuple(map(_calc_syntax, row)) for row in rows))
            case ArrayFormula(_, text):
                cells.setArrayFormula(_calc_syntax(text))
            case Emptied():
                if cells.getArrayFormula():
                    cells.setArrayFormula("")
                cells.clearContents(_ALL_CONTENT)

    def mark(self, marks: Mapping[CellRange, str]) -> int:
        """Put the comments in as annotations; each is a step of Calc's undo list."""
        others = 0
        wanted = by_sheet(marks)
        try:
            for name in self._sheets:
                others += self._mark_sheet(name, wanted.get(name, {}))
        except Exception as error:
            raise HostError("批注写不进去，工作表可能设了保护。请取消保护后再试。") from error
        return others

    def _mark_sheet(self, name: str, texts: Mapping[CellAddress, str]) -> int:
        sheet = self._document.Sheets.getByName(name)
        annotations = sheet.getAnnotations()
        present: set[CellAddress] = set()
        for index in range(annotations.Count - 1, -1, -1):
            annotation = annotations.getByIndex(index)
            if is_mark(str(annotation.String)):
                annotations.removeByIndex(index)
            else:
                place = annotation.Position
                present.add((place.Row + 1, place.Column + 1))
        for cell, text in texts.items():
            if cell not in present:
                row, column = cell[0] - 1, cell[1] - 1
                where = sheet.getCellByPosition(column, row).CellAddress
                annotations.insertNew(where, text)
        return len(texts.keys() & present)

    @contextmanager
    def busy(self, text: str) -> Iterator[None]:
        """A text in the status bar, no repainting, one step to undo."""
        document, controller = self._document, self._document.CurrentController
        with ExitStack() as until_the_end:
            if controller is not None and controller.Frame is not None:
                indicator = controller.Frame.createStatusIndicator()
                indicator.start(text, 0)
                until_the_end.callback(indicator.end)
            undo = document.UndoManager
            undo.enterUndoContext(text)
            until_the_end.callback(undo.leaveUndoContext)
            document.lockControllers()
            until_the_end.callback(document.unlockControllers)
            yield

    def select(self, cell: CellRange) -> None:
        """Show and select a cell."""
        controller = self._document.CurrentController
        if controller is not None:
            controller.select(self._block(cell))

    def save_copy(self, path: Path) -> None:
        """Store the document beside itself, in the format that its ending names."""
        kind = _EXCEL_FILTERS.get(path.suffix.lower())
        if kind is None:
            raise HostError(f"“{path.name}”：不能存成这种文件，请先把本文件存为 .xlsm")
        try:
            self._document.storeToURL(
                uno.systemPathToFileUrl(str(path)), (_property("FilterName", kind),)
            )
        except Exception as error:
            raise HostError(not_written(path)) from error

    def open(self, path: Path) -> bool:
        """Open a workbook in a window of its own; its macros run as the user's settings say.

        The desktop is asked of the document's own window: LibreOffice runs the Python of an
        extension in a process of its own, which has no desktop and ends where one is created.
        """
        controller = self._document.CurrentController
        if controller is None or controller.Frame is None:
            return False
        as_configured = _property("MacroExecutionMode", _AS_CONFIGURED)
        url = uno.systemPathToFileUrl(str(path))
        desktop = controller.Frame.Creator
        return desktop.loadComponentFromURL(url, "_blank", 0, (as_configured,)) is not None

    def _block(self, area: CellRange) -> Any:
        return self._document.Sheets.getByName(area.sheet).getCellRangeByPosition(
            area.first_column - 1, area.first_row - 1, area.last_column - 1, area.last_row - 1
        )

    def _area(self, address: Any) -> CellRange:
        return CellRange(
            self._sheets[address.Sheet],
            address.StartRow + 1,
            address.StartColumn + 1,
            address.EndRow + 1,
            address.EndColumn + 1,
        )

    def _formulas(self, block: Any) -> dict[CellAddress, str]:
        """The formulas of a block; its texts may begin with an equals sign and are none."""
        cells = list(_cells(block.queryContentCells(_FORMULA_CELLS).RangeAddresses))
        if not cells:
            return {}
        top = block.RangeAddress
        texts = block.getFormulaArray()
        found = {}
        for row, column in cells:
            text = str(texts[row - 1 - top.StartRow][column - 1 - top.StartColumn])
            found[row, column] = text.strip("{}")
        return found

    def _errors(self, block: Any) -> dict[CellAddress, str]:
        sheet = block.Spreadsheet
        return {
            (row, column): str(sheet.getCellByPosition(column - 1, row - 1).String)
            for row, column in _cells(block.queryFormulaCells(_ERROR_RESULTS).RangeAddresses)
        }

    def _mark_dates_and_merged(
        self, block: Any, rows: list[list[Any]], formulas: Any
    ) -> Iterator[CellRange]:
        """Turn numbers that are shown as dates or truth values into these; yield merged areas.

        Cells of one look are asked once. A formula may show its result in another way.
        """
        sheet, top = block.Spreadsheet, block.RangeAddress
        merged = []
        for group in block.getUniqueCellFormatRanges():
            addresses = group.RangeAddresses
            kind = self._kind(group.NumberFormat)
            if kind & (_DATE | _LOGICAL):
                for row, column in _cells(addresses):
                    _show_as(kind, rows, row - 1 - top.StartRow, column - 1 - top.StartColumn)
            first = sheet.getCellByPosition(addresses[0].StartColumn, addresses[0].StartRow)
            if first.getIsMerged():
                merged += [self._merged_at(sheet, *cell) for cell in _cells(addresses)]
        for row, column in formulas:
            down, right = row - 1 - top.StartRow, column - 1 - top.StartColumn
            if isinstance(rows[down][right], float):
                cell = sheet.getCellByPosition(column - 1, row - 1)
                _show_as(self._kind(cell.NumberFormat), rows, down, right)
        return iter(merged)

    def _merged_at(self, sheet: Any, row: int, column: int) -> CellRange:
        cursor = sheet.createCursorByRange(sheet.getCellByPosition(column - 1, row - 1))
        cursor.collapseToMergedArea()
        return self._area(cursor.RangeAddress)

    def _kind(self, number_format: int) -> int:
        if number_format not in self._formats:
            self._formats[number_format] = self._document.NumberFormats.getByKey(number_format).Type
        return self._formats[number_format]


def _area_of(content: str) -> CellRange | None:
    """The area that a name stands for, from Calc's way to write it: $自评表.$A$6:$P$45."""
    found = _NAMED_AREA.fullmatch(content)
    if found is None:
        return None
    sheet = found[1].replace("''", "'") if found[1] else found[2]
    return parse_area(found[3], sheet)


def _cells(addresses: Any) -> Iterator[CellAddress]:
    for address in addresses:
        for row in range(address.StartRow + 1, address.EndRow + 2):
            for column in range(address.StartColumn + 1, address.EndColumn + 2):
                yield row, column


def _show_as(kind: int, rows: list[list[Any]], down: int, right: int) -> None:
    value = rows[down][right]
    if not isinstance(value, float):
        return
    if kind & _LOGICAL and value in (0.0, 1.0):
        rows[down][right] = bool(value)
    elif kind & _DATE:
        with suppress(OverflowError):
            rows[down][right] = date(1899, 12, 30) + timedelta(days=int(value))


def _plain(value: Any) -> Any:
    """A value as a data array takes it; a missing one would become an error."""
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)


def _calc_syntax(formula: str) -> str:
    """Our formulas as Calc's interface takes them: semicolons between arguments."""
    pieces = formula.split('"')
    pieces[::2] = [piece.replace(",", ";") for piece in pieces[::2]]
    return '"'.join(pieces)


def _property(name: str, value: Any) -> Any:
    found = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    found.Name, found.Value = name, value
    return found
