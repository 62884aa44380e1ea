"""The first sheet of the summary: what there is, how it came out, what is found most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.batch.finding_names import name_of
from jixiao.batch.long_sheet import Cell, Formats, put
from jixiao.batch.results import Counts, League, Results
from jixiao.batch.statistics import Statistics, most_frequent
from jixiao.review.finding import Severity

GRADES = ("优", "良", "中", "差")

_MOST_CHARTED = 4
_MOST_FINDINGS = 15
_COLOURS = ("#5B8FC7", "#E0A03C", "#4E8F5A", "#B0605C")
_CHART_COLUMN = 4
_CHART_ROWS = 16


def write_overview(
    book: Workbook,
    sheet: Worksheet,
    formats: Formats,
    results: Results,
    leagues: Sequence[League],
    statistics: Sequence[Statistics],
) -> None:
    """Write the sheet; ``statistics`` go with ``leagues``."""
    for column, width in enumerate((46, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12)):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    page = _Page(book, sheet, formats)
    page.section("批量评分汇总")
    for label, count in count_lines(results.counts()):
        page.row((label, count))
    page.skip(1)
    _leagues(page, leagues, statistics)
    for league, counted in list(zip(leagues, statistics, strict=True))[:_MOST_CHARTED]:
        _distribution(page, league, counted)
    _findings(page, statistics)


def count_lines(counts: Counts) -> tuple[tuple[str, int], ...]:
    """What there is, in words, for the first sheet and the head of the page."""
    return (
        ("文件", counts.files),
        ("其中：未能读取（见“未能读取”）", counts.unread),
        ("其中：本程序的汇总，没有计入", counts.summaries),
        ("自评表", counts.tables),
        ("其中：有总分", counts.with_total),
        ("其中：没有总分（见各排名表下部）", counts.tables - counts.with_total),
    )


class _Page:
    """The sheet, and the row that is written next."""

    def __init__(self, book: Workbook, sheet: Worksheet, formats: Formats) -> None:
        self.book, self.sheet, self.formats = book, sheet, formats
        self.next = 0

    def section(self, title: str) -> None:
        put(self.sheet, self.next, 0, title, self.formats["section"])
        self.next += 1

    def heading(self, words: Sequence[str]) -> None:
        for column, word in enumerate(words):
            put(self.sheet, self.next, column, word, self.formats["header"])
        self.next += 1

    def row(self, cells: Sequence[Cell], form: str = "centred") -> None:
        for column, value in enumerate(cells):
            name = "text" if column == 0 else form
            put(self.sheet, self.next, column, value, self.formats[name])
        self.next += 1

    def skip(self, rows: int) -> None:
        self.next += rows

    def chart(self, kind: str, title: str, first: int, colour: str, value_column: int = 1) -> None:
        """Put a chart of the rows since ``first`` beside them."""
        name, last = self.sheet.get_name(), self.next - 1
        chart = self.book.add_chart({"type": kind})
        chart.add_series(
            {
                "categories": [name, first, 0, last, 0],
                "values": [name, first, value_column, last, value_column],
                "fill": {"color": colour},
                "gap": 30,
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        if kind == "bar":
            chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
        chart.set_size({"width": 640, "height": 20 * _CHART_ROWS - 20})
        self.sheet.insert_chart(first - 1, _CHART_COLUMN, chart)


def _leagues(page: _Page, leagues: Sequence[League], statistics: Sequence[Statistics]) -> None:
    page.section("各排名表")
    page.heading(("排名表", "表数", "参加排名", "平均总分*", "中位数", "最高", "最低", *GRADES))
    for league, counted in zip(leagues, statistics, strict=True):
        page.row(
            (
                f"{league.number} {league.title}",
                counted.tables,
                counted.totals.total(),
                counted.mean_total,
                counted.median_total,
                max(counted.totals, default=None),
                min(counted.totals, default=None),
                *(counted.grades[grade] for grade in GRADES),
            )
        )
    page.row(("* 平均分四舍五入到0.01，其余是原数。等级：程序评分的由总分定，其他为表上所勾选。",))
    page.skip(1)


def _distribution(page: _Page, league: League, counted: Statistics) -> None:
    if not counted.totals:
        return
    page.section(f"{league.number} {league.title}：总分分布")
    page.heading(("总分", "表数"))
    first = page.next
    for span, count in counted.distribution:
        page.row((span, count))
    colour = _COLOURS[(league.number - 1) % len(_COLOURS)]
    page.chart("column", f"总分分布：{league.title}", first, colour)
    page.skip(max(1, _CHART_ROWS - (page.next - first)))


def _findings(page: _Page, statistics: Sequence[Statistics]) -> None:
    added: Counter[tuple[str, Severity]] = Counter()
    for counted in statistics:
        added.update(counted.findings)
    page.section("最常见的问题")
    page.heading(("问题", "涉及表数", "级别"))
    first = page.next
    for code, severity, times in most_frequent(added)[:_MOST_FINDINGS]:
        page.row((name_of(code, severity), times, severity.label))
    if page.next > first:
        page.chart("bar", "最常见的问题（涉及表数）", first, _COLOURS[3])
