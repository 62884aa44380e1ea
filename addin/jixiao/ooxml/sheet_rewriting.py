"""Writing values into a worksheet part by replacing the bytes of the changed cells only."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from .cell_markup import cell_markup, cell_texts, normalised
from .cells import CellAddress, CellContent, Formula, a1, parse_area
from .errors import PackageError
from .shared_strings import SharedStrings
from .sheet_layout import Attributes, Row, SheetLayout, attribute
from .text_height import text_height
from .xml_source import Edit, spliced, start_tag, with_attribute, without_attribute

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COLUMN = re.compile("[1-9][0-9]{0,4}")

_TEXT_SIZE = 10  # points; what forms are set in, and near enough where they are not
_USUAL_WIDTH = 8.43  # of a column that states none
_TRUE = {"1", "true"}


class _Change(NamedTuple):
    """A normalised value for a cell that holds another."""

    row: int
    column: int
    cell: int | None  # None where there is no element yet
    end: int  # of the cell's element
    value: CellContent


def rewritten(
    layout: SheetLayout,
    changes: Mapping[CellAddress, CellContent],
    shared_strings: SharedStrings,
) -> bytes:
    """Return the part with the changes, or the very same bytes if every cell holds its value.

    A formula counts as another content than its value, so a changed formula cell loses it.
    """
    changed = _really_changed(layout, changes, shared_strings)
    if not changed:
        return layout.xml
    _refuse_torn_formulas(layout, changed, changes.keys())
    edits: list[Edit] = []
    new_rows: list[tuple[int, bytes]] = []
    for number, group in groupby(changed, key=itemgetter(0)):
        row = layout.rows.get(number)
        if row is None:
            new_rows.append((number, _new_row(layout, number, group)))
        else:
            edits += _row_edits(layout, row, list(group))
    edits += _new_row_edits(layout, new_rows)
    edits += _dimension_edits(layout, changed)
    return spliced(layout.xml, edits)


def _really_changed(
    layout: SheetLayout,
    changes: Mapping[CellAddress, CellContent],
    shared_strings: SharedStrings,
) -> list[_Change]:
    """Return the changes, in order, without those whose cell already holds the value."""
    changed: list[_Change] = []
    compared: list[_Change] = []
    for (row, column), raw in sorted(changes.items(), key=itemgetter(0)):
        value = normalised(raw)
        cell = layout.cell_at(row, column)
        if cell is None:
            if value is not None:
                changed.append(_Change(row, column, None, 0, value))
            continue
        end = layout.end_of_cell(cell)
        change = _Change(row, column, cell, end, value)
        if cell in layout.formulas:
            changed.append(change)
        elif not layout.xml.startswith(b"/>", end - 2):
            compared.append(change)
        elif value is not None:
            changed.append(change)
    different = _different(layout, compared, shared_strings) if compared else []
    return sorted(changed + different) if different else changed


def _different(
    layout: SheetLayout, compared: Sequence[_Change], shared_strings: SharedStrings
) -> list[_Change]:
    """Return those of the changes whose cell, which has content, holds another value."""
    cells = [change.cell for change in compared if change.cell is not None]
    fragments = [
        layout.xml[layout.cell_starts[cell] : change.end]
        for cell, change in zip(cells, compared, strict=True)
    ]
    texts = cell_texts(fragments, f"工作表「{layout.sheet}」")
    kinds = (attribute(layout.cell_attributes[cell], "t") or "n" for cell in cells)
    return [
        change
        for change, kind, text in zip(compared, kinds, texts, strict=True)
        if not _holds(kind, text, change.value, shared_strings)
    ]


def _holds(kind: str, text: str, value: CellContent, shared_strings: SharedStrings) -> bool:
    """Tell whether a cell of type `kind`, whose value reads `text`, already holds the value."""
    if isinstance(value, Formula):
        return False
    if kind == "n":
        if isinstance(value, Decimal):
            # Numbers in a cell are doubles: 8.3000000000000007 is how Excel writes 8.3.
            return _NUMBER.fullmatch(text.strip()) is not None and float(text) == float(value)
        return value is None and not text.strip()
    if isinstance(value, Decimal) or kind not in {"s", "str", "inlineStr"}:
        return False
    if kind == "s":
        return shared_strings.holds(text, value or "")
    return text == (value or "")


def _refuse_torn_formulas(
    layout: SheetLayout, changed: Sequence[_Change], wanted: Collection[CellAddress]
) -> None:
    """Refuse to change a part of the cells that one formula serves.

    wanted: all cells that are given something, also those that hold it already.

    A shared formula is written in full at its first cell only; an array formula or a data table
    fills its whole area when it is calculated, whatever stands there.
    """
    masters = {
        cell: reference
        for cell, attributes in layout.formulas.items()
        if (reference := attribute(attributes, "ref")) is not None
    }
    if not masters:
        return
    addresses = layout.addresses()
    changed_cells = {change.cell for change in changed}
    changed_addresses = [(change.row, change.column) for change in changed]
    for cell, reference in masters.items():
        if attribute(layout.formulas[cell], "t") == "shared":
            if cell in changed_cells and _formula_is_shared(layout, cell, changed_cells):
                raise _torn_formula(layout, addresses[cell])
            continue
        area = parse_area(reference, layout.sheet)
        if area is None or area.cell_count == 1:
            continue
        torn = [address for address in changed_addresses if area.covers(address)]
        if torn and sum(map(area.covers, wanted)) < area.cell_count:
            raise _torn_formula(layout, min(torn))


def _formula_is_shared(layout: SheetLayout, master: int, changed: set[int | None]) -> bool:
    """Tell whether an unchanged cell takes its formula from the master cell."""
    index = attribute(layout.formulas[master], "si")
    return any(
        attribute(attributes, "t") == "shared"
        and attribute(attributes, "si") == index
        and cell not in changed
        for cell, attributes in layout.formulas.items()
    )


def _torn_formula(layout: SheetLayout, address: CellAddress) -> PackageError:
    return PackageError(
        f"工作表「{layout.sheet}」的 {a1(*address)} 属于共享公式或数组公式，"
        "其他单元格依赖它，不能单独改写。请先在 Excel 中把这片公式改成各自独立的公式或数值。"
    )


def _row_edits(layout: SheetLayout, row: Row, changed: Sequence[_Change]) -> list[Edit]:
    """Return the edits for the changed cells of one row, given in order of columns."""
    edits: list[Edit] = []
    added: list[tuple[int, bytes]] = []
    for change in changed:
        if change.cell is None:
            added.append((change.column, _new_cell(layout, row, change)))
        else:
            edits.append(_cell_edit(layout, change.cell, change))
    height = _fitted_height(layout, row, changed)
    if not (added or height):
        return edits
    tag = start_tag(layout.xml, row.start)
    tag_end = row.start + len(tag)
    new_tag = with_attribute(tag, b"ht", height.encode()) if height else tag
    if added:
        # It names the columns in use.
        new_tag = without_attribute(new_tag, b"spans")
    if added and tag.endswith(b"/>"):
        content = b"".join(markup for _, markup in added)
        return [(row.start, tag_end, _opened(new_tag, content, f"{layout.prefix}row"))]
    if new_tag != tag:
        edits.append((row.start, tag_end, new_tag))
    for column, markup in added:
        place = _place_in_row(layout, row, column, tag_end)
        edits.append((place, place, markup))
    return edits


def _cell_edit(layout: SheetLayout, cell: int, change: _Change) -> Edit:
    """Return the edit that replaces a cell's element."""
    style = _style(layout, layout.cell_attributes[cell], "s")
    markup = cell_markup(layout.prefix, a1(change.row, change.column), style, change.value)
    return (layout.cell_starts[cell], change.end, markup)


