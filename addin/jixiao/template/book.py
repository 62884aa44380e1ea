"""The workbook under construction: the one place that speaks with XlsxWriter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from jixiao.ooxml.text_height import text_height
from jixiao.scoring.table_reader import RubricError
from jixiao.template.area import Area, cell
from jixiao.template.fitted_rows import unfixed
from jixiao.template.styles import FADED, HEADER, LINE, Style
from jixiao.workbook.formulas import NO_FORMULAS, Formulas
from jixiao.workbook.names import PROGRAM_SHEET

Content = str | int | Decimal | None
"""What a cell is given: a text, a number, or nothing but its look."""

# The same rubric has to give the same bytes, whenever it is built.
CREATED = datetime(2024, 1, 1)

A4 = 9
LONGEST_NAME = 255
LONGEST_FOOTER_TEXT = 80
HIGHEST_ROW = 409
_NAME = re.compile(r"[A-Za-z_][\w.]*")


class Book:
    """Gives out sheets, formats and defined names; `finished` closes it.

    ``sheets`` are the titles of the sheets by their keys in `jixiao.workbook.names`. ``formulas``
    are those that the program's cells get; without them the cells stay blank.
    """

    def __init__(
        self,
        title: str,
        footer: str,
        sheets: Mapping[str, str],
        formulas: Formulas = NO_FORMULAS,
    ) -> None:
        self.sheets = sheets
        self.formulas = formulas
        self._buffer = BytesIO()
        self._workbook: Any = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._workbook.set_properties({"title": title, "created": CREATED})
        self._footer = footer
        self._formats: dict[Style, Any] = {}
        self._shown_as: dict[str, Any] = {}
        self._names: set[str] = set()
        self._sheets: list[Sheet] = []
        self.faded: Any = self._workbook.add_format({"font_color": FADED})
        self.underlined: Any = self._workbook.add_format({"bottom": 1, "bottom_color": FADED})
        self.framed: Any = self._workbook.add_format({"border": 1, "border_color": LINE})

    def sheet(self, key: str, tab: str, widths: Sequence[float]) -> Sheet:
        """Add the sheet ``key``, with the widths of its columns."""
        title = self.sheets[key]
        worksheet: Any = self._workbook.add_worksheet(title)
        worksheet.set_tab_color(tab)
        worksheet.hide_gridlines(2)
        worksheet.set_paper(A4)
        worksheet.set_margins(left=0.45, right=0.45, top=0.55, bottom=0.65)
        worksheet.center_horizontally()
        worksheet.set_footer(self._footer_of(title))
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        sheet = Sheet(self, worksheet, title, widths)
        self._sheets.append(sheet)
        return sheet

    def program_sheet(self, widths: Sequence[float]) -> Sheet:
        """Add the sheet that nobody needs to see, and hide it so that only a macro shows it."""
        worksheet: Any = self._workbook.add_worksheet(PROGRAM_SHEET)
        worksheet.very_hidden()
        for column, width in enumerate(widths):
            worksheet.set_column(column, column, width)
        sheet = Sheet(self, worksheet, PROGRAM_SHEET, widths)
        self._sheets.append(sheet)
        return sheet

    def attach(self, project: bytes, workbook_module: str, sheet_modules: Sequence[str]) -> None:
        """Put a VBA project in; the modules are those of the workbook and of each sheet."""
        self._workbook.add_vba_project(BytesIO(project), True)
        self._workbook.set_vba_name(workbook_module)
        for sheet, module in zip(self._sheets, sheet_modules, strict=True):
            sheet.code_name(module)

    @property
    def sheet_count(self) -> int:
        """How many sheets there are so far."""
        return len(self._sheets)

    def _footer_of(self, title: str) -> str:
        # The blank parts the size of the font from a name that begins with a digit.
        name = self._footer[:LONGEST_FOOTER_TEXT].replace("&", "&&")
        font = '&"宋体,Regular"&9 '
        return f"&L{font}{title}&C{font}第 &P 页，共 &N 页&R{font}{name}"

    def format(self, style: Style) -> Any:
        """XlsxWriter's object for a style; one for each, however often it is asked for."""
        if style not in self._formats:
            self._formats[style] = self._workbook.add_format(style.properties())
        return self._formats[style]

    def shown_as(self, word: str) -> Any:
        """XlsxWriter's object for a number format that shows this word in place of any text."""
        if word not in self._shown_as:
            self._shown_as[word] = self._workbook.add_format({"num_format": f';;;"{word}"'})
        return self._shown_as[word]

    def define(self, name: str, sheet: str, area: Area) -> None:
        """Give cells a name that holds in the whole workbook."""
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise RubricError(f"“{name}”不能作单元格名称：编号只能用字母、数字和下划线")
        # Excel tells names apart without regard to case and refuses a file with two alike.
        if name.casefold() in self._names:
            raise RubricError(f"单元格名称“{name}”重复：编号不能只有大小写不同")
        self._names.add(name.casefold())
        self._workbook.define_name(name, f"={quote_sheetname(sheet)}!{xl_range_abs(*area)}")

    def finished(self) -> bytes:
        """Close the workbook and return the file."""
        rows = {number: sheet.fit_rows() for number, sheet in enumerate(self._sheets, 1)}
        self._workbook.close()
        return unfixed(self._buffer.getvalue(), rows)


