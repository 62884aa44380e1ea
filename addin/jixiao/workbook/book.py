"""A workbook as read: its standard, its inputs, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jixiao.hosts.host import Host
from jixiao.ooxml.cells import CellAddress, CellRange, a1
from jixiao.scoring import (
    CompanionRow,
    Evaluation,
    Problem,
    Rubric,
    RubricError,
    Value,
    Values,
    evaluate,
    shipped_rubric,
)
from jixiao.scoring.companion import LABELS
from jixiao.scoring.inputs import is_blank
from jixiao.scoring.numbers import plain, total
from jixiao.workbook import names
from jixiao.workbook.cell_grid import CellGrid
from jixiao.workbook.errors import BookError, Located

if TYPE_CHECKING:
    from jixiao.ooxml.package import Package

_ROW_FIELDS = CompanionRow._fields
"""Each is a column of the companion table."""


# The template has 80 companion rows and 60 cells for remarks; a name that covers a whole column is
# damage, and would be read cell by cell.
_MOST_ROWS = 2_000
_MOST_FINDINGS = 2_000


class Companion(NamedTuple):
    """Where the companion table is: one column of cells a field, all of the same rows."""

    columns: Mapping[str, CellRange]

    @property
    def length(self) -> int:
        """How many rows the table has room for."""
        cells = self.columns["name"]
        return cells.last_row - cells.first_row + 1

    def cell(self, place: int, field: str) -> CellRange:
        """The cell of a field in the row at ``place`` (from 0)."""
        column = self.columns[field]
        row = column.first_row + place
        return CellRange(column.sheet, row, column.first_column, row, column.first_column)


@dataclass(frozen=True)
class Book:
    """A workbook with everything that scoring needs; nothing in it changes."""

    host: Host
    rubric: Rubric
    cells: Mapping[str, CellRange]
    companion: Companion
    grid: CellGrid

    @property
    def path(self) -> Path:
        """Where the workbook is."""
        return self.host.path

    @cached_property
    def values(self) -> Values:
        """All inputs by their ids."""
        found: dict[str, Value | tuple[Value, ...]] = {}
        for spec in self.rubric.specs.values():
            cells = self.cells[names.input_name(spec.id)]
            found[spec.id] = self.grid.all(cells) if spec.cells > 1 else self.grid.first(cells)
        return found

    @cached_property
    def rows(self) -> tuple[CompanionRow, ...]:
        """The companion table from top to bottom, blank rows included."""
        columns = [self.grid.all(self.companion.columns[field]) for field in _ROW_FIELDS]
        return tuple(CompanionRow(*cells) for cells in zip(*columns, strict=True))

    @cached_property
    def evaluation(self) -> Evaluation:
        """The scored table."""
        return evaluate(self.rubric, self.values, self.rows)

    @property
    def department(self) -> str:
        """部门名称, of a project 主管部门; empty where it is not filled in."""
        return self.text(names.basic_name("department"))

    @property
    def project(self) -> str:
        """项目名称; empty where it is not filled in, and of a department as a whole."""
        return self.text(names.basic_name("project_name"))

    def text(self, name: str) -> str:
        """The text of a cell; empty where it is blank, and where an older workbook has none."""
        area = self.host.defined_names.get(name)
        value = None if area is None else self.grid.first(area)
        return "" if value is None else str(value).strip()

    def where(self, input_id: str) -> str:
        """Sheet and address of an input as problems name it: an id, ``id[3]``, ``12.target``."""
        cells = self.area_of(input_id)
        return f"{cells.sheet}!{cells.a1}"

    def located(self, problem: Problem) -> Located:
        """A problem as a sentence with sheet, cell and label."""
        where, label = self.where(problem.input_id), self._label_of(problem.input_id)
        return Located(self.area_of(problem.input_id), f"{where}（{label}）：{problem.message}")

    def input_faults(self) -> tuple[Located, ...]:
        """Whatever is wrong (not merely missing) in the inputs, in the order of the table."""
        evaluation = self.evaluation
        problems = [
            Problem(f"{place}.{problem.input_id}", problem.message)
            for place, problem in evaluation.companion_problems
        ]
        problems += [problem for row in evaluation.scores for problem in row.score.problems]
        problems += [
            fault for spec in self.rubric.funds for fault in spec.faults(self.values[spec.id])
        ]
        found = (*(self.located(problem) for problem in problems), *self._total_faults())
        return tuple(dict.fromkeys(found))

    def _total_faults(self) -> Iterator[Located]:
        """Totals of 资金来源 that somebody typed and that are not the sum of their sources."""
        for spec in self.rubric.funds:
            cell = self.host.defined_names.get(names.fund_total_name(spec.id))
            if cell is None or self.grid.formula(cell):
                continue
            typed = self.grid.first(cell)
            parts = self.grid.all(self.cells[names.input_name(spec.id)])
            added = total(value for value in parts if isinstance(value, Decimal))
            if isinstance(typed, Decimal) and typed != added:
                message = (
                    f"现为{plain(typed)}，各来源合计为{plain(added)}，"
                    "请改正来源各行，或清空本格后填回各来源之和"
                )
                where = f"{cell.sheet}!{cell.a1}（{spec.label}合计）"
                yield Located(cell, f"{where}：{message}")

    def formula_faults(self) -> tuple[Located, ...]:
        """Inputs that are formulas nobody has calculated: their value is unknown, not blank."""
        found = []
        for area, label in self._input_areas():
            cell = self.grid.uncalculated(area)
            if cell is not None:
                message = "是公式，但文件里没有计算结果。请用 Excel 或 WPS 打开、保存后再试"
                place = CellRange(area.sheet, *cell, *cell)
                found.append(Located(place, f"{area.sheet}!{place.a1}（{label}）：{message}"))
        return tuple(found)

    def _input_areas(self) -> Iterator[tuple[CellRange, str]]:
        for spec in self.rubric.specs.values():
            yield self.cells[names.input_name(spec.id)], spec.label
        for field in _ROW_FIELDS:
            yield self.companion.columns[field], LABELS[field]

    def area_of(self, input_id: str) -> CellRange:
        """The cells of an input, by an id as problems name it."""
        if input_id in self.rubric.companion_kinds:
            return self.companion.columns["name"]
        place, dot, field = input_id.partition(".")
        if dot:
            return self.companion.cell(int(place), field)
        base, place_in_range = _split_place(input_id)
        cells = self.cells[names.input_name(base)]
        if place_in_range is None:
            return cells
        down, right = divmod(place_in_range, cells.last_column - cells.first_column + 1)
        row, column = cells.first_row + down, cells.first_column + right
        return CellRange(cells.sheet, row, column, row, column)

    def _label_of(self, input_id: str) -> str:
        if input_id in self.rubric.companion_kinds:
            return f"{input_id}指标"
        place, dot, field = input_id.partition(".")
        if dot:
            name = self.rows[int(place)].name
            label = LABELS[field]
            return label if is_blank(name) else f"“{name}”的{label}"
        base, place_in_range = _split_place(input_id)
        spec = self.rubric.specs[base]
        return spec.label if place_in_range is None else spec.part_label(place_in_range)


def read_book(path: Path, rubric: Rubric | None = None) -> Book:
    """Read a workbook made from the template; ``rubric`` in place of the one that it names.

    Raises PackageError (no usable workbook), BookError (not this template, or cells of it deleted)
    and RubricError (a standard that does not exist).
    """
    from jixiao.hosts.files import FileHost  # noqa: PLC0415  # calamine: Excel and Calc need none

    return open_book(FileHost.load(path), rubric)


def assemble_book(path: Path, package: Package, rubric: Rubric | None = None) -> Book:
    """As `read_book`, of a workbook in memory that has its place at ``path``."""
    from jixiao.hosts.files import FileHost  # noqa: PLC0415  # as above

    return open_book(FileHost(path, package), rubric)


def open_book(host: Host, rubric: Rubric | None = None) -> Book:
    """As `read_book`, of a workbook that is open anywhere; it is read once, as it stands now."""
    if names.RUBRIC not in host.defined_names:
        raise BookError([_not_ours(host)])
    grid = CellGrid(host)
    if rubric is None:
        rubric = _named_rubric(grid, host.defined_names[names.RUBRIC])
    cells = _find(host, _names_of(rubric))
    companion = _companion(cells)
    faults = _shape_faults(rubric, cells, companion) or _overlap_faults(cells, grid)
    if faults:
        raise BookError(faults)
    return Book(host, rubric, cells, companion, grid)


def _not_ours(host: Host) -> str:
    if names.RUBRIC in host.broken_names:
        return (
            "工作表「填报说明」或其中的“评分标准编号”一格已被删除。"
            "请从备份恢复，或用 jixiao new 新建。"
        )
    return "这不是本程序的自评表（没有评分标准编号）。请用 jixiao new 新建自评表，把数据填进去。"


def _named_rubric(grid: CellGrid, cell: CellRange) -> Rubric:
    value = grid.first(cell)
    where = f"{cell.sheet}!{cell.a1}（评分标准编号）"
    if is_blank(value):
        raise BookError([f"{where}：是空的，请填回原来的编号"])
    # Only a shipped standard: a path in a stranger's workbook must not choose a file to read.
    try:
        return shipped_rubric(str(value).strip())
    except RubricError as error:
        message = f"{where}：{error}。自己的评分标准请用 --rubric 文件 指定"
        raise BookError([message]) from error


def _names_of(rubric: Rubric) -> dict[str, str]:
    """Every name that the workbook must have, with the words that tell a person what it is."""
    table = rubric.subject.companion_table
    found = {names.RUBRIC: "评分标准编号", names.TOTAL: "总分", names.GRADE: "评价等级"}
    found[names.FINDINGS] = "程序核对提示"
    found[names.basic_name("department")] = "部门名称"
    for spec in rubric.funds:
        found[names.input_name(spec.id)] = f"资金来源的“{spec.label}”"
    for row in rubric.indicators:
        found[names.score_name(row.id)] = f"第{row.number}项“{row.name}”的得分"
        found[names.reason_name(row.id)] = f"第{row.number}项“{row.name}”的评分依据"
        for spec in row.inputs:
            found[names.input_name(spec.id)] = f"第{row.number}项“{row.name}”的“{spec.label}”"
    for heading in (*rubric.primaries, *rubric.secondaries):
        found[names.subtotal_name(heading.id)] = f"“{heading.name}”小计"
    for column in names.COMPANION_COLUMNS:
        found[names.companion_name(column.field)] = f"{table}的“{column.heading}”列"
    return found


def _find(host: Host, wanted: Mapping[str, str]) -> dict[str, CellRange]:
    cells, faults = {}, []
    defined, broken = host.defined_names, host.broken_names
    for name, words in wanted.items():
        area = defined.get(name)
        if area is None:
            why = "所在的行、列或工作表已被删除" if name in broken else "名称已被删除"
            faults.append(
                f"找不到{words}的单元格（{name}）：{why}。请从备份恢复，或新建自评表后把数据抄过去"
            )
        else:
            cells[name] = area
    if faults:
        raise BookError(faults)
    return cells


def _companion(cells: Mapping[str, CellRange]) -> Companion:
    return Companion(
        {
            column.field: cells[names.companion_name(column.field)]
            for column in names.COMPANION_COLUMNS
        }
    )


def _shape_faults(
    rubric: Rubric, cells: Mapping[str, CellRange], companion: Companion
) -> tuple[str, ...]:
    faults = []
    for spec in rubric.specs.values():
        area = cells[names.input_name(spec.id)]
        if area.cell_count != spec.cells:
            faults.append(
                f"{area.sheet}!{area.a1}（{spec.label}）：应为{spec.cells}格，现为{area.cell_count}格，"
                "请恢复被删除或插入的单元格"
            )
    for name, most in (
        (names.FINDINGS, _MOST_FINDINGS),
        (names.companion_name("name"), _MOST_ROWS),
    ):
        area = cells[name]
        if area.cell_count > most:
            faults.append(
                f"{area.sheet}!{area.a1}（{name}）：有{area.cell_count}格，超过{most}格，请恢复原来的范围"
            )
    base = companion.columns["name"]
    for column in names.COMPANION_COLUMNS:
        area = companion.columns[column.field]
        rows_differ = (area.sheet, area.first_row, area.last_row) != (
            base.sheet,
            base.first_row,
            base.last_row,
        )
        if rows_differ or area.first_column != area.last_column:
            faults.append(
                f"{area.sheet}!{area.a1}（{column.heading}）：这一列与表中其他列的行不一致，请恢复"
            )
    return tuple(faults)


def _overlap_faults(cells: Mapping[str, CellRange], grid: CellGrid) -> tuple[str, ...]:
    """Names that share a cell, and cells that merging hides: one place cannot hold two things."""
    faults = []
    taken: dict[CellRange, str] = {}
    for name, area in cells.items():
        if name == names.FINDINGS:
            continue
        other = taken.setdefault(area, name)
        if other != name:
            faults.append(f"{area.sheet}!{area.a1}：名称 {other} 和 {name} 指向同一格，请恢复")
    for sheet in {area.sheet for area in taken}:
        areas = [area for area in taken if area.sheet == sheet]
        corners = {(area.first_row, area.first_column) for area in areas}
        wide = [area for area in areas if area.cell_count > 1]
        faults += [
            f"{sheet}!{area.a1}：名称 {taken[area]} 在 {taken[other]} 的范围之内，请恢复"
            for other in wide
            for area in areas
            if area is not other and other.covers((area.first_row, area.first_column))
        ]
        for merged in grid.merged(sheet):
            hidden = _hidden(merged, corners, wide)
            if hidden is not None:
                where = f"{sheet}!{a1(*hidden)}"
                faults.append(f"{where}：被合并单元格盖住，程序读写不到。请取消合并后再试")
    return tuple(faults)


def _addresses(area: CellRange) -> Iterator[CellAddress]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield row, column


def _hidden(
    merged: CellRange, corners: Set[CellAddress], wide: Sequence[CellRange]
) -> CellAddress | None:
    """The first cell of ours that a merged area covers, its top left corner apart.

    ``corners`` are the first cells of our areas on the sheet, ``wide`` the areas of several cells.
    """
    shown = (merged.first_row, merged.first_column)
    # Most merged areas are small; one of a whole sheet must not be walked cell by cell.
    candidates = corners if merged.cell_count > len(corners) else _addresses(merged)
    for cell in candidates:
        if cell in corners and cell != shown and merged.covers(cell):
            return cell
    for area in wide:
        row = max(area.first_row, merged.first_row)
        column = max(area.first_column, merged.first_column)
        if area.covers((row, column)) and merged.covers((row, column)):
            return (row + 1, column) if (row, column) == shown else (row, column)
    return None


def _split_place(input_id: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(.+)\[(\d+)\]", input_id)
    return (match[1], int(match[2])) if match else (input_id, None)
