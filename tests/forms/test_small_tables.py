"""Layouts, one trait a table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from forms.drawn import write_docx, write_xlsx
from jixiao.forms import Column, Form, FormError, Subject, read_forms

HEAD = "一级指标|二级指标|三级指标|目标值|实际完成值|分值|得分|偏差原因"
ROWS = "产出|数量|甲|≥1个|1个|60|60|\n^|质量|乙|100%|90%|40|36|少了"
TOTAL = "总分|||||100|96|"
_D = Decimal


def read(folder: Path, text: str) -> tuple[Form, ...]:
    return read_forms(write_xlsx(folder / "表.xlsx", 表=text))


def one(folder: Path, text: str) -> Form:
    (form,) = read(folder, text)
    return form


def names(form: Form) -> list[str]:
    return [row.name for row in form.rows]


def test_the_plainest_table(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n{TOTAL}")
    assert names(form) == ["甲", "乙"]
    assert [row.place for row in form.rows] == [0, 1]
    assert form.recognised == "A1:H4"
    assert (form.confidence, form.doubts) == (1, ())


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("年度指标值（A）", Column.TARGET),
        ("年 初\\n目 标 值", Column.TARGET),
        ("全年实际完成值(B)", Column.ACTUAL),
        ("实际完成情况", Column.ACTUAL),
        ("权重（%）", Column.POINTS),
        ("分值/权重", Column.POINTS),
        ("得分/自评分", Column.SCORE),
        ("自评得分：", Column.SCORE),
        ("未完成原因分析及拟采取的改进措施", Column.REASON),
        ("评分依据、未达标原因、改进措施", Column.REASON),
        ("参考佐证材料名称", Column.EVIDENCE),
        ("财政部门复核得分", Column.SECOND_SCORE),
        ("得分计算方法", Column.SENTENCE),
        ("评分标准", Column.SENTENCE),
        ("指标解释", Column.EXPLANATION),
        ("度量单位", Column.UNIT),
        ("指标性质", Column.NATURE),
        ("完成率", Column.RATE),
        ("备注", Column.REMARK),
    ],
)
def test_headings_are_known_in_their_wordings(heading: str, column: Column, tmp_path: Path) -> None:
    kinds = {
        Column.TARGET: "目标值",
        Column.ACTUAL: "实际完成值",
        Column.POINTS: "分值",
        Column.SCORE: "得分",
        Column.REASON: "偏差原因",
    }
    head = HEAD.replace(kinds[column], heading) if column in kinds else f"{HEAD}|{heading}"
    form = one(tmp_path, f"{head}\n{ROWS}")
    assert form.columns[column].text.replace("\n", "\\n") == heading


def test_columns_in_another_order(tmp_path: Path) -> None:
    form = one(
        tmp_path,
        "三级指标|得分|分值|实际完成值|年初目标值|二级指标|一级指标\n甲|9|10|9个|10个|数量|产出",
    )
    (row,) = form.rows
    assert (row.primary, row.secondary, row.points, row.score) == ("产出", "数量", 10, 9)
    assert row.target is not None
    assert row.target.number == 10


def test_a_heading_of_two_rows(tmp_path: Path) -> None:
    form = one(
        tmp_path,
        "绩效指标|<|<|年度指标值|<|实际完成值|分值|得分\n"
        "一级指标|二级指标|三级指标|指标性质|目标值|^|^|^\n"
        "产出|数量|甲|≥|10|12|100|100\n合计|<|<|||||100",
    )
    (row,) = form.rows
    assert (row.name, row.points, row.score) == ("甲", 100, 100)
    assert row.target is not None
    assert row.target.number == 10
    assert form.recognised == "A1:H4"


def test_the_first_row_below_a_heading_of_one_row_is_no_heading(tmp_path: Path) -> None:
    # 完成 and 说明 alone are words of headings as well.
    form = one(tmp_path, f"{HEAD}\n产出|数量|完成情况|完成情况|说明|100|90|")
    assert names(form) == ["完成情况"]


def test_levels_go_on_through_blank_cells(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n产出|数量|甲|1|1|50|50|\n||乙|1|1|20|20|\n效益||丙|1|1|30|30|")
    assert [(row.primary, row.secondary) for row in form.rows] == [
        ("产出", "数量"),
        ("产出", "数量"),
        ("效益", ""),
    ]


def test_vertical_print_is_joined(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n产\\n出\\n指\\n标\\n（60分）|数 量|甲|1|1|60|60|")
    assert (form.rows[0].primary, form.rows[0].secondary) == ("产出指标", "数量")
    assert form.headings[0].points == (_D(60), ("表", 2, 1))


def test_a_name_over_two_rows_with_points_each_is_two_rows(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n产出|数量|甲|1|1|60|60|\n^|^|^|2|2|40|30|")
    assert [(row.name, row.points, row.score) for row in form.rows] == [
        ("甲", 60, 60),
        ("甲", 40, 30),
    ]


def test_rows_below_an_indicator_without_points_are_no_indicators(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n产出|数量|甲|1|1|60|60|\n^|^|^|2|2|^|^|\n|||3|3|||\n{TOTAL}")
    assert names(form) == ["甲"]
    assert form.rows[0].score == 60


def test_indicators_that_share_their_points_are_said(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n产出|数量|甲|1|1|60|60|\n^|^|乙|2|2|^|^|\n{TOTAL}")
    assert names(form) == ["甲"]
    assert any("「乙」与上一行合用分值" in doubt for doubt in form.doubts)


def test_a_repeated_page_heading_is_no_row(tmp_path: Path) -> None:
    again = ROWS.replace("甲", "丙").replace("乙", "丁")
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n某区自评表|<|<|<|<|<|<|<\n{HEAD}\n{again}\n{TOTAL}")
    assert names(form) == ["甲", "乙", "丙", "丁"]
    assert form.total_score is not None


def test_a_place_that_was_kept_for_a_name_counts_only_with_figures(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n产出|数量|指标1|1|1|100|100|\n||指标2：|||||\n||……|||||")
    assert names(form) == ["指标1"]


def test_a_figure_without_a_name_is_said(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n^|时效||||5|5|\n{TOTAL}")
    assert names(form) == ["甲", "乙"]
    assert "工作表「表」第4行没有指标名称，其分值5未计入" in form.doubts


def test_words_for_a_score_are_said_and_lower_the_confidence(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS.replace('|36|', '|良好|')}\n{TOTAL}")
    assert form.rows[1].score is None
    assert form.rows[1].text(Column.SCORE) == "良好"
    assert "工作表「表」G3的得分“良好”不是数字，未读" in form.doubts
    # Of the four cells of points and scores one is no number.
    assert form.confidence == _D(3) / _D(4)


def test_confidence_is_the_share_of_eight_parts(tmp_path: Path) -> None:
    no_reason = "\n".join(line.rpartition("|")[0] for line in f"{HEAD}\n{ROWS}".split("\n"))
    # No reasons, no total: 6 of 8.
    assert one(tmp_path, no_reason).confidence == _D(6) / _D(8)


def test_a_table_without_rows_has_no_confidence(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{TOTAL}")
    assert (form.rows, form.confidence) == ((), 0)
    assert "工作表「表」表头下面没有认出指标" in form.doubts


@pytest.mark.parametrize("label", ["总分", "合计", "总 计", "总分：", "合 计"])
def test_the_total_ends_the_table(label: str, tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n{label}|||||100|96|\n附|注|不是指标|1|1|5|5|")
    assert names(form) == ["甲", "乙"]
    assert form.total_points is not None
    assert form.total_score is not None
    assert (form.total_points.value, form.total_score.value) == (100, 96)


def test_one_number_in_the_total_is_not_guessed(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n总分|96|<|<|<|<|<|<")
    assert (form.total_points, form.total_score) == (None, None)
    assert any("看不出是分值还是得分" in doubt for doubt in form.doubts)


def test_one_number_beside_the_total_score_is_it(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n自评总分|96|<|<|<|<|<|<")
    assert form.total_score is not None
    assert form.total_score.value == 96


def test_a_total_score_above_the_table(tmp_path: Path) -> None:
    form = one(tmp_path, f"自评表|<\n自评总分|97.93\n{HEAD}\n{ROWS}")
    assert form.total_score == (_D("97.93"), ("表", 2, 2))


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("评价等级|☑ 优 □ 良 □ 中 □ 差", "优"),
        ("评价等级|□优 √良 □中 □差", "良"),
        ("评价等级|优□ 良□ 中☑ 差□", "中"),
        ("评价等级：|优（ ） 良（√） 中（ ） 差（ ）", "良"),
        ("自评等级|优|√|良||中||差", "优"),
        ("自评等级|优秀|良好√|中等|较差", "良"),
        ("评价等级|优", "优"),
        ("评价等级：良|", "良"),
        ("自评结论|差", "差"),
        ("评价等级|□ 优 90分≤得分≤100分； ☑ 良 80分≤得分<90分； □ 中； □ 差", "良"),
        ("评价等级|□优 □良 □中 □差", ""),
        ("评价等级|☑优 ☑良 □中 □差", "优良"),
        ("评价等级|", ""),
        ("评价等级|其中较好", ""),
    ],
)
def test_the_grade_is_ticked_or_written_in_many_ways(
    line: str, chosen: str, tmp_path: Path
) -> None:
    form = one(tmp_path, f"{HEAD}\n{ROWS}\n{TOTAL}\n{line}")
    assert "".join(box.name for box in form.grade_boxes if box.is_chosen) == chosen


def test_each_form_of_a_sheet_has_its_own_surroundings(tmp_path: Path) -> None:
    def table(project: str, year: int) -> str:
        return f"项目支出绩效自评表（{year}年度）|<\n项目名称|{project}\n实施单位|{project}局\n"

    text = (
        f"{table('甲', 2022)}{HEAD}\n{ROWS}\n{TOTAL}\n|\n{table('乙', 2023)}{HEAD}\n{ROWS}\n{TOTAL}"
    )
    first, second = read(tmp_path, text)
    assert (first.unit, first.year, second.unit, second.year) == ("甲局", 2022, "乙局", 2023)
    assert (first.recognised, second.recognised) == ("A4:H7", "A12:H15")


def test_forms_of_several_sheets_come_in_the_order_of_their_tabs(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 乙=f"{HEAD}\n{ROWS}", 空="说明", 甲=f"{HEAD}\n{ROWS}")
    assert [form.sheet for form in read_forms(path)] == ["乙", "甲"]


def test_a_second_table_without_a_total_between_begins_with_its_labels(tmp_path: Path) -> None:
    text = f"自评表|<\n{HEAD}\n{ROWS}\n项目名称|乙|<|<|<|<|<|<\n{HEAD}\n{ROWS}"
    assert len(read(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("部门整体支出绩效自评表", Subject.DEPARTMENT),
        ("部门项目支出绩效自评表", Subject.PROJECT),
        ("部门（单位）整体绩效自评表", Subject.DEPARTMENT),
    ],
)
def test_the_title_says_what_is_evaluated(title: str, subject: Subject, tmp_path: Path) -> None:
    assert one(tmp_path, f"{title}|<\n{HEAD}\n{ROWS}").subject is subject


def test_years_come_with_their_places(tmp_path: Path) -> None:
    form = one(
        tmp_path,
        f"部门整体自评表（2022年度）|<\n年度目标：2023年完成|<\n{HEAD}\n{ROWS}",
    )
    assert form.year == 2022
    assert [(year, place.a1) for year, place in form.years] == [(2022, "A1"), (2023, "A2")]


def test_a_unit_is_never_the_next_label(tmp_path: Path) -> None:
    form = one(tmp_path, f"自评表|<|<\n部门名称||单位数：|3\n{HEAD}\n{ROWS}")
    assert form.unit == ""


def test_the_unit_of_a_heading_and_of_a_column(tmp_path: Path) -> None:
    head = HEAD.replace("目标值", "目标值（万元）")
    form = one(tmp_path, f"{head}|计量单位\n产出|成本|甲|30|28|100|100||\n产出|数量|乙|3|2|0|0||个")
    assert [row.target and row.target.unit for row in form.rows] == ["万元", "个"]


def test_a_plan_or_a_list_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="没有找到自评表"):
        read(tmp_path, "一级指标|二级指标|三级指标|目标值|分值\n产出|数量|甲|1|100")


def test_errors_and_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 表=f"{HEAD}\n{ROWS}\n{TOTAL}")
    book = openpyxl.load_workbook(path)
    sheet = book["表"]
    sheet["E2"].value, sheet["E2"].data_type = "#DIV/0!", "e"
    sheet["G2"] = "=F2"
    book.save(path)
    (form,) = read_forms(path)
    first = form.rows[0]
    assert first.text(Column.ACTUAL) == "#DIV/0!"
    assert first.score is None
    assert "工作表「表」E2的实际完成值是“#DIV/0!”，没有数值可读" in form.doubts
    assert any("G2等1格的公式还没有计算结果" in doubt for doubt in form.doubts)


def test_percentages_are_texts_as_printed_and_exact(tmp_path: Path) -> None:
    form = one(tmp_path, f"{HEAD}|完成率\n产出|数量|甲|0.95%%|0.8618304%%|100|90||0.9072%%")
    (row,) = form.rows
    assert row.text(Column.TARGET) == "95%"
    assert row.actual is not None
    assert (row.actual.number, row.actual.unit) == (_D("86.18304"), "%")
    assert row.text(Column.RATE) == "90.72%"


def test_a_percent_sign_in_quotes_does_not_multiply(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 表=f"{HEAD}\n产出|数量|甲|95|95|100|100|")
    book = openpyxl.load_workbook(path)
    book["表"]["D2"].number_format = '0"%"'
    book.save(path)
    (form,) = read_forms(path)
    assert form.rows[0].target is not None
    assert form.rows[0].target.number == 95


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 表=f"{HEAD}\n{ROWS}", 说明="文字")
    book = openpyxl.load_workbook(path)
    book["表"].sheet_state = "hidden"
    book.active = book["说明"]
    book.save(path)
    (form,) = read_forms(path)
    assert "工作表「表」是隐藏的" in form.doubts


def test_our_own_workbook_is_recognised_by_its_headings(seed_path: Path) -> None:
    (form,) = read_forms(seed_path)
    assert form.sheet == "自评表"
    assert form.subject is Subject.DEPARTMENT
    assert len(form.rows) == 26
    assert sum(row.points or 0 for row in form.rows) == 100
    assert form.total_points is not None
    assert form.total_points.value == 100
    assert len(form.grade_boxes) == 4
    assert form.year == 2023


def test_a_word_file_has_its_title_above_the_table(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "表.docx",
        "附件3\n部门整体支出绩效自评表\n（2022年度）\n填报单位：某局",
        f"{HEAD}\n{ROWS}\n{TOTAL}",
    )
    (form,) = read_forms(path)
    assert (form.title, form.unit, form.year) == ("部门整体支出绩效自评表", "某局", 2022)
    assert form.years[0][1].sheet == "表格1之前的文字"


def test_a_table_that_goes_on_in_the_next_word_table_is_one(tmp_path: Path) -> None:
    more = "产出|数量|丙|1|1|0|0|"
    path = write_docx(tmp_path / "表.docx", f"{HEAD}\n{ROWS}", " \n", f"{HEAD}\n{more}\n{TOTAL}")
    (form,) = read_forms(path)
    assert [(row.place, row.name) for row in form.rows] == [(0, "甲"), (1, "乙"), (2, "丙")]
    assert form.rows[2].cells[Column.NAME].place == ("表格2", 2, 3)
    assert form.total_score is not None
    assert form.total_score.place.sheet == "表格2"
    assert not any("总分" in doubt for doubt in form.doubts)


def test_word_symbols_are_boxes(tmp_path: Path) -> None:
    import docx  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    path = write_docx(tmp_path / "表.docx", f"{HEAD}\n{ROWS}\n{TOTAL}\n评价等级|\n")
    document = docx.Document(str(path))
    paragraph = document.tables[0].cell(4, 1).paragraphs[0]
    for character, grade in (("F0A3", "优"), ("F052", "良"), ("F0A3", "中"), ("F0A3", "差")):
        run = paragraph.add_run()
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:font"), "Wingdings 2")
        symbol.set(qn("w:char"), character)
        run._r.append(symbol)
        paragraph.add_run(f"{grade} ")
    document.save(str(path))
    (form,) = read_forms(path)
    assert [box.name for box in form.grade_boxes if box.is_chosen] == ["良"]
