"""Whether a rule's numbers and inputs fit its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from jixiao.scoring.inputs import NUMERIC, InputKind, InputSpec
from jixiao.scoring.numbers import ONE, ZERO, total
from jixiao.scoring.rules.all_or_nothing import AllOrNothing, IsYes
from jixiao.scoring.rules.base import Rule
from jixiao.scoring.rules.budget_execution import BudgetExecution
from jixiao.scoring.rules.capped_average import CappedAverage
from jixiao.scoring.rules.completion import Completion
from jixiao.scoring.rules.deduction import AmountByCount, Deduction, FlatAmount
from jixiao.scoring.rules.judgement import Confirmation, JudgedPoints, JudgedShare
from jixiao.scoring.rules.parts import NoCase, Parts
from jixiao.scoring.rules.ratio_tiers import RatioTiers
from jixiao.scoring.rules.step_deduction import StepDeduction
from jixiao.scoring.rules.tiers import FixedPoints


def rule_faults(
    rule: Rule | Completion, points: Decimal, specs: Mapping[str, InputSpec]
) -> Iterator[str]:
    """Say in Chinese, key first, what could score outside 0..``points`` or could not be scored."""
    yield from _number_faults(rule, points)
    for input_id, kinds in _kinds(rule):
        spec = specs.get(input_id)
        if spec is not None and spec.kind not in kinds:
            yield f"input：“{input_id}”的 kind 是 {spec.kind}，规则要的是{'、'.join(sorted(kinds))}"
    if isinstance(rule, BudgetExecution):
        yield from _base_faults(rule, specs)
    if isinstance(rule, Parts):
        if rule.void is not None:
            for input_id in rule.void.inputs:
                yield from _word_faults("void", input_id, rule.void.value, specs)
        for part in rule.parts:
            yield from rule_faults(part.rule, part.points, specs)
            yield from no_case_faults(part.no_case, specs)


def no_case_faults(no_case: NoCase | None, specs: Mapping[str, InputSpec]) -> Iterator[str]:
    """Say in Chinese what keeps a no-case from ever being met."""
    if no_case is None:
        return
    if isinstance(no_case.value, str):
        yield from _word_faults("no_case", no_case.input_id, no_case.value, specs)
    elif no_case.input_id in specs and specs[no_case.input_id].kind not in NUMERIC:
        yield f"no_case：“{no_case.input_id}”不是数字，永远不会是0"


def _word_faults(
    key: str, input_id: str, word: str, specs: Mapping[str, InputSpec]
) -> Iterator[str]:
    spec = specs.get(input_id)
    if spec is not None and word not in spec.options:
        yield f"{key}：“{input_id}”的选项里没有“{word}”"


def _base_faults(rule: BudgetExecution, specs: Mapping[str, InputSpec]) -> Iterator[str]:
    """The choice must name the budgets one by one, and say which of them a blank means."""
    choice, found = specs.get(rule.base), [specs.get(key) for key in rule.bases]
    if choice is None or None in found:
        return
    labels = tuple(spec.label for spec in found if spec is not None)
    if choice.options != labels:
        yield f"base：“{rule.base}”的选项应依次为{'、'.join(labels)}"
    elif choice.default not in labels:
        yield f"base：“{rule.base}”应有 default，为{'、'.join(labels)}之一"
    if len({spec.cells for spec in (*found, specs.get(rule.executed)) if spec is not None}) > 1:
        yield "bases、executed：各预算数和执行数的格数应相同"


def _number_faults(rule: Rule | Completion, points: Decimal) -> Iterator[str]:
    match rule:
        case RatioTiers():
            for tier in rule.tiers.tiers:
                if isinstance(tier.award, FixedPoints) and not 0 <= tier.award.points <= points:
                    yield (
                        f"tier：{tier.within.text}档得{tier.award.points}分，应在0至{points}分之间"
                    )
        case Parts():
            added = total(part.points for part in rule.parts)
            if added != points:
                yield f"part：各部分分值合计{added}，应为{points}"
            if any(part.points <= ZERO for part in rule.parts):
                yield "part：points：各部分分值应大于0"
        case Deduction():
            if any(amount <= ZERO for amount in _amounts(rule)):
                yield "item：每项扣分应大于0"
        case StepDeduction():
            if rule.step <= ZERO or rule.each <= ZERO:
                yield "step、each：应大于0"
        case CappedAverage():
            if not ZERO < rule.cap <= ONE:
                yield "cap：应大于0%，不超过100%"


def _amounts(rule: Deduction) -> Iterator[Decimal]:
    for item in rule.items:
        if isinstance(item.amount, FlatAmount):
            yield item.amount.points
        elif isinstance(item.amount, AmountByCount):
            awards = (tier.award for tier in item.amount.tiers.tiers)
            yield from (award.points for award in awards if isinstance(award, FixedPoints))


def _kinds(rule: Rule | Completion) -> Iterator[tuple[str, frozenset[InputKind]]]:
    """The inputs a rule reads itself, with the kinds that it can read."""
    yes_no = frozenset({InputKind.YES_NO})
    match rule:
        case Deduction():
            for item in rule.items:
                yield item.counted, frozenset({InputKind.COUNT, InputKind.YES_NO})
                yield from ((key, frozenset({InputKind.COUNT})) for key in item.amount.depends_on)
        case Confirmation():
            yield rule.input_id, yes_no
        case AllOrNothing():
            kinds = yes_no if isinstance(rule.condition, IsYes) else NUMERIC
            yield from ((key, kinds) for key in rule.input_ids)
        case JudgedShare():
            yield rule.share, frozenset({InputKind.SHARE})
            yield rule.basis, frozenset({InputKind.TEXT})
        case JudgedPoints():
            yield from ((key, frozenset({InputKind.SCORE})) for key in rule.scores)
            yield rule.basis, frozenset({InputKind.TEXT})
        case BudgetExecution():
            amounts = (*rule.bases, rule.executed)
            yield from ((key, frozenset({InputKind.AMOUNT})) for key in amounts)
            yield rule.base, frozenset({InputKind.CHOICE})
        case RatioTiers() | CappedAverage() | StepDeduction():
            yield from ((key, NUMERIC) for key in rule.input_ids)
