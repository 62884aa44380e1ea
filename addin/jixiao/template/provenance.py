"""评分标准出处: where every number, name and sentence of the standard comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from jixiao.scoring.numbers import plain
from jixiao.scoring.provenance import FROM_TEXT, Provenance, Source
from jixiao.scoring.rubric import Heading, Indicator, Rubric
from jixiao.template.area import Area, across, cell
from jixiao.template.book import Book, Sheet
from jixiao.template.styles import CENTRED, PLAIN, TAB_SOURCE, TEXT, TITLE

MEANINGS = {
    Provenance.TEXT: "印刷本上写明的。",
    Provenance.ARITHMETIC: "印刷本没有写，但由它的分值、合计等数字可以算出。",
    Provenance.CONVENTION: "印刷本没有写，按已公开的自评表通行做法处理。",
    Provenance.INFERRED: "印刷本文字不全，按文意推定，用到时加注，请对照当年通知核对。",
    Provenance.UNKNOWN: "印刷本文字缺失，无从得知，程序不猜，须人工评分。",
}
FILLS = {
    Provenance.TEXT: "",
    Provenance.ARITHMETIC: "#EDEDED",
    Provenance.CONVENTION: "#DCE9F7",
    Provenance.INFERRED: "#FFE3BF",
    Provenance.UNKNOWN: "#F8CFCF",
}


class Column(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    INDICATOR = 1
    POINTS = 2
    ITEM = 3
    CLASS = 4
    NOTE = 5
    MISSING = 6


_HEADINGS = ("序号", "三级指标", "分值", "数字或名称", "来源", "原文或说明", "印刷本缺失的文字")
_WIDTHS = (6, 28, 6, 38, 14.5, 58, 26)
_SMALL = replace(TEXT, size=9)
_SMALL_CENTRED = replace(CENTRED, size=9)
_LAST = Column.MISSING


_Subject = tuple[str | int, str, str]
"""Number, name and points of the indicator."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: whose it is, what it is, and its source."""

    subject: _Subject
    item: str
    source: Source
    note: str
    label: str


def write_provenance(book: Book, rubric: Rubric) -> None:
    """Write the sheet: the legend, then one line for each sentence and each number."""
    sheet = book.sheet("provenance", TAB_SOURCE, _WIDTHS)
    sheet.put(across(0, 0, _LAST), "评分标准出处", TITLE)
    sheet.height(0, 32)
    document = f"依据：{rubric.document}，{rubric.region}。"
    sheet.put(across(1, 0, _LAST), document, PLAIN)
    header = _write_legend(sheet, 2)
    sheet.header(header, _HEADINGS, 24)
    row = header
    for line in (*_lines_of_all(rubric), *_lines_of_headings(rubric)):
        row += 1
        _write_line(sheet, row, line)
    sheet.filter(Area(header, 0, row, _LAST))
    sheet.freeze(header + 1)
    sheet.print_on(Area(0, 0, row, _LAST), landscape=True, repeated_row=header)
    sheet.zoom(100)


def _write_legend(sheet: Sheet, row: int) -> int:
    for provenance in Provenance:
        style = replace(CENTRED, fill=FILLS[provenance])
        sheet.put(across(row, 0, Column.INDICATOR), provenance.label, style)
        sheet.put(across(row, Column.POINTS, _LAST), MEANINGS[provenance], PLAIN)
        sheet.height(row, 17)
        row += 1
    return row + 1


def _lines_of_all(rubric: Rubric) -> Iterator[_Line]:
    for indicator in rubric.indicators:
        yield from _lines_of(indicator)


def _lines_of(indicator: Indicator) -> Iterator[_Line]:
    subject = (indicator.number, indicator.name, plain(indicator.points))
    source = indicator.sentence_source
    sentence = source._replace(missing=indicator.missing or source.missing)
    # A sentence that is cut off must not pass for the whole of what was printed.
    label = source.provenance.label + ("（不全）" if indicator.missing else "")
    is_printed = source.provenance is Provenance.TEXT
    words = indicator.sentence if is_printed else f"{indicator.sentence}（{source.note}）"
    item = "评分标准原文" if is_printed else "评分标准"
    yield _Line(subject, item, sentence, words, label)
    for fact in indicator.facts:
        yield _fact_line(subject, fact.words, fact.source, fact.source.note)


def _lines_of_headings(rubric: Rubric) -> Iterator[_Line]:
    for level, headings in (("一级指标", rubric.primaries), ("二级指标", rubric.secondaries)):
        for heading in headings:
            yield _heading_line(level, heading)
    for band in rubric.bands:
        subject = ("—", "评价等级", "—")
        yield _fact_line(subject, f"“{band.name}”：{band.within.text}", FROM_TEXT, band.words)


def _heading_line(level: str, heading: Heading) -> _Line:
    points = plain(heading.points)
    subject = ("—", level, points)
    words = f"{level}“{heading.name}”{points}分"
    return _fact_line(subject, words, heading.source, heading.source.note)


def _fact_line(subject: _Subject, words: str, source: Source, note: str) -> _Line:
    return _Line(subject, words, source, note, source.provenance.label)


def _write_line(sheet: Sheet, row: int, line: _Line) -> None:
    number, name, points = line.subject
    fill = FILLS[line.source.provenance]
    sheet.put(cell(row, Column.NUMBER), number, _SMALL_CENTRED)
    sheet.put(cell(row, Column.INDICATOR), name, _SMALL)
    sheet.put(cell(row, Column.POINTS), points, _SMALL_CENTRED)
    sheet.put(cell(row, Column.ITEM), line.item, _SMALL)
    sheet.put(cell(row, Column.CLASS), line.label, replace(_SMALL_CENTRED, fill=fill))
    sheet.put(cell(row, Column.NOTE), line.note, _SMALL)
    sheet.put(cell(row, Column.MISSING), line.source.missing, _SMALL)
