"""The macro template and the add-in, read back by other programs' readers."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from oletools.olevba import VBA_Parser
from openpyxl.worksheet.formula import ArrayFormula

from jixiao.building.addin_file import FILE, build_addin
from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.building.macro_file import ribbon_callbacks
from jixiao.building.sources import ribbon, source_folder, standard_module
from jixiao.function_table import FUNCTIONS
from jixiao.scoring import RubricError
from jixiao.template import build_template
from jixiao.template.macro_template import build_macro_template, macro_template_name
from jixiao.workbook import names
from jixiao.workbook.formulas import formulas

from .built import RUBRIC, cells, edited, place, the_cell

TOP = Path(__file__).parents[2]
VBA = source_folder("vba")
RIBBON_PART = "customUI/customUI14.xml"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUTTON = "{http://schemas.microsoft.com/office/2009/07/customui}button"
MACROS = {
    "score": "一键评分",
    "restore_formulas": "恢复公式",
    "check": "校验",
    "review": "审核",
    "unmark": "清除标记",
    "finalize": "定稿",
    "new_book": "新建自评表",
    "report": "生成报告",
    "manual": "使用手册",
    "diagnose": "诊断",
}


@cache
def template() -> bytes:
    return build_macro_template(RUBRIC)


@cache
def addin() -> bytes:
    return build_addin()


@cache
def book() -> Any:
    return openpyxl.load_workbook(BytesIO(template()), keep_vba=True)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def modules(data: bytes) -> dict[str, str]:
    """The code of every module by the name of its file, without the header of an export."""
    parser = VBA_Parser("book.xlsm", data=data, relaxed=False)
    return {
        name: re.sub(r"\A(Attribute .*\n)+", "", code.replace("\r\n", "\n"))
        for _, _, name, code in parser.extract_macros()
    }


def source(name: str) -> str:
    return standard_module((VBA / name).read_text("ascii")).source


def buttons() -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(ribbon().encode("utf-8")).iter(BUTTON))


def test_the_code_is_that_of_the_sources() -> None:
    found = modules(template())
    assert found["JxHost.bas"] == source("JxHost.bas")
    assert found["JxFunctions.bas"] == source("JxFunctions.bas")
    assert "JxDescribe" in found["ThisWorkbook.cls"]
    assert modules(addin())["JxHost.bas"] == source("JxHost.bas")


def test_the_add_in_has_no_functions_for_cells() -> None:
    assert set(modules(addin())) == {"ThisWorkbook.cls", "Sheet1.cls", "JxHost.bas"}


@pytest.mark.parametrize("data", [template, addin])
def test_code_names_are_those_of_the_document_modules(data: Any) -> None:
    parts = members(data())
    named = {
        properties.get("codeName")
        for name, content in parts.items()
        if re.fullmatch(r"xl/(workbook|worksheets/sheet\d+)\.xml", name)
        for properties in ElementTree.fromstring(content)
        if properties.tag in (MAIN + "workbookPr", MAIN + "sheetPr")
    }
    sheets = sum(name.startswith("xl/worksheets/sheet") for name in parts)
    documents = {name.removesuffix(".cls") for name in modules(data()) if name.endswith(".cls")}
    assert named == documents
    assert len(documents) == sheets + 1


@pytest.mark.parametrize(
    ("data", "kind"), [(template, "sheet.macroEnabled"), (addin, "addin.macroEnabled")]
)
def test_content_types_and_relationships_are_those_of_the_kind(data: Any, kind: str) -> None:
    parts = members(data())
    types = parts["[Content_Types].xml"].decode()
    assert f'ContentType="application/vnd.ms-excel.{kind}.main+xml"' in types
    assert "application/vnd.ms-office.vbaProject" in types
    assert 'Target="vbaProject.bin"' in parts["xl/_rels/workbook.xml.rels"].decode()
    assert f'Target="{RIBBON_PART}"' in parts["_rels/.rels"].decode()
    assert parts[RIBBON_PART].decode("utf-8") == ribbon()
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)


def test_every_callback_of_the_ribbon_is_a_public_macro() -> None:
    public = re.findall(r"^Public Sub (\w+)\(control As Object", source("JxHost.bas"), re.MULTILINE)
    assert ribbon_callbacks(ribbon()) == {"JxRibbon", "JxTabVisible"}
    assert ribbon_callbacks(ribbon()) <= set(public)


def test_the_buttons_are_those_that_were_asked_for() -> None:
    assert {button.get("tag"): button.get("label") for button in buttons()} == MACROS
    identifiers = [button.get("id") for button in buttons()]
    assert len(set(identifiers)) == len(identifiers)
    for button in buttons():
        assert button.get("imageMso")
        assert button.get("onAction") == "JxRibbon"
        assert len(button.get("supertip", "")) in range(10, 256)


def test_every_button_has_its_macro() -> None:
    macros = pytest.importorskip("jixiao.macros")
    for button in buttons():
        assert callable(getattr(macros, button.get("tag", ""), None)), button.get("tag")


def test_the_add_in_is_found_by_the_name_that_it_is_built_under() -> None:
    assert f'Workbooks("{FILE}")' in source("JxHost.bas")


def test_the_formulas_are_in_their_cells() -> None:
    found = formulas(RUBRIC)
    for name, formula in found.cells.items():
        assert the_cell(name, book()).value == formula, name
    for field, formula in found.companion.items():
        column = cells(names.companion_name(field), book())
        assert {cell.value for cell in column} == {formula}
    results = cells(names.COMPANION_RESULTS, book())
    assert isinstance(results[0].value, ArrayFormula)
    assert results[0].value.text == found.results
    assert results[0].value.ref == place(names.COMPANION_RESULTS, book())[1]


def test_the_short_names_are_those_of_the_columns() -> None:
    for field in names.SCORED_COLUMNS:
        short, long = names.short_column_name(field), names.companion_name(field)
        assert place(short, book()) == place(long, book())


def test_there_is_room_for_as_many_rows_as_the_program_reads() -> None:
    from jixiao.workbook.book import _MOST_ROWS  # noqa: PLC0415

    assert len(cells(names.COMPANION_RESULTS, book())) == 3 * _MOST_ROWS


def test_no_formula_has_a_result_so_that_every_program_calculates_it() -> None:
    with zipfile.ZipFile(BytesIO(template())) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        for name in sheets:
            for cell in ElementTree.fromstring(archive.read(name)).iter(f"{MAIN}c"):
                formula = cell.find(f"{MAIN}f")
                if formula is not None and formula.get("t") != "array":
                    assert not cell.findtext(f"{MAIN}v"), (name, cell.get("r"))


def test_everything_else_is_as_in_the_template_without_macros() -> None:
    plain = openpyxl.load_workbook(BytesIO(build_template(RUBRIC)))
    assert book().sheetnames == [*plain.sheetnames, names.PROGRAM_SHEET]
    own = {names.COMPANION_RESULTS, names.HOST_MESSAGES, names.FUNCTION_HELP}
    own |= {names.short_column_name(field) for field in names.SCORED_COLUMNS}
    assert set(book().defined_names) == {*plain.defined_names, *own}
    for sheet in plain:
        for row in sheet.iter_rows():
            for cell in row:
                other = book()[sheet.title][cell.coordinate]
                assert other.number_format == cell.number_format
                if not str(other.value).startswith("="):
                    assert other.value == cell.value


def test_the_program_sheet_is_hidden_and_has_the_words() -> None:
    assert book()[names.PROGRAM_SHEET].sheet_state == "veryHidden"
    title, area = place(names.HOST_MESSAGES, book())
    words = {code.value: text.value for code, text in book()[title][area]}
    assert words == HOST_MESSAGES
    title, area = place(names.FUNCTION_HELP, book())
    rows = [[cell.value for cell in row] for row in book()[title][area]]
    assert [row[0] for row in rows] == list(FUNCTIONS)
    for row in rows:
        function = FUNCTIONS[row[0]]
        assert row[2] == function.description
        helps = [argument.help for argument in function.arguments]
        assert [text for text in row[3:] if text] == helps


def test_another_process_with_another_hash_seed_builds_the_same() -> None:
    program = (
        "import hashlib; from jixiao.scoring import shipped_rubric;"
        "from jixiao.template.macro_template import build_macro_template;"
        "from jixiao.building.addin_file import build_addin;"
        f"data = build_macro_template(shipped_rubric({RUBRIC.id!r})) + build_addin();"
        "print(hashlib.sha256(data).hexdigest())"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "PATH": ""}
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_committed_files_are_what_is_built() -> None:
    advice = "run `python -m jixiao build` and look at the result before committing it"
    committed = TOP / "workbook_templates" / macro_template_name(RUBRIC)
    assert members(committed.read_bytes()) == members(template()), advice
    assert members((TOP / "addin" / "excel" / FILE).read_bytes()) == members(addin()), advice


def test_a_standard_that_the_functions_do_not_know_is_refused() -> None:
    with pytest.raises(RubricError, match="单元格函数只认程序自带的标准"):
        build_macro_template(edited((f'id = "{RUBRIC.id}"', 'id = "mine-2024"')))