class Sheet:
    """One worksheet. A text stays a text, also where it begins with an equals sign."""

    def __init__(self, book: Book, worksheet: Any, title: str, widths: Sequence[float]) -> None:
        self._book = book
        self._worksheet = worksheet
        self._title = title
        self._widths = widths
        self._fixed: set[int] = set()
        self._needed: dict[int, float] = {}

    def put(self, area: Area, content: Content, style: Style, name: str = "") -> None:
        """Write into a cell, or merge an area and write into it; ``name`` is its first cell's."""
        look = self._book.format(style)
        row, column = area.first_row, area.first_column
        if area.is_single:
            text = content if isinstance(content, str) else ""
            needed = text_height(text, self._widths[column], style.size)
            self._needed[row] = max(needed, self._needed.get(row, 0))
        else:
            self._worksheet.merge_range(*area, "", look)
        if name in self._book.formulas.cells:
            self._write_formula(area, self._book.formulas.cells[name], look)
        elif content is None or content == "":
            self._worksheet.write_blank(row, column, None, look)
        elif isinstance(content, str):
            self._worksheet.write_string(row, column, content, look)
        else:
            self._worksheet.write_number(row, column, float(content), look)
        if name:
            self.name(cell(row, column), name)

    def show(self, area: Area, name: str, style: Style) -> None:
        """Show, by formula, what stands in the cell of that name, and nothing while it is blank."""
        self.calculate(area, f'=IF({name}="","",{name})', style)

    def calculate(self, area: Area, formula: str, style: Style, name: str = "") -> None:
        """Put a formula into a cell or a merged area; ``name`` is its first cell's."""
        look = self._book.format(style)
        if not area.is_single:
            self._worksheet.merge_range(*area, "", look)
        self._write_formula(area, formula, look)
        if name:
            self.name(cell(area.first_row, area.first_column), name)

    def calculate_together(self, area: Area, formula: str, style: Style) -> None:
        """Put one array formula over an area."""
        look = self._book.format(style)
        self._worksheet.write_array_formula(*area, f"{{{formula}}}", look, "")

    def _write_formula(self, area: Area, formula: str, look: Any) -> None:
        # No result: every program that calculates works the formula out when it opens the file.
        self._worksheet.write_formula(area.first_row, area.first_column, formula, look, "")

    def code_name(self, module: str) -> None:
        """Name the sheet's VBA module; Excel deletes the code of a file where the two differ."""
        self._worksheet.set_vba_name(module)

    def header(self, row: int, headings: Iterable[str], height: float) -> None:
        """Write the headings of a table, from the first column on."""
        for column, heading in enumerate(headings):
            self.put(cell(row, column), heading, HEADER)
        self.height(row, height)

    def name(self, area: Area, name: str) -> None:
        """Define a name for cells of this sheet."""
        self._book.define(name, self._title, area)

    def height(self, row: int, points: float) -> None:
        """Fix the height of a row; a row without one fits itself to its unmerged cells."""
        self._worksheet.set_row(row, points)
        self._fixed.add(row)

    def leave_room(self, row: int, points: float) -> None:
        """Make a row at least so high to begin with; it still grows with its text."""
        self._needed[row] = max(points, self._needed.get(row, 0))

    def fit_rows(self) -> set[int]:
        """Give every other row the height its text needs; returns their numbers, from 1."""
        fitted = {row: points for row, points in self._needed.items() if row not in self._fixed}
        for row, points in fitted.items():
            self._worksheet.set_row(row, min(points, HIGHEST_ROW))
        return {row + 1 for row in fitted}

    def validate(self, area: Area, options: dict[str, Any]) -> None:
        """Attach a data validation (数据有效性)."""
        self._worksheet.data_validation(*area, options)

    def fade_where_blank(self, area: Area, column: int) -> None:
        """Show the text of ``area`` faintly in rows whose cell in ``column`` is blank."""
        first = xl_rowcol_to_cell(area.first_row, column, col_abs=True)
        rule = {"type": "formula", "criteria": f'={first}=""', "format": self._book.faded}
        self._worksheet.conditional_format(*area, rule)

    def show_first_words(self, area: Area, words: Iterable[str]) -> None:
        """Show of a text that begins with one of the words only that word.

        The cells hold the whole text, which a formula gives and no row would grow with.
        """
        first = xl_rowcol_to_cell(area.first_row, area.first_column)
        for word in words:
            look = self._book.shown_as(word)
            criteria = f'=LEFT({first},{len(word)})="{word}"'
            rule = {"type": "formula", "criteria": criteria, "format": look}
            self._worksheet.conditional_format(*area, rule)

    def frame_where_filled(self, area: Area, column: int) -> None:
        """Frame the cells of ``area`` in rows whose cell in ``column`` is not blank."""
        first = xl_rowcol_to_cell(area.first_row, column, col_abs=True)
        rule = {"type": "formula", "criteria": f'={first}<>""', "format": self._book.framed}
        self._worksheet.conditional_format(*area, rule)

    def underline_filled(self, area: Area) -> None:
        """Draw a line below each cell that holds something; blank cells stay bare and unprinted."""
        rule = {"type": "no_blanks", "format": self._book.underlined}
        self._worksheet.conditional_format(*area, rule)

    def print_on(self, area: Area | None, *, landscape: bool, repeated_row: int = -1) -> None:
        """Print ``area`` (None: all there is) one page wide, ``repeated_row`` atop each page."""
        if landscape:
            self._worksheet.set_landscape()
        self._worksheet.fit_to_pages(1, 0)
        if area is not None:
            self._worksheet.print_area(*area)
        if repeated_row >= 0:
            self._worksheet.repeat_rows(repeated_row)

    def freeze(self, row: int, column: int = 0) -> None:
        """Keep the rows above and the columns to the left in sight."""
        self._worksheet.freeze_panes(row, column)

    def filter(self, area: Area) -> None:
        """Put filter buttons on the first row of a table."""
        self._worksheet.autofilter(*area)

    def zoom(self, percent: int) -> None:
        """Set the size on the screen."""
        self._worksheet.set_zoom(percent)

    def ignore(self, fault: str, area: Area) -> None:
        """Spare people a green triangle where the cells are meant to be as they are."""
        self._worksheet.ignore_errors({fault: xl_range_abs(*area).replace("$", "")})

    def open_here(self) -> None:
        """Make this the sheet that is seen when the file is opened."""
        self._worksheet.activate()
