#!/usr/bin/env python3
"""Assembles a Windows with Python under Wine, from Debian's packages and PyPI's, in two minutes.

    python tests/windows/runtime/wine_runtime.py               assemble, if not yet done; say where
    python tests/windows/runtime/wine_runtime.py --into DIR    besides, a fresh Windows in DIR
    python tests/windows/runtime/wine_runtime.py --debian      the Debian packages that it needs

What is assembled lies in ``$XDG_CACHE_HOME/jixiao-windows-runtime``, by the hash of everything
it is made of; a cache that may be deleted whenever no test runs. In it stand two Windows, which
are never run themselves but copied (by hard links, in a second): ``bare`` has ``C:\\Python311``
with pip and nothing else, ``equipped`` has all that jixiao needs besides. For a test::

    runtime = assembled()
    windows = new_windows(runtime.bare, tmp_path / "windows")
    windows.run(PYTHON, "-m", "pip", "--version")
    windows.end()

The interpreter is python.org's python311.dll, which the wheel of panda3d carries with its
extension modules; the library in Python is Debian's of the same minor version; python.exe is
three lines of C. PyPI's files are pinned in ``windows_packages.txt`` by version and hash. Debian's
are checked by apt; their exact versions are part of the cache's name, and Wine's is asked for
below. The code page is 936, as on a Chinese Windows. Needs no administrator rights, no display.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from system_libraries import write_system_libraries

DEBIAN_PACKAGES = (
    "wine64",
    "wine",
    "gcc-mingw-w64-x86-64-win32",
    "libpython3.11-stdlib",
    "python3.11-minimal",
    "locales",
)
WINE_VERSION = "wine-8.0"
PYTHON = r"C:\Python311\python.exe"

_HERE = Path(__file__).resolve().parent
_PACKAGES = _HERE / "windows_packages.txt"
_PYTHON_SOURCE = _HERE / "python.c"
_LIBRARY = Path("/usr/lib/python3.11")
_NOT_FOR_WINDOWS = ("lib-dynload", "config-*", "_sysconfigdata*", "dist-packages")
_NOT_NEEDED = ("test", "ensurepip", "idlelib", "lib2to3", "tkinter", "turtledemo", "__pycache__")
_DEBIAN_ALONE = ("EXTERNALLY-MANAGED",)
_FOLDER = "Python311"
_LOCALE = "zh_CN.UTF-8"
_GCC = "x86_64-w64-mingw32-gcc"
_SECONDS = 300


class RuntimeMissingError(Exception):
    """Why there is no Windows to be had here, and what to do."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What is assembled. Both are to be copied by `new_windows`, not to be run."""

    bare: Path
    equipped: Path


