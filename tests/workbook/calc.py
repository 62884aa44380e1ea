"""LibreOffice Calc for tests: re-saving workbooks, and editing them by a Basic macro."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

_SECONDS = 180
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{code}</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>
"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>
"""
_EDIT = """
Sub Edit{number}(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  {steps}
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
"""


def find_calc(folder: Path) -> Calc:
    """The installed LibreOffice; skips the test where there is none, but fails it in CI."""
    program = shutil.which("soffice")
    if program is None:
        reason = "LibreOffice (soffice) is not installed"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, and CI requires it")
        pytest.skip(reason)
    return Calc(program, folder)


@dataclass(frozen=True, slots=True)
class Calc:
    """Runs LibreOffice headless, with a profile in ``folder``."""

    program: str
    folder: Path

    def resaved(self, content: bytes, kind: str = "xlsx:Calc MS Excel 2007 XML") -> bytes:
        """The workbook opened and saved again, by default as .xlsx."""
        source, out = self._fresh(content)
        self._run("--convert-to", kind, "--outdir", str(out), str(source))
        return (out / source.with_suffix(f".{kind.partition(':')[0]}").name).read_bytes()

    def resaved_each(self, sources: Sequence[Path], kind: str) -> list[Path]:
        """Several files opened and saved again as another kind, by one run of the program."""
        out = self.folder / f"resaved-{kind}"
        self._run("--convert-to", kind, "--outdir", str(out), *map(str, sources))
        return [out / source.with_suffix(f".{kind}").name for source in sources]

    def edited(self, content: bytes, steps: str) -> bytes:
        """The workbook after a few lines of Basic that change ``document``, saved as .xlsx."""
        return self.edited_each(content, [steps])[0]

    def edited_each(self, content: bytes, edits: Sequence[str]) -> list[bytes]:
        """The workbook after each of several such edits, all done by one run of the program."""
        source, out = self._fresh(content)
        targets = [out / f"book{number}.xlsx" for number in range(len(edits))]
        self._install(
            "".join(
                _EDIT.format(number=number, steps=steps.strip())
                for number, steps in enumerate(edits)
            )
            + "\nSub Main(source As String)\n"
            + "".join(
                f'  Edit{number}(source, "{target.as_uri()}")\n'
                for number, target in enumerate(targets)
            )
            + "End Sub\n"
        )
        self._run(f'macro:///Standard.Module1.Main("{source.as_uri()}")')
        return [target.read_bytes() for target in targets]

    def _install(self, code: str) -> None:
        """Put Basic code into the profile, which the program has to make first."""
        if not (self.folder / "profile").exists():
            self._run("--terminate_after_init")
        basic = self.folder / "profile" / "user" / "basic"
        standard = basic / "Standard"
        standard.mkdir(parents=True, exist_ok=True)
        module = _MODULE.format(code=escape(code, quote=False))
        (standard / "Module1.xba").write_text(module, "utf-8")
        (standard / "script.xlb").write_text(_LIBRARY, "utf-8")
        (basic / "script.xlc").write_text(_LIBRARIES, "utf-8")

    def _fresh(self, content: bytes) -> tuple[Path, Path]:
        number = sum(1 for item in self.folder.iterdir() if item.name.startswith("run"))
        folder = self.folder / f"run{number}"
        out = folder / "out"
        out.mkdir(parents=True)
        source = folder / "book.xlsx"
        source.write_bytes(content)
        return source, out

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        finished = subprocess.run(
            [self.program, profile, "--headless", "--norestore", *arguments],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
