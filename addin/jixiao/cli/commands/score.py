"""``jixiao score``: print the scored table, write nothing."""

from __future__ import annotations

import argparse

from jixiao.cli.as_json import print_json
from jixiao.cli.opening import open_book
from jixiao.workbook.errors import BookError
from jixiao.workbook.remarks import remarks


def run(options: argparse.Namespace) -> None:
    """Print the table, or the JSON object, and the remarks."""
    book = open_book(options)
    faults = (*book.formula_faults(), *book.input_faults())
    if faults:
        raise BookError(faults)
    if options.json:
        print_json(book)
        return
    from jixiao.cli.score_table import print_table  # noqa: PLC0415  # rich is slow to import

    print_table(book)
    for remark in remarks(book):
        print(f"提示　{remark}")
