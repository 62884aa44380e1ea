"""``jixiao fill``: score a workbook and write the scores back."""

from __future__ import annotations

import argparse

from jixiao.cli.opening import open_book
from jixiao.scoring.numbers import plain
from jixiao.workbook.filling import Filled, fill


def run(options: argparse.Namespace) -> None:
    """Fill, then say what was written, what changed, what waits."""
    filled = fill(open_book(options), options.output)
    if options.json:
        from jixiao.cli.as_json import print_json  # noqa: PLC0415  # seldom needed

        print_json(filled.book)
    else:
        _tell(filled)


def _tell(filled: Filled) -> None:
    evaluation = filled.book.evaluation
    if evaluation.total is not None and evaluation.grade is not None:
        print(f"总分：{plain(evaluation.total)}　等级：{evaluation.grade.name}")
    else:
        print(f"还不能合计：{evaluation.waiting_words}")
    for changed in filled.changed_scores:
        print(f"  改动　{changed}")
    for remark in filled.remarks:
        print(f"  提示　{remark}")
    if filled.backup is not None:
        print(f"备份：{filled.backup}")
    print(f"已写入：{filled.written}")
