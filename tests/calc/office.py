"""Drives a real LibreOffice Calc: open, fill, recalculate, read, run macros, save, export.

LibreOffice runs without a window, in a profile and under a pipe of its own, so that it disturbs
no LibreOffice of the user's and no other test. The UNO library belongs to the system's Python;
``office_driver.py`` runs there and speaks JSON lines with this side::

    with Office(profile, extension=oxt) as office:
        book = office.open(path)
        book.write("Sheet1", {"A1": 81, "B1": "文字"})
        book.recalculate()
        assert book.values("Sheet1", "C1") == [[0.81]]
"""

from __future__ import annotations

import functools
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

from jixiao.building.calc_extension import office_environment

#: The Python that has UNO; LibreOffice for Windows brings its own beside soffice.
UNO_PYTHON = os.environ.get("JIXIAO_UNO_PYTHON", "/usr/bin/python3")

#: LibreOffice needs 2 s to start on an idle machine.
START_SECONDS = 60.0
COMMAND_SECONDS = 120.0

Scalar = float | str | bool | date | None
FileKind = Literal["xlsm", "xlsx", "ods", "pdf"]


class OfficeError(RuntimeError):
    """LibreOffice refused, died or did not answer in time."""


@dataclass(frozen=True)
class CellError:
    """A cell that shows an error value, such as ``#N/A``."""

    text: str


