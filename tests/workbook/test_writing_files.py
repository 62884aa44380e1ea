"""Files: backups, other outputs, locks, and failures while saving."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from conftest import Command, Ran
from jixiao.workbook import names
from workbook.books import by_calamine, seed_book, with_values

BACKUP = "自评表.bak.xlsx"


def names_in(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_backup_holds_the_old_bytes(jixiao: Command, seed_path: Path) -> None:
    ran = jixiao("fill", seed_path)
    assert names_in(seed_path.parent) == sorted([BACKUP, seed_path.name])
    assert seed_path.with_name(BACKUP).read_bytes() == seed_book()
    assert BACKUP in ran.out


def test_filling_again_makes_no_second_backup(jixiao: Command, seed_path: Path) -> None:
    jixiao("fill", seed_path)
    once = {item.name: item.read_bytes() for item in seed_path.parent.iterdir()}
    ran = jixiao("fill", seed_path)
    assert {item.name: item.read_bytes() for item in seed_path.parent.iterdir()} == once
    assert "备份" not in ran.out


def test_later_backup_does_not_replace_an_earlier_one(jixiao: Command, seed_path: Path) -> None:
    jixiao("fill", seed_path)
    changed = with_values(seed_path.read_bytes(), {"audit_findings": None})
    seed_path.write_bytes(changed)
    jixiao("fill", seed_path)
    assert seed_path.with_name(BACKUP).read_bytes() == seed_book()
    assert seed_path.with_name("自评表.bak2.xlsx").read_bytes() == changed


def test_output_leaves_the_original_and_makes_no_backup(jixiao: Command, seed_path: Path) -> None:
    out = seed_path.with_name("已评分.xlsx")
    assert jixiao("fill", seed_path, "-o", out).code == 0
    assert seed_path.read_bytes() == seed_book()
    assert names_in(seed_path.parent) == sorted([seed_path.name, out.name])
    assert by_calamine(out.read_bytes(), names.TOTAL) == 97.59


def test_output_onto_another_file_keeps_that_as_a_backup(jixiao: Command, seed_path: Path) -> None:
    out = seed_path.with_name("结果.xlsx")
    out.write_bytes(b"old")
    assert jixiao("fill", seed_path, "-o", out).code == 0
    assert seed_path.with_name("结果.bak.xlsx").read_bytes() == b"old"
    assert by_calamine(out.read_bytes(), names.TOTAL) == 97.59


def test_output_onto_the_workbook_itself_is_backed_up(jixiao: Command, seed_path: Path) -> None:
    assert jixiao("fill", seed_path, "-o", seed_path).code == 0
    assert seed_path.with_name(BACKUP).read_bytes() == seed_book()


def test_output_through_a_link_keeps_the_link(jixiao: Command, seed_path: Path) -> None:
    link = seed_path.with_name("链接.xlsx")
    link.symlink_to(seed_path.name)
    assert jixiao("fill", link).code == 0
    assert link.is_symlink()
    assert by_calamine(seed_path.read_bytes(), names.TOTAL) == 97.59


def assert_refused_in_chinese(ran: Ran, path: Path, before: list[str]) -> None:
    assert ran.code == 1
    assert path.read_bytes() == seed_book()
    assert names_in(path.parent) == before
    assert "没有写入任何文件" in ran.err
    assert_chinese(ran.err, path)


def assert_chinese(message: str, path: Path) -> None:
    """No sentence of the operating system in English, no traceback."""
    for words in ("Traceback", "directory", "denied", "Errno", "space", "error", "exists"):
        assert words not in message.replace(str(path.parent), "")


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("结果.xls", "扩展名应与原文件相同"),
        ("结果.xlsm", "扩展名应与原文件相同"),
        ("结果", "扩展名应与原文件相同"),
        ("没有/结果.xlsx", "不存在"),
        ("自评表.xlsx/结果.xlsx", "不存在"),
        ("文件夹", "扩展名"),
        ("文件夹.xlsx", "文件夹"),
        ("长" * 100 + ".xlsx", "名"),
    ],
)
def test_output_that_cannot_be_written_is_refused(
    jixiao: Command, seed_path: Path, out: str, words: str
) -> None:
    (seed_path.parent / "文件夹").mkdir()
    (seed_path.parent / "文件夹.xlsx").mkdir()
    before = names_in(seed_path.parent)
    ran = jixiao("fill", seed_path, "-o", seed_path.parent / out)
    assert_refused_in_chinese(ran, seed_path, before)
    assert words in ran.err


@pytest.mark.parametrize("lock", ["~$自评表.xlsx", ".~lock.自评表.xlsx#"])
def test_workbook_that_is_open_elsewhere_is_refused(
    jixiao: Command, seed_path: Path, lock: str
) -> None:
    seed_path.with_name(lock).write_text(",张三,pc,01.01.2024 10:00,file:///x;", "utf-8")
    before = names_in(seed_path.parent)
    ran = jixiao("fill", seed_path)
    assert_refused_in_chinese(ran, seed_path, before)
    assert "打开" in ran.err
    assert lock in ran.err


def test_lock_of_the_output_counts_and_not_that_of_the_source(
    jixiao: Command, seed_path: Path
) -> None:
    seed_path.with_name("~$自评表.xlsx").touch()
    out = seed_path.with_name("结果.xlsx")
    assert jixiao("fill", seed_path, "-o", out).code == 0
    out.with_name("~$结果.xlsx").touch()
    assert jixiao("fill", seed_path, "-o", out).code == 1


def failing(number: int) -> Callable[..., NoReturn]:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


FAILURES = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EDQUOT: "磁盘空间不足",
    errno.EIO: "原文件没有改动",
    errno.EBUSY: "原文件没有改动",
}


@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("number", FAILURES, ids=errno.errorcode.get)
def test_failure_while_saving_leaves_the_old_file_and_nothing_else(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    monkeypatch.setattr(os, call, failing(number))
    ran = jixiao("fill", seed_path)
    monkeypatch.undo()
    assert ran.code == 1
    assert seed_path.read_bytes() == seed_book()
    assert names_in(seed_path.parent) == [seed_path.name]
    assert FAILURES[number] in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("number", [errno.EIO, errno.EBUSY], ids=errno.errorcode.get)
def test_failure_while_saving_is_told_in_chinese(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "replace", failing(number))
    ran = jixiao("fill", seed_path)
    assert os.strerror(number) not in ran.err


def test_failure_after_the_backup_leaves_the_old_file_whole(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.replace, []

    def second_fails(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "full")
        real(source, target)

    monkeypatch.setattr(os, "replace", second_fails)
    ran = jixiao("fill", seed_path)
    assert ran.code == 1
    assert seed_path.read_bytes() == seed_book()
    assert set(names_in(seed_path.parent)) <= {seed_path.name, BACKUP}


def test_interruption_while_saving_leaves_the_old_file_and_nothing_else(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        jixiao("fill", seed_path)
    assert seed_path.read_bytes() == seed_book()
    assert names_in(seed_path.parent) == [seed_path.name]


def test_read_only_file_is_refused(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed_path.chmod(0o444)
    # Root may write to anything, so the answer of the system is given by hand.
    monkeypatch.setattr(os, "access", lambda path, *_: Path(path) != seed_path)
    ran = jixiao("fill", seed_path)
    assert ran.code == 1
    assert seed_path.read_bytes() == seed_book()
    assert "没有写入权限" in ran.err
    assert names_in(seed_path.parent) == [seed_path.name]


def test_folder_that_may_not_be_written_is_refused(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def guarded(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if "x" in mode or "w" in mode:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return real(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", guarded)
    ran = jixiao("fill", seed_path)
    monkeypatch.undo()
    assert ran.code == 1
    assert names_in(seed_path.parent) == [seed_path.name]
    assert "没有写入权限" in ran.err


def test_permissions_of_the_file_stay(jixiao: Command, seed_path: Path) -> None:
    seed_path.chmod(0o640)
    jixiao("fill", seed_path)
    assert seed_path.stat().st_mode & 0o777 == 0o640
