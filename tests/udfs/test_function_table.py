"""The table of functions: every function of the design, with the names and help a person sees."""

from __future__ import annotations

import re
import unicodedata

import pytest

from jixiao import udfs
from jixiao.function_table import (
    FUNCTIONS,
    LONGEST_HELP,
    ArgumentSpec,
    Example,
    FunctionSpec,
    worksheet_function,
)

# name → arguments; [] may be left out, … repeats.
FUNCTIONS_AND_ARGUMENTS = {
    "JX_COMPLETION_RATE": "actual, target, [nature]",
    "JX_COMPLETION_SCORE": "actual, target, points, [nature], [standard]",
    "JX_QUALITATIVE_SCORE": "level, share, points, [standard]",
    "JX_EXECUTION_RATE": "months",
    "JX_EXECUTION_SCORE": "months, points",
    "JX_EX_ANTE_SCORE": "required, missed, points",
    "JX_CARRYOVER_RATIO": "year_end, opening, general, fund",
    "JX_CARRYOVER_SCORE": "ratio, points",
    "JX_DEDUCTION_SCORE": "count, per_item, points",
    "JX_CONTRACT_SCORE": "on_time, total, points",
    "JX_SME_SCORE": "actual, reserved, points",
    "JX_ASSET_USE_SCORE": "in_use, total, points",
    "JX_EXPENSE_CONTROL_SCORE": "actual, budget, points",
    "JX_THREE_PUBLIC_SCORE": "actual, budget, points",
    "JX_SCORE": "indicator, values…",
    "JX_REASON": "indicator, values…",
    "JX_TOTAL": "scores, points, [standard]",
    "JX_GRADE": "total, [standard]",
    "JX_COMPLETION_TABLE": "table…",
}

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def written(argument: ArgumentSpec) -> str:
    name = argument.name + "…" * argument.is_variadic
    return f"[{name}]" if argument.is_optional else name


def test_the_functions_are_those_of_the_design_in_its_order() -> None:
    found = {
        name: ", ".join(written(argument) for argument in function.arguments)
        for name, function in FUNCTIONS.items()
    }
    assert found == FUNCTIONS_AND_ARGUMENTS
    assert list(found) == list(FUNCTIONS_AND_ARGUMENTS)


@every_function
def test_what_the_cell_calls_is_the_function_of_that_name(function: FunctionSpec) -> None:
    assert getattr(udfs, function.name) is function.call


@every_function
def test_the_names_are_ascii_and_no_cells(function: FunctionSpec) -> None:
    for name in (function.name, *(argument.name for argument in function.arguments)):
        assert re.fullmatch(r"[A-Za-z][A-Za-z_]*", name)


@every_function
def test_descriptions_and_help_are_chinese_and_fit_into_the_wizard(function: FunctionSpec) -> None:
    for text in (function.description, *(argument.help for argument in function.arguments)):
        assert 0 < len(text) <= LONGEST_HELP
        # The wizard cuts by UTF-16 units and shows one line.
        assert len(text.encode("utf-16-le")) // 2 == len(text)
        assert "\n" not in text
        assert any(unicodedata.name(letter, "").startswith("CJK") for letter in text)


@every_function
def test_the_wizard_reads_chinese_and_a_programmer_english(function: FunctionSpec) -> None:
    assert re.search(r"[a-z]{2,} [a-z]{2,}", _documented(function).splitlines()[0])
    assert function.call.__doc__ == function.description


def test_a_quoted_sentence_stands_in_the_rubric() -> None:
    """「」 in a docstring holds the standard's own wording; … marks what is left out."""
    rubric = udfs.shipped_rubric(udfs.RUBRIC)
    texts = [row.sentence for row in rubric.indicators]
    printed = _plain("".join((*texts, "；".join(band.words for band in rubric.bands))))
    misquoted = [
        (function.name, piece)
        for function in FUNCTIONS.values()
        for quotation in re.findall(r"「(.*?)」", _documented(function), re.DOTALL)
        for piece in _plain(quotation).split("…")
        if piece not in printed
    ]
    assert misquoted == []


def _documented(function: FunctionSpec) -> str:
    return str(function.call.__wrapped__.__doc__)  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.replace("…", "⋯")).split()).replace("⋯", "…")


def test_help_for_every_argument_in_order_is_required() -> None:
    with pytest.raises(ValueError, match="help and arguments differ"):

        @worksheet_function("说明", Example("=JX(1,2)"), second="第二", first="第一")
        def jx_first(first: object, second: object) -> float:
            return 0.0

    assert "jx_first" not in FUNCTIONS


@pytest.mark.parametrize("text", ["", "长" * 256])
def test_a_help_text_that_the_wizard_would_cut_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="255"):

        @worksheet_function(text, Example("=JX(1)"), value="数")
        def jx_long(value: object) -> float:
            return 0.0

    assert "jx_long" not in FUNCTIONS
