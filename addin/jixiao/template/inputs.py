"""基础数据: every other input of the rubric, grouped by the indicator that needs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from jixiao.scoring.inputs import InputKind, InputSpec
from jixiao.scoring.rubric import HAND_BASIS, HAND_SCORE, Indicator, Rubric
from jixiao.scoring.score import Status
from jixiao.template.area import Area, across, cell, down
from jixiao.template.book import Book, Sheet
from jixiao.template.styles import (
    AMOUNT_FORMAT,
    CENTRED,
    GREY,
    INPUT,
    INPUT_CENTRED,
    PERCENT_FORMAT,
    PROGRAM_FILL,
    QUIET,
    RARE_INPUT_FILL,
    TAB_INPUT,
    TALL,
    TALL_CENTRED,
    TEXT,
    TITLE,
    Style,
)
from jixiao.template.validation import check_of
from jixiao.workbook.names import input_name, remark_name


class Column(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    INDICATOR = 1
    LABEL = 2
    VALUE = 3
    UNIT = 4
    HELP = 5
    REMARK = 6


_HEADINGS = ("序号", "三级指标", "填报项目", "填报数", "单位", "填报要求", "备注")
_WIDTHS = (6, 26, 38, 20, 7, 50, 20)
_LAST = Column.REMARK
_HEADER = 2

_MONTHS = 12
_FORMATS = {
    InputKind.AMOUNT: AMOUNT_FORMAT,
    InputKind.RATE: PERCENT_FORMAT,
    InputKind.SHARE: PERCENT_FORMAT,
}
_RARE = replace(TEXT, size=9, colour=GREY, fill="")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet: an input, or one of the cells that it spans."""

    spec: InputSpec
    place: int

    @property
    def label(self) -> str:
        """The item with its month, where the input spans several cells."""
        if self.spec.cells == 1:
            return self.spec.label
        period = f"{self.place + 1}月" if self.spec.cells == _MONTHS else f"第{self.place + 1}期"
        return f"{self.spec.label}：{period}"


def is_rare(spec: InputSpec) -> bool:
    """Whether an input waits for the program to ask for a score by hand."""
    return spec.id.endswith((HAND_SCORE, HAND_BASIS))


def write_inputs(book: Book, rubric: Rubric) -> None:
    """Write the sheet."""
    sheet = book.sheet("inputs", TAB_INPUT, _WIDTHS)
    sheet.put(across(0, 0, _LAST), "基础数据", TITLE)
    sheet.height(0, 32)
    advice = (
        f"只填黄色格。没有发生的填0；空白表示未填，不当作0。"
        f"灰色小字的“人工评分”两行仅在程序提示“{Status.NEEDS_JUDGEMENT.label}”时填。"
    )
    sheet.put(across(1, 0, _LAST), advice, QUIET)
    sheet.height(1, 20)
    sheet.header(_HEADER, _HEADINGS, 24)
    row = _HEADER + 1
    hint = f"由“{book.sheets['companion']}”的各行计算，不在此填报。"
    for indicator in rubric.indicators:
        row = _write_indicator(sheet, row, indicator, hint)
    sheet.freeze(_HEADER + 1)
    sheet.print_on(Area(0, 0, row - 1, _LAST), landscape=True, repeated_row=_HEADER)
    sheet.zoom(100)


def _write_indicator(sheet: Sheet, row: int, indicator: Indicator, hint: str) -> int:
    lines = tuple(_lines(indicator))
    last = row + max(len(lines), 1) - 1
    number, name = (TALL_CENTRED, TALL) if last > row else (CENTRED, TEXT)
    sheet.put(down(Column.NUMBER, row, last), indicator.number, number)
    sheet.put(down(Column.INDICATOR, row, last), indicator.name, name)
    if not lines:
        fixed = replace(TEXT, size=9, colour=GREY, fill=PROGRAM_FILL)
        sheet.put(across(row, Column.LABEL, _LAST), hint, fixed)
        sheet.height(row, 30)
        return row + 1
    for place, line in enumerate(lines):
        _write_line(sheet, row + place, line)
    return last + 1


def _lines(indicator: Indicator) -> Iterator[_Line]:
    for spec in indicator.inputs:
        for place in range(spec.cells):
            yield _Line(spec, place)


def _write_line(sheet: Sheet, row: int, line: _Line) -> None:
    spec = line.spec
    words = _RARE if is_rare(spec) else TEXT
    label = f"{line.label}（仅在程序提示“待评”时填）" if is_rare(spec) else line.label
    sheet.put(cell(row, Column.LABEL), label, words)
    sheet.put(cell(row, Column.VALUE), spec.default, value_style(spec))
    sheet.put(cell(row, Column.UNIT), spec.unit, replace(words, align="center"))
    if line.place == 0:
        _write_once(sheet, row, spec)


def _write_once(sheet: Sheet, row: int, spec: InputSpec) -> None:
    """What an input has once, however many cells it spans: names, check, advice, remark."""
    last = row + spec.cells - 1
    values = down(Column.VALUE, row, last)
    sheet.name(values, input_name(spec.id))
    check = check_of(spec)
    if check is not None:
        sheet.validate(values, check)
    advice = replace(TALL if spec.cells > 1 else TEXT, size=9, colour=GREY)
    sheet.put(down(Column.HELP, row, last), spec.help, advice)
    remark = replace(INPUT, size=9, fill=RARE_INPUT_FILL)
    sheet.put(down(Column.REMARK, row, last), None, remark, remark_name(spec.id))


def value_style(spec: InputSpec) -> Style:
    """The look of the cell that an input is typed into."""
    base = INPUT if spec.kind is InputKind.TEXT else INPUT_CENTRED
    fill = RARE_INPUT_FILL if is_rare(spec) else INPUT.fill
    return replace(base, fill=fill, number_format=_FORMATS.get(spec.kind, base.number_format))
