"""What a report is made of: the scored table, and what people wrote, as it stands in a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from jixiao.reports.outline import Outline
from jixiao.scoring import Evaluation, Value, Values
from jixiao.scoring.numbers import plain
from jixiao.workbook import names
from jixiao.workbook.book import Book
from jixiao.workbook.machine_text import may_replace


class RowWords(NamedTuple):
    """What people wrote in the companion table besides the figures."""

    primary: str = ""
    secondary: str = ""
    reason: str = ""
    remark: str = ""


NO_WORDS = RowWords()


@dataclass(frozen=True)
class Material:
    """Everything that a report is read off.

    ``texts`` are those of 报告文字 by section, ``basics`` the cells of 基本情况 by field,
    ``reasons`` people's own words beside a score by indicator, ``words`` those of the companion
    rows by place. What is blank is absent or empty.
    """

    evaluation: Evaluation
    values: Values = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    basics: Mapping[str, Value] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[int, RowWords] = field(default_factory=dict)

    @property
    def year(self) -> str:
        """The year of the standard, or the one of 项目基本情况; empty where there is neither."""
        of_standard = self.evaluation.rubric.year
        typed = str(of_standard) if of_standard is not None else self.basic("year")
        return typed.removesuffix("度").removesuffix("年").strip()

    def basic(self, name: str) -> str:
        """A text of 基本情况; empty where it is blank."""
        value = self.basics.get(name)
        return plain(value) if isinstance(value, Decimal) else str(value or "").strip()


def material_of(book: Book, outline: Outline) -> Material:
    """Read a workbook. One that was made before there was a sheet 报告文字 has no texts."""
    defined = book.host.defined_names
    prefix = names.basic_name("").casefold()
    return Material(
        evaluation=book.evaluation,
        values=book.values,
        texts={
            section.id: book.text(names.report_text_name(section.id))
            for section in outline.sections
        },
        basics={
            name.casefold().removeprefix(prefix): book.grid.first(area)
            for name, area in defined.items()
            if name.casefold().startswith(prefix)
        },
        reasons={
            row.indicator.id: _own_text(book, names.reason_name(row.indicator.id))
            for row in book.evaluation.scores
        },
        words={row.place: _words(book, row.place) for row in book.evaluation.companion},
    )


def _own_text(book: Book, name: str) -> str:
    """A person's text; empty where the cell holds the program's."""
    text = book.text(name)
    return "" if may_replace(text) else text


def _words(book: Book, place: int) -> RowWords:
    texts = (book.grid.first(book.companion.cell(place, field)) for field in RowWords._fields)
    return RowWords(*("" if text is None else str(text).strip() for text in texts))
