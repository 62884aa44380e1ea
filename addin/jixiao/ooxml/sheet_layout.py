"""Where the rows and cells of a worksheet part are, byte by byte, found in one pass of expat."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from .cells import MAX_ROW, CellAddress, column_number
from .errors import PackageError
from .xml_source import element_end, parse, start_tag

SPREADSHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Attributes = list[str]
"""Names and values in turn, as expat delivers them fastest."""


class Row(NamedTuple):
    """One row element; its cells are numbers first to last - 1 of the sheet."""

    number: int
    start: int
    first: int
    last: int
    attributes: Attributes


@dataclass(slots=True)
class SheetLayout:
    """The parsed structure of a sheet part; cells are numbered in document order from 0."""

    xml: bytes
    sheet: str
    prefix: str = ""  # of the spreadsheet namespace: "" or such as "x:"
    cell_starts: list[int] = field(default_factory=list)
    cell_attributes: list[Attributes] = field(default_factory=list)
    cell_columns: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)  # behind cells with a value or formula
    formulas: dict[int, Attributes] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    columns: list[Attributes] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    dimension: int | None = None  # where the element starts
    data_start: int = -1  # of the sheetData element

    def cell_at(self, row_number: int, column: int) -> int | None:
        """Return the number of a cell, None if it has no element."""
        row = self.rows.get(row_number)
        if row is None:
            return None
        columns = self.cell_columns[row.first : row.last]
        return row.first + columns.index(column) if column in columns else None

    def addresses(self) -> list[CellAddress]:
        """Return the address of every cell, by its number."""
        rows = (row.number for row in self.rows.values() for _ in range(row.first, row.last))
        return list(zip(rows, self.cell_columns, strict=True))

    def end_of_cell(self, cell: int) -> int:
        """Return the position after a cell element."""
        return element_end(self.xml, self.cell_starts[cell], self.prefix + "c")

    def end_of_row(self, row: Row) -> int:
        """Return the position after a row element."""
        return element_end(self.xml, row.start, self.prefix + "row")

    def broken(self, why: str) -> PackageError:
        """Return the error for a structure that no spreadsheet program writes."""
        return PackageError(
            f"工作表「{self.sheet}」的内容已损坏（{why}）。请用 Excel 或 WPS 打开修复后另存再试。"
        )


def attribute(attributes: Attributes, name: str) -> str | None:
    """Return the value of an attribute, or None."""
    for position in range(0, len(attributes), 2):
        if attributes[position] == name:
            return attributes[position + 1]
    return None


def read_layout(xml: bytes, sheet: str) -> SheetLayout:
    """Parse a sheet part; PackageError, naming the sheet, if it is damaged or too large."""
    layout = SheetLayout(xml, sheet)
    row_starts: list[tuple[int, Attributes, int]] = []
    parser = expat.ParserCreate()
    parser.ordered_attributes = True

    def root(name: str, attributes: Attributes) -> None:
        layout.prefix = _spreadsheet_prefix(layout, name, attributes)
        parser.StartElementHandler = _around_data(parser, layout, enter_data)

    def enter_data() -> None:
        if layout.data_start >= 0:
            raise layout.broken("有两个 sheetData")
        layout.data_start = parser.CurrentByteIndex
        around = _around_data(parser, layout, enter_data)
        parser.StartElementHandler = _inside_data(parser, layout, row_starts, around)

    parser.StartElementHandler = root
    parse(parser, xml, f"工作表「{sheet}」")
    if layout.data_start < 0:
        raise layout.broken("没有 sheetData")
    _number_rows(layout, row_starts)
    return layout


def _spreadsheet_prefix(layout: SheetLayout, name: str, attributes: Attributes) -> str:
    prefix, colon, local = name.rpartition(":")
    declaration = f"xmlns:{prefix}" if colon else "xmlns"
    if local != "worksheet" or attribute(attributes, declaration) != SPREADSHEET_NAMESPACE:
        raise layout.broken("不是普通工作表")
    return prefix + colon


def _around_data(
    parser: expat.XMLParserType, layout: SheetLayout, enter_data: Callable[[], None]
) -> Callable[[str, Attributes], None]:
    """Return the handler for the elements before and after the cells."""
    prefix = layout.prefix

    def start(name: str, attributes: Attributes) -> None:
        if name == f"{prefix}mergeCell":
            layout.merged.append(attribute(attributes, "ref") or "")
        elif name == f"{prefix}col":
            layout.columns.append(attributes)
        elif name == f"{prefix}dimension":
            layout.dimension = parser.CurrentByteIndex
        elif name == f"{prefix}sheetData":
            enter_data()

    return start


def _inside_data(
    parser: expat.XMLParserType,
    layout: SheetLayout,
    row_starts: list[tuple[int, Attributes, int]],
    leave: Callable[[str, Attributes], None],
) -> Callable[[str, Attributes], None]:
    """Return the handler for the elements of the cells, which hands the first one after to leave.

    It runs thousands of times a sheet, so it only appends to lists. For the same reason there is
    no handler for the ends of elements: the few that matter are looked up when they are needed.
    """
    cell, value, row, formula, inline = (
        layout.prefix + name for name in ("c", "v", "row", "f", "is")
    )
    starts, filled, formulas = layout.cell_starts, layout.filled, layout.formulas
    all_attributes = layout.cell_attributes
    data_end = _end_of_data(layout)

    def start(name: str, attributes: Attributes) -> None:
        if name == cell:
            starts.append(parser.CurrentByteIndex)
            all_attributes.append(attributes)
        elif name == value:
            filled.append(len(starts))
        elif name == row:
            row_starts.append((parser.CurrentByteIndex, attributes, len(starts)))
        elif name == formula:
            filled.append(len(starts))
            formulas[len(starts) - 1] = attributes
        elif name == inline:
            filled.append(len(starts))
        elif parser.CurrentByteIndex > data_end:
            parser.StartElementHandler = leave
            leave(name, attributes)

    return start


def _end_of_data(layout: SheetLayout) -> int:
    """Return where the end tag of sheetData begins, or where its empty tag does."""
    if start_tag(layout.xml, layout.data_start).endswith(b"/>"):
        return layout.data_start
    closing = f"</{layout.prefix}sheetData".encode()
    end = layout.xml.find(closing, layout.data_start)
    # If these bytes stand in the part once, they are the end tag and not part of a comment.
    if end < 0 or layout.xml.find(closing, end + 1) >= 0:
        raise layout.broken("sheetData 没有唯一的结尾")
    return end


class _ColumnNumbers(dict[str, int]):
    """Numbers of column letters, each worked out once; ValueError for what is not a column.

    Capitals only, which no other attribute of a cell has as its value.
    """

    def __missing__(self, letters: str) -> int:
        if not letters.isupper():
            raise ValueError(letters)
        number = self[letters] = column_number(letters)
        return number


_COLUMN_NUMBERS = _ColumnNumbers()


def _number_rows(layout: SheetLayout, row_starts: list[tuple[int, Attributes, int]]) -> None:
    """Fill in rows and columns; refuse what would make two readers see two sheets."""
    firsts = [first for _, _, first in row_starts]
    firsts.append(len(layout.cell_starts))
    if firsts[0] != 0 or layout.filled[:1] == [0]:
        raise layout.broken("行之外有单元格，或单元格之外有数值")
    number = 0
    for (start, attributes, first), last in zip(row_starts, firsts[1:], strict=True):
        number = _row_number(layout, attributes, number)
        columns = _columns(layout, number, layout.cell_attributes[first:last])
        if number in layout.rows or len(set(columns)) < len(columns):
            raise layout.broken(f"第 {number} 行或其中的单元格出现了两次")
        layout.rows[number] = Row(number, start, first, last, attributes)
        layout.cell_columns += columns


def _row_number(layout: SheetLayout, attributes: Attributes, previous: int) -> int:
    """Return the number a row states, or else counts to."""
    text = attribute(attributes, "r")
    if text is None:
        number = previous + 1
    elif text.isascii() and text.isdigit() and len(text) <= 7:
        number = int(text)
    else:
        raise layout.broken(f"行号 {text[:20]}")
    if not 1 <= number <= MAX_ROW:
        raise layout.broken(f"行号 {number} 超出表格范围")
    return number


def _columns(layout: SheetLayout, number: int, cells: list[Attributes]) -> list[int]:
    """Return the columns of a row's cells, as they state them or else count to."""
    suffix = str(number)
    try:
        # Nearly every writer puts the address first.
        return [_COLUMN_NUMBERS[attributes[1].removesuffix(suffix)] for attributes in cells]
    except (IndexError, ValueError):
        return _counted_columns(layout, number, cells)


def _counted_columns(layout: SheetLayout, number: int, cells: list[Attributes]) -> list[int]:
    columns = []
    column = 0
    for attributes in cells:
        address = attribute(attributes, "r")
        try:
            column = column_number(address.removesuffix(str(number))) if address else column + 1
        except ValueError as error:
            raise layout.broken(f"第 {number} 行有单元格 {str(address)[:20]}") from error
        columns.append(column)
    return columns
