"""The buttons on the live COM server: xlwings' own Windows engine, and a workbook across COM.

`windows.client.com_workbook` says what of that is real. That Excel takes what is written, what it
calculates then, and how it shows it, only Excel can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.ooxml import Formula
from jixiao.workbook.book import Book, read_book
from jixiao.workbook.machine_cells import cell_changes, formula_changes
from macros.workbooks import seed_macro_book
from windows.client.wire import from_json
from windows.machine import Client, Machine, Workbook

pytestmark = pytest.mark.windows

Place = tuple[str, int, int]


class Pressed:
    """A workbook on which one button after the other was pressed, and what was there after each."""

    def __init__(self, workbook: Workbook) -> None:
        self.said: dict[str, str] = {}
        self.after: dict[str, Mapping[str, Any]] = {}
        for macro in ("score", "restore_formulas", "check", "finalize", "diagnose"):
            self.said[macro] = workbook.run(macro)
            self.after[macro] = workbook.client.ask("content", workbook=workbook.name)

    def cells(self, macro: str) -> dict[Place, object]:
        found = self.after[macro]["cells"]
        return {(sheet, row, column): from_json(value) for sheet, row, column, value in found}

    def formulas(self, macro: str) -> dict[Place, str]:
        found = self.after[macro]["formulas"]
        return {(sheet, row, column): text for sheet, row, column, text in found}


@pytest.fixture(scope="module")
def pressed(machine: Machine) -> Iterator[Pressed]:
    with Client(machine, user="赵 六") as client:
        client.install()
        yield Pressed(client.open_file("自评 表.xlsm", seed_macro_book()))


@pytest.fixture(scope="module")
def seed_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The same workbook, read here from its file."""
    path = tmp_path_factory.mktemp("macro") / "自评表.xlsm"
    path.write_bytes(seed_macro_book())
    return read_book(path)


@pytest.mark.parametrize("macro", ["score", "finalize"])
def test_the_values_are_those_that_a_file_gets(
    pressed: Pressed, seed_book: Book, macro: str
) -> None:
    cells, formulas = pressed.cells(macro), pressed.formulas(macro)
    assert "总分97.59分，等级：优" in pressed.said[macro]
    for area, value in cell_changes(seed_book).items():
        place = area.sheet, area.first_row, area.first_column
        assert _same(cells[place], value), place
        assert place not in formulas


def test_the_formulas_come_back(pressed: Pressed, seed_book: Book) -> None:
    formulas = pressed.formulas("restore_formulas")
    for area, content in formula_changes(seed_book).items():
        assert isinstance(content, Formula)
        if area.cell_count == 1:
            assert formulas[area.sheet, area.first_row, area.first_column] == content.text


def test_a_formula_is_calculated_while_its_writer_waits(pressed: Pressed) -> None:
    """The server answers a call of Excel in the middle of its own call to Excel."""
    shown = pressed.after["restore_formulas"]["shown"]
    assert shown
    assert set(shown) == {"优"}


def test_screen_and_status_bar_are_given_back(pressed: Pressed) -> None:
    assert all(content["screen"] == [True, False] for content in pressed.after.values())


def test_check_finds_nothing_wrong_and_a_copy_keeps_the_formulas(pressed: Pressed) -> None:
    assert pressed.said["check"].startswith("校验通过")
    assert "自评 表-含公式.xlsm" in pressed.said["finalize"]
    assert "自评 表-含公式.xlsm" in pressed.after["finalize"]["files"]


def test_diagnosis_comes_whole(pressed: Pressed, machine: Machine) -> None:
    said = pressed.said["diagnose"]
    assert "最近一次错误：无" in said
    assert said.rstrip().endswith("诊断.txt")
    assert len(said.splitlines()) >= 12


def test_a_button_asks_excel_little(pressed: Pressed) -> None:
    """Each question goes from process to process; the defined names alone are three each."""
    asked = pressed.after["score"]["asked"]
    assert asked["RefersTo"] < 1.1 * asked["Item"]
    assert sum(asked.values()) < 12 * asked["RefersTo"]


def test_without_a_workbook_a_button_says_so(client: Client, workbook: Workbook) -> None:
    assert workbook.run("score") == HOST_MESSAGES["JX9"]


def test_a_server_that_dies_under_a_button_is_named_and_the_next_press_works(
    other_client: Client,
) -> None:
    """The macro is not run twice; the screen is the user's again."""
    opened = other_client.open_file("自评 表.xlsm", seed_macro_book())
    assert opened.call("JX_GRADE", 97.59) == "优"
    other_client.ask("kill_when_busy", workbook=opened.name, process=opened.server)
    said = opened.run("score")
    assert said.startswith(HOST_MESSAGES["JX6"])
    content = other_client.ask("content", workbook=opened.name)
    assert content["screen"] == [True, False]
    assert not any(call.startswith("write") for call in content["calls"])
    assert "诊断.txt" in opened.run("diagnose")


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, Decimal):
        return found == float(wanted)
    return (found or "") == ("" if wanted is None else wanted)
