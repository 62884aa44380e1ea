"""Data validations keep within what Excel takes, whatever a rubric says."""

from __future__ import annotations

import pytest

from jixiao.scoring import InputKind, InputSpec
from jixiao.template.validation import (
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    check_of,
    clipped,
    list_check,
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", ["", "一" * 32, "一" * 33, "一" * 300, "𠀀" * 40, "a𠀀" * 20])
def test_clipped_text_fits(text: str) -> None:
    found = clipped(text, LONGEST_TITLE)
    assert utf16(found) <= LONGEST_TITLE
    assert found == text or found.endswith("…")
    assert found == text or utf16(text) > LONGEST_TITLE


@pytest.mark.parametrize("kind", [kind for kind in InputKind if kind is not InputKind.CHOICE])
def test_long_labels_and_advice_are_cut(kind: InputKind) -> None:
    check = check_of(InputSpec("x", "长" * 300, kind, "个", "长" * 300))
    if kind is InputKind.TEXT:
        assert check is None
        return
    assert check is not None
    assert utf16(check["input_title"]) == LONGEST_TITLE
    assert utf16(check["input_message"]) == LONGEST_MESSAGE
    assert utf16(check["error_message"]) == LONGEST_MESSAGE


@pytest.mark.parametrize(
    "options", [(), ("一,二", "三"), ('说"是"', "否"), tuple("选" * 30 for _ in range(9))]
)
def test_options_that_no_list_can_hold_are_left_to_the_program(options: tuple[str, ...]) -> None:
    assert list_check("项目", options) is None


def test_options_may_have_chinese_commas_and_equals_signs() -> None:
    check = list_check("项目", ("=", "一，二"))
    assert check is not None
    assert check["source"] == ["=", "一，二"]
