"""``jixiao build``: write the committed templates anew, for those who maintain a standard."""

from __future__ import annotations

import argparse

from jixiao.cli.folders import made
from jixiao.ooxml import save_atomically
from jixiao.scoring import shipped_rubric, shipped_rubrics
from jixiao.template import build_template


def run(options: argparse.Namespace) -> None:
    """One template per shipped standard."""
    made(options.folder)
    for rubric_id in shipped_rubrics():
        rubric = shipped_rubric(rubric_id)
        path = options.folder / f"{rubric.file}.xlsx"
        save_atomically(build_template(rubric), path)
        print(f"已生成：{path}")