@functools.cache
def missing_reason() -> str | None:
    """Why Calc cannot be driven here, or None."""
    if shutil.which("soffice") is None:
        return "没有安装 LibreOffice（找不到命令 soffice）"
    if shutil.which(UNO_PYTHON) is None:
        return f"没有系统自带的 Python：{UNO_PYTHON}"
    probe = subprocess.run([UNO_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return None if probe.returncode == 0 else f"{UNO_PYTHON} 里没有 uno（请安装 python3-uno）"


class Document:
    """One open document. Addresses are Calc's: a sheet's name and ``A1`` or ``A1:C3``."""

    def __init__(self, office: Office, number: int) -> None:
        self._office = office
        self._number = number

    def write(self, sheet: str, cells: Mapping[str, Scalar]) -> None:
        """Put constants into cells; None empties one."""
        typed = {
            address: {"date": value.isoformat()} if isinstance(value, date) else value
            for address, value in cells.items()
        }
        self._do("write", sheet=sheet, cells=typed)

    def write_formula(self, sheet: str, address: str, formula: str) -> None:
        """Put a formula into one cell, in Calc's own syntax: ``=F(A1;2)``."""
        self._do("write_formula", sheet=sheet, address=address, formula=formula)

    def write_array_formula(self, sheet: str, address: str, formula: str) -> None:
        """Put one array formula over a block."""
        self._do("write_array_formula", sheet=sheet, address=address, formula=formula)

    def insert_rows(self, sheet: str, row: int, count: int = 1) -> None:
        """Insert blank rows above a row (from 1), as a person does."""
        self._do("insert_rows", sheet=sheet, row=row, count=count)

    def recalculate(self) -> float:
        """Recalculate every formula; gives the seconds it took inside LibreOffice."""
        return float(self._do("recalculate"))

    def values(self, sheet: str, address: str) -> list[list[Scalar | CellError]]:
        """A block's values: numbers, texts, None for a blank, CellError for an error."""
        rows = self._do("values", sheet=sheet, address=address)
        return [
            [CellError(cell["error"]) if isinstance(cell, dict) else cell for cell in row]
            for row in rows
        ]

    def value(self, sheet: str, address: str) -> Scalar | CellError:
        """One cell's value."""
        return self.values(sheet, address)[0][0]

    def strings(self, sheet: str, address: str) -> list[list[str]]:
        """A block as it is shown."""
        rows: list[list[str]] = self._do("strings", sheet=sheet, address=address)
        return rows

    def formulas(self, sheet: str, address: str) -> list[list[str]]:
        """A block's formulas; a constant is given as its text."""
        rows: list[list[str]] = self._do("formulas", sheet=sheet, address=address)
        return rows

    def is_read_only(self) -> bool:
        """Whether LibreOffice opened it for reading only, because somebody else has it open."""
        return bool(self._do("is_read_only"))

    def sheets(self) -> list[str]:
        """The names of the sheets."""
        names: list[str] = self._do("sheets")
        return names

    def run_macro(self, name: str, *arguments: Scalar) -> Any:
        """Run a Basic macro of the document, ``Project.Module.Name``; gives what it returns."""
        return self._do("run_macro", name=name, arguments=arguments)

    def save_as(self, path: Path, kind: FileKind) -> Path:
        """Write a copy; the open document stays what it is."""
        self._do("save_as", path=str(path.resolve()), kind=kind)
        return path

    def export_pdf(self, path: Path) -> Path:
        """Write the document as PDF."""
        return self.save_as(path, "pdf")

    def close(self) -> None:
        """Close without saving."""
        self._do("close")

    def _do(self, action: str, **values: Any) -> Any:
        return self._office.command(action, document=self._number, **values)


class Office:
    """One LibreOffice of one's own, from ``with`` to its end.

    ``profile`` is the folder of its settings, made where it is missing; ``extension`` an .oxt
    that is installed at the start (through LibreOffice itself: its command ``unopkg`` refuses to
    run as root).
    """

    def __init__(self, profile: Path, extension: Path | None = None) -> None:
        self._profile = profile.resolve()
        self._extension = extension
        self._answers: queue.Queue[str] = queue.Queue()
        self._office: subprocess.Popen[bytes] | None = None
        self._driver: subprocess.Popen[str] | None = None
        self._log: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self._start()
            self.command("connect")
            if self._extension is not None:
                self.command("add_extension", path=str(self._extension.resolve()))
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def open(self, path: Path, *, macros: bool = True) -> Document:
        """Open a file; with ``macros=False`` its code does not run.

        Raises OfficeError where LibreOffice refuses: a missing file, or a lock file that is
        unreadable or names the same user (left by a LibreOffice that was killed). A lock of
        somebody else's makes the document read-only.
        """
        lock = path.parent / f".~lock.{path.name}#"
        try:
            number = self.command("open", path=str(path.resolve()), macros=macros)
        except OfficeError as error:
            if lock.exists():
                raise OfficeError(f"{path.name} 打不开：它被 {lock.name} 锁定") from error
            raise
        return Document(self, int(number))

    def choose_from_menu(self, path: Path, macro: str) -> Document:
        """Open a file in front and do what the entry of the menu 绩效自评 does."""
        number = self.command("choose_from_menu", path=str(path.resolve()), macro=macro)
        return Document(self, int(number))

    def command(self, action: str, **values: Any) -> Any:
        """Send one command to the driver and give its result."""
        driver = self._driver
        if driver is None or driver.stdin is None or driver.poll() is not None:
            raise OfficeError(f"LibreOffice is not running\n{self.log()}")
        driver.stdin.write(json.dumps({"do": action, **values}) + "\n")
        driver.stdin.flush()
        try:
            line = self._answers.get(timeout=COMMAND_SECONDS)
        except queue.Empty:
            os.killpg(driver.pid, signal.SIGKILL)
            driver.wait()
            raise OfficeError(f"no answer to {action} in {COMMAND_SECONDS:g} s") from None
        if not line:
            raise OfficeError(f"the driver ended at {action}\n{self.log()}")
        answer = json.loads(line)
        if "error" in answer:
            raise OfficeError(answer["error"])
        return answer["result"]

    def stop(self) -> None:
        """End LibreOffice and the driver, politely, then for certain."""
        patience = 15.0 if self._quit() else 0.0
        for process in (self._driver, self._office):
            if process is not None:
                _end(process, patience)
        if self._log is not None:
            self._log.close()
        self._driver = self._office = self._log = None

    def _quit(self) -> bool:
        """Ask LibreOffice to end; whether it agreed."""
        try:
            self.command("quit")
        except (OfficeError, OSError):
            return False
        return True

    def log(self) -> str:
        """What LibreOffice and the driver wrote to stderr."""
        path = self._profile / "office.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _start(self) -> None:
        self._profile.mkdir(parents=True, exist_ok=True)
        self._log = (self._profile / "office.log").open("ab")
        pipe = f"jixiao{uuid.uuid4().hex}"
        # A user's LibreOffice knows nothing of the folders that a test run imports from.
        environment = office_environment()
        self._office = subprocess.Popen(
            [
                *("soffice", "--headless", "--norestore", "--nologo", "--nodefault"),
                f"-env:UserInstallation={self._profile.as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            env=environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        self._driver = subprocess.Popen(
            [
                UNO_PYTHON,
                str(Path(__file__).with_name("office_driver.py")),
                pipe,
                str(START_SECONDS),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            start_new_session=True,
        )
        threading.Thread(target=self._collect, args=(self._driver,), daemon=True).start()

    def _collect(self, driver: subprocess.Popen[str]) -> None:
        assert driver.stdout is not None
        for line in driver.stdout:
            self._answers.put(line)
        self._answers.put("")


def _end(process: subprocess.Popen[Any], patience: float) -> None:
    """Wait for a process; kill it and its children (soffice is a script) where it stays."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def render_pdf(path: Path, folder: Path, resolution: int = 80) -> list[Path]:
    """The pages of a PDF as PNG files, for a person to look at."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        stem = Path(scratch) / path.stem
        subprocess.run(
            ["pdftoppm", "-r", str(resolution), "-png", str(path), str(stem)], check=True
        )
        return [page.rename(folder / page.name) for page in sorted(Path(scratch).iterdir())]
