"""``jixiao demo``: a department and a project as published, from figures to report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from jixiao.cases.case import EXAMPLE, Case, shipped_case
from jixiao.cli.folders import made
from jixiao.cli.score_table import print_table
from jixiao.ooxml import Package
from jixiao.reports.writing import write_report
from jixiao.scoring import shipped_rubric
from jixiao.scoring.numbers import plain
from jixiao.template import build_template
from jixiao.workbook.backup import replace_file
from jixiao.workbook.book import assemble_book, read_book
from jixiao.workbook.filling import Filled, fill, rewritten

_CASES = ("panyu-enterprise-service-project-2022", "panyu-enterprise-service-centre-2023")


class _Demonstrated(NamedTuple):
    """What was made of a case; ``kept`` are the backups of older files."""

    case: Case
    inputs: Path
    filled: Filled
    report: Path
    kept: tuple[Path, ...]


def run(options: argparse.Namespace) -> None:
    """Write each case as a workbook, fill it, write its report; then show them."""
    made(options.folder)
    for demonstrated in [_demonstrated(shipped_case(key), options.folder) for key in _CASES]:
        _tell(demonstrated)


def _demonstrated(case: Case, folder: Path) -> _Demonstrated:
    path = folder / case.file
    backup = _write_inputs(case, path)
    filled = fill(read_book(path), path.with_name(f"{path.stem}-已评分{path.suffix}"))
    report = write_report(filled.book)
    kept = (backup, filled.backup, report.backup)
    return _Demonstrated(case, path, filled, report.path, tuple(filter(None, kept)))


def _tell(demonstrated: _Demonstrated) -> None:
    case, filled = demonstrated.case, demonstrated.filled
    print_table(filled.book)
    evaluation = filled.book.evaluation
    if evaluation.total is not None and evaluation.grade is not None:
        print(f"总分 {plain(evaluation.total)}，等级：{evaluation.grade.name}")
    print(f"案例：{case.name}。公开的表没有印出的数据，在工作簿备注栏标“{EXAMPLE}”。")
    print(f"填好的自评表：{demonstrated.inputs}")
    print(f"评分后的自评表：{filled.written}")
    print(f"报告：{demonstrated.report}")
    for kept in demonstrated.kept:
        print(f"原来的文件已备份：{kept}")


def _write_inputs(case: Case, path: Path) -> Path | None:
    """Type the case into a blank workbook; an older file of that name is kept as a backup."""
    blank = assemble_book(path, Package(build_template(shipped_rubric(case.rubric))))
    data = rewritten(blank, case.typed(blank))
    return replace_file(data, path)
