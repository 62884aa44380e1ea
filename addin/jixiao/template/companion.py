"""指标完成情况表: the companion table (附件3 的附件), one row for each performance indicator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jixiao.scoring.companion import ROWS_OF_A_KIND
from jixiao.scoring.natures import Nature
from jixiao.scoring.rubric import CompanionGroup, Rubric
from jixiao.scoring.rules import Completion
from jixiao.scoring.subject import Subject
from jixiao.template.area import Area, across, cell, down
from jixiao.template.book import Book, Sheet
from jixiao.template.styles import (
    ASIDE_FILL,
    HEADER,
    INPUT,
    INPUT_CENTRED,
    MACHINE,
    PERCENT_FORMAT,
    PLAIN,
    POINTS_FORMAT,
    QUIET,
    TAB_INPUT,
    TEXT_FORMAT,
    TITLE,
    Style,
)
from jixiao.template.validation import Check, amount_check, list_check, share_check
from jixiao.workbook.formulas import NO_SCORE_WORDS
from jixiao.workbook.names import (
    COMPANION_COLUMNS,
    SCORED_COLUMNS,
    Column,
    basic_name,
    companion_name,
    short_column_name,
)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a column is shown: width, style of its cells, and the line of advice above it."""

    width: float
    style: Style
    advice: str


_PERCENT = replace(INPUT_CENTRED, number_format=PERCENT_FORMAT)
_POINTS = replace(INPUT_CENTRED, number_format=POINTS_FORMAT)

_LOOKS = {
    "kind": _Look(7, INPUT_CENTRED, "已填，可改"),
    "primary": _Look(11, INPUT, "照绩效目标表"),
    "secondary": _Look(12, INPUT, "照绩效目标表"),
    "name": _Look(30, INPUT, "一行一个指标；本格空白的行不计分"),
    # "=" alone is a text only in a cell that is formatted as text.
    "nature": _Look(9, replace(INPUT_CENTRED, number_format=TEXT_FORMAT), "空白按≥；不得超过的选≤"),
    "target": _Look(12, INPUT_CENTRED, "数字或日期，不带单位、符号"),
    "unit": _Look(9, INPUT_CENTRED, "个、次、%等"),
    "actual": _Look(12, INPUT_CENTRED, "与目标值同单位；没有的填0"),
    "rate": _Look(10, replace(MACHINE, number_format=PERCENT_FORMAT), "程序写"),
    "points": _Look(8, _POINTS, "全空则平均分；要填就逐行填"),
    "score": _Look(8, replace(MACHINE, number_format=POINTS_FORMAT), "程序写"),
    "reason": _Look(30, INPUT, "未完成或明显超额的，说明原因"),
    "level": _Look(24, INPUT_CENTRED, "性质为“定性”时选"),
    "share": _Look(12, _PERCENT, "定性时填，须在所选档次之内"),
    "hand_score": _Look(9, _POINTS, "只在程序提示“待评”时填"),
    "basis": _Look(28, INPUT, "定性或填了人工得分时必填"),
    "settled_points": _Look(9, replace(MACHINE, number_format=POINTS_FORMAT), "程序写"),
    "remark": _Look(20, INPUT, "自用，程序不读"),
}
# What a table of projects prints above a column where it differs from a department's.
_PROJECT_HEADINGS = {"reason": "偏差原因分析及改进措施"}
# Whose table it is: the label and the cell that says it.
_OWNERS = {
    Subject.DEPARTMENT: ("填报单位：", "department"),
    Subject.PROJECT: ("项目名称：", "project_name"),
}
_PRINTED = 12
_LAST_PRINTED, _LAST = _PRINTED - 1, len(COMPANION_COLUMNS) - 1
_ADVICE, _TITLE, _UNIT, _HEADER, _FIRST = range(5)


def write_companion(book: Book, rubric: Rubric) -> None:
    """Write the sheet: advice (not printed), title, headings, the rows of each kind."""
    widths = [_width(column, rubric) for column in COMPANION_COLUMNS]
    sheet = book.sheet("companion", TAB_INPUT, widths)
    _write_head(sheet, rubric)
    # A standard without companion indicators still has the table: the names must be there.
    groups = rubric.companion_groups or (CompanionGroup("", "", "", ROWS_OF_A_KIND),)
    rows = [group for group in groups for _ in range(group.rows)]
    last = _FIRST + len(rows) - 1
    for place, column in enumerate(COMPANION_COLUMNS):
        style = _style(place, column)
        formula = book.formulas.companion.get(column.field)
        for row, group in enumerate(rows, _FIRST):
            if formula is not None:
                sheet.calculate(cell(row, place), formula, style)
                continue
            sheet.put(cell(row, place), _prefilled(group, column.field), style)
        area = down(place, _FIRST, last)
        sheet.name(area, companion_name(column.field))
        if book.formulas.results and column.field in SCORED_COLUMNS:
            sheet.name(area, short_column_name(column.field))
        check = _check(column, rubric)
        if check is not None:
            sheet.validate(area, check)
    _finish(sheet, last)


