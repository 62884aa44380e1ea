"""The sheets of an .xls file, by xlrd.

calamine aborts the process on some damaged .xls files and knows neither number formats nor errors;
xlrd is Python, so what is damaged raises, and memory grows with what stands in the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

from jixiao.forms.errors import SheetError
from jixiao.forms.grid import Grid, anchors, refuse_large
from jixiao.ooxml import CellAddress, PackageError
from jixiao.ooxml.workbook_part import MAX_SHEETS

MOST_BYTES = 16 * 2**20
"""xlrd reads some 10 MB a second; a form with photographs has a few."""

_MOST_SHEETS = f"工作簿的工作表超过上限 {MAX_SHEETS} 张，拒绝读取。"
_UNREADABLE = "旧版 .xls 的内容读不出，可能已损坏。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
_ENCRYPTED = "文件已加密（设置了打开密码），无法读取。请在 Excel 或 WPS 中取消打开密码后再试。"


def xls_grids(content: bytes) -> Iterator[Grid | SheetError]:
    """The sheets of a workbook in the order of their tabs; PackageError where it is unreadable."""
    if len(content) > MOST_BYTES:
        raise PackageError(
            f"旧版 .xls 文件有 {len(content) >> 20} MB，超过上限 {MOST_BYTES >> 20} MB。"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
        )
    book = _opened(content)
    if book.nsheets > MAX_SHEETS:
        raise PackageError(_MOST_SHEETS)
    for number in range(book.nsheets):
        yield _grid(book, number)


def _opened(content: bytes) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=content,
            logfile=io.StringIO(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
    except XLRDError as error:
        encrypted = "encrypted" in str(error).lower()
        raise PackageError(_ENCRYPTED if encrypted else _UNREADABLE) from error
    # A damaged file runs into any error of Python, for xlrd trusts what lengths it reads.
    except Exception as error:
        raise PackageError(_UNREADABLE) from error


def _grid(book: Book, number: int) -> Grid | SheetError:
    name = book.sheet_names()[number]
    try:
        sheet = book.sheet_by_index(number)
        refuse_large(sheet.nrows, sheet.ncols)
        return _read(book, sheet)
    except SheetError as error:
        return SheetError(f"工作表「{name}」{error}。")
    except Exception:
        return SheetError(f"工作表「{name}」的内容已损坏，没有读。")
    finally:
        book.unload_sheet(number)


def _read(book: Book, sheet: Sheet) -> Grid:
    rows: list[list[object]] = []
    percents: set[CellAddress] = set()
    errors: dict[CellAddress, str] = {}
    for row in range(sheet.nrows):
        values: list[object] = []
        for column, cell in enumerate(sheet.row(row)):
            value = _value(book, cell)
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors[row + 1, column + 1] = xlrd.error_text_from_code.get(
                    int(cell.value), "#VALUE!"
                )
            elif cell.ctype == xlrd.XL_CELL_NUMBER and _is_percent(book, cell):
                percents.add((row + 1, column + 1))
            values.append(value)
        rows.append(values)
    areas = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    return Grid(
        sheet.name,
        rows,
        anchors(areas, sheet.nrows, sheet.ncols),
        frozenset(percents),
        errors,
        notes=(f"工作表「{sheet.name}」是隐藏的",) if sheet.visibility else (),
    )


def _value(book: Book, cell: Cell) -> object:
    if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER):
        return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(float(cell.value), book.datemode)
        except (ValueError, OverflowError):
            return cell.value
    return None


def _is_percent(book: Book, cell: Cell) -> bool:
    if cell.xf_index is None:
        return False
    number_format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return number_format is not None and "%" in number_format.format_str
