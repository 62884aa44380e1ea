"""The client does what stands in JxHost: its Python is compared with that VBA."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from windows.client import host_text

CLIENT = Path(host_text.__file__).with_name("host_module.py")
TEXT = host_text.excel_text()

#: VBA's name for a method of the client.
NAMES = {
    "jx_call": "JxCall",
    "jx_run": "JxRun",
    "plain_values": "PlainValues",
    "plain_value": "PlainValue",
    "server_for": "Server",
    "run_on_server": "RunOnServer",
    "activated": "Activated",
    "interpreter": "Interpreter",
    "load_dll": "LoadDll",
    "explanation": "Explanation",
}


def carried_over() -> dict[str, str]:
    """The VBA in each method's docstring, after its first line; read without importing ctypes."""
    module = ast.parse(CLIENT.read_text("utf-8"))
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    (host,) = (node for node in classes if node.name == "HostModule")
    documented = {
        node.name: ast.get_docstring(node) or ""
        for node in host.body
        if isinstance(node, ast.FunctionDef)
    }
    return {name: text.partition("\n\n")[2] for name, text in documented.items() if name in NAMES}


@pytest.mark.parametrize("method", NAMES)
def test_the_client_does_what_the_host_module_says(method: str) -> None:
    assert carried_over()[method] == host_text.procedure(NAMES[method], TEXT)


def test_every_procedure_on_the_way_to_python_is_carried_over_or_read() -> None:
    """Whoever adds one to the VBA has to add it to the client."""
    read = {"ServerCommand", "SettingsFile", "IsConnectionLost"}
    in_few_lines = {"Activate", "Setting", "FileExists", "Fail", "MessageText", "WithErrorValues"}
    for_people = {"JxRibbon", "JxRestart", "JxTabVisible", "JxDescribe"}
    parts = {"ErrorOrSame", "HasColumns"}
    found = re.findall(r"^(?:Public|Private) (?:Function|Sub) (\w+)\(", TEXT, re.M)
    assert set(found) == {*NAMES.values(), *read, *in_few_lines, *for_people, *parts}


def test_the_command_is_read_from_the_host_module() -> None:
    variables = {
        'Environ("ComSpec")': r"C:\Windows\cmd.exe",
        "python": r"C:\Python 3\python.exe",
        "mGeneration": "2",
    }
    command = host_text.worth("ServerCommand", TEXT, variables)
    assert command.startswith(r'C:\Windows\cmd.exe /C ""C:\Python 3\python.exe" -B -c "')
    assert command.endswith("('$(CLSID)') #2\"\"")


def test_numbers_and_names_are_read_from_the_host_module() -> None:
    assert host_text.constant("FUNCTION_MODULE", TEXT) == "jixiao.udfs"
    assert host_text.declared("Activate64", TEXT).dll == "jixiao-xlwings64.dll"
    assert 462 in host_text.cases("IsConnectionLost", TEXT)
