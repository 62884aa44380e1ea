"""A fake machine: a profile tree of another system in a temporary folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jixiao.installing.system import Distribution, Ran, System

XLWINGS = "0.37.8"
TEMPLATE = "部门整体支出绩效自评表-2023.xlsm"
PERSONAL = (
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders",
    "Personal",
)


@dataclass
class Registry:
    """Values by key and name, whatever their case."""

    values: dict[tuple[str, str], str | int] = field(default_factory=dict)

    def __call__(self, key: str, name: str) -> str | int | None:
        return self.values.get((key, name))


@dataclass
class Machine:
    """A system with the folders that the tests look into."""

    root: Path
    home: Path
    python: Path
    top: Path
    registry: Registry
    zones: dict[Path, str]
    distributions: dict[str, Distribution]
    faults: dict[str, str]
    system: System

    def change(self, **changes: object) -> System:
        """The same machine with something else about it."""
        self.system = replace(self.system, **changes)  # type: ignore[arg-type]
        return self.system

    @property
    def folder(self) -> Path:
        return self.home / ".jixiao"

    @property
    def addin(self) -> Path:
        return self.home / "AppData/Roaming/Microsoft/Excel/XLSTART/jixiao.xlam"

    @property
    def template(self) -> Path:
        return self.home / "Documents/绩效自评" / TEMPLATE

    def files(self) -> dict[str, bytes]:
        """Everything in the profile."""
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }

    def folders(self) -> set[str]:
        """Every folder in the profile."""
        found = (path for path in self.home.rglob("*") if path.is_dir())
        return {path.relative_to(self.home).as_posix() for path in found}


def no_program(command: Sequence[str]) -> Ran:
    raise AssertionError(f"no program should be run: {command}")


def make_machine(root: Path, settings_text: str, user: str = "张 三") -> Machine:
    """A Windows machine with a Chinese user name, and a Python with xlwings and jixiao."""
    home, python, top = root / "Users" / user, root / "Programs/Python 3.11", root / "shipped"
    for folder in (home, python, top / "addin/excel", top / "workbook_templates"):
        folder.mkdir(parents=True)
    (python / "python.exe").touch()
    for bits in (64, 32):
        (python / f"xlwings{bits}-{XLWINGS}.dll").write_bytes(f"DLL of {bits} bits".encode())
    (top / "xlwings.conf").write_text(settings_text, "ascii")
    (top / "addin/excel/jixiao.xlam").write_bytes(b"the add-in")
    (top / "workbook_templates" / TEMPLATE).write_bytes(b"the template")
    (top / "workbook_templates/other.xlsx").write_bytes(b"not installed")
    distributions = {
        "xlwings": Distribution(XLWINGS, tuple(python.glob("*.dll"))),
        "pywin32": Distribution("312", ()),
        "jixiao": Distribution("0.1.0", ()),
    }
    registry, zones, faults = Registry(), dict[Path, str](), dict[str, str]()
    environment: Mapping[str, str] = {
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData/Roaming"),
        "TEMP": str(root / "Temp"),
    }
    system = System(
        platform="win32",
        environment=environment,
        home=home,
        interpreter=str(python / "python.exe"),
        version=(3, 11, 7),
        bits=64,
        ansi="gbk",
        registry=registry,
        zone=zones.get,
        distribution=distributions.get,
        import_fault=faults.get,
        run=no_program,
        which=lambda _: None,
    )
    return Machine(root, home, python, top, registry, zones, distributions, faults, system)
