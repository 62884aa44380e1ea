"""The tables and charts of scores, read off the scored table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from jixiao.reports.content import (
    Bar,
    Block,
    ComparisonRow,
    ComparisonTable,
    Group,
    RateChart,
    ScoreRow,
    ScoreTable,
)
from jixiao.reports.material import NO_WORDS, Material
from jixiao.reports.sentences import companion_rows, rate_words, score_words, value_words
from jixiao.scoring import Evaluation, IndicatorScore, RowScore
from jixiao.scoring.evaluation import Subtotal
from jixiao.scoring.natures import Nature, parse_nature
from jixiao.scoring.numbers import plain
from jixiao.scoring.rubric import Heading

_FEWEST_BARS = 2


def score_table(evaluation: Evaluation, caption: str) -> ScoreTable:
    """Every indicator below its headings, with the subtotals and the total."""
    rubric = evaluation.rubric
    total = evaluation.waiting_words if evaluation.total is None else plain(evaluation.total)
    return ScoreTable(
        caption=caption,
        groups=tuple(_score_group(evaluation, primary) for primary in rubric.primaries),
        points=plain(rubric.points),
        score=total,
    )


def _score_group(evaluation: Evaluation, primary: Heading) -> Group:
    rubric = evaluation.rubric
    below = {indicator.id for indicator in rubric.rows_of(primary)}
    rows = [row for row in evaluation.scores if row.indicator.id in below]
    names = {heading.id: heading.name for heading in rubric.secondaries}
    blocks = tuple(
        Block(names[secondary], tuple(_score_row(row) for row in within))
        for secondary, within in groupby(rows, key=lambda row: row.indicator.secondary)
    )
    return Group(primary.name, plain(primary.points), _subtotal(evaluation, primary), blocks)


def _score_row(row: IndicatorScore) -> ScoreRow:
    indicator = row.indicator
    return ScoreRow(
        str(indicator.number), indicator.name, plain(row.score.points), score_words(row.score)
    )


def _subtotal(evaluation: Evaluation, heading: Heading) -> str:
    value = next((s.value for s in evaluation.subtotals if s.heading == heading), None)
    return "" if value is None else plain(value)


def comparison_table(material: Material, caption: str) -> ComparisonTable:
    """The companion rows below the indicators that sum them up; without groups where none is."""
    groups = tuple(
        Group(
            row.indicator.name,
            plain(row.score.points),
            score_words(row.score),
            _comparison_blocks(material, companion_rows(material.evaluation, row)),
        )
        for row in material.evaluation.scores
        if companion_rows(material.evaluation, row)
    )
    return ComparisonTable(caption, groups)


def _comparison_blocks(material: Material, rows: Iterable[RowScore]) -> tuple[Block, ...]:
    def secondary(row: RowScore) -> str:
        words = material.words.get(row.place, NO_WORDS)
        return words.secondary or words.primary or value_words(row.row.kind)

    return tuple(
        Block(name, tuple(_comparison_row(row) for row in within))
        for name, within in groupby(rows, key=secondary)
    )


def _comparison_row(row: RowScore) -> ComparisonRow:
    unit = value_words(row.row.unit)
    return ComparisonRow(
        name=row.score.name,
        target=_target_words(row, unit),
        actual=_with_unit(value_words(row.row.actual or row.row.level), unit),
        rate=rate_words(row.rate),
        points=plain(row.score.points),
        score=score_words(row.score),
    )


def _target_words(row: RowScore, unit: str) -> str:
    """A target with its nature: ≥100场次; that of a 定性 row in its own words."""
    target = _with_unit(value_words(row.row.target), unit)
    nature = parse_nature(value_words(row.row.nature))
    if not target or nature is None or nature is Nature.QUALITATIVE:
        return target
    return f"{nature.value}{target}"


def _with_unit(text: str, unit: str) -> str:
    """A figure with its unit; words of a 定性 row have none."""
    return f"{text}{unit}" if text and text[-1].isdigit() else text


def rate_chart(evaluation: Evaluation, caption: str) -> RateChart | None:
    """得分率 by second-level indicator, or by first-level where that tells more."""
    rubric = evaluation.rubric
    headings = max(rubric.secondaries, rubric.primaries, key=len)
    bars = tuple(_bars(s for s in evaluation.subtotals if s.heading in headings))
    return RateChart(caption, bars) if len(bars) >= _FEWEST_BARS else None


def _bars(subtotals: Iterable[Subtotal]) -> Iterator[Bar]:
    for subtotal in subtotals:
        if subtotal.rate is not None and subtotal.value is not None:
            figure = (
                f"{rate_words(subtotal.rate)}"
                f"（{plain(subtotal.value)}/{plain(subtotal.heading.points)}）"
            )
            yield Bar(subtotal.heading.name, subtotal.rate, figure)
