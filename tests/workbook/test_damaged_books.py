"""Workbooks that lost sheets, names or cells, and files that are no workbook: refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from conftest import Command
from jixiao.workbook import names
from workbook.books import by_openpyxl, members, saved, seed_book, with_members, with_part
from workbook.test_bad_input import refused

INPUTS, FORM = "基础数据", "自评表"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def changed(change: Callable[[Workbook], object]) -> bytes:
    book = by_openpyxl(seed_book())
    change(book)
    return saved(book)


def renamed(name: str, target: str) -> bytes:
    """The seed's workbook with another target of a name."""
    pattern = re.compile(rf'(<definedName name="{name}">)[^<]*<')
    return with_part(
        seed_book(), "xl/workbook.xml", lambda xml: pattern.sub(rf"\g<1>{target}<", xml)
    )


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (INPUTS, "审计、财会监督指出的问题数"),
        (FORM, "“资产盘点情况”的得分"),
        ("指标完成情况表", "指标完成情况表的“年初目标值”列"),
        ("基本情况", "部门名称"),
        ("填报说明", "评分标准编号"),
        ("审核意见", "程序核对提示"),
    ],
)
def test_deleted_sheet_is_refused_with_what_it_held(
    jixiao: Command, seed_path: Path, sheet: str, words: str
) -> None:
    ran = refused(jixiao, seed_path, changed(lambda book: book.remove(book[sheet])))
    assert words in ran.err
    assert "已被删除" in ran.err


def test_deleted_sheet_that_holds_nothing_of_the_program_is_no_matter(
    jixiao: Command, seed_path: Path
) -> None:
    seed_path.write_bytes(changed(lambda book: book.remove(book["评分标准出处"])))
    assert "总分：97.59" in jixiao("fill", seed_path).out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jixiao_in_audit_findings", "审计、财会监督指出的问题数"),
        ("jixiao_score_asset_inventory", "第21项“资产盘点情况”的得分"),
        ("jixiao_reason_asset_inventory", "第21项“资产盘点情况”的评分依据"),
        ("jixiao_subtotal_budgeting", "“预算编制”小计"),
        ("jixiao_companion_target", "“年初目标值”列"),
        (names.TOTAL, "总分"),
        (names.GRADE, "评价等级"),
        (names.RUBRIC, "评分标准编号"),
        (names.FINDINGS, "程序核对提示"),
    ],
)
class TestName:
    def test_deleted_is_refused(
        self, jixiao: Command, seed_path: Path, name: str, words: str
    ) -> None:
        ran = refused(jixiao, seed_path, changed(lambda book: book.defined_names.pop(name)))
        assert words in ran.err

    @pytest.mark.parametrize("target", ["#REF!", "基础数据!#REF!", "#REF!$D$27"])
    def test_whose_cells_are_deleted_is_refused(
        self, jixiao: Command, seed_path: Path, name: str, words: str, target: str
    ) -> None:
        ran = refused(jixiao, seed_path, renamed(name, target))
        assert words in ran.err
        assert "已被删除" in ran.err

    @pytest.mark.parametrize("target", ["SUM(基础数据!$D$27)", "基础数据!$D$1,基础数据!$D$9", "1"])
    def test_of_no_plain_area_is_refused(
        self, jixiao: Command, seed_path: Path, name: str, words: str, target: str
    ) -> None:
        assert words in refused(jixiao, seed_path, renamed(name, target)).err


@pytest.mark.parametrize(("target", "count"), [("$D$6:$D$16", 11), ("$D$6:$D$18", 13), ("$D$6", 1)])
def test_other_number_of_months_is_refused(
    jixiao: Command, seed_path: Path, target: str, count: int
) -> None:
    content = renamed("jixiao_in_monthly_execution_rates", f"基础数据!{target}")
    ran = refused(jixiao, seed_path, content)
    assert f"应为12格，现为{count}格" in ran.err
    assert "基础数据!D6（各月一般公共预算支出执行率）" in ran.err


def test_companion_columns_of_other_rows_are_refused(jixiao: Command, seed_path: Path) -> None:
    content = renamed("jixiao_companion_actual", "指标完成情况表!$H$6:$H$84")
    ran = refused(jixiao, seed_path, content)
    assert "指标完成情况表!H6（实际完成值）" in ran.err


