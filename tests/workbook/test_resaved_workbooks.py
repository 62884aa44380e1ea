"""Workbooks that other programs saved again, rearranged, and saved after the fill."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from conftest import Command
from jixiao.ooxml import Package
from jixiao.workbook import names
from jixiao.workbook.book import read_book
from jixiao.workbook.filling import fill as fill_book
from workbook.books import (
    BOOK_NAME,
    CASE,
    RUBRIC,
    SEED_SCORES,
    SEED_TOTAL,
    all_values,
    area,
    blank_book,
    by_calamine,
    by_openpyxl,
    number_or_text,
    raw_members,
    saved,
    scores_of,
    seed_book,
)
from workbook.calc import Calc

# openpyxl, as the program that saves, says what it leaves out.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

_ON_EACH_SHEET = "For i = 0 To document.Sheets.Count - 1\n{}\nNext"

EDITS = {
    "nothing": "",
    "rows above": _ON_EACH_SHEET.format("document.Sheets(i).Rows.insertByIndex(0, 3)"),
    "rows inside": """
        document.Sheets.getByName("自评表").Rows.insertByIndex(14, 2)
        document.Sheets.getByName("自评表").Rows.insertByIndex(30, 1)
        document.Sheets.getByName("基础数据").Rows.insertByIndex(21, 1)
        document.Sheets.getByName("基础数据").Rows.insertByIndex(30, 4)
        document.Sheets.getByName("指标完成情况表").Rows.insertByIndex(6, 2)
        document.Sheets.getByName("指标完成情况表").Rows.insertByIndex(50, 1)
    """,
    "columns": """
        document.Sheets.getByName("自评表").Columns.insertByIndex(0, 1)
        document.Sheets.getByName("自评表").Columns.insertByIndex(8, 1)
        document.Sheets.getByName("基础数据").Columns.insertByIndex(3, 2)
        document.Sheets.getByName("指标完成情况表").Columns.insertByIndex(5, 1)
        document.Sheets.getByName("审核意见").Columns.insertByIndex(0, 30)
    """,
    "names of sheets": """
        document.Sheets.getByName("自评表").Name = "某局's 自评 (定稿)"
        document.Sheets.getByName("基础数据").Name = "2023"
        document.Sheets.getByName("指标完成情况表").Name = "A1"
        document.Sheets.getByName("填报说明").Name = "说明，请先看"
    """,
    "order of sheets": """
        document.Sheets.moveByName("自评表", 0)
        document.Sheets.moveByName("基础数据", 7)
        document.Sheets.insertNewByName("附注", 2)
    """,
    "cells moved": """
        sheet = document.Sheets.getByName("基础数据")
        sheet.moveRange(sheet.getCellRangeByName("J40").CellAddress, \
sheet.getCellRangeByName("D21:D24").RangeAddress)
    """,
}

# After the fill, what LibreOffice keeps matters more than where it moves it.
EDITS_OF_FILLED = ("nothing", "rows inside", "order of sheets")


@cache
def filled_seed() -> bytes:
    """The seed's case, scored."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / BOOK_NAME
        path.write_bytes(seed_book())
        fill_book(read_book(path))
        return path.read_bytes()


def assert_seed_scores(content: bytes) -> None:
    assert tuple(map(number_or_text, scores_of(content))) == SEED_SCORES
    assert number_or_text(by_calamine(content, names.TOTAL)) == SEED_TOTAL
    assert str(by_calamine(content, names.GRADE)).startswith("☑ 优 ")


def fill(jixiao: Command, path: Path, content: bytes) -> tuple[dict[str, Any], bytes]:
    path.write_bytes(content)
    ran = jixiao("fill", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out), path.read_bytes()


def texts(content: bytes) -> set[str]:
    """Every text of a workbook, wherever it stands."""
    return {value for value in all_values(content).values() if isinstance(value, str)}


class TestByOpenpyxl:
    def test_fills_to_the_published_scores(self, jixiao: Command, seed_path: Path) -> None:
        found, after = fill(jixiao, seed_path, saved(by_openpyxl(seed_book())))
        assert tuple(Decimal(row["score"]) for row in found["rows"]) == SEED_SCORES
        assert_seed_scores(after)

    def test_blank_template_waits_with_all_rows(self, jixiao: Command, seed_path: Path) -> None:
        found, _ = fill(jixiao, seed_path, saved(by_openpyxl(blank_book())))
        assert found["waiting"] == 26

    def test_filled_book_keeps_its_values_and_fills_again(
        self, jixiao: Command, seed_path: Path
    ) -> None:
        before = filled_seed()
        resaved = saved(by_openpyxl(before))
        assert all_values(resaved) == all_values(before)
        _, after = fill(jixiao, seed_path, resaved)
        assert all_values(after) == all_values(before)
        assert_seed_scores(after)


