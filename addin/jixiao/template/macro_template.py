"""The macro template: the workbook with live formulas, its functions and its ribbon inside."""

from __future__ import annotations

import jixiao.udfs  # noqa: F401  # enters the functions into the table
from jixiao.building.macro_file import with_ribbon
from jixiao.building.macro_project import template_project
from jixiao.building.sources import ribbon
from jixiao.function_table import FUNCTIONS
from jixiao.scoring.loader import shipped_rubrics
from jixiao.scoring.rubric import Rubric
from jixiao.scoring.table_reader import RubricError
from jixiao.template.build import file_name, filled_book
from jixiao.template.program import write_program
from jixiao.workbook.formulas import formulas


def build_macro_template(rubric: Rubric) -> bytes:
    """The content of an .xlsm file; the same rubric and sources always give the same bytes.

    Opening it in Excel is unproven; Calc opens it and calculates. Raises RubricError for a standard
    that does not come with the program: the functions find it by its id alone.
    """
    if rubric.id not in shipped_rubrics():
        raise RubricError(f"单元格函数只认程序自带的标准，不能为{rubric.id}生成带宏的模板")
    book = filled_book(rubric, formulas(rubric))
    functions = list(FUNCTIONS.values())
    write_program(book, functions)
    project = template_project(book.sheet_count, functions)
    book.attach(project.content, project.workbook_module, project.sheet_modules)
    return with_ribbon(book.finished(), ribbon())


def macro_template_name(rubric: Rubric) -> str:
    """The name of the workbook's file."""
    return file_name(rubric, ".xlsm")
