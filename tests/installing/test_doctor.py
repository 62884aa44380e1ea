"""``jixiao doctor``: each fault on a fake machine, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.process import english_in, python
from conftest import Command
from installing.machine import Machine
from jixiao.installing.checks import office
from jixiao.installing.checks.all_checks import CHECKS, examine
from jixiao.installing.checks.finding import Finding, Verdict
from jixiao.installing.system import Distribution, Ran

SECURITY = r"Office\16.0\Excel\Security"
POLICY = rf"HKCU\Software\Policies\Microsoft\{SECURITY}"
OWN = rf"HKCU\Software\Microsoft\{SECURITY}"
CLASS = r"HKCR\Excel.Application\CLSID"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"


def found(machine: Machine, topic: str) -> Finding:
    return next(item for item in examine(machine.system) if item.id == topic)


@pytest.fixture
def installed(jixiao: Command, machine: Machine) -> Machine:
    """A machine on which everything is right."""
    machine.change(environment={**machine.system.environment, "TEMP": "/Temp"})
    machine.registry.values[CLASS, ""] = "{00024500}"
    server = r"HKCR\CLSID\{00024500}\LocalServer32"
    machine.registry.values[server, ""] = f'"{EXCEL}" /automation'
    jixiao("install")
    return machine


def verdicts(machine: Machine) -> dict[str, Verdict]:
    return {item.id: item.verdict for item in examine(machine.system)}


def test_healthy_machine_has_no_error(jixiao: Command, installed: Machine) -> None:
    ran = jixiao("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert "错误 0 项" in ran.out
    notes = [topic for topic, verdict in verdicts(installed).items() if verdict is Verdict.NOTE]
    assert notes == ["profile_path"]  # 张 三


def test_machine_without_an_installation(jixiao: Command, machine: Machine) -> None:
    ran = jixiao("doctor")
    assert ran.code == 1
    assert "请照各项的“怎么办”处理" in ran.err
    errors = {topic for topic, verdict in verdicts(machine).items() if verdict is Verdict.ERROR}
    assert errors == {"dll_copy", "settings", "settings_interpreter", "settings_dll", "addin"}
    assert "python -m jixiao install" in ran.out


@pytest.mark.parametrize(
    ("topic", "changes"),
    [
        ("python_version", {"version": (3, 10, 9)}),
        ("python_bits", {"bits": 32}),
        ("python_store", {"interpreter": "/AppData/Local/Microsoft/WindowsApps/python.exe"}),
        ("python_store", {"prefixes": (Path("/Program Files/WindowsApps/Python"),)}),
        ("profile_path", {"ansi": "cp1252"}),
        ("profile_path", {"interpreter": "/😀/python.exe"}),
    ],
)
def test_errors_of_python_and_profile(
    installed: Machine, topic: str, changes: dict[str, object]
) -> None:
    assert found(installed, topic).verdict is Verdict.GOOD or topic == "profile_path"
    installed.change(**changes)
    assert found(installed, topic).verdict is Verdict.ERROR
    assert found(installed, topic).advice


def test_profile_in_ascii_is_good(installed: Machine) -> None:
    home = Path("/Users/zhang")
    installed.change(home=home, interpreter="/python/python.exe")
    assert found(installed, "profile_path").verdict is Verdict.GOOD


@pytest.mark.parametrize(
    ("topic", "name"), [("package", "jixiao"), ("xlwings", "xlwings"), ("xlwings", "pywin32")]
)
def test_packages_that_pip_did_not_install(installed: Machine, topic: str, name: str) -> None:
    del installed.distributions[name]
    assert found(installed, topic).verdict is Verdict.ERROR


@pytest.mark.parametrize(("topic", "module"), [("libraries", "jixiao.udfs"), ("pandas", "pandas")])
def test_modules_that_cannot_be_imported(installed: Machine, topic: str, module: str) -> None:
    installed.faults[module] = "ImportError: DLL load failed"
    item = found(installed, topic)
    assert item.verdict is Verdict.ERROR
    assert "DLL load failed" in item.found


class TestConnection:
    def test_dll_is_missing_in_xlwings(self, installed: Machine) -> None:
        (installed.python / "xlwings32-0.37.8.dll").unlink()
        assert "没有找到连接库（32 位" in found(installed, "dll_source").found

    def test_xlwings_was_updated_and_the_copy_not(self, installed: Machine) -> None:
        for bits in (64, 32):
            (installed.python / f"xlwings{bits}-0.38.0.dll").write_bytes(b"newer")
        installed.distributions["xlwings"] = Distribution("0.38.0", ())
        item = found(installed, "dll_copy")
        assert item.verdict is Verdict.ERROR
        assert "版本不一致" in item.found

    def test_copy_is_missing(self, installed: Machine) -> None:
        (installed.folder / "jixiao-xlwings64.dll").unlink()
        assert "没有 jixiao-xlwings64.dll" in found(installed, "dll_copy").found


class TestSettings:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda old: b"\xef\xbb\xbf" + old, "BOM"),
            (lambda old: old.decode("gbk").encode("utf-16"), "BOM"),
            (lambda old: old + b"\x81\r\n", "编码"),
            (lambda old: old.replace(b"\r\n", b"\n"), "行尾"),
            (lambda old: old + b"\r\n", "不是“键,值”"),
            (lambda old: old + b"INTERPRETER=x\r\n", "不是“键,值”"),
            (lambda old: b"", "不是“键,值”"),
        ],
        ids=["bom", "utf-16", "code-page", "line-ends", "empty-line", "no-pair", "empty"],
    )
    def test_files_that_excel_cannot_read(
        self, installed: Machine, change: object, words: str
    ) -> None:
        path = installed.folder / "jixiao.conf"
        path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
        item = found(installed, "settings")
        assert item.verdict is Verdict.ERROR
        assert words in item.found

    def test_interpreter_that_is_gone(self, installed: Machine) -> None:
        (installed.python / "python.exe").unlink()
        item = found(installed, "settings_interpreter")
        assert item.verdict is Verdict.ERROR
        assert str(installed.python) in item.found

    def test_another_interpreter(self, installed: Machine) -> None:
        installed.change(interpreter="/other/python.exe")
        item = found(installed, "settings_interpreter")
        assert item.verdict is Verdict.NOTE
        assert "/other/python.exe" in item.found

    def test_another_dll_folder(self, installed: Machine) -> None:
        path = installed.folder / "jixiao.conf"
        path.write_bytes(path.read_bytes().replace(b".jixiao", b".other"))
        assert found(installed, "settings_dll").verdict is Verdict.ERROR


class TestFiles:
    def test_addin_of_another_version(self, installed: Machine) -> None:
        installed.addin.write_bytes(b"older")
        assert "版本不一致" in found(installed, "addin").found

    def test_shipped_addin_is_missing(self, installed: Machine) -> None:
        (installed.top / "addin/excel/jixiao.xlam").unlink()
        item = found(installed, "addin")
        assert item.verdict is Verdict.ERROR
        assert "缺少程序自带的文件" in item.found

    @pytest.mark.parametrize("zone", [3, 4])
    def test_mark_of_the_web(self, installed: Machine, zone: int) -> None:
        received = installed.template.with_name("微信收到.xlsm")
        received.touch()
        installed.zones[received] = f"[ZoneTransfer]\r\nZoneId={zone}\r\nHostUrl=about:internet\r\n"
        item = found(installed, "mark_of_the_web")
        assert item.verdict is Verdict.ERROR
        assert str(received) in item.found
        assert "解除锁定" in item.advice

    def test_mark_of_the_intranet_does_no_harm(self, installed: Machine) -> None:
        installed.zones[installed.addin] = "[ZoneTransfer]\r\nZoneId=1\r\n"
        assert found(installed, "mark_of_the_web").verdict is Verdict.GOOD

    def test_template_in_a_folder_of_the_users_choice(
        self, jixiao: Command, installed: Machine, tmp_path: Path
    ) -> None:
        jixiao("install", "--templates", tmp_path / "别处")
        (path,) = (tmp_path / "别处").iterdir()
        installed.zones[path] = "ZoneId=3"
        assert str(path) in found(installed, "mark_of_the_web").found


class TestOffice:
    def test_good(self, installed: Machine) -> None:
        assert found(installed, "excel").found == EXCEL

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            (r"C:\Program Files\WindowsApps\Microsoft.Office\EXCEL.EXE", "商店版"),
            (r'"D:\Kingsoft\WPS Office\12.1\office6\et.exe" /Automation', "WPS"),
        ],
    )
    def test_programs_that_do_not_serve(self, installed: Machine, path: str, words: str) -> None:
        installed.registry.values[r"HKCR\CLSID\{00024500}\LocalServer32", ""] = path
        item = found(installed, "excel")
        assert item.verdict is Verdict.ERROR
        assert words in item.found

    def test_by_its_path_where_com_does_not_know_it(self, installed: Machine) -> None:
        installed.registry.values = {(rf"HKLM\{office._APP_PATH}", ""): EXCEL}
        assert found(installed, "excel").found == EXCEL

    def test_none(self, installed: Machine) -> None:
        installed.registry.values = {}
        assert found(installed, "excel").verdict is Verdict.NOTE

    @pytest.mark.parametrize(
        ("value", "verdict"),
        [(1, Verdict.NOTE), (2, Verdict.GOOD), (3, Verdict.ERROR), (4, Verdict.ERROR)],
    )
    @pytest.mark.parametrize(("key", "advice"), [(POLICY, "信息部门"), (OWN, "信任中心")])
    def test_macro_settings(
        self, installed: Machine, value: int, verdict: Verdict, key: str, advice: str
    ) -> None:
        installed.registry.values[key, "VBAWarnings"] = value
        item = found(installed, "macros")
        assert item.verdict is verdict
        assert verdict is Verdict.GOOD or advice in item.advice

    def test_policy_overrides_the_users_choice(self, installed: Machine) -> None:
        installed.registry.values[OWN, "VBAWarnings"] = 4
        installed.registry.values[POLICY, "VBAWarnings"] = 2
        assert found(installed, "macros").verdict is Verdict.GOOD

    def test_vba_switched_off_altogether(self, installed: Machine) -> None:
        key = r"HKCU\Software\Policies\Microsoft\Office\16.0\Common"
        installed.registry.values[key, "VBAOff"] = 1
        assert "VBAOff" in found(installed, "macros").found

    def test_macros_from_the_internet(self, installed: Machine) -> None:
        installed.registry.values[POLICY, "blockcontentexecutionfrominternet"] = 1
        assert found(installed, "internet_macros").verdict is Verdict.NOTE

    def test_trusted_location(self, installed: Machine) -> None:
        assert "不在其中" in found(installed, "trusted_locations").found
        key = rf"{OWN}\Trusted Locations\Location7"
        installed.registry.values[key, "Path"] = f"{installed.template.parent.parent}\\"
        assert "模板文件夹在其中" in found(installed, "trusted_locations").found

    def test_no_trusted_locations_allowed(self, installed: Machine) -> None:
        installed.registry.values[rf"{POLICY}\Trusted Locations", "AllLocationsDisabled"] = 1
        assert found(installed, "trusted_locations").verdict is Verdict.NOTE


class TestComCache:
    @pytest.fixture
    def cache(self, installed: Machine, tmp_path: Path) -> Path:
        folder = tmp_path / "Temp/gen_py/3.11"
        folder.mkdir(parents=True)
        installed.change(environment={"TEMP": str(tmp_path / "Temp")})
        return folder

    def test_whole(self, installed: Machine, cache: Path) -> None:
        (cache / "00020813x0x1x9").mkdir()
        (cache / "00020813x0x1x9/__init__.py").touch()
        (cache / "dicts.dat").write_bytes(b"content")
        (cache / "__pycache__").mkdir()
        assert found(installed, "com_cache").verdict is Verdict.GOOD

    def test_package_without_its_first_module(self, installed: Machine, cache: Path) -> None:
        (cache / "00020813x0x1x9/__pycache__").mkdir(parents=True)
        item = found(installed, "com_cache")
        assert item.verdict is Verdict.ERROR
        assert str(cache.parent) in item.advice

    def test_empty_index(self, installed: Machine, cache: Path) -> None:
        (cache / "dicts.dat").touch()
        assert found(installed, "com_cache").verdict is Verdict.ERROR


class TestLinux:
    @pytest.fixture(autouse=True)
    def linux(self, machine: Machine) -> None:
        machine.change(
            platform="linux",
            environment={},
            which=lambda name: f"/usr/bin/{name}",
            run=lambda command: Ran(0, "3.11\n" if "-c" in command else "None.\n"),
        )

    def listed(self, machine: Machine) -> None:
        answer = (
            "Identifier: jixiao.calc\n"
            "  URL: vnd.sun.star.expand:$UNO_USER_PACKAGES_CACHE/uno_packages/lu1.tmp_/jixiao.oxt\n"
        )
        machine.change(run=lambda _: Ran(0, answer))

    def test_what_is_only_on_windows_says_so(self, machine: Machine) -> None:
        for topic in ("addin", "settings", "macros", "mark_of_the_web", "dll_copy"):
            item = found(machine, topic)
            assert item.verdict is Verdict.UNCHECKED
            assert "Windows" in item.found

    def test_extension_missing(self, machine: Machine) -> None:
        assert "install --calc" in found(machine, "calc_extension").advice

    def test_extension_present(self, machine: Machine) -> None:
        self.listed(machine)
        assert found(machine, "calc_extension").verdict is Verdict.GOOD

    def test_extension_whose_folders_are_gone(self, machine: Machine, tmp_path: Path) -> None:
        self.listed(machine)
        cache = machine.home / ".config/libreoffice/4/user/uno_packages/cache/uno_packages"
        paths = cache / "lu1.tmp_/jixiao.oxt/python/paths.txt"
        paths.parent.mkdir(parents=True)
        paths.write_text(f"{tmp_path}\n{tmp_path / '搬走了'}\n", "utf-8")
        item = found(machine, "calc_extension")
        assert item.verdict is Verdict.ERROR
        assert "搬走了" in item.found

    def test_root_is_told_that_nothing_could_be_seen(self, machine: Machine) -> None:
        machine.change(is_root=True)
        item = found(machine, "calc_extension")
        assert item.verdict is Verdict.UNCHECKED
        assert "root" in item.found

    def test_no_libreoffice(self, machine: Machine) -> None:
        machine.change(which=lambda _: None)
        assert found(machine, "libreoffice").verdict is Verdict.NOTE
        assert found(machine, "calc_extension").verdict is Verdict.UNCHECKED
        assert found(machine, "calc_python").verdict is Verdict.UNCHECKED

    def test_other_python_in_libreoffice(self, machine: Machine) -> None:
        machine.change(run=lambda _: Ran(0, "3.9\n"))
        assert found(machine, "calc_python").verdict is Verdict.NOTE

    def test_no_uno(self, machine: Machine) -> None:
        machine.change(run=lambda _: Ran(1, "No module named 'uno'"))
        assert "python3-uno" in found(machine, "calc_python").advice

    def test_unopkg_that_fails(self, machine: Machine) -> None:
        machine.change(run=lambda _: Ran(1, "坏了"))
        item = found(machine, "calc_extension")
        assert item.verdict is Verdict.UNCHECKED
        assert "坏了" in item.found


def test_broken_check_does_not_stop_the_others(installed: Machine) -> None:
    def broken(key: str, name: str) -> None:
        if "Office" in key or "Excel" in key:
            raise RuntimeError("嘭")

    installed.change(registry=broken)
    for topic in ("excel", "macros"):
        assert found(installed, topic).verdict is Verdict.UNCHECKED
        assert "嘭" in found(installed, topic).found
    assert found(installed, "addin").verdict is Verdict.GOOD


def test_damaged_record_is_a_note(installed: Machine) -> None:
    (installed.folder / "installed.json").write_text("{")
    assert found(installed, "record").verdict is Verdict.NOTE


def test_unreadable_file_is_said(installed: Machine) -> None:
    installed.addin.unlink()
    installed.addin.mkdir()
    assert found(installed, "addin").verdict is Verdict.ERROR


def test_json_has_every_check_and_nothing_else_on_stdout(jixiao: Command, machine: Machine) -> None:
    ran = jixiao("doctor", "--json")
    assert ran.code == 1
    checks = json.loads(ran.out)["checks"]
    assert [check["id"] for check in checks] == [check.topic.id for check in CHECKS]
    assert {check["verdict"] for check in checks} <= {item.name for item in Verdict}


def test_ids_are_unique() -> None:
    ids = [check.topic.id for check in CHECKS]
    assert len(ids) == len(set(ids))


def test_errors_and_notes_say_what_to_do(machine: Machine) -> None:
    for item in examine(machine.system):
        if item.verdict in (Verdict.ERROR, Verdict.NOTE):
            assert item.advice, item.id


def test_on_this_very_machine(tmp_path: Path) -> None:
    ran = python("-m", "jixiao", "doctor", cwd=tmp_path, env={"HOME": str(tmp_path)})
    assert ran.code in (0, 1)
    assert "绩效诊断" in ran.out
    assert "Traceback" not in ran.err


def test_help_is_chinese(jixiao: Command) -> None:
    known = ("install", "uninstall", "doctor", "templates", "calc", "dry-run", "LibreOffice")
    for command in ("install", "uninstall", "doctor"):
        ran = jixiao(command, "--help")
        assert ran.code == 0
        assert english_in(ran.out, *known, "Linux") == []


_PROGRAM = """
import sys, jixiao.cli
from jixiao.cli.arguments import build_parser
build_parser()
loaded = [name for name in sys.modules if name.startswith("jixiao.installing")]
assert not loaded, loaded
from jixiao.installing.system import this_system
from jixiao.installing.plan import plan_for_excel
heavy = {"pandas", "numpy", "xlwings", "xlsxwriter", "rich"} & set(sys.modules)
assert not heavy, heavy
"""


def test_command_line_loads_none_of_it(tmp_path: Path) -> None:
    ran = python("-c", _PROGRAM, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
