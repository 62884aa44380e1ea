"""``--calc``: the LibreOffice extension, with a stand-in for LibreOffice's own programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import Command
from installing.machine import Machine
from jixiao.building.calc_extension import InstallError, extension_bytes
from jixiao.installing.system import Ran

LISTED = """\
All deployed user extensions:

Identifier: jixiao.calc
  Version: 1.0
  URL: vnd.sun.star.expand:$UNO_USER_PACKAGES_CACHE/uno_packages/lu1.tmp_/jixiao.oxt

Identifier: other
"""


class Office:
    """What LibreOffice has installed, and what was asked of it."""

    def __init__(self) -> None:
        self.installed: list[bytes] = []
        self.asked: list[str] = []

    def run(self, command: Sequence[str]) -> Ran:
        self.asked.append(" ".join(command))
        if command[1] == "remove":
            self.installed.clear()
        if command[0] == "unopkg":
            return Ran(0, LISTED if self.installed else "All deployed user extensions:\n")
        return Ran(0, "3.11\n")

    def install(self, extension: Path) -> None:
        self.installed.append(extension.read_bytes())


@pytest.fixture
def office(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A Linux machine with LibreOffice."""
    made = Office()
    sources = Path(__file__).parents[2] / "addin/calc"
    monkeypatch.setattr("jixiao.building.calc_extension.source_folder", lambda _: sources)
    monkeypatch.setattr("jixiao.installing.calc.install_extension", made.install)
    machine.change(
        platform="linux",
        ansi="utf-8",
        environment={},
        package_paths=(machine.python,),
        run=made.run,
        which=lambda name: f"/usr/bin/{name}",
    )
    return made


def test_installs_the_extension_that_finds_the_package(
    jixiao: Command, machine: Machine, office: Office
) -> None:
    ran = jixiao("install", "--calc")
    assert (ran.code, ran.err) == (0, "")
    assert office.installed == [extension_bytes([machine.python])]
    assert "LibreOffice 扩展：安装" in ran.out
    assert machine.template.is_file()


def test_second_run_installs_nothing(jixiao: Command, office: Office) -> None:
    jixiao("install", "--calc")
    ran = jixiao("install", "--calc")
    assert len(office.installed) == 1
    assert "LibreOffice 扩展：已是最新，不动" in ran.out


def test_moved_package_is_installed_anew(jixiao: Command, machine: Machine, office: Office) -> None:
    jixiao("install", "--calc")
    machine.change(package_paths=(machine.top,))
    jixiao("install", "--calc")
    assert len(office.installed) == 2


def test_rehearsal_installs_nothing(jixiao: Command, machine: Machine, office: Office) -> None:
    assert jixiao("install", "--calc", "--dry-run").code == 0
    assert office.installed == []
    assert machine.files() == {}


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"is_root": True}, "root 用户"), ({"which": lambda _: None}, "没有找到 LibreOffice")],
)
def test_refuses_before_anything_is_written(
    jixiao: Command, machine: Machine, office: Office, changes: dict[str, object], words: str
) -> None:
    machine.change(**changes)
    ran = jixiao("install", "--calc")
    assert ran.code == 1
    assert words in ran.err
    assert (office.installed, machine.files()) == ([], {})


def test_failure_of_the_installer_is_told(
    jixiao: Command, machine: Machine, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(extension: Path) -> None:
        raise InstallError("Calc 扩展没有装上：原因")

    monkeypatch.setattr("jixiao.installing.calc.install_extension", fail)
    ran = jixiao("install", "--calc")
    assert ran.code == 1
    assert "Calc 扩展没有装上：原因" in ran.err


def test_missing_sources_are_told(
    jixiao: Command, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.building.calc_extension.source_folder", lambda _: tmp_path / "无")
    ran = jixiao("install", "--calc")
    assert ran.code == 1
    assert "扩展源文件" in ran.err
    assert office.installed == []


class TestUninstall:
    def test_removes_the_extension(self, jixiao: Command, machine: Machine, office: Office) -> None:
        jixiao("install", "--calc")
        ran = jixiao("uninstall")
        assert (ran.code, ran.err) == (0, "")
        assert "unopkg remove jixiao.calc" in office.asked
        assert machine.files() == {}

    def test_extension_that_is_gone_already(
        self, jixiao: Command, machine: Machine, office: Office
    ) -> None:
        jixiao("install", "--calc")
        office.installed.clear()
        assert jixiao("uninstall").code == 0
        assert "unopkg remove jixiao.calc" not in office.asked
        assert machine.files() == {}

    def test_libreoffice_that_is_gone_already(
        self, jixiao: Command, machine: Machine, office: Office
    ) -> None:
        jixiao("install", "--calc")
        machine.change(which=lambda _: None)
        assert jixiao("uninstall").code == 0
        assert machine.files() == {}

    def test_refusal_is_remembered(self, jixiao: Command, machine: Machine, office: Office) -> None:
        jixiao("install", "--calc")
        machine.change(is_root=True)
        ran = jixiao("uninstall")
        assert ran.code == 1
        assert "root" in ran.err
        machine.change(is_root=False)
        assert jixiao("uninstall").code == 0
        assert office.installed == []
        assert machine.files() == {}

    def test_rehearsal(self, jixiao: Command, office: Office) -> None:
        jixiao("install", "--calc")
        assert "移除 LibreOffice 扩展" in jixiao("uninstall", "--dry-run").out
        assert len(office.installed) == 1
