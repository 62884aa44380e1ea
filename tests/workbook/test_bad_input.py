"""Wrong input: exit code 1, nothing written, a message with sheet, cell and label."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Command, Ran
from workbook.books import by_openpyxl, saved, seed_book, where, with_cell_xml, with_values

ERROR = 't="e"><v>#DIV/0!</v></c>'
ERROR_OF_A_FORMULA = 't="e"><f>1/0</f><v>#DIV/0!</v></c>'
FINDINGS = "审计、财会监督指出的问题数"
CARRYOVER = "年末财政拨款结转和结余决算数"
SHARE_ROW = "保障文件运输、项目走访和现场堪察正常运行"


def refused(jixiao: Command, path: Path, content: bytes) -> Ran:
    """Fill a workbook that has to be refused without a trace."""
    path.write_bytes(content)
    ran = jixiao("fill", path)
    unchanged = path.read_bytes() == content
    assert unchanged, f"the workbook was filled: {ran.out[:80]}"
    assert [item.name for item in path.parent.iterdir()] == [path.name], "a file was left"
    assert ran.code == 1
    assert ran.out == ""
    assert "没有写入任何文件" in ran.err
    assert "Traceback" not in ran.err
    return ran


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("audit_findings", "没有", (FINDINGS, "应填数字，现为“没有”")),
        ("audit_findings", "3", (FINDINGS, "应填数字，现为“3”")),
        ("audit_findings", "３项", (FINDINGS, "应填数字，现为“３项”")),
        ("audit_findings", -1, (FINDINGS, "不能为负数")),
        ("audit_findings", Decimal("1.5"), (FINDINGS, "应填整数")),
        ("year_end_carryover", Decimal("-0.01"), (CARRYOVER, "不能为负数，现为-0.01")),
        ("year_end_carryover", "12.5万元", (CARRYOVER, "应填数字")),
        ("year_end_carryover", Decimal("1e16"), (CARRYOVER, "超出合理范围")),
        ("inventory_done", "有", ("是否进行资产盘点并完成结果处理", "应填“是”或“否”")),
        ("inventory_done", 1, ("是否进行资产盘点并完成结果处理", "应填“是”或“否”")),
        ("budget_published", "公开", ("部门预算是否公开", "应从“是、否、涉密”中选")),
        ("annual_execution_rate", Decimal("75.86"), ("年度支出率", "是否漏了百分号")),
        ("monthly_execution_rates[3]", "20%", ("各月一般公共预算支出执行率第4格", "应填数字")),
        ("fund_system_share", Decimal("1.01"), ("资金管理制度明确绩效要求", "0%至100%之间")),
        ("asset_data_quality_hand_score", Decimal("2.01"), ("人工评分", "0至2分之间")),
        ("monitoring_score", Decimal("5.01"), ("部门绩效监控得分", "0至5分之间")),
        ("monitoring_score", Decimal(3), ("部门绩效", "5")),
        ("ex_ante_missed", 1, ("没有开展评估的项目数", "大于")),
        ("contracts_on_time", 3, ("规定时限内签订合同的项目数", "大于")),
        ("0.target", 0, ("“促成项目动工建设”的年初目标值", "目标值为0")),
        ("0.target", "十", ("“促成项目动工建设”的年初目标值", "应填数字")),
        ("0.actual", "≥11", ("“促成项目动工建设”的实际完成值", "应填数字")),
        ("0.actual", -1, ("“促成项目动工建设”的实际完成值", "负")),
        ("0.nature", "约", ("“促成项目动工建设”的指标性质", "不认识的指标性质“约”")),
        ("0.kind", "成本", ("“促成项目动工建设”的类别", "应为产出、效益")),
        ("0.points", "二十", ("“促成项目动工建设”的分值", "应填数字")),
        ("41.level", "良好", (f"“{SHARE_ROW}”的定性档次", "没有“良好”这一档")),
        ("41.share", Decimal("0.79"), (f"“{SHARE_ROW}”的定性完成比例", "[80%, 100%]")),
        ("41.share", Decimal("1.01"), (f"“{SHARE_ROW}”的定性完成比例", "[80%, 100%]")),
    ],
)
def test_wrong_value_is_refused_with_sheet_cell_and_label(
    jixiao: Command, seed_path: Path, cell: str, value: Decimal | str | int, words: tuple[str, ...]
) -> None:
    ran = refused(jixiao, seed_path, with_values(seed_book(), {cell: value}))
    assert where(seed_book(), cell) in ran.err
    for word in words:
        assert word in ran.err


def test_points_of_some_rows_only_are_refused_at_the_rows_without(
    jixiao: Command, seed_path: Path
) -> None:
    ran = refused(jixiao, seed_path, with_values(seed_book(), {"0.points": 20}))
    assert "要么逐行填写，要么全部留空" in ran.err
    for cell in ("1.points", "2.points"):
        assert where(seed_book(), cell) in ran.err


def test_points_that_do_not_sum_to_20_are_refused_with_their_sum(
    jixiao: Command, seed_path: Path
) -> None:
    points = {"0.points": 10, "1.points": 5, "2.points": Decimal("4.99")}
    ran = refused(jixiao, seed_path, with_values(seed_book(), points))
    assert "产出指标的分值合计19.99，应为20" in ran.err
    assert where(seed_book(), "0.points") in ran.err


def test_all_faults_are_told_at_once(jixiao: Command, seed_path: Path) -> None:
    wrong = {"audit_findings": "无", "year_end_carryover": -1, "0.actual": "十一"}
    ran = refused(jixiao, seed_path, with_values(seed_book(), wrong))
    assert "有3处问题" in ran.err
    for cell in wrong:
        assert where(seed_book(), cell) in ran.err


@pytest.mark.parametrize("xml", [ERROR, ERROR_OF_A_FORMULA], ids=["value", "formula"])
@pytest.mark.parametrize(
    "cell", ["audit_findings", "0.actual", "monthly_execution_rates[11]", "inventory_done"]
)
def test_error_cell_is_refused_with_its_error(
    jixiao: Command, seed_path: Path, cell: str, xml: str
) -> None:
    ran = refused(jixiao, seed_path, with_cell_xml(seed_book(), cell, xml))
    assert "#DIV/0!" in ran.err
    assert where(seed_book(), cell) in ran.err


@pytest.mark.parametrize(
    "xml",
    ["><f>1-1</f></c>", "><f>1-1</f><v></v></c>", "><f>1-1</f><v/></c>"],
    ids=["no value", "empty value", "empty tag"],
)
@pytest.mark.parametrize(
    "cell",
    [
        "audit_findings",
        "0.actual",
        "0.points",
        "40.target",
        "41.share",
        "monthly_execution_rates[2]",
        "annual_execution_rate",
        "asset_data_quality_hand_score",
        "system_building_basis",
    ],
)
def test_formula_that_was_never_calculated_is_refused(
    jixiao: Command, seed_path: Path, cell: str, xml: str
) -> None:
    ran = refused(jixiao, seed_path, with_cell_xml(seed_book(), cell, xml))
    assert "是公式，但文件里没有计算结果" in ran.err
    assert where(seed_book(), cell) in ran.err


def test_formula_in_a_file_saved_by_openpyxl_is_refused(jixiao: Command, seed_path: Path) -> None:
    book = by_openpyxl(seed_book())
    book["基础数据"]["D27"] = "=1-1"
    ran = refused(jixiao, seed_path, saved(book))
    assert "基础数据!D27" in ran.err
    assert "没有计算结果" in ran.err


def test_companion_row_of_formulas_that_were_never_calculated_is_not_skipped(
    jixiao: Command, seed_path: Path
) -> None:
    content = seed_book()
    for field in ("name", "target", "actual"):
        content = with_cell_xml(content, f"2.{field}", "><f>1+1</f></c>")
    refused(jixiao, seed_path, content)


def test_calculated_formula_counts_as_its_value(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_cell_xml(seed_book(), "audit_findings", "><f>1-1</f><v>0</v></c>"))
    ran = jixiao("fill", seed_path)
    assert ran.code == 0
    assert "总分：97.59" in ran.out


def test_formula_that_shows_nothing_is_a_blank(jixiao: Command, seed_path: Path) -> None:
    content = with_cell_xml(seed_book(), "audit_findings", 't="str"><f>""</f><v></v></c>')
    seed_path.write_bytes(content)
    ran = jixiao("fill", seed_path)
    assert ran.code == 0
    assert "待填1项" in ran.out


def test_cell_with_spaces_only_is_a_blank(jixiao: Command, seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_book(), {"audit_findings": "  "}))
    ran = jixiao("fill", seed_path)
    assert ran.code == 0, ran.err
    assert "待填1项" in ran.out


@pytest.mark.parametrize(
    ("cell", "xml"),
    [
        ("audit_findings", 't="b"><v>1</v></c>'),
        ("audit_findings", 't="d"><v>2023-12-01</v></c>'),
        ("audit_findings", "><v>NaN</v></c>"),
        ("audit_findings", "><v>1e999</v></c>"),
        ("year_end_carryover", "><v>abc</v></c>"),
    ],
)
def test_value_of_another_type_is_refused(
    jixiao: Command, seed_path: Path, cell: str, xml: str
) -> None:
    ran = refused(jixiao, seed_path, with_cell_xml(seed_book(), cell, xml))
    assert where(seed_book(), cell) in ran.err


@pytest.mark.parametrize(
    ("cell", "xml"),
    [
        ("inventory_done", 't="b"><v>1</v></c>'),
        ("inventory_done", 't="inlineStr"><is><r><t>是</t></r></is></c>'),
        ("year_end_carryover", "><v>12.500000000000002</v></c>"),
        ("year_end_carryover", "><v>1.25E1</v></c>"),
    ],
)
def test_spelling_of_a_right_value_does_not_matter(
    jixiao: Command, seed_path: Path, cell: str, xml: str
) -> None:
    seed_path.write_bytes(with_cell_xml(seed_book(), cell, xml))
    ran = jixiao("fill", seed_path)
    assert ran.code == 0, ran.err
    assert "总分：97.59" in ran.out
