"""The first sheet of the summary: what there is, how it came out, what is found most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from jixiao.batch.finding_names import name_of
from jixiao.batch.long_sheet import Cell, Sheets, lay_out_for_print, put
from jixiao.batch.results import Counts, League
from jixiao.batch.statistics import Statistics, most_frequent
from jixiao.review.finding import Severity

GRADES = ("优", "良", "中", "差")

_WIDTHS = (56, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12)
_MOST_CHARTED = 4
_MOST_FINDINGS = 15
_COLOURS = ("#5B8FC7", "#E0A03C", "#4E8F5A", "#B0605C")
_CHART_COLUMN = 4
_CHART_ROWS = 16


def write_overview(
    page: Page, counts: Counts, leagues: Sequence[League], statistics: Sequence[Statistics]
) -> None:
    """Write the sheet; ``statistics`` go with ``leagues``."""
    page.section("批量评分汇总")
    for line in count_lines(counts):
        page.row(line)
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


class Page:
    """The sheet, and the row that is written next."""

    def __init__(self, into: Sheets, sheet: Worksheet) -> None:
        self.book, self.formats, self.sheet = into.book, into.formats, sheet
        self.next = 0
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        lay_out_for_print(sheet)
        sheet.fit_to_pages(1, 1)  # charts must not be cut in two

    def section(self, title: str) -> None:
        """Write the title of a part."""
        put(self.sheet, self.next, 0, title, self.formats["section"])
        self.next += 1

    def heading(self, words: Sequence[str]) -> None:
        """Write the headings of a table."""
        for column, word in enumerate(words):
            put(self.sheet, self.next, column, word, self.formats["header"])
        self.next += 1

    def row(self, cells: Sequence[Cell]) -> None:
        """Write a row of a table."""
        for column, value in enumerate(cells):
            form = self.formats["centred" if column else "text"]
            put(self.sheet, self.next, column, value, form)
        self.next += 1

    def note(self, text: str) -> None:
        """Write a remark."""
        put(self.sheet, self.next, 0, text, self.formats["quiet"])
        self.next += 1

    def skip(self, rows: int) -> None:
        """Leave rows blank."""
        self.next += rows

    def chart(self, kind: str, title: str, first: int, colour: str) -> None:
        """Put a chart of the rows since ``first`` beside them."""
        name, last = self.sheet.get_name(), self.next - 1
        chart = self.book.add_chart({"type": kind})
        chart.add_series(
            {
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                "fill": {"color": colour},
                "gap": 30,
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        if kind == "bar":
            chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
        chart.set_size({"width": 640, "height": 20 * _CHART_ROWS - 20})
        self.sheet.insert_chart(first - 1, _CHART_COLUMN, chart)


def _leagues(page: Page, leagues: Sequence[League], statistics: Sequence[Statistics]) -> None:
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
    page.note("* 平均分四舍五入到0.01，其余是原数。等级：程序评分的由总分定，其他为表上所勾选。")
    page.skip(1)


def _distribution(page: Page, league: League, counted: Statistics) -> None:
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


def _findings(page: Page, statistics: Sequence[Statistics]) -> None:
    added: Counter[tuple[str, Severity]] = Counter()
    for counted in statistics:
        added.update(counted.findings)
    page.section("最常见的问题")
    page.heading(("问题", "涉及表数", "级别"))
    first = page.next
    for code, severity, times in most_frequent(added)[:_MOST_FINDINGS]:
        page.row((name_of(code), times, severity.label))
    if page.next > first:
        page.chart("bar", "最常见的问题（涉及表数）", first, _COLOURS[3])
