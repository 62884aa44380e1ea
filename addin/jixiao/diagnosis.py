"""What somebody who is to help a user has to know of this computer, as a text to be sent."""

from __future__ import annotations

import platform
import struct
import sys
from importlib import metadata
from pathlib import Path

from jixiao import __version__
from jixiao.hosts.host import Host
from jixiao.settings import FILE, FOLDER

_PACKAGES = ("xlwings", "pandas", "python-calamine", "XlsxWriter")
_REPORT = "诊断.txt"


def diagnosis(host: Host, last_error: str) -> str:
    """The facts, one a line; ``last_error`` is a traceback, or empty."""
    settings = Path.home() / FOLDER / FILE
    facts = {
        "jixiao": f"{__version__}（{Path(__file__).parent}）",
        "Python": f"{platform.python_version()}，{struct.calcsize('P') * 8}位",
        "解释器": sys.executable,
        **{name: _version(name) for name in _PACKAGES},
        "系统": platform.platform(),
        "表格程序": host.description,
        "工作簿": str(host.path),
        "设置文件": f"{settings}（{'有' if settings.is_file() else '没有'}）",
        "最近一次错误": last_error.strip() or "无",
    }
    return "\n".join(f"{name}：{value}" for name, value in facts.items())


def saved_diagnosis(text: str) -> Path | None:
    """Write the text into the program's folder in the user's profile; None where that fails."""
    path = Path.home() / FOLDER / _REPORT
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", "utf-8-sig")
    except OSError:
        return None
    return path


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "没有安装"
