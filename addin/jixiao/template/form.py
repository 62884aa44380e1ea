"""自评表: 附件3 as it is printed, with the cells that the program scores into."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from jixiao.ooxml.text_height import text_height
from jixiao.scoring.provenance import Provenance, Source
from jixiao.scoring.rubric import Heading, Indicator, Rubric
from jixiao.template.area import Area, across, cell, down
from jixiao.template.book import Book, Sheet
from jixiao.template.form_block import write_block
from jixiao.template.form_columns import FIRST, HEADINGS, LAST, WIDTHS, Column, width_of
from jixiao.template.form_subtotals import write_subtotals
from jixiao.template.styles import (
    CENTRED,
    HEADER,
    INPUT,
    PLAIN,
    TAB_RESULT,
    TALL_CENTRED,
    TEXT,
    TITLE,
    Style,
)
from jixiao.workbook.formulas import NO_SCORE_WORDS
from jixiao.workbook.grade_line import grade_line
from jixiao.workbook.names import (
    GRADE,
    SHEETS,
    TOTAL,
    evidence_name,
    points_name,
    reason_name,
    score_name,
)

STAR = "*"
_STARRED_POINTS = f'General"{STAR}"'
_SCORE = replace(CENTRED, size=11)
_SUM = replace(HEADER, size=11)


def write_form(book: Book, rubric: Rubric) -> None:
    """Write the sheet; only the printed form is in the print area, the subtotals are below it."""
    sheet = book.sheet("form", TAB_RESULT, WIDTHS)
    header = write_block(sheet, _write_titles(sheet, rubric))
    sheet.header(header, HEADINGS, 32)
    row = _write_rows(sheet, header + 1, rubric)
    sheet.show_first_words(down(Column.SCORE, header + 1, row - 1), NO_SCORE_WORDS)
    row = _write_totals(sheet, row, rubric)
    row = _write_notes(sheet, row, rubric)
    sheet.print_on(Area(0, FIRST, row - 1, LAST), landscape=True, repeated_row=header)
    write_subtotals(sheet, row + 1, rubric)
    sheet.zoom(100)


def _write_titles(sheet: Sheet, rubric: Rubric) -> int:
    sheet.put(across(0, FIRST, Column.NAME), rubric.heading, replace(PLAIN, size=11))
    sheet.height(0, 18)
    sheet.put(across(1, FIRST, LAST), rubric.name, TITLE)
    sheet.height(1, 32)
    sheet.put(across(2, FIRST, LAST), f"({rubric.period})", replace(TITLE, size=12))
    sheet.height(2, 20)
    return 3


def _write_rows(sheet: Sheet, row: int, rubric: Rubric) -> int:
    """Write the indicators; no row gets a height, so that each grows with its reason."""
    first = row
    parents = {part.id: part.parent for part in rubric.secondaries}
    for indicator in rubric.indicators:
        _write_indicator(sheet, row, indicator)
        row += 1
    secondary = [indicator.secondary for indicator in rubric.indicators]
    primary = [parents[part] for part in secondary]
    _write_headings(sheet, first, secondary, rubric.secondaries, Column.SECONDARY)
    _write_headings(sheet, first, primary, rubric.primaries, Column.PRIMARY)
    return row


def _write_headings(
    sheet: Sheet, row: int, ids: list[str], headings: tuple[Heading, ...], column: Column
) -> None:
    """Merge each run of rows under one heading; its points stand in the column to the right."""
    by_id = {heading.id: heading for heading in headings}
    for key, run in groupby(ids):
        heading, last = by_id[key], row + len(list(run)) - 1
        name = _starred(heading.name, heading.source)
        sheet.put(down(column, row, last), name, TALL_CENTRED)
        style = replace(_points_style(heading.source), valign="top")
        sheet.put(down(column + 1, row, last), heading.points, style)
        row = last + 1


def _write_indicator(sheet: Sheet, row: int, indicator: Indicator) -> None:
    name = _starred(indicator.name, indicator.name_source)
    sheet.put(cell(row, Column.NAME), name, TEXT)
    points = _points_style(indicator.points_source)
    sheet.put(cell(row, Column.POINTS), indicator.points, points, points_name(indicator.id))
    sheet.put(cell(row, Column.EXPLANATION), indicator.explanation, TEXT)
    sheet.put(cell(row, Column.SENTENCE), indicator.sentence, TEXT)
    sheet.put(cell(row, Column.SCORE), None, _SCORE, score_name(indicator.id))
    sheet.put(cell(row, Column.REASON), None, TEXT, reason_name(indicator.id))
    sheet.put(cell(row, Column.EVIDENCE), None, INPUT, evidence_name(indicator.id))


def _write_totals(sheet: Sheet, row: int, rubric: Rubric) -> int:
    sheet.put(cell(row, FIRST), "总分", _SUM)
    sheet.put(cell(row, Column.PRIMARY_POINTS), rubric.points, _SUM)
    sheet.put(across(row, Column.SECONDARY, Column.SENTENCE), None, CENTRED)
    sheet.put(cell(row, Column.SCORE), None, replace(_SCORE, bold=True), TOTAL)
    sheet.put(cell(row, Column.REASON), None, TEXT)
    sheet.put(cell(row, Column.EVIDENCE), None, TEXT)
    row += 1
    line = grade_line(rubric, None)
    sheet.put(across(row, FIRST, Column.SECONDARY_POINTS), "评价等级", _SUM)
    sheet.put(across(row, Column.NAME, LAST), line, replace(TEXT, size=11), GRADE)
    sheet.height(row, max(24, text_height(line, width_of(Column.NAME, LAST), 11)))
    return row + 1


def _write_notes(sheet: Sheet, row: int, rubric: Rubric) -> int:
    notes = [rubric.footnote]
    if _has_stars(rubric):
        notes.append(
            f"带{STAR}的指标名称或分值在印刷本中缺失，系按评分内容推定或由其他数字算得，"
            f"请对照当年通知核对；依据见“{SHEETS['provenance']}”。"
        )
    for note in notes:
        sheet.put(across(row, FIRST, LAST), note, PLAIN)
        sheet.height(row, max(18, text_height(note, width_of(FIRST, LAST), PLAIN.size)))
        row += 1
    return row


def _is_printed(source: Source) -> bool:
    return source.provenance is Provenance.TEXT


def _has_stars(rubric: Rubric) -> bool:
    rows = rubric.indicators
    sources = [source for row in rows for source in (row.name_source, row.points_source)]
    sources += [heading.source for heading in (*rubric.primaries, *rubric.secondaries)]
    return not all(_is_printed(source) for source in sources)


def _starred(name: str, source: Source) -> str:
    return name if _is_printed(source) else name + STAR


def _points_style(source: Source) -> Style:
    """The star of a number belongs to its format: the cell itself holds the number."""
    return CENTRED if _is_printed(source) else replace(CENTRED, number_format=_STARRED_POINTS)
