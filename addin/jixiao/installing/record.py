"""What was installed: ``installed.json``, so that removing takes back exactly that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from jixiao import __version__
from jixiao.installing.errors import InstallingError
from jixiao.ooxml import in_chinese, save_atomically


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, as it stands in the record."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """Files with the digest of what was written, folders that were made, the Calc extension."""

    files: Mapping[Path, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()
    extension: str | None = None  # the digest of its package

    def with_file(self, path: Path, content: bytes) -> Self:
        """The record after writing a file; one that is known already keeps its place."""
        return replace(self, files={**self.files, path: digest(content)})

    def with_folders(self, folders: Iterable[Path]) -> Self:
        """The record after making folders, outer ones first."""
        return replace(self, folders=tuple(dict.fromkeys([*self.folders, *folders])))

    def wrote(self, path: Path, content: bytes) -> bool:
        """Whether this content of the file is what was installed there."""
        return self.files.get(path) == digest(content)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is installed."""
        return not (self.files or self.folders or self.extension)


def read_record(path: Path) -> Record | None:
    """The record of an installation; None where there is none. InstallingError if damaged."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = in_chinese(error) if isinstance(error, OSError) else "编码不对"
        raise InstallingError(f"安装记录“{path}”读不了：{reason}") from error
    try:
        content = json.loads(text)
        return Record(
            {Path(name): str(value) for name, value in content["files"].items()},
            tuple(Path(name) for name in content["folders"]),
            content["extension"],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InstallingError(f"安装记录“{path}”已损坏，请删除它，再运行 jixiao install") from error


def write_record(record: Record, path: Path) -> None:
    """Save the record, unless the file says the same already."""
    content = {
        "jixiao": __version__,
        "files": {str(name): value for name, value in record.files.items()},
        "folders": [str(folder) for folder in record.folders],
        "extension": record.extension,
    }
    data = json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8")
    if not path.is_file() or path.read_bytes() != data:
        save_atomically(data, path)
