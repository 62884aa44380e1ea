"""The headings of each report, in their order, as data; one cell of sheet 报告文字 a section.

The project's outline is printed in the published report of one unit (广州市番禺区企业建设服务中心,
2022 年度部门重点项目绩效评价报告). No form is printed for the department's: its outline is
`convention`, the usual structure of such reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.scoring.provenance import Provenance
from jixiao.scoring.subject import Subject

_NUMERALS = "一二三四五六七八九十"


class Section(NamedTuple):
    """A heading with text below it. ``help`` tells a person what to write there.

    ``is_computed`` is whether what the program writes makes a whole section by itself, so that a
    person's text may be left out.
    """

    id: str
    heading: str
    help: str
    is_computed: bool = False


class Part(NamedTuple):
    """A first-level heading: over sections, or, where there is one without heading, over text."""

    heading: str
    sections: tuple[Section, ...]


class NumberedHeading(NamedTuple):
    """A heading as printed, with its level: 1 is 一、评价项目概述, 2 is （一）项目背景."""

    text: str
    level: int
    section: Section | None


class Outline(NamedTuple):
    """A report's kind of title, its parts, where they come from, and the name of its template."""

    title: str
    parts: tuple[Part, ...]
    provenance: Provenance
    template: str

    @property
    def sections(self) -> tuple[Section, ...]:
        """All sections that take text, in order; their ids differ."""
        return tuple(section for part in self.parts for section in part.sections)

    @property
    def headings(self) -> tuple[NumberedHeading, ...]:
        """All headings in order, numbered as printed; ``section`` is what stands right below."""
        return tuple(self._numbered())

    def _numbered(self) -> Iterator[NumberedHeading]:
        for number, part in zip(_NUMERALS, self.parts, strict=False):
            alone = part.sections[0] if not part.sections[0].heading else None
            yield NumberedHeading(f"{number}、{part.heading}", 1, alone)
            if alone is None:
                for place, section in zip(_NUMERALS, part.sections, strict=False):
                    yield NumberedHeading(f"（{place}）{section.heading}", 2, section)

    def path(self, section: Section) -> str:
        """A section's place in words: 一、评价项目概述（一）项目背景."""
        above = ""
        for heading in self.headings:
            if heading.level == 1:
                above = heading.text
            if heading.section is not None and heading.section.id == section.id:
                return above if heading.level == 1 else above + heading.text
        raise KeyError(section.id)


PROJECT = Outline(
    title="部门重点项目绩效评价报告",
    template="项目绩效评价报告.docx",
    provenance=Provenance.TEXT,
    parts=(
        Part(
            "评价项目概述",
            (
                Section("background", "项目背景", "为什么设立项目：形势、要求、要解决的问题。"),
                Section("legal_basis", "项目立项依据", "职责、文件、会议等立项的依据。"),
                Section(
                    "objective",
                    "项目绩效目标",
                    "可不填：不填时用“项目基本情况”里的年度总体目标。",
                    is_computed=True,
                ),
                Section(
                    "funding",
                    "项目资金来源及使用情况",
                    "资金从哪来、用在哪。预算数、执行数和执行率由程序写在后面，不必重复。",
                ),
                Section(
                    "implementation",
                    "项目实施情况",
                    "做了哪些工作，分几个方面写。不填时用“项目基本情况”里的目标完成情况。",
                    is_computed=True,
                ),
            ),
        ),
        Part(
            "绩效评价概述",
            (
                Section("purpose", "评价目的", "为什么评价。"),
                Section(
                    "design",
                    "评价设计与实施",
                    "怎么组织评价、怎么取数。指标名称由程序写在后面，不必重复。",
                ),
                Section(
                    "method",
                    "绩效评价指标体系和评分标准方法",
                    "可不填：总分、等级和评分方法由程序写。有补充说明的写在这里。",
                    is_computed=True,
                ),
            ),
        ),
        Part(
            "评价结论与绩效分析",
            (
                Section(
                    "conclusion",
                    "",
                    "对完成情况的总体评价。预算执行、得分、等级和未达标指标由程序写，不必重复。",
                ),
            ),
        ),
        Part(
            "项目主要绩效或成功经验",
            (Section("achievements", "", "取得的成效和好的做法，分几个方面写，写明数字。"),),
        ),
        Part("存在问题或不足", (Section("problems", "", "存在的问题和原因。"),)),
        Part("相关建议", (Section("suggestions", "", "改进的措施和建议。"),)),
    ),
)

DEPARTMENT = Outline(
    title="部门整体支出绩效自评报告",
    template="部门整体支出绩效自评报告.docx",
    provenance=Provenance.CONVENTION,
    parts=(
        Part(
            "部门基本情况",
            (
                Section("duties", "部门职能和机构情况", "主要职责、内设机构、下属单位和人员。"),
                Section(
                    "annual_targets",
                    "年度整体绩效目标及完成情况",
                    "可不填：“基本情况”里填的目标和完成情况由程序写。有补充的写在这里。",
                    is_computed=True,
                ),
                Section(
                    "budget",
                    "年度预算及执行情况",
                    "收支的总体情况、变动原因。预算数和执行率由程序写在后面，不必重复。",
                ),
            ),
        ),
        Part(
            "绩效自评工作情况和自评结论",
            (
                Section("organisation", "自评工作组织情况", "谁组织、分几步、怎么取数和复核。"),
                Section(
                    "conclusion",
                    "自评结论",
                    "可不填：得分、等级由程序写。有总体评价的写在这里。",
                    is_computed=True,
                ),
            ),
        ),
        Part(
            "各项指标分析",
            (
                Section(
                    "indicator_scores",
                    "各项指标得分情况",
                    "可不填：得分表由程序写。有分析的写在这里。",
                    is_computed=True,
                ),
                Section(
                    "achievements",
                    "主要绩效",
                    "取得的成效和好的做法，分几个方面写，写明数字。指标完成情况由程序写在后面。",
                ),
                Section(
                    "shortfalls",
                    "未得满分的指标及原因",
                    "可不填：未得满分的指标和原因由程序写。有补充的写在这里。",
                    is_computed=True,
                ),
            ),
        ),
        Part("存在问题", (Section("problems", "", "存在的问题和原因。"),)),
        Part("改进措施", (Section("improvements", "", "改进的措施和时限。"),)),
    ),
)

OUTLINES = (PROJECT, DEPARTMENT)

_BY_SUBJECT = {Subject.PROJECT: PROJECT, Subject.DEPARTMENT: DEPARTMENT}


def outline_of(subject: Subject) -> Outline:
    """The outline of the report on what a standard evaluates."""
    return _BY_SUBJECT[subject]
