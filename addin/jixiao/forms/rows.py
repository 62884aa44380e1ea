"""The rows of a table, from below its header to its total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from jixiao.forms.form import BlockHeading, Column, FormRow, Found, Place, Quantity
from jixiao.forms.grid import Grid
from jixiao.forms.header import Header, Span, header_at
from jixiao.forms.money import is_money_header
from jixiao.forms.quantities import number_of, printed_nature, quantity
from jixiao.forms.words import LONGEST_WORD, bare, dense
from jixiao.scoring.natures import Nature, parse_nature

_TOTALS = frozenset(
    [
        "总分",
        "合计",
        "总计",
        "总得分",
        "自评总分",
        "合计得分",
        "总分合计",
        "得分合计",
        "自评得分合计",
        "总分值",
        "分值合计",
        "自评总得分",
        "合计分值",
        "总评分",
        "综合得分",
        "自评得分总计",
        "最终得分",
        "总体得分",
    ]
)
_LONGEST_LABEL = 20
_SUBTOTALS = frozenset(["小计", "分项小计", "小计得分"])
_SCORE_TOTALS = re.compile("得分|自评|评分")
_END = re.compile(
    r"(?:备?注|说明|填表|填报|联系|单位负责|负责人|审核|经办|制表|评价等级|自评等级|绩效等级|"
    r"评价结果|自评结果|自评结论|评价结论|等级|项目名称|部门名称|单位名称|主管部门|实施单位)"
)
_PLACEHOLDER = re.compile(r"(?:指标[0-9一二三四五六七八九十]*[:：]?|[.…·。]+|[×xX]+|\.\.\.)")
_NUMBERED = re.compile(r"^指标[0-9一二三四五六七八九十]+[:：.、]\s*")
_GLUED_POINTS = re.compile(
    r"[(（]\s*(?:共|计|满分)?\s*([0-9]+(?:\.[0-9]+)?)\s*分?\s*[)）]|(?:\s+|(?=[0-9.]+分))"
    r"([0-9]+(?:\.[0-9]+)?)\s*分?\s*$"
)
_CARRIED = (Column.EXPLANATION, Column.SENTENCE, Column.REASON, Column.EVIDENCE, Column.REMARK)
_TEXTS = (Column.PRIMARY, Column.SECONDARY, Column.NAME)


class Total(NamedTuple):
    """The total's row: points and score as printed."""

    row: int
    points: Found | None
    score: Found | None


@dataclass
class Table:
    """What was read of a table, filled row by row."""

    rows: list[FormRow] = field(default_factory=list)
    last_row: int = 0
    total: Total | None = None
    doubts: list[str] = field(default_factory=list)
    numbers: int = 0  # cells of points and scores that are no blank
    unread: int = 0  # those among them that are no number
    headings: list[BlockHeading] = field(default_factory=list)


def read_rows(grid: Grid, header: Header) -> Table:
    """Read the rows below a header up to the total, the notes or the next table."""
    return _Reader(grid, header).read()


