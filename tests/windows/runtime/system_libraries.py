"""System libraries that Wine 8 lacks or has without a body, for Windows' builds of our packages.

ucrtbase.dll: numpy calls complex functions when it is imported, which Wine's own exports without
a body. Ours takes its place in system32: it has the complex functions of MinGW and passes every
other name on to a copy of Wine's own. bcryptprimitives.dll: python-calamine (in Rust) needs it.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_COMPILER = "x86_64-w64-mingw32-gcc"
_RANDOM = Path(__file__).with_name("bcryptprimitives.c")
_WINES_OWN = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll")
_COPY = "ucrtwine"
# By this mark Wine knows its own libraries, and loads them by their original name.
_MARK, _NO_MARK = b"Wine builtin DLL", b"Wine copied DLL\0"
_COMPLEX = re.compile(
    r"(c(?:real|imag|abs|arg|onj|proj|exp|log|pow|sqrt|a?sinh?|a?tanh?|acosh?|cosh?))([fl]?)"
)


def write_system_libraries(system32: Path, work: Path) -> None:
    """Put the libraries into a Windows' system32; ``work`` takes what is in between."""
    _write_c_library(system32, work)
    linking = ("-shared", "-O2", "-s", "-o", system32 / "bcryptprimitives.dll")
    subprocess.run([_COMPILER, *linking, _RANDOM, "-ladvapi32"], check=True)


def _write_c_library(system32: Path, work: Path) -> None:
    (system32 / f"{_COPY}.dll").write_bytes(_WINES_OWN.read_bytes().replace(_MARK, _NO_MARK, 1))
    names, empty = work / "ucrtbase.def", work / "ucrtbase.c"
    exports = "\n".join(map(_export, _exported()))
    names.write_text(f"LIBRARY ucrtbase.dll\nEXPORTS\n{exports}\n", "ascii")
    empty.write_text("int DllMain(void *m, unsigned r, void *x) { return 1; }\n", "ascii")
    target = system32 / "ucrtbase.dll"
    target.unlink()
    linking = ("-shared", "-static-libgcc", "-nostartfiles", "-Wl,-e,DllMain", "-s")
    subprocess.run([_COMPILER, *linking, "-o", target, empty, names], check=True)


def _exported() -> list[str]:
    command = ["x86_64-w64-mingw32-objdump", "-p", _WINES_OWN]
    shown = subprocess.run(command, env={"LC_ALL": "C"}, capture_output=True, check=True).stdout
    table = shown.decode("ascii", "replace").partition("[Ordinal/Name Pointer] Table")[2]
    return re.findall(r"^\s+\[\s*\d+\] (\S+)$", table, re.MULTILINE)


def _export(name: str) -> str:
    """One line of the list of exports; long double is double in Microsoft's C."""
    found = _COMPLEX.fullmatch(name)
    if found is None:
        return f' "{name}"="{_COPY}.{name}"'
    return f" {name}={found[1]}" if found[2] == "l" else f" {name}"
