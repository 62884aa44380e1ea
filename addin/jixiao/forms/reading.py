"""From a file to the evaluation tables in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from jixiao.forms.errors import FormError, SheetError
from jixiao.forms.form import Column, Form, Found, Place
from jixiao.forms.grades import read_grades
from jixiao.forms.grid import Grid
from jixiao.forms.header import Header, header_at
from jixiao.forms.headings import ANNEX
from jixiao.forms.money import read_money
from jixiao.forms.quantities import number_of
from jixiao.forms.rows import Table, read_rows
from jixiao.forms.sources import open_source
from jixiao.forms.surroundings import (
    Text,
    rate_base_note,
    subject_of,
    texts,
    texts_above,
    title_of,
    unit_of,
    years_in,
)
from jixiao.forms.words import bare
from jixiao.ooxml import PackageError, a1
from jixiao.ooxml.cells import MAX_COLUMN, MAX_ROW
from jixiao.scoring.numbers import ONE, Ratio

MOST_CELLS_OF_A_FILE = 3_000_000
"""The cells that the sheets of one file may span together."""

MOST_FORMS = 200
"""The tables that are read of one file."""

_ROWS_BELOW = 12
_NAMED_CELLS = 3
_NAMED_FAULTS = 5
_LONGEST_LABEL = 20
_TOTAL_LABELS = ("自评总分", "自评总得分", "总得分", "自评得分", "项目自评总分", "最终得分")
_CONFIDENCE_STEP = Decimal("0.01")
_PARTS = (
    (Column.PRIMARY,),
    (Column.SECONDARY,),
    (Column.NAME,),
    (Column.POINTS,),
    (Column.SCORE,),
    (Column.ACTUAL, Column.SENTENCE),
    (Column.REASON,),
)


def read_forms(path: Path) -> tuple[Form, ...]:
    """All evaluation tables of a file, in their order.

    Reads .xlsx, .xlsm, .xls, .ods and the tables of .docx, by what the file holds. Raises FormError
    where the file cannot be read or has no such table; a sheet that cannot be read is passed over
    and said in the ``doubts`` of the tables that can.
    """
    try:
        forms, faults = _read(path)
    except PackageError as error:
        raise FormError(_named(path, str(error))) from error
    if forms:
        return tuple(replace(form, doubts=(*form.doubts, *faults)) for form in forms)
    if faults:
        raise FormError(_named(path, f"没有读到自评表。{''.join(faults[:_NAMED_FAULTS])}"))
    raise FormError(
        _named(
            path,
            "没有找到自评表。自评表应有“一级指标、二级指标、三级指标、分值、得分”一类的表头；"
            "请检查文件是否选对，表头是否是文字而不是图片。",
        )
    )


def _named(path: Path, why: str) -> str:
    return why if why.startswith(f"“{path.name}”") else f"“{path.name}”：{why}"


def _read(path: Path) -> tuple[list[Form], list[str]]:
    source = open_source(path)
    forms: list[Form] = []
    faults: list[str] = list(source.notes)
    cells = 0
    for grid in source.grids:
        if isinstance(grid, SheetError):
            faults.append(str(grid))
            continue
        cells += grid.last_row * grid.last_column
        if cells > MOST_CELLS_OF_A_FILE:
            faults.append(f"工作表「{grid.sheet}」及其后的没有读：文件的单元格过多。")
            break
        for form in _forms_of(grid, path):
            if forms and _continues(forms[-1], form, grid):
                forms[-1] = _joined(forms[-1], form)
            elif len(forms) < MOST_FORMS:
                forms.append(form)
    return forms, faults


def _forms_of(grid: Grid, path: Path) -> Iterator[Form]:
    """The tables of one sheet from top to bottom."""
    row, top = 1, 1
    while row <= grid.last_row:
        header = header_at(grid, row)
        if header is None:
            row += 1
            continue
        lines = texts_above(grid) if top == 1 else ()
        above = (*lines, *texts(grid, top, header.first_row - 1))
        title = title_of(above) or title_of([Text(grid.sheet, Place(grid.sheet, 1, 1))])
        if _is_annex(grid, title):
            row = top = header.last_row + 1
            continue
        table = read_rows(grid, header)
        yield _form(_Found(grid, path, header, table, top, title, above))
        row = top = max(table.last_row, header.last_row) + 1


def _is_annex(grid: Grid, title: Text | None) -> bool:
    """Whether it is the list of targets behind a department's table, which is no table itself."""
    words = title.words if title else ""
    return ANNEX in words or (ANNEX in grid.sheet and "自评表" not in words)


