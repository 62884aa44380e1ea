"""The words that head the columns of evaluation tables and of their budget blocks."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.forms.form import Column, MoneyColumn
from jixiao.forms.words import bare, in_brackets

# As published tables print them, in the form that `bare` leaves.
_COLUMNS: dict[Column, str] = {
    Column.PRIMARY: "一级指标 一级指标名称 一级",
    Column.SECONDARY: "二级指标 二级指标名称 二级",
    Column.NAME: "三级指标 三级指标名称 三级 指标名称 具体指标 绩效指标名称 考核指标 评价指标",
    Column.NATURE: "指标性质 性质 指标方向 指标值类型 运算符号 计算符号 比较符号 比较符 符号",
    Column.TARGET: (
        "年度指标值 年初目标值 目标值 指标值 年度目标值 预期指标值 年初指标值 年度绩效指标值 "
        "计划指标值 计划值 计划完成值 预期目标值 预期值 绩效目标值 全年指标值 绩效指标值 年度目标 "
        "年初设定目标值 年初设定指标值 年初绩效目标值 全年目标值 设定目标值 目标指标值 年初预期值"
    ),
    Column.ACTUAL: (
        "实际完成值 完成值 全年实际值 全年实际完成值 实际完成指标值 实际完成情况 实际值 完成情况 "
        "全年完成值 指标完成值 指标完成情况 实际指标值 年度实际完成值 实际完成 全年完成情况 "
        "年度完成值 实际完成数 实际完成结果 全年实际完成情况 完成指标值"
    ),
    Column.UNIT: "计量单位 度量单位 指标单位 单位 指标值单位",
    Column.RATE: "完成率 指标完成率 完成比例 完成程度 目标完成率 完成百分比",
    Column.POINTS: (
        "分值 权重 权重分 指标分值 标准分值 标准分 满分 权重分值 指标权重 分值权重 分数 权重值 "
        "分值权重分 满分值"
    ),
    Column.SCORE: (
        "得分 自评分 自评得分 自评分值 自评分数 评分 实际得分 得分情况 评价得分 指标得分 自评 "
        "单位自评得分 单位自评分 部门自评得分 部门自评分 评价分 自评情况得分 最终得分 评分结果"
    ),
    Column.REASON: "备注及原因 未完成说明 扣分说明 扣分情况说明 评分说明 得分说明 自评说明",
    Column.EXPLANATION: "指标解释 指标说明 指标内容 指标释义 指标定义 指标含义 指标描述",
    Column.SENTENCE: (
        "评分标准 评价标准 计分标准 评分规则 评分细则 得分计算方法 评分办法 评分方法 计分方法 "
        "评价要点 评分标准及说明 评价标准及说明 打分标准 指标评分标准 计分办法 评分依据及标准"
    ),
    Column.EVIDENCE: "佐证资料 数据来源 资料来源",
    Column.SECOND_SCORE: (
        "复核分 复核得分 财政复核分 财政复核得分 复评分 复评得分 核定分 核定得分 审核得分 审核分 "
        "财政评分 财政得分 抽查得分 抽评得分 主管部门评分 财政审核得分 复核 财政部门评分"
    ),
    Column.REMARK: "备注 说明 其他说明",
}
_MONEY: dict[MoneyColumn, str] = {
    MoneyColumn.YEAR_START: (
        "年初预算数 年初预算 年初预算金额 年初批复预算数 年初预算批复数 年初部门预算数 年初安排数 "
        "年初预算安排数 年初数"
    ),
    MoneyColumn.ADJUSTED: (
        "全年预算数 全年预算 调整后预算数 调整预算数 调整后预算 调整预算 预算数 年度预算数 "
        "预算金额 "
        "全年调整后预算数 全年预算金额 预算安排数 年度预算 全年调整预算数 调整后全年预算数 预算总额"
    ),
    MoneyColumn.EXECUTED: (
        "全年执行数 执行数 实际执行数 预算执行数 执行金额 全年执行 全年支出数 实际支出数 支出数 "
        "决算数 年度执行数 实际支出 全年执行金额 全年实际支出数 实际支出金额 全年决算数 执行总额"
    ),
    MoneyColumn.POINTS: "分值 权重 标准分 标准分值 满分 指标分值 权重分值",
    MoneyColumn.RATE: "执行率 预算执行率 执行比例 支出率 资金执行率 全年执行率 预算完成率",
    MoneyColumn.SCORE: "得分 自评分 自评得分 实际得分 评分 执行率得分 自评分值",
    MoneyColumn.REASON: "",
}
_BY_WORD = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_MONEY_BY_WORD = {word: column for column, words in _MONEY.items() for word in words.split()}

# Longer headings, by a word in them; they come in too many wordings to be listed.
_PARTS = (
    (re.compile("原因|改进措施|整改措施"), Column.REASON),
    (re.compile("佐证|证明材料|支撑材料|参考材料"), Column.EVIDENCE),
    (re.compile("(复核|核定|审核|抽查|抽评).*分"), Column.SECOND_SCORE),
    (re.compile("(评分|计分|评价)(标准|规则|细则|办法|方法)|得分计算"), Column.SENTENCE),
)
_LETTER = re.compile(r"(?<=[一-鿿])[A-Z]{1,2}$|^[A-Z](?=[一-鿿])")
_ALTERNATIVES = re.compile("[/、或与及]")
_LONGEST = 40

# What stands in the brackets of a heading and is a unit: (万元), (单位：万元), (%).
_UNIT = re.compile(
    r"(?:单位[:：])?(%|‰|亿元|万元|千元|元|个|人次|人|次|家|户|天|公里|平方米|亩|吨)"
)

ANNEX = "指标完成情况表"
"""The list of targets behind a department's table, which has the same headings."""

LEVELS = (Column.PRIMARY, Column.SECONDARY, Column.NAME)


def column_of(text: str) -> Column | None:
    """The column of a table that a text heads; None where it heads none."""
    return _column_of(text) if len(text) <= _LONGEST else None


def money_column_of(text: str) -> MoneyColumn | None:
    """The column of a budget block that a text heads; None where it heads none."""
    return _money_column_of(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _column_of(text: str) -> Column | None:
    word = _LETTER.sub("", bare(text))
    known = _BY_WORD.get(word)
    if known is not None:
        return known
    for pattern, column in _PARTS:
        if pattern.search(word):
            return column
    parts = {_BY_WORD.get(part) for part in _ALTERNATIVES.split(word)}
    return parts.pop() if len(parts) == 1 else None


@lru_cache(maxsize=4096)
def _money_column_of(text: str) -> MoneyColumn | None:
    word = _LETTER.sub("", bare(text))
    known = _MONEY_BY_WORD.get(word)
    if known is None and "原因" in word:
        return MoneyColumn.REASON
    return known


def unit_in(heading: str) -> str:
    """The unit that a heading states in brackets, such as 万元; empty where it states none."""
    for inside in in_brackets(heading):
        match = _UNIT.fullmatch(inside)
        if match:
            return match[1]
    return ""


def is_level(text: str) -> bool:
    """Whether a text heads a level of indicators."""
    return column_of(text) in LEVELS


def is_result(text: str) -> bool:
    """Whether a text heads what a self-evaluation adds to a plan: actual values or scores."""
    return column_of(text) in (Column.ACTUAL, Column.SCORE)
