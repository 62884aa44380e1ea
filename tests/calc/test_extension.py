"""The packing of the Calc extension and its installation."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from office import Office
from trial_book import SHEET, write_book

from jixiao.building.calc_extension import (
    InstallError,
    extension_bytes,
    install_extension,
    office_environment,
    write_extension,
)

COMPONENTS = "{http://openoffice.org/2010/uno-components}"


def test_the_paths_are_in_it_and_chinese_ones_too() -> None:
    packed = extension_bytes([Path("/home/陈某/绩效/addin"), Path("/opt/jixiao")])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("python/paths.txt").decode() == "/home/陈某/绩效/addin\n/opt/jixiao\n"
        assert not [name for name in archive.namelist() if "__pycache__" in name]


def test_what_the_manifest_names_is_there() -> None:
    with zipfile.ZipFile(io.BytesIO(extension_bytes([]))) as archive:
        components = ElementTree.fromstring(archive.read("jixiao.components"))
        component = components.find(f"{COMPONENTS}component")
        assert component is not None
        assert component.get("uri") in archive.namelist()
        service = component.find(f"{COMPONENTS}implementation/{COMPONENTS}service")
        assert service is not None
        assert service.get("name") == "jixiao.Bridge"
        assert b"jixiao.components" in archive.read("META-INF/manifest.xml")


def test_equal_input_gives_equal_bytes() -> None:
    assert extension_bytes([Path("a")]) == extension_bytes([Path("a")])


def test_without_libreoffice_the_installation_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InstallError, match="请先安装 LibreOffice"):
        install_extension(Path("jixiao.oxt"))


@pytest.mark.calc
def test_a_named_profile_that_is_in_use_is_refused(tmp_path: Path) -> None:
    with Office(tmp_path), pytest.raises(InstallError, match="请先关闭"):
        install_extension(Path("jixiao.oxt"), tmp_path)


@pytest.mark.calc
@pytest.mark.skipif(shutil.which("unopkg") is None, reason="没有 unopkg")
@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="unopkg 不能以 root 身份运行"
)
def test_installed_by_unopkg_the_functions_calculate(tmp_path: Path) -> None:
    trial = Path(__file__).with_name("trial")
    profile = tmp_path / "profile"
    for _ in range(2):  # The second time replaces the first.
        install_extension(write_extension(tmp_path / "jixiao.oxt", [trial]), profile)
    path = write_book(tmp_path / "book.xlsm", formulas={"A1": "=JX_VERSION()"})
    with Office(profile) as office:
        book = office.open(path)
        book.recalculate()
        assert book.value(SHEET, "A1") == "trial"


def test_libreoffice_is_started_without_any_virtual_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer, plain = tmp_path / "outer" / "bin", tmp_path / "plain" / "bin"
    for folder in (outer, plain):
        folder.mkdir(parents=True)
    (outer.parent / "pyvenv.cfg").touch()
    own = Path(sys.executable).parent
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (own, outer, plain))))
    assert office_environment()["PATH"] == str(plain)
