"""A run over a folder: what is done, what is done again, what an interruption costs."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import openpyxl
import pytest

from batch.folders import Counting, book, put, summed_up, table, unseen, waiting_book, wrong_book
from cli.process import environment
from jixiao.batch import journal as journal_module
from jixiao.batch.running import Order, run
from jixiao.scoring import RubricError
from jixiao.workbook.errors import BookError
from template.built import TEXT as TEXT_OF_RUBRIC


def order(tmp_path: Path) -> Order:
    return Order(tmp_path / "表", tmp_path / "汇总.xlsx")


@pytest.fixture
def five(tmp_path: Path) -> Order:
    put(tmp_path / "表", **{name: book(f"{name}局", n) for n, name in enumerate("甲乙丙丁戊", 1)})
    return order(tmp_path)


def units(output: Path) -> list[object]:
    return [row["单位"] for row in table(openpyxl.load_workbook(output)["排名"])]


def test_second_run_does_nothing_again(five: Order) -> None:
    first, second = Counting(), Counting()
    run(five, first)
    run(five, second)
    assert (first.total, first.done, first.done_before) == (5, 5, 0)
    assert (second.total, second.done, second.done_before) == (0, 0, 5)


def test_changed_file_is_done_anew_and_no_other(five: Order) -> None:
    run(five, unseen)
    path = five.folder / "丙.xlsx"
    path.write_bytes(book("改过的局"))
    os.utime(path, ns=(1, 1))
    again = Counting()
    run(five, again)
    assert (again.done, again.done_before) == (1, 4)
    assert "改过的局" in units(five.output)
    assert "丙局" not in units(five.output)


def test_same_size_with_another_time_is_done_anew(five: Order) -> None:
    run(five, unseen)
    os.utime(five.folder / "丙.xlsx", ns=(1, 1))
    again = Counting()
    run(five, again)
    assert again.done == 1


def test_deleted_file_is_gone_and_new_one_is_there(five: Order) -> None:
    run(five, unseen)
    (five.folder / "甲.xlsx").unlink()
    put(five.folder / "新", 己=book("己局"))
    again = Counting()
    run(five, again)
    assert again.done == 1
    assert set(units(five.output)) == {"乙局", "丙局", "丁局", "戊局", "己局"}


def test_another_version_or_standard_or_folder_does_all_anew(
    five: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(five, unseen)
    moved = tmp_path / "移走"
    shutil.copytree(five.folder, moved)
    for other in (five._replace(rubric_id="panyu-department-2023"), five._replace(folder=moved)):
        again = Counting()
        run(other, again)
        assert again.done == 5
    monkeypatch.setattr("jixiao.batch.running.__version__", "9.9")
    again = Counting()
    run(five._replace(folder=moved), again)
    assert again.done == 5


def test_edited_standard_of_ones_own_does_all_anew(five: Order, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(TEXT_OF_RUBRIC, "utf-8")
    mine = five._replace(rubric_id=str(own))
    run(mine, unseen)
    own.write_text(TEXT_OF_RUBRIC + "\n# changed\n", "utf-8")
    again = Counting()
    run(mine, again)
    assert again.done == 5


def test_interrupted_run_goes_on_where_it_was(five: Order) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(five, Counting(stop_after=2))
    assert not five.output.exists()
    rest = Counting()
    run(five, rest)
    assert (rest.done, rest.done_before) == (3, 2)
    assert len(units(five.output)) == len(set(units(five.output))) == 5


def test_interrupted_and_whole_run_give_the_same_summary(five: Order, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(five, Counting(stop_after=3))
    run(five, unseen)
    whole = five._replace(output=tmp_path / "whole.xlsx")
    run(whole, unseen)
    ours, theirs = (openpyxl.load_workbook(path) for path in (five.output, whole.output))
    assert ours.sheetnames == theirs.sheetnames
    for name in ours.sheetnames:
        assert list(ours[name].values) == list(theirs[name].values)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_run_loses_nothing_and_does_nothing_twice(tmp_path: Path, workers: str) -> None:
    names = [f"单位{number:03d}" for number in range(120)]
    put(tmp_path / "表", **{name: book(name, number % 3) for number, name in enumerate(names)})
    target = order(tmp_path)
    command = [sys.executable, "-m", "jixiao", "batch", target.folder, "-o", target.output]
    running = subprocess.Popen(
        [*map(str, command), "--workers", workers],
        env=environment(),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for_first_commit(target.journal)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not target.output.exists()
    rest = Counting()
    run(target, rest)
    # Killed in the middle of a commit, that commit is undone as a whole: perhaps all there was.
    assert rest.done_before < 120
    assert rest.done == 120 - rest.done_before
    assert sorted(map(str, units(target.output))) == names


def wait_for_first_commit(path: Path) -> None:
    """Until a rollback journal has come and gone after the list of files was committed."""
    end = monotonic() + 60
    while monotonic() < end:
        if path.exists() and path.stat().st_size > 60_000:
            return
        sleep(0.02)
    pytest.fail("the run recorded nothing")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_ctrl_c_is_answered_in_chinese_and_leaves_no_process(tmp_path: Path) -> None:
    names = [f"单位{number:03d}" for number in range(150)]
    put(tmp_path / "表", **{name: book("同一个局") for name in names})
    target = order(tmp_path)
    command = [sys.executable, "-m", "jixiao", "batch", target.folder, "-o", target.output]
    running = subprocess.Popen(
        [*map(str, command), "--workers", "2"],
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for_first_commit(target.journal)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "已中断" in errors.decode()
    assert "Traceback" not in errors.decode()
    end = monotonic() + 20
    while alive_in_group(running.pid):
        assert monotonic() < end, "a process stayed"
        sleep(0.1)


def alive_in_group(group: int) -> list[int]:
    """The processes of a group that have not ended; ended ones may wait to be collected."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = status.read_text().split(" (")[0], status.read_text().rpartition(") ")[2]
        except OSError:
            continue
        state, _, process_group = rest.split()[:3]
        if int(process_group) == group and state != "Z":
            found.append(int(pid))
    return found


