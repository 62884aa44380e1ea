"""All checks, in one table: code, severity, title, the words that each rests on, its function."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.review.case import Case
from jixiao.review.check import Check, Hit
from jixiao.review.checks import (
    cell_contents,
    distribution,
    evaluated,
    execution,
    grade,
    money,
    reasons,
    scores,
    sums,
    wording,
)
from jixiao.review.finding import Finding, Severity
from jixiao.scoring import Provenance

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_TEXT, _ARITHMETIC, _CONVENTION = (
    Provenance.TEXT,
    Provenance.ARITHMETIC,
    Provenance.CONVENTION,
)


def _rounded_rate(case: Case) -> Iterator[Hit]:
    yield from execution.rate_rounded_before_use(case)
    yield from scores.rounded_rate_in_row(case)


CHECKS = (
    Check(
        "E1",
        _ERROR,
        "分值合计",
        "各行分值之和等于总分，也等于上级指标的分值",
        _ARITHMETIC,
        sums.points_do_not_sum,
    ),
    Check(
        "E2",
        _ERROR,
        "得分超出范围",
        "得分不低于0分，不超过本行分值",
        _ARITHMETIC,
        scores.score_out_of_range,
    ),
    Check(
        "E3",
        _ERROR,
        "得分合计",
        "总分、小计等于各行得分之和",
        _ARITHMETIC,
        sums.scores_do_not_sum,
    ),
    Check(
        "E4",
        _ERROR,
        "执行率算错",
        "执行率＝执行数÷预算数，精确到0.01%",
        _ARITHMETIC,
        execution.printed_rate_is_wrong,
    ),
    Check(
        "E5",
        _ERROR,
        "预算执行得分",
        "预算执行得分＝执行率×分值，最高不超过分值",
        _CONVENTION,
        execution.execution_score_is_wrong,
    ),
    Check(
        "E6",
        _ERROR,
        "金额合计",
        "总数等于各部分之和，按来源分与按性质分合计相同",
        _ARITHMETIC,
        money.parts_do_not_sum,
    ),
    Check(
        "E7",
        _ERROR,
        "得分不合标准",
        "定量指标按完成情况和指标性质计分",
        _CONVENTION,
        scores.score_off_the_rule,
    ),
    Check(
        "E8",
        _ERROR,
        "扣分没有原因",
        "未得满分的，在“未达标原因、改进措施”一栏写明",
        _CONVENTION,
        reasons.loss_without_reason,
    ),
    Check(
        "E9",
        _ERROR,
        "未达标得满分",
        "没有达到目标的不能得满分",
        _CONVENTION,
        scores.full_on_missed_target,
    ),
    Check(
        "E10",
        _ERROR,
        "空白得满分",
        "没有目标值或实际完成值的，无法计算完成率",
        _ARITHMETIC,
        scores.full_on_blank,
    ),
    Check(
        "E11",
        _ERROR,
        "评价等级",
        "优90分≤得分≤100分，良80分≤得分<90分，中60分≤得分<80分，差得分<60分",
        _TEXT,
        grade.grade_does_not_fit,
    ),
    Check(
        "E12",
        _ERROR,
        "数字栏填了文字",
        "分值、得分、金额和定量指标的完成值应填数字",
        _CONVENTION,
        cell_contents.words_for_a_number,
    ),
    Check(
        "E13",
        _ERROR,
        "单位不一致",
        "目标值与实际完成值单位相同才能相除",
        _ARITHMETIC,
        cell_contents.units_differ,
    ),
    Check(
        "E14",
        _ERROR,
        "完成值带符号",
        "实际完成值是测得的数，≥95%是目标",
        _CONVENTION,
        cell_contents.sign_in_actual,
    ),
    Check(
        "E15",
        _ERROR,
        "重复计权",
        "每项权重、预算执行情况只计一次",
        _ARITHMETIC,
        scores.weight_applied_twice,
    ),
    Check(
        "W1",
        _WARNING,
        "完成率过高",
        "完成率高于150%的，目标多半定得过低，番禺区标准只给一半分",
        _CONVENTION,
        scores.far_above_target,
    ),
    Check(
        "W2",
        _WARNING,
        "执行率异常无说明",
        "执行率高于100%或低于90%的应说明原因",
        _CONVENTION,
        execution.rate_without_reason,
    ),
    Check(
        "W3",
        _WARNING,
        "按整分扣分",
        "标准按完成比例计分，不按整分扣",
        _CONVENTION,
        scores.whole_points_taken,
    ),
    Check(
        "W4",
        _WARNING,
        "指标空泛",
        "占分值的指标应当具体、可以衡量",
        _CONVENTION,
        wording.vague_or_void,
    ),
    Check(
        "W5",
        _WARNING,
        "方向可疑",
        "越多越好的用≥，越少越好的用≤",
        _CONVENTION,
        wording.implausible_direction,
    ),
    Check(
        "W6",
        _WARNING,
        "归类不当",
        "成本、满意度各有自己的类别",
        _CONVENTION,
        wording.wrong_class,
    ),
    Check(
        "W7",
        _WARNING,
        "只有执行率扣分",
        "各项指标应如实评分",
        _CONVENTION,
        distribution.full_but_execution,
    ),
    Check(
        "W8",
        _WARNING,
        "分值过于集中",
        "分值应分散到各项指标，单项不宜达到总分的40%",
        _CONVENTION,
        distribution.one_row_with_most,
    ),
    Check(
        "W9",
        _WARNING,
        "执行率分母不明",
        "执行率应写明按年初预算数还是调整后预算数计算",
        _CONVENTION,
        execution.base_not_stated,
    ),
    Check(
        "W10",
        _WARNING,
        "年度不一致",
        "标题与正文应为同一年度",
        _CONVENTION,
        wording.years_differ,
    ),
    Check(
        "W11",
        _WARNING,
        "依据推定或不明",
        "原文不全之处按推定计分或由人工评分的，须核对",
        _CONVENTION,
        evaluated.rests_on_doubtful_text,
    ),
    Check(
        "W12",
        _WARNING,
        "缺各月数据",
        "一般公共预算支出年度平均执行率=Σ每月一般公共预算支出执行率÷n",
        _TEXT,
        evaluated.monthly_figures_missing,
    ),
    Check(
        "W13",
        _WARNING,
        "比率先取整",
        "比率不先取整，得分最后四舍五入到0.01分",
        _CONVENTION,
        _rounded_rate,
    ),
    Check(
        "W14",
        _WARNING,
        "佐证材料空白",
        "每项得分附“参考佐证材料名称”",
        _CONVENTION,
        reasons.evidence_missing,
    ),
)
"""In the order in which findings of one form are told."""


def findings_of(case: Case) -> tuple[Finding, ...]:
    """Everything that the checks find in one form."""
    return tuple(finding for check in CHECKS for finding in check.run(case))
