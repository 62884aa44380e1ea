"""Reads one JSON command a line, answers one JSON line each: ``python -m windows.client``.

A command is ``{"do": name, …}``, the answer ``{"result": …}`` or ``{"error": text}``.
"""

from __future__ import annotations

import ctypes
import json
import sys
import traceback
from typing import Any

from windows.client.excel import Excel


def main() -> None:
    """Answer until the other side hangs up."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    ctypes.WinDLL("ole32").CoInitializeEx(None, 2)  # type: ignore[attr-defined]  # as Excel's
    excel = Excel()
    for line in sys.stdin:
        print(json.dumps(_answer(excel, json.loads(line)), ensure_ascii=False), flush=True)


def _answer(excel: Excel, command: dict[str, Any]) -> dict[str, Any]:
    work = getattr(excel, command.pop("do"))
    try:
        return {"result": work(**command)}
    except Exception:
        return {"error": traceback.format_exc()}


main()
