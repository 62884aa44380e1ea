"""Assessing many files, one after another here or several at once in processes of their own."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from jixiao.batch.assessing import assess
from jixiao.batch.assessment import Assessment

Job: TypeAlias = Callable[[Path, str | None], Assessment]
"""What is done to a file, by the standard that is given."""

Done: TypeAlias = tuple[str, Assessment]
"""A path, relative to the folder, and what became of it."""

WAITING_FOR_EACH = 4
"""So many files are handed out for each worker: enough to keep it busy, too few to fill memory."""

DIED = Assessment(reason="处理这个文件时，处理程序中断了（可能内存不足）。请单独检查这个文件")


def one_by_one(folder: Path, paths: Iterable[str], rubric_id: str | None) -> Iterator[Done]:
    """Assess the files in this process."""
    for path in paths:
        yield path, assess(folder / path, rubric_id)


def in_processes(
    folder: Path,
    paths: Iterable[str],
    rubric_id: str | None,
    workers: int,
    job: Job = assess,
) -> Iterator[Done]:
    """Assess the files in processes, each as soon as it is done.

    A process that dies takes the pool with it, and nobody knows which file it was at. So the files
    that were handed out are done again one at a time, each in a fresh process; the one at fault
    dies again and gets its reason.
    """
    run = partial(_run_below, folder, job, rubric_id)
    left = iter(paths)
    while True:
        unfinished: dict[str, None] = {}  # in the order in which they were handed out
        try:
            with _pool(workers) as pool:
                yield from _through(pool, run, left, unfinished, WAITING_FOR_EACH * workers)
            return
        except BrokenProcessPool:
            for path in unfinished:
                yield path, _alone(partial(run, path))


def _through(
    pool: ProcessPoolExecutor,
    run: Callable[[str], Assessment],
    left: Iterator[str],
    unfinished: dict[str, None],
    most: int,
) -> Iterator[Done]:
    """Keep the pool busy until nothing is left; ``unfinished`` are at most ``most`` files."""
    futures: dict[Future[Assessment], str] = {}
    try:
        while True:
            for path in islice(left, most - len(futures)):
                unfinished[path] = None  # first: handing out fails where the pool has just broken
                futures[pool.submit(run, path)] = path
            if not futures:
                return
            for future in wait(futures, return_when=FIRST_COMPLETED).done:
                assessment = future.result()
                path = futures.pop(future)
                del unfinished[path]
                yield path, assessment
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _run_below(folder: Path, job: Job, rubric_id: str | None, path: str) -> Assessment:
    return job(folder / path, rubric_id)


def _alone(run: Callable[[], Assessment]) -> Assessment:
    with _pool(1) as pool:
        try:
            return pool.submit(run).result()
        except BrokenProcessPool:
            return DIED


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned everywhere, as on Windows: a fork of a process with threads may hang.
    return ProcessPoolExecutor(workers, get_context("spawn"), _leave_interrupts_to_the_parent)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
