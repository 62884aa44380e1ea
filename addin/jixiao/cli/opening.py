"""Opening the workbook that a command is about."""

from __future__ import annotations

import argparse

from jixiao.scoring import load_rubric
from jixiao.workbook.book import Book, read_book


def open_book(options: argparse.Namespace) -> Book:
    """Read the workbook, by the standard it names or by the one that ``--rubric`` gives."""
    rubric = load_rubric(options.rubric) if options.rubric else None
    return read_book(options.book, rubric)
