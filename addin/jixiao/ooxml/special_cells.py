"""The cells of a plain sheet that hold formulas or errors, found without parsing all the others.

Reading a sheet for them with a parser takes most of the time that a workbook takes, and most sheets
of ours have a handful. Where one of them is written in a way that is not known here, nothing is
found at all, and the parser has to do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from .cells import CellAddress, parse_a1

# One cell; "<" begins a tag wherever it stands, for plain sheets have no comments and no CDATA.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"([^<>]*)>'
    rb"(<f(?:\s[^<>]*)?(?:/>|>([^<]*)</f>))?"
    rb"(<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>))?</c>"
)
# Looked for one by one, which is faster than a pattern of them all. Whatever the attribute: a
# formula that says ="e" is one mark more, no more.
_MARKS = (b"<f", b'"e"', b"'e'")
_FORMULA_TAG = tuple(b"<f" + after for after in (b">", b" ", b"/", b"\t", b"\n", b"\r"))
_SHARED = re.compile(rb"\ssi\s*=")
_TYPE = re.compile(rb"\st\s*=\s*[\"']([a-z]+)[\"']")


class SpecialCells(NamedTuple):
    """What `SheetPart` says of the same sheet: its errors, formulas, and those never calculated."""

    errors: dict[CellAddress, str]
    formulas: dict[CellAddress, str]
    uncalculated: frozenset[CellAddress]


def special_cells(xml: bytes) -> SpecialCells | None:
    """The special cells of a sheet that `has_plain_addresses`; None where it needs a parser."""
    errors: dict[CellAddress, str] = {}
    formulas: dict[CellAddress, str] = {}
    uncalculated: set[CellAddress] = set()
    for cell in _marked_cells(xml):
        if cell is None:
            return None
        reference, attributes, formula, text, element, value = cell.groups()
        kind = _TYPE.search(attributes)
        if formula and _SHARED.search(formula):
            return None
        try:
            address = parse_a1(reference.decode())
            if formula:
                formulas[address] = "=" + unescape((text or b"").decode())
                if not (value or (element and kind and kind[1] == b"str")):
                    uncalculated.add(address)
            if kind and kind[1] == b"e":
                errors[address] = (value or b"").decode() or "#VALUE!"
        except ValueError:  # no address of a cell, or no UTF-8
            return None
    return SpecialCells(errors, formulas, frozenset(uncalculated))


def _marked_cells(xml: bytes) -> Iterator[re.Match[bytes] | None]:
    """The cells that hold a formula or an error; None for one that is written unusually."""
    end = 0
    for mark in sorted(place for kind in _MARKS for place in _places(xml, kind)):
        if mark >= end:
            cell = _CELL.match(xml, xml.rfind(b"<c ", 0, mark))
            if cell is None or cell.end() <= mark:
                yield None
                return
            yield cell
            end = cell.end()


def _places(xml: bytes, mark: bytes) -> Iterator[int]:
    place = xml.find(mark)
    while place >= 0:
        if mark != b"<f" or xml.startswith(_FORMULA_TAG, place):  # not <formula1>
            yield place
        place = xml.find(mark, place + 1)
