import errno
import os
import stat
from pathlib import Path

import pytest

from jixiao.ooxml import PackageError, save_atomically

NEW, OLD = "新内容".encode(), b"old"


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_file_is_written_with_usual_permissions(tmp_path: Path) -> None:
    path, usual = tmp_path / "自评表.xlsx", tmp_path / "usual"
    usual.touch()
    save_atomically(NEW, path)
    assert path.read_bytes() == NEW
    assert path.stat().st_mode == usual.stat().st_mode
    assert names_in(tmp_path) == {"自评表.xlsx", "usual"}


def test_an_existing_file_passes_on_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)
    path.chmod(0o640)
    save_atomically(NEW, path)
    assert path.read_bytes() == NEW
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_long_chinese_name_leaves_room_for_the_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / ("绩" * 83 + ".xlsx")
    save_atomically(NEW, path)
    assert path.read_bytes() == NEW


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need privileges on Windows")
def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "a.xlsx", tmp_path / "folder" / "link.xlsx"
    target.write_bytes(OLD)
    link.parent.mkdir()
    link.symlink_to(target)
    save_atomically(NEW, link)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    ("function", "error", "why"),
    [
        ("fsync", OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        ("fsync", OSError(errno.EIO, "Input/output error"), "磁盘读写出错"),
        ("replace", PermissionError(errno.EACCES, "in use"), "没有写入权限"),
    ],
)
def test_on_failure_the_old_file_is_whole_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, error: OSError, why: str
) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(OLD)

    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, function, failing)
    with pytest.raises(PackageError, match=f"“自评表.xlsx”保存失败：.*{why}"):
        save_atomically(NEW, path)
    assert path.read_bytes() == OLD
    assert names_in(tmp_path) == {"自评表.xlsx"}


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_atomically(NEW, tmp_path / "a.xlsx")
    assert names_in(tmp_path) == set()


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)
    # Root may write everywhere, so the answer of the system is given here.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PackageError, match="只读"):
        save_atomically(NEW, path)
    assert path.read_bytes() == OLD


def test_a_missing_folder_and_a_folder_as_target_are_told(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"文件夹“.*无”不存在"):
        save_atomically(NEW, tmp_path / "无" / "a.xlsx")
    (tmp_path / "file").touch()
    with pytest.raises(PackageError, match="不存在"):
        save_atomically(NEW, tmp_path / "file" / "a.xlsx")
    with pytest.raises(PackageError, match="是文件夹"):
        save_atomically(NEW, tmp_path)
    assert names_in(tmp_path) == {"file"}
