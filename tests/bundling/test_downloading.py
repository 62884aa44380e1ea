"""Which wheels a Windows Python needs, found with the real pip from whatever system this is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bundling.handmade import WINDOWS_311, WINDOWS_312, Index, write_wheel
from jixiao.bundling.downloading import download_wheels
from jixiao.bundling.errors import BundlingError
from jixiao.bundling.wheel_files import read_wheel


def downloaded(tmp_path: Path, version: str, *needs: str) -> list[str]:
    """The wheels that are needed by one of ours, besides that and pip."""
    own = read_wheel(write_wheel(tmp_path, "jixiao", "7.0", needs=needs))
    folder = tmp_path / f"downloaded {version}"
    folder.mkdir()
    wheels = download_wheels(own, version, folder)
    pins = [wheel.pin for wheel in wheels]
    assert [pin for pin in pins if pin in ("jixiao==7.0", "pip==99.0")] == [
        "jixiao==7.0",
        "pip==99.0",
    ]
    assert all(wheel.path.is_file() for wheel in wheels)
    return [pin for pin in pins if pin not in ("jixiao==7.0", "pip==99.0")]


def test_dependencies_of_dependencies_come_too(tmp_path: Path, index: Index) -> None:
    index.offer("a", "1.0", "b")
    index.offer("b", "1.0", "c>=2")
    index.offer("c", "2.5")
    assert downloaded(tmp_path, "3.11", "a") == ["a==1.0", "b==1.0", "c==2.5"]


def test_markers_are_read_for_windows_and_not_for_this_system(tmp_path: Path, index: Index) -> None:
    index.offer("on_windows")
    for other in ("linux", "darwin"):
        index.offer(f"on_{other}")
    needs = [f"on_{system}; sys_platform == '{system}'" for system in ("linux", "darwin")]
    needs += ["on_windows; platform_system == 'Windows' and os_name == 'nt'"]
    assert downloaded(tmp_path, "3.11", *needs) == ["on-windows==1.0"]


@pytest.mark.parametrize(("version", "found"), [("3.11", ["old==1.0"]), ("3.14", ["new==1.0"])])
def test_markers_are_read_for_the_version_asked_for(
    tmp_path: Path, index: Index, version: str, found: list[str]
) -> None:
    index.offer("old")
    index.offer("new")
    needs = ("old; python_version < '3.14'", "new; python_version >= '3.14'")
    assert downloaded(tmp_path, version, *needs) == found


def test_wheels_are_those_of_windows_and_of_the_version(tmp_path: Path, index: Index) -> None:
    index.offer("a", "1.0", tags=(WINDOWS_311, WINDOWS_312))
    index.offer("a", "2.0", tags=(WINDOWS_312, "cp311-cp311-manylinux_2_17_x86_64"))
    assert downloaded(tmp_path, "3.11", "a") == ["a==1.0"]
    assert downloaded(tmp_path, "3.12", "a") == ["a==2.0"]


def test_extras_count_only_where_they_are_asked_for(tmp_path: Path, index: Index) -> None:
    index.offer("a", "1.0", "b; extra == 'b'", "c; extra == 'c'")
    index.offer("b")
    index.offer("c")
    assert downloaded(tmp_path, "3.11", "a[c]") == ["a==1.0", "c==1.0"]


def test_demands_of_several_packages_are_joined(tmp_path: Path, index: Index) -> None:
    """The newest is fetched first; what is found then says that it is too new."""
    index.offer("a", "1.0", "b<2", "d")
    index.offer("d", "1.0", "b>=1.5")
    for version in ("1.0", "1.7", "2.0"):
        index.offer("b", version)
    assert downloaded(tmp_path, "3.11", "b", "a") == ["a==1.0", "b==1.7", "d==1.0"]


def test_what_only_a_superseded_release_needed_is_left_out(tmp_path: Path, index: Index) -> None:
    index.offer("b", "2.0", "gone")
    index.offer("b", "1.0")
    index.offer("gone")
    index.offer("a", "1.0", "b<2")
    assert downloaded(tmp_path, "3.11", "b", "a") == ["a==1.0", "b==1.0"]


def test_what_cannot_be_had_is_named_with_what_to_do(tmp_path: Path, index: Index) -> None:
    index.offer("a", "1.0", tags=(WINDOWS_312,))
    with pytest.raises(BundlingError) as refused:
        downloaded(tmp_path, "3.11", "a>=1")
    message = str(refused.value)
    assert message.startswith("下载不到 Python 3.11 的 Windows 安装包：a>=1、pip\n")
    assert "要能上网" in message
    assert "No matching distribution found for a>=1" in message
