"""``jixiao build``: the committed templates anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Command
from jixiao.scoring import shipped_rubric, shipped_rubrics
from workbook.books import blank_book, members

COMMITTED = Path(__file__).parents[2] / "workbook_templates"
FILES = {f"{shipped_rubric(rubric_id).file}.xlsx" for rubric_id in shipped_rubrics()}


def test_builds_one_template_for_each_standard(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("build", tmp_path / "模板")
    assert (ran.code, ran.err) == (0, "")
    assert {item.name for item in (tmp_path / "模板").iterdir()} == FILES
    for file in FILES:
        assert f"已生成：{tmp_path / '模板' / file}" in ran.out


def test_committed_templates_are_what_is_built(jixiao: Command, tmp_path: Path) -> None:
    jixiao("build", tmp_path)
    for file in FILES:
        # Another zlib may pack the same content differently, so the members are compared.
        built, committed = (
            members((folder / file).read_bytes()) for folder in (tmp_path, COMMITTED)
        )
        assert list(built) == list(committed)
        differing = [name for name in built if built[name] != committed[name]]
        assert differing == [], "run `python -m jixiao build` and look at the result"


def test_default_folder_is_that_of_the_repository(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jixiao("build").code == 0
    assert {item.name for item in (tmp_path / COMMITTED.name).iterdir()} == FILES


def test_building_again_replaces_an_older_template(jixiao: Command, tmp_path: Path) -> None:
    (file,) = FILES
    (tmp_path / file).write_bytes(b"old")
    assert jixiao("build", tmp_path).code == 0
    assert (tmp_path / file).read_bytes() == blank_book()
    assert {item.name for item in tmp_path.iterdir()} == FILES
