"""Files as other programs write them, and files of ours as other programs read them."""

import csv
import importlib.util
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from handmade import read_with_calamine, read_with_openpyxl, unzipped
from openpyxl.styles import Alignment, Border, Side

from jixiao.ooxml import CellAddress, CellRange, CellValue, Package

# openpyxl, the independent reader here, says what it does not understand.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

CHANGES: dict[CellAddress, CellValue] = {
    (2, 3): Decimal("9.5"),
    (3, 3): Decimal(7),
    (2, 4): "支付率 95%，<不足> 扣 0.5 分\n见附件",
    (3, 4): None,
    (7, 5): "_x0041_ 两端空格 ",
}


def written_by_xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        cell = book.add_format({"border": 1, "text_wrap": True})
        sheet = book.add_worksheet("自评表")
        sheet.merge_range("A1:D1", "部门整体支出绩效自评表", cell)
        sheet.write_row("A2", ["预算执行率", 10, 8, "旧说明"], cell)
        sheet.write_row("A3", ["结转结余率", 10, None, "旧说明"], cell)
        sheet.write_formula("C4", "=SUM(C2:C3)", cell, 8)
        sheet.data_validation("B2", {"validate": "list", "source": ["是", "否"]})
        sheet.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
        sheet.write_comment("A2", "批注")
        book.define_name("JX_得分", "=自评表!$C$2:$C$3")
    return buffer.getvalue()


def written_by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet["A1"] = "部门整体支出绩效自评表"
    sheet.merge_cells("A1:D1")
    for row in (["预算执行率", 10, 8, "旧说明"], ["结转结余率", 10, None, "旧说明"]):
        sheet.append(row)
    sheet["C4"] = "=SUM(C2:C3)"
    for cell in sheet["C"]:
        cell.border = Border(left=Side("thin"))
        cell.alignment = Alignment(wrap_text=True)
    book.defined_names["JX_得分"] = openpyxl.workbook.defined_name.DefinedName(
        "JX_得分", attr_text="'自评表'!$C$2:$C$3"
    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("write", [written_by_xlsxwriter, written_by_openpyxl])
def test_scores_are_written_and_the_rest_stays(write: Callable[[], bytes]) -> None:
    content = write()
    package = Package(content)
    assert package.defined_names["jx_得分"] == CellRange("自评表", 2, 3, 3, 3)
    assert package.sheet("自评表").merged == (CellRange("自评表", 1, 1, 1, 4),)
    assert package.sheet("自评表").formula_cells == {(4, 3)}
    check_changed(content, package.rewritten({"自评表": CHANGES}))


def check_changed(content: bytes, after: bytes) -> None:
    """Assert that the changes, and nothing but the changes, are in the file."""
    old, new = unzipped(content), unzipped(after)
    sheet = Package(content).sheets["自评表"].part
    assert {name for name in old if old[name] != new.get(name)} <= {sheet, "xl/workbook.xml"}
    assert Package(after).rewritten({"自评表": CHANGES}) == after
    values = read_with_calamine(after, "自评表")
    assert values[2, 1] == "预算执行率"
    assert values[2, 3] == 9.5
    assert values[3, 3] == 7
    assert values[2, 4] == CHANGES[2, 4]
    assert (3, 4) not in values
    assert values[7, 5] == CHANGES[7, 5]
    assert read_with_openpyxl(after, "自评表")[4, 3] == "=SUM(C2:C3)"
    before, now = (
        openpyxl.load_workbook(io.BytesIO(data))["自评表"]["C3"] for data in (content, after)
    )
    assert repr(before.border) == repr(now.border)
    assert repr(before.alignment) == repr(now.alignment)


def test_a_macro_workbook_saved_by_excel_keeps_its_macros() -> None:
    found = importlib.util.find_spec("xlwings")
    if found is None or found.origin is None:
        pytest.skip("xlwings, which brings a workbook saved by Excel, is not installed")
    content = (Path(found.origin).parent / "quickstart.xlsm").read_bytes()
    package = Package(content)
    name = next(iter(package.sheets))
    after = package.rewritten({name: {(1, 1): "得分", (2, 2): Decimal("8.25")}})
    assert read_with_calamine(after, name) == read_with_calamine(content, name) | {
        (1, 1): "得分",
        (2, 2): 8.25,
    }
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert new.namelist() == old.namelist()
        assert new.read("xl/vbaProject.bin") == old.read("xl/vbaProject.bin")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """Return a function that has LibreOffice save a workbook in another format."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")

    def run(content: bytes, form: str) -> bytes:
        source = folder / "book.xlsx"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--convert-to", form, "--outdir", str(folder / "out")]
        subprocess.run(
            [soffice, profile, *options, str(source)], check=True, capture_output=True, timeout=120
        )
        return (folder / "out" / f"book.{form.partition(':')[0]}").read_bytes()

    return run


@pytest.mark.calc
def test_libreoffice_files_are_changed_and_read_back(
    convert: Callable[[bytes, str], bytes],
) -> None:
    content = convert(written_by_xlsxwriter(), "xlsx:Calc MS Excel 2007 XML")
    package = Package(content)
    assert b"<Application>LibreOffice" in package.part("docProps/app.xml")
    assert package.defined_names["JX_得分"] == CellRange("自评表", 2, 3, 3, 3)
    assert package.sheet("自评表").filled_extent == (4, 4)
    after = package.rewritten({"自评表": CHANGES})
    check_changed(content, after)
    # 76 is UTF-8; the sheet is read, worked out anew and written by LibreOffice.
    table = convert(after, "csv:Text - txt - csv (StarCalc):44,34,76,1").decode()
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[1][:4] == ["预算执行率", "10", "9.5", CHANGES[2, 4]]
    assert rows[2][2:4] == ["7", ""]
    assert rows[6][4] == CHANGES[7, 5]
