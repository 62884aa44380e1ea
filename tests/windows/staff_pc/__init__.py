"""A staff member's PC: Windows under Wine, no network, a Python as the installer leaves it.

What is missing for that is made here from C: the python.exe of virtual environments, which
Debian's Python does not bring.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from wine_runtime import Windows, assembled, new_windows

USER = "张 三"
# Not where installers put it, so that it must be registered; without Chinese, because Wine's cmd
# cannot read that from another program's output.
PYTHON = PureWindowsPath(r"C:\some folder\Python 3.11\python.exe")
REGISTERED = r"HKCU\Software\Python\PythonCore\3.11\InstallPath"

_SOURCES = Path(__file__).parent
_GCC = "x86_64-w64-mingw32-gcc"
_SECONDS = 1800
_OFFLINE = ("unshare", "--net", sys.executable, str(_SOURCES / "offline.py"))


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished program."""

    code: int
    said: str


class StaffPC:
    """One PC with one user. Python is there, but nobody knows of it until it is registered."""

    def __init__(self, folder: Path) -> None:
        self.windows: Windows = new_windows(assembled().bare, folder)
        self._equip()
        # A program's output ends when nobody holds it any more, and this one outlives the others.
        quiet = subprocess.DEVNULL
        self._run("wineboot", output=quiet)
        self._desktop = subprocess.Popen(
            [*_OFFLINE, "wine", "explorer", "/desktop"],
            env=self.windows.environment,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
        )

    @property
    def profile(self) -> Path:
        """The user's folder."""
        return self.windows.drive_c / "users" / USER

    def here(self, path: PureWindowsPath) -> Path:
        """Where a file on its drive C: is in this system."""
        return self.windows.drive_c.joinpath(*path.parts[1:])

    def register_python(self) -> None:
        """Do what the installer of Python does last."""
        self.run("reg", "add", REGISTERED, "/v", "ExecutablePath", "/d", str(PYTHON), "/f")

    def unregister_python(self) -> None:
        """Forget all Pythons."""
        self.run("reg", "delete", r"HKCU\Software\Python", "/f")

    def double_click(self, program: Path) -> Ran:
        """Run a .cmd as its user does."""
        return self.run("cmd", "/c", r"C:\as_user.cmd", str(self.windows.path(program)))

    def run(self, *command: str) -> Ran:
        """Run a program; what it prints is UTF-8 (Python) or in code page 936 (cmd)."""
        done = self._run(*command, output=subprocess.PIPE)
        lines = (done.stdout or b"").splitlines()
        return Ran(done.returncode, "\n".join(map(_decoded, lines)))

    def end(self) -> None:
        """Switch it off."""
        self.windows.end()
        self._desktop.wait(_SECONDS)

    def _run(self, *command: str, output: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*_OFFLINE, "wine", *command],
            env=self.windows.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )

    def _equip(self) -> None:
        drive = self.windows.drive_c
        python = self.here(PYTHON).parent
        python.parent.mkdir()
        (drive / "Python311").rename(python)
        launcher = python / "Lib" / "venv" / "scripts" / "nt" / "python.exe"
        launcher.parent.mkdir(parents=True)
        compile_c(_SOURCES / "venv_launcher.c", launcher)
        for folder in (self.profile / "AppData" / "Roaming", drive / "temp"):
            folder.mkdir(parents=True)
        # Wine starts every program with the profile of a user of its own.
        profile = rf"C:\users\{USER}"
        lines = [
            "@echo off",
            f'set "USERPROFILE={profile}"',
            rf'set "APPDATA={profile}\AppData\Roaming"',
            rf'set "LOCALAPPDATA={profile}\AppData\Local"',
            # Wine's cmd does not find its own temporary files below a folder with a space.
            r'set "TEMP=C:\temp"',
            r'set "TMP=C:\temp"',
            'call "%~1"',
            "exit /b %ERRORLEVEL%",
        ]
        (drive / "as_user.cmd").write_bytes("\r\n".join(lines).encode("gbk"))


def write_python_installer(target: Path) -> None:
    """What a PC without Python is to be given, as far as the PC can tell."""
    words = {"PYTHON_PATH": str(PYTHON), "PYTHON_KEY": REGISTERED.removeprefix("HKCU\\")}
    doubled = {name: word.replace("\\", "\\\\") for name, word in words.items()}
    defined = (f'-D{name}=L"{word}"' for name, word in doubled.items())
    compile_c(_SOURCES / "python_installer.c", target, *defined)


def compile_c(source: Path, target: Path, *options: str) -> None:
    """Compile a program for Windows."""
    strict = ("-O2", "-Wall", "-Werror", "-municode", "-s")
    command = [_GCC, *strict, str(source), "-o", str(target), *options]
    subprocess.run(command, check=True)


def linked_copy(folder: Path, target: Path) -> Path:
    """A copy of a folder without its weight; replace files in it, never write into one."""
    shutil.copytree(folder, target, copy_function=_linked)
    return target


def _linked(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gbk", "replace")
