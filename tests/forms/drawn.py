"""Tables drawn as text, written as files: the same table as a workbook and as a Word file.

A line is a row and "|" parts its cells; "<" is merged into the cell on its left, "^" into the one
above. A figure is written as a number; "0.95%%" as the number 0.95 that is formatted as a
percentage; "d2022-12-30" as a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Drawing = list[list[str]]
Area = tuple[int, int, int, int]

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def drawing(text: str) -> Drawing:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def merged_areas(rows: Drawing) -> Iterator[Area]:
    """First row, first column, last row, last column, from 0."""
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == "^":
                bottom += 1
            if (top, left) != (bottom, right):
                yield top, left, bottom, right


def write_xlsx(path: Path, **sheets: str) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets.items():
        _fill(book.create_sheet(name), drawing(text))
    book.save(path)
    return path


def _fill(sheet: Worksheet, rows: Drawing) -> None:
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            if text in ("", "<", "^"):
                continue
            cell = sheet.cell(row, column)
            if text.endswith("%%"):
                cell.value, cell.number_format = float(text[:-2]), "0.00%"
            elif _NUMBER.fullmatch(text):
                cell.value = float(text)
            elif re.fullmatch("d[0-9-]{10}", text):
                cell.value = date.fromisoformat(text[1:])
            else:
                cell.value = text.replace("\\n", "\n")
                cell.data_type = "s"
    for top, left, bottom, right in merged_areas(rows):
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)


def write_docx(path: Path, *parts: str) -> Path:
    """A part with "|" is a table, any other one is paragraphs."""
    document = docx.Document()
    for part in parts:
        if "|" not in part:
            for line in part.strip().split("\n"):
                document.add_paragraph(line)
            continue
        rows = drawing(part)
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text not in ("", "<", "^"):
                    table.cell(row, column).text = _as_word_prints(text)
        for top, left, bottom, right in merged_areas(rows):
            table.cell(top, left).merge(table.cell(bottom, right))
    document.save(str(path))
    return path


def _as_word_prints(text: str) -> str:
    if text.endswith("%%"):
        return f"{float(text[:-2]) * 100:g}%"
    if re.fullmatch("d[0-9-]{10}", text):
        year, month, day = text[1:].split("-")
        return f"{year}年{int(month)}月{int(day)}日"
    return text.replace("\\n", "\n")
