"""How a printed text is compared: widths, spaces, brackets and ends put aside.

Only the width of characters is changed, never their kind: ① stays ①, so that no figure comes about
that the form does not print.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_WORD = 60
"""Longer texts are sentences. What is remembered is no longer, so that memory stays small."""

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_ENDS = ":;,.、，。；：*"


def narrow(text: str) -> str:
    """A text with full-width letters, digits and signs as their narrow ones."""
    return text.translate(_NARROW)


def dense(text: str) -> str:
    """A text in narrow characters and without white space."""
    return _SPACE.sub("", narrow(text))


def bare(text: str) -> str:
    """A heading without spaces, brackets and what they hold, and signs at its ends.

    Of a text that is too long for a heading it is the beginning.
    """
    return _bare(text[:LONGEST_WORD])


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return _BRACKETS.sub("", dense(text)).strip(_ENDS)


def in_brackets(text: str) -> tuple[str, ...]:
    """What stands in the brackets of a text."""
    return tuple(match.group()[1:-1] for match in _BRACKETS.finditer(dense(text)))
