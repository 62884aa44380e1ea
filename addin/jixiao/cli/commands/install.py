"""``jixiao install``: put the add-in, its settings and the template where they are used."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from jixiao.installing.carrying_out import announce, carry_out, refuse_if_open, save_record
from jixiao.installing.places import Places, places_of
from jixiao.installing.plan import plan_for_excel, plan_templates
from jixiao.installing.preconditions import refuse_unfit_python
from jixiao.installing.record import Record, digest, read_record
from jixiao.installing.system import System, this_system

_OFF_WINDOWS = """\
这台电脑不是 Windows，Excel 用的部分不装。在 Windows 上，同一条命令还会写（不需要管理员权限）：
  连接库　　　　%USERPROFILE%\\.jixiao\\jixiao-xlwings64.dll 和 jixiao-xlwings32.dll
  设置　　　　　%USERPROFILE%\\.jixiao\\jixiao.conf
  Excel 加载项　%APPDATA%\\Microsoft\\Excel\\XLSTART\\jixiao.xlam
这里只放自评表模板："""


def run(options: argparse.Namespace, system: System | None = None) -> None:
    """Plan, say every step, and do it unless this is a rehearsal."""
    system = system or this_system()
    places = places_of(system, options.templates)
    record = read_record(places.record) or Record()
    if system.is_windows:
        refuse_unfit_python(system)
    package = _calc_package(system) if options.calc else None
    steps = (
        plan_for_excel(system, places, record)
        if system.is_windows
        else plan_templates(places, record)
    )
    refuse_if_open([step.target for step in steps if step.writes])
    if options.dry_run:
        print("演练：下面只说要做什么，不写任何文件。")
    print(f"安装到：{system.home}（不需要管理员权限）" if system.is_windows else _OFF_WINDOWS)
    if options.dry_run:
        announce(steps, print)
    else:
        record = carry_out(steps, record, places.record, print)
    if package is not None:
        _extension(system, package, record, places.record, rehearsal=options.dry_run)
    if not options.dry_run:
        _say_what_next(system, places, calc=options.calc)


def _calc_package(system: System) -> bytes:
    from jixiao.installing.calc import calc_package, refuse_without_calc  # noqa: PLC0415

    refuse_without_calc(system)
    return calc_package(system)


def _extension(
    system: System, package: bytes, record: Record, record_path: Path, *, rehearsal: bool
) -> None:
    from jixiao.installing.calc import install_calc, listed_extension  # noqa: PLC0415

    if record.extension == digest(package) and listed_extension(system) is not None:
        print("LibreOffice 扩展：已是最新，不动")
        return
    print("LibreOffice 扩展：安装到当前用户名下")
    if not rehearsal:
        save_record(replace(record, extension=install_calc(package)), record_path)


def _say_what_next(system: System, places: Places, *, calc: bool) -> None:
    print()
    if system.is_windows:
        print("重新打开 Excel，功能区上会有“绩效自评”。")
    if calc:
        print("重新打开 LibreOffice；打开模板时请选“启用宏”。")
    elif not system.is_windows:
        print("要在 LibreOffice 里使用，再运行：python -m jixiao install --calc")
    print(f"自评表模板在：{places.templates}")
    print(f"有问题先运行：{_program(system, places)} doctor")


def _program(system: System, places: Places) -> str:
    """How the user calls this program; the offline kit has a command of its own."""
    if places.environment in Path(system.interpreter).parents:
        return str(places.folder / "jixiao")
    return "python -m jixiao"
