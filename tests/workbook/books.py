"""Workbooks for tests: the template, the seed's case typed into it, ways to damage them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from jixiao.cases.case import Case, shipped_case
from jixiao.ooxml import CellRange, CellValue, NameMap, Package, a1
from jixiao.scoring import CompanionRow, Rubric, Value, shipped_rubric
from jixiao.template import build_template
from jixiao.workbook import names
from jixiao.workbook.book import assemble_book

RUBRIC: Rubric = shipped_rubric("panyu-department-2023")
CASE: Case = shipped_case("panyu-enterprise-service-centre-2023")
BOOK_NAME = "自评表.xlsx"

# Rows 1 to 26 of the published table, in the order of the standard.
SEED_SCORES = tuple(
    Decimal(text)
    for text in (
        "20 20 7.59 3 2 2 2 2 5 3 7 0.5 1.5 1 2 3 1 1 2 1 1 2 2 2 2 2".split()  # noqa: SIM905
    )
)
SEED_TOTAL = Decimal("97.59")


@cache
def blank_book() -> bytes:
    """The template as it is handed out."""
    return build_template(RUBRIC)


@cache
def seed_book() -> bytes:
    """The seed's case typed into the template, not yet scored."""
    book = assemble_book(Path(BOOK_NAME), Package(blank_book()))
    return _with_values(blank_book(), CASE.typed(book))


def seed_values() -> dict[str, Value | tuple[Value, ...]]:
    """The seed's inputs by id, as a person would type them; the blank ones are None."""
    found: dict[str, Value | tuple[Value, ...]] = {
        spec.id: (None,) * spec.cells if spec.cells > 1 else None for spec in RUBRIC.specs.values()
    }
    return {**found, **CASE.inputs}


def seed_rows() -> list[CompanionRow]:
    """The companion table with the seed's rows, each kind in its forty places."""
    rows: list[CompanionRow] = []
    for kind in RUBRIC.companion_kinds:
        typed = [row for row in CASE.rows if row["kind"] == kind]
        fields = set(CompanionRow._fields)
        rows += [CompanionRow(**{k: v for k, v in row.items() if k in fields}) for row in typed]
        blank = names.COMPANION_ROWS_OF_A_KIND - len(typed)
        rows += [CompanionRow(kind=kind, nature="≥")] * blank
    return rows


def owned_cells(content: bytes) -> set[tuple[str, str]]:
    """Sheet and address of every cell that the program writes."""
    prefixes = ("score_", "reason_", "subtotal_")
    exact = {
        names.TOTAL,
        names.GRADE,
        names.FINDINGS,
        *(names.companion_name(c.field) for c in names.COMPANION_COLUMNS if not c.is_input),
    } - {names.companion_name("reason"), names.companion_name("remark")}
    found = set()
    for name, cells in Package(content).defined_names.items():
        if name in exact or name.removeprefix(names.PREFIX).startswith(prefixes):
            for row in range(cells.first_row, cells.last_row + 1):
                found.add((cells.sheet, a1(row, cells.first_column)))
    return found


def area(content: bytes, key: str) -> CellRange:
    """The cell of an input (``audit_findings``, ``monthly_execution_rates[3]``, ``0.target``) or,
    with its prefix, of any name (``jixiao_total``)."""
    defined = _defined_names(content)
    if key in defined:
        return defined[key]
    place, dot, field = key.partition(".")
    if dot:
        return _nth(defined[names.companion_name(field)], int(place))
    base, _, index = key.partition("[")
    cells = defined[names.input_name(base)]
    return _nth(cells, int(index.rstrip("]"))) if index else cells


@lru_cache(maxsize=64)
def _defined_names(content: bytes) -> NameMap[CellRange]:
    return Package(content).defined_names


def _nth(cells: CellRange, place: int) -> CellRange:
    row = cells.first_row + place
    return CellRange(cells.sheet, row, cells.first_column, row, cells.first_column)


def where(content: bytes, key: str) -> str:
    """Sheet and address of a cell as messages name it."""
    cells = area(content, key)
    return f"{cells.sheet}!{cells.a1}"


