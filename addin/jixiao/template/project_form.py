"""自评表 of a project: its particulars and money on top, the scores, then the indicators.

What people typed elsewhere is shown by formula; the program scores into the table 自评得分. The
indicators come last, because nobody knows how many there will be: the rows in use of 指标表 are
shown one below another, and the lines that are left over stay bare.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from jixiao.ooxml.cells import column_letters
from jixiao.ooxml.text_height import text_height
from jixiao.scoring.provenance import Provenance
from jixiao.scoring.rubric import Indicator, Rubric
from jixiao.template.area import Area, across, cell, down
from jixiao.template.book import Book, Sheet
from jixiao.template.fund_table import TOTAL_LABEL, base_formula, executions, rate_formula, unit_of
from jixiao.template.styles import (
    AMOUNT_FORMAT,
    CENTRED,
    HEADER,
    INPUT,
    PERCENT_FORMAT,
    PLAIN,
    POINTS_FORMAT,
    QUIET,
    TAB_RESULT,
    TEXT,
    TITLE,
    Style,
)
from jixiao.workbook.formulas import NO_SCORE_WORDS
from jixiao.workbook.grade_line import grade_line
from jixiao.workbook.names import (
    GRADE,
    PROJECT_FIELDS,
    TOTAL,
    basic_name,
    companion_name,
    evidence_name,
    fund_total_name,
    input_name,
    points_name,
    reason_name,
    score_name,
)


class Column(IntEnum):
    """The columns from left to right; the last is not printed."""

    PRIMARY = 0
    SECONDARY = 1
    NAME = 2
    NATURE = 3
    TARGET = 4
    ACTUAL = 5
    UNIT = 6
    POINTS = 7
    SCORE = 8
    REASON = 9
    PLACE = 10


_WIDTHS = (9.0, 12.0, 27.0, 7.0, 12.0, 12.0, 8.0, 8.0, 10.0, 48.0, 7.0)
_FIRST, _LAST = Column.PRIMARY, Column.REASON
_LABELS = {field.field: field.label for field in PROJECT_FIELDS}
_STAR = "*"

INDICATOR_LINES = 40
"""How many indicators the form has room for; a remark says where the rest is."""

# Field, the columns of its label, the columns of its cell.
_PARTICULARS = (
    (("project_name", (0, 1), (2, _LAST)),),
    (("department", (0, 1), (2, 4)), ("unit", (5, 7), (8, _LAST))),
    (("manager", (0, 1), (2, 4)), ("phone", (5, 7), (8, _LAST))),
)
# The columns of each amount, from left to right, then that of the rate.
_AMOUNTS = ((3, 4), (5, 6), (7, 8))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column of the list of indicators: its heading, the field it shows, its look."""

    heading: str
    field: str
    style: Style


_LIST = {
    Column.PRIMARY: _Shown("一级指标", "primary", CENTRED),
    Column.SECONDARY: _Shown("二级指标", "secondary", CENTRED),
    Column.NAME: _Shown("三级指标", "name", TEXT),
    Column.NATURE: _Shown("指标性质", "nature", CENTRED),
    Column.TARGET: _Shown("年度指标值", "target", CENTRED),
    Column.ACTUAL: _Shown("实际完成值", "actual", CENTRED),
    Column.UNIT: _Shown("计量单位", "unit", CENTRED),
    Column.POINTS: _Shown("分值", "settled_points", replace(CENTRED, number_format=POINTS_FORMAT)),
    Column.SCORE: _Shown("得分", "score", replace(CENTRED, number_format=POINTS_FORMAT)),
    Column.REASON: _Shown("偏差原因分析及改进措施", "reason", TEXT),
}
_DATED = frozenset({"target", "actual"})


def write_project_form(book: Book, rubric: Rubric) -> None:
    """Write the sheet."""
    sheet = book.sheet("form", TAB_RESULT, _WIDTHS)
    row = _write_titles(sheet, rubric)
    row = _write_particulars(sheet, row)
    row = _write_funds(sheet, row, rubric)
    row = _write_targets(sheet, row)
    row = _write_scores(sheet, row, rubric)
    row = _write_notes(sheet, row, book, rubric)
    last = _write_list(sheet, row, book)
    sheet.print_on(Area(0, _FIRST, last, _LAST), landscape=True, repeated_row=row)
    sheet.zoom(100)


def _write_titles(sheet: Sheet, rubric: Rubric) -> int:
    sheet.put(across(0, _FIRST, Column.NAME), rubric.heading, replace(PLAIN, size=11))
    sheet.height(0, 18)
    sheet.put(across(1, _FIRST, _LAST), rubric.name, TITLE)
    sheet.height(1, 32)
    year = basic_name("year")
    formula = f'=IF({year}="","（　　　　年度）","（"&{year}&"年度）")'
    sheet.calculate(across(2, _FIRST, _LAST), formula, replace(TITLE, size=12))
    sheet.height(2, 20)
    return 3


