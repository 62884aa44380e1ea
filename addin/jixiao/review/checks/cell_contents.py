"""E12, E13 and E14: words for numbers, units that do not go together, signs in actual values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.forms.form import Column, Found, MoneyColumn, Quantity
from jixiao.review.case import Case, place_of, title
from jixiao.review.check import Hit
from jixiao.review.figures import number_in, says_nothing
from jixiao.review.rules_of_rows import has_other_units
from jixiao.scoring.companion import as_date
from jixiao.scoring.natures import Nature

_DIGIT = re.compile(r"[0-9０-９]")
_AMOUNTS = (
    MoneyColumn.YEAR_START,
    MoneyColumn.ADJUSTED,
    MoneyColumn.EXECUTED,
    MoneyColumn.POINTS,
    MoneyColumn.SCORE,
)


def words_for_a_number(case: Case) -> Iterator[Hit]:
    """E12: points, scores, amounts, and the actual value of a target that is a number."""
    for row in case.rows:
        for column, number in ((Column.POINTS, row.points), (Column.SCORE, row.score)):
            found = row.cells.get(column)
            if found is not None and number is None and not says_nothing(found.text):
                yield _words(row.name, title(row), column.value, found)
        if row.points and _is_word_for_measured(row.target, row.actual):
            assert row.actual is not None
            yield _words(row.name, title(row), Column.ACTUAL.value, row.actual.found)
    for line in case.form.money:
        for amount in _AMOUNTS:
            found = line.cells.get(amount)
            if found is not None and number_in(found) is None and _is_words(found):
                yield _words(line.label, f"“{line.label}”", amount.value, found)


def _is_word_for_measured(target: Quantity | None, actual: Quantity | None) -> bool:
    if target is None or actual is None:
        return False
    if target.number is None or target.nature is Nature.QUALITATIVE:
        return False
    return actual.number is None and _is_words(actual.found)


def _is_words(found: Found) -> bool:
    """Whether a cell holds words without any figure; a date or an amount with its unit is none."""
    return (
        not says_nothing(found.text)
        and as_date(found.value) is None
        and not _DIGIT.search(found.text)
    )


def _words(row: str, named: str, label: str, found: Found) -> Hit:
    return Hit(
        row,
        found.place,
        found.text,
        "数字",
        f"{named}的{label}填的是“{found.text}”",
        "请改填数字，文字写到备注或原因栏",
    )


def units_differ(case: Case) -> Iterator[Hit]:
    """E13: two units in one row; a satisfaction target taken over from a count."""
    counts = {
        (row.name, row.target.number)
        for row in case.rows
        if row.target is not None and not _is_satisfaction(row.primary + row.secondary)
    }
    for row in case.rows:
        if row.target is None or row.actual is None:
            continue
        if has_other_units(row):
            yield Hit(
                row.name,
                place_of(row, Column.ACTUAL),
                row.actual.unit,
                row.target.unit,
                f"{title(row)}的目标值{row.target.found.text}单位是“{row.target.unit}”，"
                f"实际完成值{row.actual.found.text}单位是“{row.actual.unit}”",
                "请改用同一单位",
            )
        elif (
            _is_satisfaction(row.primary + row.secondary)
            and row.target.number is not None
            and (row.name, row.target.number) in counts
        ):
            yield Hit(
                row.name,
                place_of(row, Column.TARGET),
                row.target.found.text,
                "满意的比例",
                f"{title(row)}是满意度指标，目标值{row.target.found.text}与同名的产出、效益指标相同，"
                f"像是数量，不是满意的比例",
                "请把目标值改为满意度（如≥90%），并与实际完成值用同一单位",
            )


def _is_satisfaction(headings: str) -> bool:
    return "满意" in headings


def sign_in_actual(case: Case) -> Iterator[Hit]:
    """E14: ≥95% is a target, not a measurement; = before a figure does no harm."""
    for row in case.rows:
        actual = row.actual
        if actual is None or actual.nature not in (Nature.AT_LEAST, Nature.AT_MOST):
            continue
        yield Hit(
            row.name,
            place_of(row, Column.ACTUAL),
            actual.found.text,
            "实测数",
            f"{title(row)}的实际完成值填的是“{actual.found.text}”，带着符号",
            "请填实际测得的数，不带≥、≤等符号",
        )
