"""``jixiao rubrics``: the standards that there are."""

from __future__ import annotations

import argparse

from jixiao.scoring import load_rubric, shipped_rubrics
from jixiao.scoring.numbers import plain
from jixiao.scoring.provenance import Provenance


def run(options: argparse.Namespace) -> None:
    """List the shipped standards, or check and describe one (also a user's own file)."""
    for name in [options.rubric] if options.rubric else shipped_rubrics():
        rubric = load_rubric(name)
        facts = [fact for row in rubric.indicators for fact in row.facts]
        counts = "，".join(
            f"{kind.label}{count}"
            for kind in Provenance
            if (count := sum(fact.source.provenance is kind for fact in facts))
        )
        period = rubric.period or "不限年度"
        print(f"{rubric.id}　{rubric.region}　{period}　{rubric.name}")
        print(f"  {len(rubric.indicators)}项指标，{plain(rubric.points)}分；数字来源：{counts}")
