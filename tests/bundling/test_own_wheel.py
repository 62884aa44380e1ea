"""Our own wheel: built from a checkout, given, or refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from bundling.handmade import write_wheel
from jixiao.bundling import own_wheel
from jixiao.bundling.errors import BundlingError
from jixiao.bundling.own_wheel import build_own_wheel, given_wheel

# A build backend in the checkout itself, so that nothing is downloaded: packs what it finds.
BACKEND = """
import os, pathlib, zipfile

def build_wheel(target, settings=None, metadata=None):
    name = "jixiao-7.0-py3-none-any.whl"
    about = "jixiao-7.0.dist-info"
    with zipfile.ZipFile(pathlib.Path(target, name), "w") as archive:
        metadata = "Metadata-Version: 2.1\\nName: jixiao\\nVersion: 7.0\\n"
        archive.writestr(f"{about}/METADATA", metadata)
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n")
        archive.writestr("epoch", os.environ["SOURCE_DATE_EPOCH"])
        for path in sorted(pathlib.Path().rglob("*.py")):
            archive.write(path)
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    top = tmp_path / "源码 1"
    for folder in ("addin/jixiao", "build/lib/jixiao", ".git", "my env", "tests"):
        (top / folder).mkdir(parents=True)
        (top / folder / "module.py").touch()
    (top / "my env" / "pyvenv.cfg").touch()
    (top / "pyproject.toml").write_text(PROJECT)
    (top / "backend.py").write_text(BACKEND)
    monkeypatch.setattr(own_wheel, "settings_source", lambda: top / "xlwings.conf")
    return top


def built(tmp_path: Path) -> Path:
    folder = tmp_path / "built"
    folder.mkdir()
    return build_own_wheel(folder).path


def test_sources_are_packed_without_old_builds_and_environments(
    checkout: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(built(tmp_path)) as archive:
        packed = {name for name in archive.namelist() if name.endswith("module.py")}
    assert packed == {"addin/jixiao/module.py"}


def test_checkout_is_left_as_it_was(checkout: Path, tmp_path: Path) -> None:
    before = sorted(checkout.rglob("*"))
    built(tmp_path)
    assert sorted(checkout.rglob("*")) == before


@pytest.mark.parametrize(("given", "used"), [(None, "315532800"), ("1700000000", "1700000000")])
def test_dates_in_the_wheel_are_fixed(
    checkout: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: str | None,
    used: str,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if given:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with zipfile.ZipFile(built(tmp_path)) as archive:
        assert archive.read("epoch").decode() == used


def test_failing_build_says_what_pip_said(checkout: Path, tmp_path: Path) -> None:
    (checkout / "backend.py").write_text("raise RuntimeError('a broken backend')")
    with pytest.raises(BundlingError, match=r"没有做成(.|\n)*a broken backend"):
        built(tmp_path)


def test_without_sources_says_what_to_do(checkout: Path, tmp_path: Path) -> None:
    (checkout / "pyproject.toml").unlink()
    with pytest.raises(BundlingError, match=r"没有源码.*--wheel"):
        built(tmp_path)


def test_given_wheel_must_be_ours(tmp_path: Path) -> None:
    assert given_wheel(write_wheel(tmp_path, "jixiao", "7.0")).pin == "jixiao==7.0"
    with pytest.raises(BundlingError, match="是 other 的安装包"):
        given_wheel(write_wheel(tmp_path, "other"))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_damaged_wheel_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "jixiao-7.0-py3-none-any.whl"
    path.write_bytes(content)
    with pytest.raises(BundlingError, match="不是完好的"):
        given_wheel(path)


@pytest.mark.parametrize(
    ("name", "words"),
    [("jixiao-7.0-py3-none-any.whl", "找不到"), ("jixiao.zip", "不是完好的")],
)
def test_missing_or_misnamed_wheel_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(BundlingError, match=words):
        given_wheel(tmp_path / name)
