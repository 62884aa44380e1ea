"""E11: the grade fits the total, and one box is ticked."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.review.case import Case
from jixiao.review.check import Hit
from jixiao.review.figures import number_in
from jixiao.scoring.numbers import plain


def grade_does_not_fit(case: Case) -> Iterator[Hit]:
    """E11: without a standard only the number of boxes can be checked."""
    boxes = case.form.grade_boxes
    if not boxes:
        return
    chosen = [box for box in boxes if box.is_chosen]
    expected = _expected(case)
    names = "、".join(box.name for box in chosen)
    fitting = f"，按总分应为“{expected}”" if expected else ""
    if len(chosen) != 1:
        what = f"勾选了{names}，只能选一个" if chosen else "没有勾选"
        found = names or "未勾选"
        advice = "请勾选一个等级"
    elif expected and chosen[0].name != expected:
        what, found, advice = f"勾选的是“{names}”", names, "请核对总分和等级"
    else:
        return
    place = (chosen or boxes)[0].place
    yield Hit("评价等级", place, found, expected, f"评价等级{what}{_total(case)}{fitting}", advice)


def _expected(case: Case) -> str:
    total = number_in(case.form.total_score)
    if case.rubric is None or total is None:
        return ""
    try:
        return case.rubric.grade(total).name
    except ValueError:  # a total that no band holds is E2's or E3's
        return ""


def _total(case: Case) -> str:
    total = number_in(case.form.total_score)
    return "" if total is None else f"，总分{plain(total)}分"
