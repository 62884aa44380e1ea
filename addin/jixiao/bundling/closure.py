"""Which packages one wheel needs in the end, on a Windows Python of a given version.

pip cannot be asked for this from another system: whatever ``--platform`` says, it reads the
environment markers of dependencies for the interpreter that it runs in, so that on Linux it
leaves out what only Windows needs (pywin32, tzdata) without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name

from jixiao.bundling.wheel_files import Wheel

Needs = Mapping[NormalizedName, SpecifierSet]
"""Packages, each with all that is demanded of its version."""


def needed(
    roots: tuple[Requirement, ...],
    wheels: Mapping[NormalizedName, Wheel],
    environment: Mapping[str, str],
) -> Needs:
    """What the roots need, as far as the wheels at hand tell: theirs, theirs in turn, and so on."""
    needs: dict[NormalizedName, SpecifierSet] = {}
    visited: set[_Demand] = set()
    waiting = [_demand(root) for root in roots]
    for root in roots:
        _add(needs, root)
    while waiting:
        demand = waiting.pop()
        wheel = wheels.get(demand.name)
        if demand in visited or wheel is None:
            continue
        visited.add(demand)
        for requirement in _applying(wheel, demand.extras, environment):
            _add(needs, requirement)
            waiting.append(_demand(requirement))
    return needs


def unmet(needs: Needs, wheels: Mapping[NormalizedName, Wheel]) -> list[str]:
    """The requirements that no wheel at hand answers, as pip takes them."""
    return [
        f"{name}{specifier}"
        for name, specifier in sorted(needs.items())
        if name not in wheels or not specifier.contains(wheels[name].version, prereleases=True)
    ]


@dataclass(frozen=True, slots=True)
class _Demand:
    name: NormalizedName
    extras: frozenset[str]


def _demand(requirement: Requirement) -> _Demand:
    return _Demand(canonicalize_name(requirement.name), frozenset(requirement.extras))


def _add(needs: dict[NormalizedName, SpecifierSet], requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    needs[name] = needs.get(name, SpecifierSet()) & requirement.specifier


def _applying(
    wheel: Wheel, extras: frozenset[str], environment: Mapping[str, str]
) -> Iterator[Requirement]:
    for requirement in wheel.requirements:
        marker = requirement.marker
        if marker is None or any(
            marker.evaluate({**environment, "extra": extra}) for extra in (extras or {""})
        ):
            yield requirement