def test_torn_journal_keeps_what_was_committed(
    five: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut in the middle of a commit: the data file half written, the old pages beside."""
    monkeypatch.setattr(journal_module, "_SECONDS_BETWEEN_COMMITS", 0.0)
    with pytest.raises(KeyboardInterrupt):
        run(five, Counting(stop_after=2))
    database = sqlite3.connect(five.journal, isolation_level=None)
    database.execute("PRAGMA cache_size = 1")
    database.execute("BEGIN EXCLUSIVE")
    database.execute("UPDATE files SET done = NULL, reason = hex(zeroblob(50000))")
    torn, old_pages = five.journal.read_bytes(), Path(f"{five.journal}-journal").read_bytes()
    database.execute("ROLLBACK")
    database.close()
    five.journal.write_bytes(torn)
    Path(f"{five.journal}-journal").write_bytes(old_pages)
    rest = Counting()
    run(five, rest)
    assert (rest.done, rest.done_before) == (3, 2)


def test_second_run_at_the_same_time_is_refused(five: Order) -> None:
    with journal_module.Journal(five.journal, "stamp"), pytest.raises(BookError, match="正在使用"):
        run(five, unseen)


def test_journal_that_is_none_is_refused_and_kept(five: Order) -> None:
    five.journal.write_bytes(b"not a database" * 1000)
    with pytest.raises(BookError, match="请删除它"):
        run(five, unseen)
    assert five.journal.read_bytes().startswith(b"not a database")


def test_bad_files_are_rows_with_reasons(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "表", 好=book("好局"), 空=b"", 坏=b"PK\3\4 nonsense", 文=b"\xd0\xcf\x11"
    )
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "图.docx").write_bytes(b"PK\3\4")
    summary = summed_up(folder, tmp_path / "汇总.xlsx")
    assert [row["单位"] for row in table(summary["排名"])] == ["好局"]
    unread = {row["文件"]: row["原因"] for row in table(summary["未能读取"])}
    assert unread.keys() == {"空.xlsx", "坏.xlsx", "文.xlsx", "旧.doc", "图.docx"}
    assert all(unread.values())


def test_wrong_and_waiting_tables_have_no_rank_but_a_reason(tmp_path: Path) -> None:
    put(tmp_path / "表", 甲=waiting_book("甲局"), 乙=wrong_book("乙局"), 丙=book("丙局"))
    rows = table(summed_up(tmp_path / "表", tmp_path / "汇总.xlsx")["排名"])
    found = {row["单位"]: (row["排名"], row["总分"], row["没有排名的原因"]) for row in rows}
    assert found["丙局"] == (1, 97.59, None)
    assert found["甲局"] == (None, None, "待填1项")
    assert found["乙局"] == (None, None, "填写有误1处，见问题清单")


def test_own_outputs_are_not_scored(five: Order) -> None:
    inside = five._replace(output=five.folder / "汇总.xlsx", page=five.folder / "汇总.html")
    run(inside, unseen)
    run(inside._replace(output=five.folder / "另一份.xlsx"), unseen)
    again = openpyxl.load_workbook(five.folder / "另一份.xlsx")
    assert len(table(again["排名"])) == 5
    assert table(again["未能读取"]) == []


def test_a_strangers_file_is_not_replaced(five: Order) -> None:
    target = five._replace(output=five.folder / "甲.xlsx")
    before = target.output.read_bytes()
    with pytest.raises(BookError, match="不会覆盖"):
        run(target, unseen)
    page = five.output.with_name("网页.html")
    page.write_text("<html>", "utf-8")
    with pytest.raises(BookError, match="不会覆盖"):
        run(five._replace(page=page), unseen)
    assert target.output.read_bytes() == before
    assert page.read_text("utf-8") == "<html>"
    assert not five.journal.exists()


def test_notes_written_into_the_summary_are_kept_aside(five: Order) -> None:
    run(five, unseen)
    run(five, unseen)
    assert not five.output.with_name("汇总.bak.xlsx").exists()
    noted = openpyxl.load_workbook(five.output)
    noted["排名"]["A20"] = "领导批示"
    noted.save(five.output)
    run(five, unseen)
    kept = openpyxl.load_workbook(five.output.with_name("汇总.bak.xlsx"))
    assert kept["排名"]["A20"].value == "领导批示"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"folder": Path("没有的文件夹")}, "没有文件夹"),
        ({"output": Path("汇总.xls")}, ".xlsx"),
        ({"output": Path("没有的文件夹/汇总.xlsx")}, "请先建好"),
        ({"page": Path("汇总.htm")}, ".html"),
    ],
)
def test_wrong_orders_are_refused_before_anything_is_done(
    five: Order, change: dict[str, Path], words: str
) -> None:
    with pytest.raises(BookError, match=words):
        run(five._replace(**change), unseen)
    assert not five.journal.exists()


def test_unknown_standard_is_refused(five: Order) -> None:
    with pytest.raises(RubricError, match="现有"):
        run(five._replace(rubric_id="1999"), unseen)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_name_that_is_no_text_is_done_and_shown(tmp_path: Path) -> None:
    folder = put(tmp_path / "表", 甲=book("甲局"))
    os.rename(folder / "甲.xlsx", os.path.join(os.fsencode(folder), b"\xff.xlsx"))
    (row,) = table(summed_up(folder, tmp_path / "汇总.xlsx")["排名"])
    assert (row["单位"], row["文件"]) == ("甲局", "?.xlsx")
