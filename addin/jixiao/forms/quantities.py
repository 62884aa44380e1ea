"""Figures as people print them: ≥95%, 2.6亿元, 不少于10个, 1,000.00, １０."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jixiao.forms.form import Found, Quantity
from jixiao.forms.words import LONGEST_WORD, narrow
from jixiao.scoring.natures import Nature, leading_nature
from jixiao.scoring.numbers import is_plausible

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_PLAIN = re.compile(rf"({_NUMBER})(?:分)?")
_PERCENT = re.compile(rf"({_NUMBER})%")
_LEADING = re.compile(r"(?:已|共|共计|总计|合计|达到?|完成|实现|实际|全年)+(?=[\d≥≤<>=+-])")
_FIGURE = re.compile(rf"({_NUMBER})\s*(\D{{0,12}})")
_UNIT = re.compile(r"[%‰]|[^\d\s，。；、,;:：()（）=<>≥≤%‰]{0,8}(?:/[^\d\s，。；、,;:]{1,4})?")
_GOES_ON = ("²", "³", "½", "⅓", "¼", "¾")  # with them a figure is another one
_AFTER = (
    ("及以上", Nature.AT_LEAST),
    ("以上", Nature.AT_LEAST),
    ("及以下", Nature.AT_MOST),
    ("以下", Nature.AT_MOST),
    ("以内", Nature.AT_MOST),
    ("之内", Nature.AT_MOST),
    ("之前", Nature.AT_MOST),
    ("前", Nature.AT_MOST),
)
_DAY = re.compile(
    r"(?:[0-9]{4}\s*[年./-]\s*)[0-9]{1,2}(?:\s*[月./-]\s*(?:[0-9]{1,2}\s*[日号]?|底|末)?)?\s*$"
    r"|[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*[日号]?|底|末)?\s*$"
    r"|(?:19|20)[0-9]{2}\s*年度?[底末]?\s*$"
)


def number_of(found: Found) -> Decimal | None:
    """The points or the score that a cell holds: 7.59, 10分, １０; None where it holds none.

    A weight of 20% is 20 points of 100.
    """
    value = found.value
    if isinstance(value, Decimal):
        return value if is_plausible(value) else None
    if not isinstance(value, str):
        return None
    return _number_in(value) if len(value) <= LONGEST_WORD else None


@lru_cache(maxsize=4096)
def _number_in(text: str) -> Decimal | None:
    words = narrow(text).strip()
    match = _PLAIN.fullmatch(words) or _PERCENT.fullmatch(words)
    return _decimal(match[1]) if match else None


def _decimal(digits: str) -> Decimal | None:
    number = Decimal(digits.replace(",", ""))
    return number if is_plausible(number) else None


def quantity(found: Found, unit: str = "") -> Quantity | None:
    """A target or actual value taken apart; None where the cell is blank.

    ``unit`` is what the column states, for a figure that prints none. A text with several figures
    (完成3次，培训100人), a range or a date has no number.
    """
    value = found.value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, Decimal):
        return Quantity(found, None, value if is_plausible(value) else None, unit)
    if isinstance(value, date):
        return Quantity(found)
    if not value.strip():
        return None
    if len(value) > LONGEST_WORD:
        return Quantity(found, printed_nature(value))
    nature, number, printed = _taken_apart(value)
    return Quantity(found, nature, number, printed or (unit if number is not None else ""))


@lru_cache(maxsize=4096)
def _taken_apart(text: str) -> tuple[Nature | None, Decimal | None, str]:
    words = narrow(text).strip().rstrip("。；;")
    nature, rest = leading_nature(words)
    if nature is None:
        shorter = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
        nature, rest = leading_nature(shorter)
    rest = rest.strip()
    for ending, meaning in _AFTER:
        if nature is None and rest.endswith(ending) and any(c.isdigit() for c in rest):
            nature, rest = meaning, rest.removesuffix(ending).strip()
            break
    if _DAY.match(rest):
        return nature, None, ""
    match = _FIGURE.fullmatch(rest)
    if match is None:
        return nature, None, ""
    unit = match[2].strip()
    if unit[:1] in "%‰" and unit[1:] in ("完成", "左右"):
        unit = unit[:1] if unit[1:] == "完成" else unit
    if not _UNIT.fullmatch(unit) or unit.startswith(_GOES_ON):
        return nature, None, ""
    return nature, _decimal(match[1]), unit


def printed_nature(text: str) -> Nature | None:
    """The direction that a text begins with; None where it begins with none."""
    return leading_nature(narrow(text).strip())[0]
