"""From a rule's table to its shape."""

from __future__ import annotations

from collections.abc import Callable

from jixiao.scoring.rules.all_or_nothing import AllOrNothing
from jixiao.scoring.rules.base import Rule
from jixiao.scoring.rules.budget_execution import BudgetExecution
from jixiao.scoring.rules.capped_average import CappedAverage
from jixiao.scoring.rules.deduction import Deduction
from jixiao.scoring.rules.judgement import Confirmation, JudgedPoints, JudgedShare
from jixiao.scoring.rules.parts import Parts
from jixiao.scoring.rules.ratio_tiers import RatioTiers
from jixiao.scoring.rules.step_deduction import StepDeduction
from jixiao.scoring.table_reader import Table

# The companion table's rule, `completion`, is not here: it scores rows, not inputs, and is read by
# the loader beside the table it belongs to.
_SHAPES: dict[str, Callable[[Table], Rule]] = {
    "all_or_nothing": AllOrNothing.read,
    "budget_execution": BudgetExecution.read,
    "capped_average": CappedAverage.read,
    "confirmation": Confirmation.read,
    "deduction": Deduction.read,
    "judged_points": JudgedPoints.read,
    "judged_share": JudgedShare.read,
    "parts": lambda table: Parts.read(table, read_rule),
    "ratio_tiers": RatioTiers.read,
    "step_deduction": StepDeduction.read,
}


def read_rule(table: Table) -> Rule:
    """Read a rule by its ``kind``; a kind that does not exist is refused with those that do."""
    kind = table.text("kind")
    shape = _SHAPES.get(kind)
    if shape is None:
        raise table.fault("kind", f"没有“{kind}”这种规则，只有{'、'.join(_SHAPES)}")
    rule = shape(table)
    table.close()
    return rule
