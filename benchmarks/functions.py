"""Measures Python's own part of a call of each worksheet function.

``python benchmarks/functions.py``: the arguments are those of the function's own example in the
manual; what the spreadsheet takes, and the way between the processes, is not in it. "First" is a
call with figures not seen before, "again" one with the same figures, as when the reason of a row is
asked for after its score. Times drift between runs and machines: the load of the machine shows in
the last line, a fixed piece of decimal arithmetic.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from decimal import Decimal
from time import perf_counter

from jixiao import udfs
from jixiao.building.function_list import example_arguments
from jixiao.function_table import FUNCTIONS
from jixiao.workbook.names import COMPANION_COLUMNS

LIMIT = 60
"""µs for the first call of a function that gives one number or one text."""

TABLE_ROWS = 80
"""The rows that the template's companion table has room for, 40 of each kind."""

TABLE = "JX_COMPLETION_TABLE"


def main() -> None:
    print(f"{'':<28}{'first':>8}{'again':>8}")
    slowest = 0.0
    for name, function in FUNCTIONS.items():
        if name != TABLE:
            arguments = example_arguments(function.example)
            first = microseconds(function.call, arguments, before=udfs.score_of_row.cache_clear)
            again = microseconds(function.call, arguments)
            slowest = max(slowest, first)
            print(f"{name:<28}{first:>8.1f}{again:>8.1f} µs")
    print(f"{'the slowest':<28}{slowest:>8.1f}{'':>8} µs  limit {LIMIT} µs")
    table = companion_table()
    for name, arguments in ((TABLE, [table]), ("JX_SCORE", [1.0, table])):
        spent = microseconds(FUNCTIONS[name].call, arguments, times=20) / 1e3
        print(f"{f'{name}, {TABLE_ROWS} rows':<28}{spent:>8.2f}{'':>8} ms")
    unit = microseconds(lambda: sum(Decimal(n) / 7 for n in range(100)), [])
    print(f"{'100 divisions and sums':<28}{unit:>8.1f}{'':>8} µs")


def companion_table() -> list[list[object]]:
    """A full table, each kind's points left blank and so split equally."""
    rows = []
    for number in range(TABLE_ROWS):
        cells: dict[str, object] = {
            "kind": "产出" if number < TABLE_ROWS / 2 else "效益",
            "name": f"指标{number}",
            "nature": "≥",
            "target": 100.0,
            "unit": "个",
            "actual": 60.0 + number,
        }
        rows.append([cells.get(column.field) for column in COMPANION_COLUMNS])
    return rows


def microseconds(
    job: Callable[..., object],
    arguments: list[object],
    times: int = 2_000,
    before: Callable[[], object] = lambda: None,
) -> float:
    """The median of several calls, after one that warms up; ``before`` each is not in it."""
    job(*arguments)
    spans = []
    for _ in range(times):
        before()
        start = perf_counter()
        job(*arguments)
        spans.append(perf_counter() - start)
    return statistics.median(spans) * 1e6


if __name__ == "__main__":
    main()
