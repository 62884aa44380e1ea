"""From a report to a Word file, by a template that people may restyle.

Only the template is a program (in a sandbox); texts of people are data in it, whatever they look
like. The same report and template give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from jixiao.building.macro_file import reproducible
from jixiao.ooxml import PackageError
from jixiao.reports.charts import draw
from jixiao.reports.content import (
    AmountTable,
    ComparisonTable,
    Content,
    MoneyChart,
    MoneyTable,
    Paragraph,
    RateChart,
    Report,
    ScoreTable,
)

PICTURE_WIDTH = Mm(150)

_KINDS: dict[type, str] = {
    ScoreTable: "score_table",
    ComparisonTable: "comparison_table",
    AmountTable: "amount_table",
    MoneyTable: "money_table",
}

_NOT_XML = re.compile(
    r"[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\u2028\u2029]")

# docxtpl turns these into braces after the template has been filled: {_{ into {{.
_LOOKS_LIKE_TAG = re.compile(r"(?<=[{}%])_(?=[{}%])")


class Written(NamedTuple):
    """A Word file, and the captions of the charts that could not be drawn."""

    content: bytes
    undrawn: tuple[str, ...]


class _Picture:
    """A picture that a template can show and nothing else: its parts are out of the sandbox.

    ``words`` are read out to those who do not see it.
    """

    def __init__(self, picture: InlineImage, words: Markup) -> None:
        self._picture = picture
        self._words = words

    def __html__(self) -> str:
        xml = str(self._picture.__html__())
        return xml.replace("<wp:docPr ", f'<wp:docPr descr="{self._words}" ', 1)


def write_document(report: Report, template: bytes) -> Written:
    """Fill a template; PackageError where the template cannot be used."""
    document = _opened(template)
    pictures = {
        content.caption: draw(content)
        for content in report.contents
        if isinstance(content, RateChart | MoneyChart)
    }
    _fill(document, _context(report, document, pictures))
    document.core_properties.title = _clean(report.title)
    document.core_properties.subject = _clean(f"{report.year}年度{report.unit}")
    buffer = BytesIO()
    document.save(buffer)
    undrawn = tuple(caption for caption, picture in pictures.items() if picture is None)
    return Written(reproducible(buffer.getvalue()), undrawn)


def _opened(template: bytes) -> DocxTemplate:
    document = DocxTemplate(BytesIO(template))
    try:
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError) as error:
        # lxml's fault of a text that is no XML is a SyntaxError.
        raise PackageError("报告模板不是能用的 Word 文档（.docx）") from error
    return document


def _fill(document: DocxTemplate, context: dict[str, object]) -> None:
    try:
        document.render(context, ImmutableSandboxedEnvironment(autoescape=True))
    except Exception as error:  # a template is a program, and may fail in any way
        reason = getattr(error, "message", None) or error
        raise PackageError(
            f"报告模板里的标记有误：{reason}。请改正花括号里的内容，或改用程序自带的模板"
        ) from error


def _context(
    report: Report, document: DocxTemplate, pictures: dict[str, bytes | None]
) -> dict[str, object]:
    """What a template may speak of; the manual lists it for those who restyle one."""
    sections = [
        {
            "heading": as_markup(section.heading),
            "level": section.level,
            "contents": list(_items(section.contents, document, pictures)),
        }
        for section in report.sections
    ]
    return {
        "title": as_markup(report.title),
        "unit": as_markup(report.unit),
        "year": as_markup(report.year),
        "sections": sections,
    }


def _items(
    contents: Iterable[Content], document: DocxTemplate, pictures: dict[str, bytes | None]
) -> Iterable[dict[str, Any]]:
    for content in contents:
        if isinstance(content, Paragraph):
            yield {"kind": content.manner.value, "text": as_markup(content.text)}
        elif isinstance(content, RateChart | MoneyChart):
            png = pictures[content.caption]
            if png is not None:
                image = InlineImage(document, BytesIO(png), width=PICTURE_WIDTH)
                caption = as_markup(content.caption)
                yield {"kind": "picture", "caption": caption, "picture": _Picture(image, caption)}
        else:
            fields = {name: _as_data(getattr(content, name)) for name in content.__slots__}
            yield {"kind": _KINDS[type(content)], **fields}


def _as_data(value: object) -> object:
    """Plain dicts, lists and escaped texts; a dict, so that a field may be called rows or items."""
    if isinstance(value, str):
        return as_markup(value)
    if isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        if fields is None:
            return [_as_data(item) for item in value]
        return {name: _as_data(item) for name, item in zip(fields, value, strict=True)}
    return value


def as_markup(text: str) -> Markup:
    """A text that Word shows exactly, less the characters that no XML file may hold."""
    return Markup(_LOOKS_LIKE_TAG.sub("&#95;", str(escape(_clean(text)))))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))
