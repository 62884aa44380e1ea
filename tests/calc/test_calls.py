"""What a function gets from a cell formula in Calc, and what the cell gets back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from office import CellError, Document, Office
from trial_book import SHEET, write_book

pytestmark = pytest.mark.calc

CONSTANTS = {
    "A1": 81,
    "A2": 100,
    "B1": "文字",
    "B2": True,
    "C2": datetime.date(2024, 2, 29),
}

#: formula → the arguments that Python saw, as JX_SHOW tells them
ARGUMENTS = {
    # literals
    "=JX_SHOW(81,0.5)": "81.0, 0.5, 'default'",
    '=JX_SHOW("文字")': "'文字', 'default', 'default'",
    '=JX_SHOW("")': "None, 'default', 'default'",
    "=JX_SHOW(A1+1)": "82.0, 'default', 'default'",
    "=JX_SHOW({1,2;3,4})": "[[1.0, 2.0], [3.0, 4.0]], 'default', 'default'",
    '=JX_SHOW({1,"a"})': "[1.0, 'a'], 'default', 'default'",
    # cells
    "=JX_SHOW(A1,B1)": "81.0, '文字', 'default'",
    "=JX_SHOW(B2,D3)": "True, False, 'default'",
    "=JX_SHOW(D1)": "'ab', 'default', 'default'",
    "=JX_SHOW(C2)": "datetime.datetime(2024, 2, 29, 0, 0), 'default', 'default'",
    "=JX_SHOW(C1:C3)": "[None, datetime.datetime(2024, 2, 29, 0, 0), None], 'default', 'default'",
    "=JX_SHOW(B2:C2,D3)": "[True, datetime.datetime(2024, 2, 29, 0, 0)], False, 'default'",
    "=JX_SHOW(C2+1)": "45352.0, 'default', 'default'",
    "=JX_SHOW(提示!A1)": "'JX1', 'default', 'default'",
    # blanks and errors
    "=JX_SHOW(Z99)": "None, 'default', 'default'",
    "=JX_SHOW(D2)": "None, 'default', 'default'",
    "=JX_SHOW(A3,D4)": "None, None, 'default'",
    # ranges
    "=JX_SHOW(A1:B2)": "[[81.0, '文字'], [100.0, True]], 'default', 'default'",
    "=JX_SHOW(A1:B1)": "[81.0, '文字'], 'default', 'default'",
    "=JX_SHOW(A1:A2)": "[81.0, 100.0], 'default', 'default'",
    "=JX_SHOW(A1:A1)": "81.0, 'default', 'default'",
    "=JX_SHOW(A2:A4,D3:D4)": "[100.0, None, None], [False, None], 'default'",
    # missing optionals; Calc itself turns one left out between commas into 0 (Excel does not)
    "=JX_SHOW(A1)": "81.0, 'default', 'default'",
    "=JX_SHOW(A1,,3)": "81.0, 0.0, 3.0",
    # ParamArray
    "=JX_ALL(1)": "(1.0,)",
    '=JX_ALL(A1,2,B1,"z")': "(81.0, 2.0, '文字', 'z')",
    "=JX_ALL(A1:B1,A1:B2,B2)": "([81.0, '文字'], [[81.0, '文字'], [100.0, True]], True)",
    "=JX_ALL(1,Z99,D2,{1,2})": "(1.0, None, None, [1.0, 2.0])",
    # no argument
    "=JX_VERSION()": "trial",
}

#: A formula cell each: text, empty text, boolean, error.
FORMULAS = {"D1": '="a"&"b"', "D2": '=""', "D3": "=A1>100", "D4": "=NA()", "A3": "=1/0"}


@pytest.fixture(scope="module")
def arguments_book(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Document:
    formulas = FORMULAS | {f"F{n}": text for n, text in enumerate(ARGUMENTS, start=1)}
    path = tmp_path_factory.mktemp("book") / "arguments.xlsm"
    book = office.open(write_book(path, constants=CONSTANTS, formulas=formulas))
    book.recalculate()
    return book


@pytest.mark.parametrize(("row", "formula"), list(enumerate(ARGUMENTS, start=1)), ids=str)
def test_python_gets_what_xlwings_would_give(
    arguments_book: Document, row: int, formula: str
) -> None:
    assert arguments_book.value(SHEET, f"F{row}") == ARGUMENTS[formula]


#: formula → the cell's value
RESULTS = {
    '=JX_ANSWER("nothing")': "",
    '=JX_ANSWER("decimal")': 12.345,
    '=JX_ANSWER("integer")': 1e20,
    '=JX_ANSWER("true")': 1.0,
    '=JX_ANSWER("date")': 45351.0,
    '=JX_ANSWER("time")': 45351.5,
    '=JX_ANSWER("not a number")': "",
    '=JX_ANSWER("one")': 7.0,
    '=JX_ANSWER("empty")': "",
    '=JX_ANSWER("no rows")': "",
    "=JX_RATE(81,A2)": 0.81,
    "=JX_RATE(150,A2)": 1.0,
    "=JX_RATE(150,A2,1.2)": 1.2,
    # Python's #N/A is a real error value, which ISNA and IFERROR see
    '=JX_ANSWER("not available")': CellError("#N/A"),
    '=ISNA(JX_ANSWER("not available"))': 1.0,
    '=IFERROR(JX_ANSWER("not available"),"—")': "—",
    # tables: without an array formula the top left cell, in SUM all of it
    '=JX_ANSWER("table")': 1.0,
    '=SUM(JX_ANSWER("row"))': 6.0,
    '=SUM(JX_ANSWER("column"))': 6.0,
    '=SUM(JX_ANSWER("ragged"))': 6.0,
    '=INDEX(JX_ANSWER("table"),1,2)': "甲",
    '=ROWS(JX_ANSWER("column"))&"×"&COLUMNS(JX_ANSWER("column"))': "3×1",
    # wrong inputs: a Chinese sentence in the cell
    "=JX_RATE(A1,0)": "年初目标值不能为零",
    "=JX_RATE(B1,A2)": "实际完成值和年初目标值都要填数字",
    "=JX_RATE(Z99,A2)": "实际完成值和年初目标值都要填数字",
    "=JX_FAIL(17)": "JX_FAIL 出错：第 17 行金额不能为空，请检查后重新填报（“附件 2”第三列）",
    "=JX_ABSENT(1)": "JX_ABSENT 出错：jixiao.udfs 里没有 JX_ABSENT",
    "=not_a_function(1)": "not_a_function 出错：jixiao.udfs 里没有 not_a_function",
    '=JX_ANSWER("unknown")': "JX_ANSWER 出错：'unknown'",
    # Calc does not call a function with an error written into the formula
    "=JX_SHOW(NA())": CellError("#N/A"),
}


@pytest.fixture(scope="module")
def results_book(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Document:
    formulas = FORMULAS | {f"F{n}": text for n, text in enumerate(RESULTS, start=1)}
    formulas["H1:I2"] = '=JX_ANSWER("table")'
    formulas["H4:I5"] = '=JX_ANSWER("ragged")'
    path = tmp_path_factory.mktemp("book") / "results.xlsm"
    book = office.open(write_book(path, constants=CONSTANTS, formulas=formulas))
    book.recalculate()
    return book


@pytest.mark.parametrize(("row", "formula"), list(enumerate(RESULTS, start=1)), ids=str)
def test_the_cell_gets_the_result(results_book: Document, row: int, formula: str) -> None:
    shown = results_book.value(SHEET, f"F{row}")
    assert ("" if shown is None else shown) == RESULTS[formula]


def test_an_array_formula_shows_the_whole_table(results_book: Document) -> None:
    assert results_book.values(SHEET, "H1:I2") == [[1.0, "甲"], [CellError("#N/A"), None]]


def test_short_rows_are_filled_with_blanks(results_book: Document) -> None:
    assert results_book.values(SHEET, "H4:I5") == [[1.0, 2.0], [3.0, None]]


def test_a_changed_cell_is_calculated_anew(office: Office, tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "b.xlsm", constants={"A1": 81, "A2": 100}, formulas={"B1": "=JX_RATE(A1,A2)"}
    )
    book = office.open(path)
    book.write(SHEET, {"A1": 95})
    assert book.value(SHEET, "B1") == 0.95
    book.write(SHEET, {"A1": "九十五"})
    assert book.value(SHEET, "B1") == "实际完成值和年初目标值都要填数字"
    book.write(SHEET, {"A1": None})
    assert book.value(SHEET, "B1") == "实际完成值和年初目标值都要填数字"
    book.close()


def test_functions_of_functions_are_worked_out_first(office: Office, tmp_path: Path) -> None:
    """Column B stands before the cells that it asks for, so Calc comes to it first."""
    formulas = {
        "B1": "=JX_SHOW(E1)",
        "B2": "=JX_ALL(E1:E2,E3)",
        "E1": "=JX_RATE(A1,A2)",
        "E2": "=JX_VERSION()",
        "E3": "=JX_RATE(E1,1)",
    }
    path = write_book(tmp_path / "b.xlsm", constants={"A1": 81, "A2": 100}, formulas=formulas)
    book = office.open(path)
    book.recalculate()
    assert book.value(SHEET, "B1") == "0.81, 'default', 'default'"
    assert book.value(SHEET, "B2") == "([0.81, 'trial'], 0.81)"
    book.close()


def test_two_thousand_calls_take_a_few_seconds(office: Office, tmp_path: Path) -> None:
    calls = 2000
    constants = {f"A{n}": n for n in range(1, calls + 1)}
    formulas = {f"B{n}": f"=JX_RATE(A{n},{calls})" for n in range(1, calls + 1)}
    book = office.open(write_book(tmp_path / "many.xlsm", constants=constants, formulas=formulas))
    seconds = book.recalculate()
    print(f"\n{seconds / calls * 1000:.2f} ms a call")
    assert book.values(SHEET, f"B1:B{calls}") == [[n / calls] for n in range(1, calls + 1)]
    assert seconds < 10
    book.close()
