"""The summary as other programs read it."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter.workbook import Workbook

from batch.folders import table
from batch.tables import HEADS, LAYOUT, a_journal, a_table, an_error
from jixiao.batch.assessment import Assessment, Basis
from jixiao.batch.long_sheet import LONGEST_TEXT, Column, Formats, Heading, LongSheet, Sheets
from jixiao.batch.summary_workbook import write_workbook
from jixiao.ooxml import Package
from jixiao.ooxml.text_height import text_height
from jixiao.workbook import names

STATED = LAYOUT._replace(basis=Basis.STATED, rubric="", title="项目支出")


def written(tmp_path: Path, files: dict[str, Assessment], **more: Any) -> Any:
    with a_journal(tmp_path, files.items()) as journal:
        write_workbook(journal.results, tmp_path / "out.xlsx", **more)
    return openpyxl.load_workbook(tmp_path / "out.xlsx")


def one(*scores: str | None, **more: Any) -> Assessment:
    return Assessment((a_table(*scores, **more),))


def ranks(sheet: Any) -> list[tuple[object, object]]:
    return [(row["单位"], row["排名"]) for row in table(sheet)]


def test_highest_total_comes_first_and_equals_share_a_rank(tmp_path: Path) -> None:
    book = written(
        tmp_path,
        {
            "a": one("20", "30", "40", unit="甲"),
            "b": one("20", "30", "50", unit="乙"),
            "c": one("20", "30", "40.00", unit="丙"),
            "d": one("20", "30", "39.99", unit="丁"),
            "e": one("9", "0", "0", unit="戊"),
        },
    )
    assert ranks(book["排名"]) == [("乙", 1), ("甲", 2), ("丙", 2), ("丁", 4), ("戊", 5)]


def test_no_total_no_rank_but_a_place_below_with_the_reason(tmp_path: Path) -> None:
    files = {
        "a": one("20", None, "40", unit="甲", grade="", reason="待填1项"),
        "b": one("0", "0", "0", unit="乙"),
    }
    rows = table(written(tmp_path, files)["排名"])
    assert [(row["单位"], row["排名"], row["没有排名的原因"]) for row in rows] == [
        ("乙", 1, None),
        ("甲", None, "待填1项"),
    ]


def test_scores_stand_below_their_indicators(tmp_path: Path) -> None:
    (row,) = table(written(tmp_path, {"a": one("20", None, "7.59")})["排名"])
    assert [row[f"{h.number} {h.name}（{h.points}分）"] for h in HEADS] == [20, None, 7.59]


def test_standards_and_bases_are_never_ranked_together(tmp_path: Path) -> None:
    other = LAYOUT._replace(rubric="b-rubric", title="另一表")
    files = {f"a{n}": one("1", "1", str(n)) for n in range(3)}
    files |= {f"b{n}": one("1", "1", str(n), layout=other) for n in range(3)}
    files |= {f"c{n}": one("1", "1", str(n), layout=STATED) for n in range(3)}
    book = written(tmp_path, files)
    titles = [book[f"排名{number}"]["A1"].value for number in (1, 2, 3)]
    assert titles == ["某表（2023年度）·程序评分", "另一表·程序评分", "项目支出·表上所填"]
    for number in (1, 2, 3):
        assert [rank for _, rank in ranks(book[f"排名{number}"])] == [1, 2, 3]


def test_rare_forms_are_ranked_by_kind_and_listed_score_by_score(tmp_path: Path) -> None:
    one_row = STATED._replace(heads=HEADS[:1])
    of_fifty = STATED._replace(full_points=Decimal(50), heads=HEADS[:2])
    files = {
        "a": one("1", "1", "3", layout=STATED, unit="甲"),
        "b": one("9", layout=one_row, unit="乙"),
        "c": one("20", "30", layout=of_fifty, unit="丙"),
    }
    book = written(tmp_path, files)
    assert ranks(book["排名"]) == [("乙", 1), ("甲", 2), ("丙", None)]
    assert table(book["排名"])[2]["没有排名的原因"] == "满分为50分，不参加排名"
    singles = [(row["单位"], row["三级指标"], row["得分"]) for row in table(book["逐项得分"])]
    assert singles == [
        ("乙", "甲项", 9),
        ("甲", "甲项", 1),
        ("甲", "乙项", 1),
        ("甲", "丙项", 3),
        ("丙", "甲项", 20),
        ("丙", "乙项", 30),
    ]


def test_findings_name_unit_file_and_cell(tmp_path: Path) -> None:
    files = {"甲/a": one("1", "1", "1", unit="甲", findings=(an_error("请改为10"),))}
    (row,) = table(written(tmp_path, files)["问题"])
    assert list(row.values()) == [
        "甲", "甲/a", "错误", "E3", "自评表", "H5", "甲项", "12", "10", "请改为10",
    ]  # fmt: skip


HOSTILE = [
    '=HYPERLINK("http://evil","x")',
    "{=1+1}",
    "+1",
    "-1",
    "@SUM(1)",
    "http://evil.example",
    "mailto:x@y",
    "12",
    "\t=1",
    "_x0041_",
    "a\x01b",
    "<b>&amp;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_stays_text(tmp_path: Path, text: str) -> None:
    hostile = an_error(text)._replace(found=text, expected=text, row=text, sheet=text, cell=text)
    table_ = a_table("1", "1", "1", unit=text, grade=text, findings=(hostile,), reason=text)
    layout = LAYOUT._replace(title=text, heads=(HEADS[0]._replace(name=text), *HEADS[1:]))
    files = {text.replace("/", "／"): Assessment((table_._replace(layout=layout),))}
    files["b"] = Assessment(reason=text)
    written(tmp_path, files)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b"<f>" not in part, name
            assert b"<hyperlink" not in part, name
            assert b'TargetMode="External"' not in part, name
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    (row,) = table(book["排名"])
    assert isinstance(row["单位"], str)


def test_half_a_character_is_no_reason_to_fail(tmp_path: Path) -> None:
    files = {"a": one("1", "1", "1", unit="甲\ud800", findings=(an_error("\udfff"),))}
    assert ranks(written(tmp_path, files)["排名"]) == [("甲?", 1)]


def test_longest_text_fits_and_longer_is_cut_off_and_said(tmp_path: Path) -> None:
    fits, longer = "长" * LONGEST_TEXT, "长" * (LONGEST_TEXT + 1)
    findings = (an_error(fits), an_error(longer))
    rows = table(written(tmp_path, {"a": one("1", "1", "1", findings=findings)})["问题"])
    assert rows[0]["说明"] == fits
    assert rows[1]["说明"].endswith("……（过长，已截断）")
    assert len(rows[1]["说明"]) <= LONGEST_TEXT


def test_sheet_that_is_full_is_continued(tmp_path: Path) -> None:
    files = {
        f"{n:02d}": one("1", "1", str(n), unit=f"局{n}", findings=(an_error(),)) for n in range(12)
    }
    book = written(tmp_path, files, most_rows=2 + 5)
    parts = ["排名", "排名(2)", "排名(3)"]
    assert [len(table(book[name])) for name in parts] == [5, 5, 2]
    found = [row["单位"] for name in parts for row in table(book[name])]
    assert found == [f"局{n}" for n in reversed(range(12))]
    assert sum(len(table(book[name])) for name in ("问题", "问题(2)", "问题(3)")) == 12


def test_it_is_marked_as_a_summary(tmp_path: Path) -> None:
    written(tmp_path, {"a": one("1", "1", "1")})
    assert names.SUMMARY in Package.open(tmp_path / "out.xlsx").defined_names


def test_charts_and_heat_maps_cover_the_data(tmp_path: Path) -> None:
    files = {f"{n}": one("1", "1", str(n), findings=(an_error(),)) for n in range(5)}
    book = written(tmp_path, files)
    # openpyxl reads no charts; their parts and the cells that they refer to do.
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        charts = [archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n]
    assert len(charts) == 3  # totals, findings, rates
    rules = book["排名"].conditional_formatting
    assert {str(rule.sqref) for rule in rules} == {"G3:G7", "H3:H7", "I3:I7"}
    last = len(HEADS) + 2 + 2 + 2  # two first-level, two second-level blocks
    assert {str(rule.sqref) for rule in book["统计"].conditional_formatting} == {
        f"I3:I{last}",
        f"J3:N{last}",
    }


def test_empty_folder_gives_a_summary_that_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, {})
    assert book.sheetnames == ["概况", "问题", "未能读取"]
    assert (book["概况"]["A2"].value, book["概况"]["B2"].value) == ("文件", 0)


def test_overview_counts_grades_and_means(tmp_path: Path) -> None:
    files = {
        "a": one("20", "30", "45", grade="优"),
        "b": one("20", "30", "30.01", grade="良"),
        "c": one("20", None, "30", grade="", reason="待填1项"),
        "d": Assessment(reason="坏了"),
        "e": Assessment(is_summary=True),
    }
    sheet = written(tmp_path, files)["概况"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert rows["文件"][0] == 5
    assert rows["其中：未能读取（见“未能读取”）"][0] == 1
    assert rows["其中：没有总分（见各排名表下部）"][0] == 1
    # (95 + 80.01) / 2 = 87.505 → 87.51
    league = rows["1 某表（2023年度）·程序评分"]
    assert league[:10] == (3, 2, 87.51, 87.505, 95, 80.01, 1, 1, 0, 0)


def test_heights_of_written_rows_are_forgotten(tmp_path: Path) -> None:
    """Else memory grows with the findings."""
    with Workbook(str(tmp_path / "out.xlsx"), {"constant_memory": True}) as book:
        into = Sheets(book, Formats(book))
        table_ = LongSheet(into, Heading("表", "题", (Column("甲", 10), Column("乙", 10))))
        for _ in range(100):
            table_.add(("长" * 40, "短"))
        ((sheet, last),) = table_.sheets
        kept = {name: len(getattr(sheet, name)) for name in ("row_info", "row_sizes")}
    assert kept == {"row_info": 1, "row_sizes": 1}
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["表"].row_dimensions
    assert {rows[number].height for number in range(3, last + 2)} == {
        text_height("长" * 40, 10, 10)
    }
