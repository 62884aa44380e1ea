"""The record of a run, beside its output: what is done, and every result.

An SQLite file, because it answers for what a list of lines would need code for: a commit that a
kill cannot tear, one result a file however often it is done, and reading in any order (by total,
by path) without holding the results in memory. Results are committed once a second; what was done
after the last commit is done again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from jixiao.batch.assessment import AssessedTable, Assessment, Layout
from jixiao.batch.listing import FoundFile
from jixiao.batch.results import Results
from jixiao.scoring.numbers import plain
from jixiao.scoring.numbers import total as exact_sum
from jixiao.workbook.errors import BookError

_FORMAT = 1
_SECONDS_BETWEEN_COMMITS = 1.0
_PATHS_AT_ONCE = 500
_OFFSET = Decimal(10) ** 16

_SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,   -- relative, in the bytes of the file system
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    run INTEGER NOT NULL,        -- the last run that found it
    done TEXT,                   -- under which program, standard and folder (NULL: not done)
    reason TEXT NOT NULL DEFAULT '',
    is_summary INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE layouts (id INTEGER PRIMARY KEY, basis TEXT, rubric TEXT, title TEXT,
    full_points TEXT, heads TEXT, UNIQUE (basis, rubric, title, full_points, heads));
CREATE TABLE tables (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    place INTEGER NOT NULL,
    layout INTEGER NOT NULL REFERENCES layouts,
    total_key TEXT,              -- sorts as the number does (NULL: no total)
    total TEXT, unit TEXT NOT NULL, sheet TEXT NOT NULL, grade TEXT NOT NULL,
    reason TEXT NOT NULL, scores TEXT NOT NULL, findings TEXT NOT NULL,
    PRIMARY KEY (file, place)
) WITHOUT ROWID;
CREATE INDEX by_total ON tables (layout, total_key);
CREATE TABLE outputs (name TEXT PRIMARY KEY, digest TEXT NOT NULL);
"""


