"""COM as VBA does it: VARIANTs, arrays in them, late-bound calls. By ctypes alone.

pywin32 would choose the types itself (two ranges of one size would become one array of three
dimensions); VBA's are told apart here. Only on Windows.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from ctypes import POINTER, byref, c_double, c_int, c_int64, c_long, c_short, c_uint, c_void_p
from ctypes import c_ushort as word
from datetime import datetime, timedelta
from typing import Any

from windows.client.wire import CellError, Missing

EMPTY, NULL, I4, R8, DATE, BSTR, DISPATCH, ERROR, BOOL = 0, 1, 3, 5, 7, 8, 9, 10, 11
VARIANT_TYPE, ARRAY, BYREF = 12, 0x2000, 0x4000

PARAMETER_NOT_FOUND = 0x80020004  # what VBA passes for a missing optional
_CVERR = 0x800A0000
_EXCEPTION = -2147352567  # DISP_E_EXCEPTION: the details are in the EXCEPINFO
_DAY_ZERO = datetime(1899, 12, 30)
_CHINESE = 0x804
_METHOD_OR_GET = 3

_oleaut: Any = ctypes.WinDLL("oleaut32")  # type: ignore[attr-defined]
_oleaut.SysAllocString.restype = c_void_p
_oleaut.SysStringLen.argtypes = [c_void_p]
_oleaut.SafeArrayCreate.restype = c_void_p
_oleaut.SafeArrayCreate.argtypes = [word, c_uint, c_void_p]
_oleaut.SafeArrayPutElement.argtypes = [c_void_p, c_void_p, c_void_p]
_oleaut.SafeArrayGetElement.argtypes = [c_void_p, c_void_p, c_void_p]
_oleaut.SafeArrayGetDim.argtypes = [c_void_p]
for _bound in (_oleaut.SafeArrayGetLBound, _oleaut.SafeArrayGetUBound):
    _bound.argtypes = [c_void_p, c_uint, c_void_p]
_oleaut.VariantClear.argtypes = [c_void_p]


class ComError(Exception):
    """VBA's Err: its number and its description."""

    def __init__(self, number: int, description: str) -> None:
        super().__init__(number, description)
        self.number = number
        self.description = description


class Flat(tuple[object, ...]):
    """An array of one dimension, from 0, as VBA's Array function and ReDim make it."""

    __slots__ = ()


class _Content(ctypes.Union):
    _fields_ = (
        ("real", c_double),
        ("whole", c_int64),
        ("code", c_long),
        ("flag", c_short),
        ("pointer", c_void_p),
    )


class Variant(ctypes.Structure):
    """A VARIANT of 24 bytes; freed by `clear`."""

    _fields_ = (
        ("type", word),
        ("reserved", word * 3),
        ("content", _Content),
        ("record", c_void_p),
    )

    def clear(self) -> None:
        """Free what it holds."""
        _oleaut.VariantClear(byref(self))


class _ExceptionInfo(ctypes.Structure):
    _fields_ = (
        ("code", word),
        ("reserved", word),
        ("source", c_void_p),
        ("description", c_void_p),
        ("help_file", c_void_p),
        ("help_context", c_uint),
        ("reserved_pointer", c_void_p),
        ("fill_in", c_void_p),
        ("scode", c_long),
    )


class _Parameters(ctypes.Structure):
    _fields_ = (
        ("arguments", POINTER(Variant)),
        ("named", POINTER(c_long)),
        ("argument_count", c_uint),
        ("named_count", c_uint),
    )


class _Bound(ctypes.Structure):
    _fields_ = (("count", c_uint), ("first", c_long))


_GUID_OF_NOTHING = (ctypes.c_byte * 16)()


def _method(place: int, *types: Any) -> Any:
    """A method of an interface by its place in the table; the first argument is the object."""
    return ctypes.WINFUNCTYPE(c_long, *types)(place, "")  # type: ignore[attr-defined]


_ADD_REF, _RELEASE = _method(1), _method(2)
_GET_IDS_OF_NAMES = _method(5, c_void_p, c_void_p, c_uint, c_uint, c_void_p)
_INVOKE = _method(6, c_long, c_void_p, c_uint, word, c_void_p, c_void_p, c_void_p, c_void_p)


class ComObject:
    """An object that VBA holds ``As Object``: each call looks its name up anew."""

    def __init__(self, pointer: int) -> None:
        """Takes a reference of its own, and gives it back when it is no longer held."""
        self.pointer = c_void_p(pointer)
        _ADD_REF(self.pointer)

    def __del__(self) -> None:
        _RELEASE(self.pointer)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self.call(name, *arguments)

    def call(self, name: str, *arguments: object) -> Any:
        """Call a method; the arguments go by reference, as VBA's variables do."""
        result = Variant()
        held = [as_variant(value) for value in arguments]
        try:
            self.call_raw(name, held, result)
            return from_variant(result)
        finally:
            for variant in (*held, result):
                variant.clear()

    def call_raw(self, name: str, held: Sequence[Variant], result: Variant) -> None:
        """The same with VARIANTs as they are; ComError as VBA's Err has it."""
        count = len(held)
        given = (Variant * count)()
        for place, variant in enumerate(reversed(held)):  # the last argument comes first
            given[place].type = BYREF | VARIANT_TYPE
            given[place].content.pointer = ctypes.addressof(variant)
        parameters = _Parameters(given, None, count, 0)
        info = _ExceptionInfo()
        outcome = _INVOKE(
            self.pointer,
            self._id(name),
            byref(_GUID_OF_NOTHING),
            _CHINESE,
            _METHOD_OR_GET,
            byref(parameters),
            byref(result),
            byref(info),
            None,
        )
        if outcome:
            raise _com_error(outcome, info)

    def _id(self, name: str) -> int:
        text, found = ctypes.c_wchar_p(name), c_long()
        outcome = _GET_IDS_OF_NAMES(
            self.pointer, byref(_GUID_OF_NOTHING), byref(text), 1, _CHINESE, byref(found)
        )
        if outcome:
            raise ComError(outcome, ctypes.FormatError(outcome))  # type: ignore[attr-defined]
        return found.value


