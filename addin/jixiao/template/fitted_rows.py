"""Rows that fit themselves to their text, with a first height for programs that do not.

Excel fits a row when somebody types in it, unless its height is marked as set by hand; LibreOffice
takes the height in the file as it is, and 15 points where there is none. So each row gets the
height that its text needs, without the mark, which XlsxWriter always writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_ROW = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')

# XlsxWriter's own date for all parts, so that the same workbook gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def unfixed(workbook: bytes, rows: Mapping[int, Set[int]]) -> bytes:
    """The workbook with the heights of ``rows`` no longer fixed.

    ``rows`` are the numbers of rows, from 1, by the number of the sheet, from 1.
    """
    parts = {f"xl/worksheets/sheet{number}.xml": found for number, found in rows.items()}
    target = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(target, "w") as copy:
        for item in source.infolist():
            content = source.read(item)
            if item.filename in parts:
                content = _without_mark(content, parts[item.filename])
            info = ZipInfo(item.filename, _DATE)
            info.compress_type = ZIP_DEFLATED
            copy.writestr(info, content)
    return target.getvalue()


def _without_mark(xml: bytes, rows: Set[int]) -> bytes:
    def replacement(found: re.Match[bytes]) -> bytes:
        return found[1] if int(found[2]) in rows else found[0]

    return _ROW.sub(replacement, xml)
