"""Finding out whether a spreadsheet program has a file open, by the lock files they leave."""

import os
from pathlib import Path

_ON_WINDOWS = os.name == "nt"
_EXCEL_NAME_LENGTH = 55  # offset of a 16-bit number, followed by the name in UTF-16


def open_elsewhere(path: Path) -> str | None:
    """Return who has a file open and with what, in Chinese; None if no sign of it is found.

    A program that crashed leaves its lock file behind, so this is a warning rather than a proof.
    """
    excel = path.with_name(f"~${path.name}")
    # Unlike Path.exists this takes a name that is too long with its prefix for one that is not.
    if os.path.exists(excel):
        return _description("Excel 或 WPS", _excel_user(_head(excel)), excel)
    libreoffice = path.with_name(f".~lock.{path.name}#")
    if os.path.exists(libreoffice):
        return _description("LibreOffice", _libreoffice_user(_head(libreoffice)), libreoffice)
    if _is_shared_out(path):
        return "文件正被其他程序打开"
    return None


def _description(program: str, user: str, lock: Path) -> str:
    by = f"（用户：{user}）" if user else ""
    return f"文件正被 {program} 打开{by}；若确实没有打开，请删除残留的锁文件“{lock.name}”"


def _head(lock: Path) -> bytes:
    """Return the first bytes of a lock file, none if its owner keeps it from being read."""
    try:
        with lock.open("rb") as file:
            return file.read(1024)
    except OSError:
        return b""


def _excel_user(lock: bytes) -> str:
    """Return the user in Excel's owner file; LibreOffice writes the same for .xlsx files."""
    start = _EXCEL_NAME_LENGTH + 2
    length = int.from_bytes(lock[_EXCEL_NAME_LENGTH:start], "little")
    name = lock[start : start + 2 * length] if length <= 54 else b""
    return _printable(name.decode("utf-16-le", "ignore"))


def _libreoffice_user(lock: bytes) -> str:
    """Return the user of a line "full name,login,host,date,profile;"."""
    names = lock.decode("utf-8", "ignore").split(",")[:2]
    return _printable(next((name for name in names if name.strip()), ""))


def _printable(name: str) -> str:
    return "".join(filter(str.isprintable, name)).strip()


def _is_shared_out(path: Path) -> bool:
    """Tell whether Windows refuses to open the file for writing as another program has it open."""
    if not _ON_WINDOWS:
        return False
    try:
        with path.open("r+b"):
            return False
    except PermissionError:
        # A sharing violation comes as this, without Windows' own code; a read-only file too.
        return os.access(path, os.W_OK)
    except OSError:
        return False