def _new_cell(layout: SheetLayout, row: Row | None, change: _Change) -> bytes:
    style = _inherited_style(layout, row, change.column)
    return cell_markup(layout.prefix, a1(change.row, change.column), style, change.value)


def _fitted_height(layout: SheetLayout, row: Row, changed: Sequence[_Change]) -> str:
    """Return the height in points that the row needs for new texts, empty if it need not grow.

    A row whose height nobody has set by hand was fitted to its old text. Excel would fit it again
    when somebody types in it, LibreOffice takes the height of the file as it is.
    """
    stated = attribute(row.attributes, "ht") or ""
    is_by_hand = attribute(row.attributes, "customHeight") in _TRUE
    if is_by_hand or not _NUMBER.fullmatch(stated):
        return ""
    texts = [(change.column, change.value) for change in changed if isinstance(change.value, str)]
    needed = [text_height(text, _width(layout, column), _TEXT_SIZE) for column, text in texts]
    height = max(needed, default=0.0)
    return f"{height:g}" if height > float(stated) else ""


def _width(layout: SheetLayout, column: int) -> float:
    """Return the width of a column in the units of the sheet."""
    for attributes in layout.columns:
        first, last = attribute(attributes, "min") or "", attribute(attributes, "max") or ""
        width = attribute(attributes, "width") or ""
        numbered = _COLUMN.fullmatch(first) and _COLUMN.fullmatch(last)
        if numbered and _NUMBER.fullmatch(width) and int(first) <= column <= int(last):
            return float(width)
    return _USUAL_WIDTH


