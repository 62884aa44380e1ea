"""From what stands in each section to the whole report: headings, blanks, numbered captions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from jixiao.reports.content import (
    BLANK,
    Content,
    Manner,
    MoneyChart,
    Paragraph,
    RateChart,
    Report,
    Section,
)
from jixiao.reports.material import Material
from jixiao.reports.outline import Outline
from jixiao.reports.outline import Section as OutlineSection
from jixiao.reports.sentences import paragraphs

Computed: TypeAlias = Callable[[Material], Iterable[Content]]
"""Writes what the program has to say in one section."""


class Computations(NamedTuple):
    """What the program writes, by section: before people's text there, and after it."""

    before: Mapping[str, Computed]
    after: Mapping[str, Computed]

    def around(
        self, section: str, material: Material
    ) -> tuple[tuple[Content, ...], tuple[Content, ...]]:
        """What stands before and after people's text in one section."""
        writers = (self.before.get(section), self.after.get(section))
        before, after = (tuple(write(material)) if write else () for write in writers)
        return before, after


def assemble(
    outline: Outline,
    material: Material,
    computed: Computations,
    unit: str,
    missing: Iterable[str] = (),
) -> Report:
    """Put people's texts and the program's into their sections.

    ``unit`` is empty where nobody filled it in, ``missing`` what else of the workbook a report
    needs and lacks.
    """
    heads = (("标题中的年度", material.year), ("标题中的单位名称", unit))
    unfilled = [*(words for words, text in heads if not text), *missing]
    sections = []
    for heading in outline.headings:
        contents: tuple[Content, ...] = ()
        if heading.section is not None:
            contents, is_unfilled = _section(heading.section, material, computed)
            unfilled += [outline.path(heading.section)] if is_unfilled else []
        sections.append(Section(heading.text, heading.level, contents))
    if material.evaluation.total is None:
        unfilled.append(f"总分和等级（{material.evaluation.waiting_words}）")
    return Report(
        title=outline.title,
        unit=unit or BLANK,
        year=material.year or BLANK,
        sections=_captioned(sections),
        unfilled=tuple(unfilled),
    )


def _section(
    section: OutlineSection, material: Material, computed: Computations
) -> tuple[tuple[Content, ...], bool]:
    """What stands in a section, and whether a person has yet to write there."""
    own: tuple[Content, ...] = paragraphs(material.texts.get(section.id, ""))
    before, after = computed.around(section.id, material)
    is_unfilled = not own and not (section.is_computed and (before or after))
    if is_unfilled:
        own = (Paragraph(BLANK, Manner.UNFILLED),)
    return (*before, *own, *after), is_unfilled


def _captioned(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Number tables and charts through the whole report: 表1, 图1."""
    counts = {"表": 0, "图": 0}

    def numbered(content: Content) -> Content:
        if isinstance(content, Paragraph):
            return content
        kind = "图" if isinstance(content, RateChart | MoneyChart) else "表"
        counts[kind] += 1
        return replace(content, caption=f"{kind}{counts[kind]}　{content.caption}")

    return tuple(
        replace(section, contents=tuple(numbered(content) for content in section.contents))
        for section in sections
    )
