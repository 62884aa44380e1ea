"""What a fill leaves alone: other parts byte for byte, other cells in every respect."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.ooxml import Package
from jixiao.workbook.book import read_book
from jixiao.workbook.filling import fill
from workbook.books import (
    blank_book,
    by_openpyxl,
    members,
    owned_cells,
    raw_members,
    seed_book,
    with_cell_xml,
    with_members,
    with_part,
    with_values,
)

SCORED_SHEETS = ("指标完成情况表", "自评表", "审核意见")


def filled(folder: Path, content: bytes) -> bytes:
    path = folder / "表.xlsx"
    path.write_bytes(content)
    fill(read_book(path))
    return path.read_bytes()


def differing(before: bytes, after: bytes) -> set[str]:
    """The members whose bytes in the file, header and all, are not the same."""
    old, new = raw_members(before), raw_members(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


@pytest.mark.parametrize("content", [seed_book(), blank_book()], ids=["seed", "blank"])
def test_only_the_scored_sheets_change(tmp_path: Path, content: bytes) -> None:
    after = filled(tmp_path, content)
    sheets = Package(content).sheets
    changed = differing(content, after)
    assert changed <= {sheets[name].part for name in SCORED_SHEETS}
    assert sheets["自评表"].part in changed


def test_parts_that_the_program_does_not_know_stay(tmp_path: Path) -> None:
    own = {"xl/media/照片.png": b"\x89PNG", "customXml/item1.xml": b"<a/>", "空": b""}
    content = with_members(seed_book(), own)
    assert members(filled(tmp_path, content)).items() >= own.items()


def test_file_comment_and_dates_of_members_stay(tmp_path: Path) -> None:
    out = BytesIO(seed_book())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = "某局的表".encode()
    after = filled(tmp_path, out.getvalue())
    with zipfile.ZipFile(BytesIO(after)) as archive:
        assert archive.comment.decode() == "某局的表"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def look(sheet: Worksheet, owned: set[str]) -> dict[str, Any]:
    """Every cell with value and style, without the values of owned cells.

    The styles part keeps its bytes, so the number of a style stands for the style.
    """
    return {
        cell.coordinate: (None if cell.coordinate in owned else cell.value, cell.style_id)
        for row in sheet.iter_rows()
        for cell in row
    }


def frame(sheet: Worksheet) -> dict[str, Any]:
    """What a sheet has beside its cells."""
    return {
        "merged": {str(area) for area in sheet.merged_cells.ranges},
        "validations": [
            (str(v.sqref), v.type, v.formula1) for v in sheet.data_validations.dataValidation
        ],
        "conditional": [str(area.sqref) for area in sheet.conditional_formatting],
        "widths": {key: d.width for key, d in sheet.column_dimensions.items()},
        "hidden": sheet.sheet_state,
        "area": sheet.print_area,
        "rows": sheet.print_title_rows,
        "page": (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_margins),
        "freeze": sheet.freeze_panes,
        "footer": sheet.oddFooter.center.text,
        "filter": sheet.auto_filter.ref,
    }


def test_all_other_cells_keep_value_and_style(tmp_path: Path) -> None:
    before, after = by_openpyxl(seed_book()), by_openpyxl(filled(tmp_path, seed_book()))
    owned = owned_cells(seed_book())
    for name in before.sheetnames:
        addresses = {address for sheet, address in owned if sheet == name}
        assert look(after[name], addresses) == look(before[name], addresses)


def test_frame_of_each_sheet_stays(tmp_path: Path) -> None:
    before, after = by_openpyxl(seed_book()), by_openpyxl(filled(tmp_path, seed_book()))
    assert after.sheetnames == before.sheetnames
    for name in before.sheetnames:
        assert frame(after[name]) == frame(before[name])


def test_row_heights_set_by_hand_stay(tmp_path: Path) -> None:
    after = filled(tmp_path, seed_book())
    for sheet in Package(seed_book()).sheets.values():
        heights = fixed_heights(members(seed_book())[sheet.part])
        assert fixed_heights(members(after)[sheet.part]) == heights


def fixed_heights(xml: bytes) -> dict[bytes, bytes]:
    """The rows whose height was set by hand, from the start tags of a sheet."""
    tags = re.findall(rb"<row [^>]*customHeight=\"1\"[^>]*>", xml)
    return {
        re.search(rb" r=\"(\d+)\"", tag)[1]: re.search(rb" ht=\"([^\"]+)\"", tag)[1] for tag in tags
    }


def test_defined_names_stay(tmp_path: Path) -> None:
    before, after = by_openpyxl(seed_book()), by_openpyxl(filled(tmp_path, seed_book()))
    assert {n: d.attr_text for n, d in after.defined_names.items()} == {
        n: d.attr_text for n, d in before.defined_names.items()
    }
    assert len(after.defined_names) > 200


def test_formulas_of_people_stay(tmp_path: Path) -> None:
    formula = "><f>SUM(D21:D22)*0</f><v>0</v></c>"
    content = with_cell_xml(seed_book(), "audit_findings", formula)
    after = filled(tmp_path, content)
    assert by_openpyxl(after)["基础数据"]["D27"].value == "=SUM(D21:D22)*0"


def test_filling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    once = filled(tmp_path, seed_book())
    assert filled(tmp_path, once) == once


def test_filling_again_after_a_change_and_back_gives_the_same_cells(tmp_path: Path) -> None:
    once = filled(tmp_path, seed_book())
    other = filled(tmp_path, with_values(once, {"year_end_carryover": Decimal("50")}))
    back = filled(tmp_path, with_values(other, {"year_end_carryover": Decimal("12.5")}))
    before, after = by_openpyxl(once), by_openpyxl(back)
    for name in before.sheetnames:
        assert look(after[name], set()) == look(before[name], set())


def test_formulas_are_worked_out_anew_when_the_file_is_opened(tmp_path: Path) -> None:
    content = with_part(
        seed_book(), "xl/workbook.xml", lambda xml: xml.replace(' fullCalcOnLoad="1"', "")
    )
    after = filled(tmp_path, content)
    sheets = Package(content).sheets
    assert differing(content, after) == {
        "xl/workbook.xml",
        *(sheets[name].part for name in SCORED_SHEETS),
    }
    assert b'fullCalcOnLoad="1"' in members(after)["xl/workbook.xml"]


def test_macros_of_an_xlsm_stay_and_are_not_run(tmp_path: Path) -> None:
    content = with_members(seed_book(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})
    assert "xl/vbaProject.bin" not in differing(content, filled(tmp_path, content))
