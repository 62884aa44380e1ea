"""xlwings' DLLs: where pip put them, and the names under which Excel loads our copies."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jixiao.installing.system import System

BITS = (64, 32)


class ConnectionDll(NamedTuple):
    """One DLL, for an Excel of so many bits; ``source`` is None where it was not found."""

    bits: int
    source: Path | None

    @property
    def label(self) -> str:
        """What it is, for the user."""
        return f"连接库（{self.bits} 位 Excel 用）"

    @property
    def copy_name(self) -> str:
        """The name without a version, the one that the VBA code declares."""
        return f"jixiao-xlwings{self.bits}.dll"


def connection_dlls(system: System) -> tuple[ConnectionDll, ...]:
    """Both DLLs of the installed xlwings."""
    return tuple(ConnectionDll(bits, _source(system, bits)) for bits in BITS)


def _source(system: System, bits: int) -> Path | None:
    """The DLL as pip recorded it, or beside the interpreter and at the top of its environment."""
    xlwings = system.distribution("xlwings")
    if xlwings is None:
        return None
    name = f"xlwings{bits}-{xlwings.version}.dll"
    recorded = [file for file in xlwings.files if file.name == name]
    folders = (Path(system.interpreter).parent, *system.prefixes)
    candidates = [*recorded, *(folder / name for folder in folders)]
    return next((path for path in candidates if path.is_file()), None)
