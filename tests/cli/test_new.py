"""``jixiao new``: a blank workbook and its settings, and never over somebody's files."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from cli.user_rubrics import OWN_ID, own_rubric
from conftest import Command
from jixiao.workbook import names
from workbook.books import RUBRIC, blank_book, by_calamine

BOOK = f"{RUBRIC.file}.xlsx"
SETTINGS = "xlwings.conf"


def files(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


def test_folder_gets_template_and_settings_and_nothing_else(
    jixiao: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "上级" / "我的自评"
    ran = jixiao("new", folder)
    assert (ran.code, ran.err) == (0, "")
    assert files(folder) == {BOOK, SETTINGS}
    assert (folder / BOOK).read_bytes() == blank_book()


def test_says_what_to_do_next(jixiao: Command, tmp_path: Path) -> None:
    out = jixiao("new", tmp_path / "新").out
    assert str(tmp_path / "新" / BOOK) in out
    assert "黄色格" in out
    assert "python -m jixiao fill" in out


def test_new_workbook_can_be_filled_at_once(jixiao: Command, tmp_path: Path) -> None:
    jixiao("new", tmp_path / "新")
    ran = jixiao("fill", tmp_path / "新" / BOOK)
    assert ran.code == 0
    assert "待填26项" in ran.out


def test_empty_folder_may_be_there_already(jixiao: Command, tmp_path: Path) -> None:
    (tmp_path / "别的.txt").touch()
    assert jixiao("new", tmp_path).code == 0
    assert files(tmp_path) == {BOOK, SETTINGS, "别的.txt"}


@pytest.mark.parametrize("taken", [{BOOK}, {SETTINGS}, {BOOK, SETTINGS}], ids=len)
def test_files_that_are_there_are_not_overwritten(
    jixiao: Command, tmp_path: Path, taken: set[str]
) -> None:
    for name in taken:
        (tmp_path / name).write_bytes(b"mine")
    ran = jixiao("new", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert files(tmp_path) == taken
    for name in taken:
        assert (tmp_path / name).read_bytes() == b"mine"
        assert f"{tmp_path / name}：已经有了，为免覆盖没有写入" in ran.err


class TestSettings:
    @pytest.fixture
    def content(self, jixiao: Command, tmp_path: Path) -> bytes:
        jixiao("new", tmp_path)
        return (tmp_path / SETTINGS).read_bytes()

    def test_every_line_is_a_key_and_a_value_in_quotes(self, content: bytes) -> None:
        lines = content.decode().removesuffix("\n").split("\n")
        assert len(lines) > 3
        for line in lines:
            assert re.fullmatch(r'"[A-Z_ ]+","[^"]*"\r?', line), line

    def test_no_key_stands_twice(self, content: bytes) -> None:
        keys = [line.split('","')[0] for line in content.decode().splitlines()]
        assert len(keys) == len(set(keys))

    def test_interpreter_is_this_one(self, content: bytes) -> None:
        assert f'"INTERPRETER_WIN","{sys.executable}"' in content.decode().splitlines()
        assert b"{" not in content

    def test_no_byte_order_mark(self, content: bytes) -> None:
        assert content.startswith(b'"')

    def test_interpreter_in_a_folder_with_a_chinese_name(
        self, jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", "/软件 目录/python.exe")
        jixiao("new", tmp_path)
        lines = (tmp_path / SETTINGS).read_text("utf-8").splitlines()
        assert '"INTERPRETER_WIN","/软件 目录/python.exe"' in lines


@pytest.mark.parametrize("name", [RUBRIC.id, str(RUBRIC.year)])
def test_standard_is_chosen_by_id_or_year(jixiao: Command, tmp_path: Path, name: str) -> None:
    assert jixiao("new", tmp_path / "新", "--rubric", name).code == 0
    assert (tmp_path / "新" / BOOK).read_bytes() == blank_book()


@pytest.mark.parametrize("name", ["1999", "没有", ""])
def test_unknown_standard_lists_those_that_exist_and_makes_no_folder(
    jixiao: Command, tmp_path: Path, name: str
) -> None:
    ran = jixiao("new", tmp_path / "新", "--rubric", name)
    assert (ran.code, ran.out) == (1, "")
    assert RUBRIC.id in ran.err
    assert files(tmp_path) == set()


def test_own_standard_names_file_and_workbook(jixiao: Command, tmp_path: Path) -> None:
    rubric = own_rubric(tmp_path)
    ran = jixiao("new", tmp_path / "新", "--rubric", rubric)
    assert ran.code == 0
    content = (tmp_path / "新" / "本局自评表.xlsx").read_bytes()
    assert by_calamine(content, names.RUBRIC) == OWN_ID


def test_missing_settings_source_leaves_no_half_of_a_folder(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere() -> Path:
        raise FileNotFoundError(2, "找不到设置文件，请重新安装 jixiao", SETTINGS)

    monkeypatch.setattr("jixiao.settings.settings_source", nowhere)
    ran = jixiao("new", tmp_path / "新")
    assert ran.code == 1
    assert "设置文件" in ran.err
    assert not (tmp_path / "新" / BOOK).exists()


def test_a_project_s_workbook_is_asked_for_by_its_standard(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("new", tmp_path / "新", "--rubric", "mof-project")
    assert (ran.code, ran.err) == (0, "")
    assert files(tmp_path / "新") == {"项目支出绩效自评表.xlsx", SETTINGS}
    book = tmp_path / "新" / "项目支出绩效自评表.xlsx"
    assert "待填4项" in jixiao("fill", book).out
    assert "待填4项" in jixiao("score", book).out
    explained = jixiao("explain", book, "产出")
    assert explained.code == 0
    assert "惯例：完成年度指标值的得满分" in explained.out