@dataclass(frozen=True, slots=True)
class Windows:
    """One Windows under Wine, with a registry, a user and processes of its own."""

    prefix: Path

    @property
    def drive_c(self) -> Path:
        """Its drive C: as a folder here."""
        return self.prefix / "drive_c"

    @property
    def environment(self) -> dict[str, str]:
        """What its programs are started with: no more of this system's than they need."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.prefix),
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No .NET, no browser, no entries in this desktop's menus.
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "LC_ALL": _LOCALE,
            "LOCPATH": str(self.prefix / "locale"),
        }

    def path(self, path: Path) -> PureWindowsPath:
        """How its programs call a file or folder of this system."""
        absolute = path.absolute()
        if absolute.is_relative_to(self.drive_c):
            return PureWindowsPath("C:\\", *absolute.relative_to(self.drive_c).parts)
        return PureWindowsPath("Z:\\", *absolute.parts[1:])

    def run(
        self, *command: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it prints is taken for UTF-8.

        Output goes to pipes: into a file, Windows' Python under Wine writes nothing.
        """
        return subprocess.run(
            ["wine", *command],
            env={**self.environment, "PYTHONIOENCODING": "utf-8", **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )

    def end(self) -> None:
        """End all its programs, and only its."""
        for order in ("-k", "-w"):
            subprocess.run(
                ["wineserver", order],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )


def assembled() -> Runtime:
    """The runtime, assembled first if need be; RuntimeMissingError where that cannot be."""
    _require_tools()
    folder = _cache() / _key()
    if not folder.exists():
        with _alone(folder.with_suffix(".lock")):
            if not folder.exists():  # another process may have been at it
                _assemble(folder)
    return Runtime(folder / "bare", folder / "equipped")


def new_windows(template: Path, prefix: Path) -> Windows:
    """A copy of ``bare`` or ``equipped`` in a folder that is not there yet.

    Programs and libraries are hard links where the file system allows: never write into one.
    """
    prefix.mkdir(parents=True)
    for source in template.iterdir():
        if source.is_dir():
            copied: Callable[[str, str], object] = _linked
            shutil.copytree(source, prefix / source.name, symlinks=True, copy_function=copied)
        else:  # the registry, which Wine writes
            shutil.copy2(source, prefix / source.name)
    return Windows(prefix.absolute())


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _require_tools() -> None:
    needed = {
        "wine": shutil.which("wine"),
        "wineserver": shutil.which("wineserver"),
        _GCC: shutil.which(_GCC),
        "python3.11": shutil.which("python3.11", path="/usr/bin"),
        str(_LIBRARY / "json"): (_LIBRARY / "json").is_dir(),
        "/usr/share/i18n/locales/zh_CN": Path("/usr/share/i18n/locales/zh_CN").exists(),
    }
    missing = [name for name, found in needed.items() if not found]
    if missing:
        raise RuntimeMissingError(
            f"not found: {', '.join(missing)}; on Debian 12: "
            f"apt-get install --no-install-recommends {' '.join(DEBIAN_PACKAGES)}"
        )
    version = _ran(["wine", "--version"], env={**os.environ, "WINEDEBUG": "-all"}).split()[0]
    if version != WINE_VERSION:
        raise RuntimeMissingError(f"this is made for {WINE_VERSION} (Debian 12), found {version}")


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "jixiao-windows-runtime"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _key() -> str:
    """Everything that the runtime is made of, as a name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in _HERE.iterdir() if path.is_file()):
        digest.update(path.name.encode() + path.read_bytes())
    show = "-f=${Package} ${Version}\n"
    digest.update(_ran(["dpkg-query", "-W", show, "libwine", *DEBIAN_PACKAGES]).encode())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nobody else assembles meanwhile; the system lifts the lock of a process that dies."""
    import fcntl  # noqa: PLC0415  # not on Windows, where the tests import this module too

    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _assemble(folder: Path) -> None:
    """Build beside and move into place, so that what is there is whole."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="assembling-") as scratch:
        work, parts = Path(scratch), Path(scratch) / "runtime"
        wheels = _downloaded(work / "wheels")
        bare = Windows(parts / "bare")
        _start_windows(bare)
        try:
            write_system_libraries(bare.drive_c / "windows" / "system32", work)
            _write_python(bare.drive_c / _FOLDER, wheels, work)
            _use_our_c_library(bare)
        finally:
            bare.end()
        equipped = new_windows(bare.prefix, parts / "equipped")
        try:
            _install(equipped, wheels)
        finally:
            equipped.end()
        for windows in (bare, equipped):
            _compile(windows.drive_c / _FOLDER)
        parts.rename(folder)


def _downloaded(folder: Path) -> Path:
    """All wheels, each checked against its hash."""
    target = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    only = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    _ran([*pip, *target, *only, "-r", str(_PACKAGES), "-d", str(folder)])
    return folder


def _start_windows(windows: Windows) -> None:
    """A fresh Windows 10 whose user's folders are folders of its own, not links to this home."""
    locale = windows.prefix / "locale" / _LOCALE
    locale.parent.mkdir(parents=True)
    _ran(["localedef", "-i", "zh_CN", "-f", "UTF-8", str(locale)])
    for command in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
        done = windows.run(*command)
        if done.returncode:
            raise RuntimeMissingError(f"wine {' '.join(command)}: {done.stderr.strip()}")
    for link in windows.drive_c.glob("users/**/*"):
        if link.is_symlink():
            link.unlink()
            link.mkdir()


def _write_python(folder: Path, wheels: Path, work: Path) -> None:
    left_out = shutil.ignore_patterns(*_NOT_FOR_WINDOWS, *_NOT_NEEDED, *_DEBIAN_ALONE)
    shutil.copytree(_LIBRARY, folder / "Lib", ignore=left_out)
    modules = folder / "DLLs"
    modules.mkdir()
    (panda3d,) = wheels.glob("panda3d-*.whl")
    with zipfile.ZipFile(panda3d) as wheel:
        for member in wheel.namelist():
            place, _, name = member.rpartition("/")
            if place != "deploy_libs" or name.startswith("api-ms-win-"):
                continue
            beside = name in ("python311.dll", "VCRUNTIME140.dll")
            target = folder / name.lower() if beside else modules / name
            target.write_bytes(wheel.read(member))
    _write_python_exe(folder / "python.exe", work)
    (pip,) = wheels.glob("pip-*.whl")
    with zipfile.ZipFile(pip) as wheel:
        wheel.extractall(folder / "Lib" / "site-packages")


def _write_python_exe(path: Path, work: Path) -> None:
    names, library = work / "python311.def", work / "libpython311.a"
    names.write_text("LIBRARY python311.dll\nEXPORTS\nPy_Main\n", "ascii")
    _ran(["x86_64-w64-mingw32-dlltool", "-d", str(names), "-l", str(library)])
    _ran([_GCC, "-O2", "-municode", "-s", str(_PYTHON_SOURCE), "-o", str(path), str(library)])


def _use_our_c_library(windows: Windows) -> None:
    key = r"HKCU\Software\Wine\DllOverrides"
    done = windows.run("reg", "add", key, "/v", "ucrtbase", "/d", "native,builtin", "/f")
    if done.returncode:
        raise RuntimeMissingError(f"wine reg add: {done.stderr.strip()}")


def _install(windows: Windows, wheels: Path) -> None:
    """All packages, by pip as it runs on Windows."""
    needed = [
        str(windows.path(wheel))
        for wheel in sorted(wheels.glob("*.whl"))
        if not wheel.name.startswith(("panda3d-", "pip-"))
    ]
    pip = ("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile")
    done = windows.run(PYTHON, *pip, *needed)
    if done.returncode:
        raise RuntimeMissingError(f"pip install under Wine: {done.stderr.strip()}")


def _compile(folder: Path) -> None:
    """As pip and the installer do on Windows; Debian's Python of the same version is quicker."""
    compiling = ["-m", "compileall", "-q", "-d", f"C:\\{_FOLDER}", str(folder / "Lib")]
    # A few modules of Debian's library are templates of Python 2.
    subprocess.run(["/usr/bin/python3.11", *compiling], capture_output=True, check=False)


def _ran(command: list[str], env: Mapping[str, str] | None = None) -> str:
    try:
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=_SECONDS, check=True
        )
    except subprocess.CalledProcessError as error:
        raise RuntimeMissingError(f"{' '.join(command)}: {error.stderr.strip()}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeMissingError(f"{' '.join(command)}: {error}") from error
    return done.stdout


def main() -> int:
    """The command line; 1 where there is no Windows to be had."""
    parser = argparse.ArgumentParser(description="Assembles a Windows with Python under Wine.")
    parser.add_argument("--into", type=Path, metavar="DIR", help="a fresh, equipped one in DIR")
    parser.add_argument("--debian", action="store_true", help="print the Debian packages needed")
    asked = parser.parse_args()
    if asked.debian:
        print(*DEBIAN_PACKAGES)
        return 0
    try:
        runtime = assembled()
        print(runtime.bare.parent)
        if asked.into is not None:
            windows = new_windows(runtime.equipped, asked.into)
            print(*(f"{name}={value!r}" for name, value in windows.environment.items()), "wine …")
    except (RuntimeMissingError, OSError) as error:
        print(f"wine_runtime: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
