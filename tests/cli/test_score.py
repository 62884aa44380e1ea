"""``jixiao score``: the whole table and the remarks in the terminal, and no file written."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Command
from workbook.books import (
    CASE,
    RUBRIC,
    SEED_SCORES,
    seed_book,
    where,
    with_cell_xml,
    with_values,
)

_ROW = re.compile(r"│ +(\d+) │ *(.*?) *│ *([\d.]+) │ *(\S+) │ *(.*?) *│")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no name is folded."""
    monkeypatch.setenv("COLUMNS", "200")


def table(out: str) -> list[tuple[str, ...]]:
    """Number, name, points, score and the first line of the words of each row."""
    return [match.groups() for match in map(_ROW.match, out.splitlines()) if match]


def test_writes_nothing(jixiao: Command, seed_path: Path) -> None:
    before = seed_path.stat()
    assert jixiao("score", seed_path).code == 0
    after = seed_path.stat()
    assert seed_path.read_bytes() == seed_book()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [item.name for item in seed_path.parent.iterdir()] == [seed_path.name]


def test_prints_all_26_rows(jixiao: Command, seed_path: Path) -> None:
    rows = table(jixiao("score", seed_path).out)
    assert [row[:3] for row in rows] == [
        (str(row.number), row.name, f"{row.points.normalize():f}") for row in RUBRIC.indicators
    ]
    assert tuple(Decimal(row[3]) for row in rows) == SEED_SCORES


def test_prints_department_standard_total_and_grade(jixiao: Command, seed_path: Path) -> None:
    out = jixiao("score", seed_path).out
    assert str(CASE.basics["department"]) in out
    assert f"{RUBRIC.name}（{RUBRIC.year}年度）" in out
    (total,) = (line for line in out.splitlines() if "总分" in line)
    assert [cell.strip() for cell in total.split("│")][2:6] == [
        "总分",
        "100",
        "97.59",
        "等级：优",
    ]


def test_row_below_full_points_says_why(jixiao: Command, seed_path: Path) -> None:
    rows = table(jixiao("score", seed_path).out)
    assert "75.86%" in rows[2][4]
    assert [row[4] for row in rows[3:]] == [""] * 23


def test_brackets_of_a_tier_are_printed(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"year_end_carryover": Decimal("39.6")}))
    words = table(jixiao("score", seed_path).out)[4][4]
    assert "结转结余率=39.60÷330.00=12.00%" in words
    assert "(10%, 20%]" in words


@pytest.mark.parametrize(
    "name",
    ["某局[/]", "[bold]某局[/bold]", "某局 \\[a]", "某局 [2023]", "某:ok:局", "[link=x]某局"],
)
def test_name_of_a_department_is_printed_as_it_is(
    jixiao: Command, seed_path: Path, name: str
) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"jixiao_basic_department": name}))
    ran = jixiao("score", seed_path)
    assert ran.code == 0
    assert name in ran.out


def test_remarks_follow_the_table(jixiao: Command, seed_path: Path) -> None:
    lines = jixiao("score", seed_path).out.splitlines()
    end = next(place for place, line in enumerate(lines) if line.startswith("└"))
    remarks = lines[end + 1 :]
    assert remarks
    assert all(line.startswith("提示　第") for line in remarks)
    assert any("第4项“新增预算项目事前绩效评估”：本年度未涉及" in line for line in remarks)


def test_waiting_rows_say_so_and_what_to_do(jixiao: Command, seed_path: Path) -> None:
    blanks = {"audit_findings": None, "asset_data_sound": "否"}
    seed_path.write_bytes(with_values(seed_book(), blanks))
    ran = jixiao("score", seed_path)
    scores = [row[3] for row in table(ran.out)]
    assert (ran.code, scores[5], scores[21]) == (0, "待填", "待评")
    assert "待填1项、待评1项" in ran.out
    assert f"请填{where(seed_book(), 'audit_findings')}" in ran.out
    assert "等级" not in ran.out


def test_scores_that_stand_in_the_file_do_not_matter(jixiao: Command, seed_path: Path) -> None:
    untouched = jixiao("score", seed_path).out
    seed_path.write_bytes(with_values(seed_book(), {"jixiao_total": 12}))
    assert jixiao("score", seed_path).out == untouched


@pytest.mark.parametrize(
    "content",
    [
        with_values(seed_book(), {"audit_findings": "无"}),
        with_cell_xml(seed_book(), "audit_findings", "><f>1-1</f></c>"),
        with_cell_xml(seed_book(), "audit_findings", 't="e"><v>#N/A</v></c>'),
        with_values(seed_book(), {"0.kind": "成本"}),
    ],
    ids=["text", "formula", "error", "kind"],
)
def test_wrong_input_is_refused_as_by_fill(
    jixiao: Command, seed_path: Path, content: bytes
) -> None:
    seed_path.write_bytes(content)
    scored, filled = jixiao("score", seed_path), jixiao("fill", seed_path)
    assert (scored.code, scored.out) == (1, "")
    assert scored == filled
