"""The headings of both reports: as the published one prints them, numbered, each with its cell."""

from __future__ import annotations

import pytest

from jixiao.reports.outline import DEPARTMENT, OUTLINES, PROJECT, Outline, outline_of
from jixiao.scoring import Provenance, Subject

# 广州市番禺区企业建设服务中心，2022年度部门重点项目绩效评价报告。
PRINTED = """
一、评价项目概述
（一）项目背景
（二）项目立项依据
（三）项目绩效目标
（四）项目资金来源及使用情况
（五）项目实施情况
二、绩效评价概述
（一）评价目的
（二）评价设计与实施
（三）绩效评价指标体系和评分标准方法
三、评价结论与绩效分析
四、项目主要绩效或成功经验
五、存在问题或不足
六、相关建议
"""


def test_project_headings_are_those_of_the_published_report() -> None:
    assert [heading.text for heading in PROJECT.headings] == PRINTED.split()


def test_parts_are_first_level_and_sections_second() -> None:
    for outline in OUTLINES:
        for heading in outline.headings:
            assert heading.level == (2 if heading.text.startswith("（") else 1)


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.title)
def test_every_section_has_one_heading_and_an_id_of_its_own(outline: Outline) -> None:
    below = [heading.section for heading in outline.headings if heading.section is not None]
    assert below == list(outline.sections)
    assert len({section.id for section in below}) == len(below)
    assert all(section.help for section in below)


def test_a_section_is_found_by_the_headings_above_it() -> None:
    paths = {section.id: PROJECT.path(section) for section in PROJECT.sections}
    assert paths["funding"] == "一、评价项目概述（四）项目资金来源及使用情况"
    assert paths["problems"] == "五、存在问题或不足"


def test_only_the_project_s_outline_is_printed_somewhere() -> None:
    assert PROJECT.provenance is Provenance.TEXT
    assert DEPARTMENT.provenance is Provenance.CONVENTION


def test_each_subject_has_its_outline() -> None:
    assert outline_of(Subject.PROJECT) is PROJECT
    assert outline_of(Subject.DEPARTMENT) is DEPARTMENT
