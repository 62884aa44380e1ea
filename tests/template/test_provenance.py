"""评分标准出处 lists each sentence and each fact with its class, its note and the missing words."""

from __future__ import annotations

from jixiao.scoring.provenance import Provenance
from jixiao.template.provenance import FILLS, MEANINGS, Column

from .built import RUBRIC, sheet, texts

FACTS = [(row, fact) for row in RUBRIC.indicators for fact in row.facts]


def lines() -> list[tuple[object, ...]]:
    """The rows of the table, blanks as empty texts."""
    first = int(sheet("provenance").auto_filter.ref.split(":")[0].removeprefix("A"))
    return [
        tuple("" if value is None else value for value in row)
        for row in sheet("provenance").iter_rows(min_row=first + 1, values_only=True)
    ]


def test_every_sentence_is_there_with_the_words_it_lacks() -> None:
    found = {
        line[Column.NUMBER]: (line[Column.NOTE], line[Column.CLASS], line[Column.MISSING])
        for line in lines()
        if line[Column.ITEM] == "评分标准原文"
    }
    assert found == {
        row.number: (row.sentence, "原文（不全）" if row.missing else "原文", row.missing)
        for row in RUBRIC.indicators
    }


def test_every_fact_is_there_with_its_class() -> None:
    found = {
        tuple(line[column] for column in Column if column != Column.POINTS) for line in lines()
    }
    for row, fact in FACTS:
        source = fact.source
        label = source.provenance.label
        assert (row.number, row.name, fact.words, label, source.note, source.missing) in found


def test_headings_and_grades_are_there() -> None:
    items = [str(line[Column.ITEM]) for line in lines()]
    for heading in (*RUBRIC.primaries, *RUBRIC.secondaries):
        assert any(heading.name in item for item in items)
    assert {band.words for band in RUBRIC.bands} <= {line[Column.NOTE] for line in lines()}


def test_nothing_else_is_listed() -> None:
    headings = len(RUBRIC.primaries) + len(RUBRIC.secondaries)
    wanted = len(RUBRIC.indicators) + len(FACTS) + headings + len(RUBRIC.bands)
    assert len(lines()) == wanted


def test_legend_explains_all_classes() -> None:
    assert set(MEANINGS) == set(FILLS) == set(Provenance)
    assert set(MEANINGS.values()) <= set(texts(sheet("provenance")))


def test_doubtful_classes_stand_out() -> None:
    doubtful = {Provenance.INFERRED.label, Provenance.UNKNOWN.label}
    fills = {item.label: FILLS[item].removeprefix("#") for item in Provenance}
    coloured = [
        cell
        for row in sheet("provenance").iter_rows()
        for cell in row
        if cell.value in doubtful and cell.column == Column.CLASS + 1
    ]
    assert coloured
    assert all(cell.fill.start_color.rgb == f"FF{fills[cell.value]}" for cell in coloured)
