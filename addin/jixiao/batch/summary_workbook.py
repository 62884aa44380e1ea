"""The summary as a workbook: league tables, findings, statistics with charts.

Written from the journal in one pass a league, with XlsxWriter's constant memory: each row goes to
disk as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook

from jixiao.batch.assessment import Head
from jixiao.batch.long_sheet import (
    MOST_ROWS,
    Cell,
    Column,
    Formats,
    Heading,
    LongSheet,
    Sheets,
)
from jixiao.batch.overview import Page, write_overview
from jixiao.batch.results import League, Ranked, Results
from jixiao.batch.statistics import RATES, Statistics
from jixiao.review.finding import Severity
from jixiao.scoring.numbers import plain
from jixiao.workbook import names

_LOW, _MIDDLE, _HIGH = "#F8B4A8", "#FFF3C4", "#A9D8B0"
_TALL = 96
"""The row of headings, where long names of indicators stand in narrow columns."""

_FEW, _MANY = "#FFFFFF", "#5B8FC7"

_BEFORE_SCORES = (
    Column("排名", 6, "centred"),
    Column("单位", 26),
    Column("总分", 8, "points"),
    Column("等级", 6, "centred"),
    Column("错误", 6, "centred"),
    Column("提醒", 6, "centred"),
)
_AFTER_SCORES = (Column("没有排名的原因", 30), Column("文件", 40), Column("工作表", 14))

_FINDINGS = (
    Column("单位", 26),
    Column("文件", 34),
    Column("级别", 6, "centred"),
    Column("编号", 6, "centred"),
    Column("工作表", 14),
    Column("单元格", 8, "centred"),
    Column("行", 24),
    Column("现为", 16),
    Column("应为", 16),
    Column("说明", 80),
)

_SINGLE_SCORES = (
    Column("单位", 26),
    Column("文件", 40),
    Column("工作表", 14),
    Column("序号", 6, "centred"),
    Column("一级指标", 16),
    Column("二级指标", 16),
    Column("三级指标", 40),
    Column("分值", 8, "points"),
    Column("得分", 8, "points"),
)

_STATISTICS = (
    Column("层级", 10, "centred"),
    Column("指标", 40),
    Column("分值", 8, "points"),
    Column("有得分的表数", 9, "centred"),
    Column("平均分（四舍五入到0.01）", 11, "points"),
    Column("中位数", 8, "points"),
    Column("最低", 8, "points"),
    Column("最高", 8, "points"),
    Column("得分率（平均分÷分值）", 11, "percent"),
    *(Column(f"得分率{name}的占比", 11, "percent") for name in RATES),
)
_RATE_COLUMN = 8


def write_workbook(results: Results, path: Path, most_rows: int = MOST_ROWS) -> None:
    """Write the summary of all results."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(str(path), options) as book:
        _Writer(book, results, most_rows).write()