def with_values(content: bytes, values: Mapping[str, CellValue | int]) -> bytes:
    """The workbook with other values typed in, by the keys of `area`; None empties a cell."""
    return _with_values(
        content,
        {
            area(content, key): Decimal(value) if isinstance(value, int) else value
            for key, value in values.items()
        },
    )


def _with_values(content: bytes, values: Mapping[CellRange, CellValue]) -> bytes:
    sheets: dict[str, dict[tuple[int, int], CellValue]] = {}
    for cells, value in values.items():
        sheets.setdefault(cells.sheet, {})[cells.first_row, cells.first_column] = value
    return Package(content).rewritten(sheets)


def with_cell_xml(content: bytes, key: str, rest: str) -> bytes:
    """The workbook with the cell's element written by hand: ``t="e"><v>#DIV/0!</v></c>``.

    ``rest`` follows the address and the style.
    """
    cells = area(content, key)
    part = Package(content).sheets[cells.sheet].part
    element = re.compile(rf'<c r="{cells.a1}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)

    def change(xml: str) -> str:
        changed, count = element.subn(lambda m: f'<c r="{cells.a1}"{m[1] or ""} {rest}', xml)
        assert count == 1, f"{key}: {count} cells"
        return changed

    return with_part(content, part, change)


def with_part(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The workbook with the text of one member changed."""
    text = members(content)[part].decode()
    changed = change(text)
    assert changed != text, "the change hit nothing"
    return with_members(content, {part: changed.encode()})


def with_members(content: bytes, changed: Mapping[str, bytes | None]) -> bytes:
    """The workbook with other bytes for some members, without those that are None."""
    found = {**members(content), **changed}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            if data is not None:
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """All members of a zip file by name, in the order of the file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def raw_members(content: bytes) -> dict[str, bytes]:
    """Each member's local header and compressed data, as they stand in the file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    return {
        info.filename: content[info.header_offset : end]
        for info, end in zip(infos, ends, strict=True)
    }


def by_openpyxl(content: bytes) -> Workbook:
    """The workbook as openpyxl reads it, without the borders that it draws around merged cells.

    Drawing them takes most of its time, and no test looks at them.
    """
    with patch.object(MergedCellRange, "format"):
        return openpyxl.load_workbook(BytesIO(content))


def openpyxl_value(book: Workbook, content: bytes, key: str) -> Any:
    """The value of a cell as openpyxl reads it."""
    cells = area(content, key)
    sheet = book[cells.sheet]
    assert isinstance(sheet, Worksheet)
    return sheet.cell(cells.first_row, cells.first_column).value


def by_calamine(content: bytes, key: str) -> object:
    """The value of a cell (of the first cell of an area) as calamine reads it."""
    return column_by_calamine(content, key)[0]


def column_by_calamine(content: bytes, key: str) -> list[object]:
    """The values of the first column of an area as calamine reads them; "" is a blank."""
    cells = area(content, key)
    rows = _calamine_rows(content, cells.sheet)
    within = rows[cells.first_row - 1 : cells.last_row]
    missing = cells.last_row - cells.first_row + 1 - len(within)
    return [row[cells.first_column - 1] for row in within] + [""] * missing


@lru_cache(maxsize=64)
def _calamine_rows(content: bytes, sheet: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def saved(book: Workbook) -> bytes:
    """What openpyxl saves."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def scores_of(content: bytes) -> list[object]:
    """The 得分 column from row 1 to 26, as calamine reads it."""
    return [by_calamine(content, names.score_name(row.id)) for row in RUBRIC.indicators]


def number_or_text(value: object) -> object:
    """A cell value for comparison: numbers by their 15 digits, whatever type a reader gives."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(format(float(value), ".15g"))
    return None if value == "" else value


def all_values(content: bytes) -> dict[tuple[str, str], object]:
    """Every value of every sheet by sheet and address, as calamine reads them; without blanks."""
    return {
        (sheet, a1(row, column)): number_or_text(value)
        for sheet in CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
        for row, values in enumerate(_calamine_rows(content, sheet), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }
