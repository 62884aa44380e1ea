"""What a sheet refers to: its relationships, the types of those parts, its legacy drawing."""

import posixpath
import re
from collections.abc import Iterator

from .draft import Draft
from .workbook_part import relationships_part
from .xml_source import Element, read_elements, spliced, start_tag

CONTENT_TYPES = "[Content_Types].xml"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

# What follows a legacy drawing in a sheet; mc:AlternateContent wraps controls there.
_FOLLOWERS = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    }
)


class SheetRelationships:
    """The relationships part of a sheet, which need not be there."""

    __slots__ = ("_draft", "_part", "_sheet")

    def __init__(self, draft: Draft, sheet_part: str) -> None:
        self._draft = draft
        self._sheet = sheet_part
        self._part = relationships_part(sheet_part)

    def part_of(self, kind: str) -> str | None:
        """The first part of a kind ("comments"); None where there is none."""
        return next((self._target(e) for e in self._elements() if _kind(e) == kind), None)

    def part_with(self, relationship_id: str) -> str | None:
        """The part of a relationship."""
        found = (e for e in self._elements() if e.attributes.get("Id") == relationship_id)
        return next((self._target(element) for element in found), None)

    def id_of(self, part: str) -> str:
        """The id of the relationship to a part that there is one to."""
        found = (e for e in self._elements() if self._target(e).lower() == part.lower())
        return next(found).attributes["Id"]

    def add(self, kind: str, stem: str, ending: str, content_type: str) -> str:
        """A relationship to a part that is still to be written; returns the part's free name.

        An empty content type stands for that of the ending, which only .vml has.
        """
        number = 1
        while f"{stem}{number}{ending}" in self._draft:
            number += 1
        part = f"{stem}{number}{ending}"
        taken = {element.attributes.get("Id") for element in self._elements()}
        free = next(f"rIdJx{n}" for n in range(1, len(taken) + 2) if f"rIdJx{n}" not in taken)
        target = posixpath.relpath(part, posixpath.dirname(self._sheet))
        element = f'<Relationship Id="{free}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        xml = self._draft.get(self._part, _NO_RELATIONSHIPS)
        self._draft[self._part] = _with_child(xml, self._part, element.encode())
        _declare(self._draft, part, content_type)
        return part

    def forget(self, kind: str) -> None:
        """Drop the part of a kind with its relationship and its type."""
        element = next(e for e in self._elements() if _kind(e) == kind)
        part = self._target(element)
        rest = spliced(self._draft[self._part], [(element.start, element.end, b"")])
        if any(e.name == "Relationship" for e in read_elements(rest, self._part)):
            self._draft[self._part] = rest
        else:
            self._draft.drop(self._part)
        self._draft.drop(part)
        _undeclare(self._draft, part)

    def _elements(self) -> Iterator[Element]:
        if self._part in self._draft:
            for element in read_elements(self._draft[self._part], self._part):
                if element.name == "Relationship" and not _is_external(element):
                    yield element

    def _target(self, element: Element) -> str:
        target = element.attributes.get("Target", "")
        path = posixpath.join("/", posixpath.dirname(self._sheet), target)
        return posixpath.normpath(path).lstrip("/")


_NO_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_PACKAGE}"></Relationships>'
).encode()


def legacy_drawing_of(
    draft: Draft, sheet_part: str, relationships: SheetRelationships
) -> str | None:
    """The part that the boxes of a sheet's comments are in."""
    element = _legacy_drawing(draft[sheet_part], sheet_part)
    if element is None:
        return None
    return relationships.part_with(element.attributes.get(f"{_OFFICE} id", ""))


def with_legacy_drawing(xml: bytes, sheet_part: str, relationship_id: str) -> bytes:
    """The sheet with a reference to its drawing, in the place that the schema orders."""
    children = _children(xml, sheet_part)
    data = next((place for place, e in enumerate(children) if e.name == "sheetData"), 0)
    follower = next((e for e in children[data:] if e.name in _FOLLOWERS), None)
    at = follower.start if follower else xml.rindex(b"</")
    tag = (
        f'<{_prefix(xml, sheet_part)}legacyDrawing xmlns:jx="{_OFFICE}" jx:id="{relationship_id}"/>'
    )
    return spliced(xml, [(at, at, tag.encode())])


def without_legacy_drawing(xml: bytes, sheet_part: str) -> bytes:
    """The sheet without a reference to a drawing."""
    element = _legacy_drawing(xml, sheet_part)
    return xml if element is None else spliced(xml, [(element.start, element.end, b"")])


def _legacy_drawing(xml: bytes, sheet_part: str) -> Element | None:
    found = (e for e in _children(xml, sheet_part) if e.name == "legacyDrawing")
    return next(found, None)


def _children(xml: bytes, part: str) -> list[Element]:
    """The elements directly below the root, in their order."""
    found: list[Element] = []
    for element in read_elements(xml, part)[1:]:
        if not found or element.start >= found[-1].end:
            found.append(element)
    return found


def _prefix(xml: bytes, part: str) -> str:
    root = read_elements(xml, part)[0]
    found = re.match(rb"<([^\s/>:]+:)?", start_tag(xml, root.start))
    return (found[1] or b"").decode() if found else ""


def _declare(draft: Draft, part: str, content_type: str) -> None:
    types = draft[CONTENT_TYPES]
    if content_type:
        element = f'<Override PartName="/{part}" ContentType="{content_type}"/>'.encode()
    elif _vml_default(types) is not None:
        return
    else:
        element = f'<Default Extension="vml" ContentType="{_VML_TYPE}"/>'.encode()
    draft[CONTENT_TYPES] = _with_child(types, CONTENT_TYPES, element)


def _undeclare(draft: Draft, part: str) -> None:
    types = draft[CONTENT_TYPES]
    name = f"/{part}".lower()
    gone = [
        element
        for element in read_elements(types, CONTENT_TYPES)
        if element.attributes.get("PartName", "").lower() == name
    ]
    default = _vml_default(types)
    if part.lower().endswith(".vml") and default is not None and not draft.has_any(".vml"):
        gone.append(default)
    draft[CONTENT_TYPES] = spliced(types, [(e.start, e.end, b"") for e in gone])


def _vml_default(types: bytes) -> Element | None:
    found = (
        element
        for element in read_elements(types, CONTENT_TYPES)
        if element.name == "Default" and element.attributes.get("Extension", "").lower() == "vml"
    )
    return next(found, None)


def _with_child(xml: bytes, part: str, element: bytes) -> bytes:
    """Put an element, written without a prefix, at the end of the root."""
    prefix = _prefix(xml, part).encode()
    at = xml.rindex(b"</")
    return spliced(xml, [(at, at, element.replace(b"<", b"<" + prefix, 1))])


def _kind(element: Element) -> str:
    return element.attributes.get("Type", "").rpartition("/")[2]


def _is_external(element: Element) -> bool:
    return element.attributes.get("TargetMode") == "External"