@pytest.mark.parametrize(
    ("sheet", "merged", "cell"),
    [
        (INPUTS, "D21:D22", "D22"),
        (INPUTS, "C27:D27", "D27"),
        (INPUTS, "D6:D17", "D7"),
        ("指标完成情况表", "F5:F7", "F6"),
        (FORM, "I12:I13", "I13"),
        (FORM, "I38:J38", ""),
    ],
)
def test_merged_cells_that_hide_a_cell_of_the_program_are_refused(
    jixiao: Command, seed_path: Path, sheet: str, merged: str, cell: str
) -> None:
    content = changed(lambda book: book[sheet].merge_cells(merged))
    if not cell:  # the cell itself is the visible one
        seed_path.write_bytes(content)
        assert jixiao("fill", seed_path).code == 0
        return
    ran = refused(jixiao, seed_path, content)
    assert f"{sheet}!{cell}" in ran.err


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("jixiao_score_asset_inventory", "基础数据!$D$27"),
        ("jixiao_in_audit_findings", "自评表!$I$12"),
        ("jixiao_score_asset_inventory", "自评表!$I$12"),
        ("jixiao_in_audit_findings", "基础数据!$D$28"),
    ],
)
def test_two_names_for_one_cell_are_refused(
    jixiao: Command, seed_path: Path, name: str, target: str
) -> None:
    refused(jixiao, seed_path, renamed(name, target))


def test_name_that_covers_a_whole_column_is_refused_at_once(
    jixiao: Command, seed_path: Path
) -> None:
    content = renamed(names.FINDINGS, "审核意见!$A$11:$A$1048576")
    refused(jixiao, seed_path, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), "不是 Excel 工作簿"),
        ("部门,得分\n某局,100\n".encode(), "文本（如 CSV）"),
        ("部门,得分\n某局,100\n".encode("gbk"), "文本（如 CSV）"),
        ("部门\t得分\n".encode("utf-16"), "文本"),
        (
            "<html><body><table><tr><td>部门</td></tr></table></body></html>".encode(),
            "网页（HTML）",
        ),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "已加密"),
        (OLE2 + "Workbook".encode("utf-16-le"), "旧版 .xls"),
        (b"PK\3\4" + bytes(200), "不完整或已损坏"),
        (seed_book()[:-1000], "不完整或已损坏"),
        (with_members(seed_book(), {"xl/workbook.xml": None}), "不是 Excel 工作簿"),
        (with_members(seed_book(), {"xl/worksheets/sheet4.xml": None}), "sheet4.xml"),
    ],
    ids=[
        "empty",
        "png",
        "csv",
        "gbk",
        "utf16",
        "html",
        "encrypted",
        "xls",
        "zip",
        "cut",
        "zip2",
        "part",
    ],
)
def test_file_that_is_no_workbook_is_refused_with_what_it_is(
    jixiao: Command, seed_path: Path, content: bytes, words: str
) -> None:
    assert words in refused(jixiao, seed_path, content).err


def test_opendocument_is_refused_by_name(jixiao: Command, seed_path: Path) -> None:
    parts = dict.fromkeys(members(seed_book()))
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    content = with_members(seed_book(), {**parts, "mimetype": mime, "content.xml": b"<x/>"})
    assert "OpenDocument（.ods）" in refused(jixiao, seed_path, content).err


def test_workbook_of_somebody_else_is_refused(jixiao: Command, seed_path: Path) -> None:
    ran = refused(jixiao, seed_path, saved(Workbook()))
    assert "不是本程序的自评表" in ran.err


def test_folder_is_refused(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("fill", tmp_path)
    assert (ran.code, list(tmp_path.iterdir())) == (1, [])
    assert "文件夹" in ran.err


def test_missing_file_is_refused(jixiao: Command, tmp_path: Path) -> None:
    ran = jixiao("fill", tmp_path / "没有.xlsx")
    assert (ran.code, list(tmp_path.iterdir())) == (1, [])
    assert "找不到文件" in ran.err


@pytest.mark.parametrize("text", ["../../秘密.toml", "/etc/passwd.toml", "1999", "#N/A", " "])
def test_standard_that_does_not_exist_is_refused_and_no_path_is_followed(
    jixiao: Command, seed_path: Path, text: str
) -> None:
    content = changed(lambda book: book["填报说明"].__setitem__("B3", text))
    ran = refused(jixiao, seed_path, content)
    assert "填报说明!B3（评分标准编号）" in ran.err
