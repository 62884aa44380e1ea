"""Wheels as files: their names, their metadata, the data files in them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from packaging.metadata import InvalidMetadata, Metadata
from packaging.requirements import Requirement
from packaging.utils import (
    InvalidWheelFilename,
    NormalizedName,
    parse_wheel_filename,
)
from packaging.version import Version

from jixiao.bundling.errors import BundlingError
from jixiao.ooxml import in_chinese


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel, with what its metadata says that it needs."""

    path: Path
    name: NormalizedName
    version: Version
    requirements: tuple[Requirement, ...]

    @property
    def pin(self) -> str:
        """This version and no other, as a line of a requirements file."""
        return f"{self.name}=={self.version}"


def read_wheel(path: Path) -> Wheel:
    """The wheel at a path; BundlingError where it is none or damaged."""
    try:
        name, version, _, _ = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as archive:
            (member,) = (
                entry
                for entry in archive.namelist()
                if entry.endswith(".dist-info/METADATA") and entry.count("/") == 1
            )
            metadata = Metadata.from_email(archive.read(member), validate=False)
        return Wheel(path, name, version, tuple(metadata.requires_dist or ()))
    except OSError as error:
        raise BundlingError(f"“{path}”读不了：{in_chinese(error)}") from error
    except (InvalidWheelFilename, InvalidMetadata, zipfile.BadZipFile, ValueError) as error:
        raise BundlingError(f"“{path}”不是完好的 Python 安装包（.whl）") from error


def data_files(wheel: Wheel, folder: str) -> Mapping[PurePosixPath, bytes]:
    """The data files that pip will put below a folder of the environment, by path in it."""
    marker = f".data/data/{folder}/"
    with zipfile.ZipFile(wheel.path) as archive:
        return {
            PurePosixPath(entry.partition(marker)[2]): archive.read(entry)
            for entry in sorted(archive.namelist())
            if marker in entry and not entry.endswith("/")
        }
