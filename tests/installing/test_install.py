"""``jixiao install`` on a fake Windows profile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Command
from installing.machine import PERSONAL, TEMPLATE, Machine
from jixiao.installing.system import Distribution


def test_writes_dlls_settings_template_and_addin_and_nothing_else(
    jixiao: Command, machine: Machine
) -> None:
    ran = jixiao("install")
    assert (ran.code, ran.err) == (0, "")
    files = machine.files()
    assert set(files) == {
        ".jixiao/jixiao-xlwings64.dll",
        ".jixiao/jixiao-xlwings32.dll",
        ".jixiao/jixiao.conf",
        ".jixiao/installed.json",
        "AppData/Roaming/Microsoft/Excel/XLSTART/jixiao.xlam",
        f"Documents/绩效自评/{TEMPLATE}",
    }
    assert files[".jixiao/jixiao-xlwings64.dll"] == b"DLL of 64 bits"
    assert files[".jixiao/jixiao-xlwings32.dll"] == b"DLL of 32 bits"
    assert machine.addin.read_bytes() == b"the add-in"
    assert machine.template.read_bytes() == b"the template"


def test_settings_hold_the_interpreter_and_the_folder_in_code_page_936(
    jixiao: Command, machine: Machine
) -> None:
    jixiao("install")
    lines = (machine.folder / "jixiao.conf").read_bytes().decode("gbk").split("\r\n")
    assert f'"INTERPRETER_WIN","{machine.python / "python.exe"}"' in lines
    assert f'"DLL","{machine.folder}"' in lines


def test_every_file_is_announced_and_the_addin_comes_last(
    jixiao: Command, machine: Machine
) -> None:
    lines = jixiao("install").out.splitlines()
    assert [line[:5] for line in lines[1:6]] == ["[1/5]", "[2/5]", "[3/5]", "[4/5]", "[5/5]"]
    assert lines[5] == f"[5/5] Excel 加载项：新装　{machine.addin}"
    for path in (machine.folder / "jixiao.conf", machine.template):
        assert any(str(path) in line for line in lines)
    assert "管理员" in lines[0]


def test_rehearsal_says_the_same_and_writes_nothing(jixiao: Command, machine: Machine) -> None:
    rehearsed = jixiao("install", "--dry-run")
    assert rehearsed.code == 0
    assert machine.files() == {}
    assert machine.folders() == set()
    steps = [line for line in rehearsed.out.splitlines() if line.startswith("[")]
    done = [line for line in jixiao("install").out.splitlines() if line.startswith("[")]
    assert steps == done


def test_second_run_changes_nothing(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    before = {path: path.stat().st_mtime_ns for path in machine.home.rglob("*")}
    ran = jixiao("install")
    assert ran.code == 0
    assert ran.out.count("已是最新，不动") == 5
    assert {path: path.stat().st_mtime_ns for path in machine.home.rglob("*")} == before


def test_update_replaces_what_was_installed(jixiao: Command, machine: Machine) -> None:
    jixiao("install")
    machine.top.joinpath("addin/excel/jixiao.xlam").write_bytes(b"the new add-in")
    machine.top.joinpath("workbook_templates", TEMPLATE).write_bytes(b"the new template")
    dll = machine.python / "xlwings64-0.38.0.dll"
    dll.write_bytes(b"the new DLL")
    machine.python.joinpath("xlwings32-0.38.0.dll").write_bytes(b"the new DLL of 32 bits")
    machine.distributions["xlwings"] = Distribution("0.38.0", (dll,))
    before = set(machine.files())
    assert jixiao("install").out.count("：更新") == 4
    assert set(machine.files()) == before
    assert machine.addin.read_bytes() == b"the new add-in"
    assert machine.template.read_bytes() == b"the new template"
    assert (machine.folder / "jixiao-xlwings64.dll").read_bytes() == b"the new DLL"


class TestTemplate:
    def test_filled_in_file_is_kept_and_the_new_one_gets_a_number(
        self, jixiao: Command, machine: Machine
    ) -> None:
        jixiao("install")
        machine.template.write_bytes(b"filled in")
        ran = jixiao("install")
        numbered = machine.template.with_stem(f"{machine.template.stem}(2)")
        assert machine.template.read_bytes() == b"filled in"
        assert numbered.read_bytes() == b"the template"
        assert f"保留不动；新的另存　{numbered}" in ran.out

    def test_number_counts_on(self, jixiao: Command, machine: Machine) -> None:
        for number in range(1, 4):
            jixiao("install")
            newest = machine.template.parent / (
                TEMPLATE if number == 1 else TEMPLATE.replace(".xlsm", f"({number}).xlsm")
            )
            newest.write_bytes(f"filled in {number}".encode())
        assert len(list(machine.template.parent.iterdir())) == 3

    def test_somebody_elses_file_of_that_name_is_kept(
        self, jixiao: Command, machine: Machine
    ) -> None:
        machine.template.parent.mkdir(parents=True)
        machine.template.write_bytes(b"last year's")
        assert jixiao("install").code == 0
        assert machine.template.read_bytes() == b"last year's"

    def test_folder_is_the_users_choice(
        self, jixiao: Command, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert jixiao("install", "--templates", "我的 表").code == 0
        assert (tmp_path / "我的 表" / TEMPLATE).is_file()
        assert not machine.template.exists()
        recorded = json.loads((machine.folder / "installed.json").read_text("utf-8"))["files"]
        assert str(tmp_path / "我的 表" / TEMPLATE) in recorded

    def test_documents_that_were_moved(self, jixiao: Command, machine: Machine) -> None:
        machine.registry.values[PERSONAL] = "%UserProfile%/OneDrive/文档"
        jixiao("install")
        assert (machine.home / "OneDrive/文档/绩效自评" / TEMPLATE).is_file()

    def test_documents_with_an_unknown_variable(self, jixiao: Command, machine: Machine) -> None:
        machine.registry.values[PERSONAL] = "%NOWHERE%/Documents"
        jixiao("install")
        assert machine.template.is_file()


class TestOurOwnFiles:
    def test_changed_settings_are_backed_up_outside_of_excels_folder(
        self, jixiao: Command, machine: Machine
    ) -> None:
        jixiao("install")
        (machine.folder / "jixiao.conf").write_bytes(b"by hand")
        machine.addin.write_bytes(b"by hand too")
        ran = jixiao("install")
        assert (machine.folder / "jixiao.conf.bak").read_bytes() == b"by hand"
        assert (machine.folder / "jixiao.xlam.bak").read_bytes() == b"by hand too"
        assert f"备份为 {machine.folder / 'jixiao.conf.bak'}" in ran.out
        assert [path.name for path in machine.addin.parent.iterdir()] == ["jixiao.xlam"]
        assert machine.addin.read_bytes() == b"the add-in"

    def test_backups_do_not_overwrite_each_other(self, jixiao: Command, machine: Machine) -> None:
        for content in (b"one", b"two", b"two"):
            jixiao("install")
            (machine.folder / "jixiao.conf").write_bytes(content)
        jixiao("install")
        kept = {path.name: path.read_bytes() for path in machine.folder.glob("*.bak*")}
        assert kept == {"jixiao.conf.bak": b"one", "jixiao.conf.bak2": b"two"}

    def test_lost_record_is_made_anew(self, jixiao: Command, machine: Machine) -> None:
        jixiao("install")
        (machine.folder / "installed.json").unlink()
        jixiao("install")
        jixiao("uninstall")
        assert set(machine.files()) == {f"Documents/绩效自评/{TEMPLATE}"}


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"bits": 32}, "32 位"),
            ({"version": (3, 9, 0)}, "3.9.0"),
            ({"interpreter": "/Program Files/WindowsApps/Python.3.11/python.exe"}, "商店版"),
            ({"ansi": "cp1252"}, "ANSI 编码"),
        ],
    )
    def test_unfit_python_or_system(
        self, jixiao: Command, machine: Machine, changes: dict[str, object], words: str
    ) -> None:
        machine.change(**changes)
        ran = jixiao("install")
        assert ran.code == 1
        assert words in ran.err
        assert machine.files() == {}

    def test_checkout_that_is_not_installed(self, jixiao: Command, machine: Machine) -> None:
        del machine.distributions["jixiao"]
        ran = jixiao("install")
        assert ran.code == 1
        assert "pip install ." in ran.err
        assert machine.files() == {}

    def test_everything_that_is_missing_is_named(self, jixiao: Command, machine: Machine) -> None:
        (machine.top / "addin/excel/jixiao.xlam").unlink()
        (machine.top / "workbook_templates" / TEMPLATE).unlink()
        (machine.python / "xlwings32-0.37.8.dll").unlink()
        ran = jixiao("install")
        assert (ran.code, ran.out) == (1, "")
        for words in ("jixiao.xlam", "*.xlsm", "连接库（32 位"):
            assert words in ran.err
        assert machine.files() == {}

    def test_dll_beside_the_interpreter_of_an_environment(
        self, jixiao: Command, machine: Machine
    ) -> None:
        machine.distributions["xlwings"] = Distribution("0.37.8", ())
        machine.change(
            interpreter=str(machine.python / "Scripts/python.exe"), prefixes=(machine.python,)
        )
        assert jixiao("install").code == 0

    def test_excel_has_the_addin_open(self, jixiao: Command, machine: Machine) -> None:
        jixiao("install")
        machine.top.joinpath("addin/excel/jixiao.xlam").write_bytes(b"the new add-in")
        machine.top.joinpath("workbook_templates", TEMPLATE).write_bytes(b"the new template")
        machine.addin.with_name("~$jixiao.xlam").touch()
        before = machine.files()
        for arguments in ([], ["--dry-run"]):
            ran = jixiao("install", *arguments)
            assert ran.code == 1
            assert str(machine.addin) in ran.err
            assert "请关闭所有 Excel 窗口" in ran.err
            assert machine.files() == before

    def test_excel_may_be_open_where_nothing_changes(
        self, jixiao: Command, machine: Machine
    ) -> None:
        jixiao("install")
        machine.addin.with_name("~$jixiao.xlam").touch()
        assert jixiao("install").code == 0

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"files": 1}', "\x00"])
    def test_damaged_record(self, jixiao: Command, machine: Machine, content: str) -> None:
        machine.folder.mkdir()
        (machine.folder / "installed.json").write_text(content)
        for command in ("install", "uninstall"):
            ran = jixiao(command)
            assert ran.code == 1
            assert "已损坏" in ran.err


class TestFailures:
    def test_failing_step_is_named_and_those_before_it_are_recorded(
        self, jixiao: Command, machine: Machine
    ) -> None:
        machine.addin.parent.parent.mkdir(parents=True)
        machine.addin.parent.write_bytes(b"a file where the folder should be")
        ran = jixiao("install")
        assert ran.code == 1
        assert f"Excel 加载项没有装上：{machine.addin}" in ran.err
        assert machine.template.is_file()
        machine.addin.parent.unlink()
        assert jixiao("install").out.count("不动") == 4
        assert jixiao("uninstall").code == 0
        assert machine.files() == {}

    def test_file_that_cannot_be_replaced_stays_whole(
        self, jixiao: Command, machine: Machine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        jixiao("install")
        machine.top.joinpath("addin/excel/jixiao.xlam").write_bytes(b"the new add-in")

        def refuse(source: Path, target: Path) -> None:
            raise PermissionError(13, "in use")

        monkeypatch.setattr("os.replace", refuse)
        before = machine.files()
        ran = jixiao("install")
        assert ran.code == 1
        assert "“jixiao.xlam”保存失败：没有写入权限" in ran.err
        assert machine.files() == before


class TestOffWindows:
    @pytest.fixture(autouse=True)
    def linux(self, machine: Machine) -> None:
        machine.change(platform="linux", ansi="utf-8", environment={})

    def test_explains_and_puts_only_the_template(self, jixiao: Command, machine: Machine) -> None:
        ran = jixiao("install")
        assert (ran.code, ran.err) == (0, "")
        for words in ("不是 Windows", "XLSTART", "jixiao.conf", "install --calc"):
            assert words in ran.out
        assert set(machine.files()) == {
            f"Documents/绩效自评/{TEMPLATE}",
            ".jixiao/installed.json",
        }

    def test_documents_folder_with_a_chinese_name(self, jixiao: Command, machine: Machine) -> None:
        config = machine.home / ".config/user-dirs.dirs"
        config.parent.mkdir()
        config.write_text('# …\nXDG_DESKTOP_DIR="$HOME/桌面"\nXDG_DOCUMENTS_DIR="$HOME/文档"\n')
        jixiao("install")
        assert (machine.home / "文档/绩效自评" / TEMPLATE).is_file()

    def test_uninstall_takes_it_back(self, jixiao: Command, machine: Machine) -> None:
        jixiao("install")
        assert jixiao("uninstall").code == 0
        assert machine.files() == {}


def test_says_how_the_program_is_called_here(jixiao: Command, machine: Machine) -> None:
    """The offline kit has a command of its own, because no Python on the path has the program."""
    assert "有问题先运行：python -m jixiao doctor" in jixiao("install").out
    machine.change(interpreter=str(machine.folder / "venv/Scripts/python.exe"))
    assert f"有问题先运行：{machine.folder / 'jixiao'} doctor" in jixiao("install").out
