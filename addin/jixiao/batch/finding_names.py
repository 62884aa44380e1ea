"""Short names of findings, for lists and charts."""

from __future__ import annotations

from jixiao.review.finding import Severity

_OF_FILLING = {Severity.ERROR: "填写有误", Severity.WARNING: "待填、待评"}
"""What scoring says of our own workbooks carries no code of a check."""


def name_of(code: str, severity: Severity) -> str:
    """The name of a check with its code; of what scoring found, its kind."""
    return code or _OF_FILLING[severity]
