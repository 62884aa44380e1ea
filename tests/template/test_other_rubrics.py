"""Any rubric of the same structure builds: other names, points, rows, texts like formulas."""

from __future__ import annotations

import warnings

import pytest

from jixiao.scoring import RubricError
from jixiao.template import build_template, template_name
from jixiao.workbook import names

from .built import RUBRIC, TEXT, cells, edited, opened, texts, the_cell

INVENTORY = 'id = "asset_inventory"'


def without_row(row_id: str) -> tuple[str, str]:
    """The edit that takes the table of an indicator out."""
    start = TEXT.rindex("[[indicator]]", 0, TEXT.index(f'id = "{row_id}"'))
    end = TEXT.index("[[indicator]]", start + 1)
    return (TEXT[start:end], "")


def test_other_names_and_points_are_written() -> None:
    rubric = edited(
        ('name = "资产盘点情况"\npoints = 1', 'name = "资产清查情况"\npoints = 1.5'),
        ('name = "数据质量"\npoints = 2', 'name = "数据质量"\npoints = 1.5'),
    )
    book = opened(build_template(rubric))
    row = the_cell(names.score_name("asset_inventory"), book).row
    assert book["自评表"].cell(row, 5).value == "资产清查情况"
    assert book["自评表"].cell(row, 6).value == 1.5


def test_another_number_of_rows_is_written() -> None:
    rubric = edited(
        without_row("asset_inventory"),
        ('name = "数据质量"\npoints = 2', 'name = "数据质量"\npoints = 3'),
    )
    book = opened(build_template(rubric))
    assert len(rubric.indicators) == len(RUBRIC.indicators) - 1
    assert names.score_name("asset_inventory") not in book.defined_names
    rows = [the_cell(names.score_name(row.id), book).row for row in rubric.indicators]
    assert rows == list(range(rows[0], rows[0] + len(rows)))
    assert the_cell(names.TOTAL, book).row == rows[-1] + 1


def test_texts_that_look_like_formulas_links_or_numbers_stay_texts() -> None:
    rubric = edited(
        ('name = "资产盘点情况"', 'name = "=1+1"'),
        ('sentence = "每年进行一次资产盘点', 'sentence = "=HYPERLINK(\\"http://example.org\\")'),
        (
            'explanation = "反映单位是否每年按要求进行资产盘点。"',
            'explanation = "http://example.org"',
        ),
        ('label = "是否进行资产盘点并完成结果处理"', 'label = "+SUM(A1)"'),
        ('help = "已盘点且结果处理完选“是”"', 'help = "0012"'),
        ('heading = "附件3"', 'heading = "@附件 <3> & \\"4\\""'),
        ('name = "部门整体支出绩效自评表（无专项资金）"', 'name = "A&B &P 自评表"'),
    )
    book = opened(build_template(rubric))
    written = {text: True for found in book for text in texts(found)}
    assert {"=1+1", "+SUM(A1)", "http://example.org", "0012", '@附件 <3> & "4"'} <= set(written)
    kinds = {
        (cell.data_type, cell.hyperlink)
        for found in book
        for line in found.iter_rows()
        for cell in line
        if cell.value in {"=1+1", "+SUM(A1)", "http://example.org", "0012"}
    }
    assert kinds == {("s", None)}
    assert "A&B" in book["自评表"].oddFooter.right.text.replace("&&", "&")


def test_a_long_list_of_options_builds_without_a_drop_down() -> None:
    options = ", ".join(f'"{"选" * 40}{number}"' for number in range(8))
    rubric = edited(
        ('options = ["是", "否", "涉密"]', f'options = ["是", "否", "涉密", {options}]')
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = opened(build_template(rubric))
    cell = the_cell(names.input_name("budget_published"), book)
    checks = cell.parent.data_validations.dataValidation
    assert not any(cell.coordinate in check.sqref for check in checks)


def test_the_shipped_standard_builds_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build_template(RUBRIC)


def test_other_kinds_of_companion_rows_are_prefilled() -> None:
    rubric = edited(
        ('kinds = ["产出", "效益"]', 'kinds = ["产出", "成效"]'), ('rows = "效益"', 'rows = "成效"')
    )
    book = opened(build_template(rubric))
    kinds = [cell.value for cell in cells(names.companion_name("kind"), book)]
    assert kinds == ["产出"] * 40 + ["成效"] * 40


def test_other_grades_fill_the_line() -> None:
    rubric = edited(('words = "得分<60分"', 'words = "不足60分"'))
    book = opened(build_template(rubric))
    assert the_cell(names.GRADE, book).value.endswith("□ 差 不足60分")


def test_a_standard_that_is_all_in_print_has_no_star() -> None:
    lines = []
    skipping = False
    for line in TEXT.splitlines():
        if line.startswith("["):
            skipping = line in {"[indicator.name_source]", "[indicator.points_source]"}
        if not skipping:
            lines.append(line)
    rubric = edited((TEXT, "\n".join(lines)))
    book = opened(build_template(rubric))
    assert not any(text.startswith("带*") for text in texts(book["自评表"]))
    assert all(cell.number_format != 'General"*"' for row in book["自评表"] for cell in row)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("overdue_income", "overdue-income", "只能用字母、数字和下划线"),
        ("overdue_income", "Inventory_Done", "不能只有大小写不同"),
        ("overdue_income", "x" * 250, "不能作单元格名称"),
    ],
)
def test_ids_that_excel_takes_for_no_name_are_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(RubricError, match=words):
        build_template(edited((old, new)))


@pytest.mark.parametrize(
    ("file", "expected"),
    [("自评表-2024", "自评表-2024.xlsx"), ("a/b:c", "a_b_c.xlsx")],
)
def test_file_is_named_by_the_rubric(file: str, expected: str) -> None:
    rubric = edited(('file = "部门整体支出绩效自评表-2023"', f'file = "{file}"'))
    assert template_name(rubric) == expected
