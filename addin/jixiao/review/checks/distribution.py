"""W7 and W8: how points and scores are spread over the table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.forms.form import Column, FormRow, MoneyColumn
from jixiao.review.case import Case, place_of, title
from jixiao.review.check import Hit
from jixiao.scoring.numbers import Ratio, percent, plain
from jixiao.scoring.rules import Completion

_FEWEST_ROWS = 8  # a few rows that are all met say little
_MOST = Decimal("0.4")


def full_but_execution(case: Case) -> Iterator[Hit]:
    """W7: every row full, and only the execution, which others count, is not."""
    execution, rows = case.execution, case.scored_rows
    if execution is None or execution.points is None or execution.score is None:
        return
    is_all_full = all(score == points for _, points, score in rows)
    if len(rows) < _FEWEST_ROWS or not is_all_full or execution.score >= execution.points:
        return
    yield Hit(
        execution.line.label,
        execution.place(MoneyColumn.SCORE),
        plain(execution.score),
        plain(execution.points),
        f"{len(rows)}行指标全部得满分，只有“{execution.line.label}”的预算执行得{plain(execution.score)}分"
        f"（满分{plain(execution.points)}分）",
        "请逐行核对完成情况，并备好佐证材料",
    )


def one_row_with_most(case: Case) -> Iterator[Hit]:
    """W8: one row with 40 % of the points or more."""
    for row in case.rows:
        if row.points is None or _stands_for_several(case, row):
            continue
        share = Ratio(row.points, case.full_marks)
        if share.compare(_MOST) >= 0:
            yield Hit(
                row.name,
                place_of(row, Column.POINTS),
                plain(row.points),
                f"低于{plain(case.full_marks * _MOST)}",
                f"{title(row)}一行占{plain(row.points)}分，为总分的{percent(share, (_MOST,))}",
                "请细化指标，分散分值",
            )


def _stands_for_several(case: Case, row: FormRow) -> bool:
    """Whether a row is a whole block, whose indicators stand in a table of their own."""
    return any(isinstance(known.rule, Completion) for known in case.indicators(row))
