"""W11 and W12: what a score rests on, as far as the standard and the inputs tell."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.forms.form import Column, FormRow
from jixiao.review.case import Case, place_of, title
from jixiao.review.check import Hit
from jixiao.review.figures import percentages_in, same_score
from jixiao.scoring import IndicatorScore, Provenance
from jixiao.scoring.numbers import Ratio, percent, plain
from jixiao.scoring.provenance import note_of
from jixiao.scoring.rules import CappedAverage

_DOUBTFUL = frozenset({Provenance.INFERRED, Provenance.UNKNOWN})


def rests_on_doubtful_text(case: Case) -> Iterator[Hit]:
    """W11: every remark of class 推定 or 不明 that a score carries."""
    for row, scored in _evaluated(case):
        for note in scored.score.notes:
            if note.provenance in _DOUBTFUL:
                value = scored.score.value
                yield Hit(
                    row.name,
                    place_of(row, Column.SCORE),
                    "" if value is None else plain(value),
                    "",
                    f"{title(row)}：{note.text}（{note.provenance.label}）",
                    "请对照当年通知核对后再报送",
                )


def monthly_figures_missing(case: Case) -> Iterator[Hit]:
    """W12: one year-end figure in place of the months, by the inputs or by the row's own words."""
    if case.evaluation is not None:
        yield from _single_figure_used(case)
        return
    for row, points, score in case.scored_rows:
        if not any(isinstance(known.rule, CappedAverage) for known in case.indicators(row)):
            continue
        for rate in percentages_in(row.text(Column.REASON)):
            if same_score(score, Ratio(rate.value).times(points).rounded(case.step)):
                shown = percent(Ratio(rate.value))
                yield _single_figure(row, shown, f"{shown}×{plain(points)}={plain(score)}分")
                break


def _single_figure_used(case: Case) -> Iterator[Hit]:
    for row, scored in _evaluated(case):
        rule = scored.indicator.rule
        if not isinstance(rule, CappedAverage):
            continue
        if any(note in scored.score.notes for note in note_of(rule.single_source)):
            yield _single_figure(row, "一个年度数", "；".join(scored.score.steps))


def _single_figure(row: FormRow, found: str, arithmetic: str) -> Hit:
    return Hit(
        row.name,
        place_of(row, Column.SCORE),
        found,
        "各月执行率",
        f"{title(row)}用一个年度数计分（{arithmetic}），没有各月执行率",
        "请按财政部门通报填写各月执行率，由各月平均计分",
    )


def _evaluated(case: Case) -> Iterator[tuple[FormRow, IndicatorScore]]:
    """The rows of the form with the scores that they are printed from."""
    if case.evaluation is None:
        return
    scores = {scored.indicator.name: scored for scored in case.evaluation.scores}
    for row in case.rows:
        if row.name in scores:
            yield row, scores[row.name]
