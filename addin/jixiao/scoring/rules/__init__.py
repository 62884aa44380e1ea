"""The shapes of rule. Numbers and sentences stand in the rubric files; here is only how they act.

A shape is one frozen dataclass with ``read`` (from its TOML table), ``apply`` (inputs to
`Outcome`), ``input_ids`` and ``facts`` (each of its numbers in words, with its provenance).
"""

from __future__ import annotations

from jixiao.scoring.rules.all_or_nothing import AllOrNothing
from jixiao.scoring.rules.base import Fact, Rule
from jixiao.scoring.rules.budget_execution import BudgetExecution
from jixiao.scoring.rules.capped_average import CappedAverage
from jixiao.scoring.rules.completion import Completion
from jixiao.scoring.rules.deduction import Deduction
from jixiao.scoring.rules.judgement import Confirmation, JudgedPoints, JudgedShare
from jixiao.scoring.rules.parts import NoCase, Parts
from jixiao.scoring.rules.ratio_tiers import RatioTiers
from jixiao.scoring.rules.reading import read_rule
from jixiao.scoring.rules.step_deduction import StepDeduction

__all__ = [
    "AllOrNothing",
    "BudgetExecution",
    "CappedAverage",
    "Completion",
    "Confirmation",
    "Deduction",
    "Fact",
    "JudgedPoints",
    "JudgedShare",
    "NoCase",
    "Parts",
    "RatioTiers",
    "Rule",
    "StepDeduction",
    "read_rule",
]
