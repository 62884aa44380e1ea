"""Small wheels made by hand, and a folder of them that stands for the package index."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WINDOWS_311 = "cp311-cp311-win_amd64"
WINDOWS_312 = "cp312-cp312-win_amd64"


def write_wheel(
    folder: Path,
    name: str,
    version: str = "1.0",
    *,
    needs: Sequence[str] = (),
    tag: str = "py3-none-any",
    files: Mapping[str, str] | None = None,
) -> Path:
    """A wheel with nothing in it but its metadata and the files given."""
    path = folder / f"{name}-{version}-{tag}.whl"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    metadata += [f"Requires-Dist: {requirement}" for requirement in needs]
    described = f"{name}-{version}.dist-info"
    contents = {
        **(files or {}),
        f"{described}/METADATA": "\n".join(metadata) + "\n",
        f"{described}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{described}/RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in contents.items():
            archive.writestr(member, text)
    return path


@dataclass(frozen=True, slots=True)
class Index:
    """What can be downloaded."""

    folder: Path

    def offer(
        self,
        name: str,
        version: str = "1.0",
        *needs: str,
        tags: Sequence[str] = ("py3-none-any",),
    ) -> None:
        """Publish one release."""
        for tag in tags:
            write_wheel(self.folder, name, version, needs=needs, tag=tag)
