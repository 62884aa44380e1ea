"""The texts that cells refer to by number."""

import re

from .cell_markup import escaped, string_items

# Runs of rich text, escapes that we do not write, CDATA: where a text may stand in another form.
_OTHER_WRITINGS = re.compile(rb"<(?:[^<>\s/:]+:)?r[\s>]|&(?!amp;|lt;|gt;)|<!|_x")


class SharedStrings:
    """The shared strings of a workbook, parsed only where a look at their bytes is not enough."""

    __slots__ = ("_part", "_texts", "_xml")

    def __init__(self, xml: bytes = b"", part: str = "") -> None:
        """Take the part's bytes, none if the workbook has no such part."""
        self._xml = xml
        self._part = part
        self._texts: list[str] | None = None

    def holds(self, index: str, text: str) -> bool:
        """Whether the string of that number reads ``text``."""
        if escaped(text).encode() not in self._xml and not _OTHER_WRITINGS.search(self._xml):
            return False
        if self._texts is None:
            self._texts = string_items(self._xml, self._part)
        is_number = index.isascii() and index.isdigit()
        return is_number and int(index) < len(self._texts) and self._texts[int(index)] == text
