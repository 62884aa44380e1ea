"""The template as tests see it: built once, read by openpyxl, cells found by their names."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import openpyxl

from jixiao.scoring import Rubric, parse_rubric, shipped_rubric
from jixiao.template import build_template
from jixiao.workbook.names import SHEETS

RUBRIC = shipped_rubric("panyu-department-2023")
TEXT = (resources.files("jixiao") / "rubrics" / "panyu-department-2023.toml").read_text("utf-8")


@cache
def content() -> bytes:
    return build_template(RUBRIC)


@cache
def workbook() -> Any:
    return opened(content())


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def sheet(key: str) -> Any:
    return workbook()[SHEETS[key]]


def place(name: str, book: Any = None) -> tuple[str, str]:
    """Sheet and area, such as ("自评表", "A1:A3"), of a defined name."""
    ((title, area),) = (book or workbook()).defined_names[name].destinations
    return title, area.replace("$", "")


def cells(name: str, book: Any = None) -> list[Any]:
    """The cells of a defined name."""
    book = book or workbook()
    title, area = place(name, book)
    found = book[title][area]
    return [cell for row in found for cell in row] if isinstance(found, tuple) else [found]


def the_cell(name: str, book: Any = None) -> Any:
    (found,) = cells(name, book)
    return found


def texts(worksheet: Any) -> list[str]:
    """Every text of a sheet."""
    values = (cell.value for row in worksheet.iter_rows() for cell in row)
    return [value for value in values if isinstance(value, str)]


def fixed_rows(key: str) -> set[int]:
    """The rows of a sheet whose height is set by hand; openpyxl takes every height for such."""
    part = f"xl/worksheets/sheet{list(SHEETS).index(key) + 1}.xml"
    with zipfile.ZipFile(BytesIO(content())) as archive:
        xml = archive.read(part).decode()
    return {int(row) for row in re.findall(r'<row r="(\d+)"[^>]* customHeight="1"', xml)}


def edited(*edits: tuple[str, str]) -> Rubric:
    """The shipped standard with a few passages replaced, as a user's own file."""
    text = TEXT
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return parse_rubric(text, "mine.toml")
