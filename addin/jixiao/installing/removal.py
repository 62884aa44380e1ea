"""Taking back what was installed, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from jixiao.installing.errors import InstallingError
from jixiao.installing.plan import CLOSE_EXCEL, content_of
from jixiao.installing.record import Record, write_record
from jixiao.ooxml import in_chinese

Say = Callable[[str], None]


class Fate(Enum):
    """What becomes of an installed file, in words for the user."""

    REMOVED = "删除"
    CHANGED = "安装后改动过，保留"
    GONE = "已经不在"


@dataclass(frozen=True, slots=True)
class Removal:
    """One file of the record."""

    path: Path
    fate: Fate

    @property
    def line(self) -> str:
        """What happens, and where."""
        return f"{self.fate.value}　{self.path}"


def plan_removal(record: Record) -> tuple[Removal, ...]:
    """The last installed first: the add-in goes before what it needs."""
    return tuple(Removal(path, _fate(record, path)) for path in reversed(list(record.files)))


def _fate(record: Record, path: Path) -> Fate:
    content = content_of(path)
    if content is None:
        return Fate.GONE
    return Fate.REMOVED if record.wrote(path, content) else Fate.CHANGED


def carry_out_removal(
    removals: tuple[Removal, ...], record: Record, record_path: Path, say: Say
) -> Record:
    """Remove the files and forget them; what a person changed is theirs from now on.

    At a failure the files not yet removed stay recorded and InstallingError names the file.
    """
    for removal in removals:
        say(removal.line)
        try:
            if removal.fate is Fate.REMOVED:
                _remove(removal.path)
        except InstallingError:
            write_record(record, record_path)
            raise
        left = {path: value for path, value in record.files.items() if path != removal.path}
        record = replace(record, files=left)
    return record


def remove_record(record: Record, record_path: Path, say: Say) -> None:
    """Remove the record, then the folders that installing made if nothing is left in them.

    Where the extension is still installed, the record stays.
    """
    if record.extension is not None:
        write_record(record, record_path)
        return
    _remove(record_path)
    home = record_path.parents[1]
    for folder in sorted(record.folders, key=lambda path: len(path.parts), reverse=True):
        if not folder.is_dir() or home.is_relative_to(folder):
            continue
        if any(folder.iterdir()):
            say(f"文件夹里还有别的文件，保留　{folder}")
            continue
        try:
            folder.rmdir()
        except OSError as error:
            say(f"文件夹没有删掉（{in_chinese(error)}）　{folder}")
        else:
            say(f"删除空文件夹　{folder}")


def _remove(path: Path) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InstallingError(f"“{path}”删不掉：{in_chinese(error)}。{CLOSE_EXCEL}") from error
