"""审核意见 as a workbook: the findings, the files, the checks; texts from outside stay texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from jixiao.ooxml.text_height import text_height
from jixiao.review.check import Check
from jixiao.review.finding import Finding, Severity
from jixiao.review.reviewing import FileReview
from jixiao.review.table import CHECKS
from jixiao.review.telling import by_severity, counted, recognised

# Nothing that stands in a stranger's file becomes a formula or a link.
_TEXTS_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same findings give the same bytes, so that writing them again keeps no backup.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST_TEXT = 32_000  # Excel's cells take 32,767 characters
_FONT = "宋体"
_SIZE = 10
_HIGHEST_ROW = 409
_TINTS = {Severity.ERROR: "#FBE3E0", Severity.WARNING: "#FFF6DD"}


class _Column(NamedTuple):
    heading: str
    width: float
    is_centred: bool = False


_FINDINGS = (
    _Column("文件", 26),
    _Column("工作表", 12),
    _Column("单元格", 8, True),
    _Column("指标或行", 20),
    _Column("代码", 6, True),
    _Column("级别", 6, True),
    _Column("事项", 14),
    _Column("现为", 11, True),
    _Column("应为", 11, True),
    _Column("说明和处理办法", 62),
    _Column("核实情况", 16),
)
_FILES = (
    _Column("文件", 34),
    _Column("识别到的表", 44),
    _Column("评分标准", 24),
    _Column("错误", 7, True),
    _Column("提醒", 7, True),
    _Column("说明", 60),
)
_CHECKS = (
    _Column("代码", 7, True),
    _Column("级别", 7, True),
    _Column("事项", 20),
    _Column("依据", 64),
    _Column("依据类别", 16, True),
)


def opinion_workbook(reviews: Sequence[FileReview]) -> bytes:
    """The bytes of the workbook."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _TEXTS_ONLY) as book:
        book.set_properties({"title": "审核意见", "created": _CREATED})
        sheets = _Sheets(book)
        titles = {check.code: check.title for check in CHECKS}
        rows = [
            (finding.severity, _finding_cells(review, finding, titles))
            for review in reviews
            for finding in by_severity(review.findings)
        ]
        sheets.add("审核意见", _FINDINGS, rows)
        sheets.add("文件", _FILES, [(None, _file_cells(review)) for review in reviews])
        sheets.add("检查项目", _CHECKS, [(None, _check_cells(check)) for check in CHECKS])
    return out.getvalue()


def _finding_cells(review: FileReview, finding: Finding, titles: dict[str, str]) -> list[str]:
    return [
        review.file.name,
        finding.sheet,
        finding.cell,
        finding.row,
        finding.code,
        finding.severity.label,
        titles.get(finding.code, ""),
        finding.found,
        finding.expected,
        finding.message,
        "",
    ]


def _file_cells(review: FileReview) -> list[str | int]:
    errors = sum(1 for finding in review.findings if finding.severity is Severity.ERROR)
    told = "\n".join(review.notes) or counted(review.findings)
    standards = [rubric or "未认出" for rubric in review.rubrics]
    return [
        str(review.file),
        "\n".join(recognised(form) for form in review.forms),
        "\n".join(dict.fromkeys(standards)),
        errors,
        len(review.findings) - errors,
        f"读不了：{review.fault}" if review.fault else told,
    ]


def _check_cells(check: Check) -> list[str]:
    return [check.code, check.severity.label, check.title, check.words, check.provenance.label]


def _height(cells: Sequence[str | int], columns: Sequence[_Column]) -> float:
    needed = (
        text_height(str(cell), column.width, _SIZE)
        for cell, column in zip(cells, columns, strict=True)
    )
    return min(max(needed), _HIGHEST_ROW)


class _Sheets:
    """The sheets of a workbook, all laid out alike."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[bool, str], Any] = {}
        self._heading = book.add_format(
            {
                "font_name": _FONT,
                "font_size": _SIZE,
                "bold": True,
                "bg_color": "#DDE7F0",
                "border": 1,
                "border_color": "#BFBFBF",
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )

    def add(
        self,
        name: str,
        columns: Sequence[_Column],
        rows: Sequence[tuple[Severity | None, Sequence[str | int]]],
    ) -> None:
        """A sheet with a heading that stays, a filter, and pages of one width."""
        sheet = self._book.add_worksheet(name)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, self._heading)
        sheet.set_row(0, 24)
        for line, (severity, cells) in enumerate(rows, 1):
            sheet.set_row(line, _height(cells, columns))
            for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
                look = self._look(column.is_centred, _TINTS[severity] if severity else "")
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell, look)
                elif cell:
                    sheet.write_string(line, place, cell[:_LONGEST_TEXT], look)
                else:
                    sheet.write_blank(line, place, None, look)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{name}&R第&P页，共&N页")

    def _look(self, is_centred: bool, tint: str) -> Any:
        key = (is_centred, tint)
        if key not in self._formats:
            look = {
                "font_name": _FONT,
                "font_size": _SIZE,
                "text_wrap": True,
                "valign": "top",
                "align": "center" if is_centred else "left",
                "border": 1,
                "border_color": "#BFBFBF",
            }
            self._formats[key] = self._book.add_format(
                {**look, "bg_color": tint} if tint and is_centred else look
            )
        return self._formats[key]
