"""Doing what was planned, one whole file at a time, and recording it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from jixiao.installing.errors import InstallingError
from jixiao.installing.plan import CLOSE_EXCEL, Step, content_of
from jixiao.installing.record import Record, write_record
from jixiao.ooxml import PackageError, in_chinese, open_elsewhere, save_atomically

Say = Callable[[str], None]


def refuse_if_open(paths: Sequence[Path]) -> None:
    """InstallingError where another program, Excel most likely, has one of the files open."""
    for path in paths:
        reason = (open_elsewhere(path) or _refusal(path)) if path.exists() else None
        if reason is not None:
            raise InstallingError(f"{path}：{reason}。\n{CLOSE_EXCEL}；没有改动任何文件。")


def _refusal(path: Path) -> str | None:
    """Why an existing file cannot be opened for writing; on Windows a loaded add-in cannot."""
    try:
        with path.open("r+b"):
            return None
    except PermissionError:
        return "没有写入权限，或正被打开"
    except OSError as error:
        return in_chinese(error)


def announce(steps: Sequence[Step], say: Say) -> None:
    """Say what would be done."""
    for number, step in enumerate(steps, 1):
        say(f"[{number}/{len(steps)}] {step.line}")


def carry_out(steps: Sequence[Step], record: Record, record_path: Path, say: Say) -> Record:
    """Write the files; returns what is installed now.

    At a failure the steps before it stay done and are recorded, the file it failed at is as it
    was, and InstallingError names it.
    """
    for number, step in enumerate(steps, 1):
        say(f"[{number}/{len(steps)}] {step.line}")
        try:
            if step.writes:
                record = record.with_folders(made(step.target.parent))
                _write(step)
        except PackageError as error:
            with contextlib.suppress(PackageError):
                save_record(record, record_path)
            raise InstallingError(
                f"{step.label}没有装上：{step.target}\n{error}\n"
                "这个文件还是原样；前面几步已完成，解决后再运行一次即可。"
            ) from error
        # What is ours and right already is recorded too, in case an earlier record was lost; a
        # template is not, because a person may have put it there.
        if step.writes or step.ours:
            record = record.with_file(step.target, step.content)
        record = save_record(record, record_path)
    return record


def save_record(record: Record, path: Path) -> Record:
    """Save the record if there is anything in it, also about the folder that it lies in."""
    if record.is_empty:
        return record
    record = record.with_folders(made(path.parent))
    write_record(record, path)
    return record


def _write(step: Step) -> None:
    if step.backup is not None and not step.backup.exists():
        old = content_of(step.target)
        if old is not None:
            save_atomically(old, step.backup)
    save_atomically(step.content, step.target)


def made(folder: Path) -> list[Path]:
    """Make a folder with its parents; gives those that were not there, outer ones first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InstallingError(f"文件夹“{folder}”建不了：{in_chinese(error)}") from error
    return missing[::-1]
