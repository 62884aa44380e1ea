"""指标性质: the direction of an indicator, in the spellings that people use."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Nature(StrEnum):
    """How the actual value is held against the target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    QUALITATIVE = "定性"


# Keys are NFKC-normalised and free of white space, so full-width forms (＞＝, ＝) need no entry.
_SPELLINGS = {
    Nature.AT_LEAST: (
        "≥",
        "≧",
        "⩾",
        ">=",
        "=>",
        "不低于",
        "不少于",
        "不小于",
        "大于等于",
        "大于或等于",
        "正向",
    ),
    Nature.AT_MOST: (
        "≤",
        "≦",
        "⩽",
        "<=",
        "=<",
        "不超过",
        "不高于",
        "不多于",
        "不大于",
        "小于等于",
        "小于或等于",
        "反向",
    ),
    Nature.EQUAL: ("=", "==", "═", "等于"),
    Nature.QUALITATIVE: ("定性", "定性指标"),
}
_BY_SPELLING = {
    spelling: nature for nature, spellings in _SPELLINGS.items() for spelling in spellings
}


def parse_nature(text: str | None) -> Nature | None:
    """The nature that ``text`` spells; blank is ≥ (the usual case), an unknown word is ``None``."""
    if text is None or not text.strip():
        return Nature.AT_LEAST
    return _BY_SPELLING.get("".join(unicodedata.normalize("NFKC", text).split()))


# What people print before a figure and never in a column of its own. There is no nature for
# "above": it is read as the one that differs from it at the bound alone.
_BEFORE_FIGURES = {
    ">": Nature.AT_LEAST,
    "大于": Nature.AT_LEAST,
    "高于": Nature.AT_LEAST,
    "超过": Nature.AT_LEAST,
    "多于": Nature.AT_LEAST,
    "<": Nature.AT_MOST,
    "小于": Nature.AT_MOST,
    "低于": Nature.AT_MOST,
    "少于": Nature.AT_MOST,
}
_LEADING = {
    **_BEFORE_FIGURES,
    **{spelling: nature for spelling, nature in _BY_SPELLING.items() if "向" not in spelling},
}
_LEADING_PATTERN = re.compile(
    "|".join(re.escape(spelling) for spelling in sorted(_LEADING, key=len, reverse=True))
)


def leading_nature(text: str) -> tuple[Nature | None, str]:
    """The nature that a text begins with, and what follows it: ≥95% is ≥ and 95%.

    ``text`` has narrow signs (>= and not ＞＝). Where it begins with none the text is whole.
    """
    match = _LEADING_PATTERN.match(text)
    if match is None:
        return None, text
    return _LEADING[match.group()], text[match.end() :]
