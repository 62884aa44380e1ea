"""The list of checks, and running them so that a broken one does not stop the others."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from jixiao.installing.checks import (
    connection,
    files,
    interpreter,
    libreoffice,
    office,
    profile,
    settings_file,
)
from jixiao.installing.checks.finding import Finding, Inspection, Topic
from jixiao.installing.errors import InstallingError
from jixiao.installing.places import places_of
from jixiao.installing.record import Record, read_record
from jixiao.installing.shipped import shipped_top
from jixiao.installing.system import System
from jixiao.ooxml import in_chinese


class Where(Enum):
    """On which system a check can look; the value says why not on the others."""

    ANYWHERE = ""
    WINDOWS = "只在 Windows 上检查（Excel 用）"
    LINUX = "只在 Linux 上检查（LibreOffice 用）"


class Check(NamedTuple):
    """One check."""

    topic: Topic
    where: Where
    look: Callable[[Inspection], Finding]


CHECKS = (
    Check(interpreter.VERSION, Where.ANYWHERE, interpreter.version),
    Check(interpreter.BITS, Where.ANYWHERE, interpreter.bits),
    Check(interpreter.STORE, Where.WINDOWS, interpreter.store),
    Check(interpreter.PACKAGE, Where.WINDOWS, interpreter.package),
    Check(interpreter.LIBRARIES, Where.ANYWHERE, interpreter.libraries),
    Check(interpreter.PANDAS, Where.ANYWHERE, interpreter.pandas),
    Check(profile.PATHS, Where.WINDOWS, profile.paths),
    Check(profile.CACHE, Where.WINDOWS, profile.cache),
    Check(connection.XLWINGS, Where.WINDOWS, connection.xlwings),
    Check(connection.SOURCES, Where.WINDOWS, connection.sources),
    Check(connection.COPIES, Where.WINDOWS, connection.copies),
    Check(settings_file.SETTINGS, Where.WINDOWS, settings_file.settings),
    Check(settings_file.INTERPRETER, Where.WINDOWS, settings_file.interpreter),
    Check(settings_file.DLL_FOLDER, Where.WINDOWS, settings_file.dll_folder),
    Check(files.ADDIN, Where.WINDOWS, files.addin),
    Check(files.MARK, Where.WINDOWS, files.mark),
    Check(office.EXCEL, Where.WINDOWS, office.excel),
    Check(office.MACROS, Where.WINDOWS, office.macros),
    Check(office.INTERNET, Where.WINDOWS, office.internet),
    Check(office.TRUSTED, Where.WINDOWS, office.trusted),
    Check(libreoffice.LIBREOFFICE, Where.LINUX, libreoffice.libreoffice),
    Check(libreoffice.EXTENSION, Where.LINUX, libreoffice.extension),
    Check(libreoffice.UNO_PYTHON, Where.LINUX, libreoffice.uno_python),
)

RECORD = Topic("record", "安装记录")


def examine(system: System, top: Path | None = None) -> tuple[Finding, ...]:
    """Everything that can be looked at on this system; ``top`` holds what is shipped."""
    places = places_of(system)
    try:
        record, about = read_record(places.record) or Record(), None
    except InstallingError as error:
        record, about = Record(), RECORD.note(str(error), "卸载要靠它；重新安装会写一份新的")
    if top is None:
        try:
            top = shipped_top()
        except InstallingError:
            top = None  # the checks that need it say so
    inspection = Inspection(system, places, record, top)
    findings = tuple(_looked(check, inspection) for check in CHECKS)
    return findings if about is None else (*findings, about)


def _looked(check: Check, inspection: Inspection) -> Finding:
    is_here = {
        Where.ANYWHERE: True,
        Where.WINDOWS: inspection.system.is_windows,
        Where.LINUX: inspection.system.platform.startswith("linux"),
    }
    if not is_here[check.where]:
        return check.topic.unchecked(check.where.value)
    try:
        return check.look(inspection)
    except InstallingError as error:
        return check.topic.error(str(error), "请重新安装 jixiao（pip install）")
    except OSError as error:
        return check.topic.unchecked(f"读不了 {error.filename or ''}：{in_chinese(error)}")
    except Exception as error:  # what is broken here must not hide what is broken elsewhere
        return check.topic.unchecked(f"检查时出错（{type(error).__name__}：{error}）")
