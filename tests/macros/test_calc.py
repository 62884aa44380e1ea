"""The macros inside LibreOffice Calc, called as its toolbar and the ribbon's VBA call them."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Document, Office

from jixiao import macros
from jixiao.ooxml import CellRange, Package, a1
from jixiao.workbook import names
from macros.workbooks import (
    MACHINE_NAMES,
    cell_of,
    formulas_of,
    machine_values,
    typed,
)
from workbook.books import RUBRIC, with_part

pytestmark = pytest.mark.calc


@pytest.fixture
def document(calc_with_macros: Office, macro_path: Path) -> Document:
    document = calc_with_macros.open(macro_path)
    document.recalculate()
    return document


def run(document: Document, macro: str) -> str:
    message = document.run_macro("VBAProject.JxHost.JxRun", macro)
    assert isinstance(message, str)
    return message


def shown(document: Document, path: Path) -> dict[str, list[object]]:
    """What stands in every cell that the program writes, values and formulas."""
    found: dict[str, list[object]] = {}
    for name in MACHINE_NAMES:
        area = Package.open(path).defined_names[name]
        found[name] = [document.values(*_at(area)), document.formulas(*_at(area))]
    return found


def _at(area: CellRange) -> tuple[str, str]:
    return area.sheet, f"{area.a1}:{a1(area.last_row, area.last_column)}"


def saved(document: Document, path: Path) -> Path:
    return document.save_as(path.with_name(f"{path.stem}-calc.xlsm"), "xlsm")


def test_score_gives_the_cells_that_it_gives_in_a_file(
    document: Document, macro_path: Path
) -> None:
    message = run(document, "score")
    in_calc = machine_values(saved(document, macro_path))
    assert message == macros.score(macro_path)
    assert in_calc == machine_values(macro_path)


def test_report_is_that_of_a_file(document: Document, macro_path: Path) -> None:
    message = run(document, "report")
    (path,) = macro_path.parent.glob("*.docx")
    in_calc = path.read_bytes()
    path.unlink()
    assert message == macros.report(macro_path)
    assert in_calc == path.read_bytes()


def test_restored_formulas_are_those_of_a_file(document: Document, macro_path: Path) -> None:
    before = shown(document, macro_path)
    run(document, "finalize")
    finalized = shown(document, macro_path)
    before[names.FINDINGS] = finalized[names.FINDINGS]  # they are texts, and stay
    assert finalized != before
    message = run(document, "restore_formulas")
    document.recalculate()
    assert shown(document, macro_path) == before
    macros.finalize(macro_path)
    assert message == macros.restore_formulas(macro_path)
    in_file = {
        place: text for place, text in formulas_of(macro_path).items() if "jixiao_" in text.lower()
    }
    in_calc = formulas_of(saved(document, macro_path))
    assert in_file
    for place, text in in_file.items():
        assert in_calc[place].replace(" ", "").casefold() == text.replace(" ", "").casefold()


def test_check_lists_what_is_missing(document: Document, macro_path: Path) -> None:
    place = cell_of(macro_path, names.input_name("intentions_due"))
    document.write(place.sheet, {place.a1: None})
    message = run(document, "check")
    typed(macro_path, {names.input_name("intentions_due"): None})
    assert message == macros.check(macro_path)
    findings = Package.open(macro_path).defined_names[names.FINDINGS]
    first = document.value(findings.sheet, findings.a1)
    assert first == machine_values(macro_path)[names.FINDINGS][0]


def test_wrong_input_changes_nothing_but_the_findings(document: Document, macro_path: Path) -> None:
    place = cell_of(macro_path, names.input_name("audit_findings"))
    document.write(place.sheet, {place.a1: "两个"})
    document.recalculate()
    before = shown(document, macro_path)
    message = run(document, "score")
    after = shown(document, macro_path)
    assert f"{place.sheet}!{place.a1}" in message
    assert {name for name in before if before[name] != after[name]} == {names.FINDINGS}


def test_review_marks_the_cells_that_a_file_gets_marked(
    calc_with_macros: Office, macro_path: Path
) -> None:
    macros.score(macro_path)
    sheet, theirs = names.SHEETS["form"], {(3, 3): "请核对\n——张三"}
    content = Package.open(macro_path).commented({sheet: theirs}, "张三", lambda text: False)
    macro_path.write_bytes(content)
    document = calc_with_macros.open(macro_path)
    message = run(document, "review")
    in_calc = Package.open(saved(document, macro_path)).comments(sheet)
    assert message == macros.review(macro_path)
    assert in_calc == Package.open(macro_path).comments(sheet)
    assert len(in_calc) > 1
    run(document, "unmark")
    assert Package.open(saved(document, macro_path)).comments(sheet) == theirs


@pytest.mark.parametrize("value", [True, "2024-03-05", "=1/0"])
def test_what_is_no_number_is_refused_as_in_a_file(
    document: Document, macro_path: Path, value: object
) -> None:
    """Calc has numbers where a file has truth values and dates; the look of the cell tells."""
    place = cell_of(macro_path, names.input_name("audit_findings"))
    formula = {True: "=TRUE()", "2024-03-05": "=DATE(2024;3;5)"}.get(value, value)
    document.write_formula(place.sheet, place.a1, str(formula))
    message = run(document, "score")
    copy = saved(document, macro_path)
    assert message == macros.score(copy)
    assert "1处问题" in message


def test_finalize_keeps_a_copy_with_formulas(document: Document, macro_path: Path) -> None:
    message = run(document, "finalize")
    copy = macro_path.with_name("自评表-含公式.xlsm")
    assert str(copy) in message
    kept = formulas_of(copy).values()
    assert sum("JX_" in text.upper() for text in kept) >= 2 * len(RUBRIC.indicators)
    left = formulas_of(saved(document, macro_path)).values()
    assert not any("JX_" in text.upper() for text in left)


def test_failing_write_leaves_the_sheets_as_they_were(
    calc_with_macros: Office, macro_path: Path
) -> None:
    """自评表 comes last and is protected: what was written before has to come back."""
    sheet = Package.open(macro_path).sheets[names.SHEETS["form"]].part
    content = with_part(
        macro_path.read_bytes(),
        sheet,
        lambda xml: xml.replace("</sheetData>", '</sheetData><sheetProtection sheet="1"/>'),
    )
    macro_path.write_bytes(content)
    document = calc_with_macros.open(macro_path)
    document.recalculate()
    before = shown(document, macro_path)
    for macro in ("score", "finalize"):
        message = run(document, macro)
        assert "没有完成" in message
        assert "表格没有改动" in message
        assert shown(document, macro_path) == before


def test_the_others_say_where_and_what(document: Document, macro_path: Path) -> None:
    assert str(macro_path.parent) in run(document, "new_book")
    assert "LibreOffice" in run(document, "diagnose")
    assert "使用手册" in run(document, "manual")
