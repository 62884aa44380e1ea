"""One LibreOffice for all tests of this folder, with the bridge and the trial functions."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import UNO_PYTHON, Office, missing_reason

import jixiao
from jixiao.building.calc_extension import write_extension

TRIAL = Path(__file__).with_name("trial")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what drives Calc, with the reason, where there is none; but CI requires it."""
    marked = [item for item in items if item.get_closest_marker("calc")]
    reason = missing_reason() if marked else None
    if reason and os.environ.get("CI"):
        pytest.exit(f"{reason}; CI requires LibreOffice Calc", returncode=1)
    for item in marked if reason else []:
        item.add_marker(pytest.mark.skip(reason=reason or ""))


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The .oxt that imports the trial functions in place of the real package."""
    return write_extension(tmp_path_factory.mktemp("extension") / "jixiao.oxt", [TRIAL])


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, extension: Path) -> Iterator[Office]:
    """A running LibreOffice with the bridge."""
    with Office(tmp_path_factory.mktemp("profile"), extension) as running:
        yield running


@pytest.fixture(scope="module")
def real_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """LibreOffice with the bridge to the package under test, as `jixiao install --calc` does it."""
    asked = [UNO_PYTHON, "-c", "import sys; print(*sys.version_info[:2])"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    if version != [str(part) for part in sys.version_info[:2]]:
        # pandas is compiled for one version of Python.
        message = f"LibreOffice 用的是 Python {'.'.join(version)}，与运行测试的版本不同"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folders = [Path(jixiao.__file__).parents[1], Path(sysconfig.get_paths()["purelib"])]
    folder = tmp_path_factory.mktemp("real")
    with Office(folder / "profile", write_extension(folder / "jixiao.oxt", folders)) as running:
        yield running
