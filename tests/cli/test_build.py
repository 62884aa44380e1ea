"""``jixiao build``: every committed file that is made by a program, anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Command
from jixiao.scoring import DEFAULT_RUBRIC, shipped_rubric, shipped_rubrics
from workbook.books import blank_book, members

TOP = Path(__file__).parents[2]
TEMPLATES = Path("workbook_templates")
BOOKS = {
    TEMPLATES / f"{shipped_rubric(rubric_id).file}{suffix}"
    for rubric_id in shipped_rubrics()
    for suffix in (".xlsx", ".xlsm")
}
ADDIN = Path("addin/excel/jixiao.xlam")
WRAPPERS = Path("addin/vba/JxFunctions.bas")
FILES = {*BOOKS, ADDIN, WRAPPERS}


def written(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_builds_templates_add_in_and_wrappers(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("build", tmp_path / "新")
    assert (ran.code, ran.err) == (0, "")
    assert written(tmp_path / "新") == FILES
    for file in FILES:
        assert f"已生成：{tmp_path / '新' / file}" in ran.out


def test_committed_files_are_what_is_built(jixiao: Command, tmp_path: Path) -> None:
    jixiao("build", tmp_path)
    advice = "run `python -m jixiao build` and look at the result"
    assert (tmp_path / WRAPPERS).read_bytes() == (TOP / WRAPPERS).read_bytes(), advice
    for file in (*BOOKS, ADDIN):
        # Another zlib may pack the same content differently, so the members are compared.
        built, committed = (members((folder / file).read_bytes()) for folder in (tmp_path, TOP))
        assert list(built) == list(committed)
        differing = [name for name in built if built[name] != committed[name]]
        assert differing == [], advice


def test_default_folder_is_the_current_one(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jixiao("build").code == 0
    assert written(tmp_path) == FILES


def test_building_again_replaces_an_older_template(jixiao: Command, tmp_path: Path) -> None:
    file = TEMPLATES / f"{shipped_rubric(DEFAULT_RUBRIC).file}.xlsx"
    (tmp_path / TEMPLATES).mkdir()
    (tmp_path / file).write_bytes(b"old")
    assert jixiao("build", tmp_path).code == 0
    assert (tmp_path / file).read_bytes() == blank_book()
    assert written(tmp_path) == FILES
