"""``jixiao uninstall`` takes back what was installed, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import Command
from installing.machine import TEMPLATE, Machine


def test_profile_is_as_it_was_before(jixiao: Command, machine: Machine) -> None:
    (machine.home / "Documents").mkdir()
    (machine.home / "Documents/我的.xlsx").write_bytes(b"mine")
    (machine.home / "空文件夹").mkdir()
    files, folders = machine.files(), machine.folders()
    jixiao("install")
    ran = jixiao("uninstall")
    assert (ran.code, ran.err) == (0, "")
    assert (machine.files(), machine.folders()) == (files, folders)


def test_changed_files_stay_and_are_named(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    machine.template.write_bytes(b"filled in")
    ran = jixiao("uninstall")
    assert ran.code == 0
    assert f"安装后改动过，保留　{machine.template}" in ran.out
    assert machine.files() == {f"Documents/绩效自评/{TEMPLATE}": b"filled in"}
    assert f"还有别的文件，保留　{machine.template.parent}" in ran.out


def test_workbooks_beside_the_template_stay(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    own = machine.template.with_name("我的自评表.xlsm")
    own.write_bytes(b"the template")  # even with the same content
    jixiao("uninstall")
    assert own.is_file()
    assert not machine.template.exists()


def test_file_that_is_gone_already_is_no_fault(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    machine.addin.unlink()
    ran = jixiao("uninstall")
    assert ran.code == 0
    assert f"已经不在　{machine.addin}" in ran.out
    assert machine.files() == {}


def test_rehearsal_removes_nothing(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    before = machine.files()
    ran = jixiao("uninstall", "--dry-run")
    assert ran.code == 0
    assert f"删除　{machine.addin}" in ran.out
    assert machine.files() == before


def test_nothing_installed(jixiao: Command, machine: Machine) -> None:
    ran = jixiao("uninstall")
    assert ran.code == 0
    assert "没有安装记录" in ran.out


def test_twice(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    jixiao("uninstall")
    assert "没有安装记录" in jixiao("uninstall").out


def test_excel_has_the_addin_open(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    machine.addin.with_name("~$jixiao.xlam").touch()
    before = machine.files()
    ran = jixiao("uninstall")
    assert ran.code == 1
    assert "请关闭所有 Excel 窗口" in ran.err
    assert machine.files() == before


def test_file_that_cannot_be_removed_is_named_and_can_be_removed_later(
    jixiao: Command, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    jixiao("install")
    unlink = os.unlink

    def refuse_dlls(path: Path) -> None:
        if Path(path).suffix == ".dll":
            raise PermissionError(13, "in use")
        unlink(path)

    with monkeypatch.context() as patch:
        patch.setattr("os.unlink", refuse_dlls)
        ran = jixiao("uninstall")
    assert ran.code == 1
    assert "jixiao-xlwings32.dll”删不掉：没有权限" in ran.err
    assert not machine.addin.exists()
    assert jixiao("uninstall").code == 0
    assert machine.files() == {}
    assert machine.folders() == set()


def test_program_in_its_own_environment_is_said_to_be_removed_otherwise(
    jixiao: Command, machine: Machine
) -> None:
    """The offline kit puts it there; pip would be the wrong advice."""
    jixiao("install")
    assert "python -m pip uninstall jixiao" in jixiao("uninstall").out
    environment = machine.folder / "venv"
    machine.change(interpreter=str(environment / "Scripts/python.exe"))
    jixiao("install")
    out = jixiao("uninstall").out
    assert f"程序本身在 {environment}，由 uninstall.cmd 删除" in out
    assert "pip" not in out
