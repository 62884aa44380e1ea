"""Writing the scores back: every score cell, the subtotals, the total, the grade, the reasons.

Nothing else of the file changes, and nothing that a person typed is overwritten. The new file is
written beside the old one and moved into place.
"""

from __future__ import annotations

import errno
import os
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from jixiao.hosts.files import FileHost
from jixiao.hosts.host import Changes
from jixiao.ooxml import open_elsewhere
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.numbers import plain
from jixiao.workbook import names
from jixiao.workbook.backup import replace_file
from jixiao.workbook.book import Book
from jixiao.workbook.errors import BookError
from jixiao.workbook.machine_cells import all_faults, cell_changes
from jixiao.workbook.remarks import remarks


class Filled(NamedTuple):
    """What a fill did: the file written, the backup made, the scores that were other before."""

    book: Book
    written: Path
    backup: Path | None
    changed_scores: tuple[str, ...]
    remarks: tuple[str, ...]


def fill(book: Book, out: Path | None = None) -> Filled:
    """Write the scores into the workbook, or into a copy ``out``.

    A file that is about to be replaced is backed up first, as 名称.bak.xlsx. Raises BookError where
    inputs are wrong or a score cell holds a person's text, PackageError where the file cannot be
    written; then nothing has been written.
    """
    target = out or book.path
    _refuse_wrong_input(book)
    _refuse_unwritable(book, target)
    backup = replace_file(rewritten(book, cell_changes(book)), target)
    return Filled(book, target, backup, _changed_scores(book), remarks(book))


def rewritten(book: Book, changes: Changes) -> bytes:
    """The bytes of a workbook file with the changes; nothing is written."""
    if not isinstance(book.host, FileHost):
        raise TypeError("only a workbook read from a file can be rewritten as one")
    return book.host.rewritten(changes)


def _refuse_wrong_input(book: Book) -> None:
    faults = all_faults(book)
    if faults:
        raise BookError(faults)


def _refuse_unwritable(book: Book, target: Path) -> None:
    if target.suffix.lower() != book.path.suffix.lower():
        raise BookError(
            [
                f"{target.name}：输出文件的扩展名应与原文件相同（{book.path.suffix}），"
                "否则 Excel 打不开"
            ]
        )
    fault = _path_fault(target)
    if fault:
        raise BookError([f"{target.name}：{fault}"])


def _path_fault(target: Path) -> str:
    """Why nothing can be written to a path, found before anything is written at all."""
    try:
        if target.is_dir():
            return "是文件夹，不是文件，请写明文件名"
        if not target.parent.is_dir():
            return f"文件夹“{target.parent}”不存在，请先建好"
        if target.exists() and not os.access(target, os.W_OK):
            return "是只读文件，没有写入权限。请去掉只读属性，或用 -o 写到另一个文件"
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return "文件名过长，请改短"
        raise
    holder = open_elsewhere(target)
    return f"{holder}。请先保存并关闭后再试" if holder else ""


def _changed_scores(book: Book) -> tuple[str, ...]:
    """The scores that stood in the table and were other than what the standard gives."""
    found = []
    for row in book.evaluation.scores:
        before = book.grid.first(book.cells[names.score_name(row.indicator.id)])
        if isinstance(before, Decimal) and before != row.score.value:
            after = (
                plain(row.score.value) if row.score.value is not None else row.score.status.label
            )
            found.append(
                f"第{row.indicator.number}项“{row.indicator.name}”：{plain(before)}→{after}"
            )
    total = book.grid.first(book.cells[names.TOTAL])
    if not is_blank(total) and isinstance(total, Decimal) and total != book.evaluation.total:
        after = book.evaluation.waiting_words
        if book.evaluation.total is not None:
            after = plain(book.evaluation.total)
        found.append(f"总分：{plain(total)}→{after}")
    return tuple(found)
