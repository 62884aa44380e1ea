"""Builds the Word templates: named styles, and the tags that docxtpl fills.

The same outline always gives the same bytes. What the tags mean is told in the manual, for those
who restyle a template; the tables' columns and widths are the template's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from jixiao.building.macro_file import reproducible
from jixiao.reports import word_styles as looks
from jixiao.reports.outline import Outline
from jixiao.reports.word_styles import Look, apply_styles

_CREATED = datetime(2024, 1, 1)


class _Column(NamedTuple):
    heading: str
    width: int  # mm
    text: str
    look: Look


def build_word_template(outline: Outline) -> bytes:
    """The content of the .docx template of a report."""
    document = docx.Document()
    apply_styles(document)
    _describe(document, outline)
    _number_pages(document)
    _write(document, looks.TITLE, "{{ year }}年度{{ unit }}")
    _write(document, looks.TITLE, "{{ title }}")
    _write(document, looks.TITLE_END, "")
    _write(document, looks.BODY, "{%p for section in sections %}")
    _write(document, looks.BODY, "{%p if section.level == 1 %}")
    _write(document, looks.HEADING, "{{ section.heading }}")
    _write(document, looks.BODY, "{%p else %}")
    _write(document, looks.SUBHEADING, "{{ section.heading }}")
    _write(document, looks.BODY, "{%p endif %}")
    _write(document, looks.BODY, "{%p for item in section.contents %}")
    _write_contents(document)
    _write(document, looks.BODY, "{%p endfor %}")
    _write(document, looks.BODY, "{%p endfor %}")
    buffer = BytesIO()
    document.save(buffer)
    return reproducible(buffer.getvalue())


def _describe(document: Document, outline: Outline) -> None:
    properties = document.core_properties
    properties.author = "jixiao"
    properties.title = outline.title
    properties.comments = ""
    properties.created = properties.modified = _CREATED
    properties.last_modified_by = "jixiao"
    properties.language = "zh-CN"


def _number_pages(document: Document) -> None:
    """— 1 — at the foot of each page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[looks.PAGE_NUMBER.name]
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _write(document: Document, look: Look, text: str) -> None:
    document.add_paragraph(text, style=look.name)


def _write_contents(document: Document) -> None:
    _write(document, looks.BODY, "{%p if item.kind == 'body' %}")
    _write(document, looks.BODY, "{{ item.text }}")
    _write(document, looks.BODY, "{%p elif item.kind == 'unfilled' %}")
    _write(document, looks.UNFILLED, "{{ item.text }}")
    _write(document, looks.BODY, "{%p elif item.kind == 'note' %}")
    _write(document, looks.NOTE, "{{ item.text }}")
    _write(document, looks.BODY, "{%p elif item.kind == 'picture' %}")
    _write(document, looks.PICTURE, "{{ item.picture }}")
    _write(document, looks.PICTURE_TITLE, "{{ item.caption }}")
    _write_score_table(document)
    _write_comparison_table(document)
    _write_amount_table(document)
    _write_money_table(document)
    _write(document, looks.BODY, "{%p endif %}")


def _write_score_table(document: Document) -> None:
    _write(document, looks.BODY, "{%p elif item.kind == 'score_table' %}")
    _write(document, looks.TABLE_TITLE, "{{ item.caption }}")
    columns = (
        _Column("二级指标", 30, "{% vm %}{{ block.name }}", looks.TABLE_FIGURE),
        _Column("序号", 14, "{{ row.number }}", looks.TABLE_FIGURE),
        _Column("三级指标", 76, "{{ row.name }}", looks.TABLE_TEXT),
        _Column("分值", 18, "{{ row.points }}", looks.TABLE_FIGURE),
        _Column("得分", 18, "{{ row.score }}", looks.TABLE_FIGURE),
    )
    table = _table(document, columns)
    _grouped_rows(table, columns)
    _sum_row(table, ("合计", "{{ item.points }}", "{{ item.score }}"))
    _write(document, looks.AFTER_TABLE, "")


def _write_comparison_table(document: Document) -> None:
    _write(document, looks.BODY, "{%p elif item.kind == 'comparison_table' %}")
    _write(document, looks.TABLE_TITLE, "{{ item.caption }}")
    columns = (
        _Column("二级指标", 23, "{% vm %}{{ block.name }}", looks.TABLE_FIGURE),
        _Column("三级指标", 39, "{{ row.name }}", looks.TABLE_TEXT),
        _Column("年度目标值", 22, "{{ row.target }}", looks.TABLE_FIGURE),
        _Column("实际完成值", 22, "{{ row.actual }}", looks.TABLE_FIGURE),
        _Column("完成率", 20, "{{ row.rate }}", looks.TABLE_FIGURE),
        _Column("分值", 15, "{{ row.points }}", looks.TABLE_FIGURE),
        _Column("得分", 15, "{{ row.score }}", looks.TABLE_FIGURE),
    )
    table = _table(document, columns)
    _grouped_rows(table, columns)
    _tag_row(table, "{%tr if item.points %}")
    _sum_row(table, ("合计", "{{ item.points }}", "{{ item.score }}"))
    _tag_row(table, "{%tr endif %}")
    _write(document, looks.AFTER_TABLE, "")


