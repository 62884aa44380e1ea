"""Statistics of a league: how often each score was given, and what follows from that.

Scores are counted, not collected, so 100,000 tables take no more memory than a hundred; and all
figures are worked out from the counts in exact decimals. Only what a quotient makes unending is
rounded, half up: a mean to 0.01 points, a rate to 0.01 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.batch.assessment import AssessedTable, Head, Layout
from jixiao.review.finding import Severity
from jixiao.scoring.numbers import ZERO, Ratio, product, total

if TYPE_CHECKING:
    from pandas import DataFrame

POINT_STEP = Decimal("0.01")
RATE_STEP = Decimal("0.0001")

BIN = 5
"""The width of a bar of the distribution of totals, in points."""

RATES = ("0", "不足60%", "60%至不足80%", "80%至不足100%", "满分")
"""The classes of 得分率 in the heat map."""

_RATE_BOUNDS = (Decimal("0.6"), Decimal("0.8"), Decimal(1))


class Line(NamedTuple):
    """What is counted: an indicator, or the sum of a block; ``places`` are those of its heads."""

    level: str
    name: str
    points: Decimal | None
    places: tuple[int, ...]


class Statistics:
    """Counts of one league; `add` each table, then read."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines = tuple(_lines(layout.heads))
        self.tables = 0
        self.totals: Counter[Decimal] = Counter()
        self.grades: Counter[str] = Counter()
        self.findings: Counter[tuple[str, Severity]] = Counter()
        self._scores: list[Counter[Decimal]] = [Counter() for _ in self.lines]

    def add(self, table: AssessedTable, *, is_ranked: bool) -> None:
        """Count a table: its scores, its findings and, where it is ranked, total and grade."""
        self.tables += 1
        self.findings.update({(finding.code, finding.severity) for finding in table.findings})
        if is_ranked and table.total is not None:
            self.totals[table.total] += 1
            self.grades[table.grade] += 1
        for line, counts in zip(self.lines, self._scores, strict=True):
            scores = [table.scores[place] for place in line.places]
            known = [score for score in scores if score is not None]
            if len(known) == len(scores):
                counts[total(known)] += 1

    def frame(self) -> DataFrame:
        """A row for each line that has a score.

        Columns: level, name, points, count, mean, median, least, largest, rate (mean ÷ points),
        full (share of full points), then the share of each class of `RATES`. The figures are
        Decimals; rate and shares are ``None`` where the points are not known.
        """
        from pandas import DataFrame  # noqa: PLC0415  # half a second

        counted = DataFrame(
            [
                (place, score, times, product(score, Decimal(times)), _class_of(score, line.points))
                for place, line in enumerate(self.lines)
                for score, times in self._scores[place].items()
            ],
            columns=["line", "score", "times", "sum", "class"],
        )
        found = counted.groupby("line").agg(
            count=("times", "sum"),
            sum=("sum", total),
            least=("score", "min"),
            largest=("score", "max"),
        )
        classes = counted.pivot_table(
            index="line", columns="class", values="times", aggfunc="sum", fill_value=0
        ).reindex(columns=list(RATES), fill_value=0)
        joined = found.join(classes).reset_index()
        return DataFrame([self._row(row) for row in joined.to_dict("records")])

    def _row(self, found: Mapping[Hashable, Any]) -> dict[str, object]:
        line, count = self.lines[found["line"]], Decimal(found["count"])
        row: dict[str, object] = {
            "level": line.level,
            "name": line.name,
            "points": line.points,
            "count": found["count"],
            "mean": Ratio(found["sum"], count).rounded(POINT_STEP),
            "median": _median(self._scores[found["line"]]),
            "least": found["least"],
            "largest": found["largest"],
        }
        if line.points is None or line.points <= ZERO:
            return row | dict.fromkeys(("rate", *RATES))
        row["rate"] = Ratio(found["sum"], product(line.points, count)).rounded(RATE_STEP)
        shares = {name: Ratio(Decimal(found[name]), count).rounded(RATE_STEP) for name in RATES}
        return row | shares

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows of `frame` as plain tuples, for writing."""
        return list(self.frame().itertuples(index=False, name=None))

    @property
    def mean_total(self) -> Decimal | None:
        """The mean of the ranked totals, rounded to 0.01."""
        count = self.totals.total()
        if not count:
            return None
        added = total(product(value, Decimal(times)) for value, times in self.totals.items())
        return Ratio(added, Decimal(count)).rounded(POINT_STEP)

    @property
    def median_total(self) -> Decimal | None:
        """The median of the ranked totals."""
        return _median(self.totals) if self.totals else None

    @property
    def distribution(self) -> tuple[tuple[str, int], ...]:
        """How many totals lie in each span of `BIN` points, from the lowest span that has one."""
        most = 100 if self.layout.full_points is None else int(self.layout.full_points)
        last = max(0, -(-most // BIN) - 1)
        spans: Counter[int] = Counter()
        for value, times in self.totals.items():
            spans[min(max(int(value // BIN), 0), last)] += times
        first = min(spans, default=last)
        return tuple((_span(place, last), spans[place]) for place in range(first, last + 1))


def most_frequent(findings: Counter[tuple[str, Severity]]) -> list[tuple[str, Severity, int]]:
    """The findings and in how many tables each is, the most frequent first."""
    order = sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    return [(code, severity, times) for (code, severity), times in order]


def _lines(heads: Sequence[Head]) -> Iterator[Line]:
    for level, name_of in (("一级指标", _primary), ("二级指标", _secondary)):
        blocks: dict[tuple[str, ...], list[int]] = {}
        for place, head in enumerate(heads):
            if name_of(head)[-1]:
                blocks.setdefault(name_of(head), []).append(place)
        for block, places in blocks.items():
            points = [heads[place].points for place in places]
            known = [value for value in points if value is not None]
            whole = total(known) if len(known) == len(points) else None
            yield Line(level, block[-1], whole, tuple(places))
    for place, head in enumerate(heads):
        yield Line("三级指标", head.name, head.points, (place,))


def _primary(head: Head) -> tuple[str, ...]:
    return (head.primary,)


def _secondary(head: Head) -> tuple[str, ...]:
    return (head.primary, head.secondary)


def _class_of(score: Decimal, points: Decimal | None) -> str:
    if score <= ZERO:
        return RATES[0]
    if points is None or points <= ZERO:
        return RATES[-1]
    rate = Ratio(score, points)
    return RATES[1 + sum(rate.compare(bound) >= 0 for bound in _RATE_BOUNDS)]


def _median(counts: Counter[Decimal]) -> Decimal:
    """The middle score, or half the sum of the two in the middle: exact."""
    count = counts.total()
    middle = {(count - 1) // 2, count // 2}
    found = []
    seen = 0
    for score, times in sorted(counts.items()):
        found += [score] * sum(seen <= place < seen + times for place in middle)
        seen += times
    return product(total(found), Decimal("0.5")) if len(found) == 2 else found[0]


def _span(place: int, last: int) -> str:
    low = place * BIN
    return f"{low}至{low + BIN}" if place == last else f"{low}至不足{low + BIN}"
