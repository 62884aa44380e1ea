"""The rendered settings: what VBA reads, in the encoding that it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from installing.machine import Machine
from jixiao.ooxml import PackageError
from jixiao.settings import rendered_settings

PYTHON = r"C:\用户 程序\Python 3.11\python.exe"
FOLDER = Path(r"C:\Users\张 三\.jixiao")


def rendered(encoding: str = "gbk", interpreter: str = PYTHON) -> bytes:
    return rendered_settings(interpreter, FOLDER, encoding)


def test_the_two_keys_that_excel_looks_up() -> None:
    lines = rendered().decode("gbk").split("\r\n")
    assert f'"INTERPRETER_WIN","{PYTHON}"' in lines
    assert f'"DLL","{FOLDER}"' in lines


def test_keys_are_those_of_the_host_module() -> None:
    host = (Path(__file__).parents[2] / "addin/vba/JxHost.bas").read_text("ascii")
    for key in ("INTERPRETER_WIN", "DLL"):
        assert f'Setting("{key}")' in host
    assert r"\.jixiao\jixiao.conf" in host


def test_code_page_936_has_two_bytes_a_character() -> None:
    assert b"C:\\Users\\\xd5\xc5 \xc8\xfd\\.jixiao" in rendered()


def test_no_byte_order_mark_no_empty_line_and_crlf_throughout() -> None:
    content = rendered()
    assert content.startswith(b'"INTERPRETER_WIN"')
    assert content.endswith(b'"\r\n')
    assert b"\r\n\r\n" not in content
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_character_that_the_code_page_lacks_is_named() -> None:
    with pytest.raises(PackageError, match="“😀”不在系统的 ANSI 编码里"):
        rendered(interpreter=r"C:\😀\python.exe")


def test_chinese_on_a_western_code_page_is_refused_and_not_garbled() -> None:
    with pytest.raises(PackageError, match="区域设置"):
        rendered("cp1252")


def test_missing_source_is_told_in_chinese(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.top / "xlwings.conf").unlink()
    with pytest.raises(PackageError, match="找不到设置文件"):
        rendered()
