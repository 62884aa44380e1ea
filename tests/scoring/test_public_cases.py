"""Quantitative rows of published tables, scored by the completion rule of rows 1 and 2.

The tables are project tables of other places. Carried in are rows on which their rule and this one
agree: those that meet their target or complete 60 % to 100 % of it. A few where this rule differs
(below 60 %, above 150 %) are marked so. The project scheme itself (预算执行率 10, 满意度 10, no
floor at 60 %, no rule at 150 %) is not covered by this rubric: its other rows and its totals wait
for a later issue, with a rubric of their own.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from jixiao.scoring import Value

from .department import D, companion_row, outcome, row_score

YONGDE = "https://www.yongde.gov.cn/info/3003/116104.htm"
HAINAN = "https://nksz.com/newsinfo/7370034.html"
PUTUO = "https://pdf.chddh.cn/archives/48n5zg2zkkjxn27q6rjv.html"
HUANGGANG = (
    "黄冈市水土保持与农田水利科研所 水土保持监测项目 2020, a document-sharing site, url unknown"
)
CHANGJIANG = "https://1wenmi.com/doc/330418.html"
YUAN = "https://www.yuan.gov.cn/public/6596881/25080505.html"
GUANGSHUI = "https://pdf.wenkuvip.com/archives/bqg98jldqkx8g2xm7pe6.html"
XUANCHENG = "https://gaj.xuancheng.gov.cn/OpennessContent/show/2572090.html"

# (source, indicator, direction, target, actual, points, score under this rule)
Case = tuple[str, str, str, Value, Value, int, Decimal]
CASES: list[Case] = [
    (YONGDE, "学生受资助人数", ">=", D(735), D(735), 10, D(10)),
    (YONGDE, "政策知晓率", "=", D(100), D(98), 10, D(98) / 100 * 10),
    (YONGDE, "学生满意度", ">=", D(95), D(100), 10, D(10)),
    (HAINAN, "资助困难教师及学生 (10/52 = 19.23 %: 0 here)", "", D(52), D(10), 20, D(0)),
    (HAINAN, "困难教师", "", D(2), D(0), 30, D(0)),
    (HAINAN, "帮助困难教师和学生提高生活水平", "", D(95), D(100), 30, D(30)),
    (HAINAN, "满意度 (100/52 = 192 %: half here)", "", D(52), D(100), 10, D(10) / 2),
    (PUTUO, "与委托运营方结算完成率", "=", D(100), D(100), 10, D(10)),
    (PUTUO, "场馆开放满意度", ">=", D(90), D(100), 10, D(10)),
    (HUANGGANG, "整编资料审核 (printed 19.6: 98 % of the weight)", "=", D(98), D(98), 20, D(20)),
    (CHANGJIANG, "补贴渔船数", "=", D(6), D(6), 20, D(20)),
    (YUAN, "修缮建筑面积", "=", D(6000), D(6000), 7, D(7)),
    (YUAN, "验收通过率 (printed 5)", "=", D(100), D(95), 6, D(95) / 100 * 6),
    (YUAN, "工程质量管理", ">=", D(95), D(98), 6, D(6)),
    (YUAN, "项目设计、招标、施工", "<=", "2022年12月30日", "2022年12月30日", 6, D(6)),
    (GUANGSHUI, "乡村道路建设养护里程", "=", D(300), D(300), 15, D(15)),
    (XUANCHENG, "禁毒舞台剧宣传的场次", ">=", D(1), D(1), 12, D(12)),
    (XUANCHENG, "毛发检查试剂数量 (3200/2400 = 133 %)", ">=", D(2400), D(3200), 12, D(12)),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0][:40]}-{case[2]}" for case in CASES])
def test_a_published_row_scores_as_the_rule_says(case: Case) -> None:
    source, name, nature, target, actual, points, expected = case
    row = companion_row(name=name, nature=nature, target=target, actual=actual)
    assert outcome(row_score(row, points).score) == expected, source
