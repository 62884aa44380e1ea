"""Folders of workbooks for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from jixiao.batch.running import Order, run
from jixiao.ooxml import CellValue
from workbook.books import seed_book, with_values

# What the standard takes off the seed's 97.59 for each asset item over standard.
SEED_TOTAL = Decimal("97.59")


@cache
def book(unit: str, over_standard: int = 0) -> bytes:
    """The seed's case of another unit, with so many asset items over standard: −1 each."""
    changed: dict[str, CellValue | int] = {
        "jixiao_basic_department": unit,
        "allocation_excesses": over_standard,
    }
    return with_values(seed_book(), changed)


def waiting_book(unit: str) -> bytes:
    """A workbook without one of its figures, hence without a total."""
    return with_values(book(unit), {"audit_findings": None})


def wrong_book(unit: str) -> bytes:
    """A workbook with words where a number belongs."""
    return with_values(book(unit), {"audit_findings": "无"})


def put(folder: Path, **books: bytes) -> Path:
    """Write workbooks by their names, without the suffix."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    return folder


@contextmanager
def unseen(total: int, done_before: int) -> Iterator[Callable[[], None]]:
    """No sign of progress."""
    yield lambda: None


class Counting:
    """Counts what was done, and may stop the run as Ctrl-C does."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.total = self.done_before = self.done = 0
        self._stop_after = stop_after

    @contextmanager
    def __call__(self, total: int, done_before: int) -> Iterator[Callable[[], None]]:
        self.total, self.done_before = total, done_before
        yield self._advance

    def _advance(self) -> None:
        self.done += 1
        if self.done == self._stop_after:
            raise KeyboardInterrupt


def summed_up(folder: Path, output: Path, **more: Any) -> Any:
    """Run over a folder, and the summary as openpyxl reads it."""
    run(Order(folder, output, **more), unseen)
    return openpyxl.load_workbook(output)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the headings of one of the summary's tables."""
    _, heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]
