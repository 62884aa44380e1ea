"""One Windows for all tests of this folder, and on it the Excel of one user."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from windows.machine import Client, Machine, NativeMachine, WineMachine, Workbook, missing_reason


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a Windows, with the reason, where there is none; but CI requires it."""
    marked = [item for item in items if item.get_closest_marker("windows")]
    reason = missing_reason() if marked else None
    if reason and os.environ.get("CI"):
        pytest.exit(f"{reason}; CI requires Wine", returncode=1)
    for item in marked if reason else []:
        item.add_marker(pytest.mark.skip(reason=reason or ""))


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """This Windows, or a fresh one under Wine."""
    folder = tmp_path_factory.mktemp("windows")
    if sys.platform == "win32":
        yield NativeMachine(folder)
        return
    machine = WineMachine(folder / "prefix")
    yield machine
    machine.windows.end()
    shutil.rmtree(folder, ignore_errors=True)  # pytest would keep three of these


@pytest.fixture(scope="session")
def client(machine: Machine) -> Iterator[Client]:
    """An Excel whose user has installed jixiao; its server lives as long as the tests."""
    with Client(machine) as running:
        running.install()
        yield running


@pytest.fixture(scope="session")
def workbook(client: Client) -> Workbook:
    """An open workbook whose server runs."""
    opened = client.open("自评表 2023.xlsm")
    assert opened.call("JX_GRADE", 97.59) == "优"
    return opened


@pytest.fixture
def other_client(machine: Machine, tmp_path: Path) -> Iterator[Client]:
    """An Excel of another user, for tests that break something; jixiao is installed."""
    with Client(machine, user=f"李 四 {tmp_path.name}") as running:
        running.install()
        yield running
