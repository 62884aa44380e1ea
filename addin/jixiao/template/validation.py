"""Data validation (数据有效性) by kind of input: what may be typed, and what Excel says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from jixiao.scoring.inputs import LARGEST_RATE, NO, YES, InputKind, InputSpec
from jixiao.scoring.numbers import ONE, ZERO, plain

Check = dict[str, Any]
"""A validation in XlsxWriter's words."""

# Excel's own limits, in UTF-16 units.
LONGEST_TITLE = 32
LONGEST_MESSAGE = 255
LONGEST_LIST = 255


def check_of(spec: InputSpec) -> Check | None:
    """The validation of an input; None where anything may be typed."""
    build = _BY_KIND.get(spec.kind)
    found = build(spec) if build else None
    return None if found is None else _with_help(found, spec.label, spec.help)


def amount_check(label: str, unit: str, advice: str = "") -> Check:
    """A number that is not negative."""
    unit_words = f"（单位：{unit}）" if unit else ""
    message = f"“{label}”应填不小于0的数字{unit_words}，不带单位和文字；没有发生的填0。"
    return _with_help(_at_least_zero("decimal", message), label, advice)


def count_check(label: str, unit: str, advice: str = "") -> Check:
    """A whole number that is not negative."""
    unit_words = f"（单位：{unit}）" if unit else ""
    message = f"“{label}”应填不小于0的整数{unit_words}，不带单位和文字；没有发生的填0。"
    return _with_help(_at_least_zero("integer", message), label, advice)


def share_check(label: str) -> Check:
    """A share from 0 to 100 %."""
    message = f"“{label}”应填0%至100%之间的比例，如85%。"
    return _with_help(_between(ONE, message), label, "")


def list_check(label: str, options: Sequence[str], *, strict: bool = True) -> Check | None:
    """One of some texts; where not ``strict``, other texts are taken after a question.

    None where the texts cannot stand in a list inside the cell's rule: Excel takes 255 characters
    and parts the texts at commas. The program checks the choice all the same.
    """
    joined = ",".join(options)
    unfit = any(set(option) & {",", '"'} for option in options)
    if unfit or not joined or _utf16(joined) > LONGEST_LIST:
        return None
    message = f"“{label}”请从下拉列表中选：{'、'.join(options)}。"
    found = _refusing({"validate": "list", "source": list(options)}, message)
    if strict:
        return found
    message += "其他写法程序可能不认识。"
    return _refusing(found, message) | {"error_type": "warning", "error_title": "请核对"}


def _amount(spec: InputSpec) -> Check:
    return amount_check(spec.label, spec.unit)


def _count(spec: InputSpec) -> Check:
    return count_check(spec.label, spec.unit)


def _rate(spec: InputSpec) -> Check:
    message = f"“{spec.label}”应填比率，如75.86%。是否漏了百分号？没有的留空。"
    return _between(LARGEST_RATE, message)


def _share(spec: InputSpec) -> Check:
    return share_check(spec.label)


def _score(spec: InputSpec) -> Check:
    if spec.largest is None:
        return amount_check(spec.label, spec.unit)
    return _between(spec.largest, f"“{spec.label}”应填0至{plain(spec.largest)}分之间的数字。")


def _yes_no(spec: InputSpec) -> Check | None:
    return list_check(spec.label, (YES, NO))


def _choice(spec: InputSpec) -> Check | None:
    return list_check(spec.label, spec.options)


_BY_KIND: dict[InputKind, Callable[[InputSpec], Check | None]] = {
    InputKind.AMOUNT: _amount,
    InputKind.COUNT: _count,
    InputKind.RATE: _rate,
    InputKind.SHARE: _share,
    InputKind.SCORE: _score,
    InputKind.YES_NO: _yes_no,
    InputKind.CHOICE: _choice,
}


def _at_least_zero(kind: str, message: str) -> Check:
    return _refusing({"validate": kind, "criteria": ">=", "value": plain(ZERO)}, message)


def _between(largest: Decimal, message: str) -> Check:
    bounds = {"minimum": plain(ZERO), "maximum": plain(largest)}
    return _refusing({"validate": "decimal", "criteria": "between", **bounds}, message)


def _refusing(check: Check, message: str) -> Check:
    return check | {"error_title": "填报数有误", "error_message": clipped(message, LONGEST_MESSAGE)}


def _with_help(check: Check, label: str, advice: str) -> Check:
    if not advice:
        return check
    return check | {
        "input_title": clipped(label, LONGEST_TITLE),
        "input_message": clipped(advice, LONGEST_MESSAGE),
    }


def clipped(text: str, longest: int) -> str:
    """The text, cut with 「…」 where it has more than ``longest`` UTF-16 units."""
    if _utf16(text) <= longest:
        return text
    while _utf16(text) >= longest:
        text = text[:-1]
    return text + "…"


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
