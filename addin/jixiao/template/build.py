"""From a rubric to the Excel workbook; the same rubric always gives the same bytes."""

from __future__ import annotations

import re

from jixiao.scoring.rubric import Rubric
from jixiao.template.basics import write_basics
from jixiao.template.book import Book
from jixiao.template.companion import write_companion
from jixiao.template.form import write_form
from jixiao.template.guide import write_guide
from jixiao.template.inputs import write_inputs
from jixiao.template.provenance import write_provenance
from jixiao.template.review import write_review
from jixiao.workbook.formulas import NO_FORMULAS, Formulas

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def build_template(rubric: Rubric) -> bytes:
    """The content of an .xlsx file in which every name of `jixiao.workbook.names` is defined.

    Raises RubricError where an id of the rubric cannot be the name of a cell.
    """
    return filled_book(rubric, NO_FORMULAS).finished()


def filled_book(rubric: Rubric, formulas: Formulas) -> Book:
    """The workbook with all the sheets that people see."""
    book = Book(f"{rubric.name}（{rubric.year}年度）", rubric.name, formulas)
    # The order of the calls is the order of the sheets.
    write_guide(book, rubric)
    write_basics(book, rubric)
    write_companion(book, rubric)
    write_inputs(book, rubric)
    write_form(book, rubric)
    write_review(book)
    write_provenance(book, rubric)
    return book


def template_name(rubric: Rubric) -> str:
    """The name of the workbook's file."""
    return file_name(rubric, ".xlsx")


def file_name(rubric: Rubric, suffix: str) -> str:
    """The name that the standard gives its workbook, fit for every system."""
    return _NOT_IN_FILE_NAMES.sub("_", rubric.file) + suffix
