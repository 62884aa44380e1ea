"""Generates the VBA module JxFunctions: one wrapper for each function of the table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jixiao.function_table import LONGEST_HELP, ArgumentSpec, FunctionSpec

#: The name of the module.
MODULE = "JxFunctions"
#: VBA takes no more parameters than this.
MOST_ARGUMENTS = 60

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
#: A name that a formula would read as a cell: A1 to XFD1048576, or R1C1.
_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*C[0-9]*|R[0-9]*|C[0-9]*", re.IGNORECASE)

#: The variable that a wrapper keeps its ParamArray in.
_REST = "jxRest"

#: Words that VBA or LibreOffice Basic does not take as a parameter's name.
RESERVED = frozenset(
    f"""
    abs access addressof alias and any append array as base binary boolean byref byte byval call
    case cbool cbyte ccur cdate cdbl cdec cint class clng clnglng clngptr close compare const csng
    cstr currency cvar cverr date debug decimal declare defbool defbyte defcur defdate defdbl defint
    deflng defobj defsng defstr defvar dim do doevents double each else elseif empty end endif enum
    eqv erase err error event exit explicit false fix for friend function get global gosub goto if
    imp implements in input int integer is lbound len lenb let lib like line lock long longlong
    longptr loop lset me mid mod name new next not nothing null object on open option optional or
    output paramarray preserve print private property psetr ptrsafe public put raiseevent random
    read redim rem resume return rset seek select set sgn shared single spc static step stop string
    sub tab text then time to true type typeof ubound unlock until variant wend while with
    withevents write xor jxcall {_REST.lower()}
    """.split()
)


class TableError(ValueError):
    """The table of functions has a row that no VBA wrapper can be made of."""


def wrapper_module(functions: Iterable[FunctionSpec]) -> str:
    """The source of JxFunctions, ASCII, in the order of the table.

    Raises TableError for a row that VBA, Excel or xlwings would not take.
    """
    seen: set[str] = set()
    wrappers = []
    for function in functions:
        _check(function)
        if function.name.lower() in seen:
            raise TableError(f"{function.name}: twice in the table (VBA ignores case)")
        seen.add(function.name.lower())
        wrappers.append(_wrapper(function))
    head = [
        f'Attribute VB_Name = "{MODULE}"',
        "Option Explicit",
        "",
        "' Generated from the table of functions: change that, not this.",
    ]
    return "\n".join(head) + "\n" + "".join(f"\n{wrapper}" for wrapper in wrappers)


def _wrapper(function: FunctionSpec) -> str:
    fixed = ", ".join(a.name for a in function.arguments if not a.is_variadic)
    parameters = ", ".join(_parameter(a) for a in function.arguments)
    call = f'JxCall("{function.name}", Array({fixed})'
    lines = [f"Public Function {function.name}({parameters})"]
    variadic = next((a.name for a in function.arguments if a.is_variadic), None)
    if variadic is not None:
        # VBA passes a ParamArray on only by value: a copy in a Variant is allowed everywhere.
        lines += [f"    Dim {_REST}", f"    {_REST} = {variadic}"]
        call += f", {_REST}"
    return "\n".join([*lines, f"    {function.name} = {call})", "End Function", ""])


def _parameter(argument: ArgumentSpec) -> str:
    if argument.is_variadic:
        return f"ParamArray {argument.name}()"
    return f"Optional {argument.name}" if argument.is_optional else argument.name


def _check(function: FunctionSpec) -> None:
    name = function.name
    if not _IDENTIFIER.fullmatch(name) or name.lower() in RESERVED:
        raise TableError(f"{name}: not a name that VBA takes")
    if _CELL.fullmatch(name):
        raise TableError(f"{name}: a formula would read it as a cell")
    if len(function.arguments) > MOST_ARGUMENTS:
        raise TableError(f"{name}: more than {MOST_ARGUMENTS} arguments")
    for text in (function.description, *(a.help for a in function.arguments)):
        if len(text) > LONGEST_HELP:
            raise TableError(f"{name}: a text longer than {LONGEST_HELP}: {text[:20]}…")
    _check_arguments(function)


def _check_arguments(function: FunctionSpec) -> None:
    seen: set[str] = set()
    optional = False
    for position, argument in enumerate(function.arguments, start=1):
        where = f"{function.name}, argument {argument.name}"
        if not _IDENTIFIER.fullmatch(argument.name) or argument.name.lower() in RESERVED:
            raise TableError(f"{where}: not a name that VBA takes")
        if argument.name.lower() in seen | {function.name.lower()}:
            raise TableError(f"{where}: the name is taken (VBA ignores case)")
        if argument.is_variadic and position < len(function.arguments):
            raise TableError(f"{where}: values… must come last")
        # xlwings refuses a function with both.
        if argument.is_variadic and (optional or argument.is_optional):
            raise TableError(f"{where}: values… cannot follow an optional argument")
        if optional and not argument.is_optional:
            raise TableError(f"{where}: follows an optional argument and is not optional")
        optional = argument.is_optional
        seen.add(argument.name.lower())
