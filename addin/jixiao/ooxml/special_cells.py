"""The cells of a plain sheet that hold formulas or errors, found without parsing all the others.

Reading a sheet for them with a parser takes most of the time that a workbook takes, and most sheets
of ours have a handful. Each is looked for by a pattern, and all that there are by their tags; where
the numbers differ, the sheet is written in a way that the pattern does not know.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from .cells import CellAddress, parse_a1

# One cell; "<" begins a tag wherever it stands, for plain sheets have no comments and no CDATA.
_CELL = rb'<c r="([A-Z]{1,3}[0-9]{1,7})"([^<>]*)>'
_FORMULA = re.compile(
    _CELL + rb"<f(?:\s[^<>]*)?(?:/>|>([^<]*)</f>)(<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>))?</c>"
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?:\s[^<>]*)?\st=["\']e["\'][^<>]*>'
    rb"(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?(?:<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>))?</c>"
)
_FORMULA_TAGS = (b"<f>", b"<f ", b"<f/", b"<f\t", b"<f\n", b"<f\r")
_ERROR_TYPE = re.compile(rb"\st\s*=\s*[\"'](?:e|&)")
_SHARED = re.compile(rb"<f\s[^<>]*\ssi\s*=|<f\ssi\s*=")
_TEXT_RESULT = re.compile(rb"\st=[\"']str[\"']")


class SpecialCells(NamedTuple):
    """What `SheetPart` says of the same sheet: its errors, formulas, and those never calculated."""

    errors: dict[CellAddress, str]
    formulas: dict[CellAddress, str]
    uncalculated: frozenset[CellAddress]


def special_cells(xml: bytes) -> SpecialCells | None:
    """The special cells of a sheet that `has_plain_addresses`; None where it needs a parser."""
    formula_count = sum(xml.count(tag) for tag in _FORMULA_TAGS)
    error_count = len(_ERROR_TYPE.findall(xml))
    if not formula_count and not error_count:
        return SpecialCells({}, {}, frozenset())
    formulas = _FORMULA.findall(xml)
    errors = _ERROR.findall(xml)
    is_all = (len(formulas), len(errors)) == (formula_count, error_count)
    if not is_all or _SHARED.search(xml):
        return None
    try:
        return SpecialCells(
            {_address(cell): value.decode() or "#VALUE!" for cell, value in errors},
            {_address(cell): "=" + unescape(text.decode()) for cell, _, text, *_ in formulas},
            frozenset(
                _address(cell)
                for cell, attributes, _, element, value in formulas
                if not (value or (element and _TEXT_RESULT.search(attributes)))
            ),
        )
    except ValueError:  # no address of a cell, or no UTF-8
        return None


def _address(cell: bytes) -> CellAddress:
    return parse_a1(cell.decode())
