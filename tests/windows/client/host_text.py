"""Facts that the client takes from the text of JxHost, so that there is one place for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HOST_MODULE = Path(__file__).resolve().parents[3] / "addin" / "vba" / "JxHost.bas"


class Declared(NamedTuple):
    """A Declare: the DLL and the entry point in it."""

    dll: str
    entry: str


def excel_text(path: Path = HOST_MODULE) -> str:
    """What Excel compiles, in lines without comments; lines that go on are joined."""
    joined = re.sub(r" _\r?\n\s*", " ", path.read_text("ascii"))
    without_calc = re.sub(r"#If JX_CALC Then.*?#End If", "", joined, flags=re.DOTALL)
    lines = (_without_comment(line).strip() for line in without_calc.splitlines())
    return "\n".join(line for line in lines if line)


def _without_comment(line: str) -> str:
    return re.sub(r"""^((?:[^"']|"[^"]*")*)'.*$""", r"\1", line)


def procedure(name: str, text: str) -> str:
    """The lines of one procedure between its head and its end."""
    found = re.search(
        rf"^(?:Public|Private) (Function|Sub) {name}\(.*?\n(.*?)\nEnd \1", text, re.M | re.S
    )
    assert found is not None, name
    return found[2]


def constant(name: str, text: str) -> str:
    """The value of a Const: a text without its quotation marks, or a number as it is written."""
    found = re.search(rf'^Private Const {name} As \w+ = "?([^"\n]*)', text, re.M)
    assert found is not None, name
    return found[1]


def declared(name: str, text: str) -> Declared:
    """What a Declare stands for."""
    found = re.search(rf'Declare PtrSafe Function {name} Lib "([^"]+)" Alias "(\w+)"', text)
    assert found is not None, name
    return Declared(found[1], found[2])


def worth(name: str, text: str, variables: Mapping[str, str]) -> str:
    """What a function gives that is one expression of literals and ``variables`` joined by &."""
    found = re.search(rf"^{name} = (.*)$", procedure(name, text), re.M)
    assert found is not None, name
    parts = re.findall(r'"((?:[^"]|"")*)"(?!\w)|([A-Za-z]\w*(?:\("\w+"\))?)|\S', found[1])
    return "".join(
        variables[variable] if variable else literal.replace('""', '"')
        for literal, variable in parts
        if literal or variable
    )


def cases(name: str, text: str) -> frozenset[int]:
    """The numbers of a procedure's one Case."""
    found = re.search(r"^Case (.*)$", procedure(name, text), re.M)
    assert found is not None, name
    return frozenset(int(number) for number in found[1].split(","))
