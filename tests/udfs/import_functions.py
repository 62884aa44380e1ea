"""Import Functions and calls by xlwings' own code, as a process; writes what happened as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from stubbed_windows import ComError, ComTime, xlwings_as_on_windows

# What COM hands over for an argument that the formula leaves out, and for #N/A and #DIV/0!.
MISSING, NOT_AVAILABLE, DIVISION = -2147352572, -2146826246, -2146826281

COLUMN = tuple((share,) for share in (None, 0.5, 0.7))
BLANK = (None,) * 18
MET = ("产出", None, None, "走访企业", "≥", 100.0, "家", 81.0, *[None] * 10)
LATE = (
    *("产出", None, None, "项目竣工", "≥", ComTime(2023, 6, 30), "日期", ComTime(2023, 7, 1)),
    *[None] * 10,
)

CALLS: dict[str, tuple[str, tuple[object, ...]]] = {
    "optional left out": ("JX_COMPLETION_SCORE", (81.0, 100.0, 20.0, MISSING)),
    "optional given": ("JX_COMPLETION_SCORE", (125.0, 100.0, 20.0, "≤")),
    "required left out": ("JX_COMPLETION_RATE", (81.0, MISSING, MISSING)),
    "error cell": ("JX_COMPLETION_RATE", (DIVISION, 100.0, MISSING)),
    "error cell in a range": ("JX_EXECUTION_SCORE", (((0.5,), (NOT_AVAILABLE,)), 10.0)),
    "blank cell": ("JX_COMPLETION_RATE", (None, 100.0, MISSING)),
    "empty text": ("JX_COMPLETION_RATE", ("", 100.0, MISSING)),
    "column": ("JX_EXECUTION_RATE", (COLUMN,)),
    "row": ("JX_EXECUTION_RATE", (((0.5, 0.7),),)),
    "single cell as a range": ("JX_EXECUTION_SCORE", (((0.7586,),), 10.0)),
    "booleans": ("JX_SCORE", (8.0, True, True)),
    "several arguments": ("JX_SCORE", ("结转结余率", 120.0, ((300.0,), (600.0,)), 100.0)),
    "no further argument": ("JX_SCORE", (14.0,)),
    "dates": ("JX_COMPLETION_SCORE", (ComTime(2023, 6, 29), ComTime(2023, 6, 30), 5.0, MISSING)),
    "table": ("JX_COMPLETION_TABLE", ((MET, BLANK, LATE),)),
    "reason": ("JX_REASON", (14.0, "是")),
    "total": ("JX_TOTAL", (((20.0,), (7.59,), (None,)), ((20.0,), (10.0,), (None,)))),
    "waiting total": ("JX_TOTAL", (((20.0,), ("待填：实际完成值",)), ((20.0,), (10.0,)))),
    "grade": ("JX_GRADE", (97.59,)),
    "range where one cell belongs": ("JX_GRADE", (((1.0,), (2.0,)),)),
}


class Recorded:
    """A workbook as Import Functions uses it: takes the module's text and the wizard's texts."""

    Name = "自评表.xlsm"

    def __init__(self) -> None:
        self.Worksheets: list[object] = []
        self.Application = SimpleNamespace(Version="16.0", MacroOptions=self._describe)
        self.VBProject = SimpleNamespace(VBComponents=Components())
        self.wizard: dict[str, dict[str, Any]] = {}

    def _describe(self, macro: str, **options: Any) -> None:
        self.wizard[macro.partition("!")[2]] = options


class Components:
    """The modules of a workbook that has none yet."""

    text = ""

    def __call__(self, name: str) -> None:
        raise ComError(name)

    def Remove(self, _: None) -> None:  # noqa: N802
        raise AssertionError("there is nothing to remove")

    def Import(self, path: str) -> None:  # noqa: N802
        self.text = Path(path).read_text("utf-8")


def main() -> None:
    _, udfs = xlwings_as_on_windows()
    server = sys.modules["xlwings.com_server"]
    book = Recorded()
    udfs.import_udfs("jixiao.udfs", book)
    answers = {
        label: _from_cell(udfs.call_udf, server, name, arguments)
        for label, (name, arguments) in CALLS.items()
    }
    result = {"vba": book.VBProject.VBComponents.text, "wizard": book.wizard, "answers": answers}
    Path(sys.argv[1]).write_text(json.dumps(result, ensure_ascii=False), "utf-8")


def _from_cell(
    call: Callable[..., Any], server: Any, name: str, arguments: tuple[object, ...]
) -> object:
    """One call as the COM server makes it, result unwrapped as it does."""
    found = call("jixiao.udfs", name, arguments)
    return found[0][0] if len(found) == 1 and len(found[0]) == 1 else found


if __name__ == "__main__":
    main()
