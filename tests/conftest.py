"""What the tests of the workbook and of the command line share.

The program is imported by the fixtures that need it, so that the tests of the scoring part run
without the workbook part.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workbook.calc import Calc


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command: its exit code and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def jixiao(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line in this process."""
    from jixiao.cli import main

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def seed_path(tmp_path: Path) -> Path:
    """A fresh file with the seed's case, not yet scored, alone in its folder."""
    from workbook.books import BOOK_NAME, seed_book

    return _written(tmp_path / "表" / BOOK_NAME, seed_book())


@pytest.fixture
def blank_path(tmp_path: Path) -> Path:
    """A fresh file with the blank template, alone in its folder."""
    from workbook.books import BOOK_NAME, blank_book

    return _written(tmp_path / "空表" / BOOK_NAME, blank_book())


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir()
    path.write_bytes(content)
    return path


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    """LibreOffice Calc with a profile of its own; required where CI is set, else skipped."""
    from workbook.calc import find_calc

    return find_calc(tmp_path_factory.mktemp("soffice"))
