"""Reading the tables of a rubric file so that every fault names the file, the row and the key."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jixiao.scoring.intervals import Interval, parse_interval
from jixiao.scoring.numbers import is_plausible
from jixiao.scoring.provenance import FROM_TEXT, Provenance, Source


class RubricError(ValueError):
    """A rubric that cannot be used; the message is Chinese and names file, row and key."""


class Table:
    """One TOML table that knows where it stands and which of its keys were read.

    Each accessor takes one key out; `close` refuses what is left, so a misspelt key is an error and
    never silently ignored.
    """

    def __init__(self, data: Mapping[str, Any], place: str) -> None:
        self._data = dict(data)
        self.place = place

    def fault(self, key: str, message: str) -> RubricError:
        """The error for ``key`` of this table."""
        return RubricError(f"{self.place}：{key}：{message}")

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet read."""
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless ``default`` says what an absent one means."""
        if key not in self._data and default is not None:
            return default
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "应为非空文字")
        return value.strip()

    def number(self, key: str) -> Decimal:
        """A whole or decimal number, never a float."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fault(key, f"应为数字，现为{value!r}")
        if not is_plausible(Decimal(value)):
            raise self.fault(key, f"数字{value}超出合理范围")
        return Decimal(value)

    def optional_number(self, key: str) -> Decimal | None:
        """A number, or ``None`` where the key is absent."""
        return self.number(key) if key in self._data else None

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        if key not in self._data and default is not None:
            return default
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(key, f"应为整数，现为{value!r}")
        return value

    def percentage(self, key: str) -> Decimal:
        """A share written as ``"50%"``, as a fraction."""
        text = self.text(key)
        try:
            share = Decimal(text.removesuffix("%")).scaleb(-2)
            if not text.endswith("%") or not is_plausible(share):
                raise ValueError
            return share
        except (ValueError, ArithmeticError):
            raise self.fault(key, f"应为百分数，如“50%”，现为“{text}”") from None

    def interval(self, key: str) -> Interval:
        """An interval such as ``"(10%, 20%]"``."""
        text = self.text(key)
        try:
            return parse_interval(text)
        except (ValueError, ArithmeticError) as error:
            raise self.fault(key, str(error)) from error

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text alone; empty where the key is absent."""
        if key not in self._data:
            return ()
        value = self._take(key)
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(key, "应为文字列表")
        return tuple(value)

    def table(self, key: str) -> Table:
        """A sub-table."""
        value = self._take(key)
        if not isinstance(value, dict):
            raise self.fault(key, "应为一张表")
        return Table(value, f"{self.place} / {key}")

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of sub-tables; empty where the key is absent."""
        if key not in self._data:
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, "应为表的列表")
        return tuple(
            Table(item, f"{self.place} / {key}[{place}]") for place, item in enumerate(value, 1)
        )

    def source(self) -> Source:
        """The provenance keys ``class``, ``note`` and ``missing`` of this table.

        Whatever is not ``text`` says why (``note``); what rests on words that are cut off says
        which (``missing``).
        """
        if "class" not in self._data:
            return FROM_TEXT
        name = self.text("class")
        try:
            provenance = Provenance(name)
        except ValueError:
            known = "、".join(member.value for member in Provenance)
            raise self.fault("class", f"没有“{name}”这一类，只有{known}") from None
        if provenance is Provenance.TEXT:
            return FROM_TEXT
        note = self.text("note")
        if provenance in {Provenance.INFERRED, Provenance.UNKNOWN}:
            return Source(provenance, note, self.text("missing"))
        return Source(provenance, note, self.text("missing", ""))

    def close(self) -> None:
        """Refuse keys that nobody read."""
        if self._data:
            keys = "、".join(sorted(self._data))
            raise RubricError(f"{self.place}：不认识的键：{keys}")

    def _take(self, key: str) -> Any:
        if key not in self._data:
            raise self.fault(key, "缺少这一项")
        return self._data.pop(key)