@pytest.fixture(scope="module")
def edited(soffice: Calc) -> dict[str, bytes]:
    """The seed's case after each of the edits, as LibreOffice saved it."""
    return dict(zip(EDITS, soffice.edited_each(seed_book(), list(EDITS.values())), strict=True))


@pytest.fixture(scope="module")
def filled_and_edited(soffice: Calc) -> dict[str, bytes]:
    """The scored case after each of the edits, as LibreOffice saved it."""
    edits = [EDITS[edit] for edit in EDITS_OF_FILLED]
    content = soffice.edited_each(filled_seed(), edits)
    return dict(zip(EDITS_OF_FILLED, content, strict=True))


@pytest.mark.calc
@pytest.mark.parametrize("edit", EDITS)
class TestByCalc:
    def test_fills_to_the_published_scores_where_it_says(
        self, jixiao: Command, seed_path: Path, edited: dict[str, bytes], edit: str
    ) -> None:
        found, after = fill(jixiao, seed_path, edited[edit])
        assert tuple(Decimal(row["score"]) for row in found["rows"]) == SEED_SCORES
        assert_seed_scores(after)
        values = all_values(after)
        for row in found["rows"]:
            sheet, _, address = row["cell"].rpartition("!")
            assert values[sheet, address] == Decimal(row["score"])

    def test_other_parts_stay_byte_for_byte(
        self, jixiao: Command, seed_path: Path, edited: dict[str, bytes], edit: str
    ) -> None:
        _, after = fill(jixiao, seed_path, edited[edit])
        old, new = raw_members(edited[edit]), raw_members(after)
        sheets = Package(edited[edit]).sheets
        keys = (names.TOTAL, names.FINDINGS, names.companion_name("score"))
        scored = {sheets[area(after, key).sheet].part for key in keys}
        assert list(new) == list(old)
        changed = {name for name in old if old[name] != new[name]}
        assert changed <= {*scored, "xl/workbook.xml"}
        assert sheets[area(after, names.TOTAL).sheet].part in changed


@pytest.mark.calc
@pytest.mark.parametrize("edit", EDITS_OF_FILLED)
class TestFilledAndResavedByCalc:
    def test_shows_the_same_values(self, filled_and_edited: dict[str, bytes], edit: str) -> None:
        assert_seed_scores(filled_and_edited[edit])
        assert texts(filled_and_edited[edit]) >= texts(filled_seed())

    def test_fills_again_to_the_same_values(
        self, jixiao: Command, seed_path: Path, filled_and_edited: dict[str, bytes], edit: str
    ) -> None:
        before = filled_and_edited[edit]
        found, after = fill(jixiao, seed_path, before)
        assert found["total"] == str(SEED_TOTAL)
        findings = area(before, names.FINDINGS)
        assert {
            cell: value for cell, value in all_values(after).items() if cell[0] != findings.sheet
        } == {
            cell: value for cell, value in all_values(before).items() if cell[0] != findings.sheet
        }


@pytest.mark.calc
def test_edits_reached_the_workbook(edited: dict[str, bytes]) -> None:
    """The tests above would pass as well if LibreOffice had left everything where it was."""
    score = names.score_name(RUBRIC.indicators[4].id)
    places = {edit: area(content, score) for edit, content in edited.items()}
    plain = places["nothing"]
    assert places["rows above"].first_row == plain.first_row + 3
    assert places["rows inside"].first_row > plain.first_row
    assert places["columns"].first_column == plain.first_column + 2
    assert places["names of sheets"].sheet == "某局's 自评 (定稿)"
    assert next(iter(Package(edited["order of sheets"]).sheets)) == "自评表"
    assert area(edited["cells moved"], "opening_carryover").a1 == "J41"
    companion = area(edited["rows inside"], names.companion_name("name"))
    assert companion.cell_count == 80 + 3


@pytest.mark.calc
def test_filled_book_resaved_without_edits_has_the_very_same_values(
    filled_and_edited: dict[str, bytes],
) -> None:
    """But for formulas: the fill leaves their results to the program that opens the file."""
    before, after = all_values(filled_seed()), all_values(filled_and_edited["nothing"])
    formulas = {
        (sheet.title, cell.coordinate)
        for sheet in by_openpyxl(seed_book())
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert {cell for cell in {*before, *after} if before.get(cell) != after.get(cell)} <= formulas
    assert {after.get(cell) for cell in formulas} >= {CASE.basics["department"], Decimal("434.56")}
