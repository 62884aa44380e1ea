"""What runs on the staff's PC, as far as it runs on any system; the rest is tested under Wine."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao import settings
from jixiao.bundling.kit import SUMS
from jixiao.bundling.on_site import fitness, install
from jixiao.bundling.on_site.install import Failure, Kit, Log
from jixiao.installing.places import ENVIRONMENT

ON_SITE = Path(install.__file__).parent
THIS = "requirements-{}.{}.txt".format(*sys.version_info)


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """A kit with the list of this Python and one package."""
    kit = Kit(tmp_path / "kit")
    kit.wheels.mkdir(parents=True)
    (kit.wheels / "pip-99.0-py3-none-any.whl").write_bytes(b"a wheel")
    (kit.program / THIS).write_text("pip==99.0\n")
    for name in ("install.py", "fitness.py"):
        shutil.copy(ON_SITE / name, kit.program)
    (kit.top / "先看这里.txt").write_text("for people")
    seal(kit)
    return kit


def seal(kit: Kit) -> None:
    """Write the sums of what is there now."""
    paths = [path for path in kit.top.rglob("*") if path.is_file() and path.name != SUMS]
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} *{path.relative_to(kit.top).as_posix()}"
        for path in paths
    ]
    (kit.top / SUMS).write_text("\n".join(lines), "utf-8")


def run(script: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run it as install.cmd does, and without site-packages: the PC has none of ours."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", str(script)],
        env={"USERPROFILE": str(home), "PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


class TestFitness:
    def test_python_of_another_system_is_not_fit(self, kit: Kit, tmp_path: Path) -> None:
        expected = fitness.FIT if sys.platform == "win32" else fitness.PLATFORM
        assert run(kit.program / "fitness.py", tmp_path).returncode == expected

    def test_python_without_a_list_in_the_kit_is_not_fit(self, kit: Kit, tmp_path: Path) -> None:
        (kit.program / THIS).unlink()
        assert run(kit.program / "fitness.py", tmp_path).returncode == fitness.VERSION

    def test_store_python_is_told_by_its_place(
        self, kit: Kit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.11"
        monkeypatch.setattr(sys, "base_prefix", place)
        assert fitness.verdict(str(kit.program)) == fitness.STORE

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({}, fitness.FIT),
            ({"Py_GIL_DISABLED": None}, fitness.FIT),  # before 3.13 there is no such thing
            ({"platform": "win32"}, fitness.PLATFORM),
            ({"platform": "win-arm64"}, fitness.PLATFORM),
            ({"implementation": "PyPy"}, fitness.KIND),
            ({"Py_GIL_DISABLED": 1}, fitness.KIND),
        ],
        ids=str,
    )
    def test_kinds_of_python(
        self,
        kit: Kit,
        monkeypatch: pytest.MonkeyPatch,
        changed: dict[str, object],
        expected: int,
    ) -> None:
        python = {"platform": "win-amd64", "implementation": "CPython", "Py_GIL_DISABLED": 0}
        python.update(changed)
        monkeypatch.setattr("sysconfig.get_platform", lambda: python["platform"])
        monkeypatch.setattr("platform.python_implementation", lambda: python["implementation"])
        monkeypatch.setattr("sysconfig.get_config_var", python.get)
        assert fitness.verdict(str(kit.program)) == expected

    def test_python_2_could_read_it(self) -> None:
        text = (ON_SITE / "fitness.py").read_text("ascii")
        assert 'f"' not in text
        assert "->" not in text


class TestVerifying:
    def test_whole_kit_passes(self, kit: Kit) -> None:
        install.verify(kit)

    def test_what_is_only_for_reading_may_have_lost_its_name(self, kit: Kit) -> None:
        (kit.top / "先看这里.txt").rename(kit.top / "ÏÈ¿´.txt")
        install.verify(kit)

    @pytest.mark.parametrize("damage", [b"", b"a wheeL", None], ids=["empty", "changed", "gone"])
    def test_damaged_file_is_named(self, kit: Kit, damage: bytes | None) -> None:
        path = kit.wheels / "pip-99.0-py3-none-any.whl"
        path.unlink()
        if damage is not None:
            path.write_bytes(damage)
        with pytest.raises(Failure, match=rf"已损坏：program/wheels/{path.name}。请重新拷贝"):
            install.verify(kit)

    @pytest.mark.parametrize("sums", [None, b"", b"\xff"], ids=["gone", "empty", "no text"])
    def test_list_of_sums_must_be_whole(self, kit: Kit, sums: bytes | None) -> None:
        (kit.top / SUMS).unlink()
        if sums is not None:
            (kit.top / SUMS).write_bytes(sums)
        with pytest.raises(Failure, match=f"{SUMS}.*请重新拷贝"):
            install.verify(kit)


class TestReplacing:
    """The old environment stays until the new one works."""

    @pytest.fixture
    def environment(self, tmp_path: Path) -> Path:
        environment = tmp_path / "venv"
        environment.mkdir()
        (environment / "old").touch()
        return environment

    def test_new_takes_the_place_of_the_old(self, environment: Path) -> None:
        with install.replaced(environment):
            environment.mkdir()
            (environment / "new").touch()
        assert [path.name for path in environment.parent.rglob("*")] == ["venv", "new"]

    @pytest.mark.parametrize("error", [Failure("x"), OSError(), KeyboardInterrupt()], ids=repr)
    def test_old_comes_back_where_the_new_fails(
        self, environment: Path, error: BaseException
    ) -> None:
        with pytest.raises(type(error)):
            _replace(environment, error)
        assert [path.name for path in environment.parent.rglob("*")] == ["venv", "old"]

    def test_nothing_is_left_of_a_first_one_that_fails(self, tmp_path: Path) -> None:
        with pytest.raises(Failure):
            _replace(tmp_path / "venv", Failure("x"))
        assert list(tmp_path.iterdir()) == []

    def test_pc_that_was_switched_off_in_between(self, environment: Path) -> None:
        """The old one is aside, the new one half made; the next attempt fails too."""
        environment.rename(environment.with_name("venv-old"))
        environment.mkdir()
        (environment / "half").touch()
        with pytest.raises(Failure), install.replaced(environment):
            raise Failure("x")
        assert [path.name for path in environment.parent.rglob("*")] == ["venv", "old"]

    def test_environment_in_use_is_told_and_kept(
        self, environment: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(Failure, match=r"正在使用.*关闭所有 Excel"):
            _replace(environment, AssertionError("nothing may be installed"))
        assert (environment / "old").exists()


def _replace(environment: Path, error: BaseException) -> None:
    with install.replaced(environment):
        environment.mkdir()
        raise error


class TestRunning:
    def test_damaged_kit_is_refused_and_recorded(self, kit: Kit, tmp_path: Path) -> None:
        (kit.top / SUMS).unlink()
        ran = run(kit.program / "install.py", tmp_path)
        assert (ran.returncode, ran.stderr) == (1, "")
        assert "没有装上：离线安装包里没有完好的" in ran.stdout
        log = tmp_path / ".jixiao" / "install.log"
        assert str(log) in ran.stdout
        content = log.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert "没有装上" in content.decode("utf-8-sig")
        assert [path.name for path in log.parent.iterdir()] == ["install.log"]

    def test_fault_of_the_program_is_recorded_whole(self, kit: Kit, tmp_path: Path) -> None:
        (kit.program / THIS).write_text("pip\n")  # no version
        seal(kit)
        ran = run(kit.program / "install.py", tmp_path)
        assert (ran.returncode, ran.stderr) == (1, "")
        assert "没有装上" in ran.stdout
        assert "Traceback" not in ran.stdout

    def test_profile_that_cannot_be_written_is_told(self, kit: Kit, tmp_path: Path) -> None:
        (tmp_path / ".jixiao").touch()
        ran = run(kit.program / "install.py", tmp_path)
        assert (ran.returncode, ran.stderr) == (1, "")
        assert "写不了" in ran.stdout

    def test_too_little_space_is_told_before_anything_is_written(
        self, kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.make_archive(str(tmp_path / "wheel"), "zip", ON_SITE)
        shutil.copy(tmp_path / "wheel.zip", kit.wheels / "pip-99.0-py3-none-any.whl")
        monkeypatch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, 100))
        with pytest.raises(Failure, match="磁盘空间不够"):
            install.refuse_full_disk(kit, tmp_path)

    def test_open_addin_is_told_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("APPDATA", str(tmp_path))
        install.refuse_open_addin()
        addin = tmp_path / "Microsoft/Excel/XLSTART/jixiao.xlam"
        addin.parent.mkdir(parents=True)
        addin.touch()
        install.refuse_open_addin()

        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(Failure, match="Excel 正开着"):
            install.refuse_open_addin()

    def test_lines_of_a_program_are_handed_over_and_its_code_given(self) -> None:
        lines: list[str] = []
        code = "print('第一行'); print('second'); raise SystemExit(4)"
        command = [sys.executable, "-X", "utf8", "-c", code]
        assert install.run(command, lines.append) == 4
        assert lines == ["第一行", "second"]

    def test_what_is_set_for_other_pythons_and_for_pip_does_not_count(self) -> None:
        given = {"PATH": "p", "PYTHONPATH": "x", "PIP_INDEX_URL": "y", "Pip_User": "1"}
        assert install.surroundings(given) == {"PATH": "p", "PIP_CONFIG_FILE": os.devnull}


def test_log_says_and_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "log").open("w", encoding="utf-8") as file:
        log = Log(file)
        log.say("说")
        log.note("记")
    assert capsys.readouterr().out == "说\n"
    assert (tmp_path / "log").read_text("utf-8") == "说\n记\n"


def test_places_are_those_of_the_installed_program() -> None:
    """install.py runs before the package is there, so it names them itself."""
    assert install.FOLDER == settings.FOLDER
    assert install.ENVIRONMENT == ENVIRONMENT
    assert install.SUMS == SUMS
