"""From what a program hands to a macro to the host that speaks with that program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jixiao.hosts.host import Host


def host_of(workbook: Any) -> Host:
    """The host of a file's path, a UNO document, an xlwings Book, or a host itself.

    Each is imported only where it is met: UNO is in LibreOffice's Python alone, xlwings takes a
    second to import.
    """
    if isinstance(workbook, Path):
        from jixiao.hosts.files import FileHost  # noqa: PLC0415

        return FileHost.load(workbook)
    if hasattr(workbook, "defined_names") and hasattr(workbook, "save_copy"):
        host: Host = workbook
        return host
    if hasattr(workbook, "supportsService"):
        from jixiao.hosts.calc import CalcHost  # noqa: PLC0415

        return CalcHost(workbook)
    from jixiao.hosts.excel import ExcelHost  # noqa: PLC0415

    return ExcelHost(workbook)
