"""A real Dask cluster of two workers on this machine, one of which is killed in mid-run."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from batch.folders import book, put, table, unseen
from cli.process import environment
from jixiao.batch.running import Order, run
from jixiao.workbook.errors import BookError

distributed = pytest.importorskip("distributed", reason="needs the extra jixiao[cluster]")

FILES = 150


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=str(tmp_path / "dask"),
    ) as running:
        yield running


class Killing:
    """Kills one worker process after some files, as a machine that fails does."""

    def __init__(self, pids: list[int], after: int) -> None:
        self.done = 0
        self._pids, self._after = pids, after

    @contextmanager
    def __call__(self, total: int, done_before: int) -> Iterator[object]:
        yield self._advance

    def _advance(self) -> None:
        self.done += 1
        if self.done == self._after:
            os.kill(self._pids[0], signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_killed_worker_loses_nothing_and_does_nothing_twice(
    cluster: object, tmp_path: Path
) -> None:
    names = [f"单位{number:03d}" for number in range(FILES)]
    folder = put(tmp_path / "表", **{name: book(name, n % 3) for n, name in enumerate(names)})
    with distributed.Client(cluster) as client:
        pids = list(client.run(os.getpid).values())
    assert len(pids) == 2
    killing = Killing(pids, after=FILES // 3)
    order = Order(folder, tmp_path / "汇总.xlsx", scheduler=cluster.scheduler_address)  # type: ignore[attr-defined]
    counts = run(order, killing)  # type: ignore[arg-type]
    with distributed.Client(cluster) as client:
        assert pids[0] not in client.run(os.getpid).values()
    assert (killing.done, counts.files, counts.tables, counts.unread) == (FILES, FILES, FILES, 0)
    rows = table(openpyxl.load_workbook(order.output)["排名"])
    assert Counter(row["单位"] for row in rows) == Counter(names)


def test_cluster_and_serial_run_give_the_same_summary(cluster: object, tmp_path: Path) -> None:
    folder = put(tmp_path / "表", 坏=b"", **{f"单位{n}": book(f"单位{n}", n) for n in range(4)})
    sheets = []
    for scheduler in (None, cluster.scheduler_address):  # type: ignore[attr-defined]
        output = tmp_path / f"{bool(scheduler)}.xlsx"
        run(Order(folder, output, scheduler=scheduler), unseen)
        read = openpyxl.load_workbook(output)
        sheets.append({name: list(read[name].values) for name in read.sheetnames})
    assert sheets[0] == sheets[1]


def test_no_scheduler_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.batch.cluster._SECONDS_TO_CONNECT", 1)
    folder = put(tmp_path / "表", 甲=book("甲局"))
    with pytest.raises(BookError, match="连不上"):
        run(Order(folder, tmp_path / "汇总.xlsx", scheduler="tcp://127.0.0.1:9"), unseen)


@pytest.mark.parametrize("address", ["nonsense", "http://x:1", "tcp://"])
def test_no_address_is_said(tmp_path: Path, address: str) -> None:
    folder = put(tmp_path / "表", 甲=book("甲局"))
    with pytest.raises(BookError, match="连不上"):
        run(Order(folder, tmp_path / "汇总.xlsx", scheduler=address), unseen)
