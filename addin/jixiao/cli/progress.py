"""How far a long run is, on the standard error: a bar in a terminal, else a line now and then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def progress(total: int, done_before: int) -> Iterator[Callable[[], None]]:
    """Give what is to be called after each of ``total`` files."""
    if done_before:
        _say(f"{done_before}个文件上次已做完，没有改动，不再做")
    if sys.stderr is not None and sys.stderr.isatty():
        with _bar(total) as advance:
            yield advance
    else:
        yield _lines(total)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    from rich.console import Console  # noqa: PLC0415  # slow to import
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("评分和审核"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("约剩"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _lines(total: int) -> Callable[[], None]:
    begun = said = monotonic()
    done = 0

    def advance() -> None:
        nonlocal done, said
        done += 1
        now = monotonic()
        if done == total or now - said >= SECONDS_BETWEEN_LINES:
            said = now
            left = (now - begun) / done * (total - done)
            _say(f"已做{done}/{total}个文件，约剩{_duration(left)}")

    return advance


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}小时{minutes}分"
    return f"{minutes}分{rest}秒" if minutes else f"{rest}秒"


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
