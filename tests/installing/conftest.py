"""A fake Windows machine, and the command line that believes it runs there."""

from __future__ import annotations

from pathlib import Path

import pytest

from installing.machine import Machine, make_machine
from jixiao import settings


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Chinese user name, spaces in the paths, code page 936, stand-ins for the shipped files."""
    text = settings.settings_source().read_text("ascii")
    made = make_machine(tmp_path, text)
    monkeypatch.setattr(settings, "settings_source", lambda: made.top / "xlwings.conf")
    for command in ("install", "uninstall", "doctor"):
        monkeypatch.setattr(f"jixiao.cli.commands.{command}.this_system", lambda: made.system)
    return made
