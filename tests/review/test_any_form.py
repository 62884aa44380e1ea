"""Whatever a form holds, the checks end, and what they say is whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.forms.form import Subject
from jixiao.review.case import Case
from jixiao.review.recognising import recognised_rubric
from jixiao.review.table import CHECKS, findings_of
from jixiao.scoring import Rubric
from review.made_forms import PANYU, PROJECT, Made, Row, made_form, money_line

FIGURES = st.one_of(
    st.sampled_from(["", "0", "100", "-1", "0.01", "1e14", "1e-29", "完成", "≥95%", "/", "1,000"]),
    st.decimals(-1000, 1000, places=2).map(str),
)
TEXTS = st.one_of(
    st.sampled_from(["", "无", "不涉及", "满意度", "预算执行率", "部门预算资金支出率", "成本"]),
    st.text(max_size=12),
)
VALUES = st.one_of(TEXTS, st.decimals(-1000, 1000, places=2), st.none())
ROWS = st.builds(
    Row,
    name=TEXTS,
    primary=st.sampled_from(["产出指标", "效益指标", "满意度指标", "管理效率", ""]),
    secondary=st.sampled_from(["数量指标", "成本指标", "服务对象满意度指标", "采购管理", ""]),
    sign=st.sampled_from(["≥", "≤", "=", "定性", ""]),
    target=VALUES,
    actual=VALUES,
    unit=st.sampled_from(["", "%", "万元", "人次"]),
    actual_unit=st.sampled_from(["", "%", "元"]),
    points=FIGURES,
    score=FIGURES,
    reason=st.one_of(TEXTS, st.none()),
    evidence=st.one_of(TEXTS, st.none()),
    actual_sign=st.sampled_from(["", "≥", "="]),
)
CELLS = ("year_start", "adjusted", "executed", "points", "rate", "score", "reason")
AMOUNTS = st.fixed_dictionaries({}, optional=dict.fromkeys(CELLS, FIGURES))
LINES = st.lists(
    st.tuples(st.booleans(), AMOUNTS).map(
        lambda line: money_line("资金", line[0], "按收入来源", **line[1])
    ),
    max_size=4,
)
FORMS = st.builds(
    Made,
    rows=st.lists(ROWS, max_size=6),
    money=LINES,
    total=st.one_of(FIGURES, st.none()),
    total_points=st.one_of(FIGURES, st.none()),
    ticked=st.sampled_from([None, "", "优", "优良"]),
    subject=st.sampled_from(list(Subject)),
    base_note=st.sampled_from(["", "B/A"]),
)


@pytest.mark.parametrize("rubric", [None, PANYU, PROJECT], ids=["none", "panyu", "project"])
@given(made=FORMS)
@settings(max_examples=40, deadline=None)
def test_any_form_is_reviewed_to_the_end(rubric: Rubric | None, made: Made) -> None:
    codes = {check.code for check in CHECKS}
    form = made_form(made)
    for finding in findings_of(Case(form, rubric or recognised_rubric(form))):
        assert finding.code in codes
        assert finding.row or finding.message
        assert finding.message.endswith("。")
        assert "None" not in finding.message
        assert "E+" not in finding.found + finding.expected


@given(points=st.decimals(0, 100, places=2), lost=st.decimals(0, 100, places=2))
def test_score_above_points_is_never_also_held_against_the_rule(
    points: Decimal, lost: Decimal
) -> None:
    row = Row(points=str(points), score=str(points + lost + 1))
    found = [f.code for f in findings_of(Case(made_form(Made(rows=[row])), PROJECT))]
    assert "E2" in found
    assert not {"E7", "E9", "W3", "W13"} & set(found)
