"""The recorded results, read back one at a time: leagues, ranks, what could not be read."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from jixiao.batch.assessment import AssessedTable, Basis, Head, Layout
from jixiao.review.finding import Finding, Severity
from jixiao.scoring.numbers import plain

FEWEST_OF_A_FORM = 3
"""So many tables of one form, and it has a league with a column for each indicator."""

MOST_LEAGUES = 20
"""A workbook with more sheets helps nobody; further forms go to the league of their kind."""

_USUAL_POINTS = Decimal(100)


class League(NamedTuple):
    """Tables whose totals are ranked together.

    ``heads`` is empty where they share the kind of form but not the indicators.
    """

    number: int
    layout: Layout
    table_count: int
    condition: str  # of SQL, with places for `values`
    values: tuple[object, ...]

    @property
    def title(self) -> str:
        """What is ranked, and where the scores come from: …（2023年度）·程序评分."""
        title = self.layout.title
        if not self.layout.heads:
            title = f"其他表格：{title}"
        return f"{title}·{self.layout.basis}"


class Ranked(NamedTuple):
    """A table with its file and its rank; ``None`` where it has no total. Equals share a rank."""

    rank: int | None
    path: str
    table: AssessedTable


class Counts(NamedTuple):
    """How many files there are and what became of them."""

    files: int
    tables: int
    with_total: int
    unread: int
    summaries: int


class Results:
    """What a journal holds. Each method is one pass, and holds one result at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def counts(self) -> Counts:
        """The figures of the whole folder."""
        row = self._database.execute(
            "SELECT (SELECT count(*) FROM files), (SELECT count(*) FROM tables), "
            "(SELECT count(*) FROM tables WHERE total_key IS NOT NULL), "
            "(SELECT count(*) FROM files WHERE reason <> ''), "
            "(SELECT count(*) FROM files WHERE is_summary)"
        ).fetchone()
        return Counts(*row)

    def leagues(self) -> list[League]:
        """What is ranked together: our own tables by standard, others by form, the rest by kind."""
        rows = self._database.execute(
            "SELECT layout, count(*) AS n FROM tables JOIN layouts ON layouts.id = layout "
            "GROUP BY layout HAVING n >= ? OR basis = ? ORDER BY basis <> ?, rubric, n DESC, "
            "layout LIMIT ?",
            (FEWEST_OF_A_FORM, Basis.ENGINE, Basis.ENGINE, MOST_LEAGUES),
        ).fetchall()
        leagues = [
            League(place, self._layout(layout), count, "layout = ?", (layout,))
            for place, (layout, count) in enumerate(rows, 1)
        ]
        places = ", ".join("?" * len(rows))
        others = tuple(layout for layout, _ in rows)
        kinds = self._database.execute(
            "SELECT basis, title, count(*) FROM tables JOIN layouts ON layouts.id = layout "
            f"WHERE layout NOT IN ({places}) GROUP BY basis, title ORDER BY count(*) DESC, title",
            others,
        ).fetchall()
        for basis, title, count in kinds:
            layout = Layout(Basis(basis), "", title, _USUAL_POINTS, ())
            condition = f"layout NOT IN ({places}) AND basis = ? AND title = ?"
            values = (*others, basis, title)
            leagues.append(League(len(leagues) + 1, layout, count, condition, values))
        return leagues

    def _layout(self, layout_id: int) -> Layout:
        row = self._database.execute(
            "SELECT basis, rubric, title, full_points, heads FROM layouts WHERE id = ?",
            (layout_id,),
        ).fetchone()
        return _read_layout(*row)

    def ranked(self, league: League) -> Iterator[Ranked]:
        """The tables of a league from the highest total down, then those without a rank.

        A total out of other points than the league's has none: 45 of 50 is not below 60 of 100.
        """
        points = "" if league.layout.full_points is None else plain(league.layout.full_points)
        rows = self._database.execute(
            "SELECT path, basis, rubric, title, full_points, heads, unit, sheet, scores, total, "
            "grade, tables.reason, findings, "
            "CASE WHEN full_points = ? THEN total_key END AS rank_key FROM tables "
            "JOIN files ON files.id = file JOIN layouts ON layouts.id = layout "
            f"WHERE {league.condition} ORDER BY rank_key IS NULL, rank_key DESC, path, place",
            (points, *league.values),
        )
        rank, key_before = 0, None
        for place, (path, *row, key) in enumerate(rows, 1):
            if key != key_before:
                rank, key_before = place, key
            layout = league.layout if league.layout.heads else _read_layout(*row[:5])
            table = _read_table(layout, row[5:])
            if key is None and table.total is not None:
                table = table._replace(reason=_other_points(layout))
            yield Ranked(rank if key is not None else None, shown_path(path), table)

    def unread(self) -> Iterator[tuple[str, str]]:
        """The files without any table, by path, each with its reason."""
        rows = self._database.execute(
            "SELECT path, reason FROM files WHERE reason <> '' ORDER BY path"
        )
        return ((shown_path(path), reason) for path, reason in rows)


def _other_points(layout: Layout) -> str:
    if layout.full_points is None:
        return "表上没有满分，不参加排名"
    return f"满分为{plain(layout.full_points)}分，不参加排名"


def shown_path(path: bytes) -> str:
    """A path as it can be printed, with / between folders."""
    text = os.fsdecode(path).replace(os.sep, "/")
    return text.encode("utf-8", "replace").decode()


def _read_layout(basis: str, rubric: str, title: str, full_points: str, heads: str) -> Layout:
    read = tuple(
        Head(number, primary, secondary, name, _number(points))
        for number, primary, secondary, name, points in json.loads(heads)
    )
    return Layout(Basis(basis), rubric, title, _number(full_points), read)


def _read_table(layout: Layout, columns: Sequence[Any]) -> AssessedTable:
    unit, sheet, scores, total, grade, reason, findings = columns
    return AssessedTable(
        layout,
        unit,
        sheet,
        tuple(map(_number, json.loads(scores))),
        _number(total),
        grade,
        reason,
        tuple(map(_finding, json.loads(findings))),
    )


def _finding(row: list[Any]) -> Finding:
    code, severity, *rest = row
    return Finding(code, Severity(severity), *rest)


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
