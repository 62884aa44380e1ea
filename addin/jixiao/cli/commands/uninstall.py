"""``jixiao uninstall``: remove what ``jixiao install`` wrote, and nothing else."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from jixiao.installing.carrying_out import refuse_if_open
from jixiao.installing.places import Places, places_of
from jixiao.installing.record import Record, read_record, write_record
from jixiao.installing.removal import Fate, carry_out_removal, plan_removal, remove_record
from jixiao.installing.system import System, this_system


def run(options: argparse.Namespace, system: System | None = None) -> None:
    """Say what goes and what stays, and do it unless this is a rehearsal."""
    system = system or this_system()
    places = places_of(system)
    path = places.record
    record = read_record(path)
    if record is None:
        print(f"没有安装记录（{path}），没有什么可卸载。")
        return
    removals = plan_removal(record)
    refuse_if_open([item.path for item in removals if item.fate is Fate.REMOVED])
    if options.dry_run:
        print("演练：下面只说要做什么，不删任何文件。")
        for item in removals:
            print(item.line)
        if record.extension is not None:
            print("移除 LibreOffice 扩展")
    else:
        record = carry_out_removal(removals, record, path, print)
        if record.extension is not None:
            # Asked before the rest is forgotten: LibreOffice may refuse.
            write_record(record, path)
            record = _without_extension(system, record)
        remove_record(record, path, print)
    print(f"您的自评表都没有动。{_about_the_program(system, places)}")


def _about_the_program(system: System, places: Places) -> str:
    if places.environment in Path(system.interpreter).parents:
        return f"程序本身在 {places.environment}，由 uninstall.cmd 删除，也可以自己删掉。"
    return "jixiao 本身用 python -m pip uninstall jixiao 卸载。"


def _without_extension(system: System, record: Record) -> Record:
    from jixiao.installing.calc import (  # noqa: PLC0415
        listed_extension,
        refuse_without_calc,
        remove_calc,
    )

    if not system.is_root and system.which("unopkg") is None:
        print("LibreOffice 已经不在，它的扩展不用移除")
        return replace(record, extension=None)
    refuse_without_calc(system)
    if listed_extension(system) is not None:
        print("移除 LibreOffice 扩展")
        remove_calc(system)
    return replace(record, extension=None)
