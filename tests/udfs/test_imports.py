"""The functions need neither xlwings nor pandas to be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ADDIN = Path(__file__).resolve().parents[2] / "addin"

_WITHOUT = """
import sys
for name in sys.argv[1:]:
    sys.modules[name] = None
from jixiao import udfs
print(udfs.JX_COMPLETION_SCORE(81, 100, 20), udfs.JX_SCORE(5, [120, 300, 600, 100]))
print(*sorted({name.partition(".")[0] for name in sys.modules if sys.modules[name]}))
"""


def run_without(*libraries: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", _WITHOUT, *libraries],
        env={**os.environ, "PYTHONPATH": str(ADDIN)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("libraries", [("xlwings",), ("xlwings", "pandas", "numpy")])
def test_a_python_without_the_libraries_has_the_functions(libraries: tuple[str, ...]) -> None:
    """LibreOffice's own Python may have none of them."""
    assert run_without(*libraries)[0] == "16.2 1.0"


def test_pandas_is_loaded_by_nobody_but_xlwings() -> None:
    loaded = set(run_without("xlwings")[1].split())
    assert "jixiao" in loaded
    assert (
        loaded & {"pandas", "numpy", "openpyxl", "xlsxwriter", "rich", "python_calamine"} == set()
    )


_SERVER = """
import sys
from jixiao.hosts.excel_server import serve
try:
    serve("a class id")
except TypeError:  # off Windows, xlwings' serve takes none
    print(*sorted({"pandas", "numpy", "xlwings", "jixiao.udfs"} & set(sys.modules)))
from jixiao.udfs import JX_COMPLETION_TABLE
print(JX_COMPLETION_TABLE([[None] * 18]), "pandas" in sys.modules)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it would serve")
def test_the_server_of_excel_starts_without_pandas_and_has_it_when_asked() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _SERVER],
        env={**os.environ, "PYTHONPATH": str(ADDIN)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == ["jixiao.udfs xlwings", "[['', '', '']] True"]
