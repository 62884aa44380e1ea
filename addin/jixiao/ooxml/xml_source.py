"""Reading XML from strangers, and changing it by replacing bytes instead of serialising it anew.

expat does the parsing and tells the byte position of every element, so an edit touches the bytes
of its element and nothing else. Documents with a DTD or in another encoding than UTF-8 are refused:
no spreadsheet program writes them, and entities are a way to attack a reader.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TypeAlias
from xml.parsers import expat

from .errors import PackageError

MAX_TAGS = 1_000_000
"""Bound on the tags of one part, hence on the memory a parse takes (some 200 bytes a tag).

A self-evaluation sheet has a few thousand; a sheet with a million is styled down to its last row.
"""

_TAG = rb"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>"
_START_TAG = re.compile(_TAG)
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

Edit: TypeAlias = tuple[int, int, bytes]
"""(start, end, replacement): replace data[start:end]; an insertion where both are equal."""


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return data with the edits applied.

    Insertions at one place keep their order and come before a replacement that starts there.
    Raises PackageError if edits overlap, as those of two cells do where one is inside the other.
    """
    chunks: list[bytes] = []
    position = 0
    for start, end, replacement in sorted(edits, key=itemgetter(0, 1)):
        if start < position:
            raise PackageError("文件的内容已损坏（元素互相嵌套），无法改写。")
        chunks += (data[position:start], replacement)
        position = end
    chunks.append(data[position:])
    return b"".join(chunks)


def start_tag(xml: bytes, start: int) -> bytes:
    """Return the whole start tag that begins at a position where expat has found one."""
    match = _START_TAG.match(xml, start)
    assert match is not None, "expat reports only well-formed tags"
    return match[0]


@cache
def _element(name: str) -> re.Pattern[bytes]:
    """Return the pattern of a whole element.

    Comments, CDATA sections and instructions may contain anything; any other "<" begins a tag.
    """
    hidden = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    closing = rb"/%b\s*>" % re.escape(name).encode()
    content = rb"[^<]*(?:(?:%b|<(?![!?]|%b))[^<]*)*" % (hidden, closing)
    return re.compile(rb"%b(?:(?<=/>)|%b<%b)" % (_TAG, content, closing), re.DOTALL)


def element_end(xml: bytes, start: int, name: str) -> int:
    """Return the position after an element that has no element of its own name inside.

    start: where expat has found the element; name: as it is written, with its prefix.
    """
    match = _element(name).match(xml, start)
    assert match is not None, "expat accepts only documents whose elements end"
    return match.end()


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """Return a start tag without one of its attributes, and without the space before it."""
    return _ATTRIBUTE.sub(lambda found: b"" if found[1] == name else found[0], tag)


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """Return a start tag where the attribute, placed last, has a value that needs no escaping."""
    bare = without_attribute(tag, name)
    head = bare.removesuffix(b">").removesuffix(b"/").rstrip()
    return head + b" " + name + b'="' + value + b'"' + (b"/>" if bare.endswith(b"/>") else b">")


def parse(parser: expat.XMLParserType, xml: bytes, part: str) -> None:
    """Run a parser, whose handlers are set, over a whole document named `part` in messages.

    Raises PackageError if the document is malformed, too large, not UTF-8 or has a DTD.
    """
    if xml.startswith(_UTF16_STARTS):
        raise PackageError(_encoding_message(part, "UTF-16"))
    if xml.count(b"<") > MAX_TAGS:
        raise PackageError(
            f"{part} 的内容过多（超过 {MAX_TAGS} 个标记），已停止读取。"
            "多半是整行整列设置了格式，请删除多余的空行空列后另存再试。"
        )

    def declared(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            raise PackageError(_encoding_message(part, encoding))

    def doctype(*_: object) -> None:
        raise PackageError(f"{part} 含有 DTD 声明，正常的工作簿里不会有，为安全起见拒绝读取。")

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise PackageError(
            f"{part} 的内容已损坏（XML 第 {error.lineno} 行）。"
            "请用 Excel 或 WPS 打开修复后另存再试。"
        ) from error
    finally:
        # Handlers usually know their parser; without this the circle, and with it every list they
        # fill, would stay until the garbage collector comes by.
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = None


def _encoding_message(part: str, encoding: str) -> str:
    return f"{part} 的编码是 {encoding}，只支持 UTF-8。请用 Excel 或 WPS 另存为 .xlsx 后再试。"


@dataclass(slots=True)
class Element:
    """One element of a small part: its resolved names, own text and bytes xml[start:end].

    Attributes with a prefix are keyed "namespace name", the others "name".
    """

    namespace: str
    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The character data directly inside the element."""
        return "".join(self.texts)


def read_elements(xml: bytes, part: str) -> list[Element]:
    """Return all elements of a small part in document order, the root first."""
    parser = expat.ParserCreate(namespace_separator=" ")
    elements: list[Element] = []
    open_elements: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        element = Element(namespace, local, attributes, parser.CurrentByteIndex)
        elements.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        element = open_elements.pop()
        # For an empty tag expat reports the byte after it, else the byte where the end tag begins.
        at = parser.CurrentByteIndex
        is_bare = elements[-1] is element and not element.texts
        is_empty_tag = is_bare and xml.startswith(b"/>", at - 2)
        element.end = at if is_empty_tag else xml.index(b">", at) + 1

    def text(data: str) -> None:
        open_elements[-1].texts.append(data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parse(parser, xml, part)
    return elements
