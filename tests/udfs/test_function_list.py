"""The manual's list of functions: it is what the table gives, and its examples are worked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.building.function_list import example_arguments, example_result, function_list
from jixiao.function_table import FUNCTIONS, Example, FunctionSpec

PAGE = Path(__file__).resolve().parents[2] / "docs" / "函数一览.md"

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def test_the_page_is_as_the_table_gives_it() -> None:
    anew = f"python -m jixiao.building.function_list docs/{PAGE.name}"
    assert PAGE.read_bytes().decode("utf-8") == function_list(), f"run: {anew}"


@every_function
def test_a_function_is_described_with_all_its_arguments_and_an_example(
    function: FunctionSpec,
) -> None:
    _, _, section = function_list().partition(f"### {function.name}\n")
    section = section.partition("\n### ")[0]
    assert function.description in section
    for argument in function.arguments:
        assert argument.help in section
    assert f"`{function.example.formula}`" in section


# Worked out by hand from the standard.
RESULTS: dict[str, object] = {
    "JX_COMPLETION_RATE": 81 / 100,
    "JX_COMPLETION_SCORE": 0.81 * 20,
    "JX_QUALITATIVE_SCORE": 0.9 * 10,
    "JX_EXECUTION_RATE": (0.09 + 0.2 + 0.31 + 0.42 + 0.55 + 0.63 + 0.7 + 0.78 + 0.85 + 0.93 + 1)
    / 11,
    "JX_EXECUTION_SCORE": 5.87,
    "JX_EX_ANTE_SCORE": 3 - 2 * 0.5,
    "JX_CARRYOVER_RATIO": 120 / (300 + 600 + 100),
    "JX_CARRYOVER_SCORE": 1,
    "JX_DEDUCTION_SCORE": 2 - 1 * 0.5,
    "JX_CONTRACT_SCORE": 2,
    "JX_SME_SCORE": 4 / 5 * 1,
    "JX_ASSET_USE_SCORE": 1.5,
    "JX_EXPENSE_CONTROL_SCORE": 2 - 2 * 0.5,
    "JX_THREE_PUBLIC_SCORE": 2,
    "JX_SCORE": 1,
    "JX_TOTAL": 20 + 20 + 7.59 + 3,
    "JX_GRADE": "优",
}


@pytest.mark.parametrize("name", RESULTS)
def test_an_example_gives_what_the_standard_says(name: str) -> None:
    result = example_result(FUNCTIONS[name])
    expected = RESULTS[name]
    assert result == (expected if isinstance(expected, str) else pytest.approx(expected))


def test_the_other_examples_show_a_reason_and_a_table() -> None:
    assert set(FUNCTIONS) - set(RESULTS) == {"JX_REASON", "JX_COMPLETION_TABLE"}
    assert "在(10%, 20%]档，得1分（满分2分）" in str(example_result(FUNCTIONS["JX_REASON"]))
    assert example_result(FUNCTIONS["JX_COMPLETION_TABLE"]) == [
        [0.81, 10.0, 8.1],
        ["#N/A", 10.0, "待填：实际完成值"],
        ["", "", ""],
    ]


def test_arguments_of_an_example_are_what_a_host_hands_over() -> None:
    example = Example('=JX("文,字",12%,0.5,A1:A2)', {"A1:A2": [[1.0], [None]]})
    assert example_arguments(example) == ["文,字", 0.12, 0.5, [[1.0], [None]]]


@pytest.mark.parametrize("formula", ["JX(1)", "=JX(1", "=JX(A1)", "=JX(1+1)", "=JX(-1)", "=JX(1,)"])
def test_an_example_that_cannot_be_worked_out_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match="can be worked out"):
        example_arguments(Example(formula))


def test_the_page_says_what_stands_where_there_is_no_number() -> None:
    page = function_list()
    for words in ("`待填：…`", "`待评：…`", "`错误：…`", "`#N/A`", "`JX_TOTAL`", "`ISNUMBER`"):
        assert words in page
