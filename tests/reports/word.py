"""Reading a report back from its Word file, by python-docx."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import NamedTuple

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from jixiao.reports.content import Report
from jixiao.reports.document import write_document
from jixiao.reports.outline import OUTLINES
from jixiao.reports.word_template import build_word_template


class Picture(NamedTuple):
    """A picture with what is read out in its place."""

    content: bytes
    description: str


@cache
def template(title: str) -> bytes:
    """The shipped template of the report with this title."""
    return next(build_word_template(outline) for outline in OUTLINES if outline.title == title)


def written(report: Report) -> Document:
    """The Word file of a report, opened again."""
    content = write_document(report, template(report.title)).content
    return docx.Document(BytesIO(content))


def blocks(document: Document) -> list[Paragraph | Table]:
    """Paragraphs and tables in the order of the page."""
    return list(document.iter_inner_content())


def texts(document: Document, style: str = "") -> list[str]:
    """The texts of all paragraphs outside tables, or of those of one style."""
    return [p.text for p in document.paragraphs if not style or p.style.name == style]


def rows(table: Table) -> list[list[str]]:
    """The texts of a table, each merged cell once, as its rows have them."""
    found = []
    for row in table.rows:
        cells = dict.fromkeys(row.cells)
        found.append([cell.text for cell in cells])
    return found


def below(document: Document, heading: str) -> list[str]:
    """The paragraphs between a heading and the next one."""
    found: list[str] | None = None
    for paragraph in document.paragraphs:
        is_heading = paragraph.style.name.startswith("Heading")
        if is_heading and found is not None:
            break
        if found is not None:
            found.append(paragraph.text)
        elif is_heading and paragraph.text == heading:
            found = []
    assert found is not None, heading
    return found


def pictures(document: Document) -> list[Picture]:
    """All pictures in their order."""
    found = []
    for inline in document.element.body.iter(qn("wp:inline")):
        blip = next(inline.iter(qn("a:blip")))
        part = document.part.related_parts[blip.get(qn("r:embed"))]
        found.append(Picture(part.blob, inline.docPr.get("descr")))
    return found
