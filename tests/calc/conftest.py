"""One LibreOffice for all tests of this folder, with the bridge and the trial functions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office, missing_reason

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
