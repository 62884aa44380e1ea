"""What a rule is given: declared inputs, checked before any rule sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from jixiao.scoring.numbers import ONE, ZERO, is_plausible, plain
from jixiao.scoring.score import Problem

Value = Decimal | bool | str | date | None
"""One input as a host hands it over: a number, yes/no, text, a date, or None where it is blank."""

Values = Mapping[str, "Value | tuple[Value, ...]"]
"""Inputs by id; an input that spans several cells (twelve months) is a tuple."""


class InputKind(StrEnum):
    """What may be typed into an input."""

    AMOUNT = "amount"
    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    SCORE = "score"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


NUMERIC = frozenset(
    {InputKind.AMOUNT, InputKind.COUNT, InputKind.RATE, InputKind.SHARE, InputKind.SCORE}
)

# A rate above 200 % is a percent sign left out (8.35 in place of 8.35%), not a rate.
LARGEST_RATE = Decimal(2)

YES, NO = "是", "否"


class InputSpec(NamedTuple):
    """One declared input.

    ``cells`` is the number of cells it spans (12 for monthly figures), ``parts`` what each of them
    is for where they have names, ``options`` the texts of a choice, ``default`` the one that a
    blank means, ``largest`` the upper bound of a hand-typed score.
    """

    id: str
    label: str
    kind: InputKind
    unit: str = ""
    help: str = ""
    cells: int = 1
    options: tuple[str, ...] = ()
    largest: Decimal | None = None
    parts: tuple[str, ...] = ()
    default: str = ""

    def part_label(self, place: int) -> str:
        """The label of one of its cells, which count from 0."""
        if self.parts:
            return f"{self.label}（{self.parts[place]}）"
        return f"{self.label}第{place + 1}格"

    @property
    def labels(self) -> dict[str, str]:
        """Its label, and those of its cells, by the ids that outcomes name them with."""
        cells = range(self.cells if self.cells > 1 else 0)
        return {
            self.id: self.label,
            **{f"{self.id}[{place}]": self.part_label(place) for place in cells},
        }

    def faults(self, value: Value | tuple[Value, ...]) -> tuple[Problem, ...]:
        """What is wrong with a value, as problems in Chinese; blank is missing and never wrong."""
        if is_blank(value):
            return ()
        if isinstance(value, tuple) != (self.cells > 1):
            given = len(value) if isinstance(value, tuple) else 1
            return (Problem(self.id, f"应为{self.cells}格，现为{given}格"),)
        if isinstance(value, tuple):
            if len(value) != self.cells:
                return (Problem(self.id, f"应为{self.cells}格，现为{len(value)}格"),)
            found = []
            for place, item in enumerate(value):
                message = self._fault(item)
                if message:
                    found.append(Problem(f"{self.id}[{place}]", message))
            return tuple(found)
        message = self._fault(value)
        return (Problem(self.id, message),) if message else ()

    def _fault(self, value: Value) -> str:
        if isinstance(value, Decimal) and self.kind in NUMERIC:
            return self._number_fault(value)
        if is_blank(value) or self.kind is InputKind.TEXT:
            return ""
        if self.kind is InputKind.SHARE and _is_yes_or_no(value):
            return ""
        if self.kind is InputKind.YES_NO:
            return "" if _is_yes_or_no(value) else f"应填“{YES}”或“{NO}”，现为“{shown(value)}”"
        if self.kind is InputKind.CHOICE:
            choices = "、".join(self.options)
            return (
                ""
                if as_word(value) in self.options
                else f"应从“{choices}”中选，现为“{shown(value)}”"
            )
        return self._number_fault(value)

    def _number_fault(self, value: Value) -> str:
        fault = number_fault(value)
        if fault or not isinstance(value, Decimal):
            return fault
        if value < ZERO:
            return f"不能为负数，现为{plain(value)}"
        if self.kind is InputKind.COUNT and value != value.to_integral_value():
            return f"应填整数，现为{plain(value)}"
        if self.kind is InputKind.RATE and value > LARGEST_RATE:
            return f"支出率{plain(value * 100)}%过大，是否漏了百分号？75.86%应填75.86%或0.7586"
        if self.kind is InputKind.SHARE and value > ONE:
            return f"应在0%至100%之间，现为{plain(value * 100)}%"
        if self.largest is not None and value > self.largest:
            return f"人工评分应在0至{plain(self.largest)}分之间，现为{plain(value)}"
        return ""


def as_word(value: Value | tuple[Value, ...]) -> str:
    """A chosen word; a host's TRUE and FALSE are 是 and 否."""
    if isinstance(value, bool):
        return YES if value else NO
    return value.strip() if isinstance(value, str) else ""


def _is_yes_or_no(value: Value) -> bool:
    return as_word(value) in (YES, NO)


def number_fault(value: Value) -> str:
    """Why a value is no usable number, in Chinese; empty where it is one."""
    if isinstance(value, str) and value.startswith("#"):
        return f"单元格是错误值{value}，请改正公式或改填数字"
    if isinstance(value, bool) or not isinstance(value, Decimal):
        return f"应填数字，现为“{shown(value)}”"
    if not is_plausible(value):
        return f"数值{value}超出合理范围"
    return ""


def shown(value: Value) -> str:
    """A value as a message quotes it, cut to a readable length."""
    if isinstance(value, bool):
        return YES if value else NO
    text = plain(value) if isinstance(value, Decimal) else str(value)
    return text if len(text) <= 20 else text[:20] + "…"


class Inputs(NamedTuple):
    """Checked inputs of one indicator, read by the rules through typed accessors."""

    values: Values
    specs: Mapping[str, InputSpec]

    def missing(self, *input_ids: str) -> tuple[str, ...]:
        """Those of ``input_ids`` that are blank."""
        return tuple(key for key in input_ids if is_blank(self.values.get(key)))

    def number(self, input_id: str) -> Decimal:
        """A number that is known to be there; a share may be given as yes (100 %) or no (0 %)."""
        value = self.values[input_id]
        if self.specs[input_id].kind is InputKind.SHARE and not isinstance(value, Decimal):
            return ONE if self.is_yes(input_id) else ZERO
        if not isinstance(value, Decimal):
            raise TypeError(f"{input_id} is not a number: {value!r}")
        return value

    def numbers(self, input_id: str) -> tuple[tuple[int, Decimal], ...]:
        """The filled cells of a spanning input, with their places from 0."""
        value = self.values.get(input_id)
        cells = value if isinstance(value, tuple) else (value,)
        return tuple((place, item) for place, item in enumerate(cells) if isinstance(item, Decimal))

    def is_yes(self, input_id: str) -> bool:
        """Whether a yes/no input says yes."""
        return as_word(self.values[input_id]) == YES

    def text(self, input_id: str) -> str:
        """A text; empty where it is blank."""
        value = self.values.get(input_id)
        return "" if value is None else str(value).strip()

    def choice(self, input_id: str) -> str:
        """The word chosen, or the one that a blank means."""
        return as_word(self.values.get(input_id)) or self.specs[input_id].default

    def label(self, input_id: str) -> str:
        """The Chinese label of an input."""
        return self.specs[input_id].label


def is_blank(value: Value | tuple[Value, ...]) -> bool:
    """Whether nothing was typed: None, or white space; a tuple where every item is blank."""
    if isinstance(value, tuple):
        return all(is_blank(item) for item in value)
    return value is None or (isinstance(value, str) and not value.strip())
