"""The summary as one HTML file that needs nothing else: no network, no library.

The results stand in the page as blocks of JSON, some hundred tables each, and are read as they are
needed; the page's policy lets nothing run but its own script, and that writes every text as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from jixiao.batch.finding_names import name_of
from jixiao.batch.overview import count_lines
from jixiao.batch.results import League, Ranked, Results
from jixiao.batch.statistics import RATES, Statistics, most_frequent
from jixiao.review.finding import Severity

_ROWS_IN_A_BLOCK = 500  # as summary.js reads them
_MOST_FINDINGS = 100
_MOST_FREQUENT = 15

_ESCAPED = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
"""So that no text can end the block that it stands in; JSON reads them back."""


def write_page(results: Results, path: Path) -> None:
    """Write the summary of all results."""
    before, after = _page().split("{data}")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(before)
        _write_data(results, file)
        file.write(after)


def _page() -> str:
    """The page with its style and script in place, and the hashes by which they are allowed."""
    folder = resources.files("jixiao.batch") / "page"
    page, style, script = (
        (folder / f"summary.{suffix}").read_text("utf-8") for suffix in ("html", "css", "js")
    )
    page = page.replace("{style_hash}", _hash(style)).replace("{script_hash}", _hash(script))
    return page.replace("{style}", style).replace("{script}", script)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _write_data(results: Results, file: TextIO) -> None:
    leagues = []
    block = 0
    for place, league in enumerate(results.leagues()):
        counted = Statistics(league.layout)
        every = results.ranked(league)
        while some := list(islice(every, _ROWS_IN_A_BLOCK)):
            for ranked in some:
                counted.add(ranked.table, is_ranked=ranked.rank is not None)
            attributes = f'class="rows" data-league="{place}" data-block="{block}"'
            _write_block(file, attributes, map(_row, some))
            _write_block(file, 'class="findings"', (_opened(ranked, league) for ranked in some))
            block += 1
        leagues.append(_league(league, counted))
    _write_block(file, 'id="unread-rows"', results.unread())
    meta = {"counts": count_lines(results.counts()), "rates": RATES, "leagues": leagues}
    _write_block(file, 'id="meta"', [meta])


def _write_block(file: TextIO, attributes: str, items: Iterable[object]) -> None:
    """Write a list, one item at a time."""
    file.write(f'<script type="application/json" {attributes}>[')
    for place, item in enumerate(items):
        text = json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=float)
        file.write(("," if place else "") + text.translate(_ESCAPED))
    file.write("]</script>\n")


def _row(ranked: Ranked) -> list[Any]:
    table = ranked.table
    errors = sum(finding.severity is Severity.ERROR for finding in table.findings)
    return [
        ranked.rank,
        table.unit,
        table.total,
        table.grade,
        errors,
        len(table.findings) - errors,
        table.scores,
        table.reason,
        ranked.path,
        table.sheet,
    ]


def _opened(ranked: Ranked, league: League) -> list[Any]:
    """What is read when a unit is opened: its findings, those left out, its indicators."""
    table = ranked.table
    shown = [
        (found.code, found.severity is Severity.ERROR, found.sheet, found.cell, found.message)
        for found in table.findings[:_MOST_FINDINGS]
    ]
    heads = () if league.layout.heads else table.layout.heads  # the league has them
    return [shown, len(table.findings) - len(shown), heads]


def _league(league: League, counted: Statistics) -> dict[str, object]:
    frequent = most_frequent(counted.findings)[:_MOST_FREQUENT]
    return {
        "title": f"{league.number} {league.title}",
        "count": league.table_count,
        "heads": league.layout.heads,
        "statistics": counted.rows() if league.layout.heads else [],
        "distribution": counted.distribution if counted.totals else (),
        "frequent": [(name_of(code), times) for code, _, times in frequent],
    }
