"""The program's remarks on a scored workbook: what waits and where, what rests on doubtful text."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.ooxml.cells import CellRange
from jixiao.scoring import IndicatorScore, RowScore, Status
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.rubric import HAND_SCORE
from jixiao.workbook.book import Book
from jixiao.workbook.errors import Located


def remarks(book: Book) -> tuple[str, ...]:
    """One sentence each, in Chinese: first what keeps the total from being one, then the doubts."""
    waiting = [remark.text for remark in waiting_for(book)]
    doubts = [text for row in book.evaluation.scores for text in _doubts(row)]
    reasons = [text for row in book.evaluation.companion for text in _unexplained(book, row)]
    return tuple(dict.fromkeys((*waiting, *reasons, *doubts)))


def waiting_for(book: Book) -> tuple[Located, ...]:
    """What has to be filled in or judged before there is a total, in the order of the table."""
    return tuple(remark for row in book.evaluation.scores for remark in _waiting(book, row))


def _title(row: IndicatorScore) -> str:
    return f"第{row.indicator.number}项“{row.indicator.name}”"


def _waiting(book: Book, row: IndicatorScore) -> Iterator[Located]:
    score = row.score
    if score.status is Status.MISSING_INPUT:
        for input_id, label in zip(score.waiting_for, score.waiting_labels, strict=True):
            text = f"{_title(row)}待填：{label}，请填{book.where(input_id)}"
            yield Located(book.area_of(input_id), text)
    elif score.status is Status.NEEDS_JUDGEMENT:
        cell = _first_to_judge(book)
        where = f"请在{cell.sheet}填“人工得分”和“评分依据”"
        if row.indicator.takes_hand_score:
            cell = book.area_of(row.indicator.id + HAND_SCORE)
            where = f"请在{cell.sheet}!{cell.a1}填人工评分，并写明依据"
        yield Located(cell, f"{_title(row)}待评：{score.missing_words}。{where}")


def _first_to_judge(book: Book) -> CellRange:
    rows = book.evaluation.companion
    waiting = (row.place for row in rows if row.score.status is Status.NEEDS_JUDGEMENT)
    return book.companion.cell(next(waiting, 0), "hand_score")


def _doubts(row: IndicatorScore) -> Iterator[str]:
    for note in row.score.notes:
        yield f"{_title(row)}：{note.text}（{note.provenance.label}）"


def _unexplained(book: Book, row: RowScore) -> Iterator[str]:
    if row.score.value is None or row.score.is_full:
        return
    cell = book.companion.cell(row.place, "reason")
    if is_blank(book.grid.first(cell)):
        yield f"“{row.score.name}”未得满分，请在{cell.sheet}!{cell.a1}填写未完成原因"
