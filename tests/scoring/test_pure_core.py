"""The core is pure: it imports nothing of the hosts, and no library at all."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jixiao.scoring

PACKAGE = Path(jixiao.scoring.__file__).parent
ROOT = PACKAGE.parent.parent
HEAVY = {"pandas", "numpy", "xlwings", "openpyxl", "xlsxwriter", "rich", "python_calamine"}


def _imports(module: Path) -> Iterator[str]:
    package = module.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join((*base, node.module or "")).rstrip(".")


def test_the_core_imports_itself_and_the_standard_library_only() -> None:
    modules = sorted(PACKAGE.rglob("*.py"))
    assert len(modules) > 10
    foreign = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in modules
        for name in _imports(module)
        if not f"{name}.".startswith("jixiao.scoring.")
        and name.partition(".")[0] not in sys.stdlib_module_names
    }
    assert foreign == set()


def test_importing_the_core_loads_no_library_and_no_host() -> None:
    script = "import sys, jixiao.scoring; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    ours = {name for name in loaded if name.partition(".")[0] == "jixiao"}
    assert {name for name in ours if not name.startswith("jixiao.scoring")} == {"jixiao"}
