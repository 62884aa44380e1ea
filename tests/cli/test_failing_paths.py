"""Files and folders that cannot be used: exit code 1 and the reason in Chinese."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.process import english_in
from conftest import Command, Ran
from workbook.books import BOOK_NAME, CASE, RUBRIC, seed_book

LONG = "长" * 100  # 300 bytes; 255 is what file systems take
UNTRUE = "已写入的文件不受影响"


def refused(ran: Ran, folder: Path, *known: object) -> None:
    """Exit code 1, nothing on stdout, nothing but Chinese on stderr, no talk of a display."""
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip()
    assert english_in(ran.err, folder, *known) == []
    assert "Traceback" not in ran.err
    assert "没有全部显示" not in ran.err, "a fault of a file is told as one of the display"
    assert UNTRUE not in ran.err


@pytest.mark.parametrize("command", ["new", "demo", "build"])
@pytest.mark.parametrize(
    ("target", "words"),
    [("文件", "建不了"), ("文件/下级", "不是文件夹"), (LONG, "文件名过长")],
    ids=["file", "below a file", "long"],
)
def test_folder_that_cannot_be_made(
    jixiao: Command, tmp_path: Path, command: str, target: str, words: str
) -> None:
    (tmp_path / "文件").write_bytes(b"mine")
    ran = jixiao(command, tmp_path / target)
    refused(ran, tmp_path)
    assert words in ran.err
    assert [item.name for item in tmp_path.iterdir()] == ["文件"]
    assert (tmp_path / "文件").read_bytes() == b"mine"


@pytest.mark.parametrize("command", ["new", "demo", "build"])
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EIO])
def test_folder_that_the_system_refuses(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, number: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", fail)
    ran = jixiao(command, tmp_path / "新")
    monkeypatch.undo()
    refused(ran, tmp_path)
    assert "建不了" in ran.err


@pytest.mark.parametrize("command", ["fill", "score", "explain"])
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("没有.xlsx", "找不到文件"),
        ("没有/没有.xlsx", "找不到文件"),
        (f"{BOOK_NAME}/表.xlsx", "不是文件夹"),
        ("夹.xlsx", "文件夹"),
        (f"{LONG}.xlsx", "文件名过长"),
        ("a\0b.xlsx", "不能用的字符"),
        ("圈.xlsx", "无法读取"),
        ("管道.xlsx", "不是普通文件"),
    ],
    ids=["none", "no folder", "below a file", "folder", "long", "nul", "loop", "pipe"],
)
def test_workbook_that_cannot_be_read(
    jixiao: Command, seed_path: Path, command: str, target: str, words: str
) -> None:
    folder = seed_path.parent
    (folder / "夹.xlsx").mkdir()
    (folder / "圈.xlsx").symlink_to("圈.xlsx")
    os.mkfifo(folder / "管道.xlsx")
    before = sorted(os.listdir(folder))
    ran = jixiao(command, folder / target, *(["5"] if command == "explain" else []))
    refused(ran, folder, "a\0b")
    assert words in ran.err
    assert sorted(os.listdir(folder)) == before


@pytest.mark.parametrize("length", range(76, 85))
def test_name_so_long_that_its_backup_has_no_room(
    jixiao: Command, tmp_path: Path, length: int
) -> None:
    """Either it is filled and backed up, or the reason is the name and nothing is changed."""
    path = tmp_path / f"{'长' * (length - 1)}{'x' * (length % 3)}.xlsx"
    path.write_bytes(seed_book())
    ran = jixiao("fill", path)
    if ran.code == 0:
        assert len(list(tmp_path.iterdir())) == 2
        return
    refused(ran, tmp_path, path.stem)
    assert "文件名过长" in ran.err
    assert path.read_bytes() == seed_book()
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", [CASE.file, CASE.file.replace(".xlsx", "-已评分.xlsx")])
def test_demo_onto_a_folder_of_the_name_of_its_file(
    jixiao: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).mkdir()
    ran = jixiao("demo", tmp_path)
    refused(ran, tmp_path)
    assert "文件夹" in ran.err


def test_new_onto_a_folder_of_the_name_of_its_workbook(jixiao: Command, tmp_path: Path) -> None:
    (tmp_path / f"{RUBRIC.file}.xlsx").mkdir()
    refused(jixiao("new", tmp_path), tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == [f"{RUBRIC.file}.xlsx"]


def failing(path: Path, number: int) -> Callable[[Path], bytes]:
    real = Path.read_bytes

    def read(self: Path) -> bytes:
        if self == path:
            raise OSError(number, os.strerror(number), str(self))
        return real(self)

    return read


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_output_that_cannot_be_read_for_its_backup(
    jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    out = seed_path.with_name("结果.xlsx")
    out.write_bytes(b"old")
    monkeypatch.setattr(Path, "read_bytes", failing(out, number))
    ran = jixiao("fill", seed_path, "-o", out)
    monkeypatch.undo()
    refused(ran, seed_path.parent)
    assert out.read_bytes() == b"old"
    assert sorted(os.listdir(seed_path.parent)) == sorted([seed_path.name, out.name])
