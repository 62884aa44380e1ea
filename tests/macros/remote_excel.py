"""Runs one macro on xlwings' remote engine and prints what it said and wrote, as JSON.

In a process of its own: xlwings looks for the licence of that engine (PolyForm Noncommercial: for
tests at most, never in the product) only while it is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_NOT_TO_BE_HAD = 3


def run_remotely(macro: str, path: Path) -> dict[str, Any] | None:
    """What ``macro`` does to the workbook; None where the engine is not to be had."""
    environment = {
        **os.environ,
        "XLWINGS_LICENSE_KEY": "noncommercial",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "macros.remote_excel", macro, str(path)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode == _NOT_TO_BE_HAD:
        return None
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _main(macro: str, path: Path) -> int:
    import xlwings  # noqa: PLC0415  # a second

    from jixiao import macros  # noqa: PLC0415
    from macros.excel_stand_in import picture_of  # noqa: PLC0415

    try:
        book = xlwings.Book(json=picture_of(path, xlwings.__version__))
    except xlwings.LicenseError:
        return _NOT_TO_BE_HAD
    message = getattr(macros, macro)(book)
    sheets = [sheet.name for sheet in book.sheets]
    print(json.dumps({"message": message, "actions": book.json()["actions"], "sheets": sheets}))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], Path(sys.argv[2])))
