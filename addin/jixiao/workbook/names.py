"""The defined names by which every cell of the workbook is found.

Cells are found by name and never by address, so people may insert rows and columns, reorder and
rename sheets. One name per cell, one per column of the companion table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jixiao.scoring.companion import LABELS as COMPANION_LABELS
from jixiao.scoring.companion import ROWS_OF_A_KIND, CompanionRow
from jixiao.scoring.subject import Subject

PREFIX = "jixiao_"

NameOf = Callable[[str], str]
"""The name of a cell from the id of what it holds."""

RUBRIC = PREFIX + "rubric"
"""The cell that says which standard the workbook is scored by."""

TOTAL = PREFIX + "total"
GRADE = PREFIX + "grade"

COMPANION_RESULTS = PREFIX + "companion_results"
"""What the macro template works out for the companion table, all rows at once (hidden)."""

HOST_MESSAGES = PREFIX + "messages"
"""What the host module says in Chinese (macro files only)."""

FUNCTION_HELP = PREFIX + "function_help"
"""What the function wizard shows (macro files only)."""

FINDINGS = PREFIX + "findings"
"""The column of cells that the program lists its remarks in, one remark a cell."""


def input_name(input_id: str) -> str:
    """The cell of an input (a range of twelve for monthly figures)."""
    return f"{PREFIX}in_{input_id}"


def remark_name(input_id: str) -> str:
    """The cell beside an input for people's own remarks."""
    return f"{PREFIX}note_{input_id}"


def score_name(indicator_id: str) -> str:
    """The 得分 cell of a row."""
    return f"{PREFIX}score_{indicator_id}"


def points_name(indicator_id: str) -> str:
    """The 分值 cell of a row of 自评表."""
    return f"{PREFIX}points_{indicator_id}"


def reason_name(indicator_id: str) -> str:
    """The 评分依据、未达标原因、改进措施 cell of a row."""
    return f"{PREFIX}reason_{indicator_id}"


def evidence_name(indicator_id: str) -> str:
    """The 参考佐证材料名称 cell of a row."""
    return f"{PREFIX}evidence_{indicator_id}"


def subtotal_name(heading_id: str) -> str:
    """The subtotal of a first- or second-level indicator."""
    return f"{PREFIX}subtotal_{heading_id}"


def companion_name(field: str) -> str:
    """A column of the companion table."""
    return f"{PREFIX}companion_{field}"


def short_column_name(field: str) -> str:
    """A column of the companion table in the one formula that has no room for its longer name."""
    return f"{PREFIX}{field}"


def basic_name(field: str) -> str:
    """A cell of 基本情况."""
    return f"{PREFIX}basic_{field}"


def report_text_name(section_id: str) -> str:
    """The cell of 报告文字 for a section of the report (`jixiao.reports.outline`)."""
    return f"{PREFIX}report_{section_id}"


def fund_total_name(column_id: str) -> str:
    """The total of a column of 资金来源; a formula, unless somebody typed over it."""
    return f"{PREFIX}fund_total_{column_id}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the companion table: its field, its heading, and whether people type in it."""

    field: str
    heading: str
    is_input: bool


def _column(field: str, *, is_input: bool = True, heading: str = "") -> Column:
    return Column(field, heading or COMPANION_LABELS[field], is_input)


COMPANION_COLUMNS = (
    _column("kind"),
    _column("primary", heading="一级指标"),
    _column("secondary", heading="二级指标"),
    _column("name"),
    _column("nature"),
    _column("target"),
    _column("unit"),
    _column("actual"),
    _column("rate", is_input=False),
    _column("points"),
    _column("score", is_input=False),
    _column("reason", heading="未完成原因"),
    _column("level"),
    _column("share"),
    _column("hand_score"),
    _column("basis"),
    _column("settled_points", is_input=False, heading="核定分值"),
    _column("remark", heading="备注"),
)
"""From left to right; the first twelve are the printed table, the rest help to fill it in."""

SCORED_COLUMNS = tuple(
    column.field for column in COMPANION_COLUMNS if column.field in CompanionRow._fields
)
"""The columns that scores are worked out from; a person types in each of them."""

COMPANION_ROWS_OF_A_KIND = ROWS_OF_A_KIND


@dataclass(frozen=True, slots=True)
class BasicField:
    """A cell of the table's top block."""

    field: str
    label: str
    unit: str = ""


BASIC_FIELDS = (
    BasicField("department", "部门名称"),
    BasicField("unit_count", "单位数", "个"),
    BasicField("annual_target", "年度整体绩效目标"),
    BasicField("target_completion", "整体绩效目标完成情况"),
    BasicField("unfinished_reason", "未能完成原因"),
)

BUDGET_FIELDS = (
    BasicField("total_budget", "总预算", "万元"),
    BasicField("basic_expenditure", "基本支出", "万元"),
    BasicField("project_expenditure", "项目支出", "万元"),
    BasicField("special_fund", "专项资金", "万元"),
    BasicField("other_development", "其他事业发展支出", "万元"),
    BasicField("district_level", "区本级资金", "万元"),
    BasicField("transfer_down", "对下转移支付", "万元"),
)
"""年度部门预算情况, in the printed order of its columns."""

PROJECT_FIELDS = (
    BasicField("project_name", "项目名称"),
    BasicField("department", "主管部门"),
    BasicField("unit", "实施单位"),
    BasicField("year", "年度"),
    BasicField("manager", "项目负责人"),
    BasicField("phone", "联系电话"),
    BasicField("annual_target", "年度总体目标"),
    BasicField("target_completion", "年度总体目标完成情况"),
)
"""The cells of 项目基本情况, in the printed order."""

SHEETS = {
    "guide": "填报说明",
    "basics": "基本情况",
    "companion": Subject.DEPARTMENT.companion_table,
    "inputs": "基础数据",
    "form": "自评表",
    "report": "报告文字",
    "review": "审核意见",
    "provenance": "评分标准出处",
}
"""A department's sheets from left to right; users may rename and reorder them, only the names above
count."""

PROJECT_SHEETS = {
    "guide": SHEETS["guide"],
    "basics": "项目基本情况",
    "companion": Subject.PROJECT.companion_table,
    "report": SHEETS["report"],
    "form": SHEETS["form"],
    "review": SHEETS["review"],
    "provenance": SHEETS["provenance"],
}
"""A project's sheets; the few inputs besides its money and its indicators are on the second."""

SHEETS_OF = {Subject.DEPARTMENT: SHEETS, Subject.PROJECT: PROJECT_SHEETS}

PROGRAM_SHEET = "程序用"
"""The sheet of the macro template that nobody needs to see."""

SUMMARY = f"{PREFIX}summary"
"""Marks a summary of many workbooks, so that none is taken for a workbook to be scored."""
