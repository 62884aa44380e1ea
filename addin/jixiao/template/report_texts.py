"""报告文字: a cell for each section of the Word report, with what belongs there."""

from __future__ import annotations

from dataclasses import replace

from jixiao.reports.outline import Section, outline_of
from jixiao.scoring.rubric import Rubric
from jixiao.template.area import Area, across, cell
from jixiao.template.book import Book, Sheet
from jixiao.template.styles import HEADER, INPUT, QUIET, SECTION, TAB_INPUT, TEXT, TITLE
from jixiao.workbook.names import report_text_name

_HEADING, _TEXT, _HELP = range(3)
_WIDTHS = (30.0, 84.0, 34.0)
_HEADINGS = ("章节", "文字（一段一行，按 Alt+回车 换行）", "写什么")
_ADVICE = (
    "这里的文字写进 Word 报告的同名章节。预算、得分、等级、指标完成情况等数字由程序从本工作簿取，"
    "不必重复；空着的章节在报告里标“〔待补充〕”。文字长的，行高会显示不全，不影响报告。"
)
_HEADER = 2
_ROOM = 62


def write_report_texts(book: Book, rubric: Rubric) -> None:
    """Write the sheet: the headings of the report in their order, a yellow cell below each."""
    outline = outline_of(rubric.subject)
    sheet = book.sheet("report", TAB_INPUT, _WIDTHS)
    sheet.put(across(0, _HEADING, _HELP), f"{outline.title}：报告文字", TITLE)
    sheet.height(0, 34)
    sheet.put(across(1, _HEADING, _HELP), _ADVICE, QUIET)
    sheet.height(1, 30)
    sheet.header(_HEADER, _HEADINGS, 24)
    row = _HEADER + 1
    for heading in outline.headings:
        if heading.section is None:
            sheet.put(across(row, _HEADING, _HELP), heading.text, replace(SECTION, size=11))
            sheet.height(row, 24)
        else:
            _write_section(sheet, row, heading.text, heading.section)
        row += 1
    sheet.freeze(_HEADER + 1)
    sheet.print_on(Area(0, _HEADING, row - 1, _HELP), landscape=True, repeated_row=_HEADER)
    sheet.zoom(110)


def _write_section(sheet: Sheet, row: int, text: str, section: Section) -> None:
    sheet.put(cell(row, _HEADING), text, replace(HEADER, align="left"))
    words = replace(INPUT, valign="top")
    sheet.put(cell(row, _TEXT), None, words, report_text_name(section.id))
    sheet.put(cell(row, _HELP), section.help, replace(TEXT, size=9))
    sheet.leave_room(row, _ROOM)
