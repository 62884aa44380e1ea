"""Short names of findings, for lists and charts."""

from __future__ import annotations

from jixiao.batch.assessment import Code
from jixiao.review.table import CHECKS

_NAMES: dict[str, str] = {
    **{check.code: f"{check.code} {check.title}" for check in CHECKS},
    Code.WRONG: "填写有误",
    Code.OPEN: "待填、待评",
    Code.DOUBT: "没有认出来的内容",
}


def name_of(code: str) -> str:
    """The title of a check with its code, or what the scoring or the reading found."""
    return _NAMES.get(code, code)
