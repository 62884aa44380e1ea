"""A Windows to test on: this one, or one under Wine; and the client that stands in for Excel there.

The client (`windows.client`) runs unchanged on both. Where neither is to be had, the tests are
skipped with the reason, but in CI on Linux they fail.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from types import TracebackType
from typing import Any, Protocol, Self

from wine_runtime import PYTHON, RuntimeMissingError, Windows, assembled, new_windows

from jixiao.building.host_messages import HOST_MESSAGES
from windows.client.wire import from_json, to_json

TESTS = Path(__file__).resolve().parents[1]
ADDIN = TESTS.parent / "addin"
_SECONDS = 240.0


@functools.cache
def missing_reason() -> str | None:
    """Why there is no Windows to be had here, or None."""
    if sys.platform == "win32":
        return None
    try:
        assembled()
    except RuntimeMissingError as error:
        return f"neither Windows nor Wine: {error}"
    return None


class Machine(Protocol):
    """A Windows."""

    @property
    def users(self) -> PureWindowsPath:
        """A folder for the profiles of the tests' users."""

    @property
    def chinese(self) -> bool:
        """Whether its code page is 936."""

    def command(self, *arguments: str) -> list[str]:
        """How to start its Python from here."""

    def environment(self) -> dict[str, str]:
        """What to start it with."""

    def path(self, path: Path) -> PureWindowsPath:
        """How its programs call a file or folder of this system."""


class NativeMachine:
    """The Windows that the tests themselves run on, with the Python that runs them."""

    def __init__(self, folder: Path) -> None:
        self.users = PureWindowsPath(folder)
        self.chinese = "测试".encode("mbcs", "replace").decode("mbcs") == "测试"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, *arguments]

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def path(self, path: Path) -> PureWindowsPath:
        return PureWindowsPath(path.absolute())


class WineMachine:
    """A fresh Windows under Wine, with a Python that has what jixiao needs."""

    users = PureWindowsPath(r"C:\users")
    chinese = True

    def __init__(self, folder: Path) -> None:
        self.windows: Windows = new_windows(assembled().equipped, folder)

    def command(self, *arguments: str) -> list[str]:
        return ["wine", PYTHON, *arguments]

    def environment(self) -> dict[str, str]:
        return self.windows.environment

    def path(self, path: Path) -> PureWindowsPath:
        return self.windows.path(path)


class ClientError(Exception):
    """What went wrong in the client, with its traceback there."""


class Client:
    """One running client: the Excel of one user."""

    def __init__(self, machine: Machine, user: str = "张 三", folder: str = "自评 表格") -> None:
        """``folder`` becomes Excel's current folder, beside the user's documents."""
        name, inside = (user, folder) if machine.chinese else ("some user", "some folder")
        self.profile = machine.users / name
        self.folder = self.profile / inside
        search = (machine.path(TESTS), machine.path(ADDIN))
        self._process = subprocess.Popen(
            machine.command("-m", "windows.client"),
            env={**machine.environment(), "PYTHONPATH": ";".join(map(str, search))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,  # Windows' Python under Wine does not start with a file there
            encoding="utf-8",
            errors="replace",
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._complaints: list[str] = []
        for listening in (self._hear_answers, self._hear_complaints):
            threading.Thread(target=listening, daemon=True).start()
        self.ask("start", profile=str(self.profile), folder=str(self.folder))

    def _hear_answers(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _hear_complaints(self) -> None:
        assert self._process.stderr is not None
        self._complaints.extend(self._process.stderr)

    def ask(self, command: str, **parameters: Any) -> Any:
        """Have one method of the client's `Excel` called."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": command, **parameters}) + "\n")
        self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=_SECONDS)
        except queue.Empty:
            self._process.kill()
            raise ClientError(f"{command}: no answer in {_SECONDS:.0f} s") from None
        if not line:
            said = "".join(self._complaints[-20:])
            raise ClientError(f"{command}: the client has ended\n{said}")
        answer = json.loads(line)
        if "error" in answer:
            raise ClientError(f"{command}: {answer['error']}")
        return answer["result"]

    def install(self) -> str:
        """Run ``jixiao install`` as the user does; gives what it says."""
        templates = str(self.profile / "templates")
        arguments = ["-m", "jixiao", "install", "--templates", templates]
        ran = self.ask("run_python", arguments=arguments)
        if ran["code"]:
            raise ClientError(ran["out"])
        said: str = ran["out"]
        return said

    def open(
        self,
        workbook: str,
        messages: Mapping[str, str] = HOST_MESSAGES,
        kind: str = "HostModule",
    ) -> Workbook:
        """Open a workbook by its name; ``kind`` is a class of the client's that calls Python."""
        self.ask("open", workbook=workbook, messages=dict(messages), kind=kind)
        return Workbook(self, workbook)

    def open_file(self, workbook: str, content: bytes) -> Workbook:
        """Open a file, so that macros can work on it."""
        encoded = base64.b64encode(content).decode("ascii")
        self.ask("open_file", workbook=workbook, content=encoded, messages=dict(HOST_MESSAGES))
        return Workbook(self, workbook)

    def close(self) -> None:
        """End the client, and with it the server that it started."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Workbook:
    """One open workbook in a client."""

    def __init__(self, client: Client, name: str) -> None:
        self.client = client
        self.name = name
        self.seconds = 0.0  # that the last formula took

    def call(self, function: str, *args: object, rest: tuple[object, ...] = ()) -> Any:
        """What a cell shows with this formula."""
        found = self.client.ask(
            "call", workbook=self.name, function=function, args=to_json(args), rest=to_json(rest)
        )
        self.seconds = found["seconds"]
        return from_json(found["value"])

    def connect(self) -> float:
        """Start the server, or find it; seconds."""
        seconds: float = self.client.ask("connect", workbook=self.name)
        return seconds

    def repeat(self, function: str, *args: object, count: int) -> float:
        """The same formula many times; seconds."""
        seconds: float = self.client.ask(
            "repeat", workbook=self.name, function=function, args=to_json(args), count=count
        )
        return seconds

    def run(self, macro: str) -> str:
        """What the message box of a button says."""
        said: str = self.client.ask("run", workbook=self.name, macro=macro)
        return said

    @property
    def server(self) -> int:
        """The process id of its server."""
        found: int = self.client.ask("server_process", workbook=self.name)
        return found
