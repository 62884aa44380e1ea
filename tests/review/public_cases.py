"""Self-evaluations that units published, figures as printed, with the address of the page.

Some pages show an excerpt; then there is no line for the total.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.forms.form import MoneyLine, Place, Subject
from review.made_forms import SHEET, Made, Row, money_line


@dataclass(frozen=True)
class Published:
    """One table, and what a review finds in it: code and row of each finding."""

    source_url: str
    made: Made
    expected: tuple[tuple[str, str], ...]


def _row(
    heading: str,
    name: str,
    target: str,
    actual: str,
    scored: str,
    *,
    unit: str = "%",
    reason: str = "",
    actual_sign: str = "",
) -> Row:
    """A row: 产出/数量, its name, ≥735 as the target, the actual value, score/points as 7/10."""
    block, _, secondary = heading.partition("/")
    sign = next((mark for mark in ("≥", "≤", "=", "定性") if target.startswith(mark)), "")
    score, _, points = scored.partition("/")
    return Row(
        name=name,
        primary=f"{block}指标",
        secondary=f"{secondary}指标",
        sign=sign,
        target=_figure(target.removeprefix(sign)),
        actual=_figure(actual),
        unit=unit,
        points=points,
        score=score,
        reason=reason,
        actual_sign=actual_sign,
    )


def _figure(text: str) -> Decimal | str:
    return Decimal(text) if text.isdigit() else text


def _execution(rate: str, points: str, score: str, **amounts: str) -> list[MoneyLine]:
    return [money_line("年度资金总额", rate=rate, points=points, score=score, **amounts)]


MINGZHONG = Published(
    "https://www.yongde.gov.cn/info/3003/116104.htm",
    Made(
        money=_execution("100%", "10", "10", adjusted="387664.62", executed="387664.62"),
        rows=[
            _row("产出/数量", "学生受资助人数", "≥735", "735", "10/10", unit="人次"),
            _row("产出/质量", "营养改善计划覆盖率", "≥100", "100", "10/10"),
            _row("产出/时效", "资金到位及时率", "≥100", "100", "7/10"),
            _row("产出/成本", "生均补助标准达标率", "=100", "100", "10/10"),
            _row("效益/经济效益", "减轻贫困学生家庭经济负担", "定性有效", "有效", "10/10", unit=""),
            _row("效益/社会效益", "政策知晓率", "=100", "98", "9/10"),
            _row("效益/可持续影响", "促进学校教育事业健康发展", "≥100", "100", "10/10"),
            _row("满意度/服务对象", "学生满意度", "≥95", "100", "10/10"),
            _row("满意度/服务对象", "家长满意度", "≥95", "100", "10/10"),
        ],
        total="96",
        ticked="优",
    ),
    (
        ("E1", "产出"),  # 40 in place of 50
        ("E1", "满意度"),  # 20 in place of 10
        ("E7", "资金到位及时率"),  # met, and 3 points lost
        ("E8", "资金到位及时率"),
        ("E8", "政策知晓率"),
        ("W3", "政策知晓率"),  # 98 ÷ 100 × 10 = 9.8, not 9
        ("W5", "政策知晓率"),  # = for what can fall short
    ),
)

NONGKEN = Published(
    "https://nksz.com/newsinfo/7370034.html",
    Made(
        money=_execution(
            "25", "10", "2.5", year_start="120000", adjusted="120000", executed="30000"
        ),
        rows=[
            _row(
                "产出/数量",
                "资助困难教师及学生",
                "52",
                "10",
                "3.85/20",
                unit="",
                reason="滋慧计划由中央直接拨付到个人银行账户。",
            ),
            _row(
                "产出/质量",
                "困难教师",
                "2",
                "0",
                "0/30",
                unit="",
                reason="砺耕计划由省厅直接拨付到个人银行账户。",
            ),
            _row("效益/社会效益", "帮助困难教师和学生提高生活水平", "95", "100", "30/30"),
            _row("满意度/服务对象", "资助困难教师及学生", "52", "100", "10/10", unit=""),
        ],
        total="46.35",
        year=2023,
    ),
    (
        ("E13", "资助困难教师及学生"),  # a count reused as a satisfaction target
        ("W1", "资助困难教师及学生"),  # 100 ÷ 52
        ("W2", "年度资金总额"),
    ),
)

PUTUO_SPORTS = Published(
    "https://pdf.chddh.cn/archives/48n5zg2zkkjxn27q6rjv.html",
    Made(
        money=_execution(
            "86.19%", "10", "8.62", year_start="250000", adjusted="250000", executed="215457.6"
        ),
        rows=[
            _row("产出/数量", "与委托运营方结算完成率", "=100", "100", "10/10"),
            _row("产出/质量", "合同结算条款完成率", "=100", "100", "20/20"),
            _row("产出/时效", "费用结算及时性", "定性及时", "及时", "20/20", unit=""),
            _row("效益/社会效益", "与委托运营方合同完成", "=100", "100", "30/30"),
            _row("满意度/服务对象", "场馆开放满意度", "≥90", "100", "10/10"),
        ],
        total="98.62",
    ),
    (
        ("E4", "年度资金总额"),  # 215457.6 ÷ 250000 = 86.18 %
        ("W2", "年度资金总额"),
    ),
)

PUTUO_AID = Published(
    "https://pdf.chddh.cn/archives/48n5zg2zkkjxn27q6rjv.html",
    Made(
        money=_execution(
            "45.17%", "10", "4.52", year_start="20000", adjusted="20000", executed="9034"
        ),
    ),
    (("W2", "年度资金总额"),),
)

LIANGPING = Published(
    "https://m.001doc.com/doc/900957.html",
    Made(
        money=_execution("79.27", "10", "7.93"),
        year=2022,
        years=((2022, Place(SHEET, 1, 1)), (2023, Place(SHEET, 2, 1))),
        subject=Subject.DEPARTMENT,
    ),
    (("W2", "年度资金总额"), ("W10", "年度")),
)

HUANGGANG = Published(
    "黄冈市水土保持与农田水利科研所，水土保持监测项目 2020（文库的预览页，网址未留存）",
    Made(
        money=_execution("100%", "20", "20", adjusted="10", executed="10"),
        rows=[
            _row("产出/质量", "监测数据必须合格", "=100", "100", "10/10"),
            _row("产出/进度", "取得2018-2022监测资料", "=100", "100", "10/10"),
            _row("满意度/服务对象", "整编资料审核", "=98", "98", "19.6/20"),
            _row("产出/质量", "监测数据资料整编", "=100", "100", "20/20"),
            _row("产出/进度", "完成年度资料上报", "=100", "100", "20/20"),
        ],
        total="99.6",
        year=2020,
        years=((2020, Place(SHEET, 1, 1)), (2022, Place(SHEET, 11, 3))),
    ),
    (
        ("E7", "整编资料审核"),  # 98 of 98 is met: 20, not 0.98 × 20
        ("E8", "整编资料审核"),
    ),
)

CHANGJIANG = Published(
    "https://1wenmi.com/doc/330418.html",
    Made(
        money=_execution("1", "20", "20", adjusted="1.56", executed="1.56"),
        rows=[
            _row("产出/数量", "补贴渔船数", "=6", "6", "20/20", unit=""),
            _row("产出/质量", "渔船补贴发放率", "=100", "100", "10/10"),
            _row("产出/时效", "12月底之前完成", "=100", "100", "10/10"),
            _row(
                "满意度/服务对象", "退捕渔民抽样调查满意度", "≥90", "90", "40/40", actual_sign="≥"
            ),
        ],
        total="100",
        year=2020,
    ),
    (
        ("E14", "退捕渔民抽样调查满意度"),
        ("W8", "退捕渔民抽样调查满意度"),
    ),
)

YUAN = Published(
    "https://www.yuan.gov.cn/public/6596881/25080505.html",
    Made(
        money=_execution("0.958", "9", "8", year_start="29", adjusted="29", executed="27.8"),
        rows=[
            _row("产出/数量", "修缮建筑面积", "=6000", "6000", "7/7", unit="平方米"),
            _row("产出/数量", "修缮级别", "定性市级保护单位", "市级保护单位", "7/7", unit=""),
            _row("产出/质量", "验收通过率", "=100", "95", "5/6"),
            _row("产出/质量", "工程质量管理", "≥95", "98", "6/6"),
            _row("产出/质量", "文明施工", "≥95", "97", "6/6"),
            _row(
                "产出/时效",
                "项目设计、招标、施工",
                "≤2022年12月30日",
                "2022年12月30日",
                "5/6",
                unit="",
            ),
            _row("产出/成本", "项目成本控制在预算内", "定性控制在预算中", "100%", "5/5", unit=""),
            _row("效益/社会效益", "文物本体安全", "定性加大文物保护", "程度较高", "15/15", unit=""),
        ],
    ),
    (
        ("E5", "年度资金总额"),  # 27.8 ÷ 29 × 9 = 8.63
        ("E7", "项目设计、招标、施工"),  # on time, and a point lost
        ("E8", "验收通过率"),
        ("E8", "项目设计、招标、施工"),
        ("W3", "验收通过率"),  # 95 ÷ 100 × 6 = 5.7
        ("W5", "验收通过率"),
    ),
)

XUEYUANLU = Published(
    "https://www.wenku365.com/s-60761775.html",
    Made(
        money=_execution("50%", "10", "5", year_start="310.2", executed="154.74"),
        year=2016,
    ),
    (
        ("W2", "年度资金总额"),
        ("W13", "年度资金总额"),  # 154.74 ÷ 310.2 = 49.88 %: 4.99
    ),
)

GUANGSHUI = Published(
    "https://pdf.wenkuvip.com/archives/bqg98jldqkx8g2xm7pe6.html",
    Made(
        money=[money_line("年度资金总额", year_start="309", executed="309", rate="100 %")],
        rows=[_row("产出/数量", "乡村道路建设养护里程", "=300", "300", "15/15", unit="公里")],
        year=2021,
    ),
    (),
)

XUANCHENG = Published(
    "https://gaj.xuancheng.gov.cn/OpennessContent/show/2572090.html",
    Made(
        money=_execution("100%", "10", "10", year_start="100", adjusted="100", executed="100"),
        rows=[
            _row("产出/数量", "禁毒舞台剧宣传的场次", "≥1", "1", "12/12", unit="场"),
            _row("产出/数量", "毛发检查试剂数量", "≥2400", "3200", "12/12", unit="份"),
        ],
        year=2021,
    ),
    (),
)

DAYING = Published(
    "https://dyxrmt.cn/article-157795-21.html",
    Made(
        money=_execution("100.00%", "10", "10", year_start="0", adjusted="3.36", executed="3.36"),
        rows=[_row("产出/经济成本", "成本控制数", "≤30", "完成", "90/90", unit="万元")],
        total="100",
        year=2023,
        base_note="预算执行率=预算执行数/调整后预算数",
    ),
    (
        ("E12", "成本控制数"),  # 完成 for a number of 万元
        ("W8", "成本控制数"),
    ),
)

PUBLISHED = (
    MINGZHONG,
    NONGKEN,
    PUTUO_SPORTS,
    PUTUO_AID,
    LIANGPING,
    HUANGGANG,
    CHANGJIANG,
    YUAN,
    XUEYUANLU,
    GUANGSHUI,
    XUANCHENG,
    DAYING,
)
