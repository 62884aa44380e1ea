"""Reading and rewriting .xlsx and .xlsm files of unknown origin without losing anything.

A file is opened with bounds on everything in it, a few cells get new values, and every byte that
is not part of a changed cell stays as it was. Only the standard library is used.
"""

from .atomic_save import save_atomically
from .cells import (
    CellAddress,
    CellContent,
    CellRange,
    CellValue,
    Formula,
    a1,
    column_letters,
    column_number,
    parse_a1,
    parse_area,
    parse_reference,
)
from .errors import PackageError
from .locks import open_elsewhere
from .package import Package, file_bytes
from .plain_sheet import has_plain_addresses
from .sheet_part import SheetPart
from .special_cells import SpecialCells, special_cells
from .system_errors import in_chinese
from .workbook_part import NameMap, SheetInfo, Visibility

__all__ = [
    "CellAddress",
    "CellContent",
    "CellRange",
    "CellValue",
    "Formula",
    "NameMap",
    "Package",
    "PackageError",
    "SheetInfo",
    "SheetPart",
    "SpecialCells",
    "Visibility",
    "a1",
    "column_letters",
    "column_number",
    "file_bytes",
    "has_plain_addresses",
    "in_chinese",
    "open_elsewhere",
    "parse_a1",
    "parse_area",
    "parse_reference",
    "save_atomically",
    "special_cells",
]
