"""Everything that is shipped beside the package is a data file of the distribution."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from installing.machine import Machine
from jixiao.installing.errors import InstallingError
from jixiao.installing.shipped import (
    ADDIN,
    MANUAL,
    shipped_file,
    shipped_templates,
    shipped_top,
)

TOP = Path(__file__).parents[2]
FOLDERS = ("addin/calc", "addin/excel", "addin/ribbon", "addin/vba", "workbook_templates")


def test_every_shipped_file_is_among_the_data_files_in_the_same_folder() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    data_files = project["tool"]["setuptools"]["data-files"]
    installed = {
        f"{folder}/{path.name}"
        for folder, patterns in data_files.items()
        for pattern in patterns
        for path in TOP.glob(pattern)
    }
    files = [TOP / "xlwings.conf", *(path for name in FOLDERS for path in (TOP / name).rglob("*"))]
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"share/jixiao/{path.relative_to(TOP).as_posix()}" in installed


def test_what_is_shipped_is_what_the_checkout_holds() -> None:
    """In a checkout it is the very folder; after pip install, a copy of it."""
    top = shipped_top()
    for name in ("xlwings.conf", ADDIN, MANUAL, "addin/vba/JxHost.bas", "addin/calc/Addons.xcu"):
        assert (top / name).read_bytes() == (TOP / name).read_bytes()


def test_missing_files_are_told_with_what_to_do(machine: Machine) -> None:
    with pytest.raises(InstallingError, match=r"缺少程序自带的文件：.*使用手册.*jixiao build"):
        shipped_file(MANUAL)
    for path in (machine.top / "workbook_templates").iterdir():
        path.unlink()
    with pytest.raises(InstallingError, match=r"缺少.*xlsm"):
        shipped_templates()


def test_macro_templates_and_those_of_reports_are_installed(machine: Machine) -> None:
    (machine.top / "workbook_templates" / "报告.docx").write_bytes(b"the report")
    assert [path.suffix for path in shipped_templates()] == [".xlsm", ".docx"]
