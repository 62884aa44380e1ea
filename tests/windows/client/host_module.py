"""The Excel part of JxHost in Python, so that it can run without Excel.

Each method says what stands in `addin/vba/JxHost.bas` under its name, line by line, and does that.
A test compares the two; whoever changes the VBA carries the change over here. Constants, the
command and the like are not repeated but read from there (`host_text`).
"""

from __future__ import annotations

import csv
import ctypes
import functools
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from windows.client import host_text
from windows.client.com import ComError, ComObject, Flat, Variant, from_variant, load_activation
from windows.client.wire import CellError, Range

_TEXT = host_text.excel_text()
_FUNCTION_MODULE = host_text.constant("FUNCTION_MODULE", _TEXT)
_MACRO_MODULE = host_text.constant("MACRO_MODULE", _TEXT)
_FAILURE = int(host_text.constant("FAILURE", _TEXT))
_LOST = host_text.cases("IsConnectionLost", _TEXT)
_NOT_AVAILABLE = CellError(2042)
_SERIAL_ZERO = datetime(1899, 12, 30)


class Application(Protocol):
    """What the module uses of Excel's Application."""

    @property
    def ActiveWorkbook(self) -> object:  # noqa: N802
        """The workbook as an object of COM, or None."""

    ScreenUpdating: bool
    StatusBar: object


