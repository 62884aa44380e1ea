"""``jixiao build``: write the committed files anew, for those who maintain a standard."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from jixiao.building.addin_file import FILE as ADDIN
from jixiao.building.addin_file import build_addin
from jixiao.building.wrappers import MODULE, wrapper_module
from jixiao.cli.folders import made
from jixiao.function_table import FUNCTIONS
from jixiao.ooxml import save_atomically
from jixiao.reports.outline import OUTLINES
from jixiao.reports.word_template import build_word_template
from jixiao.scoring import shipped_rubric, shipped_rubrics
from jixiao.template import build_template, template_name
from jixiao.template.macro_template import build_macro_template, macro_template_name

_TEMPLATES = Path("workbook_templates")
_ADDIN = Path("addin")


def run(options: argparse.Namespace) -> None:
    """The wrappers, the add-in, the templates of every shipped standard and of the reports."""
    for place, content in _files():
        path = options.folder / place
        made(path.parent)
        save_atomically(content, path)
        print(f"已生成：{path}")


def _files() -> Iterator[tuple[Path, bytes]]:
    wrappers = wrapper_module(FUNCTIONS.values())
    yield _ADDIN / "vba" / f"{MODULE}.bas", wrappers.encode("ascii")
    yield _ADDIN / "excel" / ADDIN, build_addin()
    for rubric_id in shipped_rubrics():
        rubric = shipped_rubric(rubric_id)
        yield _TEMPLATES / template_name(rubric), build_template(rubric)
        yield _TEMPLATES / macro_template_name(rubric), build_macro_template(rubric)
    for outline in OUTLINES:
        yield _TEMPLATES / outline.template, build_word_template(outline)
