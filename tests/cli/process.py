"""The command line as a process of its own, and what its messages may contain."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jixiao

_IMPORT_ROOT = Path(jixiao.__file__).parents[1]
_SECONDS = 60

# Whatever else stands in Latin letters is English that somebody forgot to translate.
_LATIN = re.compile(r"[A-Za-z]{2,}")
_CODE = re.compile(r"系统错误 E[A-Z]+")  # where there are no words, its code says what it was
_ALLOWED = frozenset(
    """jixiao python json utf xlsx xlsm xls bak toml conf excel wps xlwings id csv html ods
    new fill score explain demo rubrics rubric build help version output
    review docx adopt write mof project
    install uninstall doctor libreoffice calc dry run addin vba
    bundle windows wheel whl org exe amd
    report word docx pdf template
    batch workers scheduler dask tcp
    panyu department workbook templates""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished process: its exit code and the bytes that it printed."""

    code: int
    raw_out: bytes
    raw_err: bytes

    @property
    def out(self) -> str:
        return self.raw_out.decode("utf-8")

    @property
    def err(self) -> str:
        return self.raw_err.decode("utf-8")


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of this process, with those that would change the output set."""
    path = os.pathsep.join([str(_IMPORT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    fixed = {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
    return {**os.environ, **fixed, **(changes or {})}


def python(
    *arguments: object,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdout: int = subprocess.PIPE,
) -> Finished:
    """Run this interpreter."""
    finished = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=_SECONDS,
        check=False,
    )
    return Finished(finished.returncode, finished.stdout or b"", finished.stderr)


def spawn(*arguments: object, cwd: Path, env: Mapping[str, str] | None = None) -> Finished:
    """Run ``python -m jixiao`` with these arguments."""
    return python("-m", "jixiao", *arguments, cwd=cwd, env=env)


def english_in(message: str, *known: object) -> list[str]:
    """The words in Latin letters that are neither of the program nor among the known texts."""
    for text in sorted(map(str, known), key=len, reverse=True):
        message = message.replace(text, "")
    return [word for word in _LATIN.findall(_CODE.sub("", message)) if word.lower() not in _ALLOWED]
