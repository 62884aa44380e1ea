"""The settings file: `xlwings.conf` at the top of the repository is the one source.

It is rendered to two places: `jixiao install` writes it to the user's own folder, the only place
where Excel looks (``addin/vba/JxHost.bas``), and `jixiao new` puts it beside a workbook for those
who work with xlwings' own add-in. Installed, the source lies among the data files of the
distribution; in a checkout, at its top.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from jixiao.ooxml import PackageError

FOLDER = ".jixiao"
"""The folder in the user's profile that holds the settings and the connection DLLs."""

FILE = "jixiao.conf"
"""The name of the rendered settings in that folder."""

_SOURCE = "xlwings.conf"


def settings_source() -> Path:
    """Where the unrendered settings file lies; raises FileNotFoundError where it is nowhere."""
    checkout = Path(__file__).resolve().parents[2] / _SOURCE
    if checkout.is_file():
        return checkout
    try:
        files = metadata.files("jixiao") or ()
    except metadata.PackageNotFoundError:
        files = ()
    for file in files:
        if file.name == _SOURCE:
            return Path(str(file.locate())).resolve()
    raise FileNotFoundError(2, "找不到设置文件，请重新安装 jixiao", _SOURCE)


def rendered_settings(
    interpreter: str | None = None, dll_folder: Path | None = None, encoding: str | None = None
) -> bytes:
    """The settings as Excel reads them, by default for this interpreter and this user.

    In the system's ANSI code page, without a byte order mark; lines end in CR LF, because VBA
    takes a file with LF alone for one line. PackageError where the source is missing or a path
    has a character that the code page lacks.
    """
    try:
        text = settings_source().read_text("ascii")
    except OSError as error:
        raise PackageError(f"找不到设置文件“{_SOURCE}”，请重新安装 jixiao") from error
    folder = Path.home() / FOLDER if dll_folder is None else dll_folder
    for placeholder, path in (
        ("{interpreter}", sys.executable if interpreter is None else interpreter),
        ("{dll}", str(folder)),
    ):
        text = text.replace(placeholder, path)
    return _encoded(text.replace("\n", "\r\n"), encoding or ansi_encoding())


def ansi_encoding() -> str:
    """What this system's ANSI code page is called; off Windows there is none but UTF-8."""
    return "mbcs" if sys.platform == "win32" else "utf-8"


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        raise PackageError(
            f"路径里的“{text[error.start : error.end]}”不在系统的 ANSI 编码里，Excel 读不出。"
            "请在 Windows 的“区域”→“管理”→“更改系统区域设置”里选中文（简体），"
            "或把 Python 装到纯英文路径，再运行 jixiao install"
        ) from error
