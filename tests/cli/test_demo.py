"""``jixiao demo``, as a process: the published cases, from figures to grade."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cli.process import Finished, spawn
from conftest import Command
from jixiao.cases.case import EXAMPLE, shipped_case
from jixiao.scoring.numbers import plain
from jixiao.workbook import names
from workbook.books import (
    CASE,
    RUBRIC,
    SEED_SCORES,
    SEED_TOTAL,
    by_calamine,
    number_or_text,
    scores_of,
    seed_book,
    with_values,
)

PROJECT = shipped_case("panyu-enterprise-service-project-2022")
INPUTS = CASE.file
SCORED = INPUTS.replace(".xlsx", "-已评分.xlsx")
PROJECT_SCORED = PROJECT.file.replace(".xlsx", "-已评分.xlsx")
FILES = {INPUTS, SCORED, PROJECT.file, PROJECT_SCORED}

PUBLISHED = {
    str(row.number): (plain(row.points), plain(score))
    for row, score in zip(RUBRIC.indicators, SEED_SCORES, strict=True)
}


def contents(folder: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in folder.iterdir()}


def points_and_scores(out: str) -> dict[str, tuple[str, ...]]:
    """What the printed table says of each row, by its number."""
    department = out[out.rindex("部门整体支出绩效自评表") :]
    lines = [[cell.strip() for cell in line.split("│")] for line in department.splitlines()]
    return {
        cells[1]: (cells[3], cells[4]) for cells in lines if len(cells) > 5 and cells[1].isdigit()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def ran(folder: Path) -> Finished:
    return spawn("demo", "演示", cwd=folder)


def test_ends_well_without_a_word_on_stderr(ran: Finished) -> None:
    assert (ran.code, ran.err) == (0, "")


def test_prints_total_and_grade(ran: Finished) -> None:
    assert "总分 97.59，等级：优" in ran.out


def test_the_project_is_shown_first_with_its_total_and_grade(ran: Finished) -> None:
    assert ran.out.index("总分 100，等级：优") < ran.out.index("总分 97.59，等级：优")
    assert PROJECT.name in ran.out


def test_the_project_s_file_is_scored_and_holds_the_report_s_texts(
    ran: Finished, folder: Path
) -> None:
    found = contents(folder / "演示")[PROJECT_SCORED]
    assert number_or_text(by_calamine(found, names.TOTAL)) == 100
    for section, text in PROJECT.texts.items():
        assert by_calamine(found, names.report_text_name(section)) == text


def test_every_figure_that_the_report_does_not_print_is_marked() -> None:
    for row in PROJECT.rows:
        assert EXAMPLE in str(row["remark"]), row["name"]
    # What the report prints of the money is typed as it is.
    assert PROJECT.inputs == {
        "year_start_budget": (Decimal("19.94"),),
        "executed": (Decimal("19.94"),),
    }


def test_prints_each_row_with_points_and_score(ran: Finished) -> None:
    assert points_and_scores(ran.out) == PUBLISHED


def test_says_where_the_files_are(ran: Finished, folder: Path) -> None:
    assert set(contents(folder / "演示")) == FILES
    for file in FILES:
        assert str(Path("演示") / file) in ran.out


def test_says_that_some_figures_are_examples(ran: Finished) -> None:
    assert "示例" in ran.out


def test_files_hold_the_case_before_and_after_scoring(ran: Finished, folder: Path) -> None:
    found = contents(folder / "演示")
    assert found[INPUTS] == seed_book()
    assert tuple(map(number_or_text, scores_of(found[SCORED]))) == SEED_SCORES
    assert number_or_text(by_calamine(found[SCORED], names.TOTAL)) == SEED_TOTAL


def test_second_run_changes_no_file_and_makes_no_backup(ran: Finished, folder: Path) -> None:
    before = contents(folder / "演示")
    again = spawn("demo", "演示", cwd=folder)
    assert (again.code, again.out) == (0, ran.out)
    assert contents(folder / "演示") == before


def test_default_folder_is_in_the_working_folder(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jixiao("demo").code == 0
    assert set(contents(tmp_path / "jixiao-demo")) == FILES


def test_changed_workbook_is_kept_once(jixiao: Command, tmp_path: Path) -> None:
    jixiao("demo", tmp_path)
    own = with_values(seed_book(), {"audit_findings": 1})
    (tmp_path / INPUTS).write_bytes(own)
    ran = jixiao("demo", tmp_path)
    backup = INPUTS.replace(".xlsx", ".bak.xlsx")
    assert (tmp_path / backup).read_bytes() == own
    assert f"原来的文件已备份：{tmp_path / backup}" in ran.out
    before = contents(tmp_path)
    assert "备份" not in jixiao("demo", tmp_path).out
    assert contents(tmp_path) == before


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_console_that_lacks_some_signs_gets_the_figures(tmp_path: Path, encoding: str) -> None:
    ran = spawn("demo", tmp_path, cwd=tmp_path, env={"PYTHONIOENCODING": encoding})
    assert (ran.code, ran.raw_err) == (0, b"")
    assert "97.59" in ran.raw_out.decode(encoding)


@pytest.mark.parametrize("columns", [80, 60, 40])
def test_narrow_terminal_still_shows_every_score(
    jixiao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = jixiao("demo", tmp_path).out
    assert points_and_scores(out) == PUBLISHED
    project, department = (line for line in out.splitlines() if "总分" in line and "│" in line)
    assert project.count("100") == 2
    assert "97.59" in department
