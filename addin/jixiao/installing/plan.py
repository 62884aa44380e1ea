"""What installing would write, worked out before anything is written.

Two kinds of files: the program's own (settings, DLLs, add-in) stand under fixed names and are
brought up to date; a template goes to the user, and a file that a person may have filled in is
never replaced: the new one gets a number.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from jixiao.installing.connection import connection_dlls
from jixiao.installing.errors import InstallingError
from jixiao.installing.places import Places
from jixiao.installing.record import Record
from jixiao.installing.shipped import ADDIN, shipped_file, shipped_templates
from jixiao.installing.system import System
from jixiao.ooxml import PackageError, in_chinese
from jixiao.settings import rendered_settings

CLOSE_EXCEL = "请关闭所有 Excel 窗口，再运行一次"
"""What to do where a file is in use."""


class Action(Enum):
    """What a step does, in words for the user."""

    NEW = "新装"
    UPDATE = "更新"
    SAME = "已是最新，不动"
    BESIDE = "同名文件您已改过，保留不动；新的另存"


@dataclass(frozen=True, slots=True)
class Step:
    """One file to write. ``backup`` takes what stands at the target if we did not write it."""

    label: str
    target: Path
    content: bytes
    action: Action
    backup: Path | None = None
    ours: bool = True  # one of the program's own files

    @property
    def writes(self) -> bool:
        """Whether anything changes."""
        return self.action is not Action.SAME

    @property
    def line(self) -> str:
        """What happens, and where."""
        kept = f"（原有的不是本程序写的，备份为 {self.backup}）" if self.backup else ""
        return f"{self.label}：{self.action.value}　{self.target}{kept}"


def plan_for_excel(
    system: System, places: Places, record: Record, top: Path | None = None
) -> tuple[Step, ...]:
    """All steps on Windows. The add-in is last: when Excel finds it, the rest is in place.

    InstallingError names everything that is missing, not only the first.
    """
    faults: list[str] = []
    contents: list[tuple[str, Path, bytes]] = []
    for label, target, content in _program_files(system, places, top):
        if isinstance(content, bytes):
            contents.append((label, target, content))
        else:
            faults.append(str(content))
    templates: tuple[Step, ...] = ()
    try:
        templates = plan_templates(places, record, top)
    except InstallingError as error:
        faults.append(str(error))
    if faults:
        raise InstallingError("\n".join(faults))
    *first, addin = [_program_step(*file, places, record) for file in contents]
    return (*first, *templates, addin)


def _program_files(
    system: System, places: Places, top: Path | None
) -> Iterator[tuple[str, Path, bytes | PackageError]]:
    """The program's own files: label, where, and the content or why there is none."""
    for dll in connection_dlls(system):
        target = places.folder / dll.copy_name
        if dll.source is None:
            missing = (
                f"没有找到 xlwings 的{dll.label}，请运行 python -m pip install --force-reinstall"
            )
            yield dll.label, target, InstallingError(f"{missing} xlwings")
        else:
            yield dll.label, target, required_content(dll.source)
    try:
        settings = rendered_settings(system.interpreter, places.folder, system.ansi)
        yield "设置", places.settings, settings
    except PackageError as error:
        yield "设置", places.settings, error
    try:
        yield "Excel 加载项", places.addin, required_content(shipped_file(ADDIN, top))
    except InstallingError as error:
        yield "Excel 加载项", places.addin, error


def plan_templates(places: Places, record: Record, top: Path | None = None) -> tuple[Step, ...]:
    """One step for each template; this part makes sense on every system."""
    return tuple(
        _template_step(places.templates / source.name, required_content(source), record)
        for source in shipped_templates(top)
    )


def _program_step(label: str, target: Path, content: bytes, places: Places, record: Record) -> Step:
    old = content_of(target)
    if old is None:
        return Step(label, target, content, Action.NEW)
    if old == content:
        return Step(label, target, content, Action.SAME)
    backup = None if record.wrote(target, old) else _backup(places.folder / target.name, old)
    return Step(label, target, content, Action.UPDATE, backup)


def _backup(path: Path, old: bytes) -> Path:
    """A free name in our own folder; Excel would open whatever lies beside the add-in."""
    names = itertools.chain([".bak"], (f".bak{number}" for number in itertools.count(2)))
    candidates = (path.with_name(path.name + suffix) for suffix in names)
    return next(item for item in candidates if content_of(item) in (None, old))


def _template_step(wanted: Path, content: bytes, record: Record) -> Step:
    label = "自评表模板"
    names = itertools.chain([wanted.stem], (f"{wanted.stem}({n})" for n in itertools.count(2)))
    for name in names:
        target = wanted.with_name(name + wanted.suffix)
        old = content_of(target)
        if old is None:
            action = Action.NEW if target == wanted else Action.BESIDE
            return Step(label, target, content, action, ours=False)
        if old == content:
            return Step(label, target, content, Action.SAME, ours=False)
        if record.wrote(target, old):
            return Step(label, target, content, Action.UPDATE, ours=False)
    raise AssertionError("the names do not end")


def required_content(path: Path) -> bytes:
    """The bytes of a file that must be there; InstallingError if it cannot be read."""
    content = content_of(path)
    if content is None:
        raise InstallingError(f"“{path}”读不了：不是文件")
    return content


def content_of(path: Path) -> bytes | None:
    """The bytes of a file, None where there is no file; InstallingError if it cannot be read."""
    try:
        return path.read_bytes() if path.exists() else None
    except PermissionError as error:
        raise InstallingError(f"“{path}”读不了：没有权限，或正被打开。{CLOSE_EXCEL}") from error
    except OSError as error:
        raise InstallingError(f"“{path}”读不了：{in_chinese(error)}") from error
