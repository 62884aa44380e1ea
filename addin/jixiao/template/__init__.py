"""The workbook that staff fill in, built from a rubric; one module for each sheet.

The same with macros is built by `jixiao.template.macro_template`, which imports the functions and
with them xlwings.
"""

from __future__ import annotations

from jixiao.template.build import build_template, template_name

__all__ = ["build_template", "template_name"]
