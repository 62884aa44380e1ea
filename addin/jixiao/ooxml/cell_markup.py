"""The XML of a single cell: how a value is written, and how existing text is read."""

import re
from collections.abc import Iterable
from decimal import Decimal
from xml.parsers import expat

from .cells import CellContent, Formula
from .errors import PackageError
from .xml_source import parse

MAX_TEXT = 32_767
"""The longest text of a cell, in UTF-16 units; Excel offers to repair a file that exceeds it."""

MAX_FORMULA = 8_192
"""The longest formula of a cell."""

# What XML 1.0 forbids, lone surrogates included; carriage returns are made line feeds before.
_FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
# Excel reads _x0041_ in a text as the letter A, so a literal one needs its underscore escaped.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def normalised(value: CellContent) -> CellContent:
    """Return the value as a cell can hold it: line ends as LF, no control characters, "" as None.

    Raises PackageError for a text that is too long, ValueError for an infinite or huge number or a
    formula that cannot be one, and TypeError for another type.
    """
    if value is None:
        return None
    if isinstance(value, Formula):
        return _checked_formula(value)
    if isinstance(value, Decimal):
        return _normalised_number(value)
    if not isinstance(value, str):
        raise TypeError(f"a cell takes Decimal, str or None, not {type(value).__name__}")
    text = _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise PackageError(f"要写入的文字超过单元格的上限 {MAX_TEXT} 字，请缩短：{text[:20]}……")
    return text or None


def _checked_formula(formula: Formula) -> Formula:
    text = formula.text
    is_usual = text.startswith("=") and len(text) > 1 and not _FORBIDDEN.search(text)
    if not is_usual or len(text) > MAX_FORMULA:
        raise ValueError(f"{text[:20]!r} cannot be a formula in a cell")
    return formula


def _normalised_number(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{value} cannot be a number in a cell")
    # Below the range of doubles a cell cannot tell a number from zero; this also drops -0.
    if not value or value.adjusted() < -300:
        return Decimal(0)
    if value.adjusted() > 300:
        raise ValueError(f"{value} cannot be a number in a cell")
    return value


def cell_markup(prefix: str, address: str, style: str | None, value: CellContent) -> bytes:
    """Return the cell element of a normalised value; prefix is "" or such as "x:"."""
    style_attribute = "" if style is None else f' s="{style}"'
    opening = f'<{prefix}c r="{address}"{style_attribute}'
    if value is None:
        return f"{opening}/>".encode()
    if isinstance(value, Decimal):
        return f"{opening}><{prefix}v>{value:f}</{prefix}v></{prefix}c>".encode()
    if isinstance(value, Formula):
        kind = f' t="array" ref="{value.area}"' if value.area else ""
        text = _xml_text(value.text.removeprefix("="))
        return f"{opening}><{prefix}f{kind}>{text}</{prefix}f></{prefix}c>".encode()
    return (
        f'{opening} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{escaped(value)}'
        f"</{prefix}t></{prefix}is></{prefix}c>"
    ).encode()


def escaped(text: str) -> str:
    """Return a text as it is written between tags."""
    return _xml_text(_LOOKS_ESCAPED.sub("_x005F_", text))


def _xml_text(plain: str) -> str:
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def string_items(xml: bytes, part: str) -> list[str]:
    """Return the texts of the shared strings part, the runs of rich text joined."""
    return _item_texts(xml, "si", part)


def cell_texts(fragments: Iterable[bytes], part: str) -> list[str]:
    """Return what stands in the value or inline string of each cell element.

    The fragments are cut from one parsed document, so one parse can take them all.
    """
    return _item_texts(b"<_>" + b"".join(fragments) + b"</_>", "c", part)


def _item_texts(xml: bytes, item: str, part: str) -> list[str]:
    """Join, for each element named item, the text in its t and v descendants outside rPh.

    rPh holds the phonetic reading of a text, which is not part of the text. Space around a t counts
    only where the t says so.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    items: list[list[str]] = []
    texts: list[str] = []
    phonetic = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal phonetic
        local = name.rpartition(":")[2]
        if local == item:
            items.append([])
        elif local == "rPh":
            phonetic += 1
        elif local in {"t", "v"} and items and not phonetic:
            preserved = local == "v" or attributes.get("xml:space") == "preserve"
            parser.CharacterDataHandler = texts.append
            parser.EndElementHandler = keep if preserved else keep_stripped

    def keep(_: str) -> None:
        items[-1].append("".join(texts))
        texts.clear()
        parser.CharacterDataHandler = None
        parser.EndElementHandler = end

    def keep_stripped(name: str) -> None:
        texts[:] = ["".join(texts).strip()]
        keep(name)

    def end(name: str) -> None:
        nonlocal phonetic
        if name.rpartition(":")[2] == "rPh":
            phonetic -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parse(parser, xml, part)
    return [_unescaped("".join(parts)) for parts in items]


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
