"""The seed's case in a plain and in a macro workbook, and a LibreOffice that runs our macros."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office, missing_reason

import jixiao
from jixiao.building.calc_extension import write_extension
from macros.workbooks import seed_macro_book


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what drives Calc, with the reason, where there is none."""
    marked = [item for item in items if item.get_closest_marker("calc")]
    reason = missing_reason() if marked else None
    for item in marked if reason else []:
        item.add_marker(pytest.mark.skip(reason=reason or ""))


@pytest.fixture
def macro_path(tmp_path: Path) -> Path:
    """A fresh .xlsm with the seed's case and live formulas, alone in its folder."""
    path = tmp_path / "宏表" / "自评表.xlsm"
    path.parent.mkdir()
    path.write_bytes(seed_macro_book())
    return path


@pytest.fixture(scope="session")
def calc_with_macros(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running LibreOffice whose bridge imports the very package that is tested."""
    folders = [Path(jixiao.__file__).parents[1], Path(sysconfig.get_path("purelib"))]
    oxt = write_extension(tmp_path_factory.mktemp("macro_extension") / "jixiao.oxt", folders)
    with pytest.MonkeyPatch.context() as environment:
        # 诊断 writes into the user's profile.
        environment.setenv("HOME", str(tmp_path_factory.mktemp("macro_home")))
        with Office(tmp_path_factory.mktemp("macro_profile"), oxt) as running:
            yield running
