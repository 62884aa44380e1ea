"""The tables and charts of scores, read off the scored table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

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
from jixiao.reports.sentences import (
    Share,
    companion_rows,
    first_level,
    headed,
    rate_words,
    score_words,
    value_words,
)
from jixiao.scoring import CompanionRow, Evaluation, IndicatorScore, RowScore, Value
from jixiao.scoring.natures import Nature, parse_nature
from jixiao.scoring.numbers import ZERO, Ratio, plain
from jixiao.scoring.rubric import Heading
from jixiao.scoring.rules import Completion

_FEWEST_BARS, _MOST_BARS = 2, 24
_NO_SUM = "暂无"


def score_table(evaluation: Evaluation, caption: str) -> ScoreTable:
    """Every indicator below its headings, with the subtotals and the total."""
    rubric = evaluation.rubric
    return ScoreTable(
        caption=caption,
        groups=tuple(_score_group(evaluation, primary) for primary in rubric.primaries),
        points=plain(rubric.points),
        score=_total(evaluation),
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
    return _NO_SUM if value is None else plain(value)


def comparison_table(
    material: Material, caption: str, own: Mapping[str, Block] = MappingProxyType({})
) -> ComparisonTable:
    """The companion rows below the indicators that sum them up.

    Of a standard without headings all indicators are there, with their total; ``own`` is what
    stands below those that sum up no companion rows, by their ids.
    """
    evaluation = material.evaluation
    is_whole = not evaluation.rubric.primaries
    groups = tuple(
        Group(
            row.indicator.name,
            plain(row.score.points),
            score_words(row.score),
            _comparison_blocks(material, row)
            or tuple(block for key, block in own.items() if key == row.indicator.id),
        )
        for row in evaluation.scores
        if is_whole or companion_rows(evaluation, row)
    )
    if not is_whole:
        return ComparisonTable(caption, groups)
    return ComparisonTable(caption, groups, plain(evaluation.rubric.points), _total(evaluation))


def _total(evaluation: Evaluation) -> str:
    return _NO_SUM if evaluation.total is None else plain(evaluation.total)


def _comparison_blocks(material: Material, indicator: IndicatorScore) -> tuple[Block, ...]:
    rule = indicator.indicator.rule
    bounds = rule.tiers.bounds if isinstance(rule, Completion) else ()

    def secondary(row: RowScore) -> str:
        words = material.words.get(row.place, NO_WORDS)
        return words.secondary or words.primary or value_words(row.row.kind)

    return tuple(
        Block(name, tuple(_comparison_row(row, bounds) for row in within))
        for name, within in groupby(companion_rows(material.evaluation, indicator), secondary)
    )


def _comparison_row(row: RowScore, bounds: Iterable[Decimal] = ()) -> ComparisonRow:
    return ComparisonRow(
        name=row.score.name,
        target=_target_words(row.row),
        actual=_with_unit(row.row.actual, row.row) or value_words(row.row.level),
        rate=rate_words(row.rate, bounds),
        points=plain(row.score.points),
        score=score_words(row.score),
    )


def target_and_actual(row: RowScore) -> str:
    """A companion row in one phrase: 组织专业培训数量（目标≥30场次，实际34场次）."""
    shown = _comparison_row(row)
    parts = ((shown.target, "目标"), (shown.actual, "实际"))
    words = "，".join(f"{label}{text}" for text, label in parts if text)
    return f"{shown.name}（{words}）" if words else shown.name


def _target_words(row: CompanionRow) -> str:
    """A target with its nature: ≥100场次; that of a 定性 row in its own words."""
    target = _with_unit(row.target, row)
    nature = parse_nature(value_words(row.nature))
    if not target or nature is None or nature is Nature.QUALITATIVE:
        return target
    return f"{nature.value}{target}"


def _with_unit(value: Value, row: CompanionRow) -> str:
    """A figure with the row's unit; dates and words have none."""
    unit = value_words(row.unit) if isinstance(value, Decimal) else ""
    return f"{value_words(value)}{unit}"


def rate_chart(evaluation: Evaluation, caption: str) -> RateChart | None:
    """得分率 by second-level indicator, by first-level ones where those are too few or many."""
    rubric = evaluation.rubric
    for shares in (headed(evaluation, rubric.secondaries), first_level(evaluation)):
        is_any_scored = any(share.value is not None for share in shares)
        if is_any_scored and _FEWEST_BARS <= len(shares) <= _MOST_BARS:
            return RateChart(caption, tuple(_bar(share) for share in shares))
    return None


def _bar(share: Share) -> Bar:
    if share.rate is None or share.value is None:
        return Bar(share.name, Ratio(ZERO), "尚未评完")
    figure = f"{rate_words(share.rate)}（{plain(share.value)}/{plain(share.points)}）"
    return Bar(share.name, share.rate, figure)
