"""``jixiao fill``: score a workbook and write the scores back."""

from __future__ import annotations

import argparse

from jixiao.cli.opening import open_book
from jixiao.review.reviewing import review_book
from jixiao.review.telling import by_severity, counted, line_of
from jixiao.scoring.numbers import plain
from jixiao.workbook.book import read_book
from jixiao.workbook.filling import Filled, fill

_MOST_FINDINGS = 5
_TOLD_AS_REMARKS = "W11"  # what scores rest on


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
    _tell_review(filled)
    if filled.backup is not None:
        print(f"备份：{filled.backup}")
    print(f"已写入：{filled.written}")


def _tell_review(filled: Filled) -> None:
    """The first findings of a review of what was written, and how many there are."""
    review = review_book(read_book(filled.written, filled.book.rubric))
    found = [item for item in by_severity(review.findings) if item.code != _TOLD_AS_REMARKS]
    print(f"审核：{counted(found)}")
    for finding in found[:_MOST_FINDINGS]:
        print(f"  {line_of(finding)}")
    if len(found) > _MOST_FINDINGS:
        print(f"  ……共{len(found)}处，看全部请运行 python -m jixiao review {filled.written}")
