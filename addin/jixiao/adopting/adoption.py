"""What adopting a form would write, cell by cell, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from jixiao.adopting.asked import SHEET, Answers, Asked, answers, with_sheet
from jixiao.adopting.scored_rows import ScoredRow, scored_rows
from jixiao.forms import Column, Form, Found, MoneyColumn, Place, read_forms
from jixiao.hosts.files import FileHost
from jixiao.ooxml import CellAddress, CellRange, CellValue, Package
from jixiao.review.case import title
from jixiao.review.execution import execution_of
from jixiao.review.recognising import recognised_rubric
from jixiao.scoring import Rubric, load_rubric
from jixiao.scoring.inputs import is_blank, shown
from jixiao.scoring.numbers import ONE, Ratio, grouped, percent, plain, total
from jixiao.workbook import names
from jixiao.workbook.errors import BookError
from jixiao.workbook.grade_line import OPEN, TICKED
from jixiao.workbook.machine_text import MARK, may_replace

_WORKBOOKS = (".xlsx", ".xlsm")
_MARKS = "☑☒√✓✔■▣□☐○◯▢"


class Write(NamedTuple):
    """One cell that would change."""

    place: Place
    label: str
    old: Found
    new: Decimal | str

    @property
    def sentence(self) -> str:
        """The change in words: 「自评表」G5 得分：9 → 9.8."""
        before = "空" if is_blank(self.old.value) else shown(self.old.value)
        return f"「{self.place.sheet}」{self.place.a1} {self.label}：{before} → {shown(self.new)}"


class Adoption(NamedTuple):
    """What would be written into a file; nothing of it is before `written`.

    ``asked`` is for the added sheet 基础数据, empty where it is there or not needed. ``kept`` says
    which cells people's own words or formulas keep, ``waiting`` what has no score yet.
    """

    path: Path
    package: Package
    rubrics: tuple[str, ...]
    writes: tuple[Write, ...]
    asked: tuple[Asked, ...]
    kept: tuple[str, ...]
    waiting: tuple[str, ...]

    def written(self) -> bytes:
        """The bytes of the file with all of it; the very same ones where there is nothing."""
        package = self.package
        if self.asked:
            package = Package(with_sheet(package, self.asked))
        changes: dict[str, dict[CellAddress, CellValue]] = {}
        for write in self.writes:
            cells = changes.setdefault(write.place.sheet, {})
            cells[write.place.row, write.place.column] = write.new
        return package.rewritten(changes)


def adopt(path: Path, rubric_id: str | None = None) -> Adoption:
    """Read a form of others and work out what to write into it.

    Raises FormError or PackageError where it cannot be read, BookError where it is no workbook
    that can be written or its standard is not known, RubricError where there is none of that id.
    """
    if path.suffix.lower() not in _WORKBOOKS:
        raise BookError([f"“{path.name}”：只能写入 .xlsx 或 .xlsm 文件，请另存为 .xlsx 后再试"])
    package = Package.open(path)
    if names.RUBRIC in package.defined_names:
        raise BookError([f"“{path.name}”是本程序的自评表，请用 python -m jixiao fill 评分"])
    forms = read_forms(path)
    given = load_rubric(rubric_id) if rubric_id else None
    found = answers(FileHost(path, package), package)
    if found is None and SHEET in package.sheets:
        raise BookError([f"“{path.name}”：已有一张“{SHEET}”，不是本程序加的，请改名后再试"])
    drafts = [
        _Draft(form, number, _rubric(form, given, path), package, found)
        for number, form in enumerate(forms, 1)
    ]
    parts = [draft.worked_out() for draft in drafts]
    asked = [item for part in parts for item in part.asked]
    return Adoption(
        path,
        package,
        tuple(draft.rubric.id for draft in drafts),
        tuple(write for part in parts for write in part.writes),
        tuple(asked) if found is None else (),
        tuple(text for part in parts for text in part.kept),
        tuple(text for part in parts for text in part.waiting),
    )


def _rubric(form: Form, given: Rubric | None, path: Path) -> Rubric:
    rubric = given or recognised_rubric(form)
    if rubric is None:
        raise BookError(
            [f"“{path.name}”：没有认出「{form.sheet}」的评分标准，请用 --rubric 指定后再试"]
        )
    return rubric


class _Part(NamedTuple):
    """What one form adds to an adoption."""

    writes: list[Write]
    asked: list[Asked]
    kept: list[str]
    waiting: list[str]


class _Draft:
    """One form on its way to what is written into it."""

    def __init__(
        self, form: Form, number: int, rubric: Rubric, package: Package, found: Answers | None
    ) -> None:
        self.form = form
        self.rubric = rubric
        self._number = number
        self._package = package
        self._answers = found or Answers({}, {})
        self._part = _Part([], [], [], [])

    def worked_out(self) -> _Part:
        """Go through the rows, the execution of the budget, the total and the grade."""
        values = [self._row(row) for row in self._scored()]
        execution = execution_of(self.form)
        if execution is not None and execution.points is not None:
            values.append(self._execution())
        known = [value for value in values if value is not None]
        if len(known) == len(values) and known:
            self._finish(total(known))
        elif known or values:
            count = len(values) - len(known)
            self._part.waiting.append(f"「{self.form.sheet}」还有{count}项没有得分，总分和等级不写")
        return self._part

    def _scored(self) -> Iterator[ScoredRow]:
        return scored_rows(self.form, self._number, self.rubric, self._answers.values)

    def _row(self, scored: ScoredRow) -> Decimal | None:
        row = scored.row
        self._part.asked.extend(scored.asked)
        if scored.value is None:
            where = f"，请填{self._answers.where(scored.asked[0])}" if scored.asked else ""
            text = scored.text.rstrip("。")
            self._part.waiting.append(f"「{self.form.sheet}」{title(row)}：{text}{where}")
            return None
        if Column.SCORE in row.cells:
            self._write(row.cells[Column.SCORE], f"{title(row)}得分", scored.value)
        reason = row.cells.get(Column.REASON)
        is_full = scored.value == row.points
        if reason is not None and (not is_full or reason.text.startswith(MARK)):
            self._write_text(reason, f"{title(row)}原因", "" if is_full else MARK + scored.text)
        return scored.value

    def _execution(self) -> Decimal | None:
        execution = execution_of(self.form)
        assert execution is not None
        assert execution.points is not None
        if not execution.rates or execution.executed is None:
            text = f"「{self.form.sheet}」预算执行率：预算数或执行数没有填，不能评分"
            self._part.waiting.append(text)
            return None
        rate, base = execution.rates[0], execution.bases[0]
        counted = rate if rate.compare(ONE) < 0 else Ratio(ONE)
        value = counted.times(execution.points).rounded(self.rubric.step)
        cell = execution.cell(MoneyColumn.SCORE)
        if cell is not None:
            figures = (
                f"执行数{grouped(execution.executed)}÷{base.label}{grouped(base.amount)}"
                f"={percent(rate, (ONE,))}"
            )
            self._write(cell, f"预算执行率得分（{figures}）", value)
        return value

    def _finish(self, value: Decimal) -> None:
        form = self.form
        total_row = form.total_score or form.total_points
        column = form.columns.get(Column.SCORE)
        if form.total_score is not None:
            self._write(form.total_score, "总分", value)
        elif total_row is not None and column is not None:
            place = Place(form.sheet, total_row.place.row, column.place.column)
            self._write(Found(None, place), "总分", value)
        else:
            self._part.kept.append(f"「{form.sheet}」没有认出总分的格，总分{plain(value)}没有写")
        self._tick(self.rubric.grade(value).name)

    def _tick(self, grade: str) -> None:
        """Tick the box of the grade, and open the others, in the words of the form."""
        places = {box.place for box in self.form.grade_boxes}
        for place in sorted(places, key=lambda at: (at.row, at.column)):
            old = self._text_at(place)
            new = _ticked(old, grade)
            if new is None:
                if old.strip() != grade:
                    text = f"「{place.sheet}」{place.a1}的等级不是方框，请自行改为“{grade}”"
                    self._part.kept.append(text)
            else:
                self._write_text(Found(old, place), "等级", new, is_own=True)
        if not places:
            self._part.kept.append(f"「{self.form.sheet}」没有认出等级的方框，等级“{grade}”没有写")

    def _text_at(self, place: Place) -> str:
        rows = FileHost(self.form.file, self._package).read(_one(place)).rows
        value = rows[place.row - 1][place.column - 1]
        return value if isinstance(value, str) else ""

    def _write(self, cell: Found, label: str, value: Decimal) -> None:
        """Put a number into a cell that holds one or nothing."""
        if cell.value == value or self._keeps_formula(cell, label, plain(value)):
            return
        if not is_blank(cell.value) and not isinstance(cell.value, Decimal):
            where = f"「{cell.place.sheet}」{cell.place.a1}"
            self._part.kept.append(
                f"{where} {label}：已有文字“{shown(cell.value)}”，保留；程序算得{plain(value)}"
            )
            return
        self._part.writes.append(Write(cell.place, label, cell, value))

    def _write_text(self, cell: Found, label: str, text: str, *, is_own: bool = False) -> None:
        """Put a text into a cell unless a person's words stand there."""
        if cell.text == text.strip() or self._keeps_formula(cell, label, shown(text)):
            return
        if is_own or may_replace(cell.value):
            self._part.writes.append(Write(cell.place, label, cell, text))

    def _keeps_formula(self, cell: Found, label: str, new: str) -> bool:
        place = cell.place
        if not self._package.sheet(place.sheet).has_formula(place.row, place.column):
            return False
        where = f"「{place.sheet}」{place.a1}"
        self._part.kept.append(f"{where} {label}：是表里的公式，保留；程序算得{new}")
        return True


def _one(place: Place) -> CellRange:
    return CellRange(place.sheet, place.row, place.column, place.row, place.column)


def _ticked(line: str, grade: str) -> str | None:
    """The line with the box of one grade ticked; None where it has no boxes."""
    names = [match.group() for match in re.finditer("优|良|中|差", line)]
    boxes = [match.start() for match in re.finditer(f"[{_MARKS}]", line)]
    if len(boxes) != len(names) or not boxes:
        return None
    letters = list(line)
    for at, name in zip(boxes, names, strict=True):
        letters[at] = TICKED if name == grade else OPEN
    return "".join(letters)
