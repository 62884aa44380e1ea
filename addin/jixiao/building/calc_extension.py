"""Packs and installs the Calc extension that holds the Python UNO bridge."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from jixiao.building.sources import source_folder

#: Where the bridge looks for the folders to import from, inside the extension.
PATHS_MEMBER = "python/paths.txt"

#: The earliest date a zip can hold: equal input gives equal bytes.
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


class InstallError(RuntimeError):
    """The extension could not be installed; the text is for the user."""


def extension_bytes(package_paths: Sequence[Path], sources: Path | None = None) -> bytes:
    """The .oxt: the sources and the folders from which the bridge imports jixiao.

    The folders are written into the extension, because LibreOffice runs its own Python, which
    does not know the user's environment, and an .oxt is the one thing that a profile surely
    keeps. After a move the extension is installed anew.
    """
    sources = source_folder("calc") if sources is None else sources
    members = {
        path.relative_to(sources).as_posix(): path.read_bytes()
        for path in sorted(sources.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    members[PATHS_MEMBER] = "".join(f"{path}\n" for path in package_paths).encode("utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.create_system = 0
            archive.writestr(entry, members[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def write_extension(target: Path, package_paths: Sequence[Path]) -> Path:
    """Write the .oxt and give its path."""
    target.write_bytes(extension_bytes(package_paths))
    return target


def install_extension(
    extension: Path, profile: Path | None = None, program_folder: Path | None = None
) -> None:
    """Install (or replace) the extension in the user's LibreOffice, or in the profile named.

    ``program_folder`` is where ``soffice`` and ``unopkg`` are, if not on the PATH. The user's own
    LibreOffice may be open and must then be restarted; a profile that is named must not be in
    use. LibreOffice's installer refuses to run as root. Raises InstallError.
    """
    if profile is not None and (profile / ".lock").exists():
        # unopkg would hand the extension to the LibreOffice of the user's own profile.
        raise InstallError(f"请先关闭正在使用 {profile} 的 LibreOffice")
    environment = [] if profile is None else [f"-env:UserInstallation={profile.resolve().as_uri()}"]
    # A profile that LibreOffice has never been started with forgets its extensions at the first
    # start; so it is started once, which takes a third of a second.
    _run(
        "soffice",
        ["--headless", "--norestore", "--terminate_after_init", *environment],
        program_folder,
    )
    _run("unopkg", ["add", "--force", *environment, str(extension)], program_folder)


def office_environment() -> dict[str, str]:
    """The environment to start LibreOffice in: without the Python that we run in.

    Its own Python looks for its library beside the first python3 on the PATH, and fails where that
    is one of another make, such as an activated virtual environment's; several may be active, one
    inside another.
    """
    kept = {
        name: text
        for name, text in os.environ.items()
        if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    }
    folders = os.environ.get("PATH", "").split(os.pathsep)
    kept["PATH"] = os.pathsep.join(folder for folder in folders if not _has_our_python(folder))
    return kept


def _has_our_python(folder: str) -> bool:
    """Whether a folder of programs is the running Python's, or a virtual environment's."""
    path = Path(folder)
    return path == Path(sys.executable).parent or (path.parent / "pyvenv.cfg").is_file()


def _run(command: str, arguments: list[str], folder: Path | None) -> None:
    program = shutil.which(command, path=None if folder is None else str(folder))
    if program is None:
        raise InstallError(f"没有找到 LibreOffice（命令 {command}），请先安装 LibreOffice")
    done = subprocess.run(
        [program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=office_environment(),
    )
    if done.returncode != 0:
        raise InstallError(f"Calc 扩展没有装上：{(done.stderr or done.stdout).strip()}")
