"""The program's remarks on a scored workbook: what waits and where, what rests on doubtful text."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.scoring import IndicatorScore, RowScore, Status
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.rubric import HAND_SCORE
from jixiao.workbook.book import Book


def remarks(book: Book) -> tuple[str, ...]:
    """One sentence each, in Chinese: first what keeps the total from being one, then the doubts."""
    waiting = [text for row in book.evaluation.scores for text in _waiting(book, row)]
    doubts = [text for row in book.evaluation.scores for text in _doubts(row)]
    reasons = [text for row in book.evaluation.companion for text in _unexplained(book, row)]
    return tuple(dict.fromkeys((*waiting, *reasons, *doubts)))


def _title(row: IndicatorScore) -> str:
    return f"第{row.indicator.number}项“{row.indicator.name}”"


def _waiting(book: Book, row: IndicatorScore) -> Iterator[str]:
    score = row.score
    if score.status is Status.MISSING_INPUT:
        for input_id, label in zip(score.waiting_for, score.waiting_labels, strict=True):
            yield f"{_title(row)}待填：{label}，请填{book.where(input_id)}"
    elif score.status is Status.NEEDS_JUDGEMENT:
        where = "请在指标完成情况表填“人工得分”和“评分依据”"
        if row.indicator.takes_hand_score:
            where = f"请在{book.where(row.indicator.id + HAND_SCORE)}填人工评分，并写明依据"
        yield f"{_title(row)}待评：{score.missing_words}。{where}"


def _doubts(row: IndicatorScore) -> Iterator[str]:
    for note in row.score.notes:
        yield f"{_title(row)}：{note.text}（{note.provenance.label}）"


def _unexplained(book: Book, row: RowScore) -> Iterator[str]:
    if row.score.value is None or row.score.is_full:
        return
    cell = book.companion.cell(row.place, "reason")
    if is_blank(book.grid.first(cell)):
        yield f"“{row.score.name}”未得满分，请在{cell.sheet}!{cell.a1}填写未完成原因"
