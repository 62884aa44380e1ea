"""The files that a run writes: beside their place first, and nothing of a person's replaced."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jixiao.batch.journal import Journal
from jixiao.ooxml import Package, PackageError, in_chinese, open_elsewhere
from jixiao.workbook import names
from jixiao.workbook.errors import BookError

PAGE_MARK = b'<meta name="generator" content="jixiao batch">'
"""Marks our page, near its beginning."""

_HEAD_BYTES = 2_000


def refuse_unusable(output: Path, suffix: str, is_ours: Callable[[Path], bool]) -> None:
    """BookError where a file cannot be written to a path, or stands there and is not ours."""
    fault = _fault(output, suffix, is_ours)
    if fault:
        raise BookError([f"{output.name}：{fault}"])


def _fault(output: Path, suffix: str, is_ours: Callable[[Path], bool]) -> str:
    if output.suffix.lower() != suffix:
        return f"输出文件的扩展名应为 {suffix}"
    if output.is_dir():
        return "是文件夹，不是文件，请写明文件名"
    if not output.parent.is_dir():
        return f"文件夹“{output.parent}”不存在，请先建好"
    if not output.exists():
        return ""
    if not os.access(output, os.W_OK):
        return "是只读文件，没有写入权限"
    if not is_ours(output):
        return "已有同名文件，而且不是本程序的汇总，不会覆盖。请换一个文件名"
    holder = open_elsewhere(output)
    return f"{holder}。请先关闭后再试" if holder else ""


def is_summary_workbook(path: Path) -> bool:
    """Whether a workbook is a summary of ours, as far as it can be read."""
    try:
        return names.SUMMARY in Package.open(path).defined_names
    except PackageError:
        return False


def is_summary_page(path: Path) -> bool:
    """Whether an HTML file is a summary of ours."""
    with path.open("rb") as file:
        return PAGE_MARK in file.read(_HEAD_BYTES)


@contextmanager
def put_in_place(output: Path, journal: Journal) -> Iterator[Path]:
    """Give a path to write to, then move that file to ``output``.

    What stood there is kept as 名称.bak.xlsx where it is not as this program left it: somebody may
    have written notes into it.
    """
    temporary = output.with_name(f".jixiao-{os.urandom(8).hex()}.tmp")
    try:
        yield temporary
        digest = _digest(temporary)
        if output.exists() and _digest(output) != journal.digest_of(output.name):
            _keep(output)
        os.replace(temporary, output)
        journal.remember(output.name, digest)
    except OSError as error:
        raise BookError([f"“{output.name}”写不进去：{in_chinese(error)}"]) from error
    finally:
        temporary.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(path: Path) -> None:
    number = 1
    while True:
        suffix = ".bak" if number == 1 else f".bak{number}"
        backup = path.with_name(f"{path.stem}{suffix}{path.suffix}")
        if not backup.exists():
            shutil.copy2(path, backup)
            return
        number += 1
