"""What only Windows has: the registry, and the mark on files that came from the internet.

Both are thin, answer "nothing there" for whatever cannot be read, and are replaced in the tests.
UNPROVEN: the registry was read under Wine, not yet on Windows; the mark nowhere, because Wine has
no alternate data streams.
"""

from __future__ import annotations

import sys
from pathlib import Path


def registry_value(key: str, name: str) -> str | int | None:
    r"""One value of a key such as ``HKCU\Software\…`` ("" is its default value), None if absent.

    Both views of a 64-bit Windows are asked, because a 32-bit Excel registers itself in the other.
    """
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415  # exists on Windows only

    hive, _, path = key.partition("\\")
    root = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }[hive]
    for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        try:
            with winreg.OpenKey(root, path, 0, winreg.KEY_READ | view) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
        except OSError:
            continue
        if isinstance(value, str | int):
            return value
    return None


def zone_identifier(path: Path) -> str | None:
    """The text of a file's alternate data stream Zone.Identifier; None where it has none."""
    try:
        return Path(f"{path}:Zone.Identifier").read_text("utf-8", errors="replace")
    except OSError:
        return None
