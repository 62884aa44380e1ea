"""Telling, by a look at the bytes, that a sheet's cells are where they say they are."""

import re

# A cell or row that does not say first where it is, or is beyond ZZ999; one with a prefix; a
# comment, CDATA or DTD. One pattern, as each look at the bytes takes as long as the next.
_UNUSUAL = re.compile(
    rb"<(?:"
    rb'c(?! r="[A-Z]{1,2}[0-9]{1,3}")[\s/>]'
    rb'|row(?! r="[0-9]{1,3}")[\s/>]'
    rb"|[^\s<>/!:]+:(?:c|row)[\s/>]"
    rb"|!)"
)


def has_plain_addresses(xml: bytes) -> bool:
    """Whether every row and cell says first where it is, and none is beyond ZZ999.

    Such a sheet spans a rectangle of bounded size, and a cell is found by its address in the bytes.
    Anything unusual counts as not plain and needs a parser.
    """
    return b"<sheetData" in xml and b"&#" not in xml and _UNUSUAL.search(xml) is None
