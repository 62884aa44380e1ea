"""The pure core: the standard as data, the rules, the scores. No files but the rubrics, no host.

Start at `evaluate` (a whole table) or `score_indicator` (one row); the numbers of a rule stand in
``jixiao/rubrics``, its shape in `jixiao.scoring.rules`.
"""

from __future__ import annotations

from jixiao.scoring.companion import CompanionRow, RowScore
from jixiao.scoring.evaluation import Evaluation, IndicatorScore, evaluate, score_indicator
from jixiao.scoring.inputs import InputKind, InputSpec, Value, Values
from jixiao.scoring.loader import (
    DEFAULT_RUBRIC,
    load_rubric,
    parse_rubric,
    shipped_rubric,
    shipped_rubrics,
)
from jixiao.scoring.provenance import Note, Provenance, Source
from jixiao.scoring.rubric import GradeBand, Indicator, Rubric
from jixiao.scoring.score import Problem, Score, Status
from jixiao.scoring.subject import Subject
from jixiao.scoring.table_reader import RubricError

__all__ = [
    "DEFAULT_RUBRIC",
    "CompanionRow",
    "Evaluation",
    "GradeBand",
    "Indicator",
    "IndicatorScore",
    "InputKind",
    "InputSpec",
    "Note",
    "Problem",
    "Provenance",
    "RowScore",
    "Rubric",
    "RubricError",
    "Score",
    "Source",
    "Status",
    "Subject",
    "Value",
    "Values",
    "evaluate",
    "load_rubric",
    "parse_rubric",
    "score_indicator",
    "shipped_rubric",
    "shipped_rubrics",
]
