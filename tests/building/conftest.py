"""A small macro workbook made from text, as every test here reads it back."""

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter

from jixiao.building.vba_project import Module, ModuleKind, vba_project

FUNCTIONS = """\
Option Explicit

Public Function JxCompletion(ByVal actual As Double, ByVal target As Double) As Double
    If target = 0 Then Exit Function
    JxCompletion = actual / target
End Function

Public Sub OnRecalculate(control As Object)
    ThisWorkbook.Sheets(1).Calculate
End Sub
"""


@pytest.fixture
def modules() -> list[Module]:
    """One module of each kind, two sheets, one source long enough for several chunks."""
    notes = "".join(f"' line {number} of the notes\n" for number in range(1, 400))
    return [
        Module("ThisWorkbook", ModuleKind.WORKBOOK, "Option Explicit\n"),
        Module("SheetScores", ModuleKind.SHEET, ""),
        Module("SheetBasis", ModuleKind.SHEET, ""),
        Module("JxFunctions", ModuleKind.STANDARD, FUNCTIONS),
        Module("JxNotes", ModuleKind.STANDARD, notes),
        Module("JxScore", ModuleKind.CLASS, "Option Explicit\nPublic Points As Double\n"),
    ]


@pytest.fixture
def project(modules: list[Module]) -> bytes:
    """The sample modules as vbaProject.bin."""
    return vba_project("JxSample", modules)


@pytest.fixture
def workbook(project: bytes) -> bytes:
    """An .xlsm as XlsxWriter leaves it, with a formula that calls the sample function."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2025, 1, 1)})
        book.add_vba_project(BytesIO(project), is_stream=True)
        book.set_vba_name("ThisWorkbook")
        scores = book.add_worksheet("绩效")
        scores.set_vba_name("SheetScores")
        scores.write_row("A1", [81, 100])
        scores.write_formula("C1", "=JxCompletion(A1,B1)")
        book.add_worksheet("依据").set_vba_name("SheetBasis")
    return buffer.getvalue()
