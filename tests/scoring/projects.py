"""The project standards, their inputs in short, and rows of 指标表."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from jixiao.scoring import (
    CompanionRow,
    Indicator,
    Rubric,
    Score,
    Subject,
    Value,
    parse_rubric,
    score_indicator,
    shipped_rubric,
    shipped_rubrics,
)

D = Decimal
PROJECT = shipped_rubric("mof-project")
PROJECT_RUBRICS = tuple(
    name for name in shipped_rubrics() if shipped_rubric(name).subject is Subject.PROJECT
)
EXECUTION = PROJECT.indicators[0]

Inputs = dict[str, Value | tuple[Value, ...]]


@cache
def text_of(rubric_id: str) -> str:
    return (resources.files("jixiao") / "rubrics" / f"{rubric_id}.toml").read_text("utf-8")


def edited(*edits: tuple[str, str], rubric_id: str = "mof-project") -> Rubric:
    """The shipped standard with each passage replaced, once."""
    text = text_of(rubric_id)
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return parse_rubric(text, "mine.toml")


def weighed(rubric_id: str, points: Mapping[str, int]) -> Rubric:
    """The shipped standard with other points for some blocks."""
    rubric = shipped_rubric(rubric_id)
    edits = []
    for block, given in points.items():
        row = next(row for row in rubric.indicators if row.id == block)
        name = f'name = "{row.name}"\npoints = '
        edits.append((f"{name}{row.points}", f"{name}{given}"))
    return edited(*edits, rubric_id=rubric_id)


def money(**columns: Value | tuple[Value, ...]) -> Inputs:
    """Amounts by column; a single one stands in the cell of the first source."""
    found: Inputs = {}
    for key, value in columns.items():
        is_amount = key != "rate_base" and not isinstance(value, tuple)
        found[key] = (value, None, None) if is_amount else value
    return found


def execution(values: Inputs, points: Decimal | int = 10) -> Score:
    """The score of 预算执行率 out of so many points."""
    return score_indicator(PROJECT, EXECUTION._replace(points=D(points)), values)


def project_row(**cells: Any) -> CompanionRow:
    """A met row of 产出, with ``cells`` in place of its own; ints become decimals."""
    usual: dict[str, Any] = {"kind": "产出", "name": "走访次数", "target": 100, "actual": 100}
    given = usual | cells
    return CompanionRow(
        **{
            key: D(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for key, value in given.items()
        }
    )


def block(rubric: Rubric, block_id: str) -> Indicator:
    return next(row for row in rubric.indicators if row.id == block_id)
