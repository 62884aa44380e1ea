"""The Excel of one test: its user's profile, its workbooks, and the server that they share."""

from __future__ import annotations

import base64
import ctypes
import os
import subprocess
import sys
import threading
import time
from ctypes import wintypes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from windows.client.host_module import HostModule
from windows.client.stock import StockCalls, StockServer
from windows.client.wire import from_json, to_json

_TERMINATE, _QUERY_AND_READ = 0x1, 0x410  # what OpenProcess is asked for

_KINDS = {kind.__name__: kind for kind in (HostModule, StockServer, StockCalls)}

_EXTENDED_HANDLES, _TOO_SMALL = 64, 0xC0000004  # of NtQuerySystemInformation

_kernel32: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
_kernel32.OpenProcess.restype = wintypes.HANDLE


class _Handle(ctypes.Structure):
    _fields_ = (
        ("object", ctypes.c_void_p),
        ("process", ctypes.c_size_t),
        ("rest", ctypes.c_byte * 24),
    )


class _MemoryCounters(ctypes.Structure):
    _fields_ = (
        ("size", wintypes.DWORD),
        ("page_faults", wintypes.DWORD),
        ("peak_working_set", ctypes.c_size_t),
        ("working_set", ctypes.c_size_t),
        *((f"quota_{number}", ctypes.c_size_t) for number in range(4)),
        ("committed", ctypes.c_size_t),
        ("peak_committed", ctypes.c_size_t),
    )


