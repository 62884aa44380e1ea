"""The offline kit, made here and installed on a PC without network, as its user would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from jixiao.bundling.words import messages
from windows.staff_pc import PYTHON, USER, Ran, StaffPC, linked_copy, write_python_installer

pytestmark = [
    pytest.mark.windows,
    pytest.mark.skipif(sys.platform == "win32", reason="the PC of this test runs under Wine"),
]

VERSION = "3.11"
TESTS = Path(__file__).parents[1]
SAID = {name: text.strip() for name, text in messages((VERSION,)).items()}
FOLDER = ".jixiao"
TEMPLATE = "Documents/绩效自评/部门整体支出绩效自评表-2023.xlsm"
ADDIN = "AppData/Roaming/Microsoft/Excel/XLSTART/jixiao.xlam"

# What Excel's side does, in the Python that was installed; the package of the checkout is not on
# its path.
CALL = """
import ctypes, json, sys
sys.path.insert(0, sys.argv[1])
from windows.client.excel import Excel
ctypes.WinDLL("ole32").CoInitializeEx(None, 2)
excel = Excel()
excel.start(sys.argv[2], sys.argv[2])
excel.open("自评表.xlsm", {}, "HostModule")
call = lambda *arguments: excel.call("自评表.xlsm", *arguments)
first, second = call("JX_GRADE", [97.59]), call("JX_COMPLETION_SCORE", [81.0, 100.0, 20.0])
live = excel._workbooks["自评表.xlsm"].server
print(json.dumps([first, second, live.Var(live.GetAttr(live.Module("jixiao"), "__file__"))]))
"""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit as the maintainer makes it, with network, for the one Python that there is here."""
    folder = tmp_path_factory.mktemp("bundle") / "离线 安装包"
    command = [sys.executable, "-m", "jixiao", "bundle", str(folder), "--python-version", VERSION]
    # The checkout, also where another copy is installed: our wheel is made from the sources.
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent / "addin")}
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffPC]:
    """A PC without a Python that anybody knows of."""
    pc = StaffPC(tmp_path_factory.mktemp("pc") / "prefix")
    yield pc
    pc.end()


@pytest.fixture
def copied(pc: StaffPC, kit: Path, tmp_path: Path) -> Path:
    """The kit on the user's desktop, to be damaged."""
    return linked_copy(kit, pc.profile / "Desktop" / tmp_path.name / kit.name)


@pytest.fixture
def python(pc: StaffPC) -> Iterator[PureWindowsPath]:
    """The PC's Python, registered."""
    pc.register_python()
    yield PYTHON
    pc.unregister_python()


@pytest.fixture(scope="module")
def installed(pc: StaffPC, kit: Path) -> Ran:
    """What installing said; the kit lies in a folder with a space and Chinese in its name."""
    pc.register_python()
    ran = pc.double_click(linked_copy(kit, pc.windows.drive_c / kit.name) / "install.cmd")
    pc.unregister_python()
    return ran


