"""``--json`` of fill and score: one object on stdout, exactly the one that is promised."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.process import spawn
from conftest import Command
from jixiao.scoring import Status
from workbook.books import (
    RUBRIC,
    SEED_SCORES,
    by_openpyxl,
    number_or_text,
    saved,
    seed_book,
    with_values,
)

KEYS = ["rubric", "rows", "total", "grade", "waiting"]
ROW_KEYS = [
    "number",
    "id",
    "name",
    "points",
    "score",
    "status",
    "cell",
    "explanation",
    "notes",
]
COMMANDS = ["fill", "score"]


def found(jixiao: Command, command: str, path: Path) -> dict[str, Any]:
    ran = jixiao(command, path, "--json")
    assert (ran.code, ran.err) == (0, "")
    content = json.loads(ran.out)
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("command", COMMANDS)
class TestObject:
    def test_has_these_keys_and_no_others(
        self, jixiao: Command, seed_path: Path, command: str
    ) -> None:
        content = found(jixiao, command, seed_path)
        assert list(content) == KEYS
        assert [list(row) for row in content["rows"]] == [ROW_KEYS] * 26

    def test_types_are_as_promised(self, jixiao: Command, seed_path: Path, command: str) -> None:
        content = found(jixiao, command, seed_path)
        types = {key: type(value) for key, value in content.items()}
        assert types == {"rubric": str, "rows": list, "total": str, "grade": str, "waiting": int}
        texts = dict.fromkeys(ROW_KEYS, str)
        for row in content["rows"]:
            assert {key: type(value) for key, value in row.items()} == {
                **texts,
                "number": int,
                "notes": list,
            }
            assert all(isinstance(note, str) for note in row["notes"])

    def test_seed_gives_the_published_scores(
        self, jixiao: Command, seed_path: Path, command: str
    ) -> None:
        content = found(jixiao, command, seed_path)
        assert tuple(Decimal(row["score"]) for row in content["rows"]) == SEED_SCORES
        totals = [content[key] for key in ("rubric", "total", "grade", "waiting")]
        assert totals == [RUBRIC.id, "97.59", "优", 0]

    def test_decimals_are_plain(self, jixiao: Command, seed_path: Path, command: str) -> None:
        rows = found(jixiao, command, seed_path)["rows"]
        assert rows[2]["score"] == "7.59"
        assert [row["points"] for row in rows[:3]] == ["20", "20", "10"]
        assert rows[11]["points"] == "0.5"

    def test_rows_are_those_of_the_standard(
        self, jixiao: Command, seed_path: Path, command: str
    ) -> None:
        rows = found(jixiao, command, seed_path)["rows"]
        assert [(row["number"], row["id"], row["name"]) for row in rows] == [
            (row.number, row.id, row.name) for row in RUBRIC.indicators
        ]

    def test_notes_say_their_provenance(
        self, jixiao: Command, seed_path: Path, command: str
    ) -> None:
        rows = found(jixiao, command, seed_path)["rows"]
        assert rows[4]["notes"] == []
        (note,) = rows[2]["notes"]
        assert "请补填各月执行率" in note
        assert note.endswith("（惯例）")

    def test_waiting_rows_are_null(self, jixiao: Command, seed_path: Path, command: str) -> None:
        blanks = {"audit_findings": None, "inventory_done": None, "asset_data_sound": "否"}
        seed_path.write_bytes(with_values(seed_book(), blanks))
        content = found(jixiao, command, seed_path)
        assert [content[key] for key in ("total", "grade", "waiting")] == [None, None, 3]
        waiting = {r["number"]: r["status"] for r in content["rows"] if r["score"] is None}
        assert waiting == {6: "missing_input", 21: "missing_input", 22: "needs_judgement"}

    def test_status_is_one_of_the_known(
        self, jixiao: Command, seed_path: Path, command: str
    ) -> None:
        rows = found(jixiao, command, seed_path)["rows"]
        assert {row["status"] for row in rows} == {Status.SCORED, Status.NOT_APPLICABLE}
        assert rows[3]["status"] == "not_applicable"

    def test_blank_template_is_all_null(
        self, jixiao: Command, blank_path: Path, command: str
    ) -> None:
        content = found(jixiao, command, blank_path)
        assert content["waiting"] == 26
        assert {row["score"] for row in content["rows"]} == {None}

    def test_refused_workbook_prints_no_object(
        self, jixiao: Command, seed_path: Path, command: str
    ) -> None:
        seed_path.write_bytes(with_values(seed_book(), {"audit_findings": "无"}))
        ran = jixiao(command, seed_path, "--json")
        assert (ran.code, ran.out) == (1, "")
        assert "应填数字" in ran.err

    def test_bytes_are_utf8_whatever_the_console_is_set_to(
        self, seed_path: Path, command: str
    ) -> None:
        ran = spawn(
            command, seed_path, "--json", cwd=seed_path.parent, env={"PYTHONIOENCODING": "gbk"}
        )
        assert (ran.code, ran.raw_err) == (0, b"")
        content = json.loads(ran.raw_out.decode("utf-8"))
        assert content["grade"] == "优"
        assert "“三公”经费控制情况" in content["rows"][25]["name"]


def test_score_and_fill_print_the_same_object(jixiao: Command, seed_path: Path) -> None:
    scored = found(jixiao, "score", seed_path)
    assert found(jixiao, "fill", seed_path) == scored
    assert found(jixiao, "score", seed_path) == scored


def test_cell_is_where_the_score_stands(jixiao: Command, seed_path: Path) -> None:
    rows = found(jixiao, "fill", seed_path)["rows"]
    book = by_openpyxl(seed_path.read_bytes())
    for row in rows:
        sheet, address = row["cell"].split("!")
        assert number_or_text(book[sheet][address].value) == Decimal(row["score"])


def test_cell_names_a_renamed_sheet(jixiao: Command, seed_path: Path) -> None:
    book = by_openpyxl(seed_book())
    book["自评表"].title = "某局 自评"
    for defined in book.defined_names.values():
        defined.attr_text = defined.attr_text.replace("自评表!", "'某局 自评'!")
    seed_path.write_bytes(saved(book))
    cells = {row["cell"].split("!")[0] for row in found(jixiao, "score", seed_path)["rows"]}
    assert cells == {"某局 自评"}


def test_fill_with_json_writes_the_file_and_its_backup(jixiao: Command, seed_path: Path) -> None:
    found(jixiao, "fill", seed_path)
    assert {item.name for item in seed_path.parent.iterdir()} == {"自评表.xlsx", "自评表.bak.xlsx"}
    assert seed_path.read_bytes() != seed_book()