class _Found(NamedTuple):
    """A table that was found, and what stands above it from row ``top`` on."""

    grid: Grid
    path: Path
    header: Header
    table: Table
    top: int
    title: Text | None
    above: tuple[Text, ...]


def _form(found: _Found) -> Form:
    grid, header, table = found.grid, found.header, found.table
    before = header.first_row - 1
    bottom = _bottom(grid, table.last_row)
    body = (*found.above, *texts(grid, header.last_row + 1, bottom))
    title = " ".join(found.title.words.split()) if found.title else ""
    years = years_in(body)
    total = table.total
    total_score = (total.score if total else None) or _score_beside_label(found, bottom)
    return Form(
        file=found.path,
        sheet=grid.sheet,
        subject=subject_of(title, found.above, Column.ACTUAL in header.spans),
        title=title,
        unit=unit_of(grid, found.above),
        year=_year(found.title, found.above, years),
        columns={column: span.heading for column, span in header.spans.items()},
        rows=tuple(table.rows),
        money=read_money(grid, found.top, before),
        headings=tuple(table.headings),
        total_points=total.points if total else None,
        total_score=total_score,
        grade_boxes=read_grades(grid, table.last_row + 1, bottom)
        or read_grades(grid, found.top, before),
        years=years,
        rate_base_note=rate_base_note(body),
        recognised=_range(header, table.last_row),
        confidence=_confidence(header, table, total_score),
        doubts=_doubts(grid, header, table, total_score),
    )


def _bottom(grid: Grid, last_row: int) -> int:
    """The last row that still belongs to a table: its notes, up to the next one."""
    for row in range(last_row + 1, min(last_row + _ROWS_BELOW, grid.last_row) + 1):
        if header_at(grid, row) is not None or _is_title(grid, row):
            return row - 1
    return min(last_row + _ROWS_BELOW, grid.last_row)


def _is_title(grid: Grid, row: int) -> bool:
    found = title_of(texts(grid, row, row))
    return found is not None and found.words.strip().endswith(("表", "表)", "表）"))


def _year(
    title: Text | None, above: tuple[Text, ...], years: tuple[tuple[int, Place], ...]
) -> int | None:
    """The year of the title, else the first one above the table."""
    in_title = years_in((title,)) if title else ()
    places = {text.place for text in above}
    found = [*in_title, *((year, place) for year, place in years if place in places)]
    return found[0][0] if found else None


def _score_beside_label(found: _Found, bottom: int) -> Found | None:
    """A total score that stands apart from the table: 自评总分 | 97.93."""
    grid = found.grid
    for text in (*found.above, *texts(grid, found.header.last_row + 1, bottom)):
        if len(text.words) > _LONGEST_LABEL or bare(text.words) not in _TOTAL_LABELS:
            continue
        for column in grid.filled(text.place.row) if text.place.sheet == grid.sheet else ():
            if column > text.place.column:
                beside = grid.found(text.place.row, column)
                return beside if number_of(beside) is not None else None
    return None


def _range(header: Header, last_row: int) -> str:
    first, last = header.first_column, min(header.last_column, MAX_COLUMN)
    return f"{a1(header.first_row, first)}:{a1(min(last_row, MAX_ROW), last)}"


