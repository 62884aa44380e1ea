"""``jixiao doctor``: what is wrong with the installation, and what to do about it."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence

from jixiao import __version__
from jixiao.installing.checks.all_checks import examine
from jixiao.installing.checks.finding import Finding, Verdict
from jixiao.installing.errors import InstallingError
from jixiao.installing.system import System, this_system


def run(options: argparse.Namespace, system: System | None = None) -> None:
    """Print the findings; an error among them becomes exit code 1."""
    system = system or this_system()
    findings = examine(system)
    counts = Counter(finding.verdict for finding in findings)
    if options.json:
        _print_json(findings)
    else:
        print(f"绩效诊断　jixiao {__version__}　{system.platform}")
        for finding in findings:
            _print(finding)
        said = "，".join(f"{verdict.value} {counts[verdict]} 项" for verdict in Verdict)
        print(f"共 {len(findings)} 项：{said}")
    if counts[Verdict.ERROR]:
        raise InstallingError(f"有 {counts[Verdict.ERROR]} 项错误，请照各项的“怎么办”处理")


def _print(finding: Finding) -> None:
    print(f"[{finding.verdict.value}] {finding.title}：{finding.found}")
    if finding.advice:
        word = "提示" if finding.verdict is Verdict.GOOD else "怎么办"
        print(f"    {word}：{finding.advice}")


def _print_json(findings: Sequence[Finding]) -> None:
    """One object on stdout, in UTF-8 whatever the console is set to."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    checks = [
        {
            "id": finding.id,
            "title": finding.title,
            "verdict": finding.verdict.name,
            "found": finding.found,
            "advice": finding.advice,
        }
        for finding in findings
    ]
    print(json.dumps({"version": __version__, "checks": checks}, ensure_ascii=False, indent=2))
