"""Where things go in a user's profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from jixiao import settings
from jixiao.installing.system import System

ADDIN = "jixiao.xlam"
TEMPLATES = "绩效自评"
RECORD = "installed.json"
ENVIRONMENT = "venv"

_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_XDG_DOCUMENTS = re.compile(r'^XDG_DOCUMENTS_DIR="(?:\$HOME/)?([^"]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one user."""

    folder: Path  # our own; Excel finds the settings and the DLLs here
    start: Path  # what Excel opens at every start
    templates: Path

    @property
    def settings(self) -> Path:
        """The rendered settings."""
        return self.folder / settings.FILE

    @property
    def record(self) -> Path:
        """What was installed."""
        return self.folder / RECORD

    @property
    def environment(self) -> Path:
        """The program's own environment, where it came with an offline kit."""
        return self.folder / ENVIRONMENT

    @property
    def addin(self) -> Path:
        """The add-in with the ribbon."""
        return self.start / ADDIN


def places_of(system: System, templates: Path | None = None) -> Places:
    """The places of the system's user; ``templates`` is the folder chosen for the workbooks."""
    roaming = system.environment.get("APPDATA") or str(system.home / "AppData" / "Roaming")
    chosen = documents(system) / TEMPLATES if templates is None else templates.absolute()
    return Places(
        folder=system.home / settings.FOLDER,
        start=Path(roaming) / "Microsoft" / "Excel" / "XLSTART",
        templates=chosen,
    )


def documents(system: System) -> Path:
    """The user's documents, also where they have been moved or have a name in Chinese."""
    moved = _documents_on_windows(system) if system.is_windows else _documents_by_xdg(system)
    return moved or system.home / "Documents"


def _documents_on_windows(system: System) -> Path | None:
    value = system.registry(_SHELL_FOLDERS, "Personal")
    if not isinstance(value, str) or not value:
        return None
    folded = {name.upper(): content for name, content in system.environment.items()}
    path = re.sub("%([^%]+)%", lambda found: folded.get(found[1].upper(), found[0]), value)
    return None if "%" in path else Path(path)


def _documents_by_xdg(system: System) -> Path | None:
    config = system.environment.get("XDG_CONFIG_HOME") or str(system.home / ".config")
    try:
        text = (Path(config) / "user-dirs.dirs").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = _XDG_DOCUMENTS.search(text)
    return system.home / found[1] if found else None
