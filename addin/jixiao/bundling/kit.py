"""Putting the kit together, beside its place, and moving it there when it is whole."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from jixiao.bundling.downloading import download_wheels
from jixiao.bundling.errors import BundlingError
from jixiao.bundling.own_wheel import build_own_wheel, given_wheel
from jixiao.bundling.wheel_files import Wheel, data_files
from jixiao.bundling.windows_pythons import VERSIONS
from jixiao.bundling.words import FIRST_PAGE, first_page, messages
from jixiao.ooxml import in_chinese

SUMS = "SHA256SUMS"
PROGRAM = "program"
CODE_PAGES = {"936": "gbk", "65001": "utf-8"}
"""Those of consoles on Chinese systems, and Python's names for them."""

_ON_SITE = "jixiao.bundling.on_site"
_AT_THE_TOP = ("install.cmd", "uninstall.cmd")
_IN_PROGRAM = ("install.py", "fitness.py")
_SHIPPED = "share/jixiao"
_FOR_PEOPLE = re.compile(r"(docs/.+|workbook_templates/.+|addin/excel/.+)")
_INSTALLER = re.compile(r"python-(3\.\d+)\.\d+-amd64\.exe")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What the maintainer chose."""

    versions: Sequence[str]
    wheel: Path | None = None  # None: built from the checkout
    installer: Path | None = None  # of a Python for PCs that have none


@dataclass(frozen=True, slots=True)
class Kit:
    """A finished kit."""

    folder: Path
    files: int
    size: int


def make_kit(folder: Path, ingredients: Ingredients, say: Say) -> Kit:
    """Make the kit at a path where nothing is yet, or an empty folder.

    BundlingError, with nothing left behind, where that is not so or something cannot be had.
    """
    refuse_taken(folder)
    refuse_other_versions(ingredients)
    refuse_unfit_installer(ingredients)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".jixiao-", dir=folder.parent) as scratch:
            kit = Path(scratch, "kit")
            _fill(kit, Path(scratch), ingredients, say)
            if folder.exists():
                folder.rmdir()
            kit.rename(folder)
    except OSError as error:
        raise BundlingError(f"文件夹“{folder}”写不了：{in_chinese(error)}") from error
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Kit(folder, len(files), sum(path.stat().st_size for path in files))


def refuse_taken(folder: Path) -> None:
    """BundlingError for a folder with something in it, or a file."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise BundlingError(f"{folder}：已经有了，而且不是空文件夹，没有改动。请换一个文件夹")


def refuse_other_versions(ingredients: Ingredients) -> None:
    """BundlingError for a version of Python that no kit serves."""
    others = [version for version in ingredients.versions if version not in VERSIONS]
    if others:
        raise BundlingError(f"没有 Python {'、'.join(others)} 的，只有 {'、'.join(VERSIONS)}")


def refuse_unfit_installer(ingredients: Ingredients) -> None:
    """BundlingError unless it is python.org's, of a version that the kit will serve."""
    installer = ingredients.installer
    if installer is None:
        return
    named = _INSTALLER.fullmatch(installer.name)
    if not installer.is_file() or named is None:
        raise BundlingError(
            f"“{installer}”不是 python.org 的 64 位安装程序（文件名像 python-3.13.1-amd64.exe）"
        )
    if named[1] not in ingredients.versions:
        listed = "、".join(ingredients.versions)
        raise BundlingError(f"“{installer}”是 Python {named[1]}，离线安装包只有 {listed} 的组件")


def _fill(kit: Path, scratch: Path, ingredients: Ingredients, say: Say) -> None:
    own = _own(ingredients, scratch, say)
    lists = _collect(own, ingredients.versions, scratch, say)
    program = kit / PROGRAM
    (program / "wheels").mkdir(parents=True)
    for wheel in {wheel.path.name: wheel for wheels in lists.values() for wheel in wheels}.values():
        shutil.copyfile(wheel.path, program / "wheels" / wheel.path.name)
    for version, wheels in lists.items():
        pins = "".join(f"{wheel.pin}\n" for wheel in wheels)
        (program / f"requirements-{version}.txt").write_text(pins, "ascii", newline="\n")
    for path, content in data_files(own, _SHIPPED).items():
        if _FOR_PEOPLE.fullmatch(path.as_posix()):
            _write(kit / path, content)
    if ingredients.installer is not None:
        shutil.copyfile(ingredients.installer, program / ingredients.installer.name)
    _write_programs(kit)
    _write_words(kit, lists, ingredients.installer)
    _write_sums(kit)


def _own(ingredients: Ingredients, scratch: Path, say: Say) -> Wheel:
    if ingredients.wheel is not None:
        return given_wheel(ingredients.wheel)
    say("制作本程序的安装包")
    folder = scratch / "own"
    folder.mkdir()
    return build_own_wheel(folder)


def _collect(
    own: Wheel, versions: Sequence[str], scratch: Path, say: Say
) -> dict[str, tuple[Wheel, ...]]:
    lists = {}
    for version in versions:
        say(f"下载 Python {version} 用的组件")
        folder = scratch / version
        folder.mkdir()
        lists[version] = download_wheels(own, version, folder)
    return lists


def _write_programs(kit: Path) -> None:
    """What runs on the staff's PC. cmd may lose its way in a file whose lines end in LF alone."""
    sources = resources.files(_ON_SITE)
    for name in _AT_THE_TOP:
        text = sources.joinpath(name).read_text("ascii")
        _write(kit / name, text.replace("\n", "\r\n").encode("ascii"))
    for name in _IN_PROGRAM:
        _write(kit / PROGRAM / name, sources.joinpath(name).read_bytes())


def _write_words(kit: Path, lists: dict[str, tuple[Wheel, ...]], installer: Path | None) -> None:
    versions = tuple(lists)
    for page, encoding in CODE_PAGES.items():
        for name, text in messages(versions).items():
            content = text.replace("\n", "\r\n").encode(encoding)
            _write(kit / PROGRAM / "messages" / page / f"{name}.txt", content)
    packages = sorted({f"{wheel.name} {wheel.version}" for ws in lists.values() for wheel in ws})
    text = first_page(versions, packages, installer.name if installer else None)
    # The byte order mark is for Notepad.
    _write(kit / FIRST_PAGE, text.replace("\n", "\r\n").encode("utf-8-sig"))


def _write_sums(kit: Path) -> None:
    """One line a file, as sha256sum writes and checks them."""
    paths = sorted(path for path in kit.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} *{path.relative_to(kit).as_posix()}\n"
        for path in paths
    ]
    (kit / SUMS).write_text("".join(lines), "utf-8", newline="\n")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
