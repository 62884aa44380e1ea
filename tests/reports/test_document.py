"""The Word file, opened again: text, tables and pictures are those of the report."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.ooxml import PackageError
from jixiao.reports import document as document_module
from jixiao.reports.content import BLANK, ComparisonTable, Paragraph, ScoreTable
from jixiao.reports.document import write_document
from jixiao.reports.material import RowWords
from jixiao.reports.outline import PROJECT
from jixiao.reports.word_template import build_word_template
from jixiao.scoring import CompanionRow
from jixiao.scoring.numbers import plain

from .materials import ROWS, department, many_rows, money, project, report_of, with_texts
from .word import below, pictures, rows, template, texts, written

BACKGROUND = "（一）项目背景"

# What would break a template, an XML file or a formula if it were more than a text.
NASTY = [
    "甲 & 乙 <b>粗</b> &amp; &#65; \"引号\" '单引号'",
    "{{ title }} {% for x in sections %}{# 注 #} {%p if 1 %} {{ 7 * 7 }}",
    "{_{ title }_} {_% raw %_}",
    "=SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "</w:t></w:r></w:p>",
    "]]><!-- -->",
    "𠮷野家 😀 ①②③ \u3000全角空格",
]


class TestText:
    def test_title_has_year_and_unit(self) -> None:
        document = written(report_of(project()))
        assert texts(document, "报告标题") == [
            "2022年度某区企业建设服务中心",
            "部门重点项目绩效评价报告",
        ]

    def test_headings_are_in_order_with_their_levels(self) -> None:
        document = written(report_of(project()))
        found = [
            (p.text, int(p.style.name[-1]))
            for p in document.paragraphs
            if p.style.name.startswith("Heading")
        ]
        assert found == [(heading.text, heading.level) for heading in PROJECT.headings]

    @pytest.mark.parametrize("material", [project(), department()], ids=["project", "department"])
    def test_every_paragraph_of_the_report_is_there_in_order(self, material: object) -> None:
        report = report_of(material)  # type: ignore[arg-type]
        wanted = [c.text for c in report.contents if isinstance(c, Paragraph)]
        styles = {"报告正文", "说明", "待补充"}
        found = [p.text for p in written(report).paragraphs if p.style.name in styles]
        assert found == wanted

    def test_blanks_are_marked_in_a_style_of_their_own(self) -> None:
        marked = texts(written(report_of(project())), "待补充")
        assert marked
        assert set(marked) == {BLANK}

    @pytest.mark.parametrize("text", NASTY)
    def test_a_text_is_never_more_than_a_text(self, text: str) -> None:
        material = with_texts(project(), background=text)
        assert below(written(report_of(material)), BACKGROUND) == [text.strip()]

    @pytest.mark.parametrize("text", NASTY)
    def test_names_and_titles_are_never_more_than_texts(self, text: str) -> None:
        nasty = [ROWS[0]._replace(name=text), *ROWS[1:]]
        basics = {"project_name": text, "unit": text, "year": "2022"}
        document = written(report_of(project(nasty, basics=basics)))
        assert texts(document, "报告标题")[0] == f"2022年度{text}".strip()
        table = document.tables[-1]
        assert text.strip() in [cell for row in rows(table) for cell in row]

    def test_control_characters_are_left_out_and_lines_kept(self) -> None:
        text = "一\x00\x01二\x07三\x1b\ufffe四\ud800五\n六\x0c七"
        material = with_texts(project(), background=text)
        assert below(written(report_of(material)), BACKGROUND) == ["一二三四五", "六", "七"]

    @settings(max_examples=40, deadline=None)
    @given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])))
    def test_any_text_comes_back_as_it_was(self, text: str) -> None:
        material = with_texts(project(), background=f"始{text}终")
        assert below(written(report_of(material)), BACKGROUND) == [f"始{text}终"]

    def test_very_long_texts_are_whole(self) -> None:
        text = "很长的一段文字，" * 4_000
        material = with_texts(project(words={1: RowWords(reason=text)}), background=text)
        document = written(report_of(material))
        assert below(document, BACKGROUND) == [text]
        assert f"原因：{text}" in texts(document)

    def test_lines_in_a_table_s_cell_are_lines(self) -> None:
        broken = [ROWS[0]._replace(name="上行\n下行"), *ROWS[1:]]
        table = written(report_of(project(broken))).tables[-1]
        assert "上行\n下行" in [cell for row in rows(table) for cell in row]


class TestTables:
    def test_score_table_is_that_of_the_report(self) -> None:
        report = report_of(department())
        wanted = next(c for c in report.contents if isinstance(c, ScoreTable))
        table = _table_with(written(report).tables, "序号")
        found = rows(table)
        assert found[0] == ["二级指标", "序号", "三级指标", "分值", "得分"]
        scored = [row for row in found if len(row) == 5][1:]
        expected = [
            [block.name, *row]
            for group in wanted.groups
            for block in group.blocks
            for row in block.rows
        ]
        assert scored == expected
        assert [row for row in found if len(row) == 3] == [
            ["履职效能", "50", "47.59"],
            ["管理效率", "50", "50"],
            ["合计", "100", "97.59"],
        ]

    @pytest.mark.parametrize("count", [3, 300])
    def test_every_indicator_is_a_row_with_the_engine_s_score(self, count: int) -> None:
        material = project(many_rows(count), words={})
        table = written(report_of(material)).tables[-1]
        found = [row for row in rows(table) if len(row) == 7][2:]
        assert [(row[1], row[5], row[6]) for row in found] == [
            (scored.score.name, plain(scored.score.points), plain(scored.score.value or Decimal()))
            for scored in material.evaluation.companion
        ]

    def test_comparison_table_has_no_total_where_it_is_not_all_there_is(self) -> None:
        report = report_of(department())
        table = next(c for c in report.contents if isinstance(c, ComparisonTable))
        assert table.points == ""
        found = rows(_table_with(written(report).tables, "年度目标值"))
        assert "合计" not in [row[0] for row in found]

    @pytest.mark.parametrize("material", [project(), department()], ids=["project", "department"])
    def test_headings_are_repeated_rows_are_whole_and_widths_set(self, material: object) -> None:
        for table in written(report_of(material)).tables:  # type: ignore[arg-type]
            first, *others = table.rows
            assert first._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
            assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
            assert table.autofit is False
            assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.5)

    def test_money_table_has_its_unit_above(self) -> None:
        values = money((Decimal(15), None, Decimal(5)), (Decimal(12), None, Decimal(5)))
        document = written(report_of(project(values=values)))
        assert "单位：万元" in texts(document, "表格单位")
        assert rows(document.tables[0])[1] == ["年度资金总额", "20.00", "20.00", "17.00", "85%"]

    def test_each_table_stands_below_its_caption(self) -> None:
        report = report_of(department())
        document = written(report)
        content = list(document.iter_inner_content())
        for place, block in enumerate(content):
            if isinstance(block, Table):
                above = [b for b in content[:place] if not isinstance(b, Table)]
                styles = [paragraph.style.name for paragraph in above[-2:]]
                assert "表题" in styles


class TestPictures:
    def test_each_chart_is_a_picture_with_its_caption(self, chinese_font: str) -> None:
        report = report_of(project())
        document = written(report)
        captions = [c.caption for c in report.contents if hasattr(c, "caption")]
        charts = [caption for caption in captions if caption.startswith("图")]
        assert texts(document, "图题") == charts
        assert [picture.description for picture in pictures(document)] == charts
        for picture in pictures(document):
            assert picture.content.startswith(b"\x89PNG")

    def test_without_a_chinese_font_charts_are_left_out_and_named(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(document_module, "draw", lambda chart: None)
        report = report_of(project())
        done = write_document(report, template(report.title))
        document = docx.Document(BytesIO(done.content))
        assert [caption[:2] for caption in done.undrawn] == ["图1", "图2"]
        assert pictures(document) == []
        assert texts(document, "图题") == []
        assert len(document.tables) == 2


class TestTemplates:
    def test_same_report_gives_the_same_bytes(self) -> None:
        report = report_of(department())
        first = write_document(report, template(report.title)).content
        assert write_document(report, template(report.title)).content == first
        with zipfile.ZipFile(BytesIO(first)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_a_restyled_template_is_used(self) -> None:
        restyled = docx.Document(BytesIO(template(PROJECT.title)))
        restyled.styles["报告正文"].font.name = "Arial"
        restyled.paragraphs[0].insert_paragraph_before("本单位自定的抬头")
        buffer = BytesIO()
        restyled.save(buffer)
        done = write_document(report_of(project()), buffer.getvalue())
        document = docx.Document(BytesIO(done.content))
        assert document.paragraphs[0].text == "本单位自定的抬头"
        assert document.styles["报告正文"].font.name == "Arial"
        assert texts(document, "Heading 1")[0] == "一、评价项目概述"

    def test_a_table_that_a_person_took_out_is_not_there(self) -> None:
        changed = docx.Document(BytesIO(template(PROJECT.title)))
        money_table = next(t for t in changed.tables if "资金来源" in t.rows[0].cells[0].text)
        money_table._tbl.getparent().remove(money_table._tbl)
        buffer = BytesIO()
        changed.save(buffer)
        done = write_document(report_of(project()), buffer.getvalue())
        assert len(docx.Document(BytesIO(done.content)).tables) == 1

    @pytest.mark.parametrize(
        "tag",
        [
            "{{ year.__class__.__mro__ }}",
            "{{ sections.__init__.__globals__ }}",
            "{{ ''.__class__.__base__.__subclasses__() }}",
            "{% for item in sections[-3].contents %}{{ item.picture._picture.tpl }}{% endfor %}",
        ],
    )
    def test_a_template_reaches_nothing_but_the_report(self, tag: str) -> None:
        try:
            done = write_document(report_of(project()), _with_tag(tag))
        except PackageError:
            return
        shown = docx.Document(BytesIO(done.content)).paragraphs[0].text
        assert shown == ""

    @pytest.mark.parametrize("tag", ["{% if %}", "{{ 1 / 0 }}", "{{ none.x.y }}", "{% endfor %}"])
    def test_a_wrong_tag_is_said_in_chinese(self, tag: str) -> None:
        with pytest.raises(PackageError, match="报告模板"):
            write_document(report_of(project()), _with_tag(tag))

    def test_what_is_no_word_file_is_refused(self) -> None:
        empty = BytesIO()
        with zipfile.ZipFile(empty, "w") as archive:
            archive.writestr("a.txt", "a")
        for content in (b"", b"PK\3\4", b"text", empty.getvalue()):
            with pytest.raises(PackageError, match="Word 文档"):
                write_document(report_of(project()), content)


class TestLook:
    def test_page_and_styles_follow_the_manner_of_official_documents(self) -> None:
        document = docx.Document(BytesIO(build_word_template(PROJECT)))
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = (section.top_margin, section.bottom_margin)
        assert [round(margin.mm) for margin in margins] == [37, 35]
        expected = {
            "报告标题": ("方正小标宋简体", 22),
            "Heading 1": ("黑体", 16),
            "Heading 2": ("楷体", 16),
            "报告正文": ("仿宋", 16),
        }
        for name, (font, size) in expected.items():
            style = document.styles[name]
            assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
            assert style.font.size.pt == size
        layout = document.styles["报告正文"].paragraph_format
        assert 28 <= layout.line_spacing.pt <= 30
        assert layout.first_line_indent.pt == 2 * 16

    def test_pages_are_numbered_between_dashes(self) -> None:
        footer = docx.Document(BytesIO(template(PROJECT.title))).sections[0].footer
        (paragraph,) = footer.paragraphs
        field = paragraph._p.find(qn("w:fldSimple"))
        assert field.get(qn("w:instr")).strip() == "PAGE"
        assert [run.text for run in paragraph.runs] == ["— ", " —"]

    def test_nothing_is_formatted_outside_the_styles(self) -> None:
        document = docx.Document(BytesIO(template(PROJECT.title)))
        runs = [r for p in document.paragraphs for r in p.runs]
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        runs += [r for cell in cells for p in cell.paragraphs for r in p.runs]
        assert runs
        assert all(run._r.rPr is None for run in runs)

    def test_fonts_name_what_may_stand_in_for_them(self) -> None:
        with zipfile.ZipFile(BytesIO(template(PROJECT.title))) as archive:
            fonts = archive.read("word/fontTable.xml").decode()
        assert '<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/>' in fonts
        assert '<w:font w:name="仿宋"><w:altName w:val="仿宋_GB2312"/>' in fonts


def test_a_row_without_name_is_in_the_table_all_the_same() -> None:
    nameless = [*ROWS, CompanionRow("产出", None, "≥", Decimal(1), "个", Decimal(1))]
    material = replace(project(nameless), texts={})
    document = written(report_of(material))
    assert "待填" in [cell for row in rows(document.tables[-1]) for cell in row]


def _table_with(tables: list[Table], heading: str) -> Table:
    return next(t for t in tables if heading in [cell.text for cell in t.rows[0].cells])


def _with_tag(tag: str) -> bytes:
    document = docx.Document(BytesIO(template(PROJECT.title)))
    document.paragraphs[0].insert_paragraph_before(tag)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
