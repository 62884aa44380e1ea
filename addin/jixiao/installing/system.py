"""The machine as the installer sees it; tests describe another one."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from jixiao.installing import windows
from jixiao.settings import ansi_encoding

_SECONDS = 60


class Ran(NamedTuple):
    """A finished program: its exit code and all that it printed."""

    code: int
    output: str


class Distribution(NamedTuple):
    """An installed Python package."""

    version: str
    files: tuple[Path, ...]


def installed_distribution(name: str) -> Distribution | None:
    """What pip installed under this name into this interpreter; None if it did not."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    files = (Path(str(file.locate())).resolve() for file in found.files or ())
    return Distribution(found.version, tuple(files))


def import_fault(module: str) -> str | None:
    """Why a module cannot be imported, as Python says it; None if it can."""
    try:
        importlib.import_module(module)
    except Exception as error:  # a broken package may raise anything
        return f"{type(error).__name__}: {error}"
    return None


def run_program(command: Sequence[str]) -> Ran:
    """Run a program without a window and without input; its failure is in the result."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Ran(-1, str(error))
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class System:
    """One machine and one user. The callables look at this machine unless they are replaced."""

    platform: str
    environment: Mapping[str, str]
    home: Path
    interpreter: str
    version: tuple[int, int, int]
    bits: int
    ansi: str
    prefixes: tuple[Path, ...] = ()
    package_paths: tuple[Path, ...] = ()
    is_root: bool = False
    registry: Callable[[str, str], str | int | None] = windows.registry_value
    zone: Callable[[Path], str | None] = windows.zone_identifier
    distribution: Callable[[str], Distribution | None] = installed_distribution
    import_fault: Callable[[str], str | None] = import_fault
    run: Callable[[Sequence[str]], Ran] = run_program
    which: Callable[[str], str | None] = shutil.which

    @property
    def is_windows(self) -> bool:
        """Whether Excel can be driven here."""
        return self.platform == "win32"


def this_system() -> System:
    """The machine that this runs on."""
    executable = Path(sys.executable)
    if executable.name.lower() == "pythonw.exe":  # the server needs the one with a console
        executable = executable.with_name("python.exe")
    profile = os.environ.get("USERPROFILE") if sys.platform == "win32" else None
    return System(
        platform=sys.platform,
        environment=os.environ,
        home=Path(profile) if profile else Path.home(),
        interpreter=str(executable),
        version=sys.version_info[:3],
        bits=64 if sys.maxsize > 2**32 else 32,
        ansi=ansi_encoding(),
        prefixes=(Path(sys.prefix), Path(sys.base_prefix), Path(sysconfig.get_path("data"))),
        package_paths=_package_paths(),
        is_root=sys.platform != "win32" and os.geteuid() == 0,
    )


def _package_paths() -> tuple[Path, ...]:
    """The folder that holds this package, then those that hold what pip installed."""
    own = Path(__file__).resolve().parents[2]
    installed = (Path(entry) for entry in sys.path if entry)
    others = (path for path in installed if path.name in {"site-packages", "dist-packages"})
    return tuple(dict.fromkeys([own, *others]))
