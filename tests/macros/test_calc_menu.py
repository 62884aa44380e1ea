"""The menu 绩效自评 of Calc: the ribbon's buttons by the same names, running the same macros."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from office import Office

from jixiao import macros
from macros.workbooks import machine_values

ADDIN = Path(__file__).resolve().parents[2] / "addin"
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
NAME = "{http://openoffice.org/2001/registry}name"


def entries() -> list[tuple[str, str]]:
    """Macro and title of every entry, in order."""
    found = []
    for node in ElementTree.parse(ADDIN / "calc" / "Addons.xcu").iter("node"):
        texts = {prop.get(NAME): prop.findtext("value") for prop in node.findall("prop")}
        if "URL" in texts:
            address = texts["URL"] or ""
            assert address.startswith("service:jixiao.Menu?")
            found.append((address.partition("?")[2], texts["Title"] or ""))
    return found


def test_the_menu_has_the_buttons_of_the_ribbon() -> None:
    buttons = ElementTree.parse(ADDIN / "ribbon" / "ribbon.xml").iter(f"{RIBBON}button")
    assert entries() == [(button.get("tag"), button.get("label")) for button in buttons]


def test_every_entry_is_a_macro() -> None:
    assert [macro for macro, _ in entries() if not callable(getattr(macros, macro, None))] == []


@pytest.mark.calc
def test_an_entry_runs_its_macro_on_the_document_in_front(
    calc_with_macros: Office, macro_path: Path
) -> None:
    document = calc_with_macros.choose_from_menu(macro_path, "score")
    saved = document.save_as(macro_path.with_name("菜单.xlsm"), "xlsm")
    # The menu leaves the bridge alive: a formula still reaches Python.
    document.write_formula("审核意见", "J1", "=JX_GRADE(97.59)")
    assert document.value("审核意见", "J1") == "优"
    document.close()
    macros.score(macro_path)
    assert machine_values(saved) == machine_values(macro_path)
