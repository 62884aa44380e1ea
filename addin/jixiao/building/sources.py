"""The sources of the macro files: VBA modules, the ribbon, the Calc extension.

They lie beside the settings file: in a checkout and, installed, among the data files of the
distribution.
"""

from __future__ import annotations

import re
from pathlib import Path

from jixiao.building.vba_project import Module, ModuleKind
from jixiao.settings import settings_source

_NAME = re.compile(r'Attribute VB_Name = "(\w+)"\r?\n')


def source_folder(name: str) -> Path:
    """The folder ``vba``, ``ribbon`` or ``calc``; FileNotFoundError where nothing is installed."""
    return settings_source().parent / "addin" / name


def standard_module(text: str) -> Module:
    """A module from the text of a .bas file, which begins with the module's name.

    The writer of the project gives every module its own header, so that line is taken off.
    """
    head = _NAME.match(text)
    if head is None:
        raise ValueError("a .bas file begins with Attribute VB_Name")
    return Module(head[1], ModuleKind.STANDARD, text[head.end() :])


def host_module() -> Module:
    """JxHost, the way from a formula or a button to Python."""
    return standard_module((source_folder("vba") / "JxHost.bas").read_text("ascii"))


def ribbon() -> str:
    """The tab 绩效自评, the same for the template and the add-in."""
    return (source_folder("ribbon") / "ribbon.xml").read_text("utf-8")
