"""``jixiao batch``: what it prints, how far it says it is, what it refuses."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from batch.folders import book, put, waiting_book
from cli.process import english_in, python, spawn
from cli.test_imports import _PROGRAM, HEAVY
from conftest import Command
from jixiao.cli import progress as progress_module
from jixiao.cli.progress import progress


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "表", 甲=book("甲局"), 乙=waiting_book("乙局"), 坏=b"")


def test_says_what_came_of_the_files_and_where(
    jixiao: Command, folder: Path, tmp_path: Path
) -> None:
    output, page = tmp_path / "总表.xlsx", tmp_path / "总表.html"
    ran = jixiao("batch", folder, "-o", output, "--html", page)
    assert ran.code == 0
    assert "共3个文件，2张自评表：1张有总分，1张没有总分" in ran.out
    assert "有1个文件未能读取" in ran.out
    assert str(output) in ran.out
    assert str(page) in ran.out
    assert output.exists()
    assert page.exists()
    assert english_in(ran.out, tmp_path, "sqlite") == []


def test_summary_is_written_here_where_nothing_else_is_said(folder: Path, tmp_path: Path) -> None:
    ran = spawn("batch", "表", cwd=tmp_path)
    assert (ran.code, "已做3/3个文件" in ran.err) == (0, True)
    assert (tmp_path / "汇总.xlsx").exists()
    assert spawn("batch", "表", cwd=tmp_path).err.startswith("3个文件上次已做完")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--workers", "0"], "应为 1 至 60 的整数"),
        (["--workers", "两"], "应为 1 至 60 的整数"),
        (["--workers", "61"], "应为 1 至 60 的整数"),
    ],
)
def test_wrong_number_of_workers_is_a_wrong_call(
    jixiao: Command, folder: Path, arguments: list[str], words: str
) -> None:
    ran = jixiao("batch", folder, *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_missing_folder_is_said(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("batch", tmp_path / "没有", "-o", tmp_path / "汇总.xlsx")
    assert (ran.code, ran.out) == (1, "")
    assert "没有文件夹" in ran.err


def test_without_dask_the_extra_is_named(
    jixiao: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "jixiao.batch.cluster", raising=False)
    ran = jixiao("batch", folder, "-o", tmp_path / "汇总.xlsx", "--scheduler", "tcp://x:1")
    assert ran.code == 1
    assert "jixiao[cluster]" in ran.err


def test_dask_is_loaded_for_a_cluster_only(folder: Path, tmp_path: Path) -> None:
    ran = python("-c", _PROGRAM, "batch", folder, "-o", tmp_path / "汇总.xlsx", cwd=tmp_path)
    assert '"distributed"' not in ran.err
    assert '"dask"' not in ran.err


def test_other_commands_load_nothing_of_a_batch(folder: Path) -> None:
    ran = python("-c", _PROGRAM, "score", folder / "甲.xlsx", "--json", cwd=folder)
    assert not any(f'"{name}"' in ran.err for name in HEAVY | {"sqlite3", "distributed"})


def test_lines_come_now_and_then_with_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress_module, "monotonic", lambda: now[0])
    with progress(10_000, 0) as advance:
        for _ in range(400):
            now[0] += 0.1
            advance()
    # One line 30 s after the beginning: 300 done, 9,700 left at 0.1 s each.
    assert capsys.readouterr().err == "已做300/10000个文件，约剩16分10秒\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0秒"), (59.6, "1分0秒"), (61, "1分1秒"), (3_600, "1小时0分"), (7_384, "2小时3分")],
)
def test_durations_are_words(seconds: float, words: str) -> None:
    assert progress_module._duration(seconds) == words


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_a_terminal_gets_a_bar_with_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, child = os.openpty()
    with open(child, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "100")
        with progress(4, 0) as advance:
            for _ in range(4):
                advance()
    shown = _all_of(parent)
    assert "评分和审核" in shown
    assert "4/4" in shown
    assert "约剩" in shown


def _all_of(terminal: int) -> str:
    """What was written to a terminal whose other end is closed; one read may give a part of it."""
    read = []
    with suppress(OSError):  # the end is told by an error
        while part := os.read(terminal, 65_536):
            read.append(part)
    os.close(terminal)
    return b"".join(read).decode("utf-8", "ignore")


def test_no_standard_error_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with progress(1, 1) as advance:
        advance()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