def _confidence(header: Header, table: Table, total_score: Found | None) -> Decimal:
    """How much was recognised, from 0 to 1, rounded to 0.01.

    Of eight things a table has - the three levels, points, scores, actual values or a standard,
    reasons, a total score - the share that was found; times the share of the cells of points and
    scores that are numbers; 0 where there are no rows. Points in the headings of the blocks count.
    """
    found = [part not in _missing(header, table) for part in _PARTS]
    found.append(total_score is not None)
    share = Ratio(Decimal(sum(found)), Decimal(len(found)))
    read = Ratio(Decimal(table.numbers - table.unread), Decimal(max(table.numbers, 1)))
    if not table.rows or not table.numbers:
        return Decimal(0)
    product = Ratio(share.numerator * read.numerator, share.denominator * read.denominator)
    return product.rounded(_CONFIDENCE_STEP)


def _missing(header: Header, table: Table) -> tuple[tuple[Column, ...], ...]:
    """What a table should have and this one has not; points may stand in its blocks' headings."""
    have = set(header.spans)
    if any(heading.points for heading in table.headings):
        have.add(Column.POINTS)
    return tuple(columns for columns in _PARTS if have.isdisjoint(columns))


def _doubts(grid: Grid, header: Header, table: Table, total_score: Found | None) -> tuple[str, ...]:
    where = f"工作表「{grid.sheet}」"
    doubts = [*grid.notes]
    missing = ["或".join(columns) for columns in _missing(header, table)]
    if missing:
        doubts.append(f"{where}没有认出这些栏：{'、'.join(missing)}")
    doubts += [
        f"{where}{span.heading.place.a1}的“{span.heading.text}”与前面的栏重复，未读"
        for span in header.ignored
    ]
    doubts += _uncalculated(grid, header, table)
    if not table.rows:
        doubts.append(f"{where}表头下面没有认出指标")
    if total_score is None:
        doubts.append(f"{where}没有认出总分")
    return (*doubts, *table.doubts)


def _uncalculated(grid: Grid, header: Header, table: Table) -> list[str]:
    cells = sorted(
        cell
        for cell in grid.uncalculated
        if cell[0] <= table.last_row and header.first_column <= cell[1] <= header.last_column
    )
    if not cells:
        return []
    first = "、".join(a1(*cell) for cell in cells[:_NAMED_CELLS])
    return [
        f"工作表「{grid.sheet}」{first}等{len(cells)}格的公式还没有计算结果，按空白读；"
        "请用 Excel 或 WPS 打开保存后再读"
    ]


def _continues(before: Form, form: Form, grid: Grid) -> bool:
    """Whether a table of a Word file goes on in the next one, with its heading repeated."""
    return (
        form.sheet != before.sheet
        and not grid.above
        and form.sheet.startswith("表格")
        and before.sheet.startswith("表格")
        and before.total_score is None
        and not form.money
        and list(before.columns) == list(form.columns)
    )


def _joined(before: Form, form: Form) -> Form:
    """One table of two that belong together; each cell keeps its place."""
    shift = len(before.rows)
    last = before.rows[-1] if before.rows else None
    rows = []
    for row in form.rows:
        primary = row.primary or (last.primary if last else "")
        secondary = row.secondary or (last.secondary if last and not row.primary else "")
        rows.append(replace(row, place=row.place + shift, primary=primary, secondary=secondary))
    headings = (h._replace(rows=tuple(place + shift for place in h.rows)) for h in form.headings)
    gone = f"工作表「{before.sheet}」没有认出总分"
    return replace(
        before,
        rows=(*before.rows, *rows),
        headings=(*before.headings, *headings),
        total_points=form.total_points,
        total_score=form.total_score,
        grade_boxes=before.grade_boxes or form.grade_boxes,
        years=(*before.years, *form.years),
        rate_base_note=before.rate_base_note or form.rate_base_note,
        recognised=f"{before.recognised}、{form.sheet} {form.recognised}",
        confidence=min(ONE, max(before.confidence, form.confidence)),
        doubts=(*(doubt for doubt in before.doubts if doubt != gone), *form.doubts),
    )
