"""The sheets of an .xlsx or .xlsm file: values by calamine, the rest by a look at the bytes.

calamine knows neither percentages nor errors nor formulas without a result, and makes room for the
whole rectangle that a sheet's cells span; so each sheet that may hold a table is looked at first. A
sheet that is too large is taken out of what calamine is given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

from python_calamine import CalamineWorkbook

from jixiao.forms.errors import SheetError
from jixiao.forms.grid import Grid, anchors, refuse_large
from jixiao.forms.headings import ANNEX, is_level, is_result
from jixiao.hosts.calamine_errors import unreadable_is_an_error
from jixiao.ooxml import (
    CellAddress,
    CellRange,
    PackageError,
    SheetPart,
    has_plain_addresses,
    parse_a1,
    parse_area,
)
from jixiao.ooxml.declared_counts import refuse_false_counts
from jixiao.ooxml.foreign_files import describe_other_package
from jixiao.ooxml.sheet_layout import SPREADSHEET_NAMESPACE
from jixiao.ooxml.workbook_part import MAX_SHEETS, read_relationships
from jixiao.ooxml.xml_source import parse, read_elements
from jixiao.ooxml.zip_archive import ZipArchive

WORKBOOK = "xl/workbook.xml"
_EMPTY_SHEET = f'<worksheet xmlns="{SPREADSHEET_NAMESPACE}"><sheetData/></worksheet>'.encode()
_RELATIONSHIP_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"

_ERROR = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^<>]*? t=["\']e["\'][^<>]*>'
    rb"(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>"
)
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^<>]*>\s*<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)'
    rb"\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_MARKUP = re.compile(rb"<[^<>]*>")
_BUILT_IN_PERCENTS = {"9", "10"}
_LONGEST_HEADING = 400
_INDICATOR = "指标".encode()


class _Tab(NamedTuple):
    name: str
    part: str
    is_hidden: bool


def xlsx_grids(archive: ZipArchive, content: bytes) -> Iterator[Grid | SheetError]:
    """The sheets of a workbook that may hold a table, in the order of their tabs.

    In the place of a sheet that cannot be read stands why. PackageError where nothing can be read.
    """
    refuse_false_counts(archive)
    tabs = _tabs(archive)
    looks = {tab.name: _look(archive, tab) for tab in tabs}
    wanted = _wanted(archive, tabs) or {tab.name for tab in tabs}
    with unreadable_is_an_error():
        workbook = CalamineWorkbook.from_filelike(BytesIO(_bounded(archive, content, tabs, looks)))
    for tab in tabs:
        look = looks[tab.name]
        if isinstance(look, SheetError):
            yield look
        elif tab.name in wanted:
            yield _grid(archive, tab, look, workbook)


def _tabs(archive: ZipArchive) -> tuple[_Tab, ...]:
    if WORKBOOK not in archive or "xl/_rels/workbook.xml.rels" not in archive:
        raise PackageError(describe_other_package(archive))
    sheets = _sheet_elements(archive[WORKBOOK])
    relationships = read_relationships(archive, WORKBOOK)
    tabs = []
    for sheet in sheets:
        target = relationships.get(sheet.get(_RELATIONSHIP_ID, ""))
        if target is not None and target.kind == "worksheet" and target.part in archive:
            is_hidden = sheet.get("state", "visible") != "visible"
            tabs.append(_Tab(sheet.get("name", ""), target.part, is_hidden))
    if len({tab.name for tab in tabs}) < len(tabs):
        raise PackageError("工作簿已损坏（有重名的工作表）。请用 Excel 或 WPS 打开修复后另存再试。")
    return tuple(tabs)


@lru_cache(maxsize=16)
def _sheet_elements(workbook: bytes) -> tuple[Mapping[str, str], ...]:
    """The attributes of the sheets; most workbooks of a batch have the same workbook part."""
    sheets: list[Mapping[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == f"{SPREADSHEET_NAMESPACE} sheet":
            sheets.append(attributes)

    parser.StartElementHandler = start
    parse(parser, workbook, WORKBOOK)
    if len(sheets) > MAX_SHEETS:
        raise PackageError(f"工作簿有 {len(sheets)} 张工作表，超过上限 {MAX_SHEETS} 张，拒绝读取。")
    return tuple(sheets)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A sheet whose addresses can be read off its bytes."""

    xml: bytes

    def errors(self) -> dict[CellAddress, str]:
        found = {}
        if b't="e"' in self.xml or b"t='e'" in self.xml:
            found = {parse_a1(m[1].decode()): m[2].decode() for m in _ERROR.finditer(self.xml)}
        return found

    @property
    def merged(self) -> tuple[CellRange, ...]:
        areas = (parse_area(match[1].decode(), "") for match in _MERGED.finditer(self.xml))
        return tuple(area for area in areas if area is not None)

    def uncalculated(self) -> frozenset[CellAddress]:
        if b"<f" not in self.xml:
            return frozenset()
        return frozenset(parse_a1(m[1].decode()) for m in _UNCALCULATED.finditer(self.xml))

    def with_styles(self, styles: Collection[str]) -> frozenset[CellAddress]:
        if not styles:
            return frozenset()
        matches = _styled(tuple(sorted(styles))).finditer(self.xml)
        return frozenset(parse_a1(match[1].decode()) for match in matches)


