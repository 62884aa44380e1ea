"""Calling into the package jixiao from LibreOffice's own Python.

Nothing is raised towards Calc: an exception would arrive in the cell as garbled text, so every
failure is a Chinese sentence that takes the place of the result.
"""

from __future__ import annotations

import importlib
import os
import sys

from jixiao_values import calc_result, python_arguments

#: Written by the install step: the folders that hold the jixiao package and what it imports,
#: one a line. LibreOffice runs its own Python, which knows nothing of the user's environment.
PATHS_FILE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "paths.txt")

#: A document from outside must not choose which module runs.
PACKAGE = "jixiao"


def add_package_paths() -> None:
    """Put the installed folders last in sys.path, so that they shadow nothing of LibreOffice's."""
    if os.path.exists(PATHS_FILE):
        with open(PATHS_FILE, encoding="utf-8") as lines:
            folders = [line.strip() for line in lines]
        sys.path.extend(folder for folder in folders if folder and folder not in sys.path)


def find(module, name):
    """The public callable of this name in a module of our package."""
    if module.partition(".")[0] != PACKAGE:
        raise LookupError(f"不能调用 {module} 里的函数")
    try:
        found = getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError as error:
        raise LookupError(f"找不到 Python 模块 {error.name}，请重新安装 Calc 扩展") from error
    if name.startswith("_") or not callable(found):
        raise LookupError(f"{module} 里没有 {name}")
    return found


def call_function(module, name, arguments, rest):
    """One call from a cell; a sentence where it fails."""
    try:
        return calc_result(find(module, name)(*python_arguments(arguments, rest)))
    except Exception as error:  # a cell shows a sentence, never a traceback
        return f"{name} 出错：{error}"


def run_macro(module, name, document):
    """One macro on one document; gives what it has to say, or ""."""
    try:
        message = find(module, name)(document)
    except Exception as error:  # a cell shows a sentence, never a traceback
        return f"{name} 出错：{error}"
    return message if isinstance(message, str) else ""
