"""``jixiao rubrics``, and ``--rubric`` with a standard of a user's own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from cli.process import english_in
from cli.user_rubrics import OWN_ID, SHIPPED, own_rubric, written
from conftest import Command
from jixiao.scoring import shipped_rubric, shipped_rubrics
from jixiao.workbook import names
from workbook.books import RUBRIC, by_calamine, seed_book, with_values


def test_list_has_every_standard_with_place_year_and_size(jixiao: Command) -> None:
    ran = jixiao("rubrics")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 2 * len(shipped_rubrics())
    for rubric in map(shipped_rubric, shipped_rubrics()):
        period = rubric.period or "不限年度"
        assert f"{rubric.id}　{rubric.region}　{period}　{rubric.name}" in ran.out
    assert "26项指标，100分" in ran.out


@pytest.mark.parametrize("name", [RUBRIC.id, str(RUBRIC.year)])
def test_one_standard_by_id_or_year(jixiao: Command, name: str) -> None:
    ran = jixiao("rubrics", name)
    assert ran.code == 0
    assert ran.out.startswith(f"{RUBRIC.id}　")
    for label in ("原文", "推定", "不明"):
        assert label in ran.out


def test_own_file_is_checked_and_described(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("rubrics", own_rubric(tmp_path))
    assert ran.code == 0
    assert ran.out.startswith(f"{OWN_ID}　")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (('"(10%, 20%]"', '"(11%, 20%]"'), ("结转结余率", "tier")),
        (("[rubric]", "extra = 1\n[rubric]"), ("extra",)),
        (('id = "financial_compliance"', 'id = "carryover_surplus_ratio"'), ("第",)),
        (('rounding = "half_up"', 'rounding = "down"'), ("rounding", "half_up")),
    ],
    ids=["gap", "key", "twice", "rounding"],
)
def test_broken_file_is_refused_with_file_row_and_key(
    jixiao: Command, tmp_path: Path, edit: tuple[str, str], words: tuple[str, ...]
) -> None:
    ran = jixiao("rubrics", written(tmp_path, edit))
    assert (ran.code, ran.out) == (1, "")
    for word in ("本局.toml", *words):
        assert word in ran.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a b", "不是有效的 TOML"),
        (b"\xff\xfea", "不是 UTF-8 编码"),
        ("名称 = 1".encode("gbk"), "不是 UTF-8 编码"),
        (b"", "本局.toml"),
        (b"rubric = 1", "本局.toml"),
        (b"#" * 2_000_001, "文件过大"),
    ],
    ids=["junk", "utf16", "gbk", "empty", "type", "large"],
)
def test_file_that_is_no_standard_is_refused(
    jixiao: Command, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "本局.toml"
    path.write_bytes(content)
    ran = jixiao("rubrics", path)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err


def test_fault_of_syntax_is_told_in_chinese_with_its_line(jixiao: Command, tmp_path: Path) -> None:
    path = tmp_path / "本局.toml"
    path.write_text("a = 1\nb c\n", "utf-8")
    ran = jixiao("rubrics", path)
    assert ran.code == 1
    assert "2" in ran.err
    assert english_in(ran.err) == []


@pytest.mark.parametrize("name", ["1999", "番禺", "panyu", ".", "2023.txt"])
def test_unknown_name_lists_those_that_exist(jixiao: Command, name: str) -> None:
    ran = jixiao("rubrics", name)
    assert (ran.code, ran.out) == (1, "")
    assert f"没有评分标准“{name}”" in ran.err
    for known in shipped_rubrics():
        assert known in ran.err


@pytest.mark.parametrize("name", ["没有.toml", "没有/没有.toml", "长" * 200 + ".toml", "夹.toml"])
def test_file_that_cannot_be_read_is_refused(jixiao: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "夹.toml").mkdir()
    ran = jixiao("rubrics", tmp_path / name)
    assert (ran.code, ran.out) == (1, "")
    assert "读不了评分标准文件" in ran.err


class TestOwnStandard:
    def test_scores_by_its_own_tiers(
        self, jixiao: Command, seed_path: Path, tmp_path: Path
    ) -> None:
        rubric = own_rubric(tmp_path)
        ran = jixiao("score", seed_path, "--rubric", rubric, "--json")
        found = json.loads(ran.out)
        assert (found["rubric"], found["rows"][4]["score"]) == (OWN_ID, "1")
        assert Decimal(found["total"]) == Decimal("97.59") - 1

    def test_fills_by_its_own_tiers(self, jixiao: Command, seed_path: Path, tmp_path: Path) -> None:
        ran = jixiao("fill", seed_path, "--rubric", own_rubric(tmp_path))
        assert ran.code == 0
        content = seed_path.read_bytes()
        assert by_calamine(content, names.score_name("carryover_surplus_ratio")) == 1
        assert "(3%, 20%]" in str(
            by_calamine(content, names.reason_name("carryover_surplus_ratio"))
        )

    def test_explains_by_its_own_tiers(
        self, jixiao: Command, seed_path: Path, tmp_path: Path
    ) -> None:
        ran = jixiao("explain", seed_path, "5", "--rubric", own_rubric(tmp_path))
        assert "所在档次：(3%, 20%]" in ran.out

    def test_its_workbook_needs_it_by_name(self, jixiao: Command, tmp_path: Path) -> None:
        rubric = own_rubric(tmp_path)
        jixiao("new", tmp_path / "新", "--rubric", rubric)
        book = tmp_path / "新" / "本局自评表.xlsx"
        refused = jixiao("fill", book)
        assert refused.code == 1
        assert "--rubric" in refused.err
        assert jixiao("fill", book, "--rubric", rubric).code == 0

    def test_rubric_by_id_takes_the_place_of_the_one_in_the_workbook(
        self, jixiao: Command, seed_path: Path
    ) -> None:
        seed_path.write_bytes(with_values(seed_book(), {names.RUBRIC: "别的"}))
        assert jixiao("score", seed_path).code == 1
        assert jixiao("score", seed_path, "--rubric", RUBRIC.id).code == 0

    @pytest.mark.parametrize("command", ["fill", "score"])
    def test_broken_one_is_refused_and_nothing_written(
        self, jixiao: Command, seed_path: Path, tmp_path: Path, command: str
    ) -> None:
        rubric = written(tmp_path, ('"(10%, 20%]"', '"(11%, 20%]"'))
        ran = jixiao(command, seed_path, "--rubric", rubric)
        assert (ran.code, ran.out) == (1, "")
        assert "结转结余率" in ran.err
        assert seed_path.read_bytes() == seed_book()

    def test_input_that_the_workbook_lacks_is_named(
        self, jixiao: Command, seed_path: Path, tmp_path: Path
    ) -> None:
        other = SHIPPED.replace("audit_findings", "supervision_findings")
        rubric = tmp_path / "本局.toml"
        rubric.write_text(other, "utf-8")
        ran = jixiao("fill", seed_path, "--rubric", rubric)
        assert ran.code == 1
        assert "jixiao_in_supervision_findings" in ran.err
        assert seed_path.read_bytes() == seed_book()