def _write_amount_table(document: Document) -> None:
    _write(document, looks.BODY, "{%p elif item.kind == 'amount_table' %}")
    _write(document, looks.TABLE_TITLE, "{{ item.caption }}")
    _write(document, looks.TABLE_UNIT, "单位：{{ item.unit }}")
    columns = (
        _Column("项目", 100, "{{ row.name }}", looks.SMALL_TEXT),
        _Column("金额", 56, "{{ row.amount }}", looks.SMALL_AMOUNT),
    )
    _plain_rows(_table(document, columns), columns)
    _write(document, looks.AFTER_TABLE, "")


def _write_money_table(document: Document) -> None:
    _write(document, looks.BODY, "{%p elif item.kind == 'money_table' %}")
    _write(document, looks.TABLE_TITLE, "{{ item.caption }}")
    _write(document, looks.TABLE_UNIT, "单位：{{ item.unit }}")
    columns = (
        _Column("资金来源", 48, "{{ row.name }}", looks.SMALL_TEXT),
        _Column("年初预算数", 28, "{{ row.budget }}", looks.SMALL_AMOUNT),
        _Column("调整后预算数", 28, "{{ row.adjusted }}", looks.SMALL_AMOUNT),
        _Column("执行数", 28, "{{ row.executed }}", looks.SMALL_AMOUNT),
        _Column("执行率", 24, "{{ row.rate }}", looks.SMALL_AMOUNT),
    )
    _plain_rows(_table(document, columns), columns)
    _write(document, looks.AFTER_TABLE, "")


def _table(document: Document, columns: Sequence[_Column]) -> Table:
    """A table with its heading row, which is repeated on every page."""
    table: Table = document.add_table(rows=1, cols=len(columns))
    table.style = document.styles[looks.TABLE_STYLE]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, wanted in zip(table.columns, columns, strict=True):
        column.width = Mm(wanted.width)
    for cell, wanted in zip(table.rows[0].cells, columns, strict=True):
        cell.width = Mm(wanted.width)
        _put(cell, wanted.heading, looks.TABLE_HEAD)
    _mark(table.rows[0], "w:cantSplit", "w:tblHeader")
    return table


def _grouped_rows(table: Table, columns: Sequence[_Column]) -> None:
    _tag_row(table, "{%tr for group in item.groups %}")
    _sum_row(table, ("{{ group.name }}", "{{ group.points }}", "{{ group.score }}"))
    _tag_row(table, "{%tr for block in group.blocks %}")
    _looped_row(table, columns, "block.rows")
    _tag_row(table, "{%tr endfor %}")
    _tag_row(table, "{%tr endfor %}")


def _plain_rows(table: Table, columns: Sequence[_Column]) -> None:
    _looped_row(table, columns, "item.rows")


def _looped_row(table: Table, columns: Sequence[_Column], rows: str) -> None:
    _tag_row(table, f"{{%tr for row in {rows} %}}")
    row = _row(table)
    for cell, column in zip(row.cells, columns, strict=True):
        _put(cell, column.text, column.look)
    _tag_row(table, "{%tr endfor %}")


def _sum_row(table: Table, texts: Sequence[str]) -> None:
    """A row whose first cell spans all columns but those of the figures."""
    row = _row(table)
    name, *figures = texts
    split = len(row.cells) - len(figures)
    first = row.cells[0].merge(row.cells[split - 1])
    _put(first, name, looks.TABLE_GROUP)
    for cell, text in zip(row.cells[split:], figures, strict=True):
        _put(cell, text, looks.TABLE_SUM)


def _tag_row(table: Table, tag: str) -> None:
    """A row that docxtpl takes away, with a tag in it."""
    _put(_row(table).cells[0], tag, looks.TABLE_TEXT)


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "w:cantSplit")
    return row


def _put(cell: _Cell, text: str, look: Look) -> None:
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph.style = look.name
    paragraph.add_run(text)


def _mark(row: _Row, *properties: str) -> None:
    found: Any = row._tr.get_or_add_trPr()
    for name in properties:
        found.append(OxmlElement(name))
