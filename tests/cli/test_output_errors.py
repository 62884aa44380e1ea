"""Output that cannot be shown: the files are written all the same, and nobody says otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.process import Finished, english_in, environment, python
from jixiao.workbook import names
from workbook.books import CASE, by_calamine, seed_book

FULL = Path("/dev/full")
NOTHING_WRITTEN = "没有写入"

needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
needs_sh = pytest.mark.skipif(os.name == "nt", reason="sh closes the streams")


def to_full(*arguments: object, cwd: Path) -> Finished:
    with FULL.open("wb") as full:
        return python("-m", "jixiao", *arguments, cwd=cwd, stdout=full.fileno())


def to_closed_pipe(*arguments: object, cwd: Path) -> Finished:
    """Run the program with a reader of its output that is gone already."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return python("-m", "jixiao", *arguments, cwd=cwd, stdout=writing)
    finally:
        os.close(writing)


def without(stream: str, *arguments: str, cwd: Path) -> Finished:
    """Run the program with stdout (1) or stderr (2) closed before it starts."""
    finished = subprocess.run(
        ["sh", "-c", f'exec "$@" {stream}>&-', "sh", sys.executable, "-m", "jixiao", *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Finished(finished.returncode, finished.stdout, finished.stderr)


def assert_told_in_chinese(ran: Finished) -> None:
    assert NOTHING_WRITTEN not in ran.err
    assert "没有全部显示" in ran.err
    assert english_in(ran.err) == []
    assert ran.code == 1


def assert_filled(path: Path) -> None:
    assert by_calamine(path.read_bytes(), names.TOTAL) == 97.59
    assert path.with_name("自评表.bak.xlsx").read_bytes() == seed_book()


@needs_full
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["words", "json"])
def test_full_disk_behind_stdout_after_a_fill(seed_path: Path, options: list[str]) -> None:
    ran = to_full("fill", seed_path.name, *options, cwd=seed_path.parent)
    assert_told_in_chinese(ran)
    assert_filled(seed_path)


@needs_full
def test_full_disk_behind_stdout_after_the_demo(tmp_path: Path) -> None:
    ran = to_full("demo", "演示", cwd=tmp_path)
    assert_told_in_chinese(ran)
    # Of each of two cases: the inputs, the scored workbook, the report.
    assert len(list((tmp_path / "演示").iterdir())) == 2 * 3


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["words", "json"])
def test_reader_that_is_gone_after_a_fill(seed_path: Path, options: list[str]) -> None:
    ran = to_closed_pipe("fill", seed_path.name, *options, cwd=seed_path.parent)
    assert_told_in_chinese(ran)
    assert_filled(seed_path)


def test_reader_that_is_gone_during_score(seed_path: Path) -> None:
    ran = to_closed_pipe("score", seed_path.name, cwd=seed_path.parent)
    assert english_in(ran.err) == []
    assert seed_path.read_bytes() == seed_book()


@needs_sh
def test_fill_without_stdout_fills(seed_path: Path) -> None:
    ran = without("1", "fill", seed_path.name, cwd=seed_path.parent)
    assert_filled(seed_path)
    assert english_in(ran.err) == []
    assert NOTHING_WRITTEN not in ran.err


@needs_sh
def test_demo_without_stdout_leaves_both_files(tmp_path: Path) -> None:
    ran = without("1", "demo", "演示", cwd=tmp_path)
    assert english_in(ran.err) == []
    scored = tmp_path / "演示" / CASE.file.replace(".xlsx", "-已评分.xlsx")
    assert by_calamine(scored.read_bytes(), names.TOTAL) == 97.59


@needs_sh
def test_fill_without_stderr_fills(seed_path: Path) -> None:
    ran = without("2", "fill", seed_path.name, cwd=seed_path.parent)
    assert (ran.code, ran.err) == (0, "")
    assert_filled(seed_path)


@needs_sh
def test_refusal_without_stderr_still_has_its_exit_code(seed_path: Path) -> None:
    seed_path.write_bytes(b"")
    ran = without("2", "fill", seed_path.name, "--json", cwd=seed_path.parent)
    assert (ran.code, ran.out) == (1, "")
