"""Macros for Calc: each works on the document that it is given."""

from __future__ import annotations

from typing import Any


def fill_block(document: Any) -> str:
    """Write two rows into the active sheet."""
    sheet = document.CurrentController.ActiveSheet
    sheet.getCellRangeByName("F1:G2").setDataArray((("指标", "得分"), ("产出数量", 9.5)))
    return "已写入 2 行"


def say_nothing(document: Any) -> None:
    """Nothing."""


def break_down(document: Any) -> None:
    raise ValueError("工作表“绩效自评”被保护，不能写入")