class _Writer:
    def __init__(self, book: Workbook, results: Results, most_rows: int) -> None:
        self._book, self._results = book, results
        self._into = Sheets(book, Formats(book), most_rows)
        self._leagues = results.leagues()

    def write(self) -> None:
        overview = self._book.add_worksheet("概况")
        self._book.define_name(names.SUMMARY, "=概况!$A$1")
        tables = [self._league_sheet(league) for league in self._leagues]
        findings = self._sheet("问题", "问题清单", _FINDINGS)
        unread = self._sheet("未能读取", "未能读取的文件", (Column("文件", 60), Column("原因", 80)))
        mixed = any(not league.layout.heads for league in self._leagues)
        singles = self._sheet("逐项得分", "各表逐项得分", _SINGLE_SCORES) if mixed else None
        statistics = []
        for league, table in zip(self._leagues, tables, strict=True):
            counted = Statistics(league.layout)
            for ranked in self._results.ranked(league):
                table.add(_league_row(ranked, league.layout.heads))
                for row in _finding_rows(ranked):
                    findings.add(row)
                if singles is not None and not league.layout.heads:
                    for row in _single_rows(ranked):
                        singles.add(row)
                counted.add(ranked.table, is_ranked=ranked.rank is not None)
            _colour_scores(table, league.layout.heads)
            table.close()
            statistics.append(counted)
        for file, reason in self._results.unread():
            unread.add((file, reason))
        for sheet in (findings, unread, *filter(None, (singles,))):
            sheet.close()
        for league, counted in zip(self._leagues, statistics, strict=True):
            if league.layout.heads:
                self._statistics_sheet(league, counted)
        page = Page(self._into, overview)
        write_overview(page, self._results.counts(), self._leagues, statistics)

    def _sheet(self, name: str, title: str, columns: Sequence[Column]) -> LongSheet:
        return LongSheet(self._into, Heading(name, title, columns))

    def _league_sheet(self, league: League) -> LongSheet:
        scores = [
            Column(f"{head.number} {head.name}{_points_words(head)}", 8, "points")
            for head in league.layout.heads
        ]
        columns = (*_BEFORE_SCORES, *scores, *_AFTER_SCORES)
        name = self._numbered("排名", league)
        return LongSheet(self._into, Heading(name, league.title, columns, _TALL if scores else 45))

    def _numbered(self, name: str, league: League) -> str:
        return name if len(self._leagues) == 1 else f"{name}{league.number}"

    def _statistics_sheet(self, league: League, counted: Statistics) -> None:
        name = self._numbered("统计", league)
        table = self._sheet(name, f"{league.title}：各指标、各板块得分统计", _STATISTICS)
        for row in counted.rows():
            table.add(row)
        sheet, last = table.sheets[0]
        table.close()
        if last < 2:
            return
        rate, first_class, last_class = _RATE_COLUMN, _RATE_COLUMN + 1, len(_STATISTICS) - 1
        sheet.conditional_format(2, rate, last, rate, _scale(_LOW, _MIDDLE, _HIGH))
        sheet.conditional_format(2, first_class, last, last_class, _shares())
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": [name, 2, 1, last, 1],
                "values": [name, 2, rate, last, rate],
                "fill": {"color": _MANY},
                "gap": 40,
            }
        )
        chart.set_title({"name": "得分率", "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
        chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%"})
        chart.set_size({"width": 720, "height": 60 + 22 * (last - 1)})
        sheet.insert_chart(2, len(_STATISTICS) + 1, chart)


def _points_words(head: Head) -> str:
    return "" if head.points is None else f"（{plain(head.points)}分）"


def _league_row(ranked: Ranked, heads: Sequence[Head]) -> tuple[Cell, ...]:
    table = ranked.table
    errors = sum(finding.severity is Severity.ERROR for finding in table.findings)
    return (
        ranked.rank,
        table.unit,
        table.total,
        table.grade,
        errors,
        len(table.findings) - errors,
        *(table.scores if heads else ()),
        table.reason,
        ranked.path,
        table.sheet,
    )


def _finding_rows(ranked: Ranked) -> Iterator[tuple[Cell, ...]]:
    for finding in ranked.table.findings:
        yield (
            ranked.table.unit,
            ranked.path,
            finding.severity.label,
            finding.code,
            finding.sheet,
            finding.cell,
            finding.row,
            finding.found,
            finding.expected,
            finding.message,
        )


def _single_rows(ranked: Ranked) -> Iterator[tuple[Cell, ...]]:
    table = ranked.table
    for head, score in zip(table.layout.heads, table.scores, strict=True):
        where = (table.unit, ranked.path, table.sheet)
        yield (*where, head.number, head.primary, head.secondary, head.name, head.points, score)


def _colour_scores(table: LongSheet, heads: Sequence[Head]) -> None:
    """Make a heat map of the scores: each from nothing to the points of its own column."""
    for sheet, last in table.sheets:
        for place, head in enumerate(heads, len(_BEFORE_SCORES)):
            if head.points and last >= 2:
                scale = _scale(_LOW, _MIDDLE, _HIGH, float(head.points))
                sheet.conditional_format(2, place, last, place, scale)


def _scale(low: str, middle: str, high: str, most: float = 1) -> dict[str, object]:
    return {
        "type": "3_color_scale",
        "min_type": "num",
        "mid_type": "num",
        "max_type": "num",
        "min_value": 0,
        "mid_value": most * 0.8,
        "max_value": most,
        "min_color": low,
        "mid_color": middle,
        "max_color": high,
    }


def _shares() -> dict[str, object]:
    return {
        "type": "2_color_scale",
        "min_type": "num",
        "max_type": "num",
        "min_value": 0,
        "max_value": 1,
        "min_color": _FEW,
        "max_color": _MANY,
    }
