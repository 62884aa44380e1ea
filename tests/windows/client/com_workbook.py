"""An open workbook as COM objects, for xlwings' own Windows engine on the other side.

What is real: the objects live in this process, the macro in the server's; every property and
call goes between the two through COM, with Excel's names, its shapes of values (one cell is a
scalar, an area an array of two dimensions) and its order of events: a formula that is written is
calculated at once, that is, the server is called while it waits for this very process.

What is not: this is no Excel. It knows no more than `macros.excel_stand_in.StandInBook` under it,
takes every formula and every value, calculates nothing, and gives errors that are not Excel's.
"""

from __future__ import annotations

import ctypes
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pythoncom
import win32gui
from win32com.server.policy import DesignatedWrapPolicy
from win32com.server.util import ListEnumerator, wrap

from macros.excel_stand_in import StandInBook
from windows.client.com import ComObject

_AUTOMATIC = -4105  # xlCalculationAutomatic
_ONLY_WIN64 = 3  # of CreateTypeLib2


class _Counted(DesignatedWrapPolicy):
    """Counts what is asked of the objects, for each question costs the user some time."""

    calls: ClassVar[Counter[str]] = Counter()

    def _invokeex_(self, dispid: int, *details: Any) -> Any:
        self.calls[self._getmembername_(dispid)] += 1
        return super()._invokeex_(dispid, *details)


class _Object:
    """Public names are what COM sees; ``Item`` is what an object does when it is called."""

    _public_methods_: Sequence[str] = ()
    _public_attrs_: Sequence[str] = ()

    _policy = _Counted

    def __init__(self) -> None:
        self._dispid_to_func_ = {0: "Item"} if "Item" in self._public_methods_ else {}
        self.com = wrap(self, usePolicy=self._policy)


class _NamedInterface(_Counted):
    """Tells the name of the interface, which xlwings' server asks of an object handed to it."""

    type_info: Any = None

    def _GetTypeInfoCount_(self) -> int:
        return 1

    def _GetTypeInfo_(self, _index: int, _language: int) -> tuple[int, Any]:
        if _NamedInterface.type_info is None:
            _NamedInterface.type_info = _type_info("_Workbook")
        return 0, _NamedInterface.type_info


def _type_info(name: str) -> Any:
    """An empty interface of that name, with an id of its own: Excel's would promise its members."""
    path = str(Path(tempfile.mkdtemp()) / "workbook.tlb")
    library = pythoncom.CreateTypeLib2(_ONLY_WIN64, path)
    interface = library.CreateTypeInfo(name, pythoncom.TKIND_DISPATCH)
    interface.SetGuid(pythoncom.CreateGuid())
    interface.LayOut()
    library.SaveAllChanges()
    return pythoncom.LoadTypeLib(path).GetTypeInfo(0)


class ComWorkbook(_Object):
    """Excel's Workbook; ``calculate`` is done whenever a formula has been written."""

    _policy = _NamedInterface
    _public_methods_ = ("SaveCopyAs",)
    _public_attrs_ = ("Name", "FullName", "Names", "Worksheets", "Application")
    _readonly_attrs_ = _public_attrs_

    def __init__(self, book: StandInBook, calculate: Callable[[], None]) -> None:
        super().__init__()
        self.Name, self.FullName = book.name, str(book.path)
        self.Names = _Collection([_Name(name.name, name.refers_to) for name in book.names]).com
        sheets = [_Worksheet(self, sheet, calculate) for sheet in book.sheets]
        self.Worksheets = _Collection(sheets).com
        self.Application = _Application(book).com
        self._book = book

    def SaveCopyAs(self, name: str) -> None:
        self._book.api.SaveCopyAs(name)

    def when_busy(self, act: Callable[[], None]) -> None:
        """Do something, once, when a macro first says in the status bar that it is at work."""
        _Application.when_busy.append(act)

    @property
    def calls(self) -> Counter[str]:
        """How often each property and method of all objects was asked for."""
        return _Counted.calls

    @property
    def pointer(self) -> ComObject:
        """For VBA: the object as a VARIANT takes it."""
        found = ctypes.c_void_p()
        convert = ctypes.PyDLL(pythoncom.__file__).PyCom_InterfaceFromPyObject
        identity = (ctypes.c_byte * 16).from_buffer_copy(bytes(pythoncom.IID_IDispatch))
        if not convert(
            ctypes.py_object(self.com), ctypes.byref(identity), ctypes.byref(found), False
        ):
            raise OSError("no IDispatch of the workbook")
        assert found.value is not None
        return ComObject(found.value)


class VbaApplication:
    """Excel's Application as the host module in this very process has it."""

    def __init__(self, book: StandInBook, workbook: ComWorkbook) -> None:
        self._app, self._workbook = book.app, workbook

    @property
    def ActiveWorkbook(self) -> ComObject:
        return self._workbook.pointer

    def __setattr__(self, name: str, value: object) -> None:
        settings = {"ScreenUpdating": "screen_updating", "StatusBar": "status_bar"}
        if name in settings:
            setattr(self._app, settings[name], value)
        else:
            super().__setattr__(name, value)


