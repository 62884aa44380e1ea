"""The generator of the VBA wrappers."""

from __future__ import annotations

import importlib

import pytest

from jixiao.building.sources import source_folder
from jixiao.building.wrappers import MODULE, TableError, wrapper_module
from jixiao.function_table import FUNCTIONS, ArgumentSpec, Example, FunctionSpec


def argument(
    name: str, *, optional: bool = False, variadic: bool = False, words: str = "试验"
) -> ArgumentSpec:
    return ArgumentSpec(name, words, is_optional=optional, is_variadic=variadic)


A, B = argument("a"), argument("b")
OPTIONAL = argument("c", optional=True)
VALUES = argument("values", variadic=True)


def table(name: str, *arguments: ArgumentSpec, description: str = "得分") -> list[FunctionSpec]:
    return [FunctionSpec(name, description, arguments, Example(f"={name}()"), repr)]


def test_one_wrapper_for_each_function_in_order() -> None:
    text = wrapper_module(
        [
            *table("JX_RATE", A, B, OPTIONAL),
            *table("JX_TOTAL", A, VALUES),
            *table("JX_VERSION"),
        ]
    )
    assert text == (
        'Attribute VB_Name = "JxFunctions"\n'
        "Option Explicit\n"
        "\n"
        "' Generated from the table of functions: change that, not this.\n"
        "\n"
        "Public Function JX_RATE(a, b, Optional c)\n"
        '    JX_RATE = JxCall("JX_RATE", Array(a, b, c))\n'
        "End Function\n"
        "\n"
        "Public Function JX_TOTAL(a, ParamArray values())\n"
        "    Dim jxRest\n"
        "    jxRest = values\n"
        '    JX_TOTAL = JxCall("JX_TOTAL", Array(a), jxRest)\n'
        "End Function\n"
        "\n"
        "Public Function JX_VERSION()\n"
        '    JX_VERSION = JxCall("JX_VERSION", Array())\n'
        "End Function\n"
    )
    assert text.isascii()


@pytest.mark.parametrize(
    "name", ["JX1", "T1", "XFD99", "R1C1", "得分", "_JX", "JX-A", "Date", "JxCall"]
)
def test_a_name_that_vba_or_a_formula_misreads_is_refused(name: str) -> None:
    with pytest.raises(TableError, match=name):
        wrapper_module(table(name, A))


@pytest.mark.parametrize(
    "arguments",
    [
        [OPTIONAL, A],
        [VALUES, A],
        [OPTIONAL, VALUES],
        [argument("values", optional=True, variadic=True)],
        [argument("type")],
        [argument("单元格")],
        [argument("a"), argument("A")],
        [argument("jx_sum")],
        [argument("a", words="长" * 256)],
        [argument(f"a{n}") for n in range(61)],
    ],
    ids=lambda arguments: ",".join(a.name for a in arguments[:3]),
)
def test_arguments_that_vba_or_xlwings_would_not_take_are_refused(
    arguments: list[ArgumentSpec],
) -> None:
    with pytest.raises(TableError):
        wrapper_module(table("JX_SUM", *arguments))


def test_the_same_name_twice_is_refused_whatever_its_case() -> None:
    with pytest.raises(TableError, match="twice"):
        wrapper_module([*table("JX_RATE", A), *table("Jx_Rate", B)])


def test_a_description_longer_than_excel_shows_is_refused() -> None:
    with pytest.raises(TableError, match="255"):
        wrapper_module(table("JX_RATE", A, description="长" * 256))


def test_the_committed_wrappers_are_those_of_the_table() -> None:
    importlib.import_module("jixiao.udfs")
    committed = (source_folder("vba") / f"{MODULE}.bas").read_text("ascii")
    assert committed == wrapper_module(FUNCTIONS.values()), "run `python -m jixiao build`"
