"""Comments of a sheet: read, and those of the program put in and taken out again.

A comment is an element of the sheet's comments part and a box in its legacy drawing (VML), found by
row and column. Comments and boxes of other people, and form controls, which share that drawing,
keep their bytes. Threaded comments stand in parts of their own, which are never touched.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import NamedTuple

from .cell_markup import escaped, normalised
from .cells import CellAddress, a1, parse_area
from .comment_boxes import box, drawing, has_boxes, with_boxes, without_box
from .draft import Draft
from .errors import PackageError
from .sheet_layout import SPREADSHEET_NAMESPACE
from .sheet_relationships import (
    SheetRelationships,
    legacy_drawing_of,
    with_legacy_drawing,
    without_legacy_drawing,
)
from .xml_source import Edit, Element, read_elements, spliced, start_tag

IsOwn = Callable[[str], bool]
"""Whether the text of a comment is one that the program wrote."""

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_LONGEST = 30_000


class Comment(NamedTuple):
    """A comment: its cell, its text, and the element that holds it."""

    cell: CellAddress
    text: str
    element: Element


def comments_of(draft: Draft, sheet_part: str) -> dict[CellAddress, str]:
    """The comments of a sheet by cell."""
    part = SheetRelationships(draft, sheet_part).part_of("comments")
    if part is None or part not in draft:
        return {}
    return {comment.cell: comment.text for comment in _read(draft[part], part)}


def set_own_comments(
    draft: Draft, sheet_part: str, texts: Mapping[CellAddress, str], author: str, is_own: IsOwn
) -> None:
    """Make the program's comments of a sheet exactly these; other comments stay as they are.

    A cell that has another's comment gets none. Raises PackageError where the parts of the sheet
    are not as programs write them; then the draft must not be used.
    """
    present = comments_of(draft, sheet_part)
    own = {cell: text for cell, text in present.items() if is_own(text)}
    others = present.keys() - own.keys()
    wanted = {cell: _as_kept(text) for cell, text in texts.items() if cell not in others}
    if own == wanted:
        return
    if own:
        _remove(draft, sheet_part, own.keys())
    if wanted:
        _add(draft, sheet_part, wanted, author)


def _as_kept(text: str) -> str:
    """The text as a comment keeps it: of bounded length, without forbidden characters."""
    return str(normalised(text[:_LONGEST]) or "")


def _read(xml: bytes, part: str) -> Iterator[Comment]:
    elements = [e for e in read_elements(xml, part) if e.namespace == SPREADSHEET_NAMESPACE]
    for place, element in enumerate(elements):
        area = parse_area(element.attributes.get("ref", ""), "")
        if element.name == "comment" and area is not None:
            cell = (area.first_row, area.first_column)
            yield Comment(cell, _text_of(elements, place), element)


def _text_of(elements: list[Element], place: int) -> str:
    """The text of a comment, phonetic readings apart."""
    comment, texts, hidden_until = elements[place], [], 0
    for element in elements[place + 1 :]:
        if element.start >= comment.end:
            break
        if element.name == "rPh":
            hidden_until = element.end
        if element.name == "t" and element.start >= hidden_until:
            texts.append(element.text)
    return "".join(texts)


def _remove(draft: Draft, sheet_part: str, cells: Set[CellAddress]) -> None:
    relationships = SheetRelationships(draft, sheet_part)
    part = relationships.part_of("comments")
    assert part is not None
    xml = draft[part]
    comments = list(_read(xml, part))
    if all(comment.cell in cells for comment in comments):
        relationships.forget("comments")
    else:
        gone = [c.element for c in comments if c.cell in cells]
        draft[part] = _without_unused_author(
            spliced(xml, [(element.start, element.end, b"") for element in gone]), part, gone
        )
    _remove_boxes(draft, sheet_part, cells)


def _without_unused_author(xml: bytes, part: str, gone: list[Element]) -> bytes:
    """Take the last author out where only the comments that are gone were by them."""
    elements = read_elements(xml, part)
    authors = [element for element in elements if element.name == "author"]
    used = {e.attributes.get("authorId") for e in elements if e.name == "comment"}
    last = str(len(authors) - 1)
    was_ours = {element.attributes.get("authorId") for element in gone} == {last}
    if not authors or not was_ours or last in used:
        return xml
    return spliced(xml, [(authors[-1].start, authors[-1].end, b"")])


def _remove_boxes(draft: Draft, sheet_part: str, cells: Set[CellAddress]) -> None:
    relationships = SheetRelationships(draft, sheet_part)
    part = legacy_drawing_of(draft, sheet_part, relationships)
    if part is None or part not in draft:
        return
    vml = draft[part]
    for cell in cells:
        vml = without_box(vml, cell)
    if has_boxes(vml):
        draft[part] = vml
        return
    draft[sheet_part] = without_legacy_drawing(draft[sheet_part], sheet_part)
    relationships.forget("vmlDrawing")


def _add(draft: Draft, sheet_part: str, texts: Mapping[CellAddress, str], author: str) -> None:
    relationships = SheetRelationships(draft, sheet_part)
    part = relationships.part_of("comments")
    if part is None:
        part = relationships.add("comments", "xl/jixiaoComments", ".xml", _COMMENTS_TYPE)
        draft[part] = _empty()
    draft[part] = _with_comments(draft[part], part, texts, author)
    vml_part = legacy_drawing_of(draft, sheet_part, relationships)
    if vml_part is None:
        vml_part = relationships.add("vmlDrawing", "xl/drawings/jixiaoComments", ".vml", "")
        draft[vml_part] = drawing()
        draft[sheet_part] = with_legacy_drawing(
            draft[sheet_part], sheet_part, relationships.id_of(vml_part)
        )
    draft[vml_part] = with_boxes(draft[vml_part], [box(cell, text) for cell, text in texts.items()])


def _empty() -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{SPREADSHEET_NAMESPACE}"><authors></authors>'
        "<commentList></commentList></comments>"
    ).encode()


def _with_comments(xml: bytes, part: str, texts: Mapping[CellAddress, str], author: str) -> bytes:
    elements = read_elements(xml, part)
    by_name = {element.name: element for element in elements}
    if "authors" not in by_name or "commentList" not in by_name:
        raise PackageError(f"{part} 的内容不完整，加不了标记。请用 Excel 或 WPS 另存后再试。")
    authors = [element for element in elements if element.name == "author"]
    known = [place for place, element in enumerate(authors) if element.text == author]
    number = known[0] if known else len(authors)
    prefix = _prefix_at(xml, by_name["commentList"])
    added = "".join(_markup(prefix, number, cell, text) for cell, text in sorted(texts.items()))
    edits = [_append(xml, by_name["commentList"], added)]
    if not known:
        name = f"<{prefix}author>{escaped(author)}</{prefix}author>"
        edits.append(_append(xml, by_name["authors"], name))
    return spliced(xml, edits)


def _markup(prefix: str, author: int, cell: CellAddress, text: str) -> str:
    return (
        f'<{prefix}comment ref="{a1(*cell)}" authorId="{author}"><{prefix}text>'
        f'<{prefix}t xml:space="preserve">{escaped(text)}</{prefix}t></{prefix}text>'
        f"</{prefix}comment>"
    )


def _prefix_at(xml: bytes, element: Element) -> str:
    """The prefix that an element is written with: "" or "x:"."""
    found = re.match(rb"<([^\s/>:]+:)?", start_tag(xml, element.start))
    return (found[1] or b"").decode() if found else ""


def _append(xml: bytes, element: Element, content: str) -> Edit:
    """Put content at the end of an element, which may be an empty tag."""
    tag = start_tag(xml, element.start)
    if not tag.endswith(b"/>"):
        at = xml.rindex(b"</", element.start, element.end)
        return (at, at, content.encode())
    name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
    opened = tag[:-2].rstrip() + b">" + content.encode() + b"</" + name + b">"
    return (element.start, element.end, opened)
