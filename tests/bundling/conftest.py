"""An index without network, for the real pip, and a wheel of ours that needs some of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from bundling.handmade import WINDOWS_311, WINDOWS_312, Index, write_wheel
from cli.process import spawn


class Made(NamedTuple):
    """A kit, the wheel that it was made of, and what was said."""

    kit: Path
    own: Path
    said: str


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """Pip looks here and nowhere else; pip itself is on offer."""
    return index_in(tmp_path, monkeypatch)


@pytest.fixture
def own_path(tmp_path: Path, index: Index) -> Path:
    """A wheel of ours, with everything that it needs on offer for 3.11 and 3.12."""
    return own_wheel_in(tmp_path, index)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A kit for two versions, for tests that only look at it."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as monkeypatch:
        own = own_wheel_in(folder, index_in(folder, monkeypatch))
        kit = folder / "离线 安装包"
        versions = [word for v in ("3.11", "3.12", "3.11") for word in ("--python-version", v)]
        ran = spawn("bundle", kit, "--wheel", own, *versions, cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return Made(kit, own, ran.out)


def index_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """An index with pip, which pip is told to use."""
    index = Index(folder / "index")
    index.folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index.folder))
    index.offer("pip", "99.0")
    return index


def own_wheel_in(folder: Path, index: Index) -> Path:
    """A wheel of ours; the index gets what it needs."""
    index.offer("figures", "2.0", tags=(WINDOWS_311, WINDOWS_312))
    index.offer("connection", "0.9", "windows_only>=3; sys_platform == 'win32'")
    index.offer("windows_only", "3.1", tags=(WINDOWS_311, WINDOWS_312))
    data = "jixiao-7.0.data/data/share/jixiao"
    return write_wheel(
        folder,
        "jixiao",
        "7.0",
        needs=("figures>=1", "connection", "tests_only; extra == 'test'"),
        files={
            f"{data}/docs/使用手册.html": "手册",
            f"{data}/docs/图/图.png": "图",
            f"{data}/workbook_templates/表.xlsm": "表",
            f"{data}/addin/excel/jixiao.xlam": "xlam",
            f"{data}/addin/vba/JxHost.bas": "not for people",
            "jixiao/__init__.py": "",
        },
    )
