"""What must be right before anything is written on Windows."""

from __future__ import annotations

from jixiao.installing.checks import interpreter
from jixiao.installing.checks.finding import Inspection, Verdict
from jixiao.installing.errors import InstallingError
from jixiao.installing.places import places_of
from jixiao.installing.record import Record
from jixiao.installing.system import System

_CHECKS = (interpreter.version, interpreter.bits, interpreter.store, interpreter.package)


def refuse_unfit_python(system: System) -> None:
    """InstallingError, with all reasons, for a Python that Excel could not use afterwards.

    Store Python in particular would seem to install: Windows keeps what it writes to AppData in
    a place of its own, where Excel does not look.
    """
    inspection = Inspection(system, places_of(system), Record(), None)
    found = [look(inspection) for look in _CHECKS]
    faults = [item for item in found if item.verdict is Verdict.ERROR]
    if faults:
        lines = (f"{item.title}：{item.found}。{item.advice}" for item in faults)
        raise InstallingError("\n".join(("没有安装，没有写任何文件：", *lines)))
