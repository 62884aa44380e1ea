"""Stock xlwings finds, describes and calls the functions: its Import Functions works as it is.

xlwings' own Windows code runs here in a process of its own, with stand-ins for pywin32. That Excel
takes the module is unproven.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import jixiao.udfs  # noqa: F401  # fills the table
from jixiao.function_table import CATEGORY, FUNCTIONS, FunctionSpec

pytest.importorskip("xlwings")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pywin32 itself is there")

SCRIPT = Path(__file__).with_name("import_functions.py")
ADDIN = Path(__file__).resolve().parents[2] / "addin"

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Import Functions wrote, and what the calls gave."""
    out = tmp_path_factory.mktemp("import") / "result.json"
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), str(out)],
        env={**os.environ, "PYTHONPATH": str(ADDIN), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def test_every_function_gets_a_wrapper_and_nothing_else_does(imported: dict[str, Any]) -> None:
    names = re.findall(r"^Function (\w+)\(", imported["vba"], re.MULTILINE)
    assert sorted(names) == sorted(FUNCTIONS)
    assert 'Attribute VB_Name = "xlwings_udfs"' in imported["vba"]
    assert imported["vba"].isascii()


@every_function
def test_a_wrapper_takes_the_arguments_of_the_table(
    imported: dict[str, Any], function: FunctionSpec
) -> None:
    parameters = ", ".join(
        f"ParamArray {a.name}()" if a.is_variadic else "Optional " * a.is_optional + a.name
        for a in function.arguments
    )
    assert f"Function {function.name}({parameters})\n" in imported["vba"]
    assert f'XLPy.CallUDF("jixiao.udfs", "{function.name}", ' in imported["vba"]


@every_function
def test_the_wizard_shows_the_texts_of_the_table(
    imported: dict[str, Any], function: FunctionSpec
) -> None:
    shown = imported["wizard"][function.name]
    assert shown["Description"] == function.description
    assert shown["ArgumentDescriptions"] == [a.help for a in function.arguments]
    assert shown["Category"] == CATEGORY


ANSWERS: dict[str, object] = {
    "optional left out": 16.2,
    "optional given": 16.0,  # 100/125 × 20
    "required left out": "待填：年初目标值",
    "error cell": "错误：实际完成值：单元格是错误值#DIV/0!，请改正公式或改填数字",
    "error cell in a range": (
        "错误：各月一般公共预算支出执行率第2格：单元格是错误值#N/A，请改正公式或改填数字"
    ),
    "blank cell": "待填：实际完成值",
    "empty text": "待填：实际完成值",
    "column": 0.6,
    "row": 0.6,
    "single cell as a range": 7.59,
    "booleans": 2.0,
    "several arguments": 1.0,
    "no further argument": "待填：是否建立政府采购内部控制管理制度",
    "dates": 5.0,
    "table": [
        [0.81, 10.0, 8.1],
        ["", "", ""],
        ["#N/A", 10.0, "待评：原文未说明逾期完成如何计分"],
    ],
    "reason": "无",
    "total": 27.59,
    "waiting total": "待填1项",
    "grade": "优",
    "range where one cell belongs": "错误：此处应为一个单元格，现为2格",
}


def test_every_call_is_told_about(imported: dict[str, Any]) -> None:
    assert set(imported["answers"]) == set(ANSWERS)


@pytest.mark.parametrize("label", ANSWERS)
def test_a_call_through_xlwings_conversions(imported: dict[str, Any], label: str) -> None:
    assert imported["answers"][label] == ANSWERS[label]