class _Collection(_Object):
    _public_methods_ = ("Item",)
    _public_attrs_ = ("Count",)

    def __init__(self, items: Sequence[Any]) -> None:
        super().__init__()
        self._items = items
        self.Count = len(items)

    def Item(self, key: int | str) -> Any:
        if isinstance(key, str):
            return next(item.com for item in self._items if item.Name == key)
        return self._items[int(key) - 1].com

    def _NewEnum(self) -> Any:
        enumerator = ListEnumerator([item.com for item in self._items])
        return wrap(enumerator, iid=pythoncom.IID_IEnumVARIANT)


class _Name(_Object):
    _public_attrs_ = ("Name", "RefersTo")

    def __init__(self, name: str, refers_to: str) -> None:
        super().__init__()
        self.Name, self.RefersTo = name, refers_to


class _Application(_Object):
    _public_methods_ = ("Calculate",)
    _public_attrs_ = (
        *("Version", "Build", "OperatingSystem", "Hwnd", "Workbooks", "Calculation"),
        *("ScreenUpdating", "StatusBar"),
    )
    when_busy: ClassVar[list[Callable[[], None]]] = []
    Version, Build, OperatingSystem = "16.0", "0", "no Excel"
    Calculation = _AUTOMATIC

    def __init__(self, book: StandInBook) -> None:
        super().__init__()
        self._app = book.app
        self.Workbooks = _Workbooks(book).com
        self.Hwnd = win32gui.GetDesktopWindow()

    def Calculate(self) -> None: ...

    @property
    def ScreenUpdating(self) -> bool:
        return bool(self._app.screen_updating)

    @ScreenUpdating.setter
    def ScreenUpdating(self, value: bool) -> None:
        self._app.screen_updating = value

    @property
    def StatusBar(self) -> Any:
        return self._app.status_bar

    @StatusBar.setter
    def StatusBar(self, value: Any) -> None:
        self._app.status_bar = value
        for act in _Application.when_busy:
            act()
        _Application.when_busy.clear()


class _Workbooks(_Object):
    _public_methods_ = ("Open",)

    def __init__(self, book: StandInBook) -> None:
        super().__init__()
        self._book = book

    def Open(self, name: str, *_: object) -> Any:
        self._book.app.books.open(name)
        return _Name(Path(name).name, "").com  # a workbook of which nothing but the name is asked


class _Worksheet(_Object):
    _public_methods_ = ("Cells", "Range", "Activate")
    _public_attrs_ = ("Name", "Parent")

    def __init__(self, workbook: ComWorkbook, sheet: Any, calculate: Callable[[], None]) -> None:
        super().__init__()
        self.Name, self.Parent = sheet.name, workbook.com
        self._sheet, self._calculate = sheet, calculate

    def Cells(self, row: int, column: int) -> Any:
        place = int(row), int(column)
        return _Range(self, place, place).com

    def Range(self, first: Any, last: Any) -> Any:
        corners = [(int(cell.Row), int(cell.Column)) for cell in map(_dispatched, (first, last))]
        return _Range(self, *corners).com

    def Activate(self) -> None:
        self._sheet.activate()


def _dispatched(cell: Any) -> Any:
    from win32com.client.dynamic import Dispatch  # noqa: PLC0415

    return Dispatch(cell)


class _Lines(_Object):
    _public_attrs_ = ("Count",)

    def __init__(self, count: int) -> None:
        super().__init__()
        self.Count = count


class _Range(_Object):
    _public_methods_ = ("Item", "ClearContents", "Select")
    _public_attrs_ = (
        *("Worksheet", "Row", "Column", "Rows", "Columns", "Count", "HasArray"),
        *("Value", "Value2", "Formula", "FormulaArray"),
    )
    _readonly_attrs_ = _public_attrs_[:7]

    def __init__(self, sheet: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
        super().__init__()
        self._sheet = sheet
        self._cells = sheet._sheet.range(first, last)
        self._calculate = sheet._calculate
        self.Worksheet = sheet.com
        self.Row, self.Column = first
        height, width = last[0] - first[0] + 1, last[1] - first[1] + 1
        self.Rows, self.Columns = _Lines(height).com, _Lines(width).com
        self.Count = height * width

    def Item(self, row: int, column: int) -> Any:
        """A cell by its place in the area, from 1."""
        return self._sheet.Cells(self.Row + row - 1, self.Column + column - 1)

    @property
    def Value(self) -> Any:
        rows = self._cells.value
        return rows[0][0] if self.Count == 1 else rows

    @Value.setter
    def Value(self, given: Any) -> None:
        rows = given if isinstance(given, tuple | list) else [[given]]
        self._cells.value = [[None if cell == "" else cell for cell in row] for row in rows]

    Value2 = Value

    @property
    def Formula(self) -> Any:
        found = self._cells.formula
        # Of a tuple, pywin32 would return the first item alone.
        return found if isinstance(found, str) else [list(row) for row in found]

    @Formula.setter
    def Formula(self, given: Any) -> None:
        self._cells.formula = given if isinstance(given, tuple | list) else [[given]]
        self._calculate()

    @property
    def HasArray(self) -> bool:
        return bool(self._cells.has_array)

    @property
    def FormulaArray(self) -> Any:
        return self._cells.formula_array

    @FormulaArray.setter
    def FormulaArray(self, given: str) -> None:
        self._cells.formula_array = given
        self._calculate()

    def ClearContents(self) -> None:
        self._cells.clear_contents()

    def Select(self) -> None:
        self._cells.select()