class HostModule:
    """The module in one workbook, with its variables.

    ``messages`` stands for that workbook's range jixiao_messages.
    """

    def __init__(self, messages: Mapping[str, str], application: Application) -> None:
        self._messages = messages
        self._application = application
        self.server: ComObject | None = None
        self._refusal = ""
        self._generation = 0

    def jx_call(self, function_name: str, args: Sequence[object], rest: Sequence[object]) -> Any:
        """What a wrapper calls.

        Dim values, attempt As Long
        On Error GoTo failed
        If IsMissing(rest) Then rest = Array()
        values = PlainValues(args, rest)
        retry:
        JxCall = WithErrorValues(Server(attempt).CallUDF(FUNCTION_MODULE, functionName, values))
        Exit Function
        failed:
        If attempt < 2 And IsConnectionLost(Err.Number) Then
        attempt = attempt + 1
        Resume retry
        End If
        JxCall = Explanation(Err.Number, Err.Description)
        """
        values = self.plain_values(args, rest)
        attempt = 0
        while True:
            try:
                live = self.server_for(attempt)
                return _with_error_values(live.CallUDF(_FUNCTION_MODULE, function_name, values))
            except ComError as error:
                if not (attempt < 2 and _is_connection_lost(error.number)):
                    return self.explanation(error.number, error.description)
                attempt += 1

    def jx_run(self, macro_name: str) -> str:
        """What a button calls.

        Dim live As Object, alive As Boolean, answer, attempt As Long
        On Error GoTo failed
        mRefusal = ""
        If TypeName(Application.Caller) = "Range" Then Exit Function
        If ActiveWorkbook Is Nothing Then Fail "JX9", "no workbook is open", ""
        retry:
        Set live = Server(attempt)
        alive = live.Bool(True)
        answer = RunOnServer(live, macroName)
        If VarType(answer) = vbString Then JxRun = answer Else JxRun = ""
        Exit Function
        failed:
        If Not alive And attempt < 2 And IsConnectionLost(Err.Number) Then
        attempt = attempt + 1
        Resume retry
        End If
        JxRun = Explanation(Err.Number, Err.Description)
        If alive Then
        Application.ScreenUpdating = True
        Application.StatusBar = False
        End If
        """
        self._refusal = ""
        alive, attempt = False, 0
        while True:
            try:
                if self._application.ActiveWorkbook is None:
                    _fail("JX9", "no workbook is open", "")
                live = self.server_for(attempt)
                alive = live.Bool(True)
                answer = self.run_on_server(live, macro_name)
                return answer if isinstance(answer, str) else ""
            except ComError as error:
                if not alive and attempt < 2 and _is_connection_lost(error.number):
                    attempt += 1
                    continue
                if alive:
                    self._application.ScreenUpdating = True
                    self._application.StatusBar = False
                return self.explanation(error.number, error.description)

    def plain_values(self, args: Sequence[object], rest: Sequence[object]) -> Flat:
        """All arguments in one array.

        Dim flat() As Variant, fixed As Long, i As Long
        fixed = UBound(args) + 1
        If fixed + UBound(rest) < 0 Then
        PlainValues = args
        Exit Function
        End If
        ReDim flat(0 To fixed + UBound(rest))
        For i = 0 To UBound(flat)
        If i < fixed Then flat(i) = PlainValue(args(i)) Else flat(i) = PlainValue(rest(i - fixed))
        Next
        PlainValues = flat
        """
        return Flat(map(self.plain_value, (*args, *rest)))

    def plain_value(self, item: object) -> object:
        """A range's values.

        Dim values, shown, r As Long, c As Long
        If Not IsObject(item) Then
        PlainValue = item
        Exit Function
        End If
        values = item.Value2
        On Error GoTo plain
        shown = item.Value
        If Not IsArray(shown) Then
        If VarType(shown) = vbDate Then values = shown
        Else
        For r = 1 To UBound(shown, 1)
        For c = 1 To UBound(shown, 2)
        If VarType(shown(r, c)) = vbDate Then values(r, c) = shown(r, c)
        Next
        Next
        End If
        plain:
        PlainValue = values
        """
        if not isinstance(item, Range):
            return item
        values, shown = _value2(item), _value(item)
        if not isinstance(shown, list):
            return shown if isinstance(shown, datetime) else values
        for r, row in enumerate(shown):
            for c, cell in enumerate(row):
                if isinstance(cell, datetime):
                    values[r][c] = cell
        return values

    def server_for(self, attempt: int) -> ComObject:
        """The live server.

        If attempt > 0 Then Set mServer = Nothing
        If mServer Is Nothing Then Set mServer = Activated(attempt)
        Set Server = mServer
        """
        if attempt > 0:
            self.server = None
        if self.server is None:
            self.server = self.activated(attempt)
        return self.server

    def run_on_server(self, live: ComObject, macro_name: str) -> Any:
        """A macro on the active workbook.

        Dim book As Object
        live.SetAttr live.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
        Set book = live.Call(live.GetAttr(live.Module("xlwings"), "Book"), "caller")
        RunOnServer = live.Var(live.Call(live.Module(MACRO_MODULE), macroName, live.Tuple(book)))
        """
        windows = live.Module("xlwings._xlwindows")
        live.SetAttr(windows, "BOOK_CALLER", self._application.ActiveWorkbook)
        book = live.Call(live.GetAttr(live.Module("xlwings"), "Book"), "caller")
        return live.Var(live.Call(live.Module(_MACRO_MODULE), macro_name, live.Tuple(book)))

    def activated(self, attempt: int) -> ComObject:
        """A server from the DLL.

        Dim started As Variant, python As String, outcome As Long
        If mRefusal <> "" Then Err.Raise FAILURE, , mRefusal
        python = Interpreter()
        LoadDll
        If attempt < 2 Then outcome = Activate(started, ServerCommand(python), 1)
        If attempt = 2 Or (attempt = 1 And outcome <> 0) Then
        Activate started, ServerCommand(python), -1
        mGeneration = mGeneration + 1
        outcome = Activate(started, ServerCommand(python), 1)
        End If
        If outcome <> 0 Then
        mRefusal = "JX5|Python did not start|" & Split(started & vbLf, vbLf)(0)
        Err.Raise FAILURE, , mRefusal
        End If
        Set Activated = started
        """
        if self._refusal:
            raise ComError(_FAILURE, self._refusal)
        python = self.interpreter()
        self.load_dll()
        outcome, started = 0, None
        if attempt < 2:
            outcome, started = activate(self.server_command(python), 1)
        if attempt == 2 or (attempt == 1 and outcome != 0):
            activate(self.server_command(python), -1)
            self._generation += 1
            outcome, started = activate(self.server_command(python), 1)
        if outcome != 0:
            reason = str(started).split("\n", 1)[0]
            self._refusal = f"JX5|Python did not start|{reason}"
            raise ComError(_FAILURE, self._refusal)
        assert isinstance(started, ComObject)
        return started

    def server_command(self, python: str) -> str:
        """The command, as the VBA puts it together."""
        variables = {
            'Environ("ComSpec")': os.environ["COMSPEC"],
            "python": python,
            "mGeneration": str(self._generation),
        }
        return host_text.worth("ServerCommand", _TEXT, variables)

    def interpreter(self) -> str:
        """The python.exe of the settings.

        Interpreter = Setting("INTERPRETER_WIN")
        If Interpreter = "" Then Fail "JX1", "not installed, no settings in", SettingsFile()
        If Not FileExists(Interpreter) Then Fail "JX2", "Python not found", Interpreter
        """
        found = _setting("INTERPRETER_WIN")
        if not found:
            _fail("JX1", "not installed, no settings in", str(settings_file()))
        if not Path(found).is_file():
            _fail("JX2", "Python not found", found)
        return found

    def load_dll(self) -> None:
        r"""The DLL by its full path, once.

        Dim path As String
        path = "jixiao-xlwings32.dll"
        #If Win64 Then
        path = "jixiao-xlwings64.dll"
        #End If
        path = Setting("DLL") & "\" & path
        If Not FileExists(path) Then Fail "JX3", "DLL not found", path
        If LoadLibrary(path) = 0 Then Fail "JX4", "DLL could not be loaded", path
        """
        path = f"{_setting('DLL')}\\jixiao-xlwings64.dll"
        if not Path(path).is_file():
            _fail("JX3", "DLL not found", path)
        kernel32: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
        kernel32.LoadLibraryA.restype = ctypes.c_void_p
        if not kernel32.LoadLibraryA(path.encode("mbcs")):
            _fail("JX4", "DLL could not be loaded", path)

    def explanation(self, number: int, description: str) -> str:
        """The sentence for an error.

        Dim parts
        If number = FAILURE Then
        parts = Split(description, "|", 3)
        ElseIf IsConnectionLost(number) Then
        parts = Array("JX6", "connection to Python lost", description)
        Else
        parts = Array("JX8", "error", description)
        End If
        Explanation = MessageText(parts(0))
        If Explanation = "" Then Explanation = "#" & parts(0) & " " & parts(1) & " "
        Explanation = Explanation & parts(2)
        """
        if number == _FAILURE:
            code, hint, detail = description.split("|", 2)
        elif _is_connection_lost(number):
            code, hint, detail = "JX6", "connection to Python lost", description
        else:
            code, hint, detail = "JX8", "error", description
        return (self._messages.get(code) or f"#{code} {hint} ") + detail


