"""Writing the scores back: every score cell, the subtotals, the total, the grade, the reasons.

Nothing else of the file changes, and nothing that a person typed is overwritten. The new file is
written beside the old one and moved into place.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from jixiao.ooxml import CellRange, CellValue, open_elsewhere
from jixiao.scoring import RowScore, Score
from jixiao.scoring.inputs import is_blank, shown
from jixiao.scoring.numbers import plain
from jixiao.workbook import names
from jixiao.workbook.backup import replace_file
from jixiao.workbook.book import Book
from jixiao.workbook.errors import BookError
from jixiao.workbook.grade_line import grade_line, is_grade_line
from jixiao.workbook.machine_text import MARK, is_score_text, may_replace, reason
from jixiao.workbook.remarks import remarks

Changes = Mapping[CellRange, CellValue]

_RATE_STEP = Decimal("0.000001")  # the 完成率 column shows two decimals of a percentage


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
    changes = cell_changes(book)
    data = book.package.rewritten(by_sheet(changes))
    backup = replace_file(data, target)
    return Filled(book, target, backup, _changed_scores(book), remarks(book))


def cell_changes(book: Book) -> dict[CellRange, CellValue]:
    """Every cell that the program owns, with the value it should have."""
    evaluation = book.evaluation
    changes: dict[CellRange, CellValue] = {}
    for row in evaluation.scores:
        changes[book.cells[names.score_name(row.indicator.id)]] = _score_value(row.score)
        place = book.cells[names.reason_name(row.indicator.id)]
        if may_replace(book.grid.first(place)):
            changes[place] = reason(row.score)
    for subtotal in evaluation.subtotals:
        name = names.subtotal_name(subtotal.heading.id)
        changes[book.cells[name]] = "待填" if subtotal.value is None else subtotal.value
    waiting = evaluation.waiting_words
    changes[book.cells[names.TOTAL]] = waiting if evaluation.total is None else evaluation.total
    grade = book.cells[names.GRADE]
    if is_grade_line(book.rubric, book.grid.first(grade)):
        changes[grade] = grade_line(book.rubric, evaluation.grade)
    changes.update(_companion_changes(book))
    changes.update(_remark_changes(book))
    return changes


def _score_value(score: Score) -> CellValue:
    return score.status.label if score.value is None else score.value


def _companion_changes(book: Book) -> dict[CellRange, CellValue]:
    scored = {row.place: row for row in book.evaluation.companion}
    changes: dict[CellRange, CellValue] = {}
    for place in range(book.companion.length):
        values = _row_values(scored.get(place))
        for field, value in zip(("rate", "settled_points", "score"), values, strict=True):
            cell = book.companion.cell(place, field)
            if value is not None or not is_blank(book.grid.first(cell)):
                changes[cell] = value
    return changes


def _row_values(row: RowScore | None) -> tuple[CellValue, CellValue, CellValue]:
    if row is None:
        return None, None, None
    rate = None if row.rate is None else row.rate.rounded(_RATE_STEP)
    return rate, row.score.points, _score_value(row.score)


def _remark_changes(book: Book) -> dict[CellRange, CellValue]:
    area = book.cells[names.FINDINGS]
    places = [
        CellRange(area.sheet, row, area.first_column, row, area.first_column)
        for row in range(area.first_row, area.last_row + 1)
    ]
    free = [place for place in places if may_replace(book.grid.first(place))]
    texts = [MARK + text for text in remarks(book)]
    if len(texts) > len(free) > 0:
        left_out = len(texts) - len(free) + 1
        texts[len(free) - 1 :] = [f"{MARK}还有{left_out}条，此处写不下，请运行 jixiao score 查看"]
    changes: dict[CellRange, CellValue] = dict(zip(free, texts, strict=False))
    for place in free[len(texts) :]:
        if not is_blank(book.grid.first(place)):
            changes[place] = None
    return changes


def by_sheet(changes: Changes) -> dict[str, dict[tuple[int, int], CellValue]]:
    """Cells by sheet and (row, column), as a package takes them."""
    sheets: dict[str, dict[tuple[int, int], CellValue]] = {}
    for cell, value in changes.items():
        sheets.setdefault(cell.sheet, {})[cell.first_row, cell.first_column] = value
    return sheets


def _refuse_wrong_input(book: Book) -> None:
    faults = [*book.formula_faults(), *book.input_faults()]
    for cell, label in _score_cells(book).items():
        current = book.grid.first(cell)
        if not is_score_text(current):
            faults.append(
                f"{cell.sheet}!{cell.a1}（{label}）：本格由程序填写，现有文字“{shown(current)}”，"
                "请移到别处（如“评分依据”栏）后清空本格"
            )
    if faults:
        raise BookError(faults)


def _score_cells(book: Book) -> dict[CellRange, str]:
    """The cells that hold nothing but numbers and words of the program, with their labels."""
    cells = {
        book.cells[names.score_name(row.id)]: f"“{row.name}”得分" for row in book.rubric.indicators
    }
    for heading in (*book.rubric.primaries, *book.rubric.secondaries):
        cells[book.cells[names.subtotal_name(heading.id)]] = f"“{heading.name}”小计"
    cells[book.cells[names.TOTAL]] = "总分"
    for place in range(book.companion.length):
        for column in names.COMPANION_COLUMNS:
            if not column.is_input:
                cells[book.companion.cell(place, column.field)] = column.heading
    return cells


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
