"""What a command imports: help and fill start without the heavy libraries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.process import python

HEAVY = {"pandas", "numpy", "xlwings", "openpyxl", "xlsxwriter", "rich", "hypothesis", "pytest"} | {
    "docx",
    "docxtpl",
    "jinja2",
    "lxml",
    "matplotlib",
}
_PROGRAM = """
import json, sys
from jixiao.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as leaving:
    code = leaving.code
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def imported(*arguments: object, cwd: Path) -> set[str]:
    """The libraries that are loaded when the command has run."""
    ran = python("-c", _PROGRAM, *arguments, cwd=cwd)
    code, modules = json.loads(ran.err)
    assert not code, ran.out
    return set(modules)


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["words", "json"])
def test_fill_loads_no_heavy_library(seed_path: Path, options: list[str]) -> None:
    loaded = imported("fill", seed_path, *options, cwd=seed_path.parent)
    assert loaded & HEAVY == set()
    assert "python_calamine" in loaded


@pytest.mark.parametrize("arguments", [["--help"], ["fill", "--help"], ["--version"]])
def test_help_loads_nothing_but_the_standard_library(tmp_path: Path, arguments: list[str]) -> None:
    loaded = imported(*arguments, cwd=tmp_path)
    assert loaded & (HEAVY | {"python_calamine"}) == set()


def test_explain_and_rubrics_load_no_heavy_library(seed_path: Path) -> None:
    for arguments in (["explain", seed_path, "5"], ["rubrics"]):
        assert imported(*arguments, cwd=seed_path.parent) & HEAVY == set()


def test_heavy_libraries_would_be_seen(tmp_path: Path) -> None:
    assert {"rich", "xlsxwriter"} <= imported("demo", tmp_path, cwd=tmp_path)
