"""What a workbook says of itself: its sheets, its names, its dates, how it is calculated."""

import posixpath
from collections.abc import ItemsView, Iterator, Mapping
from typing import Generic, Literal, NamedTuple, TypeVar, cast

from .cells import CellRange, parse_reference
from .errors import PackageError
from .foreign_files import describe_other_package
from .sheet_layout import SPREADSHEET_NAMESPACE
from .xml_source import Element, read_elements
from .zip_archive import ZipArchive

MAX_SHEETS = 500
"""A department's self-evaluation has some ten sheets; readers slow down with each."""

_RELATIONSHIP_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT = "http://purl.oclc.org/ooxml/"

Visibility = Literal["visible", "hidden", "veryHidden"]
T = TypeVar("T")


class SheetInfo(NamedTuple):
    """One worksheet of a workbook; part is the name of its member in the zip file."""

    name: str
    part: str
    position: int  # among all tabs, charts included, from 0
    visibility: Visibility
    sheet_id: int


class Relationship(NamedTuple):
    """A part that another part refers to, and the element that says so."""

    kind: str  # the last word of the type, such as "worksheet"
    part: str
    element: Element


class NameMap(Mapping[str, T], Generic[T]):
    """A mapping with names as keys: it ignores their case, as Excel does, and keeps it."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, T]) -> None:
        """Take the items; of names that differ in case only, the last one stays."""
        self._items = {name.casefold(): (name, value) for name, value in items.items()}

    def __getitem__(self, name: str) -> T:
        """Return the value of a name in any case."""
        return self._items[name.casefold()][1]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names as they are spelt."""
        return (name for name, _ in self._items.values())

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._items)

    def items(self) -> ItemsView[str, T]:
        """Return names and values; as of any mapping, without looking each name up."""
        return dict(self._items.values()).items()


class Workbook(NamedTuple):
    """The workbook part and what it refers to."""

    part: str
    sheets: dict[str, SheetInfo]
    defined_names: NameMap[CellRange]
    broken_names: NameMap[str]
    date1904: bool
    calculation: Element | None  # calcPr
    calc_chain: Relationship | None
    shared_strings: Relationship | None


def read_workbook(archive: ZipArchive) -> Workbook:
    """Read the workbook part; PackageError if there is none or it cannot be understood."""
    part = _workbook_part(archive)
    elements = read_elements(archive[part], part)
    if elements[0].namespace.startswith(_STRICT):
        raise PackageError(
            "文件是“Strict Open XML”格式，暂不支持。请另存为普通的“Excel 工作簿（.xlsx）”后再试。"
        )
    if (elements[0].namespace, elements[0].name) != (SPREADSHEET_NAMESPACE, "workbook"):
        raise PackageError(describe_other_package(archive))
    own = [element for element in elements if element.namespace == SPREADSHEET_NAMESPACE]
    relationships = read_relationships(archive, part)
    by_kind = {relationship.kind: relationship for relationship in relationships.values()}
    sheets = _sheets(archive, own, relationships)
    defined, broken = _names(own, sheets)
    properties = [element for element in own if element.name == "workbookPr"]
    return Workbook(
        part=part,
        sheets=sheets,
        defined_names=NameMap(defined),
        broken_names=NameMap(broken),
        date1904=any(_is_true(element.attributes.get("date1904")) for element in properties),
        calculation=next((element for element in own if element.name == "calcPr"), None),
        calc_chain=by_kind.get("calcChain"),
        shared_strings=by_kind.get("sharedStrings"),
    )


def _is_true(text: str | None) -> bool:
    return text in {"1", "true"}


def _workbook_part(archive: ZipArchive) -> str:
    if "_rels/.rels" not in archive:
        raise PackageError(describe_other_package(archive))
    for relationship in read_relationships(archive, "").values():
        if relationship.kind == "officeDocument" and relationship.part in archive:
            if relationship.part.lower().endswith(".xml"):
                return relationship.part
            break
    raise PackageError(describe_other_package(archive))


def relationships_part(source: str) -> str:
    """Return the name of the part with the relationships of a part, "" being the package."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read_relationships(archive: ZipArchive, source: str) -> dict[str, Relationship]:
    """Return the internal relationships of a part by their id."""
    part = relationships_part(source)
    relationships = {}
    for element in read_elements(archive[part], part):
        attributes = element.attributes
        if element.name != "Relationship" or attributes.get("TargetMode") == "External":
            continue
        target = posixpath.join("/", posixpath.dirname(source), attributes.get("Target", ""))
        kind = attributes.get("Type", "").rpartition("/")[2]
        relationships[attributes.get("Id", "")] = Relationship(
            kind, posixpath.normpath(target).lstrip("/"), element
        )
    return relationships


def _sheets(
    archive: ZipArchive, elements: list[Element], relationships: Mapping[str, Relationship]
) -> dict[str, SheetInfo]:
    """Return the worksheets by name, in the order of their tabs."""
    tabs = [element.attributes for element in elements if element.name == "sheet"]
    if len(tabs) > MAX_SHEETS:
        raise PackageError(f"工作簿有 {len(tabs)} 张工作表，超过上限 {MAX_SHEETS} 张，拒绝读取。")
    sheets: dict[str, SheetInfo] = {}
    for position, tab in enumerate(tabs):
        relationship = relationships.get(tab.get(_RELATIONSHIP_ID, ""))
        if relationship is None:
            raise _broken("工作表没有内容")
        if relationship.kind == "worksheet":
            if relationship.part not in archive:
                raise _broken(f"缺少部件 {relationship.part}")
            sheet = _sheet(tab, relationship.part, position)
            sheets[sheet.name] = sheet
    parts = {sheet.part.lower() for sheet in sheets.values()}
    names = {tab.get("name", "").casefold() for tab in tabs}
    if len(parts) < len(sheets) or len(names) < len(tabs):
        raise _broken("有重名的工作表")
    return sheets


def _broken(why: str) -> PackageError:
    return PackageError(f"工作簿已损坏（{why}）。请用 Excel 或 WPS 打开修复后另存再试。")


def _sheet(tab: Mapping[str, str], part: str, position: int) -> SheetInfo:
    visibility, sheet_id = tab.get("state", "visible"), tab.get("sheetId", "")
    if visibility not in {"visible", "hidden", "veryHidden"} or not _is_number(sheet_id):
        raise _broken("工作表的属性不对")
    return SheetInfo(
        tab.get("name", ""), part, position, cast(Visibility, visibility), int(sheet_id)
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10


def _names(
    elements: list[Element], sheets: Mapping[str, SheetInfo]
) -> tuple[dict[str, CellRange], dict[str, str]]:
    """Return the workbook's names with a plain area, and those whose cells are gone."""
    spelling = {name.casefold(): name for name in sheets}
    areas: dict[str, CellRange] = {}
    broken: dict[str, str] = {}
    for element in elements:
        if element.name != "definedName" or "localSheetId" in element.attributes:
            continue
        name = element.attributes.get("name", "")
        area = parse_reference(element.text)
        if area is not None and area.sheet in sheets:
            areas[name] = area
            continue
        sheet = None if area is None else spelling.get(area.sheet.casefold())
        if area is not None and sheet is not None:
            areas[name] = area._replace(sheet=sheet)
        elif area is not None or "#REF!" in element.text:
            broken[name] = element.text
    return areas, broken