class _Reader:
    """Goes down the rows of one table."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid = grid
        self.header = header
        self.table = Table(last_row=header.last_row)
        self._levels: dict[Column, Found] = {}
        self._row_of_name: dict[Place, int] = {}
        self._subtotals: list[tuple[int, int, Found | None, Found | None]] = []
        self._level_cells: list[dict[Column, Found]] = []
        self._cells: dict[Column, Found] = {}  # of the row that is being read

    def read(self) -> Table:
        row = self.header.last_row + 1
        while row <= self.grid.last_row:
            filled = self.grid.filled(row)
            self._cells = {c: self._in_span(row, span) for c, span in self.header.spans.items()}
            is_heading = len(filled) > 2 and self._points(row) is None
            repeated = header_at(self.grid, row) if is_heading else None
            if repeated is not None:
                if repeated.layout != self.header.layout:
                    break
                row = repeated.last_row + 1
                continue
            if self._is_end(row, filled):
                break
            if self._read_total(row, filled):
                break
            self._read_row(row, filled)
            row += 1
        self.table.headings = self._headings()
        return self.table

    def _is_end(self, row: int, filled: list[int]) -> bool:
        """Whether a row is below the table, or belongs to the next one."""
        if not filled:
            return self._rest_is_blank(row)
        if self._points(row) is not None:
            return False
        if is_money_header(self.grid, row):
            return True
        label = bare(self.grid.text(row, filled[0]))
        is_left = filled[0] < self.header.spans[Column.NAME].first
        return is_left and _END.match(label) is not None and label not in _TOTALS

    def _rest_is_blank(self, row: int) -> bool:
        """Whether a blank row is followed by another one or by what is no row of the table."""
        if row == self.grid.last_row or not self.table.rows:
            return not any(
                self.grid.filled(r) for r in range(row, min(row + 3, self.grid.last_row))
            )
        following = self.grid.filled(row + 1)
        return not following or (
            self.grid.text(row + 1, following[0]).strip() != ""
            and (
                header_at(self.grid, row + 1) is None
                and not self._has_points(row + 1)
                and not self._is_total(row + 1, following)
            )
        )

    def _has_points(self, row: int) -> bool:
        span = self.header.spans.get(Column.POINTS)
        return span is not None and number_of(self._in_span(row, span)) is not None

    def _points(self, row: int) -> Found | None:
        """The points that begin in the row; None where there are none."""
        found = self._cells.get(Column.POINTS)
        if found is None or found.value is None or found.place.row != row:
            return None
        return found if number_of(found) is not None else None

    def _is_total(self, row: int, filled: list[int]) -> bool:
        return self._label(row, filled, _TOTALS) is not None

    def _label(self, row: int, filled: list[int], words: frozenset[str]) -> int | None:
        """The column of a word that stands in a row, up to the names of the indicators."""
        last = self.header.spans[Column.NAME].last
        for column in filled:
            if column > last:
                break
            text = self.grid.text(row, column)
            if 0 < len(text) <= _LONGEST_LABEL and bare(text) in words:
                return column
        return None

    def _read_total(self, row: int, filled: list[int]) -> bool:
        at = self._label(row, filled, _TOTALS)
        if at is None:
            return False
        points, score = self._points_of_total(row), self._own(row, Column.SCORE)
        numbers = [
            found
            for found in (self.grid.found(row, column) for column in filled)
            if number_of(found) is not None
        ]
        label = bare(self.grid.text(row, at))
        if score is None and points is None and len(numbers) == 1:
            if _SCORE_TOTALS.search(label):
                score = numbers[0]
            else:
                self.table.doubts.append(
                    f"{self._at(row)}“{label}”只有一个数{numbers[0].text}，"
                    "看不出是分值还是得分，未读"
                )
        for found in (points, score):
            if found is not None and found.value is not None and number_of(found) is None:
                self.table.doubts.append(f"{self._where(found)}的总分“{_cut(found.text)}”不是数字")
        self.table.total = Total(row, points, score)
        self.table.last_row = row
        return True

    def _points_of_total(self, row: int) -> Found | None:
        """The points of the total stand under any of the columns of points."""
        own = self._own(row, Column.POINTS)
        if own is not None and own.value is not None:
            return own
        for span in self.header.level_points.values():
            found = self._in_span(row, span)
            if found.value is not None and found.place.row == row:
                return found
        return own

    def _own(self, row: int, column: Column) -> Found | None:
        """The cell of a column if it stands under that column and in this row."""
        found = self._cells.get(column)
        if found is None or found.place.row != row or found.value is None:
            return None
        span = self.header.spans[column]
        return found if span.first <= found.place.column <= span.last else None

    def _read_row(self, row: int, filled: list[int]) -> None:
        if not filled:
            return
        if self._read_subtotal(row, filled):
            return
        name = self._cells[Column.NAME]
        self._carry()
        if self._is_detail(row, name):
            return
        cells = {
            column: self._blank_unless_own(row, column, found)
            for column, found in self._cells.items()
        }
        if not name.text or self._is_placeholder(name, cells):
            self._pass_over(row, cells)
            return
        if all(
            found.value is None
            or column in _TEXTS
            or (column in _CARRIED and found.place.row < row)
            for column, found in cells.items()
        ):
            if name.place.column == self.header.spans[Column.NAME].first:
                self._say(row, f"「{_cut(name.text)}」一行没有任何数值，未当作指标")
            return
        self._add(row, name, cells)

    def _is_detail(self, row: int, name: Found) -> bool:
        """Whether a row only continues the indicator above, without points of its own."""
        points = self._cells.get(Column.POINTS) or self._cells.get(Column.SCORE)
        is_shared = points is not None and points.place.row < row
        if name.place in self._row_of_name:
            return is_shared or points is None or points.value is None
        if is_shared and self.table.rows and points is not None and points.value is not None:
            if name.text:
                self._say(row, f"「{_cut(name.text)}」与上一行合用分值，未单独当作指标")
            return True
        return False

    def _is_placeholder(self, name: Found, cells: dict[Column, Found]) -> bool:
        """Whether a name only keeps the place of one: 指标1：, ……; without any figure beside it."""
        if not _PLACEHOLDER.fullmatch(dense(name.text)):
            return False
        figures = (Column.POINTS, Column.SCORE, Column.TARGET, Column.ACTUAL)
        return not any(cells[column].text for column in figures if column in cells)

    def _pass_over(self, row: int, cells: dict[Column, Found]) -> None:
        """Say of a row without a name that it holds figures."""
        for column in (Column.POINTS, Column.SCORE):
            found = cells.get(column)
            if found and found.place.row == row and number_of(found):
                self._say(row, f"没有指标名称，其{column}{_cut(found.text)}未计入")
                return

    def _add(self, row: int, name: Found, cells: dict[Column, Found]) -> None:
        for column in (Column.POINTS, Column.SCORE):
            found = cells.get(column)
            if found is not None and found.value is not None:
                self.table.numbers += 1
                if number_of(found) is None:
                    self.table.unread += 1
                    self.table.doubts.append(
                        f"{self._where(found)}的{column}“{_cut(found.text)}”不是数字，未读"
                    )
        form_row = self._row(name, cells)
        self._row_of_name.setdefault(name.place, form_row.place)
        self.table.rows.append(form_row)
        self._level_cells.append(dict(self._levels))
        self.table.last_row = row

    def _row(self, name: Found, cells: dict[Column, Found]) -> FormRow:
        unit = cells[Column.UNIT].text if Column.UNIT in cells else ""
        target = self._quantity(cells, Column.TARGET, unit)
        actual = self._quantity(cells, Column.ACTUAL, unit)
        return FormRow(
            place=len(self.table.rows),
            primary=self._level(Column.PRIMARY),
            secondary=self._level(Column.SECONDARY),
            name=_NUMBERED.sub("", "".join(name.text.split("\n")).strip()).rstrip("*"),
            cells=cells,
            nature=self._nature(cells, target),
            target=target,
            actual=actual,
            points=number_of(cells[Column.POINTS]) if Column.POINTS in cells else None,
            score=number_of(cells[Column.SCORE]) if Column.SCORE in cells else None,
        )

    def _quantity(self, cells: dict[Column, Found], column: Column, unit: str) -> Quantity | None:
        found = cells.get(column)
        if found is None:
            return None
        read = quantity(found, unit or self.header.unit(column))
        if found.text.startswith("#"):
            self.table.doubts.append(
                f"{self._where(found)}的{column}是“{_cut(found.text)}”，没有数值可读"
            )
        return read

    def _nature(self, cells: dict[Column, Found], target: Quantity | None) -> Nature | None:
        found = cells.get(Column.NATURE)
        if found is not None and found.text:
            nature = parse_nature(found.text) or printed_nature(found.text)
            if nature is None:
                self.table.doubts.append(
                    f"{self._where(found)}的指标性质“{_cut(found.text)}”不认识"
                )
            return nature
        return target.nature if target else None

    def _carry(self) -> None:
        """Take over the levels that the row prints; the others go on from above."""
        primary = self._cells.get(Column.PRIMARY)
        if primary is not None and primary.text:
            if self._levels.get(Column.PRIMARY, primary).place != primary.place:
                self._levels.pop(Column.SECONDARY, None)
            self._levels[Column.PRIMARY] = primary
        secondary = self._cells.get(Column.SECONDARY)
        if secondary is not None and secondary.text:
            self._levels[Column.SECONDARY] = secondary

    def _level(self, column: Column) -> str:
        found = self._levels.get(column)
        return level_name(found.text) if found else ""

    def _read_subtotal(self, row: int, filled: list[int]) -> bool:
        at = self._label(row, filled, _SUBTOTALS)
        if at is None:
            return False
        level = 2 if at >= self.header.spans[Column.NAME].first else 1
        points, score = self._own(row, Column.POINTS), self._own(row, Column.SCORE)
        self._subtotals.append((len(self.table.rows), level, points, score))
        self.table.last_row = row
        return True

    def _headings(self) -> list[BlockHeading]:
        """The headings that print their points, and those with a subtotal below their rows."""
        found: list[BlockHeading] = []
        for level, column in ((1, Column.PRIMARY), (2, Column.SECONDARY)):
            if column not in self.header.spans:
                continue
            for first, last, cell in self._runs(column):
                points = self._points_of_heading(level, cell)
                score = None
                for place, subtotal_level, its_points, its_score in self._subtotals:
                    if subtotal_level == level and place == last:
                        points, score = points or its_points, its_score
                if points is not None or score is not None:
                    rows = tuple(range(first, last))
                    found.append(BlockHeading(level_name(cell.text), level, points, score, rows))
        return found

    def _runs(self, column: Column) -> Iterator[tuple[int, int, Found]]:
        """Each heading of a level with its first row and the one after its last."""
        start = 0
        cells = [levels.get(column) for levels in self._level_cells]
        for place in range(1, len(cells) + 1):
            is_end = place == len(cells) or _text_of(cells[place]) != _text_of(cells[start])
            if is_end:
                cell = cells[start]
                if cell is not None:
                    yield start, place, cell
                start = place

    def _points_of_heading(self, level: int, cell: Found) -> Found | None:
        span = self.header.level_points.get(level)
        if span is not None:
            found = self._in_span(cell.place.row, span)
            return found if found.value is not None else None
        match = _GLUED_POINTS.search(cell.text)
        if match is None:
            return None
        number = number_of(Found(match[1] or match[2], cell.place))
        return Found(number, cell.place)

    def _in_span(self, row: int, span: Span) -> Found:
        """The first cell under a heading that is not blank."""
        first = self.grid.found(row, span.first)
        if first.value is not None and first.value != "":
            return first
        for column in range(span.first + 1, span.last + 1):
            found = self.grid.found(row, column)
            if found.text:
                return found
        return first

    def _blank_unless_own(self, row: int, column: Column, found: Found) -> Found:
        """A cell of a row, blank where it belongs to the row above or to the column before."""
        if column in _TEXTS:
            return found
        first = self.header.spans[column].first
        is_above = found.place.row < row and column not in _CARRIED
        if is_above or found.place.column < first:
            return Found(None, Place(self.grid.sheet, row, first))
        return found

    def _at(self, row: int) -> str:
        return f"工作表「{self.grid.sheet}」第{row}行"

    def _where(self, found: Found) -> str:
        return f"工作表「{self.grid.sheet}」{found.place.a1}"

    def _say(self, row: int, what: str) -> None:
        self.table.doubts.append(f"{self._at(row)}{what}")


def level_name(text: str) -> str:
    """The name of a block without its points and the breaks of vertical print."""
    return _level_name(text[:LONGEST_WORD])


@lru_cache(maxsize=1024)
def _level_name(text: str) -> str:
    return dense(_GLUED_POINTS.sub("", text)).strip(":：*")


def _text_of(found: Found | None) -> str:
    return "" if found is None else level_name(found.text)


def _cut(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
