"""The text of JxHost, as far as it can be judged without Excel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from trial_book import FUNCTIONS

from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.building.wrappers import RESERVED, wrapper_module

SOURCE = (
    (Path(__file__).resolve().parents[2] / "addin" / "vba" / "JxHost.bas")
    .read_bytes()
    .decode("ascii")
)

#: What VBA and Excel know and the module uses.
KNOWN = {
    *("activeworkbook", "application", "environ", "freefile", "getattr", "ismissing", "isobject"),
    *("isarray", "lcase", "msgbox", "split", "thisworkbook", "typename", "vartype", "cverr", "eof"),
    *(
        "vbdate",
        "vbdirectory",
        "vbexclamation",
        "vbinformation",
        "vblf",
        "vbstring",
        "alias",
        "lib",
    ),
}
BLOCKS = {"Function", "Sub", "If", "Select"}


def excel_view(source: str, *, win64: bool) -> list[str]:
    """The lines that Excel compiles, without comments, literals and continuations."""
    joined = re.sub(r" _\n\s*", " ", source.replace("\r\n", "\n"))
    lines, keep = [], [True]
    for line in joined.split("\n"):
        text = re.sub(r'"(?:[^"]|"")*"', '""', line)
        text = re.sub(r"'.*", "", text).rstrip()
        if text.strip().startswith("#If"):
            keep.append(keep[-1] and win64 and "Win64" in text)
        elif text.strip() == "#End If":
            keep.pop()
        elif keep[-1] and text.strip():
            lines.append(text)
    assert keep == [True]
    return lines


def procedures(lines: list[str]) -> list[list[str]]:
    """The lines of each procedure, and first those outside of any."""
    parts: list[list[str]] = [[]]
    outside = parts[0]
    for line in lines:
        if re.match(r"(Public|Private) (Function|Sub) ", line):
            parts.append([])
        (parts[-1] if len(parts) > 1 else outside).append(line)
    return parts


def names(text: str) -> set[str]:
    """The identifiers of a line, without members (after a dot) and names of arguments."""
    return {name.lower() for name in re.findall(r"(?<![.\w])[A-Za-z]\w*\b(?!:=)", text)}


def declared(part: list[str]) -> set[str]:
    head = names(part[0]) if part else set()
    local = [
        line
        for line in part[1:]
        if re.match(r"\s*Dim ", line) or re.fullmatch(r"\w+:", line.strip())
    ]
    return head.union(*(names(line) for line in local)) if local else head


@pytest.mark.parametrize("win64", [True, False])
@pytest.mark.parametrize(
    "source", [SOURCE, wrapper_module(FUNCTIONS)], ids=["JxHost", "JxFunctions"]
)
def test_every_name_that_excel_compiles_is_declared(source: str, win64: bool) -> None:
    outside, *parts = procedures(excel_view(source, win64=win64))
    public = set().union(*(names(line) for line in outside), *(names(part[0]) for part in parts))
    for part in parts:
        used = set().union(*(names(line) for line in part[1:]))
        unknown = used - declared(part) - public - KNOWN - RESERVED - {"jxrest"}
        assert not unknown, part[0]


@pytest.mark.parametrize("win64", [True, False])
def test_every_block_that_excel_compiles_is_closed(win64: bool) -> None:
    stack: list[str] = []
    for line in excel_view(SOURCE, win64=win64):
        text = re.sub(r"^(Public|Private) ", "", line.strip())
        word = text.split(" ")[0].rstrip(":")
        if word == "End":
            assert stack.pop() == text.split(" ")[1], line
        elif word in ("Next", "Loop"):
            assert stack.pop() == {"Next": "For", "Loop": "Do"}[word], line
        elif word in ("For", "Do") or (word in BLOCKS and (word != "If" or text.endswith("Then"))):
            stack.append(word)
    assert not stack


def test_calc_blocks_leave_and_alternatives_are_never_written() -> None:
    assert not re.search(r"^\s*#Else", SOURCE, re.MULTILINE)
    in_procedures = re.findall(
        r"^    #If JX_CALC Then\n(.*?)^    #End If", SOURCE, re.MULTILINE | re.DOTALL
    )
    assert len(in_procedures) == 4
    assert all(re.search(r"Exit (Function|Sub)\n$", block) for block in in_procedures)


def test_it_is_bound_to_no_version_of_xlwings() -> None:
    libraries = re.findall(r'Lib "([^"]+)"', SOURCE)
    assert libraries == ["KERNEL32", "jixiao-xlwings64.dll", "jixiao-xlwings32.dll"]


def test_the_notice_of_xlwings_is_kept() -> None:
    for line in (
        "Copyright (C) 2014-present, Zoomer Analytics LLC.",
        "DISCLAIMED. IN NO EVENT SHALL",
    ):
        assert line in SOURCE


def test_every_code_it_uses_has_a_chinese_text_and_an_english_hint() -> None:
    used = re.findall(r'"(JX\d)(?:"|\|)', SOURCE)
    assert sorted(set(used)) == sorted(HOST_MESSAGES)
    assert all(not text.isascii() for text in HOST_MESSAGES.values())


def test_nothing_is_read_from_a_workbook_but_words() -> None:
    names = re.findall(r'\.Names\("(\w+)"\)', SOURCE)
    assert sorted(names) == ["jixiao_function_help", "jixiao_messages"]
    assert set(re.findall(r"ThisWorkbook\.(\w+)", SOURCE)) == {"IsAddin", "Name", "Names", "Saved"}
    for lookup in ("Worksheets", "Sheets(", "FullName", ".Path", "xlwings.conf"):
        assert lookup not in SOURCE


def test_the_command_is_constant_and_quoted_as_cmd_wants_it() -> None:
    expression = re.search(r"ServerCommand = (.*?)\nEnd Function", SOURCE, re.DOTALL)
    assert expression is not None
    parts = re.findall(
        r'"((?:[^"]|"")*)"(?!\w)|(Environ\("ComSpec"\))|\b(python|mGeneration)\b', expression[1]
    )
    given = {"python": r"C:\py 3\python.exe", "mGeneration": "0"}
    command = "".join(
        text.replace('""', '"') or given.get(name, "cmd.exe") for text, environ, name in parts
    )
    assert command == (
        r'cmd.exe /C ""C:\py 3\python.exe" -B -c '
        '"import sys;sys.path[:]=[p for p in sys.path if p];'
        "from jixiao.hosts.excel_server import serve;serve('$(CLSID)') #0\"\""
    )
