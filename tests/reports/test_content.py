"""What the reports say: the engine's figures, people's texts, and what is still to be written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest

from jixiao.reports.content import (
    BLANK,
    AmountTable,
    ComparisonRow,
    ComparisonTable,
    Content,
    Manner,
    MoneyChart,
    MoneyTable,
    Paragraph,
    RateChart,
    Report,
    ScoreTable,
)
from jixiao.reports.material import Material, RowWords
from jixiao.reports.outline import DEPARTMENT, PROJECT
from jixiao.scoring import CompanionRow, Provenance, evaluate, shipped_rubric
from jixiao.scoring.numbers import Ratio, plain

from .materials import (
    BASICS,
    ROWS,
    department,
    many_rows,
    money,
    project,
    report_of,
    with_texts,
)

T = TypeVar("T")


def section(report: Report, heading: str) -> tuple[Content, ...]:
    return next(s.contents for s in report.sections if s.heading == heading)


def words(contents: tuple[Content, ...]) -> str:
    return "\n".join(c.text for c in contents if isinstance(c, Paragraph))


def only(contents: tuple[Content, ...], kind: type[T]) -> T:
    (found,) = (content for content in contents if isinstance(content, kind))
    return found


CONCLUSION = "三、评价结论与绩效分析"
FUNDING = "（四）项目资金来源及使用情况"


class TestProject:
    def test_conclusion_says_budget_spending_rate_and_of_which_budget(self) -> None:
        text = words(section(report_of(project()), CONCLUSION))
        assert (
            "企业服务工作业务经费项目年初预算数19.94万元，执行数19.94万元，"
            "完成预算的100%（按年初预算数计算）。"
        ) in text

    def test_rate_is_of_the_budget_that_was_chosen(self) -> None:
        values = money(
            (Decimal(20), None, None),
            (Decimal(12), None, None),
            adjusted_budget=(Decimal(16), None, None),
            rate_base="调整后预算数",
        )
        text = words(section(report_of(project(values=values)), FUNDING))
        assert "调整后预算数16.00万元，执行数12.00万元，完成预算的75%（按调整后预算数计算）" in text

    def test_total_and_grade_are_the_engine_s(self) -> None:
        material = project()
        total, grade = material.evaluation.total, material.evaluation.grade
        assert total is not None
        assert grade is not None
        # 10 + 25 + 25 × 34 ÷ 40 + 30 + 10
        assert total == 10 + 25 + Decimal("21.25") + 30 + 10
        text = words(section(report_of(material), CONCLUSION))
        assert f"总分{plain(total)}分（满分100分），评价等级为“{grade.name}”" in text
        assert "产出指标得46.25分（满分50分，得分率92.50%）" in text

    def test_table_has_every_indicator_with_the_engine_s_figures(self) -> None:
        material = project()
        table = only(section(report_of(material), CONCLUSION), ComparisonTable)
        rows = [row for group in table.groups for block in group.blocks for row in block.rows]
        budget, *others = rows
        assert isinstance(budget, ComparisonRow)
        assert (budget.target, budget.actual, budget.rate) == ("19.94万元", "19.94万元", "100%")
        for row, scored in zip(others, material.evaluation.companion, strict=True):
            assert isinstance(row, ComparisonRow)
            assert scored.score.value is not None
            assert row.score == plain(scored.score.value)
            assert row.points == plain(scored.score.points)
            assert row.name == scored.score.name
        assert (table.points, table.score) == ("100", plain(material.evaluation.total or Decimal()))

    def test_target_and_actual_stand_with_nature_and_unit(self) -> None:
        table = only(section(report_of(project()), CONCLUSION), ComparisonTable)
        row = table.groups[1].blocks[0].rows[1]
        assert isinstance(row, ComparisonRow)
        assert (row.target, row.actual, row.rate) == ("≥40场次", "34场次", "85%")

    @pytest.mark.parametrize(
        ("row", "target", "actual", "rate"),
        [
            (CompanionRow("产出", "甲", "≥", Decimal(10), "次", Decimal(0)), "≥10次", "0次", "0%"),
            (
                CompanionRow("产出", "甲", "≤", "2022年10月31日", "", "2022-10-30"),
                "≤2022年10月31日",
                "2022-10-30",
                "100%",
            ),
            (
                CompanionRow("产出", "甲", "≥", Decimal(100000), "元", Decimal(99999)),
                "≥100000元",
                "99999元",
                "99.999%",  # not quite the target
            ),
            (
                CompanionRow(
                    "产出", "甲", "定性", level="达成年度指标", share=Decimal(1), basis="据"
                ),
                "",
                "达成年度指标",
                "100%",
            ),
        ],
        ids=["zero", "date", "nearly", "qualitative"],
    )
    def test_targets_actuals_and_rates_of_any_kind(
        self, row: CompanionRow, target: str, actual: str, rate: str
    ) -> None:
        material = project([row, *ROWS[2:]], words={})
        table = only(section(report_of(material), CONCLUSION), ComparisonTable)
        found = table.groups[1].blocks[0].rows[0]
        assert isinstance(found, ComparisonRow)
        assert (found.target, found.actual, found.rate) == (target, actual, rate)

    def test_spending_that_is_not_quite_the_budget_is_not_100_percent(self) -> None:
        values = money((Decimal(100000), None, None), (Decimal("99999"), None, None))
        text = words(section(report_of(project(values=values)), FUNDING))
        assert "完成预算的99.999%" in text

    def test_money_table_has_sums_and_sources(self) -> None:
        values = money(
            (Decimal("15"), None, Decimal("4.94")), (Decimal("12"), None, Decimal("4.94"))
        )
        table = only(section(report_of(project(values=values)), FUNDING), MoneyTable)
        assert [(row.name, row.budget, row.executed, row.rate) for row in table.rows] == [
            ("年度资金总额", "19.94", "16.94", "84.95%"),  # 16.94 ÷ 19.94
            ("财政拨款", "15.00", "12.00", "80%"),
            ("其他资金", "4.94", "4.94", "100%"),
        ]

    def test_money_chart_has_a_pair_of_bars_a_source(self) -> None:
        values = money((Decimal(15), None, Decimal(5)), (Decimal(12), None, Decimal(5)))
        chart = only(section(report_of(project(values=values)), FUNDING), MoneyChart)
        assert [(p.label, p.budget_figure, p.executed_figure) for p in chart.pairs] == [
            ("财政拨款", "15.00", "12.00"),
            ("其他资金", "5.00", "5.00"),
        ]
        assert (chart.budget_word, chart.executed_word) == ("年初预算数", "执行数")

    def test_budget_of_zero_has_no_rate(self) -> None:
        values = money((Decimal(0), None, None), (Decimal(0), None, None))
        text = words(section(report_of(project(values=values)), FUNDING))
        assert "年初预算数为0，不计算执行率" in text

    def test_budget_is_told_also_where_no_indicator_scores_it(self) -> None:
        rubric = shipped_rubric("mof-project-10-25-30-35")
        values = money((Decimal(20), None, None), (Decimal(15), None, None))
        evaluation = evaluate(rubric, values, ROWS[:3])
        report = report_of(Material(evaluation, values, basics=BASICS))
        text = words(section(report, FUNDING))
        assert "年初预算数20.00万元，执行数15.00万元，完成预算的75%（按年初预算数计算）" in text
        table = only(section(report, CONCLUSION), ComparisonTable)
        assert [group.name for group in table.groups] == [row.name for row in rubric.indicators]

    def test_a_source_without_spending_leaves_no_rate(self) -> None:
        values = money((Decimal(15), Decimal(5), None), (Decimal(12), None, None))
        text = words(section(report_of(project(values=values)), FUNDING))
        assert text.endswith("各来源的年初预算数、执行数尚未填齐，暂不计算执行率。")

    def test_what_is_not_scored_yet_has_an_empty_bar(self) -> None:
        waiting = [*ROWS[:2], ROWS[2]._replace(actual=None), ROWS[3]]
        contents = section(report_of(project(waiting)), CONCLUSION)
        chart = only(contents, RateChart)
        assert [bar.figure for bar in chart.bars][2] == "尚未评完"
        assert only(contents, ComparisonTable).score == "暂无"
        assert "已评分的：预算执行率得10分" in words(contents)

    def test_missing_amounts_are_said_and_not_taken_for_zero(self) -> None:
        report = report_of(project(values=money((None,) * 3, (None,) * 3)))
        text = words(section(report, FUNDING))
        assert "尚未填齐" in text
        assert "0.00" not in text
        assert "总分和等级（待填1项）" in report.unfilled

    def test_what_lost_points_is_explained_with_the_reason_given(self) -> None:
        text = words(section(report_of(project()), CONCLUSION))
        assert "未得满分的指标，逐项说明如下。" in text
        assert "“组织专业培训数量”：完成率=34÷40=85.00%" in text
        assert "原因：部分企业开工推迟" in text
        assert "走访工地现场次数”：" not in text

    def test_full_points_everywhere_are_said(self) -> None:
        full = [row._replace(actual=row.target) for row in ROWS]
        assert "各项指标均得满分。" in words(section(report_of(project(full)), CONCLUSION))

    def test_chart_has_a_bar_for_each_first_level_indicator(self) -> None:
        chart = only(section(report_of(project()), CONCLUSION), RateChart)
        assert [(bar.label, bar.figure) for bar in chart.bars] == [
            ("预算执行率", "100%（10/10）"),
            ("产出指标", "92.50%（46.25/50）"),
            ("效益指标", "100%（30/30）"),
            ("满意度指标", "100%（10/10）"),
        ]
        assert chart.bars[1].length == Ratio(Decimal("46.25"), Decimal(50))

    def test_what_rests_on_convention_is_said(self) -> None:
        material = project()
        notes = [
            c.text
            for c in section(report_of(material), CONCLUSION)
            if isinstance(c, Paragraph) and c.manner is Manner.NOTE
        ]
        for row in material.evaluation.scores:
            for note in row.score.notes:
                assert any(note.text in text and note.provenance.label in text for text in notes)

    def test_grades_are_worded_as_in_the_published_report(self) -> None:
        method = "（三）绩效评价指标体系和评分标准方法"
        assert words(section(report_of(project()), method)).startswith(
            "评价结果采取评分和评级相结合的方式，总分设置为100分，等级划分为四档："
            "90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。"
        )

    def test_particulars_stand_in_for_blank_texts_and_only_for_those(self) -> None:
        basics = {**BASICS, "annual_target": "目标一\n目标二"}
        heading = "（三）项目绩效目标"
        assert words(section(report_of(project(basics=basics)), heading)) == "目标一\n目标二"
        written = with_texts(project(basics=basics), objective="另写的目标")
        assert words(section(report_of(written), heading)) == "另写的目标"

    def test_year_and_unit_come_from_the_particulars(self) -> None:
        for typed in (Decimal(2022), "2022", "2022年", "2022年度"):
            report = report_of(project(basics={**BASICS, "year": typed}))
            assert (report.year, report.unit) == ("2022", "某区企业建设服务中心")

    def test_names_of_indicators_that_people_wrote_are_not_repeated(self) -> None:
        heading = "（二）评价设计与实施"
        names = [str(row.name) for row in ROWS]
        text = words(section(report_of(project()), heading))
        assert f"本次评价主要通过{'、'.join(names)}指标进行评价。" in text
        some = with_texts(project(), design=f"通过{'、'.join(names[:3])}评价。")
        assert f"此外还通过{names[3]}指标进行评价。" in words(section(report_of(some), heading))
        every = with_texts(project(), design="、".join(names))
        assert words(section(report_of(every), heading)) == "、".join(names)

    def test_many_indicators_are_all_in_the_table_and_few_in_a_sentence(self) -> None:
        report = report_of(project(many_rows(300), words={}))
        table = only(section(report, CONCLUSION), ComparisonTable)
        assert sum(len(b.rows) for group in table.groups for b in group.blocks) == 1 + 300
        assert "等300项" in words(section(report, "（二）评价设计与实施"))


class TestDepartment:
    def test_total_grade_and_first_level_scores_are_the_engine_s(self) -> None:
        text = words(section(report_of(department()), "（二）自评结论"))
        assert "总分97.59分（满分100分），评价等级为“优”" in text
        assert "履职效能得47.59分（满分50分，得分率95.18%）" in text  # 47.59 ÷ 50
        assert "管理效率得50分（满分50分，得分率100%）" in text

    def test_score_table_has_every_row_of_the_standard(self) -> None:
        material = department()
        table = only(section(report_of(material), "（一）各项指标得分情况"), ScoreTable)
        rows = [row for group in table.groups for block in group.blocks for row in block.rows]
        assert [(row.name, row.score) for row in rows] == [
            (row.indicator.name, plain(row.score.value or Decimal()))
            for row in material.evaluation.scores
        ]
        assert [(group.name, group.score) for group in table.groups] == [
            ("履职效能", "47.59"),
            ("管理效率", "50"),
        ]
        assert (table.points, table.score) == ("100", "97.59")

    def test_budget_is_as_typed_and_zeros_are_in_the_table_alone(self) -> None:
        contents = section(report_of(department()), "（三）年度预算及执行情况")
        text = words(contents)
        assert "部门总预算434.56万元，其中：基本支出174.70万元，项目支出154.99万元。" in text
        table = only(contents, AmountTable)
        assert [(row.name, row.amount) for row in table.rows][2:4] == [
            ("项目支出", "154.99"),
            ("专项资金", "0.00"),
        ]

    def test_blank_budget_is_marked_and_listed(self) -> None:
        basics = {**department().basics, "total_budget": None}
        report = report_of(replace(department(), basics=basics))
        assert f"总预算{BLANK}万元" in words(section(report, "（三）年度预算及执行情况"))
        assert "基本情况中的“总预算”" in report.unfilled

    def test_targets_and_their_completion_stand_without_being_written_again(self) -> None:
        text = words(section(report_of(department()), "（二）年度整体绩效目标及完成情况"))
        assert "目标2：确保机要文件运输" in text
        assert "全年促成11个项目动工建设" in text

    def test_doubtful_scores_are_named_with_their_class(self) -> None:
        notes = words(section(report_of(department()), "（一）各项指标得分情况"))
        for row in department().evaluation.scores:
            for note in row.score.notes:
                if note.provenance in (Provenance.INFERRED, Provenance.UNKNOWN):
                    assert f"第{row.indicator.number}项“{row.indicator.name}”" in notes
                    assert f"{note.text}（{note.provenance.label}）" in notes

    def test_a_person_s_own_reason_stands_beside_the_engine_s(self) -> None:
        row = department().evaluation.scores[2].indicator
        material = replace(department(), reasons={row.id: "年底项目未结算"})
        text = words(section(report_of(material), "（三）未得满分的指标及原因"))
        assert "1．部门预算资金支出率：" in text
        assert "得7.59分（满分10分）" in text
        assert "原因：年底项目未结算" in text

    def test_months_are_a_chart(self) -> None:
        row = department().evaluation.scores[2].indicator
        months = (Decimal("0.05"), None, Decimal("1.02"), *[None] * 9)
        values = {**department().values, row.rule.input_ids[0]: months}
        contents = section(
            report_of(replace(department(), values=values)), "（三）年度预算及执行情况"
        )
        chart = only(contents, RateChart)
        assert [(bar.label, bar.figure) for bar in chart.bars] == [("1月", "5%"), ("3月", "102%")]


def test_remarks_beside_indicators_stand_below_their_table() -> None:
    words_of = {
        0: RowWords(remark="示例"),
        1: RowWords(remark="示例"),
        2: RowWords(remark="统计口径"),
    }
    text = words(section(report_of(project(words=words_of)), CONCLUSION))
    assert "“走访工地现场次数”、“组织专业培训数量”：示例" in text
    assert "“筹建时间平均压减”：统计口径" in text


class TestBlanks:
    @pytest.mark.parametrize("outline", [PROJECT, DEPARTMENT], ids=["project", "department"])
    def test_no_section_is_dropped(self, outline: object) -> None:
        material = project() if outline is PROJECT else department()
        report = report_of(material)
        headings = (PROJECT if outline is PROJECT else DEPARTMENT).headings
        assert [s.heading for s in report.sections] == [h.text for h in headings]
        for heading, found in zip(headings, report.sections, strict=True):
            assert bool(found.contents) == (heading.section is not None)

    def test_blank_sections_are_marked_and_listed_in_order(self) -> None:
        report = report_of(project(texts={"background": "有背景", "problems": " \n "}))
        marked = [
            s.heading for s in report.sections if Paragraph(BLANK, Manner.UNFILLED) in s.contents
        ]
        assert "（一）项目背景" not in marked
        assert "五、存在问题或不足" in marked
        assert len(report.unfilled) == len(marked)
        assert all(path.endswith(h) for path, h in zip(report.unfilled, marked, strict=True))

    def test_sections_the_program_writes_need_no_text(self) -> None:
        report = report_of(project())
        assert not any("评分标准方法" in path for path in report.unfilled)

    def test_a_finished_report_lacks_nothing(self) -> None:
        texts = {section.id: f"写{section.id}" for section in PROJECT.sections}
        report = report_of(project(texts=texts))
        assert report.unfilled == ()
        for heading in PROJECT.headings:
            if heading.section is not None:
                assert f"写{heading.section.id}" in words(section(report, heading.text))

    def test_blank_unit_year_and_name_are_listed(self) -> None:
        report = report_of(project(basics={}))
        assert (report.unit, report.year) == (BLANK, BLANK)
        assert report.unfilled[:3] == (
            "标题中的年度",
            "标题中的单位名称",
            "项目基本情况中的“项目名称”",
        )

    def test_lines_of_a_cell_are_paragraphs(self) -> None:
        report = report_of(project(texts={"background": "一\n\n 二\r\n三\r四\x0b五"}))
        assert words(section(report, "（一）项目背景")).split("\n") == list("一二三四五")

    def test_without_any_indicator_there_is_a_report(self) -> None:
        report = report_of(project(rows=[CompanionRow()], words={}))
        assert "总分和等级（待填3项）" in report.unfilled


def test_tables_and_charts_are_numbered_through_the_report() -> None:
    for material in (project(), department()):
        captions = [c.caption for c in report_of(material).contents if not isinstance(c, Paragraph)]
        for kind in "表图":
            own = [caption.partition("　")[0] for caption in captions if caption.startswith(kind)]
            assert own == [f"{kind}{number}" for number in range(1, len(own) + 1)]
