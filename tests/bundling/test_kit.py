"""``jixiao bundle``: what is in a kit, and that there is a whole one or none."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from bundling.conftest import Made
from bundling.handmade import Index
from cli.process import python
from conftest import Command, Ran
from jixiao.bundling.kit import CODE_PAGES
from jixiao.bundling.on_site import fitness
from jixiao.bundling.windows_pythons import VERSIONS
from jixiao.bundling.words import FIRST_PAGE, messages

ONE = ("--python-version", "3.12")
INSTALLER = "python-3.12.4-amd64.exe"


@pytest.fixture(scope="module")
def kit(made: Made) -> Path:
    return made.kit


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def refused(ran: Ran, folder: Path, *words: str) -> None:
    """Exit code 1, the reason on stderr, no trace of a kit."""
    assert ran.code == 1
    for word in words:
        assert word in ran.err
    assert "Traceback" not in ran.err
    assert not folder.exists() or not any(folder.iterdir())
    assert [path.name for path in folder.parent.glob(".jixiao-*")] == []


def test_holds_the_wheels_of_every_version_once(kit: Path) -> None:
    assert {path.name for path in (kit / "program/wheels").iterdir()} == {
        "jixiao-7.0-py3-none-any.whl",
        "pip-99.0-py3-none-any.whl",
        "connection-0.9-py3-none-any.whl",
        "figures-2.0-cp311-cp311-win_amd64.whl",
        "figures-2.0-cp312-cp312-win_amd64.whl",
        "windows_only-3.1-cp311-cp311-win_amd64.whl",
        "windows_only-3.1-cp312-cp312-win_amd64.whl",
    }


def test_list_of_each_version_pins_everything(kit: Path) -> None:
    for version in ("3.11", "3.12"):
        lines = (kit / f"program/requirements-{version}.txt").read_text("ascii").splitlines()
        assert lines == [
            "connection==0.9",
            "figures==2.0",
            "jixiao==7.0",
            "pip==99.0",
            "windows-only==3.1",
        ]


def test_holds_what_people_read_as_it_is_in_our_wheel(kit: Path) -> None:
    found = {name for name in files(kit) if not name.startswith("program/")}
    assert found == {
        "install.cmd",
        "uninstall.cmd",
        FIRST_PAGE,
        "SHA256SUMS",
        "docs/使用手册.html",
        "docs/图/图.png",
        "workbook_templates/表.xlsm",
        "addin/excel/jixiao.xlam",
    }
    assert (kit / "docs/使用手册.html").read_text("utf-8") == "手册"


def test_sums_are_of_all_other_files(kit: Path) -> None:
    lines = (kit / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: sum_ for sum_, _, name in (line.partition(" *") for line in lines)}
    assert sums.keys() == files(kit) - {"SHA256SUMS"}
    for name, sum_ in sums.items():
        assert hashlib.sha256((kit / name).read_bytes()).hexdigest() == sum_


def test_what_installing_needs_has_names_that_survive_any_archive(kit: Path) -> None:
    assert all(name.isascii() for name in files(kit / "program"))


@pytest.mark.parametrize("name", ["install.cmd", "uninstall.cmd"])
def test_scripts_are_ascii_with_windows_line_ends(kit: Path, name: str) -> None:
    content = (kit / name).read_bytes()
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b"chcp 936" not in content


@pytest.mark.parametrize("name", ["install.cmd", "uninstall.cmd"])
def test_every_message_of_a_script_is_there_in_both_code_pages(kit: Path, name: str) -> None:
    script = (kit / name).read_text("ascii")
    said = set(re.findall(r"call :say ([\w-]+)$", script, re.MULTILINE))
    assert said
    words = messages(("3.11", "3.12"))
    for message in said:
        for page, encoding in CODE_PAGES.items():
            content = (kit / f"program/messages/{page}/{message}.txt").read_bytes()
            assert content.decode(encoding).replace("\r\n", "\n") == words[message]


def test_every_verdict_has_its_message(kit: Path) -> None:
    verdicts = {fitness.VERSION, fitness.PLATFORM, fitness.STORE, fitness.KIND}
    for verdict in (*verdicts, "other"):
        assert (kit / f"program/messages/936/unfit-{verdict}.txt").is_file()


def test_every_label_that_a_script_goes_to_is_there(kit: Path) -> None:
    for name in ("install.cmd", "uninstall.cmd"):
        script = (kit / name).read_text("ascii")
        labels = re.findall(r"^:(\w+)$", script, re.MULTILINE)
        assert len(labels) == len(set(labels))
        assert set(re.findall(r"(?:goto|call) :(\w+)", script)) <= set(labels)


def test_sentence_for_a_script_without_its_kit_can_be_read(kit: Path) -> None:
    escaped = re.findall(r"Unescape\('([^']+)'\)", (kit / "install.cmd").read_text("ascii"))
    (sentence,) = (text.encode("ascii").decode("unicode_escape") for text in escaped)
    assert sentence == "请先把整个压缩包解压（或拷贝整个文件夹），再双击 install.cmd"


def test_first_page_is_for_notepad_and_names_versions_and_packages(kit: Path) -> None:
    content = (kit / FIRST_PAGE).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    text = content.decode("utf-8-sig")
    for words in ("Python 3.11、3.12", "双击 install.cmd", "figures 2.0", "本包不含 Python"):
        assert words in text


def test_says_where_it_is_and_how_large(made: Made) -> None:
    count = len(files(made.kit))
    assert f"已生成离线安装包：{made.kit}（{count} 个文件，0 MB）" in made.said


def test_two_kits_are_equal(jixiao: Command, tmp_path: Path, own_path: Path) -> None:
    for name in ("first", "second"):
        assert jixiao("bundle", tmp_path / name, "--wheel", own_path, *ONE).code == 0
    first, second = ((tmp_path / name / "SHA256SUMS").read_bytes() for name in ("first", "second"))
    assert first == second


def test_all_versions_unless_some_are_chosen(
    jixiao: Command, tmp_path: Path, own_path: Path
) -> None:
    ran = jixiao("bundle", tmp_path / "kit", "--wheel", own_path)
    refused(ran, tmp_path / "kit", f"下载不到 Python {VERSIONS[2]}")
    for version in VERSIONS[:3]:
        assert f"下载 Python {version} 用的组件" in ran.out


def test_version_named_twice_is_one(made: Made) -> None:
    assert made.said.count("下载 Python 3.11 用的组件") == 1


class TestPythonThatComesAlong:
    def test_is_copied_and_named(self, jixiao: Command, tmp_path: Path, own_path: Path) -> None:
        installer = tmp_path / INSTALLER
        installer.write_bytes(b"MZ")
        folder = tmp_path / "kit"
        ran = jixiao("bundle", folder, "--wheel", own_path, *ONE, "--python", installer)
        assert ran.code == 0
        assert (folder / "program" / INSTALLER).read_bytes() == b"MZ"
        assert f"本包附带 Python（{INSTALLER}）" in (folder / FIRST_PAGE).read_text("utf-8-sig")

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("python-3.12.4.exe", "不是 python.org 的 64 位安装程序"),
            ("python-3.12.4-arm64.exe", "不是 python.org 的 64 位安装程序"),
            ("python-3.13.1-amd64.exe", "只有 3.12 的组件"),
        ],
    )
    def test_is_refused_where_it_would_not_serve(
        self, jixiao: Command, tmp_path: Path, own_path: Path, name: str, words: str
    ) -> None:
        (tmp_path / name).write_bytes(b"MZ")
        folder = tmp_path / "kit"
        ran = jixiao("bundle", folder, "--wheel", own_path, *ONE, "--python", tmp_path / name)
        refused(ran, folder, words)

    def test_must_be_there(self, jixiao: Command, tmp_path: Path, own_path: Path) -> None:
        folder = tmp_path / "kit"
        missing = tmp_path / INSTALLER
        ran = jixiao("bundle", folder, "--wheel", own_path, *ONE, "--python", missing)
        refused(ran, folder, INSTALLER)


class TestRefusals:
    def test_folder_with_something_in_it(
        self, jixiao: Command, tmp_path: Path, own_path: Path
    ) -> None:
        (tmp_path / "kit").mkdir()
        (tmp_path / "kit" / "别的.txt").write_bytes(b"mine")
        ran = jixiao("bundle", tmp_path / "kit", "--wheel", own_path, *ONE)
        assert (ran.code, ran.out) == (1, "")
        assert "不是空文件夹" in ran.err
        assert files(tmp_path / "kit") == {"别的.txt"}

    def test_file_of_that_name(self, jixiao: Command, tmp_path: Path, own_path: Path) -> None:
        (tmp_path / "kit").write_bytes(b"mine")
        ran = jixiao("bundle", tmp_path / "kit", "--wheel", own_path, *ONE)
        assert (ran.code, (tmp_path / "kit").read_bytes()) == (1, b"mine")

    def test_empty_folder_is_taken(self, jixiao: Command, tmp_path: Path, own_path: Path) -> None:
        (tmp_path / "kit").mkdir()
        assert jixiao("bundle", tmp_path / "kit", "--wheel", own_path, *ONE).code == 0

    def test_nothing_is_left_where_something_cannot_be_had(
        self, jixiao: Command, tmp_path: Path, own_path: Path, index: Index
    ) -> None:
        for path in index.folder.glob("windows_only-*"):
            path.unlink()
        ran = jixiao("bundle", tmp_path / "kit", "--wheel", own_path, *ONE)
        refused(ran, tmp_path / "kit", "下载不到", "windows-only>=3", "要能上网")

    @pytest.mark.parametrize("version", ["3.10", "3", "最新", "3.12.4"])
    def test_version_that_is_not_served(
        self, jixiao: Command, tmp_path: Path, own_path: Path, version: str
    ) -> None:
        given = ("--python-version", "3.11", "--python-version", version)
        ran = jixiao("bundle", tmp_path / "kit", "--wheel", own_path, *given)
        refused(ran, tmp_path / "kit", f"没有 Python {version} 的，只有 {'、'.join(VERSIONS)}")

    def test_missing_library_is_named(self, tmp_path: Path) -> None:
        program = (
            "import sys; sys.modules['packaging'] = None; from jixiao.cli import main;"
            f"sys.exit(main(['bundle', {str(tmp_path / 'kit')!r}]))"
        )
        ran = python("-c", program, cwd=tmp_path)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "缺少 packaging，请运行 python -m pip install packaging\n"

    def test_folder_that_cannot_be_made(
        self, jixiao: Command, tmp_path: Path, own_path: Path
    ) -> None:
        (tmp_path / "文件").touch()
        ran = jixiao("bundle", tmp_path / "文件" / "kit", "--wheel", own_path, *ONE)
        assert (ran.code, "写不了" in ran.err) == (1, True)
