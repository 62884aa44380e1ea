"""The sentences that the program writes; every figure in them is the engine's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jixiao.reports.content import BLANK, Manner, Paragraph
from jixiao.reports.material import NO_WORDS, Material
from jixiao.scoring import (
    Evaluation,
    GradeBand,
    IndicatorScore,
    Provenance,
    RowScore,
    Rubric,
    Score,
    Value,
)
from jixiao.scoring.inputs import as_word, is_blank
from jixiao.scoring.numbers import ONE, Ratio, grouped, percent, plain
from jixiao.scoring.provenance import note_of
from jixiao.scoring.rubric import Heading
from jixiao.scoring.rules import Completion

_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NUMERALS = "零一二三四五六七八九十"
_DOUBTFUL = (Provenance.CONVENTION, Provenance.INFERRED, Provenance.UNKNOWN)


def paragraphs(text: str, manner: Manner = Manner.BODY) -> tuple[Paragraph, ...]:
    """A text as people typed it: each line a paragraph, blank lines left out."""
    lines = (line.strip() for line in _LINE_ENDS.split(text))
    return tuple(Paragraph(line, manner) for line in lines if line)


def body(*sentences: str) -> tuple[Paragraph, ...]:
    """One paragraph of the sentences that are not empty; none where all are."""
    return paragraphs("".join(sentences))


def rate_words(rate: Ratio | None, bounds: Iterable[Decimal] = ()) -> str:
    """A rate as a sentence has it: 75.86%, 100%; empty where there is none.

    What is not quite 100 %, or one of ``bounds``, is not rounded to it.
    """
    return "" if rate is None else percent(rate, (ONE, *bounds)).replace(".00%", "%")


def value_words(value: Value) -> str:
    """A cell as a reader is told it, in full."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return as_word(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value).strip()


def amount_words(value: Value, unit: str) -> str:
    """An amount with its unit; 〔待补充〕 where it is blank, as typed where it is no number."""
    if is_blank(value):
        return f"{BLANK}{unit}"
    return f"{grouped(value)}{unit}" if isinstance(value, Decimal) else value_words(value)


def score_words(score: Score) -> str:
    """The points earned, or 待填, 待评."""
    return score.status.label if score.value is None else plain(score.value)


def short_words(score: Score) -> str:
    """The figures and the result, without the words of the standard."""
    return "，".join((*score.steps, f"{score.verdict}。"))


def result_sentence(evaluation: Evaluation) -> str:
    """总分和等级, or how many rows they still wait for."""
    rubric = evaluation.rubric
    if evaluation.total is None or evaluation.grade is None:
        return f"目前还有{evaluation.waiting_words}，暂无总分和评价等级。"
    return (
        f"按《{rubric.title}》的标准评分，总分{plain(evaluation.total)}分"
        f"（满分{plain(rubric.points)}分），评价等级为“{evaluation.grade.name}”。"
    )


class Share(NamedTuple):
    """A block of the total: its name, what it earned of how many points, and its 得分率."""

    name: str
    value: Decimal | None
    points: Decimal
    rate: Ratio | None


def first_level(evaluation: Evaluation) -> tuple[Share, ...]:
    """The first-level indicators; of a standard without headings these are its rows."""
    return headed(evaluation, evaluation.rubric.primaries) or tuple(
        Share(row.indicator.name, row.score.value, row.score.points, row.score.rate)
        for row in evaluation.scores
    )


def headed(evaluation: Evaluation, headings: tuple[Heading, ...]) -> tuple[Share, ...]:
    """The subtotals below some headings."""
    return tuple(
        Share(subtotal.heading.name, subtotal.value, subtotal.heading.points, subtotal.rate)
        for subtotal in evaluation.subtotals
        if subtotal.heading in headings
    )


def shares_sentence(evaluation: Evaluation) -> str:
    """The score of each first-level indicator that has one, with its 得分率."""
    shares = first_level(evaluation)
    words = [_share_words(share, share.value) for share in shares if share.value is not None]
    if len(shares) == 1 or not words:
        return ""
    beginning = "其中" if len(words) == len(shares) else "已评分的"
    return f"{beginning}：{'；'.join(words)}。"


def _share_words(share: Share, value: Decimal) -> str:
    rate = f"得分率{rate_words(share.rate)}"
    return f"{share.name}得{plain(value)}分（满分{plain(share.points)}分，{rate}）"


def weights_sentence(rubric: Rubric) -> str:
    """What each first-level indicator weighs."""
    parts = rubric.primaries or rubric.indicators
    words = "、".join(f"{part.name}{plain(part.points)}分" for part in parts)
    return f"评价指标的分值为：{words}。"