def _write_particulars(sheet: Sheet, row: int) -> int:
    for line in _PARTICULARS:
        for field, label, value in line:
            sheet.put(across(row, *label), _LABELS[field], HEADER)
            sheet.show(across(row, *value), basic_name(field), TEXT)
        sheet.height(row, 22)
        row += 1
    return row


def _write_funds(sheet: Sheet, row: int, rubric: Rubric) -> int:
    """年度资金总额 and its parts, as such tables print them."""
    sources = rubric.funds[0].parts
    label = Area(row, _FIRST, row + 1 + len(sources), Column.SECONDARY)
    sheet.put(label, f"项目资金\n（{unit_of(rubric)}）", HEADER)
    sheet.put(cell(row, Column.NAME), "资金来源", HEADER)
    for spec, columns in zip(rubric.funds, _AMOUNTS, strict=True):
        sheet.put(across(row, *columns), spec.label, HEADER)
    sheet.put(cell(row, Column.REASON), "执行率", HEADER)
    for rule in executions(rubric):
        heading = f'="执行率（执行数÷"&{base_formula(rule, rubric)}&"）"'
        sheet.calculate(cell(row, Column.REASON), heading, HEADER)
    sheet.height(row, 22)
    amount = replace(CENTRED, number_format=AMOUNT_FORMAT)
    total = row + 1
    sheet.put(cell(total, Column.NAME), TOTAL_LABEL, TEXT)
    for spec, columns in zip(rubric.funds, _AMOUNTS, strict=True):
        sheet.show(across(total, *columns), fund_total_name(spec.id), amount)
    rate = replace(CENTRED, number_format=PERCENT_FORMAT)
    sheet.put(cell(total, Column.REASON), None, rate)
    for rule in executions(rubric):
        sheet.calculate(cell(total, Column.REASON), rate_formula(rule, rubric), rate)
    sheet.height(total, 20)
    for place, source in enumerate(sources, 1):
        line = total + place
        words = f"{'其中：' if place == 1 else '　　　'}{source}"
        sheet.put(cell(line, Column.NAME), words, TEXT)
        for spec, columns in zip(rubric.funds, _AMOUNTS, strict=True):
            part = f"INDEX({input_name(spec.id)},{place})"
            sheet.calculate(across(line, *columns), f'=IF({part}="","",{part})', amount)
        sheet.put(cell(line, Column.REASON), None, TEXT)
        sheet.height(line, 20)
    sheet.ignore("formula_differs", Area(row, _FIRST, total + len(sources), _LAST))
    return total + len(sources) + 1


def _write_targets(sheet: Sheet, row: int) -> int:
    sheet.put(Area(row, _FIRST, row + 1, Column.SECONDARY), "年度总体目标", HEADER)
    halves = (
        ("预期目标", "annual_target", (Column.NAME, Column.ACTUAL)),
        ("实际完成情况", "target_completion", (Column.UNIT, Column.REASON)),
    )
    for heading, field, columns in halves:
        sheet.put(across(row, *columns), heading, HEADER)
        sheet.show(across(row + 1, *columns), basic_name(field), replace(TEXT, valign="top"))
    sheet.height(row, 20)
    sheet.height(row + 1, 92)
    return row + 2


def _write_scores(sheet: Sheet, row: int, rubric: Rubric) -> int:
    sheet.put(across(row, _FIRST, Column.NAME), "自评得分", HEADER)
    headings = ((Column.NATURE, "分值"), (Column.TARGET, "得分"))
    for column, heading in headings:
        sheet.put(cell(row, column), heading, HEADER)
    sheet.put(across(row, Column.ACTUAL, Column.SCORE), "参考佐证材料名称", HEADER)
    sheet.put(cell(row, Column.REASON), "评分依据、未达标原因、改进措施", HEADER)
    sheet.height(row, 22)
    first = row + 1
    for place, indicator in enumerate(rubric.indicators):
        _write_score(sheet, first + place, indicator)
    row = first + len(rubric.indicators)
    sheet.show_first_words(down(Column.TARGET, first, row - 1), NO_SCORE_WORDS)
    bold = replace(HEADER, size=11)
    sheet.put(across(row, _FIRST, Column.NAME), "总分", bold)
    sheet.put(cell(row, Column.NATURE), rubric.points, bold)
    total = replace(CENTRED, size=11, bold=True, number_format=POINTS_FORMAT)
    sheet.put(cell(row, Column.TARGET), None, total, TOTAL)
    sheet.put(across(row, Column.ACTUAL, Column.SCORE), None, TEXT)
    sheet.put(cell(row, Column.REASON), None, TEXT)
    sheet.height(row, 24)
    row += 1
    line = grade_line(rubric, None)
    sheet.put(across(row, _FIRST, Column.NAME), "评价等级", bold)
    sheet.put(across(row, Column.NATURE, _LAST), line, replace(TEXT, size=11), GRADE)
    sheet.height(row, 24)
    return row + 1


