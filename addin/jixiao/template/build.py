"""From a rubric to the Excel workbook; the same rubric always gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable

from jixiao.scoring.rubric import Rubric
from jixiao.scoring.subject import Subject
from jixiao.template.basics import write_basics
from jixiao.template.book import Book
from jixiao.template.companion import write_companion
from jixiao.template.form import write_form
from jixiao.template.guide import write_guide
from jixiao.template.inputs import write_inputs
from jixiao.template.project_basics import write_project_basics
from jixiao.template.project_form import write_project_form
from jixiao.template.provenance import write_provenance
from jixiao.template.report_texts import write_report_texts
from jixiao.template.review import write_review
from jixiao.workbook.formulas import NO_FORMULAS, Formulas
from jixiao.workbook.names import SHEETS_OF

# In the order of the sheets.
_SHEETS: dict[Subject, tuple[Callable[[Book, Rubric], None], ...]] = {
    Subject.DEPARTMENT: (
        write_guide,
        write_basics,
        write_companion,
        write_inputs,
        write_form,
        write_report_texts,
        write_review,
        write_provenance,
    ),
    Subject.PROJECT: (
        write_guide,
        write_project_basics,
        write_companion,
        write_report_texts,
        write_project_form,
        write_review,
        write_provenance,
    ),
}

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def build_template(rubric: Rubric) -> bytes:
    """The content of an .xlsx file in which every name of `jixiao.workbook.names` is defined.

    Raises RubricError where an id of the rubric cannot be the name of a cell.
    """
    return filled_book(rubric, NO_FORMULAS).finished()


def filled_book(rubric: Rubric, formulas: Formulas) -> Book:
    """The workbook with all the sheets that people see."""
    book = Book(rubric.title, rubric.name, SHEETS_OF[rubric.subject], formulas)
    for write in _SHEETS[rubric.subject]:
        write(book, rubric)
    return book


def template_name(rubric: Rubric) -> str:
    """The name of the workbook's file."""
    return file_name(rubric, ".xlsx")


def file_name(rubric: Rubric, suffix: str) -> str:
    """The name that the standard gives its workbook, fit for every system."""
    return _NOT_IN_FILE_NAMES.sub("_", rubric.file) + suffix
