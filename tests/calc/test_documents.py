"""Documents in Calc: several at once, locked, saved, exported, without the bridge; and macros."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from office import CellError, Office, OfficeError, render_pdf
from trial_book import SHEET, write_book

from jixiao.building.calc_extension import write_extension
from jixiao.building.host_messages import HOST_MESSAGES

pytestmark = pytest.mark.calc

RUN = "VBAProject.JxHost.JxRun"


def rate_book(path: Path, actual: float) -> Path:
    return write_book(path, constants={"A1": actual, "A2": 100}, formulas={"B1": "=JX_RATE(A1,A2)"})


def test_two_documents_at_once_keep_apart(office: Office, tmp_path: Path) -> None:
    first = office.open(rate_book(tmp_path / "甲 单位.xlsm", 81))
    second = office.open(rate_book(tmp_path / "乙 单位.xlsm", 62))
    first.recalculate()
    second.recalculate()
    assert (first.value(SHEET, "B1"), second.value(SHEET, "B1")) == (0.81, 0.62)
    first.close()
    second.write(SHEET, {"A1": 63})
    assert second.value(SHEET, "B1") == 0.63
    second.close()


def test_a_macro_writes_into_the_document_it_was_started_from(
    office: Office, tmp_path: Path
) -> None:
    bystander = office.open(rate_book(tmp_path / "other.xlsm", 1))
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    last_opened = office.open(rate_book(tmp_path / "last.xlsm", 2))
    assert book.run_macro(RUN, "fill_block") == "已写入 2 行"
    assert book.values(SHEET, "F1:G2") == [["指标", "得分"], ["产出数量", 9.5]]
    for other in (bystander, last_opened):
        assert other.values(SHEET, "F1:G2") == [[None, None], [None, None]]
    for document in (bystander, book, last_opened):
        document.close()


@pytest.mark.parametrize(
    ("macro", "message"),
    [
        ("say_nothing", ""),
        ("break_down", "break_down 出错：工作表“绩效自评”被保护，不能写入"),
        ("no_such_macro", "no_such_macro 出错：jixiao.macros 里没有 no_such_macro"),
    ],
)
def test_a_macro_gives_what_it_has_to_say(
    office: Office, tmp_path: Path, macro: str, message: str
) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    assert book.run_macro(RUN, macro) == message
    book.close()


def test_restart_keeps_the_functions_working(office: Office, tmp_path: Path) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    book.run_macro("VBAProject.JxHost.JxRestart")
    book.recalculate()
    assert book.value(SHEET, "B1") == 0.81
    book.close()


def test_a_stale_lock_file_is_named(office: Office, tmp_path: Path) -> None:
    path = rate_book(tmp_path / "自评.xlsm", 81)
    lock = tmp_path / ".~lock.自评.xlsm#"
    lock.touch()
    with pytest.raises(OfficeError, match=r"自评.xlsm 打不开：它被 .~lock.自评.xlsm# 锁定"):
        office.open(path)
    lock.unlink()
    office.open(path).close()


def test_locked_by_somebody_else_it_is_read_only_and_calculates(
    office: Office, tmp_path: Path
) -> None:
    path = rate_book(tmp_path / "自评.xlsm", 81)
    lock = tmp_path / ".~lock.自评.xlsm#"
    lock.write_text(
        "陈某,chen,PC-01,22.11.2025 14:10,file:///C:/Users/chen/LibreOffice/4;", "utf-8"
    )
    book = office.open(path)
    assert book.is_read_only()
    book.recalculate()
    assert book.value(SHEET, "B1") == 0.81
    book.close()
    assert lock.exists()


def test_a_file_that_is_missing_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError):
        office.open(tmp_path / "nowhere.xlsm")


def test_without_macros_the_functions_are_unknown(office: Office, tmp_path: Path) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81), macros=False)
    book.recalculate()
    assert book.value(SHEET, "B1") != 0.81
    book.close()


def test_saved_as_xlsm_it_still_calculates(office: Office, tmp_path: Path) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    book.recalculate()
    saved = book.save_as(tmp_path / "saved.xlsm", "xlsm")
    book.close()
    again = office.open(saved)
    again.write(SHEET, {"A1": 70})
    assert again.value(SHEET, "B1") == 0.7
    assert again.formulas(SHEET, "B1") == [["=JX_RATE(A1;A2)"]]
    again.close()


def test_saved_as_xlsx_it_keeps_the_values(office: Office, tmp_path: Path) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    book.recalculate()
    saved = book.save_as(tmp_path / "saved.xlsx", "xlsx")
    book.close()
    with zipfile.ZipFile(saved) as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()
        assert "<v>0.81</v>" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_exported_as_pdf_it_has_a_page(office: Office, tmp_path: Path) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    book.recalculate()
    pdf = book.export_pdf(tmp_path / "book.pdf")
    book.close()
    assert pdf.read_bytes().startswith(b"%PDF")
    assert len(render_pdf(pdf, tmp_path)) == 1


def test_formulas_and_blocks_are_written_by_address(office: Office, tmp_path: Path) -> None:
    book = office.open(rate_book(tmp_path / "book.xlsm", 81))
    book.write(SHEET, {"C1": "文字", "C2": 2.5, "C3": None})
    book.write_formula(SHEET, "D1", "=JX_SHOW(C1;C2)")
    book.write_array_formula(SHEET, "E1:F2", '=JX_ANSWER("table")')
    assert book.value(SHEET, "D1") == "'文字', 2.5, 'default'"
    assert book.values(SHEET, "E1:F2") == [[1.0, "甲"], [CellError("#N/A"), None]]
    assert book.strings(SHEET, "C1:C3") == [["文字"], ["2.5"], [""]]
    assert book.sheets() == [SHEET, "提示"]
    book.close()


@pytest.mark.parametrize("messages", [True, False])
def test_without_the_bridge_the_cell_says_so(tmp_path: Path, messages: bool) -> None:
    path = write_book(tmp_path / "book.xlsm", formulas={"A1": "=JX_VERSION()"}, messages=messages)
    with Office(tmp_path / "profile") as bare:
        book = bare.open(path)
        book.recalculate()
        told = book.value(SHEET, "A1")
        assert book.run_macro(RUN, "fill_block") == told
    hint = "#JX7 the Calc extension of jixiao is not installed "
    assert told == (HOST_MESSAGES["JX7"] if messages else hint)


def test_where_the_package_is_gone_the_cell_says_so(tmp_path: Path) -> None:
    extension = write_extension(tmp_path / "jixiao.oxt", [tmp_path / "moved away"])
    path = write_book(tmp_path / "book.xlsm", formulas={"A1": "=JX_VERSION()"})
    with Office(tmp_path / "profile", extension) as bare:
        book = bare.open(path)
        book.recalculate()
        assert book.value(SHEET, "A1") == (
            "JX_VERSION 出错：找不到 Python 模块 jixiao，请重新安装 Calc 扩展"
        )
