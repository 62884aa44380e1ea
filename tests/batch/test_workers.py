"""Several processes at once: nothing lost, nothing twice, one file at most for a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from batch.folders import book, put, table, unseen
from batch.jobs import dies_of_poison, dies_once, never_ends_early
from jixiao.batch.running import Order, run
from jixiao.batch.workers import DIED, WAITING_FOR_EACH, in_processes


def test_two_workers_give_the_summary_of_one(tmp_path: Path) -> None:
    names = [f"单位{number}" for number in range(12)]
    folder = put(tmp_path / "表", 坏=b"", **{n: book(n, len(n) % 2) for n in names})
    sheets = []
    for workers in (1, 2):
        output = tmp_path / f"{workers}.xlsx"
        run(Order(folder, output, workers=workers), unseen)
        read = openpyxl.load_workbook(output)
        sheets.append({name: list(read[name].values) for name in read.sheetnames})
    assert sheets[0] == sheets[1]
    assert len(table(openpyxl.load_workbook(tmp_path / "2.xlsx")["排名"])) == 12


@pytest.mark.parametrize("poisoned", [{3}, {0, 1, 2}, {19}, set(range(20))])
def test_worker_that_dies_costs_its_file_and_no_other(tmp_path: Path, poisoned: set[int]) -> None:
    paths = [f"{'毒' if place in poisoned else '表'}{place}" for place in range(20)]
    if len(poisoned) == 20:
        paths = paths[:3]
    done = list(in_processes(tmp_path, paths, "id", 2, dies_of_poison))
    assert sorted(path for path, _ in done) == sorted(paths)
    for path, assessment in done:
        assert assessment == DIED if "毒" in path else assessment.reason == f"{path} id"


def test_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    done = dict(in_processes(tmp_path, ["a", "毒", "b"], None, 2, dies_once))
    assert {path: one.reason for path, one in done.items()} == {"a": "a", "毒": "毒", "b": "b"}


def test_few_files_are_handed_out_at_a_time(tmp_path: Path) -> None:
    taken = 0

    def paths() -> Iterator[str]:
        nonlocal taken
        for number in range(60):
            taken += 1
            yield str(number)

    most = 2 * WAITING_FOR_EACH
    for place, _ in enumerate(in_processes(tmp_path, paths(), None, 2, never_ends_early), 1):
        assert taken <= place + most
    assert place == 60


def test_whoever_stops_listening_stops_the_workers(tmp_path: Path) -> None:
    paths = [str(number) for number in range(500)]
    results = in_processes(tmp_path, paths, None, 2, never_ends_early)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.glob("*.begun"))) < 2 * 2 * WAITING_FOR_EACH
