"""The report of the published project holds every fact of the published report's six parts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document

from jixiao.cases.case import EXAMPLE, shipped_case
from jixiao.ooxml import Package
from jixiao.reports.outline import PROJECT
from jixiao.reports.writing import report_of
from jixiao.scoring import shipped_rubric
from jixiao.scoring.numbers import plain
from jixiao.template import build_template
from jixiao.workbook.book import Book, assemble_book
from jixiao.workbook.filling import rewritten

from .word import rows, texts, written

CASE = shipped_case("panyu-enterprise-service-project-2022")

# 广州市番禺区企业建设服务中心，2022年度部门重点项目绩效评价报告：标题和六个部分所载的事项。
FACTS = {
    "标题": ["2022年度广州市番禺区企业建设服务中心", "部门重点项目绩效评价报告"],
    "一、评价项目概述": [
        "坚持以习近平新时代中国特色社会主义思想为指导",
        "“坚持产业第一，制造业立市”",
        "搭建政府、企业之间的信息交流平台",
        "负责协调解决筹建企业工程建设过程中相关问题和困难",
        "负责全区筹建项目信息管理工作",
        "保障统筹全区企业建设服务工作",
        "项目资金来源为2022年财政拨款",
        "19.94万元",
        "一是建立企业建设服务工作机制",
        "五是贴身跟踪服务提升实物工作量",
    ],
    "二、绩效评价概述": [
        "提高财政资源配置效率和使用效益",
        "“过紧日子”",
        "落实评价整改意见",
        "走访企业建设项目工地现场次数、组织专业培训数量、更新在册建设项目进度情况次数、"
        "保障工作正常开展、经费使用符合财务规范、程序规范性",
        "评分和评级相结合的方式",
        "总分设置为100分",
        "90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差",
    ],
    "三、评价结论与绩效分析": [
        "企业服务工作业务经费项目",
        "预算数19.94万元，执行数19.94万元，完成预算的100%",
        "本单位较好完成了2022年重点工作任务",
        "达到了预算绩效管理的要求",
    ],
    "四、项目主要绩效或成功经验": [
        "30多家筹建企业",
        "施工便道、临水临电、报批报建、树木迁移",
        "卓远VR、芯讯通（扬韬）、思林杰、意高、慧睿思通",
        "“专精特新”小巨人企业",
        "筹建时间平均压减24天",
        "《番禺区企业建设服务一本通》",
        "6项可前置并联事项",
        "派发326册",
        "课件4个",
        "34场次，覆盖企业72家次",
        "6家拟摘牌用地企业",
        "培训6场次",
        "推动“企业找服务”向“服务找企业”转变",
    ],
    "五、存在问题或不足": ["对项目执行过程有效约束不够", "部分指标缺乏数据支持和可行的分析测评"],
    "六、相关建议": ["进一步加强预算管理", "强化对绩效管理进行培训"],
}


@cache
def book() -> Book:
    path = Path(CASE.file)
    blank = assemble_book(path, Package(build_template(shipped_rubric(CASE.rubric))))
    return assemble_book(path, Package(rewritten(blank, CASE.typed(blank))))


@cache
def document() -> Document:
    return written(report_of(book()))


def part(heading: str) -> str:
    """The text of one part, its sections included; that before the first is the title's."""
    found, current = {"标题": ""}, "标题"
    for paragraph in document().paragraphs:
        if paragraph.style.name == "Heading 1":
            current = paragraph.text
            found[current] = ""
        found[current] += paragraph.text.replace(" ", "")
    return found[heading]


def test_headings_are_all_there_and_in_order() -> None:
    found = [p.text for p in document().paragraphs if p.style.name.startswith("Heading")]
    assert found == [heading.text for heading in PROJECT.headings]


@pytest.mark.parametrize(
    ("heading", "fact"), [(heading, fact) for heading, facts in FACTS.items() for fact in facts]
)
def test_each_fact_stands_in_its_part(heading: str, fact: str) -> None:
    assert fact in part(heading)


def test_nothing_is_left_to_be_written() -> None:
    assert report_of(book()).unfilled == ()
    assert texts(document(), "待补充") == []


def test_total_and_grade_are_the_engine_s() -> None:
    evaluation = book().evaluation
    assert evaluation.total is not None
    assert evaluation.grade is not None
    result = f"总分{plain(evaluation.total)}分（满分100分），评价等级为“{evaluation.grade.name}”"
    assert result in part("三、评价结论与绩效分析")


def test_every_published_indicator_is_in_the_table() -> None:
    names = [cell for row in rows(document().tables[-1]) for cell in row]
    for name in (str(row["name"]) for row in CASE.rows):
        assert name in names


def test_figures_that_were_not_published_are_marked() -> None:
    notes = "".join(texts(document(), "说明"))
    for row in CASE.rows:
        if EXAMPLE in str(row.get("remark", "")):
            assert f"“{row['name']}”" in notes
    assert EXAMPLE in notes


def test_it_can_be_read_from_the_file_that_word_opens(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    document().save(str(path))
    assert len(docx.Document(str(path)).paragraphs) == len(document().paragraphs)
