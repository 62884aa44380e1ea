"""``jixiao review``: find what is wrong in filled tables, ours or any other form."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jixiao.ooxml import PackageError
from jixiao.review.reviewing import FileReview, review_file
from jixiao.review.telling import as_objects, lines_of
from jixiao.workbook.backup import replace_file
from jixiao.workbook.errors import BookError


def run(options: argparse.Namespace) -> None:
    """Review every file, tell or write the findings; the files that cannot be read come last."""
    output: Path | None = options.output
    books = [path for given in options.books for path in _expanded(given)]
    if output is not None:
        _refuse(output, books)
    reviews = [review_file(path, options.rubric) for path in books]
    if options.json:
        _print_json(reviews)
    else:
        for review in reviews:
            print("\n".join(lines_of(review)))
    if output is not None:
        _write(reviews, output)
    faults = [review.fault for review in reviews if review.fault]
    if faults:
        raise BookError(faults)


def _expanded(given: Path) -> list[Path]:
    """The files of a pattern, which Windows' command line hands over as it is typed."""
    if "*" not in given.name or given.exists():
        return [given]
    return sorted(given.parent.glob(given.name)) or [given]


def _refuse(output: Path, books: list[Path]) -> None:
    """BookError where the findings would replace a reviewed file, or be no workbook."""
    if output.suffix.lower() != ".xlsx":
        raise BookError([f"{output.name}：审核意见的扩展名应为 .xlsx"])
    if output.resolve() in {path.resolve() for path in books}:
        raise BookError([f"{output.name}：正是被审核的文件，请换一个文件名"])


def _print_json(reviews: list[FileReview]) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    found = [item for review in reviews for item in as_objects(review)]
    print(json.dumps(found, ensure_ascii=False, indent=2))


def _write(reviews: list[FileReview], output: Path) -> None:
    from jixiao.review.opinion_workbook import opinion_workbook  # noqa: PLC0415  # XlsxWriter

    try:
        backup = replace_file(opinion_workbook(reviews), output)
    except PackageError as error:
        raise BookError([f"{output.name}：{error}"]) from error
    for label, path in (("备份", backup), ("审核意见", output)):
        if path is not None:
            print(f"{label}：{path}", file=sys.stderr)
