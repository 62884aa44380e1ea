"""``jixiao explain``: how one row got its score, down to the sentence of the standard."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal

from jixiao.cli.opening import open_book
from jixiao.scoring import Indicator, Score, Value
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.numbers import plain
from jixiao.scoring.provenance import Provenance
from jixiao.workbook.book import Book
from jixiao.workbook.errors import BookError


def run(options: argparse.Namespace) -> None:
    """Print figures, arithmetic, tiers, sentence and provenance of one row."""
    book = open_book(options)
    indicator = book.rubric.find(options.indicator)
    if indicator is None:
        listed = "\n".join(f"  {row.number:>2} {row.name}" for row in book.rubric.indicators)
        raise BookError([f"没有指标“{options.indicator}”，或不止一个。可写序号或名称：\n{listed}"])
    faults = book.formula_faults()
    if faults:
        raise BookError(faults)
    score = next(row.score for row in book.evaluation.scores if row.indicator is indicator)
    for line in _lines(book, indicator, score):
        print(line)


def _lines(book: Book, indicator: Indicator, score: Score) -> Iterator[str]:
    yield f"第{indicator.number}项 {indicator.name}（{plain(indicator.points)}分）"
    yield f"状态：{score.status.label}"
    yield score.explanation
    if indicator.inputs:
        yield "填报数："
    for spec in indicator.inputs:
        value = book.values.get(spec.id)
        if not is_blank(value):
            yield f"  {book.where(spec.id)}　{spec.label}：{_shown(value)}"
    if score.other_tiers:
        yield f"所在档次：{score.tier}　未落入：{'；'.join(score.other_tiers)}"
    source = indicator.sentence_source
    label = "标准原文" if source.provenance is Provenance.TEXT else source.provenance.label
    yield f"{label}：{indicator.sentence}"
    if indicator.missing:
        yield f"原文缺失：{indicator.missing}"
    for fact in indicator.facts:
        if fact.source.provenance is not Provenance.TEXT:
            yield f"  {fact.words}　来源：{fact.source.provenance.label}。{fact.source.note}"


def _shown(value: Value | tuple[Value, ...]) -> str:
    if isinstance(value, tuple):
        return "、".join("—" if is_blank(item) else _shown(item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain(value) if isinstance(value, Decimal) else str(value)
