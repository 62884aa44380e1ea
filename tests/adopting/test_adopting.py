"""Scoring other people's forms: their own cells, an added sheet, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from conftest import Command
from forms.drawn import write_xlsx
from forms.published import PANYU, YONGDE, YUAN
from jixiao.adopting.adoption import Adoption, adopt
from jixiao.adopting.asked import SHEET, rows_of
from jixiao.forms import Column, read_forms
from jixiao.ooxml import Package
from jixiao.workbook.errors import BookError
from workbook.calc import Calc

_D = Decimal
ADDED = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
FORM_SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def yongde(tmp_path: Path) -> Path:
    text = YONGDE.replace("自评等级|<|<|优|", "自评等级|<|<|□优 □良 □中 □差|")
    return write_xlsx(tmp_path / "表.xlsx", 自评表=text)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def changes(adoption: Adoption) -> dict[str, Decimal | str]:
    return {write.place.a1: write.new for write in adoption.writes}


def answered(path: Path, answers: Mapping[str, Decimal | str]) -> None:
    """Type answers into the added sheet, by the labels that it prints."""
    package = Package.open(path)
    book = openpyxl.load_workbook(BytesIO(package.content))
    cells = {}
    for row in book[SHEET].iter_rows(min_row=3):
        label = row[2].value
        if label in answers:
            cells[row[3].row, 4] = answers[label]
    assert len(cells) >= len(answers)
    path.write_bytes(package.rewritten({SHEET: cells}))


LEVEL = {"定性档次": "达成年度指标", "定性完成比例": _D("0.9"), "评分依据": "抽查记录"}


def test_nothing_is_written_before_it_was_shown(yongde: Path, jixiao: Command) -> None:
    before = yongde.read_bytes()
    shown = jixiao("adopt", yongde)
    assert shown.code == 0
    assert "将写入　「自评表」J16 “政策知晓率”得分：9 → 9.8" in shown.out
    assert "以上没有写入" in shown.out
    assert yongde.read_bytes() == before
    assert list(yongde.parent.iterdir()) == [yongde]


def test_scores_go_into_the_cells_of_the_form(yongde: Path) -> None:
    found = changes(adopt(yongde))
    assert found["J13"] == 10  # 100 of 100
    assert found["J16"] == _D(98) * 10 / 100
    assert str(found["K16"]).startswith("【自动】完成率=98÷100")
    assert set(found) == {"J13", "J16", "K16"}


def test_only_the_sheet_of_the_form_and_the_added_one_differ(yongde: Path) -> None:
    before, after = parts(yongde.read_bytes()), parts(adopt(yongde).written())
    new = after.keys() - before.keys()
    assert new == {"xl/worksheets/jixiaoSheet1.xml"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == ADDED | {FORM_SHEET}


def test_a_word_is_judged_on_the_added_sheet_and_then_there_is_a_total(yongde: Path) -> None:
    yongde.write_bytes(adopt(yongde).written())
    answered(yongde, LEVEL)
    adoption = adopt(yongde)
    assert adoption.asked == ()
    assert adoption.waiting == ()
    found = changes(adoption)
    assert found["J15"] == _D("0.9") * 10
    # The execution, six full rows of 10 among the others, 9 and 9.8.
    assert found["J20"] == 10 + 7 * 10 + 9 + _D("9.8")
    assert found["D21"] == "☑优 □良 □中 □差"
    yongde.write_bytes(adoption.written())
    (form,) = read_forms(yongde)
    assert form.total_score is not None
    assert form.total_score.value == _D("98.8")
    assert [box.name for box in form.grade_boxes if box.is_chosen] == ["优"]


def test_adopting_twice_writes_nothing_more(yongde: Path) -> None:
    yongde.write_bytes(adopt(yongde).written())
    answered(yongde, LEVEL)
    yongde.write_bytes(adopt(yongde).written())
    again = adopt(yongde)
    assert again.writes == ()
    assert again.written() == yongde.read_bytes()


def test_a_wrong_answer_is_told_with_its_cell(yongde: Path) -> None:
    yongde.write_bytes(adopt(yongde).written())
    answered(yongde, LEVEL | {"定性完成比例": _D("0.3")})
    (waiting, _) = adopt(yongde).waiting
    assert "减轻贫困学生家庭经济负担" in waiting
    assert waiting.endswith("请填“基础数据”!D3")


def test_words_of_people_stay(tmp_path: Path) -> None:
    text = YUAN.replace("|100%|95%|6|5|", "|100%|95%|6|良好|天气原因")
    adoption = adopt(write_xlsx(tmp_path / "表.xlsx", 自评表=text))
    assert "H11" not in changes(adoption)
    assert "I11" not in changes(adoption)
    assert any(
        "H11 “验收通过率”得分：已有文字“良好”，保留；程序算得5.7" in t for t in adoption.kept
    )


def test_formulas_of_the_form_stay(yongde: Path) -> None:
    book = openpyxl.load_workbook(yongde)
    book["自评表"]["J13"] = "=I13"
    book.save(yongde)
    adoption = adopt(yongde)
    assert "J13" not in changes(adoption)
    assert any("J13" in text and "是表里的公式，保留" in text for text in adoption.kept)


def test_the_execution_is_scored_in_the_money_block(tmp_path: Path) -> None:
    found = changes(adopt(write_xlsx(tmp_path / "表.xlsx", 自评表=YUAN)))
    assert found["H6"] == (_D("27.8") * 9 / 29).quantize(_D("0.01"))


def test_the_inputs_of_a_department_are_asked_for(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 自评表=PANYU)
    adoption = adopt(path)
    assert adoption.rubrics == ("panyu-department-2023",)
    labels = [item.label for item in adoption.asked]
    assert "已公开采购意向的项目数" in labels
    path.write_bytes(adoption.written())
    answered(path, {"已公开采购意向的项目数": _D(9), "应公开采购意向的项目数": _D(10)})
    assert changes(adopt(path))["I16"] == 0  # 100 % published, or nothing


def test_a_sheet_of_that_name_by_others_is_left_alone(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 自评表=YONGDE, 基础数据="别人的|表")
    with pytest.raises(BookError, match="不是本程序加的"):
        adopt(path)


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".docx"])
def test_files_that_cannot_be_written_are_refused(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"另存为 \.xlsx"):
        adopt(tmp_path / f"表{suffix}")


def test_our_own_workbook_is_for_the_other_command(seed_path: Path) -> None:
    with pytest.raises(BookError, match="jixiao fill"):
        adopt(seed_path)


def test_an_unknown_standard_is_told(tmp_path: Path, jixiao: Command) -> None:
    text = "一级指标|二级指标|三级指标|目标值|实际值|分值|得分\n别的|别的|甲|1|1|100|100"
    path = write_xlsx(tmp_path / "表.xlsx", 部门整体自评表=text)
    ran = jixiao("adopt", path)
    assert ran.code == 1
    assert "没有认出" in ran.err


def test_the_original_is_kept_beside_what_is_written(yongde: Path, jixiao: Command) -> None:
    before = yongde.read_bytes()
    assert jixiao("adopt", yongde, "--write").code == 0
    assert yongde.with_name("表.bak.xlsx").read_bytes() == before
    other = yongde.with_name("另.xlsx")
    yongde.write_bytes(before)
    assert jixiao("adopt", yongde, "-o", other).code == 0
    assert yongde.read_bytes() == before
    assert other.exists()


def test_no_text_of_the_form_becomes_a_formula(tmp_path: Path) -> None:
    text = YONGDE.replace("减轻贫困学生家庭经济负担", "=HYPERLINK(1)")
    adoption = adopt(write_xlsx(tmp_path / "表.xlsx", 自评表=text))
    names = [row[1] for row in rows_of(adoption.asked)[2:]]
    assert "=HYPERLINK(1)" in names
    sheet = parts(adoption.written())["xl/worksheets/jixiaoSheet1.xml"]
    assert b"<f>" not in sheet
    assert b't="inlineStr"' in sheet


@pytest.mark.calc
def test_calc_opens_the_adopted_form_with_its_new_sheet(yongde: Path, soffice: Calc) -> None:
    resaved = soffice.resaved(adopt(yongde).written())
    book = openpyxl.load_workbook(BytesIO(resaved))
    assert book.sheetnames == ["自评表", SHEET]
    assert book[SHEET]["C3"].value == "定性档次"
    assert book["自评表"]["J16"].value == 9.8
    path = yongde.with_name("另.xlsx")
    path.write_bytes(resaved)
    (form,) = read_forms(path)
    assert form.rows[5].cells[Column.SCORE].value == _D("9.8")