def _width(column: Column, rubric: Rubric) -> float:
    """Wide enough for what is prefilled: a Chinese character is two wide."""
    texts = (_prefilled(group, column.field) or "" for group in rubric.companion_groups)
    return max(_LOOKS[column.field].width, *(2 * len(text) + 1 for text in texts))


def _prefilled(group: CompanionGroup, field: str) -> str | None:
    if field == "nature":
        return Nature.AT_LEAST.value
    return getattr(group, field) if field in {"kind", "primary", "secondary"} else None


def _finish(sheet: Sheet, last: int) -> None:
    fields = [column.field for column in COMPANION_COLUMNS]
    body = Area(_FIRST, 0, last, _LAST)
    sheet.show_first_words(down(fields.index("score"), _FIRST, last), NO_SCORE_WORDS)
    # The prefilled words of an unused row are there to be chosen from, not to be read.
    sheet.fade_where_blank(body, fields.index("name"))
    sheet.ignore("number_stored_as_text", body)
    sheet.freeze(_FIRST, fields.index("name") + 1)
    sheet.print_on(Area(_TITLE, 0, last, _LAST_PRINTED), landscape=True, repeated_row=_HEADER)
    sheet.zoom(90)


def _write_head(sheet: Sheet, rubric: Rubric) -> None:
    for place, column in enumerate(COMPANION_COLUMNS):
        advice = replace(MACHINE, size=QUIET.size, colour=QUIET.colour)
        sheet.put(cell(_ADVICE, place), _LOOKS[column.field].advice, advice)
        fill = HEADER.fill if place < _PRINTED else ASIDE_FILL
        head = replace(HEADER, fill=fill, left_border=_left_border(place))
        sheet.put(cell(_HEADER, place), _heading(column, rubric), head)
    sheet.height(_ADVICE, 50)
    title = f"{rubric.subject}绩效{rubric.subject.companion_table}"
    sheet.put(across(_TITLE, 0, _LAST_PRINTED), title, TITLE)
    sheet.height(_TITLE, 30)
    half = _PRINTED // 2
    label, owner = _OWNERS[rubric.subject]
    # The label has a cell of its own: LibreOffice works a formula out on loading only where the
    # file holds no result for it.
    sheet.put(across(_UNIT, 0, 1), label, PLAIN)
    sheet.show(across(_UNIT, 2, half - 1), basic_name(owner), PLAIN)
    right = replace(PLAIN, align="right")
    period = f"（{rubric.period}）" if rubric.period else ""
    sheet.put(across(_UNIT, half, _LAST_PRINTED), period, right)
    aside = replace(HEADER, fill=ASIDE_FILL, border=0)
    sheet.put(across(_UNIT, _PRINTED, _LAST), "填报辅助栏（不打印）", aside)
    sheet.height(_UNIT, 20)
    sheet.height(_HEADER, 30)


def _heading(column: Column, rubric: Rubric) -> str:
    if rubric.subject is Subject.PROJECT:
        return _PROJECT_HEADINGS.get(column.field, column.heading)
    return column.heading


def _style(place: int, column: Column) -> Style:
    style = _LOOKS[column.field].style
    return replace(style, left_border=_left_border(place))


def _left_border(place: int) -> int:
    """A double line parts the printed table from the columns that help to fill it in."""
    return 6 if place == _PRINTED else 1


def _check(column: Column, rubric: Rubric) -> Check | None:
    """Nothing for targets and actuals: numbers, dates and words are all in use there."""
    match column.field:
        case "kind":
            return list_check(column.heading, rubric.companion_kinds)
        case "nature":
            # The program understands more spellings (不低于, >=), so others only raise a question.
            return list_check(column.heading, [nature.value for nature in Nature], strict=False)
        case "level":
            return list_check(column.heading, _levels(rubric))
        case "share":
            return share_check(column.heading)
        case "points" | "hand_score":
            return amount_check(column.heading, "分")
    return None


def _levels(rubric: Rubric) -> list[str]:
    rules = [row.rule for row in rubric.indicators if isinstance(row.rule, Completion)]
    return list(dict.fromkeys(level.name for rule in rules for level in rule.levels))
