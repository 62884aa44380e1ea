"""Workbooks for the macros, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jixiao.hosts.files import FileHost
from jixiao.ooxml import CellContent, CellRange, Formula, Package
from jixiao.template.macro_template import build_macro_template
from jixiao.workbook import names
from jixiao.workbook.book import assemble_book
from workbook.books import CASE, RUBRIC

MACHINE_NAMES = (
    *(names.score_name(row.id) for row in RUBRIC.indicators),
    *(names.reason_name(row.id) for row in RUBRIC.indicators),
    *(names.subtotal_name(h.id) for h in (*RUBRIC.primaries, *RUBRIC.secondaries)),
    *(names.companion_name(field) for field in ("rate", "settled_points", "score")),
    names.TOTAL,
    names.GRADE,
    names.FINDINGS,
)
"""Where the program writes, companion rows and findings included."""


@cache
def seed_macro_book() -> bytes:
    """The macro template with the seed's case typed in; nothing has calculated it yet."""
    template = FileHost(Path("自评表.xlsm"), Package(build_macro_template(RUBRIC)))
    return template.rewritten(CASE.typed(assemble_book(template.path, Package(_content(template)))))


def _content(host: FileHost) -> bytes:
    return host.rewritten({})


def formulas_of(path: Path) -> dict[tuple[str, int, int], str]:
    """Every formula of a file by sheet, row and column."""
    package = Package.open(path)
    return {
        (sheet, *cell): text
        for sheet in package.sheets
        for cell, text in package.sheet(sheet).formulas().items()
    }


def cell_of(path: Path, name: str) -> CellRange:
    """The first cell of a defined name."""
    area = Package.open(path).defined_names[name]
    return CellRange(
        area.sheet, area.first_row, area.first_column, area.first_row, area.first_column
    )


def typed(path: Path, values: Mapping[str, CellContent]) -> None:
    """Type into a file by defined names."""
    host = FileHost.load(path)
    changes = {cell_of(path, name): value for name, value in values.items()}
    path.write_bytes(host.rewritten(changes))


def machine_values(path: Path) -> dict[str, list[object]]:
    """Every value in a cell that the program writes, by defined name."""
    from workbook.books import column_by_calamine, number_or_text  # noqa: PLC0415

    content = path.read_bytes()
    return {
        name: [number_or_text(value) for value in column_by_calamine(content, name)]
        for name in MACHINE_NAMES
    }


__all__ = ["Formula", "cell_of", "formulas_of", "machine_values", "seed_macro_book", "typed"]
