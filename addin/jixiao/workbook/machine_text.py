"""Which text in a cell is the program's own and may be replaced, and which is a person's."""

from __future__ import annotations

from jixiao.scoring import Score, Status, Value
from jixiao.scoring.inputs import is_blank
from jixiao.workbook import names

MARK = "【自动】"
"""What every text of the program starts with."""

NONE = "无"
"""What a full-score row says in its reason cell, as the printed table does; a bare 无 says nothing
that a person would miss, so it counts as the program's."""


def may_replace(current: Value) -> bool:
    """Whether a reason or remark cell may be written: blank, 无, or marked as the program's."""
    if is_blank(current):
        return True
    return isinstance(current, str) and (current.strip() == NONE or current.startswith(MARK))


def is_score_text(current: Value) -> bool:
    """Whether a 得分 cell holds nothing a person wrote: blank, a number, or 待填, 待评."""
    if is_blank(current) or not isinstance(current, str):
        return not isinstance(current, bool)
    labels = (Status.MISSING_INPUT.label, Status.NEEDS_JUDGEMENT.label)
    return current.startswith((*labels, MARK))


def is_own_formula(formula: str) -> bool:
    """Whether a formula calls a function of ours or takes up its results, in any host's syntax."""
    lowered = formula.casefold()
    return "jx_" in lowered or names.COMPANION_RESULTS in lowered


def reason(score: Score) -> str:
    """What stands beside a score: 无 for full points, else figures and the words of the standard.

    A row without a case says so, and a row that waits says what for. What a full score rests on
    besides the text is told in 审核意见.
    """
    if score.status is Status.SCORED and score.is_full:
        return NONE
    return MARK + score.explanation
