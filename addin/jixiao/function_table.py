"""The one table of worksheet functions: name, Chinese description, arguments, an example.

A function enters it where it is written, by `worksheet_function`. The VBA wrappers, the function
wizard's help, the Calc bridge's names and the manual's list are all made from this table.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from jixiao.cell_arguments import WRONG, Refusal

try:
    import xlwings
except ImportError:  # LibreOffice's own Python may lack it, and Calc does not need it
    xlwings = None  # type: ignore[assignment]

CATEGORY = "绩效自评"
"""The group of functions that the wizard lists them under."""

# Excel cuts a description and an argument's help at 255 characters.
LONGEST_HELP = 255

_P = ParamSpec("_P")
_R = TypeVar("_R")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ArgumentSpec:
    """One argument: its name, its Chinese help, whether it may be left out or repeats."""

    name: str
    help: str = ""
    is_optional: bool = False
    is_variadic: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A formula as a person writes it, and what stands in the ranges that it names, row by row."""

    formula: str
    ranges: Mapping[str, Sequence[Sequence[object]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """One worksheet function; ``call`` takes what a host hands over and never raises."""

    name: str
    description: str
    arguments: tuple[ArgumentSpec, ...]
    example: Example
    call: Callable[..., object]


FUNCTIONS: dict[str, FunctionSpec] = {}
"""Every worksheet function by its name in the cell, in the order of the module."""


def worksheet_function(
    description: str, example: Example, **helps: str
) -> Callable[[Callable[_P, _R]], Callable[_P, _R | str]]:
    """Make a worksheet function of a plain one: enter it in the table and mark it for xlwings.

    ``helps`` gives the Chinese help of each argument by its name. What the cell calls turns every
    exception into an answer in words. Raises ValueError at import where help and arguments differ
    or a text is longer than Excel shows.
    """

    def entered(function: Callable[_P, _R]) -> Callable[_P, _R | str]:
        name, arguments = function.__name__, _arguments(function, helps)
        for text in (description, *helps.values()):
            if not 0 < len(text) <= LONGEST_HELP:
                raise ValueError(f"{name}: a help text is empty or longer than {LONGEST_HELP}")
        called = _answering(function)
        called.__doc__ = description
        # xlwings would take annotations for converters; our functions take values as they come.
        called.__annotations__ = {}
        FUNCTIONS[name] = FunctionSpec(name, description, arguments, example, called)
        return _marked_for_xlwings(called, arguments)

    return entered


def _arguments(
    function: Callable[..., object], helps: Mapping[str, str]
) -> tuple[ArgumentSpec, ...]:
    parameters = inspect.signature(function).parameters
    if list(parameters) != list(helps):
        raise ValueError(f"{function.__name__}: help and arguments differ")
    return tuple(
        ArgumentSpec(
            name,
            helps[name],
            is_optional=parameter.default is not parameter.empty,
            is_variadic=parameter.kind is parameter.VAR_POSITIONAL,
        )
        for name, parameter in parameters.items()
    )


def _answering(function: Callable[_P, _R]) -> Callable[_P, _R | str]:
    """The function with answers in place of exceptions: those arrive in Excel cut off, or not.

    A failure that is no `Refusal` is a fault of the program; it goes to this module's log.
    """

    @functools.wraps(function)
    def called(*args: _P.args, **kwargs: _P.kwargs) -> _R | str:
        try:
            return function(*args, **kwargs)
        except Refusal as refusal:
            return str(refusal)
        except ModuleNotFoundError as error:
            return f"{WRONG}没有安装{error.name}，请重新安装本程序"
        except Exception as error:
            _LOG.exception("%s", function.__name__)
            return f"{WRONG}程序出错（{type(error).__name__}），请用“诊断”导出信息"

    return called


def _marked_for_xlwings(
    function: Callable[_P, _R], arguments: tuple[ArgumentSpec, ...]
) -> Callable[_P, _R]:
    """What ``@xw.arg`` and ``@xw.func`` do; stock Import Functions then finds the function.

    Off Windows xlwings' decorators do nothing.
    """
    if xlwings is None:
        return function
    for argument in arguments:
        # Where several blocks of a table may follow, a column must not arrive as if it were a row.
        shape = 2 if argument.is_variadic else None
        marked = xlwings.arg(argument.name, doc=argument.help, err_to_str=True, ndim=shape)
        function = marked(function)
    return xlwings.func(category=CATEGORY)(function)
