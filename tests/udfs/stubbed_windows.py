"""xlwings' own Windows side on any system: pywin32 is replaced by stand-ins, then xlwings imported.

For a process of its own only: what is put into ``sys.modules`` stays there. What is real here is
xlwings' code: the decorators, the generator of the VBA wrappers, ``call_udf`` and its conversions.
"""

from __future__ import annotations

import builtins
import ctypes
import datetime
import sys
import types
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

_MODULES = (
    "pythoncom",
    "win32api",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
)


class ComError(Exception):
    """pywintypes.com_error."""


class ComTime(datetime.datetime):
    """pywintypes.TimeType: the date and time that a VT_DATE becomes."""


class Dispatched:
    """win32com's wrapper of a COM object, such as a Range."""


def xlwings_as_on_windows() -> tuple[ModuleType, ModuleType]:
    """Import xlwings with its Windows engine; gives ``xlwings`` and ``xlwings.udfs``."""
    for name in _MODULES:
        sys.modules[name] = MagicMock(name=name)
    sys.modules["pythoncom"].__file__ = "pythoncom"
    client: Any = sys.modules["win32com.client"]
    client.CDispatch = Dispatched
    client.DispatchBaseClass = type("DispatchBaseClass", (), {})
    client.CoClassBaseClass = type("CoClassBaseClass", (), {})
    client.Dispatch = lambda com_object, **_: com_object
    sys.modules["pywintypes"] = _pywintypes()
    if not hasattr(builtins, "WindowsError"):
        builtins.WindowsError = OSError  # type: ignore[attr-defined]
    for name in ("windll", "oledll", "WINFUNCTYPE"):
        if not hasattr(ctypes, name):
            setattr(ctypes, name, MagicMock())
    import xlwings  # noqa: PLC0415

    real = ctypes.PyDLL
    ctypes.PyDLL = MagicMock()  # type: ignore[misc, assignment]
    try:
        from xlwings import _xlwindows  # noqa: PLC0415
    finally:
        ctypes.PyDLL = real  # type: ignore[misc]
    xlwings.engines.add(xlwings.Engine(impl=_xlwindows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    import xlwings.com_server  # noqa: PLC0415
    import xlwings.udfs  # noqa: PLC0415

    xlwings.func, xlwings.arg, xlwings.ret = (  # what xlwings/__init__.py does on Windows
        xlwings.udfs.xlfunc,
        xlwings.udfs.xlarg,
        xlwings.udfs.xlret,
    )
    return xlwings, xlwings.udfs


def _pywintypes() -> ModuleType:
    module: Any = types.ModuleType("pywintypes")
    module.com_error = ComError
    module.error = type("error", (Exception,), {})
    module.TimeType = ComTime
    module.IID = str
    return module  # type: ignore[no-any-return]
