"""Telling, by a look at the bytes, that a sheet's cells are where they say they are."""

import re

# What keeps the addresses from being read off the bytes: prefixes, comments, references.
_UNUSUAL = (b"<!", b"&#", b":c ", b":c>", b":row", b"<c>")
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{0,2}[0-9]{4})')


def has_plain_addresses(xml: bytes) -> bool:
    """Whether every row and cell says first where it is, and none is beyond ZZ999.

    Such a sheet spans a rectangle of bounded size, and a cell is found by its address in the bytes.
    Anything unusual counts as not plain and needs a parser.
    """
    return (
        b"<sheetData" in xml
        and xml.count(b"<c ") == xml.count(b'<c r="')
        and xml.count(b"<row") == xml.count(b'<row r="')
        and not any(unusual in xml for unusual in _UNUSUAL)
        and _FAR.search(xml) is None
    )