def _com_error(outcome: int, info: _ExceptionInfo) -> ComError:
    if outcome != _EXCEPTION:
        return ComError(outcome, ctypes.FormatError(outcome))  # type: ignore[attr-defined]
    description = _text(info.description) if info.description else ""
    return ComError(info.scode or outcome, description)


def as_variant(value: object) -> Variant:
    """A VARIANT as VBA makes it; a list of rows is an array of two dimensions, from 1."""
    made = Variant()
    match value:
        case Variant():
            return value
        case None:
            made.type = EMPTY
        case bool():
            made.type, made.content.flag = BOOL, -int(value)
        case float():
            made.type, made.content.real = R8, value
        case str():
            made.type, made.content.pointer = BSTR, _oleaut.SysAllocString(ctypes.c_wchar_p(value))
        case datetime():
            made.type, made.content.real = DATE, (value - _DAY_ZERO) / timedelta(days=1)
        case CellError(number):
            made.type, made.content.whole = ERROR, _CVERR + number
        case Missing():
            made.type, made.content.whole = ERROR, PARAMETER_NOT_FOUND
        case Flat():
            made.type, made.content.pointer = ARRAY | VARIANT_TYPE, _flat(value)
        case list() | tuple():
            made.type, made.content.pointer = ARRAY | VARIANT_TYPE, _table(value)
        case ComObject():
            made.type, made.content.pointer = DISPATCH, value.pointer.value
            _ADD_REF(value.pointer)  # VariantClear releases it
        case _:
            raise TypeError(f"no VARIANT for {value!r}")
    return made


def _flat(values: Sequence[object]) -> int:
    bound = _Bound(len(values), 0)
    array: int = _oleaut.SafeArrayCreate(VARIANT_TYPE, 1, byref(bound))
    for place, value in enumerate(values):
        _put(array, (place,), value)
    return array


def _table(rows: Sequence[Sequence[object]]) -> int:
    bounds = (_Bound * 2)((len(rows), 1), (len(rows[0]), 1))
    array: int = _oleaut.SafeArrayCreate(VARIANT_TYPE, 2, byref(bounds))
    for row, line in enumerate(rows, 1):
        for column, value in enumerate(line, 1):
            _put(array, (row, column), value)
    return array


def _put(array: int, place: tuple[int, ...], value: object) -> None:
    variant = as_variant(value)
    index = (c_long * len(place))(*place)
    outcome = _oleaut.SafeArrayPutElement(array, byref(index), byref(variant))  # makes a copy
    variant.clear()
    if outcome:
        raise ComError(outcome, "SafeArrayPutElement")


def from_variant(found: Variant) -> Any:
    """The value that VBA sees; a COM object comes with a reference of its own."""
    content = found.content
    if found.type & ARRAY:
        return _from_array(content.pointer)
    if found.type in (EMPTY, NULL):
        return None
    readings: dict[int, Callable[[], Any]] = {
        I4: lambda: content.code,
        R8: lambda: content.real,
        DATE: lambda: _DAY_ZERO + timedelta(days=content.real),
        BSTR: lambda: _text(content.pointer) if content.pointer else "",
        DISPATCH: lambda: ComObject(content.pointer),
        ERROR: lambda: CellError(content.code & 0xFFFF),
        BOOL: lambda: bool(content.flag),
    }
    return readings[found.type]()


def _from_array(array: int) -> list[Any]:
    bounds = [_bounds(array, which + 1) for which in range(_oleaut.SafeArrayGetDim(array))]
    if len(bounds) == 1:
        return [_element(array, place) for place in bounds[0]]
    rows, columns = bounds
    return [[_element(array, row, column) for column in columns] for row in rows]


def _bounds(array: int, which: int) -> range:
    first, last = c_long(), c_long()
    _oleaut.SafeArrayGetLBound(array, which, byref(first))
    _oleaut.SafeArrayGetUBound(array, which, byref(last))
    return range(first.value, last.value + 1)


def _element(array: int, *place: int) -> Any:
    variant = Variant()
    _oleaut.SafeArrayGetElement(array, byref((c_long * len(place))(*place)), byref(variant))
    try:
        return from_variant(variant)
    finally:
        variant.clear()


def _text(bstr: int) -> str:
    return ctypes.wstring_at(bstr, _oleaut.SysStringLen(bstr))


def load_activation(dll: str, entry: str) -> Any:
    """A Declare of the DLL's entry point; it is found by its base name, where it is loaded."""
    library: Any = ctypes.WinDLL(dll)  # type: ignore[attr-defined]
    function = getattr(library, entry)
    function.argtypes = [POINTER(Variant), ctypes.c_char_p, c_int]
    function.restype = c_long
    return function