def activate(command: str, mode: int) -> tuple[int, Any]:
    """The DLL's answer, and the server or the text why there is none."""
    result = Variant()
    try:
        outcome = _entry_point()(result, command.encode("mbcs"), mode)
        return outcome, from_variant(result)
    finally:
        result.clear()


@functools.cache
def _entry_point() -> Any:
    return load_activation(*host_text.declared("Activate64", _TEXT))


def settings_file() -> Path:
    """Where JxHost looks for the settings."""
    profile = os.environ["USERPROFILE"]
    return Path(host_text.worth("SettingsFile", _TEXT, {'Environ("USERPROFILE")': profile}))


def _setting(key: str) -> str:
    """One setting.

    Lines of "KEY","VALUE" in the system's ANSI code page, as VBA's Input # reads them.
    """
    if not settings_file().is_file():
        return ""
    with settings_file().open(encoding="mbcs", newline="") as lines:
        return next((line[1] for line in csv.reader(lines) if line[0].lower() == key.lower()), "")


def _fail(code: str, hint: str, detail: str) -> None:
    raise ComError(_FAILURE, f"{code}|{hint}|{detail}")


def _is_connection_lost(number: int) -> bool:
    return number in _LOST


def _with_error_values(answer: Any) -> Any:
    """#N/A as an error value, alone and in tables (WithErrorValues and ErrorOrSame)."""
    if isinstance(answer, list):
        return [_with_error_values(item) for item in answer]
    return _NOT_AVAILABLE if answer == "#N/A" else answer


def _value(cells: Range) -> Any:
    """Excel's Range.Value: one cell's alone, else a table; a date is a date."""
    rows = [list(row) for row in cells.rows]
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def _value2(cells: Range) -> Any:
    """Excel's Range.Value2: a date is a number."""
    return _value(Range([[_serial(cell) for cell in row] for row in cells.rows]))


def _serial(cell: object) -> object:
    return (cell - _SERIAL_ZERO).total_seconds() / 86400 if isinstance(cell, datetime) else cell
