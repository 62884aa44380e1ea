"""A whole run: list the folder, assess what is not done, write the summaries."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from jixiao import __version__
from jixiao.batch.journal import Journal
from jixiao.batch.listing import FoundFile, workbooks_below
from jixiao.batch.output import (
    is_summary_page,
    is_summary_workbook,
    put_in_place,
    refuse_unusable,
)
from jixiao.batch.results import Counts
from jixiao.batch.workers import Done, in_processes, one_by_one
from jixiao.ooxml import in_chinese
from jixiao.scoring import load_rubric
from jixiao.workbook.errors import BookError

Progress: TypeAlias = Callable[[int, int], AbstractContextManager[Callable[[], None]]]
"""Given how many files are to be done and how many are done already, counts each one done."""


class Order(NamedTuple):
    """What a person asked for. ``page`` is the HTML file, if one is wanted."""

    folder: Path
    output: Path
    page: Path | None = None
    rubric_id: str | None = None
    workers: int = 1
    scheduler: str | None = None

    @property
    def journal(self) -> Path:
        """Where the record of the run is."""
        return self.output.with_name(f"{self.output.stem}.进度.sqlite")


def run(order: Order, progress: Progress) -> Counts:
    """Do everything that is not done yet, then write the summaries.

    Raises BookError or RubricError where the run cannot begin, and KeyboardInterrupt where a
    person ends it; what is done by then stays done.
    """
    _refuse_wrong_order(order)
    with Journal(order.journal, _stamp(order)) as journal:
        _note(order, journal)
        pending = journal.pending_count
        with progress(pending, journal.file_count - pending) as advance:
            for path, assessment in _assessed(order, journal.pending()):
                journal.record(path, assessment)
                advance()
        _summarise(order, journal)
        return journal.results.counts()


def _refuse_wrong_order(order: Order) -> None:
    if not order.folder.is_dir():
        raise BookError([f"没有文件夹“{order.folder}”"])
    if order.rubric_id:
        load_rubric(order.rubric_id)
    refuse_unusable(order.output, ".xlsx", is_summary_workbook)
    if order.page is not None:
        refuse_unusable(order.page, ".html", is_summary_page)


def _stamp(order: Order) -> str:
    """What must be the same for a result to be still good."""
    rubric = order.rubric_id or ""
    if _is_file(rubric):
        rubric += " " + hashlib.sha256(Path(rubric).read_bytes()).hexdigest()
    return "\n".join((__version__, rubric, os.path.realpath(order.folder)))


def _note(order: Order, journal: Journal) -> None:
    ours = {os.path.realpath(path) for path in (order.output, order.page) if path is not None}
    try:
        journal.note(_without(ours, order.folder))
    except OSError as error:
        raise BookError([f"文件夹“{order.folder}”打不开：{in_chinese(error)}"]) from error


def _without(ours: set[str], folder: Path) -> Iterator[FoundFile]:
    real = os.path.realpath(folder)
    return (file for file in workbooks_below(folder) if os.path.join(real, file.path) not in ours)


def _assessed(order: Order, paths: Iterator[str]) -> Iterator[Done]:
    # Absolute: a worker may stand in another folder.
    folder = order.folder.absolute()
    rubric = order.rubric_id
    if rubric is not None and _is_file(rubric):
        rubric = str(Path(rubric).absolute())
    if order.scheduler:
        return _on_cluster(folder, paths, rubric, order.scheduler)
    if order.workers > 1:
        return in_processes(folder, paths, rubric, order.workers)
    return one_by_one(folder, paths, rubric)


def _is_file(rubric_id: str) -> bool:
    return rubric_id.lower().endswith(".toml")


def _on_cluster(
    folder: Path, paths: Iterator[str], rubric_id: str | None, address: str
) -> Iterator[Done]:
    try:
        from jixiao.batch.cluster import on_cluster  # noqa: PLC0415  # an extra
    except ImportError as error:
        message = '--scheduler 要用 dask，请先安装：python -m pip install "jixiao[cluster]"'
        raise BookError([message]) from error
    return on_cluster(folder, paths, rubric_id, address)


def _summarise(order: Order, journal: Journal) -> None:
    from jixiao.batch.summary_page import write_page  # noqa: PLC0415  # pandas is slow to import
    from jixiao.batch.summary_workbook import write_workbook  # noqa: PLC0415

    with put_in_place(order.output, journal) as path:
        write_workbook(journal.results, path)
    if order.page is not None:
        with put_in_place(order.page, journal) as path:
            write_page(journal.results, path)
