"""What counts as a workbook of the folder, and what does not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from jixiao.batch.listing import FoundFile, workbooks_below


def listed(folder: Path) -> set[str]:
    return {file.path.replace(os.sep, "/") for file in workbooks_below(folder)}


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_every_kind_of_table_is_found_at_any_depth(tmp_path: Path) -> None:
    names = {"a.xlsx", "甲/b.XLSM", "甲/乙/c.xls", "甲/乙/d.ods", "e.docx", "f.xlsb"}
    touch(tmp_path, *names)
    assert listed(tmp_path) == names


def test_what_cannot_be_read_is_listed_all_the_same(tmp_path: Path) -> None:
    touch(tmp_path, "a.et", "b.doc", "c.wps")
    assert listed(tmp_path) == {"a.et", "b.doc", "c.wps"}


@pytest.mark.parametrize(
    "name",
    [
        "~$自评表.xlsx",
        ".~lock.自评表.xlsx#",
        ".hidden.xlsx",
        "自评表.bak.xlsx",
        "自评表.bak12.xlsm",
        ".jixiao-0123.tmp",
        "说明.txt",
        "汇总.html",
        "汇总.进度.sqlite",
    ],
)
def test_left_out(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    assert listed(tmp_path) == set()


@pytest.mark.parametrize("name", ["自评表.bak.old.xlsx", "bak.xlsx", "自评表bak.xlsx"])
def test_what_only_looks_like_a_backup_counts(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name)
    assert listed(tmp_path) == {name}


def test_copy_with_formulas_counts_only_without_its_original(tmp_path: Path) -> None:
    touch(tmp_path, "甲.xlsm", "甲-含公式.xlsm", "乙-含公式.xlsm")
    assert listed(tmp_path) == {"甲.xlsm", "乙-含公式.xlsm"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "表"
    touch(folder, "a.xlsx", "甲/b.xlsx")
    touch(tmp_path, "elsewhere/c.xlsx")
    (folder / "甲" / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "elsewhere").symlink_to(tmp_path / "elsewhere")
    assert listed(folder) == {"a.xlsx", "甲/b.xlsx"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    touch(tmp_path, "表/a.xlsx")
    (tmp_path / "link").symlink_to(tmp_path / "表")
    assert listed(tmp_path / "link") == {"a.xlsx"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_to_nothing_is_heard_of(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "gone.xlsx")
    assert list(workbooks_below(tmp_path)) == [FoundFile("a.xlsx", -1, -1)]


def test_a_folder_named_like_a_workbook_is_a_folder(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx/b.xlsx")
    assert listed(tmp_path) == {"a.xlsx/b.xlsx"}


def test_hundreds_of_folders_deep(tmp_path: Path) -> None:
    depth = 300
    inner = tmp_path.joinpath(*["d"] * depth)
    inner.mkdir(parents=True)
    (inner / "a.xlsx").write_bytes(b"x")
    assert listed(tmp_path) == {"d/" * depth + "a.xlsx"}


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(workbooks_below(tmp_path / "gone"))


def test_size_and_time_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "a.xlsx")
    status = (tmp_path / "a.xlsx").stat()
    assert list(workbooks_below(tmp_path)) == [FoundFile("a.xlsx", 1, status.st_mtime_ns)]
