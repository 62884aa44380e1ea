"""A review in words, for the terminal: what was recognised, then the findings, errors first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jixiao.forms.form import Form
from jixiao.review.finding import Finding, Severity
from jixiao.review.reviewing import FileReview
from jixiao.scoring.numbers import Ratio, percent


def lines_of(review: FileReview) -> Iterator[str]:
    """One file: its forms, what was not recognised, its findings and their number."""
    yield f"{review.file}"
    if review.fault:
        yield f"  读不了：{review.fault}"
        return
    for form in review.forms:
        yield f"  {recognised(form)}"
    for note in review.notes:
        yield f"  说明　{note}"
    for finding in by_severity(review.findings):
        yield f"  {line_of(finding)}"
    yield f"  {counted(review.findings)}"


def recognised(form: Form) -> str:
    """Which cells were taken for a table, and how sure that is."""
    sure = percent(Ratio(form.confidence)).removesuffix(".00%").removesuffix("%") + "%"
    cells = f"，{form.recognised}" if form.recognised else ""
    unit = f"，{form.unit}" if form.unit else ""
    return f"工作表“{form.sheet}”{cells}{unit}：{len(form.rows)}行指标，把握{sure}"


def line_of(finding: Finding) -> str:
    """A finding in one line: severity, code, place, message."""
    where = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    return f"{finding.severity.label} {finding.code}　{where}　{finding.message}"


def short_line_of(finding: Finding) -> str:
    """A finding as a message box has room for: without words of the standard and advice."""
    return line_of(finding._replace(message=finding.message.partition("。")[0]))


def by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """The errors, then the warnings, each in the order of the checks."""
    return sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)


def counted(findings: Sequence[Finding]) -> str:
    """How many there are of each kind."""
    if not findings:
        return "没有发现问题。"
    errors = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    warnings = len(findings) - errors
    counts = ((errors, "处错误"), (warnings, "处提醒"))
    return "、".join(f"{count}{words}" for count, words in counts if count) + "。"


def as_objects(review: FileReview) -> list[dict[str, str]]:
    """The findings of a file for JSON."""
    return [_object(review.file, finding) for finding in review.findings]


def _object(file: Path, finding: Finding) -> dict[str, str]:
    return {
        "file": str(file),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "row": finding.row,
        "code": finding.code,
        "severity": finding.severity.value,
        "found": finding.found,
        "expected": finding.expected,
        "message": finding.message,
    }
