from pathlib import Path

import pytest

from jixiao.ooxml import locks, open_elsewhere

NAME = "自评表.xlsx"


def excel_owner_file(user: str) -> bytes:
    """Return what Excel leaves beside an open file: 165 bytes, the user twice."""
    narrow = user.encode("gbk")
    head = bytes([len(narrow)]) + narrow
    wide = len(user).to_bytes(2, "little") + user.encode("utf-16-le")
    return (head.ljust(55) + wide).ljust(165, b"\x20")


def test_without_a_lock_file_nobody_has_the_file_open(tmp_path: Path) -> None:
    assert open_elsewhere(tmp_path / NAME) is None


def test_a_name_too_long_for_a_lock_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / ("绩" * 83 + ".xlsx")
    path.touch()
    assert open_elsewhere(path) is None


def test_the_user_in_excels_owner_file_is_named(tmp_path: Path) -> None:
    (tmp_path / f"~${NAME}").write_bytes(excel_owner_file("张三"))
    description = open_elsewhere(tmp_path / NAME)
    assert description is not None
    assert "Excel 或 WPS 打开（用户：张三）" in description
    assert f"~${NAME}" in description


@pytest.mark.parametrize("content", [b"", b"\x04abc", bytes(55) + b"\xff\xff" + b"x" * 200])
def test_an_owner_file_that_cannot_be_understood_still_counts(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / f"~${NAME}").write_bytes(content)
    description = open_elsewhere(tmp_path / NAME)
    assert description is not None
    assert "用户" not in description


def test_an_owner_file_that_cannot_be_read_still_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"~${NAME}").write_bytes(excel_owner_file("张三"))

    def denied(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "Excel" in (open_elsewhere(tmp_path / NAME) or "")


@pytest.mark.parametrize(
    ("line", "user"),
    [
        (",admin,pc1,22.11.2024 13:45,file:///home/a;", "（用户：admin）"),
        ("李四,admin,pc1,22.11.2024 13:45,file:///home/a;", "（用户：李四）"),
        ("", ""),
    ],
)
def test_the_user_in_libreoffices_lock_file_is_named(tmp_path: Path, line: str, user: str) -> None:
    (tmp_path / f".~lock.{NAME}#").write_text(line, encoding="utf-8")
    assert f"LibreOffice 打开{user}；" in (open_elsewhere(tmp_path / NAME) or "")


@pytest.mark.parametrize(
    ("error", "writable", "shared"),
    [
        (PermissionError(13, "in use"), True, True),
        (PermissionError(13, "read-only"), False, False),
        (OSError(5, "input/output"), True, False),
    ],
)
def test_a_file_that_windows_will_not_open_although_it_is_writable_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, writable: bool, shared: bool
) -> None:
    path = tmp_path / NAME

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(locks, "_ON_WINDOWS", True)
    monkeypatch.setattr(locks.os, "access", lambda *_: writable)
    monkeypatch.setattr(Path, "open", refused)
    assert (open_elsewhere(path) is not None) is shared