def _write_score(sheet: Sheet, row: int, indicator: Indicator) -> None:
    """One first-level indicator; the row grows with its reason."""
    points = CENTRED
    if indicator.points_source.provenance is not Provenance.TEXT:
        points = replace(CENTRED, number_format=f'General"{_STAR}"')
    sheet.put(across(row, _FIRST, Column.NAME), indicator.name, TEXT)
    sheet.put(cell(row, Column.NATURE), indicator.points, points, points_name(indicator.id))
    score = replace(CENTRED, size=11, number_format=POINTS_FORMAT)
    sheet.put(cell(row, Column.TARGET), None, score, score_name(indicator.id))
    evidence = across(row, Column.ACTUAL, Column.SCORE)
    sheet.put(evidence, None, INPUT, evidence_name(indicator.id))
    sheet.put(cell(row, Column.REASON), None, TEXT, reason_name(indicator.id))
    sheet.leave_room(row, 28)


def _write_notes(sheet: Sheet, row: int, book: Book, rubric: Rubric) -> int:
    notes = [rubric.footnote]
    sources = (indicator.points_source.provenance for indicator in rubric.indicators)
    if any(source is not Provenance.TEXT for source in sources):
        notes.append(
            f"带{_STAR}的分值不是原文，系惯例或由其他数字算得，请对照当地通知核对；"
            f"依据见“{book.sheets['provenance']}”。"
        )
    for note in notes:
        sheet.put(across(row, _FIRST, _LAST), note, PLAIN)
        sheet.height(row, max(18, text_height(note, sum(_WIDTHS[:-1]), PLAIN.size)))
        row += 1
    name, most = companion_name("name"), INDICATOR_LINES
    count = f'COUNTIF({name},"?*")'
    words = f'"指标共"&{count}&"项，本表只列前{most}项，其余见“{book.sheets["companion"]}”。"'
    left_over = replace(PLAIN, bold=True)
    sheet.calculate(across(row, _FIRST, _LAST), f'=IF({count}>{most},{words},"")', left_over)
    sheet.height(row, 18)
    return row + 1


def _write_list(sheet: Sheet, row: int, book: Book) -> int:
    """The indicators in use; returns the last row."""
    for column, shown in _LIST.items():
        sheet.put(cell(row, column), shown.heading, HEADER)
    sheet.put(cell(row, Column.PLACE), "行号", QUIET)
    sheet.height(row, 24)
    first, last = row + 1, row + INDICATOR_LINES
    for line in range(first, last + 1):
        above = "" if line == first else _place_in(line - 1)
        quiet = replace(QUIET, align="center")
        sheet.calculate(cell(line, Column.PLACE), _next_place(above), quiet)
        for column, shown in _LIST.items():
            formula = _cell_formula(shown.field, _place_in(line))
            sheet.calculate(cell(line, column), formula, replace(shown.style, border=0))
        sheet.leave_room(line, 27)
    body = Area(first, _FIRST, last, _LAST)
    sheet.frame_where_filled(body, Column.PLACE)
    sheet.show_first_words(down(Column.SCORE, first, last), NO_SCORE_WORDS)
    return last


def _next_place(above: str) -> str:
    """The place in 指标表 of the next row that has a name; empty after the last of them."""
    names = companion_name("name")
    if not above:
        return f'=IFERROR(MATCH("?*",{names},0),"")'
    rest = f"INDEX({names},{above}+1):INDEX({names},ROWS({names}))"
    return f'=IFERROR({above}+MATCH("?*",{rest},0),"")'


def _cell_formula(field: str, place: str) -> str:
    found = f"INDEX({companion_name(field)},{place})"
    value, blank = found, '""'
    if field in _DATED:
        # A formula takes over the number, not the format that makes a date or a percentage of it.
        # Calc tells percentages only; of Excel's dates the built-in formats (unproven).
        letter = f'LEFT(CELL("format",{found}),1)'
        percent = f'IF({letter}="P",TEXT({found},"0.00%"),{found})'
        value = f'IF({letter}="D",TEXT({found},"yyyy-mm-dd"),{percent})'
    if field == "actual":
        # What a 定性 row has in place of a measurement.
        level = f"INDEX({companion_name('level')},{place})"
        blank = f'IF({level}="","",{level})'
    return f'=IF({place}="","",IF({found}="",{blank},{value}))'


def _place_in(row: int) -> str:
    """The cell of 行号 in a row, as a formula of that row names it."""
    return f"${column_letters(Column.PLACE + 1)}{row + 1}"
