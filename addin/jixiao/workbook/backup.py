"""Replacing a file and keeping what stood there."""

from __future__ import annotations

from pathlib import Path

from jixiao.ooxml import PackageError, in_chinese, save_atomically


def replace_file(data: bytes, path: Path) -> Path | None:
    """Write ``data`` to ``path`` after backing up what is there as 名称.bak.xlsx.

    Returns the backup, or ``None`` where nothing was replaced. A file that holds ``data`` already
    is left alone. Earlier backups stay: the next one is 名称.bak2.xlsx, unless an earlier one holds
    the same bytes. Raises PackageError where a file cannot be written; then the old file is whole.
    """
    try:
        old = path.read_bytes() if path.exists() else None
        if old == data:
            return None
        backup = None if old is None else _kept(old, path)
    except OSError as error:
        raise PackageError(f"“{path.name}”备份不了：{in_chinese(error)}。没有写入。") from error
    save_atomically(data, path)
    return backup


def _kept(old: bytes, path: Path) -> Path:
    number = 1
    while True:
        suffix = ".bak" if number == 1 else f".bak{number}"
        backup = path.with_name(f"{path.stem}{suffix}{path.suffix}")
        if not backup.exists():
            save_atomically(old, backup)
            return backup
        if backup.read_bytes() == old:
            return backup
        number += 1
