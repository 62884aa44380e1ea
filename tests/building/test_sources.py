"""The sources of the macro files are found and read as modules."""

from __future__ import annotations

import pytest

from jixiao.building.sources import host_module, ribbon, source_folder, standard_module
from jixiao.building.vba_project import Module, ModuleKind


def test_the_line_with_the_name_is_not_part_of_the_code() -> None:
    text = 'Attribute VB_Name = "JxTrial"\nOption Explicit\n'
    assert standard_module(text) == Module("JxTrial", ModuleKind.STANDARD, "Option Explicit\n")
    assert standard_module(text.replace("\n", "\r\n")).source == "Option Explicit\r\n"


@pytest.mark.parametrize("text", ["", "Option Explicit\n", "Attribute VB_Name = JxTrial\n"])
def test_a_text_without_a_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Attribute VB_Name"):
        standard_module(text)


def test_all_sources_are_there() -> None:
    assert host_module().name == "JxHost"
    assert ribbon().startswith("<?xml")
    assert (source_folder("calc") / "description.xml").is_file()
