"""Each check finds what it is for, and is silent one step away from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jixiao.forms.form import Place, Subject
from jixiao.review.finding import Severity
from jixiao.review.table import CHECKS
from jixiao.scoring import Rubric
from review.made_forms import PANYU, PROJECT, SHEET, Made, Row, findings, money_line

Told = tuple[str, str, str]
"""Row, found and expected of a finding."""


def rows(*changes: dict[str, Any], **made: Any) -> Made:
    """A form with rows that are in order but for the changes."""
    return Made(rows=[Row(**change) for change in changes], **made)


def money(*parts: Any, made: dict[str, Any] | None = None, **cells: str) -> Made:
    """A form with a line of the total and its parts."""
    return Made(money=[money_line("年度资金总额", **cells), *parts], **(made or {}))


def part(label: str, group: str = "", **cells: str) -> Any:
    return money_line(label, is_part=True, group=group, **cells)


def number(text: str) -> Decimal:
    return Decimal(text)


def full_rows(count: int, execution: str = "8", **last: Any) -> Made:
    """So many rows with full points, the last one changed, and an execution of 10 points."""
    made = [Row(name=f"指标{place}") for place in range(count)]
    made[-1] = replace(made[-1], **last)
    return Made(rows=made, money=[money_line("年度资金总额", points="10", score=execution)])


def blocks(*points: str) -> Made:
    """One row in each of 产出, 效益, 满意度, so far as points are given, and a total."""
    names = ("产出指标", "效益指标", "满意度指标")
    made = [Row(primary=name, points=number) for name, number in zip(names, points, strict=False)]
    rest = str(100 - sum(map(int, points)))
    return Made(rows=made, money=[money_line("年度资金总额", points=rest)], total="1")


def department(**change: Any) -> Made:
    """One row of the department table."""
    row = {
        "name": "结转结余率",
        "primary": "管理效率",
        "secondary": "预算执行",
        "sign": "",
        "target": None,
        "actual": None,
        "points": "2",
        "score": "2",
        **change,
    }
    return rows(row, subject=Subject.DEPARTMENT)


HALF = {"points": "50", "score": "50"}
TITLE, BODY, IN_ROW = Place(SHEET, 1, 1), Place(SHEET, 3, 1), Place(SHEET, 10, 3)

# code → form, standard, and what is found in it
HITS: dict[str, list[tuple[Made, Rubric | None, Told]]] = {
    "E1": [
        (rows(HALF, {"points": "49.99"}, total_points="100"), None, ("总分", "99.99", "100")),
        (rows(HALF, {"points": "49.99"}, total="99"), None, ("总分", "99.99", "100")),
        (rows(HALF, HALF, {"points": "0.01"}), None, ("总分", "100.01", "100")),
        (rows(HALF, HALF, {"points": "1"}, total_points="101"), None, ("总分", "101", "100")),
        (rows({"points": "9.99"}, headings={"数量指标": "10"}), None, ("数量指标", "9.99", "10")),
        (rows({"points": "9.99"}, headings={"产出指标": "10"}), None, ("产出指标", "9.99", "10")),
        (department(points="2.01"), PANYU, ("结转结余率", "2.01", "2")),
        (blocks("60", "30", "10"), PROJECT, ("产出", "60", "50")),
    ],
    "E2": [
        (rows({"score": "10.01"}), None, ("培训人次", "10.01", "0至10")),
        (rows({"score": "-0.01"}), None, ("培训人次", "-0.01", "0至10")),
        (money(points="10", score="10.01"), None, ("年度资金总额", "10.01", "0至10")),
    ],
    "E3": [
        (rows({}, {}, total="20.01"), None, ("总分", "20.01", "20")),
        (rows({}, {"score": ""}, total="20"), None, ("总分", "20", "10")),
        (rows({}, {}, subtotals={"产出指标": "19.99"}), None, ("产出指标", "19.99", "20")),
    ],
    "E4": [
        # 86.18304 %
        (
            money(rate="86.19%", adjusted="250000", executed="215457.6"),
            None,
            ("年度资金总额", "86.19%", "86.18%"),
        ),
        (
            money(rate="0.8619", adjusted="250000", executed="215457.6"),
            None,
            ("年度资金总额", "86.19%", "86.18%"),
        ),
        (
            money(rate="51%", adjusted="310.2", executed="154.74"),
            None,
            ("年度资金总额", "51%", "49.88%"),
        ),
    ],
    "E5": [
        # 27.8 ÷ 29 × 9 = 8.6276
        (
            money(points="9", score="8.62", adjusted="29", executed="27.8"),
            None,
            ("年度资金总额", "8.62", "8.63"),
        ),
        (
            money(points="10", score="9.99", adjusted="29", executed="30"),
            None,
            ("年度资金总额", "9.99", "10"),
        ),
        (money(points="10", score="7.94", rate="79.27"), None, ("年度资金总额", "7.94", "7.93")),
    ],
    "E6": [
        (
            money(
                part("财政拨款", executed="70"), part("其他资金", executed="29.99"), executed="100"
            ),
            None,
            ("年度资金总额", "100", "99.99"),
        ),
        (
            money(part("财政拨款", executed="100.01"), executed="100"),
            None,
            ("年度资金总额", "100", "100.01"),
        ),
        (
            Made(
                money=[
                    part("财政拨款", "按收入来源", executed="100"),
                    part("基本支出", "按支出性质", executed="100.01"),
                ]
            ),
            None,
            ("按支出性质", "100.01", "100"),
        ),
    ],
    "E7": [
        # 81 ÷ 100 × 10 = 8.1
        (rows({"actual": number("81"), "score": "8.2"}), PROJECT, ("培训人次", "8.2", "8.1")),
        (
            rows({"sign": "≤", "actual": number("125"), "score": "7"}),
            PROJECT,
            ("培训人次", "7", "8"),
        ),
        (rows({"actual": number("59.99"), "score": "6"}), PANYU, ("培训人次", "6", "0")),
        (rows({"actual": number("150.01")}), PANYU, ("培训人次", "10", "5")),
        (rows({"score": "9.99"}), PROJECT, ("培训人次", "9.99", "10")),
    ],
    "E8": [
        (rows({"score": "9.99"}), None, ("培训人次", "9.99", "10")),
        (rows({"score": "9.99", "reason": "无"}), None, ("培训人次", "9.99", "10")),
    ],
    "E9": [
        (rows({"actual": number("99.99")}), None, ("培训人次", "10", "")),
        (rows({"actual": number("99")}), PROJECT, ("培训人次", "10", "9.9")),
        (rows({"sign": "≤", "actual": number("100.01")}), None, ("培训人次", "10", "")),
        (
            rows({"target": "2022年12月30日", "actual": "2022年12月31日"}),
            None,
            ("培训人次", "10", ""),
        ),
    ],
    "E10": [
        (rows({"actual": ""}), None, ("培训人次", "", "")),
        (rows({"target": ""}), None, ("培训人次", "", "")),
    ],
    "E11": [
        (Made(total="89.99", ticked="优"), PROJECT, ("评价等级", "优", "良")),
        (Made(total="90", ticked="良"), PROJECT, ("评价等级", "良", "优")),
        (Made(total="90", ticked=""), PROJECT, ("评价等级", "未勾选", "优")),
        (Made(total="90", ticked="优良"), None, ("评价等级", "优、良", "")),
    ],
    "E12": [
        (rows({"score": "满分"}), None, ("培训人次", "满分", "数字")),
        (rows({"points": "十分"}), None, ("培训人次", "十分", "数字")),
        (rows({"actual": "完成"}), None, ("培训人次", "完成", "数字")),
        (money(executed="已全部支付"), None, ("年度资金总额", "已全部支付", "数字")),
    ],
    "E13": [
        (rows({"unit": "万元", "actual_unit": "元"}), None, ("培训人次", "元", "万元")),
        (
            rows(
                {"target": number("52")},
                {"primary": "满意度指标", "secondary": "服务对象", "target": number("52")},
            ),
            None,
            ("培训人次", "52", "满意的比例"),
        ),
    ],
    "E14": [
        (rows({"actual_sign": "≥"}), None, ("培训人次", "≥100人次", "实测数")),
        (rows({"actual_sign": "≤"}), None, ("培训人次", "≤100人次", "实测数")),
    ],
    "E15": [
        # 8.1 × 10 ÷ 100
        (rows({"actual": number("81"), "score": "0.81"}), PROJECT, ("培训人次", "0.81", "8.1")),
        # 10 × 10 ÷ 100 twice
        (rows({}, {}, total="2"), None, ("总分", "2", "20")),
        (
            Made(
                rows=[Row(name="预算执行率", score="9")],
                money=[money_line("年度资金总额", points="10", score="9")],
            ),
            None,
            ("预算执行率", "9", ""),
        ),
    ],
    "W1": [
        (rows({"actual": number("150.01")}), None, ("培训人次", "150.01%", "不高于150%")),
        (rows({"actual": number("150.001")}), None, ("培训人次", "150.001%", "不高于150%")),
    ],
    "W2": [
        (money(adjusted="100", executed="89.99"), None, ("年度资金总额", "89.99%", "90%至100%")),
        (money(adjusted="100", executed="100.01"), None, ("年度资金总额", "100.01%", "90%至100%")),
        (money(rate="89.99%"), None, ("年度资金总额", "89.99%", "90%至100%")),
        (
            money(adjusted="100", executed="50", reason="无"),
            None,
            ("年度资金总额", "50.00%", "90%至100%"),
        ),
    ],
    "W3": [
        (rows({"actual": number("98"), "score": "9"}), PROJECT, ("培训人次", "9", "9.8")),
    ],
    "W4": [
        (rows({"target": "不涉及"}), None, ("培训人次", "不涉及", "")),
        (rows({"target": "明显改善"}), None, ("培训人次", "明显改善", "")),
        (rows({"actual": "/"}), None, ("培训人次", "/", "")),
    ],
    "W5": [
        (rows({"name": "林业有害生物成灾率"}), None, ("林业有害生物成灾率", "≥", "≤")),
        (rows({"name": "安全事故起数", "sign": ""}), None, ("安全事故起数", "", "≤")),
        (rows({"name": "政策知晓率", "sign": "≤"}), None, ("政策知晓率", "≤", "≥")),
        (
            rows({"name": "政策知晓率", "sign": "=", "actual": number("99")}),
            None,
            ("政策知晓率", "=", "≥"),
        ),
        (rows({"sign": "=", "actual": number("100.01")}), None, ("培训人次", "=", "≥")),
    ],
    "W6": [
        (rows({"name": "培训成本"}), None, ("培训成本", "数量指标", "成本指标")),
        (rows({"name": "群众满意度"}), None, ("群众满意度", "数量指标", "满意度指标")),
    ],
    "W7": [(full_rows(8), None, ("年度资金总额", "8", "10"))],
    "W8": [(rows({"points": "40"}), None, ("培训人次", "40", "低于40"))],
    "W9": [
        (
            money(year_start="100", adjusted="100.01", executed="95", rate="95%"),
            None,
            ("年度资金总额", "95%", ""),
        ),
    ],
    "W10": [(Made(years=((2022, TITLE), (2023, BODY))), None, ("年度", "2023", "2022"))],
    "W12": [
        (
            department(
                name="部门预算资金支出率", points="10", score="7.59", reason="达到年初预算数75.86%"
            ),
            PANYU,
            ("部门预算资金支出率", "75.86%", "各月执行率"),
        ),
    ],
    "W13": [
        # 154.74 ÷ 310.2 = 49.88 %: 4.99, with 50 % 5.00
        (
            money(points="10", score="5", adjusted="310.2", executed="154.74"),
            None,
            ("年度资金总额", "5", "4.99"),
        ),
        # 51 ÷ 52 × 10 = 9.81, with 98 % 9.80
        (
            rows({"target": number("52"), "actual": number("51"), "score": "9.8"}),
            PROJECT,
            ("培训人次", "9.8", "9.81"),
        ),
    ],
    "W14": [
        (rows({"evidence": ""}, {"evidence": "签到表"}), None, ("佐证材料", "空1行", "2行")),
        (rows({"evidence": ""}), None, ("佐证材料", "空1行", "1行")),
    ],
}

# code → (form, standard) one step away from a finding
MISSES: dict[str, list[tuple[Made, Rubric | None]]] = {
    "E1": [
        (rows(HALF, HALF, total_points="100", headings={"产出指标": "100"}), None),
        (rows(HALF, {"points": "49.99"}), None),  # no total: the form may go on elsewhere
        (rows(HALF, {"points": "49.99"}, total=""), None),  # nor is a blank one
        # points that stand in the heading of a row alone
        (
            rows(
                HALF,
                {"points": "", "secondary": "质量指标"},
                total="1",
                headings={"质量指标": "50"},
            ),
            None,
        ),
        (Made(rows=[Row(points="90")], money=[money_line("总额", points="10")], total="9"), None),
        (department(points="2"), PANYU),
        (blocks("50", "30", "10"), PROJECT),
        (blocks("60", "40"), PROJECT),  # without 满意度 it is of another kind
        (rows({"points": "0.5", "name": "采购意向公开合规性"}, subject=Subject.DEPARTMENT), PANYU),
        (rows({"points": "1.5", "name": "采购意向公开合规性"}, subject=Subject.DEPARTMENT), PANYU),
    ],
    "E2": [(rows({"score": "10"}, {"score": "0"}), None), (money(points="10", score="10"), None)],
    "E3": [
        (rows({}, {}, total="20", subtotals={"产出指标": "20"}), None),
        # 3.846 is printed as 3.85
        (rows({"score": "3.846"}, total="3.85"), None),
        (rows({}, {}, total=""), None),
    ],
    "E4": [
        (money(rate="86.18%", adjusted="250000", executed="215457.6"), None),
        (money(rate="0.8618304", adjusted="250000", executed="215457.6"), None),
        (money(rate="86.18", adjusted="250000", executed="215457.6"), None),
        (money(rate="50%", adjusted="310.2", executed="154.74"), None),  # W13's, where it is used
        (money(rate="0.958", adjusted="29", executed="27.8"), None),  # cut off after three places
        (money(rate="95%", year_start="100", adjusted="90", executed="95"), None),
        (money(rate="100%", adjusted="100", executed="105"), None),  # some forms cap it
        (money(rate="1", adjusted="1.56", executed="1.56"), None),
    ],
    "E5": [
        (money(points="9", score="8.63", adjusted="29", executed="27.8"), None),
        (money(points="10", score="10", adjusted="29", executed="30"), None),
        (money(points="10", score="7.93", rate="79.27"), None),
        (money(points="10", score="9.5", year_start="100", adjusted="90", executed="95"), None),
        (money(points="10", score="5", adjusted="310.2", executed="154.74"), None),  # W13
        (money(points="10", score="11", adjusted="29", executed="30"), None),  # E2
    ],
    "E6": [
        (
            money(part("财政拨款", executed="70"), part("其他资金", executed="30"), executed="100"),
            None,
        ),
        # a part alone, or one left blank, need not be the whole
        (money(part("财政拨款", executed="99.99"), executed="100"), None),
        (money(part("区本级", executed="0"), part("转移支付", executed="0"), executed="100"), None),
        (
            money(part("财政拨款", executed="70"), part("其他资金", executed=""), executed="100"),
            None,
        ),
        (
            Made(
                money=[
                    part("财政拨款", "按收入来源", executed="100"),
                    part("基本支出", "按支出性质", executed="100"),
                ]
            ),
            None,
        ),
    ],
    "E7": [
        (rows({"actual": number("81"), "score": "8.1"}), PROJECT),
        (rows({"sign": "≤", "actual": number("125"), "score": "8"}), PROJECT),
        (rows({"sign": "≤", "actual": number("1"), "score": "10"}), PANYU),
        (rows({"actual": number("60"), "score": "6"}), PANYU),
        (rows({"actual": number("150")}), PANYU),
        (rows({"actual": number("81"), "score": "8.2"}), None),  # no standard, no rule
        (rows({"sign": "定性", "target": "好", "actual": "好", "score": "9"}), PROJECT),
        (rows({"unit": "万元", "actual_unit": "元", "score": "9"}), PROJECT),  # E13
        (
            rows({"name": "事故起数", "sign": "", "actual": number("1"), "score": "9"}),
            PROJECT,
        ),  # W5
        (rows({"actual": number("98"), "score": "9"}), PROJECT),  # W3
        (rows({"actual": number("98"), "score": "10"}), PROJECT),  # E9
        (rows({"sign": "=", "actual": number("101")}), PROJECT),  # W5
    ],
    "E8": [
        (rows({"score": "10"}), None),
        (rows({"score": "9.99", "reason": "天气原因，两场推迟到次年"}), None),
        (rows({"score": "9.99", "reason": None}), None),  # no such column
    ],
    "E9": [
        (rows({"actual": number("100")}), None),
        (rows({"actual": number("99.99"), "score": "9.99"}), None),
        (rows({"sign": "≤", "actual": number("99.99")}), None),
        (rows({"sign": "≤", "actual": number("100")}), None),
        (rows({"target": "2022年12月30日", "actual": "2022年12月30日"}), None),
        (rows({"name": "人均成本", "sign": "", "actual": number("99")}), None),  # less is better
    ],
    "E10": [
        (rows({}), None),
        (rows({"actual": "", "score": "9.99"}), None),
        (rows({"actual": None, "target": None}), None),  # no such columns
    ],
    "E11": [
        (Made(total="90", ticked="优"), PROJECT),
        (Made(total="89.99", ticked="良"), PROJECT),
        (Made(total="59", ticked="优"), None),  # no standard, no bands
        (Made(total="59"), PROJECT),  # no boxes
    ],
    "E12": [
        (rows({}), None),
        (rows({"score": ""}), None),
        (rows({"target": "有效", "actual": "有效"}), None),
        (rows({"actual": ""}), None),
        (money(executed="2.6亿元"), None),
        (money(executed="/"), None),
    ],
    "E13": [
        (rows({"unit": "%", "actual_unit": "％"}), None),
        (rows({"unit": "", "actual_unit": "人次"}), None),
        (
            rows(
                {"target": number("52")},
                {"primary": "满意度指标", "secondary": "服务对象", "target": number("53")},
            ),
            None,
        ),
    ],
    "E14": [(rows({}), None), (rows({"actual_sign": "="}), None)],
    "E15": [
        (rows({"actual": number("81"), "score": "0.82"}), PROJECT),  # E7
        (rows({}, {}, total="20"), None),
        (rows({}, {}, total="2.01"), None),  # E3
        (rows({"name": "预算执行率"}), None),
        (Made(rows=[Row(name="预算执行率")], money=[money_line("总额", executed="9")]), None),
    ],
    "W1": [
        (rows({"actual": number("150")}), None),
        (rows({"sign": "≤", "actual": number("50")}), None),
        (rows({"actual": number("200"), "points": ""}), None),
    ],
    "W2": [
        (money(adjusted="100", executed="90"), None),
        (money(adjusted="100", executed="100"), None),
        (money(adjusted="100", executed="89.99", reason="项目结转"), None),
        (money(year_start="100", adjusted="90", executed="85"), None),  # 94.44 % of the adjusted
    ],
    "W3": [
        (rows({"actual": number("98"), "score": "9.8"}), PROJECT),
        (rows({"actual": number("98"), "score": "9.01"}), PROJECT),  # E7
        (rows({"actual": number("98"), "score": "8"}), PROJECT),  # E7: more than the rounding
        (rows({"actual": number("90"), "score": "9"}), PROJECT),
    ],
    "W4": [
        (rows({"target": "及时", "actual": "及时"}), None),
        (rows({"target": "改善10个村的饮水"}), None),
        (rows({"target": "不涉及", "points": ""}), None),
    ],
    "W5": [
        (rows({"name": "林业有害生物成灾率", "sign": "≤"}), None),
        (rows({"name": "投诉办结率"}), None),  # dealing with them: more is better
        (rows({"name": "政策知晓率", "sign": "="}), None),  # met
        (rows({"name": "成灾率", "target": "低", "actual": "低"}), None),
    ],
    "W6": [
        (rows({"name": "培训成本", "secondary": "成本指标"}), None),
        (rows({"name": "群众满意度", "primary": "满意度指标", "secondary": "服务对象"}), None),
        (rows({"name": "满意度调查次数"}), None),
    ],
    "W7": [
        (full_rows(7), None),
        (full_rows(8, execution="10"), None),
        (full_rows(8, score="9.99"), None),
    ],
    "W8": [
        (rows({"points": "39.99"}), None),
        (department(name="部门整体绩效目标产出指标完成情况", points="40"), PANYU),  # a block
    ],
    "W9": [
        (money(year_start="100", adjusted="100", executed="95"), None),
        (money(year_start="100", adjusted="90", executed="85", made={"base_note": "B/A"}), None),
        (money(year_start="0", adjusted="3.36", executed="3.36"), None),
    ],
    "W10": [
        (Made(years=((2022, TITLE), (2022, BODY))), None),
        (
            Made(rows=[Row(name="监测资料2018")], years=((2022, TITLE), (2018, IN_ROW))),
            None,
        ),
        (Made(year=None, years=((2023, BODY),)), None),
    ],
    "W12": [
        (
            department(
                name="部门预算资金支出率", points="10", score="7.58", reason="达到年初预算数75.86%"
            ),
            PANYU,
        ),
        (
            department(name="部门预算资金支出率", points="10", score="7.59", reason="进度偏慢"),
            PANYU,
        ),
        (department(reason="75.86%"), PANYU),
    ],
    "W13": [
        (money(points="10", score="4.99", adjusted="310.2", executed="154.74"), None),
        (money(points="10", score="5.01", adjusted="310.2", executed="154.74"), None),  # E5
        (rows({"target": number("52"), "actual": number("51"), "score": "9.81"}), PROJECT),
        (rows({"target": number("52"), "actual": number("51"), "score": "9.79"}), PROJECT),  # E7
    ],
    "W14": [(rows({"evidence": "签到表"}), None), (rows({"evidence": None}), None)],
}

BY_CODE = {check.code: check for check in CHECKS}
ELSEWHERE = {"W11"}  # rests on the evaluation of a workbook of ours: test_own_workbooks


def cases(table: dict[str, list[Any]]) -> list[Any]:
    return [
        pytest.param(code, *case, id=f"{code}-{place}")
        for code, found in table.items()
        for place, case in enumerate(found, 1)
    ]


@pytest.mark.parametrize(("code", "made", "rubric", "told"), cases(HITS))
def test_check_finds_it(code: str, made: Made, rubric: Rubric | None, told: Told) -> None:
    assert [(f.row, f.found, f.expected) for f in findings(code, made, rubric)] == [told]


@pytest.mark.parametrize(("code", "made", "rubric"), cases(MISSES))
def test_check_is_silent_one_step_away(code: str, made: Made, rubric: Rubric | None) -> None:
    assert findings(code, made, rubric) == []


@pytest.mark.parametrize(("code", "made", "rubric", "told"), cases(HITS))
def test_message_names_row_figures_words_and_what_to_do(
    code: str, made: Made, rubric: Rubric | None, told: Told
) -> None:
    row, *figures = told
    (finding,) = findings(code, made, rubric)
    check = BY_CODE[code]
    what, words, advice = finding.message.partition(f"：{check.words}。")
    assert words, "the words of the check are not quoted"
    assert "请" in advice
    assert advice.endswith("。")
    assert row in what or row in ("年度", "总分")  # a total names itself by its figures
    printed = [text for text in figures if text[:1].isdigit() and "至" not in text]
    assert all(figure in finding.message for figure in printed)
    assert finding.sheet == SHEET
    assert finding.cell


def test_every_check_has_tests_that_hit_and_that_just_miss() -> None:
    assert HITS.keys() | ELSEWHERE == BY_CODE.keys()
    assert MISSES.keys() | ELSEWHERE == BY_CODE.keys()


def test_table_has_all_errors_and_warnings_once_each_with_its_words() -> None:
    codes = [check.code for check in CHECKS]
    assert codes == [f"E{n}" for n in range(1, 16)] + [f"W{n}" for n in range(1, 15)]
    for check in CHECKS:
        assert (check.severity is Severity.ERROR) == check.code.startswith("E")
        assert check.title
        assert check.words
        assert check.look.__doc__ or check.code == "W13"


def test_dates_in_cells_are_held_against_each_other() -> None:
    late = rows({"target": date(2022, 12, 30), "actual": date(2022, 12, 31)})
    assert [f.row for f in findings("E9", late)] == ["培训人次"]
