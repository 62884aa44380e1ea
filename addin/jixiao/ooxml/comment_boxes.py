"""The boxes that comments are shown in: shapes of a legacy drawing (VML), changed as bytes.

Excel writes VML that is not always well-formed XML, so shapes are found by their tags alone, in
whatever prefix the program that wrote the file gives to the three namespaces.
"""

import re
from collections.abc import Sequence

from .cells import MAX_COLUMN, CellAddress
from .errors import PackageError

_NAMESPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_SHAPE = re.compile(rb"<((?:[\w.-]+:)?)shape\b[^>]*>.*?</\1shape>", re.DOTALL)
_ANY_SHAPE = re.compile(
    rb"<(?:[\w.-]+:)?(?:shape|group|rect|roundrect|oval|line|polyline|curve|arc|image)\b"
)
_ID = re.compile(rb"_x0000_s(\d{1,9})\b")
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row>\s*(\d{1,7})\s*</")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d{1,5})\s*</")
_ROOT = re.compile(rb"<xml\b[^>]*>")
_FIRST_ID = 1025
_BOX_KIND = b"#_x0000_t202"
_BOX_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_COLUMNS, _GLYPHS_PER_LINE = 5, 24


def drawing() -> bytes:
    """A drawing without shapes."""
    declared = b" ".join(b'xmlns:%b="%b"' % item for item in _NAMESPACES.items())
    return (
        b"<xml " + declared + b'><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
        b"</o:shapelayout></xml>"
    )


def box(cell: CellAddress, text: str) -> bytes:
    """The hidden box of a comment, large enough for its text; its id is still to be set."""
    row, column = cell[0] - 1, cell[1] - 1
    lines = sum(len(line) // _GLYPHS_PER_LINE + 1 for line in text.split("\n"))
    left = min(column + 1, MAX_COLUMN - _COLUMNS - 1)
    anchor = f"{left}, 15, {max(row - 1, 0)}, 10, {left + _COLUMNS}, 15, {row + lines + 1}, 4"
    return (
        '<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;'
        'margin-left:60pt;margin-top:2pt;width:260pt;height:80pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    ).encode()


def with_boxes(vml: bytes, boxes: Sequence[bytes]) -> bytes:
    """The drawing with more boxes, each with an id that is free."""
    root, at = _ROOT.search(vml), vml.rfind(b"</xml")
    if root is None or at < 0:
        raise PackageError("工作表的批注图形不认识，加不了标记。请用 Excel 或 WPS 另存后再试。")
    taken = [int(number) for number in _ID.findall(vml)]
    first = max([_FIRST_ID - 1, *taken]) + 1
    shapes = [shape.replace(b"%d", b"%d" % (first + n)) for n, shape in enumerate(boxes)]
    kind = [] if b'"_x0000_t202"' in vml else [_BOX_TYPE]
    added = b"".join(_in_prefixes_of(root[0], element) for element in (*kind, *shapes))
    return vml[:at] + added + vml[at:]


def without_box(vml: bytes, cell: CellAddress) -> bytes:
    """The drawing without the box of a cell's comment; the same bytes where there is none."""
    for found in _SHAPE.finditer(vml):
        if _NOTE.search(found[0]) and _cell_of(found[0]) == cell:
            rest = vml[: found.start()] + vml[found.end() :]
            root = _ROOT.search(vml)
            if _BOX_KIND in rest or root is None:
                return rest
            return rest.replace(_in_prefixes_of(root[0], _BOX_TYPE), b"")
    return vml


def has_boxes(vml: bytes) -> bool:
    """Whether any shape is left."""
    return _ANY_SHAPE.search(vml) is not None


def _in_prefixes_of(root: bytes, element: bytes) -> bytes:
    """Our markup in the prefixes of a drawing; a namespace that it lacks is declared with it."""
    missing = b""
    found = element
    for ours, namespace in _NAMESPACES.items():
        declared = re.search(rb"xmlns:([\w.-]+)\s*=\s*[\"']%b[\"']" % re.escape(namespace), root)
        if declared is None:
            missing += b' xmlns:%b="%b"' % (ours, namespace)
        elif declared[1] != ours:
            # Prefixes stand after "<", "</" or a space only; the texts of our markup have none.
            found = re.sub(rb"(?<=[</ ])%b:" % ours, declared[1] + b":", found)
    return re.sub(rb"^<[\w.:-]+", lambda name: name[0] + missing, found) if missing else found


def _cell_of(shape: bytes) -> CellAddress | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None
