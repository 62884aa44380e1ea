"""The seed's table as printed: exactly the findings that it holds, and no other.

部门整体支出绩效自评表 2023, 广州市番禺区企业建设服务中心. The rows stand where their
points say (the file came out of a PDF, in which three columns slid).
"""

from __future__ import annotations

from jixiao.forms.form import Form, Subject
from jixiao.review.case import Case
from jixiao.review.finding import Finding
from jixiao.review.recognising import recognised_rubric
from jixiao.review.table import findings_of
from review.made_forms import PANYU, Made, Row, made_form, money_line

_RATE = "支出数偏低，达到年初预算数75.86%"

# 二级指标, 三级指标, 分值, 得分: as printed, the lost row left out.
_PRINTED = (
    ("整体效能", "部门整体绩效目标产出指标完成情况", "20", "20"),
    ("整体效能", "部门整体绩效目标效益指标完成情况", "20", "20"),
    ("整体效能", "部门预算资金支出率", "10", "7.59"),
    ("预算编制", "新增预算项目事前绩效评估", "3", "3"),
    ("预算执行", "结转结余率", "2", "2"),
    ("预算执行", "财务管理合规性", "2", "2"),
    ("信息公开", "预决算公开合规性", "2", "2"),
    ("信息公开", "绩效信息公开情况", "2", "2"),
    ("绩效管理", "绩效管理制度建设", "5", "5"),
    ("绩效管理", "", "3", "3"),
    ("绩效管理", "", "7", "7"),
    ("采购管理", "采购意向公开合规性", "0.5", "0.5"),
    ("采购管理", "采购意向公开合规性", "1.5", "1.5"),
    ("采购管理", "采购内部控制制度建设", "1", "1"),
    ("采购管理", "采购活动合规性", "2", "2"),
    ("采购管理", "采购合同签订及时性", "3", "3"),
    ("采购管理", "采购政策效能", "1", "1"),
    ("资产管理", "资产配置合规性", "2", "2"),
    ("资产管理", "资产收益上缴的及时性", "1", "1"),
    ("资产管理", "资产盘点情况", "1", "1"),
    ("资产管理", "数据质量", "2", "2"),
    ("资产管理", "资产管理合规性", "2", "2"),
    ("资产管理", "固定资产利用率", "2", "2"),
    ("运行成本", "公用经费控制率", "2", "2"),
    ("运行成本", "“三公”经费控制情况", "2", "2"),
)

PRINTED = Made(
    rows=[
        Row(
            name=name,
            primary="履职效能" if secondary == "整体效能" else "管理效率",
            secondary=secondary,
            sign="",
            target=None,
            actual=None,
            points=points,
            score=score,
            reason=_RATE if score == "7.59" else "无",
            evidence="",
        )
        for secondary, name, points, score in _PRINTED
    ],
    money=[
        money_line("总预算", year_start="434.56"),
        money_line("基本支出", is_part=True, year_start="174.70"),
        money_line("项目支出", is_part=True, year_start="154.99"),
        money_line("专项资金", is_part=True, year_start="0"),
        money_line("其他事业发展支出", is_part=True, year_start="0"),
    ],
    headings={
        "履职效能": "50",
        "管理效率": "50",
        "整体效能": "50",
        "预算编制": "3",
        "预算执行": "4",
        "信息公开": "4",
        "绩效管理": "15",
        "采购管理": "10",
        "资产管理": "10",
        "运行成本": "4",
    },
    total_points="100",
    total="97.59",
    ticked="",
    year=2023,
    subject=Subject.DEPARTMENT,
)


def printed_form() -> Form:
    return made_form(PRINTED)


def printed_findings() -> dict[tuple[str, str], Finding]:
    found = findings_of(Case(printed_form(), recognised_rubric(printed_form())))
    by_key = {(finding.code, finding.row): finding for finding in found}
    assert len(by_key) == len(found)
    return by_key


def test_the_standard_is_recognised_by_its_rows() -> None:
    assert recognised_rubric(printed_form()) is PANYU


def test_the_printed_table_has_these_findings_and_no_others() -> None:
    figures = {key: (f.found, f.expected) for key, f in printed_findings().items()}
    assert figures == {
        ("E1", "总分"): ("99", "100"),
        ("E1", "采购管理"): ("9", "10"),
        ("E3", "总分"): ("97.59", "96.59"),
        ("E6", "总预算"): ("434.56", "329.69"),  # 174.70 + 154.99
        ("E11", "评价等级"): ("未勾选", "优"),
        ("W12", "部门预算资金支出率"): ("75.86%", "各月执行率"),
        ("W14", "佐证材料"): ("空25行", "25行"),
    }


def test_the_lost_row_is_named() -> None:
    message = printed_findings()["E1", "采购管理"].message
    assert "少了“采购合同备案及时性”（1分）" in message


def test_the_parts_that_look_like_spending_are_said_to() -> None:
    message = printed_findings()["E6", "总预算"].message
    assert "两者相除为75.87%，与“部门预算资金支出率”所写的75.86%相近" in message
