"""E8 and W14: what has to stand beside a score."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.forms.form import Column
from jixiao.review.case import Case, place_of, title
from jixiao.review.check import Hit
from jixiao.review.figures import says_nothing
from jixiao.scoring.numbers import plain

_MOST_NAMED = 5


def loss_without_reason(case: Case) -> Iterator[Hit]:
    """E8: below full points without a reason; forms without such a column have no place for one."""
    for row, points, score in case.scored_rows:
        if Column.REASON not in row.cells or not 0 <= score < points:
            continue
        if says_nothing(row.text(Column.REASON)):
            yield Hit(
                row.name,
                place_of(row, Column.REASON),
                plain(score),
                plain(points),
                f"{title(row)}得{plain(score)}分，未得满分{plain(points)}分，没有写原因",
                "请写明扣分原因和改进措施；其实没有扣分的，请改正得分",
            )


def evidence_missing(case: Case) -> Iterator[Hit]:
    """W14: one finding for the form, however many cells are empty."""
    rows = [row for row in case.rows if Column.EVIDENCE in row.cells and row.points]
    empty = [row for row in rows if says_nothing(row.text(Column.EVIDENCE))]
    if not empty:
        return
    if len(empty) == len(rows):
        which = f"{len(rows)}行指标的佐证材料全部是空的"
    else:
        names = "、".join(title(row) for row in empty[:_MOST_NAMED])
        more = "等" if len(empty) > _MOST_NAMED else ""
        which = f"{len(rows)}行指标中有{len(empty)}行没有写佐证材料：{names}{more}"
    yield Hit(
        "佐证材料",
        place_of(empty[0], Column.EVIDENCE),
        f"空{len(empty)}行",
        f"{len(rows)}行",
        which,
        "请逐项写明佐证材料名称",
    )
