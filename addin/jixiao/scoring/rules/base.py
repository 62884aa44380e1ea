"""What every shape of rule offers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, Protocol

from jixiao.scoring.inputs import InputKind, Inputs
from jixiao.scoring.numbers import grouped, plain
from jixiao.scoring.provenance import Source
from jixiao.scoring.score import Outcome


class Fact(NamedTuple):
    """One number of a rule in Chinese words, with where it comes from."""

    words: str
    source: Source


class Rule(Protocol):
    """A shape of rule with its numbers."""

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The inputs it reads, in the order in which they are asked for."""
        ...

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Its numbers in words, each with its provenance."""
        ...

    @property
    def may_need_judgement(self) -> bool:
        """Whether some inputs lead to a row that only a person can score."""
        ...

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Score checked inputs out of ``points``; not rounded."""
        ...


def figure(inputs: Inputs, input_id: str) -> str:
    """A number as a step prints it: amounts grouped with two decimals, the rest plainly."""
    value = inputs.number(input_id)
    is_amount = inputs.specs[input_id].kind is InputKind.AMOUNT
    return grouped(value) if is_amount else plain(value)


def counted(inputs: Inputs, input_id: str) -> str:
    """A number with its label and unit: 未开展评估的项目数2个."""
    unit = inputs.specs[input_id].unit
    return f"{inputs.label(input_id)}{figure(inputs, input_id)}{unit}"
