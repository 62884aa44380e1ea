"""Assessing many files on a Dask cluster. Needs the extra ``jixiao[cluster]``.

The workers read the files themselves, so the folder must have the same path on every machine.
Dask hands the files of a lost worker to another; a file that took several workers with it gets its
reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from distributed import CancelledError, Client, Future, KilledWorker, as_completed

from jixiao.batch.assessing import assess
from jixiao.batch.assessment import Assessment
from jixiao.batch.workers import DIED, WAITING_FOR_EACH, Done
from jixiao.workbook.errors import BookError

_SECONDS_TO_CONNECT = 20
_FEWEST_HANDED_OUT = 16
"""A cluster may have no worker yet."""


def on_cluster(
    folder: Path, paths: Iterable[str], rubric_id: str | None, address: str
) -> Iterator[Done]:
    """Assess the files on the cluster whose scheduler is at ``address``, each as it is done."""
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise BookError([f"连不上“{address}”的调度程序，请检查地址和网络"]) from error
    with client:
        yield from _through(client, folder, iter(paths), partial(assess, rubric_id=rubric_id))


def _through(
    client: Client, folder: Path, left: Iterator[str], run: Callable[[Path], Assessment]
) -> Iterator[Done]:
    paths: dict[object, str] = {}  # by the keys of their futures

    def hand_out(path: str) -> Future[Assessment]:
        # Not pure: two files are two tasks even where they are alike.
        future = client.submit(run, folder / path, pure=False)
        paths[future.key] = path
        return future

    most = max(_FEWEST_HANDED_OUT, WAITING_FOR_EACH * sum(client.nthreads().values()))
    busy = as_completed([hand_out(path) for path in islice(left, most)])
    for future in busy:
        yield paths.pop(future.key), _result(future)
        for path in islice(left, 1):
            busy.add(hand_out(path))


def _result(future: Future[Assessment]) -> Assessment:
    try:
        result = future.result()
    except KilledWorker:
        return DIED
    except CancelledError as error:
        raise BookError(["与调度程序的连接断了。再运行一次同样的命令，接着做"]) from error
    except Exception as error:
        # `assess` itself raises nothing: the machine over there could not run it.
        why = type(error).__name__
        raise BookError([f"集群上运行不了（{why}）。请确认每台机器都装了同一版本的程序"]) from error
    assert isinstance(result, Assessment)
    return result
