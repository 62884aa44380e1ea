"""LibreOffice and its extension, for desktops without Excel."""

from __future__ import annotations

import re
from pathlib import Path

from jixiao.installing import calc
from jixiao.installing.checks.finding import Finding, Inspection, Topic
from jixiao.installing.errors import InstallingError

LIBREOFFICE = Topic("libreoffice", "LibreOffice")
EXTENSION = Topic("calc_extension", "LibreOffice 扩展")
UNO_PYTHON = Topic("calc_python", "LibreOffice 用的 Python")

_CACHE = Path(".config/libreoffice/4/user/uno_packages/cache")
_URL = re.compile(r"\$UNO_USER_PACKAGES_CACHE/(\S+)")
_INSTALL = "请运行 python -m jixiao install --calc"
_SYSTEM_PYTHON = "/usr/bin/python3"
_VERSION = "import uno, sys; print(*sys.version_info[:2], sep='.')"


def libreoffice(inspection: Inspection) -> Finding:
    """Only who works in a spreadsheet needs it."""
    program = inspection.system.which("soffice")
    if program is None:
        return LIBREOFFICE.note("没有安装", "只用命令行则不需要；要在表格里用，请安装 LibreOffice")
    return LIBREOFFICE.good(program)


def extension(inspection: Inspection) -> Finding:
    """Installed, and the folders that it imports from still there."""
    system = inspection.system
    if system.which("unopkg") is None:
        return EXTENSION.unchecked("没有安装 LibreOffice（找不到命令 unopkg）")
    if system.is_root:
        return EXTENSION.unchecked("LibreOffice 不对 root 用户说明装了哪些扩展")
    try:
        listed = calc.listed_extension(system)
    except InstallingError as error:
        return EXTENSION.unchecked(str(error))
    if listed is None:
        return EXTENSION.note("没有安装", f"要在 LibreOffice 里用，{_INSTALL}")
    missing = [path for path in _import_folders(system.home, listed) if not path.is_dir()]
    if missing:
        return EXTENSION.error(f"它要用的文件夹已经不在：{missing[0]}", _INSTALL)
    return EXTENSION.good("已安装")


def uno_python(inspection: Inspection) -> Finding:
    """It imports what our Python installed: libraries in C fit only the same version."""
    if inspection.system.which("soffice") is None:
        return UNO_PYTHON.unchecked("没有安装 LibreOffice")
    ran = inspection.system.run([_SYSTEM_PYTHON, "-c", _VERSION])
    if ran.code != 0:
        return UNO_PYTHON.error(
            f"{_SYSTEM_PYTHON} 里没有 uno",
            "请安装 python3-uno 和 libreoffice-script-provider-python",
        )
    found = ran.output.strip()
    own = "{}.{}".format(*inspection.system.version)
    if found != own:
        return UNO_PYTHON.note(
            f"是 {found}，本程序装在 {own}；整表计算（pandas）可能用不了",
            f"请用 {_SYSTEM_PYTHON} 建虚拟环境安装 jixiao，再运行 install --calc",
        )
    return UNO_PYTHON.good(found)


def _import_folders(home: Path, listed: str) -> list[Path]:
    """The folders written into the installed extension; none where it cannot be found on disk."""
    found = _URL.search(listed)
    if found is None:
        return []
    try:
        text = (home / _CACHE / found[1] / "python" / "paths.txt").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(line) for line in text.splitlines() if line]
