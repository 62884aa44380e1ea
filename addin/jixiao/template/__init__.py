"""The workbook that staff fill in, built from a rubric; one module for each sheet."""

from __future__ import annotations

from jixiao.template.build import build_template, template_name

__all__ = ["build_template", "template_name"]
