"""The files that are shipped beside the package: add-in, templates, manual, Calc extension.

They lie in the same folders in a checkout and, after ``pip install``, under ``share/jixiao``;
the settings file is at the top of both.
"""

from __future__ import annotations

from pathlib import Path

from jixiao import settings
from jixiao.installing.errors import InstallingError

ADDIN = "addin/excel/jixiao.xlam"
MANUAL = "docs/使用手册.md"
TEMPLATES = "workbook_templates"


def shipped_top() -> Path:
    """The folder that holds what is shipped; InstallingError where there is none."""
    try:
        return settings.settings_source().parent
    except FileNotFoundError as error:
        raise InstallingError("程序自带的文件不见了，请重新安装 jixiao（pip install）") from error


def shipped_file(name: str, top: Path | None = None) -> Path:
    """One shipped file or folder by its path in the repository; InstallingError if missing."""
    path = (top or shipped_top()) / name
    if not path.exists():
        raise InstallingError(_missing(path))
    return path


def shipped_templates(top: Path | None = None) -> tuple[Path, ...]:
    """The workbooks with functions and buttons inside, then the reports' Word templates.

    InstallingError where there is no such workbook.
    """
    folder = (top or shipped_top()) / TEMPLATES
    found = tuple(sorted(folder.glob("*.xlsm")))
    if not found:
        raise InstallingError(_missing(folder / "*.xlsm"))
    return (*found, *sorted(folder.glob("*.docx")))


def _missing(path: Path) -> str:
    return (
        f"缺少程序自带的文件：{path}。"
        "请重新安装 jixiao；从源码安装的，先运行 python -m jixiao build"
    )
