"""How long the user waits, within one run: the machine may be busy, so the bounds are wide.

The figures themselves are printed by ``benchmarks/windows.py``.
"""

from __future__ import annotations

import pytest

from windows.client.wire import MISSING
from windows.machine import Client, Machine, Workbook

pytestmark = pytest.mark.windows

SCORE = ("JX_COMPLETION_SCORE", 81.0, 100.0, 20.0, MISSING)


def test_our_server_is_there_no_later_than_a_bare_one_and_ready(machine: Machine) -> None:
    seconds: dict[str, list[float]] = {"StockServer": [], "HostModule": []}
    first_calls = []
    for kind in [*seconds, *seconds]:
        with Client(machine, user="王 五") as client:
            client.install()
            opened = client.open("表.xlsm", kind=kind)
            seconds[kind].append(opened.connect())
            assert opened.call(*SCORE) == 16.2
            if kind == "HostModule":
                first_calls.append(opened.seconds)
    assert min(seconds["HostModule"]) <= 1.2 * min(seconds["StockServer"])
    assert min(first_calls) <= 0.1


def test_a_formula_costs_little_more_than_an_empty_call(client: Client, workbook: Workbook) -> None:
    """At best some 500 calls a second under Wine; a call of xlwings' wrappers takes 4 to 13 ms."""
    count = 100
    rounds = [
        (
            workbook.repeat(*SCORE, count=count),
            client.ask("repeat_nothing", workbook=workbook.name, count=count),
        )
        for _ in range(6)
    ]
    assert min(scoring / nothing for scoring, nothing in rounds) <= 4
    assert count / min(scoring for scoring, _ in rounds) >= 50