class Excel:
    """Each public method is a command of the tests; what it takes and gives is JSON."""

    def __init__(self) -> None:
        self._workbooks: dict[str, HostModule] = {}
        self._books: dict[str, Any] = {}
        self._live: dict[str, Any] = {}
        self._asked: dict[str, int] = {}
        self._shown: list[Any] = []  # by formulas that were calculated while they were written

    def start(self, profile: str, folder: str) -> None:
        """Be the Excel of the user with this profile, in this current folder."""
        roaming, local = Path(profile, "AppData", "Roaming"), Path(profile, "AppData", "Local")
        for made in (roaming, local / "Temp", Path(folder)):
            made.mkdir(parents=True, exist_ok=True)
        os.environ |= {"USERPROFILE": profile, "APPDATA": str(roaming), "LOCALAPPDATA": str(local)}
        os.environ |= {"TEMP": str(local / "Temp"), "TMP": str(local / "Temp")}
        os.chdir(folder)

    def system(self) -> dict[str, object]:
        """What this Windows is."""
        return {"code_page": _kernel32.GetACP(), "python": sys.executable, "folder": os.getcwd()}

    def run_python(self, arguments: list[str]) -> dict[str, object]:
        """Run this Python as the user would in a window of cmd."""
        ran = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return {"code": ran.returncode, "out": ran.stdout}

    def write(self, path: str, text: str) -> None:
        """Write a text as it is, in the system's ANSI code page."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode("mbcs"))

    def open(self, workbook: str, messages: dict[str, str], kind: str) -> None:
        """Open a workbook: its host module starts with nothing."""
        self._workbooks[workbook] = _KINDS[kind](messages, SimpleNamespace(ActiveWorkbook=None))

    def open_file(self, workbook: str, content: str, messages: dict[str, str]) -> None:
        """Open a file as a workbook of COM objects, and let it be the active one."""
        from macros.excel_stand_in import StandInBook  # noqa: PLC0415  # needs no Windows
        from windows.client.com_workbook import (  # noqa: PLC0415  # pywin32
            ComWorkbook,
            VbaApplication,
        )

        path = Path.cwd() / workbook
        path.write_bytes(base64.b64decode(content))
        book = StandInBook(path)
        live = ComWorkbook(book, lambda: self._shown.append(host.jx_call("JX_GRADE", [97.59], [])))
        host = HostModule(messages, VbaApplication(book, live))
        self._workbooks[workbook], self._books[workbook] = host, book
        self._shown.clear()
        self._live[workbook] = live
        self._asked = live.calls
        self._asked.clear()

    def run(self, workbook: str, macro: str) -> str:
        """One button: what the message box says."""
        return self._workbooks[workbook].jx_run(macro)

    def content(self, workbook: str) -> dict[str, Any]:
        """What stands in the file that is open, and what else was done to it."""
        book = self._books[workbook]
        return {
            "cells": [[*cell, to_json(value)] for cell, value in book.cells.items()],
            "formulas": [[*cell, text] for cell, text in book.formulas.items()],
            "calls": book.calls,
            "screen": [book.app.screen_updating, book.app.status_bar],
            "shown": self._shown,
            "asked": dict(self._asked),
            "files": sorted(path.name for path in Path.cwd().iterdir()),
        }

    def connect(self, workbook: str) -> float:
        """Have a workbook connected with the server; seconds."""
        started = time.perf_counter()
        self._workbooks[workbook].server_for(0)
        return time.perf_counter() - started

    def repeat_nothing(self, workbook: str, count: int) -> float:
        """The cheapest call of the server, many times; seconds."""
        live = self._workbooks[workbook].server_for(0)
        started = time.perf_counter()
        for _ in range(count):
            live.Bool(True)
        return time.perf_counter() - started

    def call(self, workbook: str, function: str, args: Any, rest: Any = ()) -> dict[str, Any]:
        """One formula: what its cell shows, and how long that took."""
        values = from_json(list(args)), from_json(list(rest))
        started = time.perf_counter()
        answer = self._workbooks[workbook].jx_call(function, *values)
        return {"value": to_json(answer), "seconds": time.perf_counter() - started}

    def repeat(self, workbook: str, function: str, args: Any, count: int) -> float:
        """The same formula many times; seconds."""
        host, values = self._workbooks[workbook], from_json(list(args))
        started = time.perf_counter()
        for _ in range(count):
            host.jx_call(function, values, ())
        return time.perf_counter() - started

    def server_process(self, workbook: str) -> int:
        """The process id of the server that a workbook is connected with."""
        live = self._workbooks[workbook].server
        assert live is not None
        system = live.Module("os")
        found: int = live.Var(live.Call(system, "getpid", live.Tuple()))
        return found

    def usage(self, process: int) -> dict[str, int]:
        """Handles and memory of a process."""
        opened = self._opened(process, _QUERY_AND_READ)
        memory = _MemoryCounters(size=ctypes.sizeof(_MemoryCounters))
        _kernel32.K32GetProcessMemoryInfo(opened, ctypes.byref(memory), memory.size)
        _kernel32.CloseHandle(opened)
        return {"handles": _handles(process), "committed": memory.committed}

    def kill(self, process: int, after: float = 0.0) -> None:
        """End a process as the task manager does, at once or after some seconds."""
        opened = self._opened(process, _TERMINATE)

        def end() -> None:
            time.sleep(after)
            _kernel32.TerminateProcess(opened, 1)
            _kernel32.CloseHandle(opened)

        if after:
            threading.Thread(target=end, daemon=True).start()
        else:
            end()

    def kill_when_busy(self, workbook: str, process: int) -> None:
        """End a process in the middle of the next macro."""
        self._live[workbook].when_busy(lambda: self.kill(process))

    @staticmethod
    def _opened(process: int, rights: int) -> wintypes.HANDLE:
        opened = wintypes.HANDLE(_kernel32.OpenProcess(rights, False, process))
        if not opened.value:
            raise OSError(f"no process {process}")
        return opened


def _handles(process: int) -> int:
    """How many handles a process has; GetProcessHandleCount is always 0 under Wine."""
    query: Any = ctypes.WinDLL("ntdll").NtQuerySystemInformation  # type: ignore[attr-defined]
    room = 1 << 20
    while True:
        buffer = ctypes.create_string_buffer(room)
        outcome = query(_EXTENDED_HANDLES, buffer, room, None) & 0xFFFFFFFF
        if outcome != _TOO_SMALL:
            break
        room *= 2
    count = ctypes.c_size_t.from_buffer(buffer).value
    listed = (_Handle * count).from_buffer(buffer, 2 * ctypes.sizeof(ctypes.c_size_t))
    return sum(handle.process == process for handle in listed)