class Journal:
    """The record in one file; a second run on the same file is refused while this one is open."""

    def __init__(self, path: Path, stamp: str) -> None:
        """Open or begin a record; ``stamp`` says which program, standard and folder this run is.

        Results under another stamp count as not done. Raises BookError where the file cannot be
        used.
        """
        self.path = path
        self._stamp = stamp
        try:
            self._database = _opened(path)
            self._run = self._one("SELECT coalesce(max(run), 0) + 1 FROM files")
        except sqlite3.Error as error:
            raise BookError([_fault(path, error)]) from error
        self._layouts: dict[Layout, int] = {}
        self._committed = monotonic()

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what is recorded, also where the run was interrupted, and close the file."""
        self._database.commit()
        self._database.close()

    def note(self, found: Iterable[FoundFile]) -> None:
        """Take down what is in the folder now; forget what is there no longer."""
        self._database.executemany(
            "INSERT INTO files (path, size, mtime_ns, run) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET run = excluded.run, size = excluded.size, "
            "mtime_ns = excluded.mtime_ns, done = CASE WHEN (size, mtime_ns) = "
            "(excluded.size, excluded.mtime_ns) AND size >= 0 THEN done END",
            ((os.fsencode(f.path), f.size, f.mtime_ns, self._run) for f in found),
        )
        self._database.execute("DELETE FROM files WHERE run < ?", (self._run,))
        self._database.commit()

    @property
    def file_count(self) -> int:
        """How many files the folder has."""
        return self._one("SELECT count(*) FROM files")

    @property
    def pending_count(self) -> int:
        """How many of them are to be done."""
        return self._one("SELECT count(*) FROM files WHERE done IS NOT ?", self._stamp)

    def pending(self) -> Iterator[str]:
        """The files that are to be done, in the order of their paths.

        Results may be recorded meanwhile; each file comes up once.
        """
        last = b""
        while True:
            rows = self._database.execute(
                "SELECT path FROM files WHERE path > ? AND done IS NOT ? ORDER BY path LIMIT ?",
                (last, self._stamp, _PATHS_AT_ONCE),
            ).fetchall()
            yield from (os.fsdecode(path) for (path,) in rows)
            if not rows:
                return
            last = rows[-1][0]

    def record(self, path: str, assessment: Assessment) -> None:
        """Put down a file's result, in the place of an older one."""
        key = os.fsencode(path)
        file = self._one("SELECT id FROM files WHERE path = ?", key)
        self._database.execute("DELETE FROM tables WHERE file = ?", (file,))
        self._database.executemany(
            "INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (file, place, self._layout_id(table.layout), *_columns(table))
                for place, table in enumerate(assessment.tables)
            ),
        )
        self._database.execute(
            "UPDATE files SET done = ?, reason = ?, is_summary = ? WHERE id = ?",
            (self._stamp, printable(assessment.reason), assessment.is_summary, file),
        )
        if monotonic() - self._committed >= _SECONDS_BETWEEN_COMMITS:
            self._database.commit()
            self._committed = monotonic()

    def _layout_id(self, layout: Layout) -> int:
        if layout not in self._layouts:
            heads = [[*head[:4], _text(head.points)] for head in layout.heads]
            content = (
                layout.basis,
                layout.rubric,
                printable(layout.title),
                _text(layout.full_points) or "",
                _dumped(heads),
            )
            self._database.execute(
                "INSERT OR IGNORE INTO layouts (basis, rubric, title, full_points, heads) "
                "VALUES (?, ?, ?, ?, ?)",
                content,
            )
            if len(self._layouts) > _PATHS_AT_ONCE:  # project forms each have their own
                self._layouts.clear()
            self._layouts[layout] = self._one(
                "SELECT id FROM layouts WHERE (basis, rubric, title, full_points, heads) "
                "= (?, ?, ?, ?, ?)",
                *content,
            )
        return self._layouts[layout]

    @property
    def results(self) -> Results:
        """Everything recorded, for reading."""
        self._database.commit()
        return Results(self._database)

    def digest_of(self, output: str) -> str:
        """What `remember` was told of an output; empty where it was told nothing."""
        row = self._database.execute("SELECT digest FROM outputs WHERE name = ?", (output,))
        found = row.fetchone()
        return str(found[0]) if found else ""

    def remember(self, output: str, digest: str) -> None:
        """Put down what an output looked like when it was written."""
        self._database.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?)", (output, digest))

    def _one(self, query: str, *values: object) -> int:
        return int(self._database.execute(query, values).fetchone()[0])


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0, isolation_level="IMMEDIATE")
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("BEGIN EXCLUSIVE")  # taken now, not at the first result
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        for statement in _SCHEMA.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {_FORMAT}")
    elif version != _FORMAT:
        raise sqlite3.DatabaseError("made by another version")
    database.commit()
    return database


def _fault(path: Path, error: sqlite3.Error) -> str:
    words = str(error)
    if "locked" in words:
        return f"“{path.name}”：另一个批量评分正在使用这个进度文件，请等它结束"
    if "unable to open" in words or "readonly" in words:
        return f"“{path.name}”：进度文件建不了或写不进。请检查所在文件夹是否存在、允许写入"
    return f"“{path.name}”：不是能用的进度文件（已损坏，或由别的版本写成）。请删除它，重新开始"


def _columns(table: AssessedTable) -> tuple[str | None, ...]:
    return (
        None if table.total is None else _sort_key(table.total),
        _text(table.total),
        printable(table.unit),
        printable(table.sheet),
        printable(table.grade),
        printable(table.reason),
        _dumped([_text(score) for score in table.scores]),
        _dumped(table.findings),
    )


def _sort_key(number: Decimal) -> str:
    """A text that sorts as the number does: all have 17 digits before the point."""
    return plain(exact_sum((number, _OFFSET)))


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _dumped(content: object) -> str:
    return printable(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def printable(text: str) -> str:
    """A text without what no file can hold: halves of characters become question marks."""
    return text.encode("utf-8", "replace").decode()