def _opened(empty_tag: bytes, content: bytes, name: str) -> bytes:
    """Return the element of an empty tag with content."""
    return empty_tag.removesuffix(b"/>").rstrip() + b">" + content + f"</{name}>".encode()


def _place_in_row(layout: SheetLayout, row: Row, column: int, content_start: int) -> int:
    """Return where a new cell belongs: before the first cell to its right, or behind all."""
    for cell in range(row.first, row.last):
        if layout.cell_columns[cell] > column:
            return layout.cell_starts[cell]
    return layout.end_of_cell(row.last - 1) if row.first < row.last else content_start


def _style(layout: SheetLayout, attributes: Attributes, name: str) -> str | None:
    """Return the style number in an attribute, None if there is none."""
    style = attribute(attributes, name)
    if style is not None and not (style.isascii() and style.isdigit()):
        raise layout.broken(f"样式号 {style[:20]}")
    return style


def _inherited_style(layout: SheetLayout, row: Row | None, column: int) -> str | None:
    """Return the style of a cell that has no element yet: its row's, or else its column's."""
    if row is not None and attribute(row.attributes, "customFormat") in _TRUE:
        return _style(layout, row.attributes, "s")
    for attributes in layout.columns:
        first, last = attribute(attributes, "min") or "", attribute(attributes, "max") or ""
        if not (_COLUMN.fullmatch(first) and _COLUMN.fullmatch(last)):
            raise layout.broken(f"列的范围 {first[:20]} 至 {last[:20]}")
        if int(first) <= column <= int(last):
            return _style(layout, attributes, "style")
    return None


def _new_row(layout: SheetLayout, number: int, changed: Iterable[_Change]) -> bytes:
    name = f"{layout.prefix}row"
    content = b"".join(_new_cell(layout, None, change) for change in changed)
    return f'<{name} r="{number}">'.encode() + content + f"</{name}>".encode()


def _new_row_edits(layout: SheetLayout, new_rows: Sequence[tuple[int, bytes]]) -> list[Edit]:
    """Return the edits that put new rows, given in order, before the first row below each."""
    if not new_rows:
        return []
    tag = start_tag(layout.xml, layout.data_start)
    data_start = layout.data_start + len(tag)
    if tag.endswith(b"/>"):
        content = b"".join(markup for _, markup in new_rows)
        element = _opened(tag, content, f"{layout.prefix}sheetData")
        return [(layout.data_start, data_start, element)]
    rows = list(layout.rows.values())
    last = layout.end_of_row(rows[-1]) if rows else data_start
    edits = []
    for number, markup in new_rows:
        place = next((row.start for row in rows if row.number > number), last)
        edits.append((place, place, markup))
    return edits


def _dimension_edits(layout: SheetLayout, changed: Sequence[_Change]) -> list[Edit]:
    """Widen the area the part declares if a new cell lies outside: some readers stop there."""
    if layout.dimension is None:
        return []
    tag = start_tag(layout.xml, layout.dimension)
    found = re.search(rb"\sref\s*=\s*[\"']([A-Z0-9:]+)[\"']", tag)
    area = parse_area(found[1].decode(), layout.sheet) if found else None
    if area is None:
        return []
    outside = [change for change in changed if not area.covers((change.row, change.column))]
    if not outside:
        return []
    rows = [change.row for change in outside]
    columns = [change.column for change in outside]
    first = a1(min(area.first_row, *rows), min(area.first_column, *columns))
    last = a1(max(area.last_row, *rows), max(area.last_column, *columns))
    widened = with_attribute(tag, b"ref", f"{first}:{last}".encode())
    return [(layout.dimension, layout.dimension + len(tag), widened)]
