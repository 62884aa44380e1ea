"""The published tables, redrawn, are read as they are printed, from every kind of file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from forms import published
from forms.drawn import write_docx, write_xlsx
from jixiao.forms import Column, Form, MoneyColumn, Subject, number_of, read_forms
from jixiao.scoring.natures import Nature
from workbook.calc import Calc

TABLES = {name: text for name, text in vars(published).items() if name.isupper()}
FILES = Path(__file__).parent / "files"
_D = Decimal


def one(path: Path) -> Form:
    (form,) = read_forms(path)
    return form


def as_workbook(folder: Path, table: str) -> Form:
    return one(write_xlsx(folder / "表.xlsx", 自评表=TABLES[table]))


def scores(form: Form) -> list[Decimal | None]:
    return [row.score for row in form.rows]


def figures(form: Form) -> tuple[object, ...]:
    """All that is read of a table, without the spelling of its cells."""
    return (
        [
            (
                row.primary,
                row.secondary,
                row.name,
                row.nature,
                row.target and (row.target.number, row.target.unit),
                row.actual and (row.actual.number, row.actual.unit),
                row.points,
                row.score,
                row.text(Column.REASON),
            )
            for row in form.rows
        ],
        [
            (line.label, line.is_part, line.group, {k: number_of(v) for k, v in line.cells.items()})
            for line in form.money
        ],
        [(h.name, h.level, h.points and number_of(h.points), h.rows) for h in form.headings],
        [found and number_of(found) for found in (form.total_points, form.total_score)],
        [(box.name, box.is_chosen) for box in form.grade_boxes],
        (form.title, form.unit, form.year, form.subject, form.recognised, form.confidence),
        form.rate_base_note,
    )


def test_yongde_has_its_rows_with_direction_unit_and_score(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "YONGDE")
    assert form.subject is Subject.PROJECT
    assert (form.title, form.unit, form.year) == ("项目支出绩效自评表", "明朗中学", 2022)
    assert [row.name for row in form.rows][::4] == [
        "学生受资助人数",
        "减轻贫困学生家庭经济负担",
        "家长满意度",
    ]
    assert scores(form) == [10, 10, 7, 10, 10, 9, 10, 10, 10]
    assert {row.points for row in form.rows} == {_D(10)}
    first, knowledge = form.rows[0], form.rows[5]
    assert (first.primary, first.secondary) == ("产出指标", "数量指标")
    assert first.nature is Nature.AT_LEAST
    assert first.target is not None
    assert (first.target.number, first.target.unit) == (735, "人次")
    assert knowledge.actual is not None
    assert (knowledge.actual.number, knowledge.actual.unit) == (98, "%")
    assert form.total_score is not None
    assert form.total_score == (_D(96), ("自评表", 20, 10))
    assert [(box.name, box.is_chosen) for box in form.grade_boxes] == [("优", True)]
    assert form.recognised == "B10:K20"
    assert form.confidence == 1
    assert form.doubts == ()


def test_yongde_has_its_money_with_the_blank_parts(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "YONGDE")
    assert [(line.label, line.is_part) for line in form.money] == [
        ("年度资金总额", False),
        ("当年财政拨款", True),
        ("上年结转资金", True),
        ("其他资金", True),
    ]
    total, _, carried, _ = form.money
    assert total.cells[MoneyColumn.EXECUTED].value == _D("387664.62")
    assert total.cells[MoneyColumn.RATE].value == "100%"
    assert total.cells[MoneyColumn.POINTS].value == 10
    assert carried.cells[MoneyColumn.EXECUTED].value is None


def test_hainan_has_a_rate_in_percent_and_blank_natures(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "HAINAN")
    assert [row.text(Column.RATE) for row in form.rows] == ["19.23%", "0%", "100%", "100%"]
    assert {row.nature for row in form.rows} == {None}
    assert scores(form) == [_D("3.85"), 0, 30, 10]
    assert form.rows[0].text(Column.REASON).startswith("滋慧计划")
    assert form.total_score is not None
    assert form.total_score.value == _D("2.5") + _D("3.85") + 0 + 30 + 10
    assert form.unit == "海南省农垦实验中学"


def test_putuo_has_operators_before_its_figures(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "PUTUO")
    natures = [row.nature for row in form.rows]
    assert natures == [Nature.EQUAL, Nature.EQUAL, None, Nature.EQUAL, Nature.AT_LEAST]
    last = form.rows[-1]
    assert last.target is not None
    assert (last.target.number, last.target.unit) == (90, "%")
    assert form.money[0].cells[MoneyColumn.SCORE].value == _D("8.62")


def test_hubei_prints_its_points_in_the_headings(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "HUBEI")
    assert {row.points for row in form.rows} == {None}
    printed = [(h.name, h.level, h.points and h.points.value, h.rows) for h in form.headings]
    assert printed[:3] == [
        ("产出指标", 1, 60, (0, 1, 2, 3)),
        ("满意度指标", 1, 20, (4,)),
        ("质量指标", 2, 10, (0,)),
    ]
    assert form.rows[0].primary == "产出指标"
    assert scores(form) == [10, 10, 20, 20, _D("19.6")]
    assert form.rate_base_note.endswith("执行率=执行数/预算数")
    assert form.money[0].cells[MoneyColumn.ADJUSTED].value == 10


def test_yuan_has_texts_and_a_date_for_which_no_number_is_made_up(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "YUAN")
    by_name = {row.name: row for row in form.rows}
    for name in ("修缮建筑数量", "修缮级别", "项目设计、招标、施工", "文物本体安全"):
        row = by_name[name]
        assert row.target is not None
        assert row.actual is not None
        assert (row.target.number, row.actual.number) == (None, None)
    assert form.money[0].cells[MoneyColumn.RATE].value == _D("0.958")
    assert form.total_score is None
    assert "工作表「自评表」没有认出总分" in form.doubts


def test_haidian_keeps_blank_cells_blank(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "HAIDIAN")
    (row,) = form.rows
    assert (row.target, row.actual, row.score) == (None, None, None)
    assert row.points == 20
    assert row.text(Column.SENTENCE).startswith("完成值达到指标值")


def test_guangshui_has_points_at_every_level_and_a_second_score(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "GUANGSHUI")
    (row,) = form.rows
    assert (row.points, row.score) == (15, 15)
    assert Column.SECOND_SCORE in form.columns
    assert [(h.name, h.points and h.points.value) for h in form.headings] == [
        ("绩效", 85),
        ("项目产出", 45),
    ]


def test_xuancheng_has_numbered_names_and_no_row_for_a_placeholder(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "XUANCHENG")
    assert [row.name for row in form.rows] == ["禁毒舞台剧宣传的场次", "毛发检查试剂数量"]


def test_sichuan_has_a_word_in_a_number_field(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "SICHUAN")
    (row,) = form.rows
    assert row.nature is Nature.AT_MOST
    assert row.target is not None
    assert (row.target.number, row.target.unit) == (30, "万元")
    assert row.actual is not None
    assert (row.actual.found.value, row.actual.number) == ("完成", None)
    assert "调整后预算数" in form.rate_base_note


def test_panyu_is_one_table_through_its_repeated_heading(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "PANYU")
    assert form.subject is Subject.DEPARTMENT
    assert [row.points for row in form.rows] == [20, 20, 10, _D("0.5"), _D("1.5")]
    assert [row.name for row in form.rows][-2:] == ["采购意向公开合规性"] * 2
    blocks = [(h.name, h.level, h.points and h.points.value, h.rows) for h in form.headings]
    assert blocks == [
        ("履职效能", 1, 50, (0, 1, 2)),
        ("管理效率", 1, 50, (3, 4)),
        ("整体效能", 2, 50, (0, 1, 2)),
        ("采购管理", 2, 10, (3, 4)),
    ]
    assert form.total_points is not None
    assert form.total_points.value == 100
    assert form.total_score is not None
    assert form.total_score.value == _D("97.59")
    assert [(box.name, box.is_chosen) for box in form.grade_boxes] == [
        (name, False) for name in "优良中差"
    ]
    assert form.rate_base_note == "支出数偏低，达到年初预算数75.86%"


def test_panyu_has_its_budget_side_by_side(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "PANYU")
    amounts = [(line.label, line.cells[MoneyColumn.YEAR_START].value) for line in form.money]
    assert amounts[:3] == [
        ("总预算", _D("434.56")),
        ("基本支出", _D("174.70")),
        ("项目支出", _D("154.99")),
    ]
    assert [line.is_part for line in form.money] == [False] + [True] * 6
    assert {line.group for line in form.money} == {
        "",
        "年度预算资金类别",
        "事业发展支出(按预算级次划分)",
    }


def test_two_breakdowns_of_a_budget_have_their_names(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "DEPARTMENT_MONEY")
    assert [(line.label, line.group) for line in form.money] == [
        ("年度资金总额", ""),
        ("一般公共预算", "按收入来源"),
        ("政府性基金", "按收入来源"),
        ("基本支出", "按支出性质"),
        ("项目支出", "按支出性质"),
    ]


def test_subtotals_belong_to_the_block_above_them(tmp_path: Path) -> None:
    form = as_workbook(tmp_path, "DEPARTMENT_MONEY")
    assert [(h.name, h.score and h.score.value, h.rows) for h in form.headings] == [
        ("投入", _D("9.83"), (0,)),
        ("产出", 90, (1,)),
    ]
    assert [(box.name, box.is_chosen) for box in form.grade_boxes] == [
        ("优", True),
        ("良", False),
        ("中", False),
        ("差", False),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_a_word_table_is_read_as_the_workbook_is(table: str, tmp_path: Path) -> None:
    word = one(write_docx(tmp_path / "表.docx", TABLES[table]))
    assert figures(word) == figures(as_workbook(tmp_path, table))
    assert word.sheet == "表格1"


def test_old_and_open_formats_are_read_as_the_workbook_is(tmp_path: Path) -> None:
    # LibreOffice 7.4 made them of the drawn workbooks: soffice --convert-to xls, --convert-to ods.
    assert figures(one(FILES / "yuan.xls")) == figures(as_workbook(tmp_path, "YUAN"))
    assert figures(one(FILES / "yongde.ods")) == figures(as_workbook(tmp_path, "YONGDE"))


@pytest.mark.calc
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_every_table_is_read_alike_after_another_program_saved_it(
    kind: str, tmp_path: Path, soffice: Calc
) -> None:
    drawn = [write_xlsx(tmp_path / f"{name}.xlsx", 自评表=text) for name, text in TABLES.items()]
    saved = soffice.resaved_each(drawn, kind)
    for before, after in zip(drawn, saved, strict=True):
        assert figures(one(after)) == figures(one(before)), before.stem