def bands_sentence(rubric: Rubric) -> str:
    """How totals become grades, as the published report words it."""
    count = len(rubric.bands)
    number = _NUMERALS[count] if count < len(_NUMERALS) else str(count)
    bands = "、".join(_band_words(band) for band in rubric.bands)
    return (
        "评价结果采取评分和评级相结合的方式，"
        f"总分设置为{plain(rubric.points)}分，等级划分为{number}档：{bands}。"
    )


def _band_words(band: GradeBand) -> str:
    within = band.within
    if not within.lower and within.upper is not None:
        return f"{plain(within.upper)}分以下为{band.name}"
    if within.lower is None or within.upper is None:
        return f"{band.words}为{band.name}"
    closed = "（含）" if within.lower_closed else ""
    return f"{plain(within.lower)}{closed}-{plain(within.upper)}分为{band.name}"


def shortfalls(material: Material) -> Iterator[Paragraph]:
    """Each indicator that waits or lost points: its figures, the words of the standard, why.

    The companion rows that lost points follow the indicator that rests on them.
    """
    evaluation = material.evaluation
    if all(row.score.is_full for row in evaluation.scores):
        yield from body("各项指标均得满分。")
        return
    yield from body(f"未得满分{'和尚未评分' if evaluation.waiting else ''}的指标，逐项说明如下。")
    number = 0
    for row in evaluation.scores:
        if row.score.is_full:
            continue
        number += 1
        yield from paragraphs(f"{number}．{row.indicator.name}：{_told(row)}")
        yield from paragraphs(_reason(material.reasons.get(row.indicator.id, "")))
        for companion in companion_rows(evaluation, row):
            if not companion.score.is_full:
                yield from _companion_shortfall(material, companion)


def _told(row: IndicatorScore) -> str:
    """The explanation; of an indicator that sums companion rows only the sum, as those follow."""
    if isinstance(row.indicator.rule, Completion):
        return f"{row.score.verdict}。"
    return row.score.explanation


def _companion_shortfall(material: Material, row: RowScore) -> Iterator[Paragraph]:
    name = row.score.name or "未命名指标"
    yield from paragraphs(f"“{name}”：{row.score.explanation}")
    yield from paragraphs(_reason(material.words.get(row.place, NO_WORDS).reason))


def _reason(text: str) -> str:
    return f"原因：{text}" if text else ""


def companion_rows(evaluation: Evaluation, row: IndicatorScore) -> tuple[RowScore, ...]:
    """The companion rows that an indicator sums up."""
    rule = row.indicator.rule
    if not isinstance(rule, Completion):
        return ()
    return tuple(c for c in evaluation.companion if str(c.row.kind or "").strip() in rule.kinds)


def provenance_notes(evaluation: Evaluation) -> tuple[Paragraph, ...]:
    """What the scores rest on besides the printed text, each remark once with its indicators."""
    found: dict[tuple[Provenance, str], list[IndicatorScore]] = {}
    for row in evaluation.scores:
        sources = (row.indicator.points_source, row.indicator.sentence_source)
        notes = (*row.score.notes, *(note for source in sources for note in note_of(source)))
        for note in notes:
            if note.provenance in _DOUBTFUL:
                found.setdefault((note.provenance, note.text), []).append(row)
    if not found:
        return ()
    paragraphs_of_notes = [
        Paragraph(f"{_names(rows)}：{text}（{provenance.label}）。", Manner.NOTE)
        for (provenance, text), rows in found.items()
    ]
    heading = "说明：下列指标的得分所依据的不全是评分标准的原文，请对照当年通知核对。"
    return (Paragraph(heading, Manner.NOTE), *paragraphs_of_notes)


def _names(rows: list[IndicatorScore]) -> str:
    return "、".join(f"第{row.indicator.number}项“{row.indicator.name}”" for row in rows)


def row_remarks(material: Material) -> tuple[Paragraph, ...]:
    """People's remarks on the companion rows, each once with the rows that it stands beside."""
    found: dict[str, list[str]] = {}
    for row in material.evaluation.companion:
        remark = material.words.get(row.place, NO_WORDS).remark
        if remark:
            found.setdefault(remark, []).append(f"“{row.score.name}”")
    texts = (f"{'、'.join(rows)}：{remark}" for remark, rows in found.items())
    notes = tuple(note for text in texts for note in paragraphs(text, Manner.NOTE))
    return (Paragraph("备注：", Manner.NOTE), *notes) if notes else ()


def listed(words: list[str], most: int) -> str:
    """Words in one sentence, cut where they are many: A、B等5项."""
    text = "、".join(words[:most])
    return text if len(words) <= most else f"{text}等{len(words)}项"
