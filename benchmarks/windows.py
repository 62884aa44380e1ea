"""Measures Excel's way to Python on Windows, all in one run: ``python benchmarks/windows.py``.

On Windows it runs natively, on Linux under Wine (which `tests/windows/runtime` assembles). Excel
itself takes no part: a client of the tests stands in for it. Times drift between runs and machines;
the ratios within one run are what counts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "windows" / "runtime")]

from windows.client.wire import MISSING, Range  # noqa: E402
from windows.machine import (  # noqa: E402
    Client,
    Machine,
    NativeMachine,
    WineMachine,
    missing_reason,
)

TRIALS = 3
CALLS = 1000
SCORE = ("JX_COMPLETION_SCORE", 81.0, 100.0, 20.0, MISSING)
ROW = ["产出", None, None, "走访企业", "≥", 100.0, "家", 81.0, *[None] * 10]
IMPORT = "import time;t=time.perf_counter();{};print(time.perf_counter()-t)"
WITHOUT = "import sys;sys.modules.update(dict.fromkeys(('pandas','numpy')));import xlwings"


def main() -> None:
    reason = missing_reason()
    if reason:
        sys.exit(reason)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if sys.platform == "win32":
            measure(NativeMachine(Path(folder)))
        else:
            machine = WineMachine(Path(folder) / "windows")
            try:
                measure(machine)
            finally:
                machine.windows.end()


def measure(machine: Machine) -> None:
    with Client(machine) as client:
        client.install()
        imports(client)
        starts(machine)
        calls(client)


def imports(client: Client) -> None:
    """xlwings' import alone, and what of it is pandas and numpy."""
    whole, part = (
        statistics.median(imported(client, statement) for _ in range(TRIALS))
        for statement in ("import xlwings", WITHOUT)
    )
    report("import xlwings", whole * 1000, "ms")
    report("import xlwings without pandas and numpy", part * 1000, "ms", f"{part / whole:.2f} ×")


def imported(client: Client, statement: str) -> float:
    ran = client.ask("run_python", arguments=["-c", IMPORT.format(statement)])
    return float(ran["out"])


def starts(machine: Machine) -> None:
    """From nothing to a server, and the first formula on it; each in an Excel of its own."""
    kinds = ("StockServer", "HostModule")
    trials = [[started(machine, kind) for kind in kinds] for _ in range(TRIALS)]
    stock, ours = (
        statistics.median(pair[0] for pair in times) for times in zip(*trials, strict=True)
    )
    report("activation, bare xlwings server", stock * 1000, "ms")
    report("activation, our server", ours * 1000, "ms", f"{ours / stock:.2f} × (limit 1.2)")
    stock, ours = (
        statistics.median(pair[1] for pair in times) for times in zip(*trials, strict=True)
    )
    report("first formula, bare xlwings server", stock * 1000, "ms")
    report("first formula, our server", ours * 1000, "ms", "limit 100 ms")


def started(machine: Machine, kind: str) -> tuple[float, float]:
    with Client(machine) as client:
        opened = client.open("表.xlsm", kind=kind)
        activation = opened.connect()
        opened.call(*SCORE)
        return activation, opened.seconds


def calls(client: Client) -> None:
    """Formulas on a server that runs, through a kept object and as xlwings' wrappers ask for it."""
    kept = client.open("表.xlsm")
    stock = client.open("另一本.xlsm", kind="StockCalls")
    for warm in (kept, stock):
        warm.repeat(*SCORE, count=100)
    ours = min(kept.repeat(*SCORE, count=CALLS) for _ in range(3))
    theirs = min(stock.repeat(*SCORE, count=CALLS) for _ in range(3))
    empty = min(client.ask("repeat_nothing", workbook=kept.name, count=CALLS) for _ in range(3))
    report("an empty call", CALLS / empty, "a second")
    report("JX_COMPLETION_SCORE", CALLS / ours, "a second", "limit 500 under Wine")
    report(
        "the same, the DLL asked each time", CALLS / theirs, "a second", f"{theirs / ours:.2f} ×"
    )
    kept.call("JX_COMPLETION_TABLE", rest=(Range([ROW] * 30),))
    report("JX_COMPLETION_TABLE, first call (pandas)", kept.seconds * 1000, "ms")
    kept.call("JX_COMPLETION_TABLE", rest=(Range([ROW] * 30),))
    report("JX_COMPLETION_TABLE, 30 rows", kept.seconds * 1000, "ms")
    usage = client.ask("usage", process=kept.server)
    report("the server's memory", usage["committed"] / 1e6, "MB")


def report(label: str, figure: float, unit: str, note: str = "") -> None:
    print(f"{label:<44}{figure:>9.1f} {unit:<9}{note}", flush=True)


if __name__ == "__main__":
    main()