def damage(path: Path) -> None:
    """Put another content in its place, with one bit changed in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()  # a link to the kit's own
    path.write_bytes(content)


def nothing_installed(pc: StaffPC) -> bool:
    """Whether the profile is as it was, but for the record of the attempt."""
    kept = {"install.log"}
    return {path.name for path in (pc.profile / FOLDER).glob("*")} <= kept


class TestRefusals:
    """Each says in Chinese why, and what to do, and leaves nothing behind."""

    def test_without_python_says_which_and_where_from(self, pc: StaffPC, copied: Path) -> None:
        ran = pc.double_click(copied / "install.cmd")
        assert ran.code == 1
        assert SAID["no-python"] in ran.said
        assert nothing_installed(pc)

    def test_a_python_that_the_kit_does_not_serve(
        self, pc: StaffPC, copied: Path, python: PureWindowsPath
    ) -> None:
        (copied / "program" / f"requirements-{VERSION}.txt").unlink()
        ran = pc.double_click(copied / "install.cmd")
        assert ran.code == 1
        assert SAID["no-python"] in ran.said
        assert f'"{python}"\n    {SAID["unfit-10"]}' in ran.said

    def test_damaged_copy_is_found_before_anything_is_installed(
        self, pc: StaffPC, copied: Path, python: PureWindowsPath
    ) -> None:
        (wheel,) = (copied / "program" / "wheels").glob("numpy-*")
        damage(wheel)
        ran = pc.double_click(copied / "install.cmd")
        assert ran.code == 1
        assert f"不完整或已损坏：program/wheels/{wheel.name}。请重新拷贝" in ran.said
        assert nothing_installed(pc)

    def test_started_from_inside_an_archive_only_the_script_is_there(
        self, pc: StaffPC, copied: Path
    ) -> None:
        shutil.rmtree(copied / "program")
        """Wine has no PowerShell, which shows the Chinese sentence."""
        ran = pc.double_click(copied / "install.cmd")
        assert (ran.code, r"program\install.py" in ran.said) == (1, True)

    def test_nothing_to_uninstall(self, pc: StaffPC, copied: Path) -> None:
        ran = pc.double_click(copied / "uninstall.cmd")
        assert (ran.code, SAID["not-installed"] in ran.said) == (1, True)


def test_python_that_came_with_the_kit_is_installed_and_used(pc: StaffPC, copied: Path) -> None:
    write_python_installer(copied / "program" / f"python-{VERSION}.9-amd64.exe")
    (wheel,) = (copied / "program" / "wheels").glob("numpy-*")
    damage(wheel)  # it need not go on for long
    try:
        ran = pc.double_click(copied / "install.cmd")
    finally:
        pc.unregister_python()
    assert SAID["installing-python"] in ran.said
    assert f"用这个 Python 安装：{PYTHON}" in ran.said
    assert "不完整或已损坏" in ran.said


# Wine's cmd takes minutes to delete what Windows deletes in seconds.
_NOT_NEEDED_TO_UNINSTALL = ("fontTools", "matplotlib", "numpy", "pandas", "PIL")


class TestInstalled:
    """One installation, looked at from all sides, and taken back at the end."""

    def test_says_each_step_and_that_it_is_done(self, installed: Ran) -> None:
        assert installed.code == 0, installed.said
        for step in ("[1/4]", "[2/4]", "[3/4]", "[4/4]", "错误 0 项", "安装完成。"):
            assert step in installed.said

    def test_record_has_what_was_said_and_what_pip_said(self, pc: StaffPC, installed: Ran) -> None:
        record = (pc.profile / FOLDER / "install.log").read_text("utf-8-sig")
        assert "安装完成。" in record
        assert "Successfully installed" in record
        assert "No broken requirements found." in record

    def test_function_is_called_through_the_dll_from_the_installed_package(
        self, pc: StaffPC, installed: Ran
    ) -> None:
        profile = rf"C:\users\{USER}"
        environment = PureWindowsPath(profile, FOLDER, "venv")
        program = pc.windows.drive_c / "call.py"
        program.write_text(CALL, "utf-8")
        called = pc.run(
            str(environment / "Scripts" / "python.exe"),
            *("-X", "utf8", r"C:\call.py", str(pc.windows.path(TESTS)), profile),
        )
        assert called.code == 0, called.said
        first, second, package = json.loads(called.said.splitlines()[-1])
        assert first["value"] == "优"
        assert second["value"] == 16.2  # 81/100 × 20
        assert PureWindowsPath(package).is_relative_to(environment)

    def test_command_for_the_command_line(self, pc: StaffPC, installed: Ran) -> None:
        command = pc.windows.path(pc.profile / FOLDER / "jixiao.cmd")
        shown = pc.run("cmd", "/c", str(command))
        assert shown.code == 2  # no command given
        assert "用法：" in shown.said

    def test_python_of_the_pc_is_as_it_was(self, pc: StaffPC, installed: Ran) -> None:
        packages = pc.here(PYTHON).parent / "Lib" / "site-packages"
        assert not list(packages.glob("*xlwings*")) + list(packages.glob("*jixiao*"))

    def test_refused_update_leaves_what_was_installed(
        self, pc: StaffPC, installed: Ran, copied: Path, python: PureWindowsPath
    ) -> None:
        sums = copied / "SHA256SUMS"
        (wheel,) = (copied / "program" / "wheels").glob("rich-*")
        kept = [line for line in sums.read_text("utf-8").splitlines() if wheel.name not in line]
        sums.unlink()
        sums.write_text("\n".join(kept), "utf-8")
        damage(wheel)
        before = (pc.profile / FOLDER / "venv" / "pyvenv.cfg").stat().st_ino
        ran = pc.double_click(copied / "install.cmd")
        assert ran.code == 1
        assert "程序的组件没有装好" in ran.said
        assert (pc.profile / FOLDER / "venv" / "pyvenv.cfg").stat().st_ino == before
        assert not (pc.profile / FOLDER / "venv-old").exists()

    def test_uninstalling_takes_everything_but_the_workbooks(
        self, pc: StaffPC, installed: Ran, copied: Path
    ) -> None:
        assert (pc.profile / ADDIN).is_file()
        own = (pc.profile / TEMPLATE).with_name("我的自评表.xlsm")
        own.write_bytes(b"filled in")
        libraries = pc.profile / FOLDER / "venv" / "Lib" / "site-packages"
        for name in _NOT_NEEDED_TO_UNINSTALL:
            shutil.rmtree(libraries / name)
        ran = pc.double_click(copied / "uninstall.cmd")
        assert ran.code == 0, ran.said
        assert SAID["uninstalled"] in ran.said
        assert not (pc.profile / FOLDER).exists()
        assert not (pc.profile / ADDIN).exists()
        assert list(own.parent.iterdir()) == [own]
