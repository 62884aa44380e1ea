"""One worksheet part of a workbook."""

import re
from collections.abc import Collection, Mapping
from html import unescape

from .cells import CellAddress, CellContent, CellRange, parse_area
from .shared_strings import SharedStrings
from .sheet_layout import attribute, read_layout
from .sheet_rewriting import rewritten

_NO_STRINGS = SharedStrings()

# Looked for within one cell element that the XML parser has found; "<" in texts is escaped there.
_VALUE = re.compile(rb"<(?:[^<>\s/:]+:)?v(?:\s[^<>]*)?(?:/>|>([^<]*))")

_FORMULA = re.compile(rb"<(?:[^<>\s/:]+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*))")

# Most sheets hold no error: a look at the bytes spares a look at every cell.
_ERROR = re.compile(rb"t\s*=\s*[\"'](?:e|&)")


class SheetPart:
    """A worksheet's XML, parsed once: its true size, merged areas and formulas, and new bytes."""

    __slots__ = ("_layout", "xml")

    def __init__(self, xml: bytes, sheet: str) -> None:
        """Parse the part of the named sheet.

        Raises PackageError, naming the sheet, if the part is malformed, has a DTD or is not UTF-8,
        has too many tags, or places two cells at one address.
        """
        self.xml = xml
        self._layout = read_layout(xml, sheet)

    @property
    def formula_cells(self) -> frozenset[CellAddress]:
        """The cells that hold a formula."""
        addresses = self._layout.addresses()
        return frozenset(addresses[cell] for cell in self._layout.formulas)

    @property
    def extent(self) -> tuple[int, int]:
        """Highest row and column of any row or cell element, (0, 0) if there is none.

        Styled blank cells and empty rows count, so a harmless sheet may well end in row 1048576.
        """
        layout = self._layout
        return max(layout.rows, default=0), max(layout.cell_columns, default=0)

    @property
    def filled_extent(self) -> tuple[int, int]:
        """Highest row and column of any cell with a value or formula, (0, 0) if there is none.

        A reader that returns a dense rectangle needs memory for this many rows times columns.
        """
        addresses = self._layout.addresses()
        filled = [addresses[cell - 1] for cell in self._layout.filled]
        rows, columns = zip(*filled, strict=True) if filled else ((0,), (0,))
        return max(rows), max(columns)

    def has_formula(self, row: int, column: int) -> bool:
        """Tell whether a cell holds a formula."""
        return self._layout.cell_at(row, column) in self._layout.formulas

    def formulas(self) -> dict[CellAddress, str]:
        """The formula of every cell that has one, as typed: "=A1+1".

        Of a shared formula, each of its cells has the text of the first, which is right there only.
        """
        layout = self._layout
        addresses = layout.addresses() if layout.formulas else []
        texts: dict[CellAddress, str] = {}
        shared: dict[str, str] = {}
        for cell, attributes in layout.formulas.items():
            found = _FORMULA.search(self._markup(cell))
            text = unescape((found[1] or b"").decode()) if found else ""
            index = attribute(attributes, "si") or ""
            texts[addresses[cell]] = "=" + (shared.setdefault(index, text) if index else text)
        return texts

    @property
    def merged(self) -> tuple[CellRange, ...]:
        """The merged areas, in the order of the part."""
        areas = (parse_area(text, self._layout.sheet) for text in self._layout.merged)
        return tuple(area for area in areas if area is not None)

    def errors(self) -> dict[CellAddress, str]:
        """The cells that hold an error, with its text, such as "#DIV/0!"."""
        if not _ERROR.search(self.xml):
            return {}
        layout = self._layout
        found = [
            cell
            for cell, attributes in enumerate(layout.cell_attributes)
            if attribute(attributes, "t") == "e"
        ]
        addresses = layout.addresses() if found else []
        return {addresses[cell]: self._error_text(cell) for cell in found}

    def with_styles(self, styles: Collection[str]) -> frozenset[CellAddress]:
        """The cells that have one of the styles, given by their numbers as they are written."""
        layout = self._layout
        addresses = layout.addresses()
        return frozenset(
            addresses[cell]
            for cell, attributes in enumerate(layout.cell_attributes)
            if attribute(attributes, "s") in styles
        )

    def uncalculated(self) -> frozenset[CellAddress]:
        """The cells with a formula whose value no program has worked out and stored."""
        layout = self._layout
        addresses = layout.addresses() if layout.formulas else []
        return frozenset(
            addresses[cell] for cell in layout.formulas if not self._is_calculated(cell)
        )

    def _is_calculated(self, cell: int) -> bool:
        # An empty text is a result; an empty number is what programs write that do not calculate.
        value = _VALUE.search(self._markup(cell))
        is_text = attribute(self._layout.cell_attributes[cell], "t") == "str"
        return value is not None and (is_text or bool(value[1]))

    def _error_text(self, cell: int) -> str:
        value = _VALUE.search(self._markup(cell))
        return value[1].decode() if value and value[1] else "#VALUE!"

    def _markup(self, cell: int) -> bytes:
        return self.xml[self._layout.cell_starts[cell] : self._layout.end_of_cell(cell)]

    def rewrite(
        self,
        changes: Mapping[CellAddress, CellContent],
        shared_strings: SharedStrings = _NO_STRINGS,
    ) -> bytes:
        """Return the part's bytes with new values in some cells; nothing else changes.

        changes: (row, column) → new value or formula. A cell keeps its style, a new one takes that
        of its row or column. A cell that holds the value already keeps its bytes; shared_strings
        delivers the workbook's texts to compare with, and is called only if such a cell is to
        change. A row whose height was not set by hand grows where a new text needs it.

        Raises PackageError where a cell belongs to a shared or array formula that other, unchanged
        cells need, and where a text is too long; ValueError for an address outside the grid.
        """
        return rewritten(self._layout, changes, shared_strings)
