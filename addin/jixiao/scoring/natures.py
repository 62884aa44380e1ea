"""指标性质: the direction of an indicator, in the spellings that people use."""

from __future__ import annotations

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
