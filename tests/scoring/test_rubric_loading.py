"""The loader refuses whatever is not whole; each refusal is one edit of the shipped file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from jixiao.scoring import (
    CompanionRow,
    RubricError,
    evaluate,
    load_rubric,
    parse_rubric,
    shipped_rubric,
    shipped_rubrics,
)

from .department import RUBRIC, department_companion, department_inputs

NAME = "panyu-department-2023"
TEXT = (resources.files("jixiao") / "rubrics" / f"{NAME}.toml").read_text("utf-8")

Edit = tuple[str, str]


def _edited(*edits: Edit) -> str:
    text = TEXT
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


ROW6_IS_3 = ('name = "财务管理合规性"\npoints = 2', 'name = "财务管理合规性"\npoints = 3')
ROW26_IS_1 = ('经费控制情况"\npoints = 2', '经费控制情况"\npoints = 1')
INVENTORY = 'id = "inventory_done"\n'

# (edits, words that the message must hold: row, key, what is wrong)
REFUSED: dict[str, tuple[list[Edit], list[str]]] = {
    "unknown key of the file": ([("[rubric]", "extra = 1\n[rubric]")], ["extra"]),
    "unknown key of the settings": (
        [("points = 100\n", "points = 100\nrouding = 1\n")],
        ["rubric", "rouding"],
    ),
    "unknown key of a row": (
        [('id = "asset_inventory"\n', 'id = "asset_inventory"\nweight = 1\n')],
        ["第21行 资产盘点情况", "weight"],
    ),
    "unknown key of a rule": ([("limit = 0\n", "limit = 0\nlimits = 0\n")], ["第13行", "limits"]),
    "unknown key of a tier": (
        [('clause = "比率≥90%的，得2分" }', 'clause = "比率≥90%的，得2分", pionts = 2 }')],
        ["第24行", "tier[1]", "pionts"],
    ),
    "two awards in one tier": (
        [('points = 2, clause = "比率≥90%', 'points = 2, share = "1%", clause = "比率≥90%')],
        ["第24行", "tier[1]", "share"],
    ),
    "unknown key of a part": (
        [('label = "绩效目标公开"\n', 'label = "绩效目标公开"\nweight = 1\n')],
        ["第8行", "part[1]", "weight"],
    ),
    "unknown key of an input": ([(INVENTORY, INVENTORY + 'lable = "x"\n')], ["第21行", "lable"]),
    "unknown key of a no-case": (
        [('input = "sme_reserved"\n', 'input = "sme_reserved"\nzero = 1\n')],
        ["第18行", "no_case", "zero"],
    ),
    "unknown key of a void": (
        [('equals = "否"\n', 'equals = "否"\nelse = "是"\n')],
        ["第7行", "void", "else"],
    ),
    "unknown key of a level": (
        [('name = "达成年度指标",', 'name = "达成年度指标", share = 1,')],
        ["第2行", "level[1]", "share"],
    ),
    "unknown key of a heading": (
        [('id = "duty_performance"\n', 'id = "duty_performance"\nweight = 1\n')],
        ["primary[1]", "weight"],
    ),
    "unknown key of a grade": ([('id = "FAIR"\n', 'id = "FAIR"\nx = 1\n')], ["grade[3]", "x"]),
    "a key twice": ([("number = 21\n", "number = 21\nnumber = 21\n")], ["TOML"]),
    "duplicate number": ([("number = 21\n", "number = 20\n")], ["20", "重复"]),
    "duplicate row id": (
        [('id = "asset_inventory"', 'id = "asset_data_quality"')],
        ["第22行", "id", "asset_data_quality", "重复"],
    ),
    "duplicate input id": (
        [(INVENTORY, 'id = "overdue_income"\n'), ('"inventory_done"', '"overdue_income"')],
        ["第21行", "id", "overdue_income", "重复"],
    ),
    "duplicate heading id": (
        [('id = "operating_cost"', 'id = "asset_management"')],
        ["id", "asset_management", "重复"],
    ),
    "duplicate grade id": ([('id = "GOOD"', 'id = "FAIR"')], ["grade", "FAIR", "重复"]),
    "overlap of tiers": ([('"(10%, 20%]"', '"[10%, 20%]"')], ["第5行", "tier", "重叠"]),
    "gap between tiers": ([('"(10%, 20%]"', '"(11%, 20%]"')], ["第5行", "tier", "空档"]),
    "gap at one point": ([('"[75%, 90%)"', '"(75%, 90%)"')], ["第24行", "tier", "空档"]),
    "tiers that stop short": ([('"[0%, 90%)"', '"(0%, 90%)"')], ["第16行", "tier", "下端"]),
    "gap in completion tiers": ([('"(150%, inf)"', '"(160%, inf)"')], ["第1行", "tier", "空档"]),
    "gap between levels": ([('"[60%, 80%)"', '"[65%, 80%)"')], ["第2行", "level", "空档"]),
    "overlap of counts": ([('"[0, 3]"', '"[0, 4]"')], ["第4行", "tier", "重叠"]),
    "overlap of grades": ([('"[80, 90)"', '"[80, 90]"')], ["grade", "重叠"]),
    "grades that stop short": ([('"[90, 100]"', '"[90, 99]"')], ["grade", "上端"]),
    "rows that do not sum to the total": ([ROW6_IS_3], ["总分", "points", "101", "100"]),
    "rows that do not sum to a heading": (
        [ROW6_IS_3, ROW26_IS_1],
        ["预算执行", "points", "5", "4"],
    ),
    "a heading with other points": (
        [('name = "管理效率"\npoints = 50', 'name = "管理效率"\npoints = 49')],
        ["管理效率", "points", "49"],
    ),
    "parts that do not sum to the row": (
        [('label = "绩效目标公开"\npoints = 1', 'label = "绩效目标公开"\npoints = 1.5')],
        ["第8行", "part", "2.5"],
    ),
    "a tier above the points of its row": (
        [("points = 1.5, clause", "points = 2.5, clause")],
        ["第24行", "tier", "2.5"],
    ),
    "a tier below 0": ([("points = 1.5, clause", "points = -1, clause")], ["第24行", "tier"]),
    "a row without its sentence": (
        [('sentence = "检查处置收益', '# "检查处置收益')],
        ["第20行", "sentence", "缺少"],
    ),
    "a row with a blank sentence": (
        [('sentence = "采购意向100%公开的得满分，否则不得分。"', 'sentence = " "')],
        ["第12行", "sentence", "非空"],
    ),
    "a convention without its note": (
        [(', note = "原文未写上限，按惯例得分不超过分值"', "")],
        ["第18行", "tier[2]", "note", "缺少"],
    ),
    "an inference without its note": (
        [('note = "原文此处不全，按“不足5%不扣分”推定，请核对当年通知"\n', "")],
        ["第25行", "below_first_step", "note", "缺少"],
    ),
    "an inference without the missing words": (
        [('missing = "控制率大于0而不足5%时是否扣分"\n', "")],
        ["第25行", "below_first_step", "missing", "缺少"],
    ),
    "an unknown amount without the missing words": (
        [('missing = "原文在“1项扣”处截断，每项扣多少分不明"\n', "")],
        ["第6行", "item[1]", "missing", "缺少"],
    ),
    "an unknown amount that is given": (
        [('count = "audit_findings"\n', 'count = "audit_findings"\neach = 1\n')],
        ["第6行", "item[1]", "each"],
    ),
    "a note on what is said to be text": (
        [('class = "convention"\nnote = "原文未写日期', 'class = "text"\nnote = "原文未写日期')],
        ["companion", "date", "note"],
    ),
    "a class that does not exist": (
        [('class = "convention"\nnote = "涉密', 'class = "guessed"\nnote = "涉密')],
        ["第7行", "no_case", "class", "guessed"],
    ),
    "a rule that reads an undeclared input": (
        [('count = "complaints_upheld"', 'count = "complaints_uphold"')],
        ["第15行", "complaints_uphold"],
    ),
    "a no-case that reads an undeclared input": (
        [('input = "sme_reserved"', 'input = "sme_reserve"')],
        ["第18行", "sme_reserve”"],
    ),
    "a void that reads an undeclared input": (
        [('inputs = ["budget_published"', 'inputs = ["budget_publishd"')],
        ["第7行", "budget_publishd"],
    ),
    "a containment of an undeclared input": (
        [('whole = "assets_total"', 'whole = "asset_total"')],
        ["第24行", "contained", "asset_total"],
    ),
    "an input that no rule reads": (
        [(INVENTORY, 'id = "y"\nlabel = "y"\nkind = "count"\n\n[[indicator.input]]\n' + INVENTORY)],
        ["第21行", "input", "“y”"],
    ),
    "a rule that does not exist": (
        [('kind = "capped_average"', 'kind = "capped_mean"')],
        ["第3行", "kind", "capped_mean"],
    ),
    "an input of no known kind": (
        [('果处理"\nkind = "yes_no"', '果处理"\nkind = "yes"')],
        ["第21行", "kind", "“yes”"],
    ),
    "a choice without options": (
        [('options = ["是", "否", "涉密"]\n', "")],
        ["第7行", "input[1]", "options"],
    ),
    "options without a choice": (
        [(INVENTORY, INVENTORY + 'options = ["是"]\n')],
        ["第21行", "options"],
    ),
    "a number as text": ([("limit = 0\n", 'limit = "0"\n')], ["第13行", "limit", "数字"]),
    "a number as yes": ([("limit = 0\n", "limit = true\n")], ["第13行", "limit", "数字"]),
    "a fraction as row number": ([("number = 21\n", "number = 21.5\n")], ["number", "整数"]),
    "a share without its sign": ([('cap = "100%"', 'cap = "1"')], ["第3行", "cap", "百分数"]),
    "a share above the whole": (
        [('share = "50%", clause', 'share = "150%", clause')],
        ["第1行", "tier[4]", "share"],
    ),
    "a rate times two": ([("times_rate = 1,", "times_rate = 2,")], ["第1行", "times_rate"]),
    "an interval that is none": ([('"(10%, 20%]"', '"10%-20%"')], ["第5行", "within", "区间"]),
    "a number with two points": (
        [('"(10%, 20%]"', '"(10%, 2.0.0]"')],
        ["第5行", "within", "区间"],
    ),
    "a mode of rounding": ([('"half_up"', '"half_even"')], ["rubric", "rounding", "half_even"]),
    "a second-level heading that is not there": (
        [('secondary = "budgeting"', 'secondary = "budgetting"')],
        ["budgetting"],
    ),
    "a first-level heading that is not there": (
        [('primary = "duty_performance"', 'primary = "duty"')],
        ["整体效能", "primary", "duty"],
    ),
    "a kind of companion row without a rule": (
        [('kinds = ["产出", "效益"]', 'kinds = ["产出", "效益", "满意度"]')],
        ["companion", "kinds"],
    ),
    "a row without points": (
        [
            ('公用经费控制率"\npoints = 2', '公用经费控制率"\npoints = 4'),
            (ROW26_IS_1[0], '经费控制情况"\npoints = 0'),
        ],
        ["第26行", "points", "大于0"],
    ),
    "no TOML": ([("[rubric]", "[rubric")], ["TOML"]),
}


@pytest.mark.parametrize(("edits", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_not_whole_is_refused_by_file_row_and_key(
    edits: list[Edit], words: list[str]
) -> None:
    with pytest.raises(RubricError) as refused:
        parse_rubric(_edited(*edits), "mine.toml")
    message = str(refused.value)
    assert message.startswith("mine.toml")
    assert [word for word in words if word not in message] == []
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message)


# Figures and words with which a score could leave 0..points, or a rule could never act.
UNSOUND: dict[str, list[Edit]] = {
    "a part below 0": [
        ('label = "绩效目标公开"\npoints = 1\n', 'label = "绩效目标公开"\npoints = 3\n'),
        ('label = "绩效自评资料公开"\npoints = 1\n', 'label = "绩效自评资料公开"\npoints = -1\n'),
    ],
    "a void word that cannot be chosen": [('equals = "否"\n', 'equals = "没有"\n')],
    "a no-case word that cannot be chosen": [('equals = "涉密"\n', 'equals = "保密"\n')],
    "a deduction that adds points": [("each = 1\n", "each = -1\n")],
    "a deduction by count that adds points": [("points = 0.5, clause", "points = -0.5, clause")],
    "a deduction that is no number": [("each = 1\n", "each = nan\n")],
    "a step of nothing": [('step = "5%"', 'step = "0%"')],
    "a step that adds points": [('step = "5%"\neach = 0.5', 'step = "5%"\neach = -0.5')],
    "a cap above the whole": [('cap = "100%"', 'cap = "200%"')],
    "a share that is no number": [('share = "50%", clause', 'share = "nan%", clause')],
    "rate x points above 100 %": [('share = "50%", clause', "times_rate = 1, clause")],
    "rate x points below 0": [('share = "0%", clause', "times_rate = 1, clause")],
    "rounding to nothing": [("rounding_step = 0.01", "rounding_step = 0")],
    "a rule of figures on a text": [('数"\nkind = "count"\nunit = "例"', '数"\nkind = "text"')],
}


@pytest.mark.parametrize("edits", UNSOUND.values(), ids=UNSOUND)
def test_a_figure_or_word_that_no_rule_can_use_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(RubricError, match=r"^mine\.toml / .*："):
        parse_rubric(_edited(*edits), "mine.toml")


@pytest.mark.parametrize("text", ["", "# nothing", "rubric = 1", "[rubric]"])
def test_a_file_without_its_tables_is_refused(text: str) -> None:
    with pytest.raises(RubricError, match=r"mine\.toml"):
        parse_rubric(text, "mine.toml")


@pytest.mark.parametrize("name", ["2023", NAME])
def test_a_shipped_rubric_is_found_by_year_and_by_name(name: str) -> None:
    assert load_rubric(name).id == NAME
    assert shipped_rubric(name).year == 2023


@pytest.mark.parametrize("name", ["2022", "panyu", "", "20", NAME + "-2"])
def test_a_rubric_that_is_not_there_is_an_error_that_names_those_that_are(name: str) -> None:
    with pytest.raises(RubricError) as refused:
        load_rubric(name)
    assert [known for known in shipped_rubrics() if known not in str(refused.value)] == []
    assert name in str(refused.value)


def test_every_shipped_rubric_loads_under_its_own_id() -> None:
    assert [load_rubric(name).id for name in shipped_rubrics()] == list(shipped_rubrics())


@pytest.mark.parametrize("suffix", [".toml", ".TOML"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_user_file_is_read_by_its_path_with_or_without_a_byte_order_mark(
    tmp_path: Path, suffix: str, encoding: str
) -> None:
    path = tmp_path / f"本区标准{suffix}"
    path.write_text(_edited(("year = 2023", "year = 2031")), encoding)
    assert load_rubric(str(path)).year == 2031


def test_a_user_file_that_is_not_utf8_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes(TEXT.encode("gb18030"))
    with pytest.raises(RubricError, match=r"gbk\.toml.*UTF-8"):
        load_rubric(str(path))


def test_a_user_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * 2_000_001)
    with pytest.raises(RubricError, match=r"large\.toml.*过大"):
        load_rubric(str(path))


@pytest.mark.parametrize("name", ["absent.toml", "folder.toml"])
def test_a_user_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(RubricError, match=name):
        load_rubric(str(tmp_path / name))


def test_the_shipped_text_scores_as_the_shipped_rubric_does() -> None:
    """The edits above start from a text that loads."""
    rows: tuple[CompanionRow, ...] = department_companion()
    again = evaluate(parse_rubric(TEXT, "again.toml"), department_inputs(), rows)
    assert again.total == evaluate(RUBRIC, department_inputs(), rows).total
