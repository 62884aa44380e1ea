"""The settings as Excel will read them."""

from __future__ import annotations

import re
from pathlib import Path

from jixiao.installing.checks.finding import REINSTALL, Finding, Inspection, Topic

SETTINGS = Topic("settings", "设置文件")
INTERPRETER = Topic("settings_interpreter", "设置里的 Python")
DLL_FOLDER = Topic("settings_dll", "设置里的连接库文件夹")

_LINE = re.compile(r'"([^"]*)","([^"]*)"')
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def settings(inspection: Inspection) -> Finding:
    """Present, without a byte order mark, in the ANSI code page, every line a key and a value."""
    path = inspection.places.settings
    if not path.is_file():
        return SETTINGS.error(f"没有：{path}", REINSTALL)
    content = path.read_bytes()
    if content.startswith(_MARKS):
        return SETTINGS.error(f"开头有 BOM（被记事本另存过？），Excel 读不出：{path}", REINSTALL)
    fault = _fault(content, inspection.system.ansi)
    if fault:
        return SETTINGS.error(f"{fault}：{path}", REINSTALL)
    return SETTINGS.good(str(path))


def interpreter(inspection: Inspection) -> Finding:
    """The program that Excel will start."""
    found = _value(inspection, "INTERPRETER_WIN")
    if not found:
        return INTERPRETER.error("没有写明", REINSTALL)
    if not Path(found).is_file():
        return INTERPRETER.error(f"已经不在：{found}", REINSTALL)
    if found != inspection.system.interpreter:
        return INTERPRETER.note(
            f"Excel 用的是 {found}，现在运行的是 {inspection.system.interpreter}",
            f"要换成现在这个，{REINSTALL}",
        )
    return INTERPRETER.good(found)


def dll_folder(inspection: Inspection) -> Finding:
    """The folder that Excel will load the DLL from."""
    found = _value(inspection, "DLL")
    if not found or Path(found) != inspection.places.folder:
        return DLL_FOLDER.error(f"写的是“{found}”，应是 {inspection.places.folder}", REINSTALL)
    return DLL_FOLDER.good(found)


def _fault(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return "编码不是系统的 ANSI 编码"
    if "\n" in text.replace("\r\n", ""):
        return "行尾不是回车换行，Excel 读不出"
    for number, line in enumerate(text.removesuffix("\r\n").split("\r\n"), 1):
        if not _LINE.fullmatch(line):
            return f"第 {number} 行不是“键,值”"
    return None


def _value(inspection: Inspection, key: str) -> str:
    """One setting, as far as it can be read; "" where it cannot."""
    try:
        content = inspection.places.settings.read_bytes()
    except OSError:
        return ""
    text = content.decode(inspection.system.ansi, "replace")
    found = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return next((line[2] for line in found if line and line[1] == key), "")
