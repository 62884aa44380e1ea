"""The folder that a command puts its files in."""

from __future__ import annotations

from pathlib import Path

from jixiao.ooxml import in_chinese
from jixiao.workbook.errors import BookError


def made(folder: Path) -> Path:
    """The folder, created with its parents where it is not there; BookError where that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookError([f"文件夹“{folder}”建不了：{in_chinese(error)}"]) from error
    return folder
