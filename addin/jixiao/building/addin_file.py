"""jixiao.xlam: the ribbon and its tools, for any open workbook."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.building.macro_file import as_addin, with_ribbon
from jixiao.building.macro_project import addin_project
from jixiao.building.sources import ribbon
from jixiao.workbook import names

FILE = "jixiao.xlam"
"""JxTabVisible looks for an open file of this name."""

_TITLE = "绩效自评"
_CREATED = datetime(2024, 1, 1)


def build_addin() -> bytes:
    """The content of the file; always the same bytes. Opening it in Excel is unproven."""
    buffer = BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # Excel lists an add-in by its title.
    book.set_properties({"title": _TITLE, "created": _CREATED})
    sheet = book.add_worksheet(names.PROGRAM_SHEET)
    for row, (code, text) in enumerate(HOST_MESSAGES.items()):
        sheet.write_row(row, 0, (code, text))
    area = f"='{names.PROGRAM_SHEET}'!$A$1:$B${len(HOST_MESSAGES)}"
    book.define_name(names.HOST_MESSAGES, area)
    project = addin_project(sheets=1)
    book.add_vba_project(BytesIO(project.content), True)
    book.set_vba_name(project.workbook_module)
    sheet.set_vba_name(project.sheet_modules[0])
    book.close()
    return as_addin(with_ribbon(buffer.getvalue(), ribbon()))
