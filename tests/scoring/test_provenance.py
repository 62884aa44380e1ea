"""Every number of the rubric carries where it comes from, as the standard classes it."""

from __future__ import annotations

import pytest

from jixiao.scoring import Provenance, Source

from .department import ROWS, RUBRIC

TEXT, ARITHMETIC, CONVENTION = Provenance.TEXT, Provenance.ARITHMETIC, Provenance.CONVENTION
INFERRED, UNKNOWN = Provenance.INFERRED, Provenance.UNKNOWN

# (row, words of the fact, class, source in the standard)
CLASSES: list[tuple[int, str, Provenance, str]] = [
    (1, "(−∞, 60%)", TEXT, "in print"),
    (1, "(150%, +∞)", TEXT, "in print"),
    (1, "≤", CONVENTION, "direction"),
    (1, "=的完成率", CONVENTION, "direction"),
    (1, "日期", CONVENTION, "dates"),
    (1, "平均分配", CONVENTION, "points per row"),
    (2, "“达成年度指标”", TEXT, "80 % (inclusive) to 100 % stands in print"),
    (2, "“未达成且效果较差”", INFERRED, "[0, 60 %) (inferred)"),
    (3, "一个年度数", CONVENTION, "monthly rates missing"),
    (4, "未涉及", CONVENTION, "no case"),
    (5, "[0%, 10%]", TEXT, "in print"),
    (5, "(20%, +∞)", INFERRED, "above 20 %: 0 (inferred)"),
    (6, "扣分数额不明", UNKNOWN, "each finding deducts (amount unknown)"),
    (7, "预算公开规范性：0.5分", ARITHMETIC, "regularity 1 point (arithmetic)"),
    (7, "决算公开规范性：0.5分", ARITHMETIC, "regularity 1 point (arithmetic)"),
    (7, "预算公开规范性：每项扣分数额不明", UNKNOWN, "finding: unknown"),
    (7, "预算公开及时性：0.5分", ARITHMETIC, "1 point x 50 %: 0.5 does not stand in print"),
    (8, "绩效目标公开：1分", ARITHMETIC, "2 x 50 %"),
    (9, "资金管理制度明确绩效要求：2.5分", ARITHMETIC, "5 x 50 %"),
    (10, "指标名称", INFERRED, "name inferred"),
    (10, "30%）：0.9分", ARITHMETIC, "3 x 30 %"),
    (10, "40%）：1.2分", ARITHMETIC, "3 x 40 %"),
    (11, "指标名称", INFERRED, "name inferred"),
    (11, "绩效目标管理：2分", TEXT, "2 stands in print"),
    (11, "绩效目标管理：每项扣分数额不明", UNKNOWN, "returned: unknown"),
    (11, "绩效监控和绩效自评：5分", ARITHMETIC, "7 - 2"),
    (11, "划分不明", UNKNOWN, "split and rules unknown"),
    (12, "未涉及", CONVENTION, "no case"),
    (16, "[90%, 100%)", TEXT, "in print"),
    (16, "[0%, 90%)", UNKNOWN, "below 90 %: unknown"),
    (16, "未涉及", CONVENTION, "no case"),
    (17, "指标名称", INFERRED, "name inferred"),
    (17, "分值", ARITHMETIC, "weights and totals"),
    (17, "“是”得满分", UNKNOWN, "rule unknown"),
    (18, "[0%, 100%]", TEXT, "in print"),
    (18, "(100%, +∞)", CONVENTION, "at most the points (convention)"),
    (18, "未涉及", CONVENTION, "no case"),
    (24, "[0%, 60%)", TEXT, "in print"),
    (25, "不足5%", INFERRED, "0 < rate < 5 %: no deduction (inferred)"),
    (25, "每增加5%", TEXT, "in print"),
]


@pytest.mark.parametrize(("row", "words", "expected", "source"), CLASSES)
def test_a_number_is_of_the_class_that_the_standard_gives_it(
    row: int, words: str, expected: Provenance, source: str
) -> None:
    found = [fact.source.provenance for fact in ROWS[row].facts if words in fact.words]
    assert found
    assert set(found) == {expected}, source


def _sources() -> list[tuple[str, Source]]:
    headings = [(part.name, part.source) for part in (*RUBRIC.primaries, *RUBRIC.secondaries)]
    facts = [
        (f"{row.number} {fact.words}", fact.source)
        for row in RUBRIC.indicators
        for fact in row.facts
    ]
    return headings + facts


def test_whatever_is_not_text_has_a_note_and_whatever_was_cut_off_the_missing_words() -> None:
    sources = [(where, source) for where, source in _sources() if source.provenance is not TEXT]
    assert len(sources) > 25
    assert [where for where, source in sources if not source.note] == []
    cut = [(where, source) for where, source in sources if source.provenance in {INFERRED, UNKNOWN}]
    assert [where for where, source in cut if not source.missing] == []


def test_an_inference_always_speaks_the_same_warning() -> None:
    for where, source in _sources():
        if source.provenance is INFERRED:
            assert source.note.startswith("原文此处不全，"), where
            assert "推定" in source.note, where
            assert source.note.endswith("请核对当年通知"), where


def test_a_no_case_speaks_the_words_of_the_convention() -> None:
    notes = {row.number: row.no_case.source.note for row in RUBRIC.indicators if row.no_case}
    assert notes == dict.fromkeys((4, 12, 16, 18), "本年度未涉及，按惯例得满分")


def test_every_row_has_its_sentence_and_its_heading() -> None:
    headings = {part.id for part in RUBRIC.secondaries}
    for row in RUBRIC.indicators:
        assert row.sentence
        assert row.secondary in headings
        assert bool(row.missing) is ("…" in row.sentence), row.number


@pytest.mark.parametrize(
    ("row", "heading"), [(6, "budget_execution"), (24, "asset_management")], ids=["slid", "slid"]
)
def test_a_row_that_slid_in_print_stands_where_the_weights_put_it(row: int, heading: str) -> None:
    assert ROWS[row].secondary == heading
