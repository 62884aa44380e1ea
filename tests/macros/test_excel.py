"""The macros through xlwings. No test here runs in a real Excel; see `excel_stand_in`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jixiao import macros
from jixiao.hosts.blocks import rectangles
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.host import HostError
from jixiao.ooxml import CellRange, Formula, Package
from jixiao.workbook import names
from jixiao.workbook.book import read_book
from jixiao.workbook.formulas import formulas
from jixiao.workbook.machine_cells import cell_changes, formula_changes
from macros.excel_stand_in import StandInBook, recorded
from macros.remote_excel import run_remotely
from macros.workbooks import cell_of, typed
from workbook.books import RUBRIC, number_or_text


class TestRemoteEngine:
    @pytest.fixture
    def remote(self, seed_path: Path) -> dict[str, Any]:
        """What 一键评分 says and does to the seed's book."""
        found = run_remotely("score", seed_path)
        if found is None:
            pytest.skip("xlwings' remote engine is not to be had; the product does not need it")
        return found

    def test_score_writes_the_cells_that_a_file_gets(
        self, remote: dict[str, Any], seed_path: Path
    ) -> None:
        expected = _values(cell_changes(read_book(seed_path)))
        assert recorded(remote["actions"], remote["sheets"]) == expected
        assert remote["message"] == macros.score(seed_path)

    def test_it_writes_blocks(self, remote: dict[str, Any], seed_path: Path) -> None:
        changes = cell_changes(read_book(seed_path))
        writes = [action for action in remote["actions"] if action["func"] == "setValues"]
        assert len(writes) == len(list(rectangles(changes))) < len(changes) / 4


