"""A PDF of a Word file through LibreOffice, with a profile of its own and no macro run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jixiao.ooxml import PackageError

_TIMEOUT = 120  # seconds; the first start of LibreOffice takes some ten

_WINDOWS_PROGRAM = Path("LibreOffice", "program", "soffice.exe")
_MAC_PROGRAM = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def as_pdf(document: bytes) -> bytes:
    """The PDF of a .docx; PackageError where there is no LibreOffice, or where it fails."""
    program = _program()
    if program is None:
        raise PackageError(
            "本机没有 LibreOffice，没有生成 PDF。请用 Word 或 WPS 打开报告，另存为 PDF；"
            "或安装 LibreOffice 后再试"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(document)
        _convert(program, source)
        target = source.with_suffix(".pdf")
        if not target.is_file():
            raise PackageError(
                "LibreOffice 没有生成 PDF。请确认装有它的 Writer 组件，或用 Word、WPS 另存为 PDF"
            )
        return target.read_bytes()


def _convert(program: str, source: Path) -> None:
    profile = (source.parent / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    # The variables of the Python we run in would reach LibreOffice's own.
    environment = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
    try:
        subprocess.run(command, env=environment, capture_output=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired as error:
        raise PackageError(
            f"LibreOffice 在{_TIMEOUT}秒内没有生成 PDF。请用 Word 或 WPS 打开报告，另存为 PDF"
        ) from error
    except OSError as error:
        raise PackageError("LibreOffice 启动不了，没有生成 PDF") from error


def _program() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return found
    places = [_MAC_PROGRAM] if sys.platform == "darwin" else []
    if sys.platform == "win32":
        folders = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
        places = [Path(folder) / _WINDOWS_PROGRAM for folder in folders if folder]
    return next((str(place) for place in places if place.is_file()), None)
