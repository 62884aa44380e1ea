"""The VBA projects of the macro template and of the add-in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jixiao.building.sources import host_module, standard_module
from jixiao.building.vba_project import Module, ModuleKind, vba_project
from jixiao.building.wrappers import wrapper_module
from jixiao.function_table import FunctionSpec

# LibreOffice addresses macros by the project's name: VBAProject.JxHost.JxRun.
_PROJECT = "VBAProject"
_WORKBOOK = "ThisWorkbook"

# Excel runs it when the file is opened and macros are allowed. Calc runs it too.
_DESCRIBE_ON_OPENING = """\
Option Explicit

Private Sub Workbook_Open()
    JxDescribe
End Sub
"""


class MacroProject(NamedTuple):
    """vbaProject.bin with the names of the modules that belong to the workbook and its sheets."""

    content: bytes
    workbook_module: str
    sheet_modules: tuple[str, ...]


def template_project(sheets: int, functions: Iterable[FunctionSpec]) -> MacroProject:
    """The project of a workbook whose cells call the functions."""
    wrappers = standard_module(wrapper_module(functions))
    return _project(sheets, _DESCRIBE_ON_OPENING, [host_module(), wrappers])


def addin_project(sheets: int) -> MacroProject:
    """The project of the add-in: no functions, or formulas would be stored with a link to it."""
    return _project(sheets, "", [host_module()])


def _project(sheets: int, on_opening: str, modules: list[Module]) -> MacroProject:
    sheet_modules = tuple(f"Sheet{number}" for number in range(1, sheets + 1))
    documents = [Module(_WORKBOOK, ModuleKind.WORKBOOK, on_opening)]
    documents += [Module(name, ModuleKind.SHEET, "") for name in sheet_modules]
    return MacroProject(vba_project(_PROJECT, documents + modules), _WORKBOOK, sheet_modules)
