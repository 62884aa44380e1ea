"""Finishing a macro-enabled workbook: the ribbon, the add-in type, reproducible bytes.

XlsxWriter writes the workbook with its VBA project; what it cannot write is added here, to the
members of the zip. What XlsxWriter itself dates, docProps/core.xml, is for its caller to fix with
`set_properties({"created": ...})`.
"""

import re
from io import BytesIO
from xml.dom import minidom
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CONTENT_TYPES = "[Content_Types].xml"
_ROOT_RELATIONSHIPS = "_rels/.rels"
_RIBBON = "customUI/customUI14.xml"

_RIBBON_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
_RIBBON_RELATIONSHIP = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"

_CALLBACK_ATTRIBUTE = re.compile(r"(on|get)[A-Z][A-Za-z]*|loadImage")
_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DOS = 0
_DOS_ARCHIVE = 0x20
_DEFLATE_LEVEL = 9


def with_ribbon(workbook: bytes, ribbon_xml: str) -> bytes:
    """Return an .xlsm made by XlsxWriter with this ribbon in it, reproducible.

    Raises ValueError where the text is no ribbon or the file has one already.
    """
    ribbon_callbacks(ribbon_xml)
    members = _members(workbook)
    if _RIBBON in members:
        raise ValueError(f"the workbook already has {_RIBBON}")
    relationships = minidom.parseString(members[_ROOT_RELATIONSHIPS])
    relationship = relationships.createElement("Relationship")
    relationship.setAttribute("Id", "rIdRibbon")
    relationship.setAttribute("Type", _RIBBON_RELATIONSHIP)
    relationship.setAttribute("Target", _RIBBON)
    relationships.getElementsByTagName("Relationships")[0].appendChild(relationship)
    return _package(
        members
        | {_RIBBON: ribbon_xml.encode("utf-8"), _ROOT_RELATIONSHIPS: _serialized(relationships)}
    )


def as_addin(workbook: bytes) -> bytes:
    """Return an .xlsm made by XlsxWriter as an .xlam, reproducible.

    Raises ValueError where the workbook has no macros.
    """
    members = _members(workbook)
    content_types = minidom.parseString(members[_CONTENT_TYPES])
    overrides = content_types.getElementsByTagName("Override")
    books = [each for each in overrides if each.getAttribute("ContentType") == _WORKBOOK_TYPE]
    if len(books) != 1:
        raise ValueError("not a macro-enabled workbook")
    books[0].setAttribute("ContentType", _ADDIN_TYPE)
    return _package(members | {_CONTENT_TYPES: _serialized(content_types)})


def reproducible(package: bytes) -> bytes:
    """Return the zip with its members in fixed order, undated and compressed one way.

    Equal members give equal bytes wherever Python is linked with the same zlib. Other builds of
    zlib (zlib-ng) compress to other bytes: compare files from elsewhere with `same_members`.
    """
    return _package(_members(package))


def same_members(a: bytes, b: bytes) -> list[str]:
    """Return the names of the members that differ or that only one zip has; none: the same."""
    first, second = _members(a), _members(b)
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


def ribbon_callbacks(xml: str) -> frozenset[str]:
    """Return the names of the macros a ribbon calls, in onAction, getLabel and the like.

    Raises ValueError where the text is not well-formed or no ribbon for Office 2010 and later.
    """
    try:
        # As bytes, which is what the file will hold: a declared encoding must agree with it.
        root = ElementTree.fromstring(xml.encode("utf-8"))
    except ElementTree.ParseError as error:
        raise ValueError(f"the ribbon is not well-formed XML: {error}") from error
    if root.tag != f"{{{_RIBBON_NAMESPACE}}}customUI":
        raise ValueError(f"the ribbon's root is {root.tag}, not customUI in {_RIBBON_NAMESPACE}")
    return frozenset(
        value
        for element in root.iter()
        for attribute, value in element.items()
        if _CALLBACK_ATTRIBUTE.fullmatch(attribute)
    )


def _members(package: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _package(members: dict[str, bytes]) -> bytes:
    """Return a zip whose bytes depend on nothing but the members and the zlib used."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in sorted(members, key=_member_order):
            entry = ZipInfo(name, _EARLIEST_ZIP_DATE)
            # Otherwise the platform's own, and with it Unix permissions.
            entry.create_system, entry.external_attr = _DOS, _DOS_ARCHIVE
            archive.writestr(entry, members[name], ZIP_DEFLATED, _DEFLATE_LEVEL)
    return buffer.getvalue()


def _member_order(name: str) -> tuple[bool, bool, str]:
    """Return a key that sorts by name after the two members that say what the file is."""
    return name != _CONTENT_TYPES, name != _ROOT_RELATIONSHIPS, name


def _serialized(document: minidom.Document) -> bytes:
    return document.toxml(encoding="UTF-8", standalone=True)