class TestStandIn:
    def test_score_and_formulas_are_those_of_a_file(self, macro_path: Path) -> None:
        book = StandInBook(macro_path)
        changes = cell_changes(read_book(macro_path))
        assert "97.59" in macros.score(book)
        for (sheet, row, column), value in _values(changes).items():
            assert number_or_text(book.cells[sheet, row, column]) == number_or_text(value)
            assert (sheet, row, column) not in book.formulas
        macros.restore_formulas(book)
        live = formula_changes(read_book(macro_path))
        for area, content in live.items():
            assert isinstance(content, Formula)
            if area.cell_count == 1:
                place = area.sheet, area.first_row, area.first_column
                assert book.formulas[place] == content.text

    def test_failing_write_leaves_everything_as_it_was(self, macro_path: Path) -> None:
        for macro in (macros.score, macros.restore_formulas):
            book = StandInBook(macro_path, refused_sheet=names.SHEETS["form"])
            before = book.state()
            message = macro(book)
            assert f"write {names.SHEETS['companion']}" in book.calls
            assert "表格没有改动" in message
            assert book.state() == before

    def test_screen_and_status_bar_are_as_before(self, macro_path: Path) -> None:
        for refused in ("", names.SHEETS["form"]):
            book = StandInBook(macro_path, refused_sheet=refused)
            macros.score(book)
            assert (book.app.screen_updating, book.app.status_bar) == (True, False)

    def test_check_jumps_to_the_first_that_is_missing(self, macro_path: Path) -> None:
        due = names.input_name("intentions_due")
        typed(macro_path, {due: None})
        book = StandInBook(macro_path)
        cell = cell_of(macro_path, due)
        assert "1处待填" in macros.check(book)
        assert book.calls[-2:] == [f"activate {cell.sheet}", f"select {cell.a1}"]

    def test_review_marks_the_cells_that_a_file_gets_marked(self, macro_path: Path) -> None:
        macros.score(macro_path)
        book = StandInBook(macro_path)
        place = cell_of(macro_path, names.basic_name("total_budget"))
        rate = cell_of(macro_path, names.score_name("budget_execution_rate"))
        theirs = (place.sheet, place.first_row, place.first_column)
        thread = (rate.sheet, rate.first_row, rate.first_column)
        book.notes[theirs] = "请核对\n——张三"
        book.threads.add(thread)
        message = macros.review(book)
        macros.review(macro_path)
        package = Package.open(macro_path)
        in_file = {
            (sheet, *cell): text
            for sheet in package.sheets
            for cell, text in package.comments(sheet).items()
        }
        assert "有2格已有别人的批注" in message
        del in_file[thread]
        assert book.notes == {**in_file, theirs: "请核对\n——张三"}

    def test_unmark_leaves_the_notes_of_people(self, macro_path: Path) -> None:
        macros.score(macro_path)
        book = StandInBook(macro_path)
        book.notes["自评表", 3, 3] = "请核对\n——张三"
        macros.review(book)
        assert len(book.notes) > 1
        macros.unmark(book)
        assert book.notes == {("自评表", 3, 3): "请核对\n——张三"}

    def test_finalize_keeps_a_copy_first(self, macro_path: Path) -> None:
        book = StandInBook(macro_path)
        message = macros.finalize(book)
        copy = macro_path.with_name("自评表-含公式.xlsm")
        assert str(copy) in message
        assert copy.exists()

    def test_formulas_come_back_after_finalizing(self, macro_path: Path) -> None:
        """Excel takes an array formula of 255 characters from a program, and not one more."""
        book = StandInBook(macro_path)
        macros.finalize(book)
        assert book.arrays == {}
        assert "已恢复" in macros.restore_formulas(book)
        assert list(book.arrays.values()) == [formulas(RUBRIC).results]

    def test_book_that_was_never_saved_is_not_finalized(self, macro_path: Path) -> None:
        book = StandInBook(macro_path)
        for place in ("工作簿1", "https://example.com/库/自评表.xlsm"):
            book.api.FullName = place
            before = book.state()
            assert "请先把工作簿保存到本机" in macros.finalize(book)
            assert book.state() == before

    def test_report_is_that_of_a_file(self, macro_path: Path) -> None:
        message = macros.report(StandInBook(macro_path))
        (path,) = macro_path.parent.glob("*.docx")
        written = path.read_bytes()
        path.unlink()
        assert message == macros.report(macro_path)
        assert written == path.read_bytes()

    def test_book_that_was_never_saved_has_no_place_for_a_report(self, macro_path: Path) -> None:
        book = StandInBook(macro_path)
        book.api.FullName = "工作簿1"
        assert "请先把工作簿保存到本机" in macros.report(book)
        assert list(macro_path.parent.iterdir()) == [macro_path]

    def test_new_book_is_opened(self, macro_path: Path) -> None:
        book = StandInBook(macro_path)
        assert "已新建并打开" in macros.new_book(book)
        assert book.calls[-1].startswith("open ")

    def test_currency_keeps_its_digits(self, macro_path: Path) -> None:
        """xlwings gives a cell with a currency format as a Decimal of four places."""
        book = StandInBook(macro_path)
        host = ExcelHost(book)  # type: ignore[arg-type]
        area = CellRange(names.SHEETS["inputs"], 1, 1, 1, 2)

        class Currency:
            api = type("Api", (), {"Value2": ((1.23456789, "甲"),)})
            value = ((Decimal("1.2346"), "甲"),)
            formula = (("1.23456789", "甲"),)

            def options(self, **_: object) -> Currency:
                return self

        host._cells = lambda _: Currency()  # type: ignore[method-assign]
        assert host.read(area).rows == [[1.23456789, "甲"]]

    def test_too_long_an_array_formula_is_refused_before_anything_is_written(
        self, macro_path: Path
    ) -> None:
        book = StandInBook(macro_path)
        area = CellRange(names.SHEETS["inputs"], 1, 1, 2, 2)
        with pytest.raises(HostError):
            ExcelHost(book).write({area: Formula("=" + "A" * 255)})  # type: ignore[arg-type]
        assert book.calls == []


def _values(changes: Any) -> dict[tuple[str, int, int], object]:
    return {
        (cell.sheet, cell.first_row, cell.first_column): (
            float(value) if isinstance(value, Decimal) else "" if value is None else value
        )
        for cell, value in changes.items()
    }
