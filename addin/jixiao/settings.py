"""The settings file: `xlwings.conf` at the top of the repository is the one source.

Installed, that file lies among the data files of the distribution; in a checkout, at its top.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

_FILE = "xlwings.conf"


def settings_source() -> Path:
    """Where the unrendered settings file lies; raises FileNotFoundError where it is nowhere."""
    checkout = Path(__file__).resolve().parents[2] / _FILE
    if checkout.is_file():
        return checkout
    for file in metadata.files("jixiao") or ():
        if file.name == _FILE:
            return Path(str(file.locate()))
    raise FileNotFoundError(2, "找不到设置文件，请重新安装 jixiao", _FILE)


def rendered_settings() -> bytes:
    """The settings with this interpreter's path, in the encoding that Excel reads them in.

    xlwings reads the file in the system's ANSI code page, without a byte order mark.
    """
    text = settings_source().read_text("ascii").replace("{interpreter}", sys.executable)
    encoding = "mbcs" if sys.platform == "win32" else "utf-8"
    return text.encode(encoding)
