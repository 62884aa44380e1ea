"""The LibreOffice extension: installing, removing, and asking whether it is there.

Run on Linux; LibreOffice on Windows or macOS is unproven.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from jixiao.building.calc_extension import InstallError, extension_bytes, install_extension
from jixiao.installing.errors import InstallingError
from jixiao.installing.record import digest
from jixiao.installing.system import System
from jixiao.ooxml import save_atomically

IDENTIFIER = "jixiao.calc"
"""The extension's name in ``addin/calc/description.xml``."""

_FILE = "jixiao.oxt"
_NO_ROOT = (
    "LibreOffice 不允许 root 用户安装扩展。请用平时登录的用户运行（不加 sudo），"
    "扩展是装在各人自己名下的"
)
_NO_PROGRAM = "没有找到 LibreOffice（命令 unopkg）。请先安装 LibreOffice，再运行一次"


def calc_package(system: System) -> bytes:
    """The extension for this user, which finds the package in this interpreter's folders."""
    package = extension_bytes(system.package_paths)
    if not _holds_sources(package):
        raise InstallingError("缺少程序自带的 LibreOffice 扩展源文件，请重新安装 jixiao")
    return package


def _holds_sources(package: bytes) -> bool:
    """Whether more is in it than the paths; a missing folder of sources packs without a word."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return "description.xml" in archive.namelist()


def refuse_without_calc(system: System) -> None:
    """InstallingError, with what to do, where the extension cannot be installed or removed."""
    if system.is_root:
        raise InstallingError(_NO_ROOT)
    if system.which("unopkg") is None or system.which("soffice") is None:
        raise InstallingError(_NO_PROGRAM)


def listed_extension(system: System) -> str | None:
    """What ``unopkg list`` says about our extension; None where it is not installed.

    InstallingError where LibreOffice cannot be asked.
    """
    refuse_without_calc(system)
    ran = system.run(["unopkg", "list"])
    if ran.code != 0:
        raise InstallingError(f"LibreOffice 没有说出装了哪些扩展：{ran.output.strip()}")
    _, found, rest = ran.output.partition(f"Identifier: {IDENTIFIER}")
    return rest.partition("\nIdentifier: ")[0] if found else None


def install_calc(package: bytes) -> str:
    """Install the extension and give its digest; InstallingError if LibreOffice refuses."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        extension = Path(folder) / _FILE
        save_atomically(package, extension)
        try:
            install_extension(extension)
        except InstallError as error:
            raise InstallingError(str(error)) from error
    return digest(package)


def remove_calc(system: System) -> None:
    """Remove the extension; InstallingError if LibreOffice refuses."""
    ran = system.run(["unopkg", "remove", IDENTIFIER])
    if ran.code != 0:
        raise InstallingError(f"LibreOffice 没有移除绩效扩展：{ran.output.strip()}")
