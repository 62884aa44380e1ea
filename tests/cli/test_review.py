"""``jixiao review``: findings in words, as JSON, as a workbook; the end of ``fill``."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Command
from forms import published
from forms.drawn import write_xlsx
from jixiao.review.table import CHECKS
from workbook.books import members

KEYS = ["file", "sheet", "cell", "row", "code", "severity", "found", "expected", "message"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A published table."""
    return write_xlsx(tmp_path / "明朗中学.xlsx", 自评表=published.YONGDE)


def sheet_of(path: Path, name: str) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(path.read_bytes()))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def rows_of(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_tells_what_was_recognised_then_errors_then_warnings(jixiao: Command, table: Path) -> None:
    ran = jixiao("review", table)
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0] == str(table)
    assert lines[1].startswith("  工作表“自评表”，B10:K20，明朗中学：9行指标，把握100%")
    kinds = [line[2:4] for line in lines if line.startswith(("  错误", "  提醒"))]
    assert kinds == ["错误"] * 5 + ["提醒"] * 2
    assert lines[-1] == "  5处错误、2处提醒。"


def test_json_is_an_array_of_findings(jixiao: Command, table: Path) -> None:
    ran = jixiao("review", table, "--json")
    found = json.loads(ran.out)
    assert [list(item) for item in found] == [KEYS] * 7
    assert found[2] | {"message": ""} == {
        "file": str(table),
        "sheet": "自评表",
        "cell": "J13",
        "row": "资金到位及时率",
        "code": "E7",
        "severity": "error",
        "found": "7",
        "expected": "10",
        "message": "",
    }


def test_json_of_several_files_is_one_array(jixiao: Command, table: Path, seed_path: Path) -> None:
    found = json.loads(jixiao("review", table, seed_path, "--json").out)
    assert {item["file"] for item in found} == {str(table), str(seed_path)}


def test_a_pattern_stands_for_its_files(jixiao: Command, table: Path) -> None:
    """Windows' command line does not expand it."""
    assert jixiao("review", table.parent / "*.xlsx").out == jixiao("review", table).out


def test_reviewed_files_stay_as_they_are(jixiao: Command, table: Path, tmp_path: Path) -> None:
    before = table.read_bytes()
    jixiao("review", table, "-o", tmp_path / "意见.xlsx")
    assert table.read_bytes() == before


def test_workbook_lists_findings_files_and_checks(
    jixiao: Command, table: Path, tmp_path: Path
) -> None:
    output = tmp_path / "意见.xlsx"
    assert jixiao("review", table, "-o", output).code == 0
    findings = sheet_of(output, "审核意见")
    rows = rows_of(findings)
    assert rows[0][:5] == ["文件", "工作表", "单元格", "指标或行", "代码"]
    assert [row[4] for row in rows[1:]] == ["E1", "E1", "E7", "E8", "E8", "W3", "W5"]
    assert findings.freeze_panes == "A2"
    assert findings.auto_filter.ref == "A1:K8"
    assert findings.print_title_rows == "$1:$1"
    (file,) = rows_of(sheet_of(output, "文件"))[1:]
    assert file[3:5] == [5, 2]
    assert [row[0] for row in rows_of(sheet_of(output, "检查项目"))[1:]] == [c.code for c in CHECKS]


def test_texts_from_outside_never_become_formulas_or_links(jixiao: Command, tmp_path: Path) -> None:
    evil = published.YONGDE.replace("资金到位及时率", '=HYPERLINK("http://x.test","看")').replace(
        "政策知晓率", "https://x.test/"
    )
    path = write_xlsx(tmp_path / "表.xlsx", 自评表=evil)
    output = tmp_path / "意见.xlsx"
    assert jixiao("review", path, "-o", output).code == 0
    texts = [cell for row in rows_of(sheet_of(output, "审核意见")) for cell in row]
    assert any("HYPERLINK" in str(text) or "x.test" in str(text) for text in texts)
    parts = members(output.read_bytes())
    sheets = [xml for name, xml in parts.items() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in xml or b"<hyperlink" in xml for xml in sheets)


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_it(
    jixiao: Command, table: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK")
    output = tmp_path / "意见.xlsx"
    ran = jixiao("review", bad, table, "-o", output)
    assert ran.code == 1
    assert "5处错误" in ran.out
    assert "坏.xlsx" in ran.err
    told = rows_of(sheet_of(output, "文件"))
    assert str(told[1][5]).startswith("读不了：")
    assert told[2][3] == 5


@pytest.mark.parametrize("name", ["意见.txt", "明朗中学.xlsx"])
def test_unusable_output_is_refused_before_anything_is_read(
    jixiao: Command, table: Path, tmp_path: Path, name: str
) -> None:
    before = table.read_bytes()
    ran = jixiao("review", table, "-o", tmp_path / name)
    assert ran.code == 1
    assert ran.out == ""
    assert name in ran.err
    assert table.read_bytes() == before


def test_an_older_output_is_backed_up(jixiao: Command, table: Path, tmp_path: Path) -> None:
    output = tmp_path / "意见.xlsx"
    output.write_bytes(b"notes of a person")
    jixiao("review", table, "-o", output)
    assert (tmp_path / "意见.bak.xlsx").read_bytes() == b"notes of a person"


def test_unknown_standard_is_refused(jixiao: Command, table: Path) -> None:
    ran = jixiao("review", table, "--rubric", "mof-department-1999")
    assert ran.code == 1
    assert "mof-project" in ran.err


def test_fill_ends_with_the_first_findings_and_their_number(
    jixiao: Command, seed_path: Path
) -> None:
    lines = jixiao("fill", seed_path).out.splitlines()
    at = lines.index("审核：1处错误、2处提醒。")  # what scores rest on is told above, as 提示
    assert [line[2:7] for line in lines[at + 1 : at + 4]] == ["错误 E6", "提醒 W1", "提醒 W1"]
