"""The workbooks below a folder, found one at a time."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SUFFIXES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".docx", ".et", ".wps", ".doc"))
"""The last three cannot be read, which is said of each: a unit must not be missing unseen."""

_BACKUP = re.compile(r"\.bak\d*$")
_WITH_FORMULAS = "-含公式"


class FoundFile(NamedTuple):
    """A file below the folder. ``size`` and ``mtime_ns`` are -1 where the system does not tell."""

    path: str  # relative to the folder, as the system spells it
    size: int
    mtime_ns: int


def workbooks_below(folder: Path) -> Iterator[FoundFile]:
    """Every workbook below the folder, in no particular order.

    Left out are lock files and other hidden files, our backups (名称.bak.xlsx) and the copies with
    formulas that 定稿 leaves beside a workbook. Links to folders are not followed. Raises OSError
    where the folder itself cannot be read; a folder below it that cannot is passed on as if it
    were a file, so that it is heard of.
    """
    pending = [("", os.path.realpath(folder))]
    while pending:
        inside, real = pending.pop()
        try:
            entries = os.scandir(real)
        except OSError:
            if not inside:
                raise
            yield FoundFile(inside, -1, -1)
            continue
        with entries:
            for entry in entries:
                path = os.path.join(inside, entry.name)
                if _is_folder(entry):
                    if _lies_here(entry, real):
                        pending.append((path, entry.path))
                elif _is_wanted(entry):
                    yield _measured(path, entry)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _lies_here(entry: os.DirEntry[str], folder: str) -> bool:
    """Whether a folder is no link, mount or junction to elsewhere, which may lead in a circle."""
    real = os.path.realpath(entry.path)
    return os.path.normcase(real) == os.path.normcase(os.path.join(folder, entry.name))


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    stem, suffix = os.path.splitext(entry.name)
    if suffix.lower() not in SUFFIXES or stem.startswith(("~$", ".")):
        return False
    if _BACKUP.search(stem):
        return False
    original = entry.path.removesuffix(_WITH_FORMULAS + suffix) + suffix
    return not stem.endswith(_WITH_FORMULAS) or not os.path.exists(original)


def _measured(path: str, entry: os.DirEntry[str]) -> FoundFile:
    try:
        status = entry.stat()
    except OSError:
        return FoundFile(path, -1, -1)
    return FoundFile(path, status.st_size, status.st_mtime_ns)