@lru_cache(maxsize=16)
def _styled(styles: tuple[str, ...]) -> re.Pattern[bytes]:
    numbers = b"|".join(style.encode() for style in styles)
    return re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: [a-rt-z]+="[^"<>]*")* s="(?:%b)"' % numbers)


# Most workbooks of a batch share the sheets in which nobody types.
_REMEMBERED_BYTES = 2**17
_known_plain = lru_cache(maxsize=32)(has_plain_addresses)


def _look(archive: ZipArchive, tab: _Tab) -> _Plain | SheetPart | SheetError:
    """A sheet that calamine may be given; SheetError says why not."""
    xml = archive[tab.part]
    is_plain = _known_plain(xml) if len(xml) <= _REMEMBERED_BYTES else has_plain_addresses(xml)
    if is_plain:
        return _Plain(xml)
    try:
        part = SheetPart(xml, tab.name)
        refuse_large(*part.filled_extent)
    except PackageError as error:
        return SheetError(str(error))
    except SheetError as error:
        return SheetError(f"工作表「{tab.name}」{error}。")
    return part


def _bounded(
    archive: ZipArchive,
    content: bytes,
    tabs: tuple[_Tab, ...],
    looks: Mapping[str, _Plain | SheetPart | SheetError],
) -> bytes:
    """The file without what calamine should not make room for.

    That are the sheets that are too large, and sheet parts that no tab leads to: a tab could lead
    calamine there and us elsewhere.
    """
    checked = {tab.part.lower() for tab in tabs if not isinstance(looks[tab.name], SheetError)}
    unchecked = {
        name: _EMPTY_SHEET
        for name in archive.names
        if name.lower() not in checked and b"sheetData" in archive[name]
    }
    return archive.rewritten(unchecked, ()) if unchecked else content


def _wanted(archive: ZipArchive, tabs: tuple[_Tab, ...]) -> set[str]:
    """The sheets in which headings of a table stand; empty where that cannot be told."""
    levels, results = _shared_headings(archive)
    wanted = set()
    for tab in tabs:
        xml = archive[tab.part]
        # Shared texts stand elsewhere: this word in a sheet itself is in a text of its own.
        has_own = _INDICATOR in xml or b"&#" in xml
        if has_own or (_any_in(levels, xml) and _any_in(results, xml)):
            wanted.add(tab.name)
    forms = {name for name in wanted if ANNEX not in name}
    return forms or wanted


def _any_in(marks: list[bytes], xml: bytes) -> bool:
    return any(mark in xml for mark in marks)


def _shared_headings(archive: ZipArchive) -> tuple[list[bytes], list[bytes]]:
    """What stands in a cell with a heading, of a level and of a result."""
    name = "xl/sharedStrings.xml"
    found: dict[str, list[bytes]] = {"level": [], "result": []}
    if name in archive:
        for index, item in enumerate(archive[name].split(b"</si>")):
            if len(item) < _LONGEST_HEADING:
                kind = _kind(item)
                if kind:
                    found[kind].append(b">%d</" % index)
    return found["level"], found["result"]


@lru_cache(maxsize=4096)
def _kind(item: bytes) -> str:
    text = _MARKUP.sub(b"", item[item.rfind(b"<si") :]).decode(errors="replace")
    return "level" if is_level(text) else "result" if is_result(text) else ""


def _grid(
    archive: ZipArchive, tab: _Tab, look: _Plain | SheetPart, workbook: CalamineWorkbook
) -> Grid | SheetError:
    try:
        with unreadable_is_an_error():
            sheet = workbook.get_sheet_by_name(tab.name)
            rows = sheet.to_python(skip_empty_area=False)
        areas = [area[1:] for area in look.merged]
        last_column = len(rows[0]) if rows else 0
        return Grid(
            tab.name,
            rows,
            anchors(areas, len(rows), last_column),
            look.with_styles(_percent_styles(archive)),
            look.errors(),
            look.uncalculated(),
            notes=(f"工作表「{tab.name}」是隐藏的",) if tab.is_hidden else (),
        )
    except PackageError as error:
        return SheetError(f"工作表「{tab.name}」{error}")
    except SheetError as error:
        return SheetError(f"工作表「{tab.name}」{error}。")


def _percent_styles(archive: ZipArchive) -> frozenset[str]:
    name = "xl/styles.xml"
    return _percents(archive[name]) if name in archive else frozenset()


@lru_cache(maxsize=16)
def _percents(styles: bytes) -> frozenset[str]:
    """The numbers of the cell styles that show a percentage."""
    formats = set(_BUILT_IN_PERCENTS)
    numbers: list[str] = []
    inside = False
    for element in read_elements(styles, "xl/styles.xml"):
        attributes = element.attributes
        if element.name == "numFmt" and "%" in _without_literals(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif element.name in ("cellStyleXfs", "cellStyles", "dxfs"):
            inside = False
        elif element.name == "cellXfs":
            inside = True
        elif element.name == "xf" and inside:
            numbers.append(attributes.get("numFmtId", "0"))
    return frozenset(str(place) for place, number in enumerate(numbers) if number in formats)


def _without_literals(code: str) -> str:
    """A number format without quoted and escaped characters, which do not multiply by 100."""
    return re.sub(r'"[^"]*"|\\.|_.|\*.', "", code)
