"""Our own wheel: built from the checkout, or one that was built before."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from jixiao.bundling.errors import BundlingError
from jixiao.bundling.pip_program import run_pip
from jixiao.bundling.wheel_files import Wheel, read_wheel
from jixiao.settings import settings_source

NAME = "jixiao"
_EARLIEST = "315532800"  # 1980, the first year that a zip can hold: equal sources, equal bytes


def build_own_wheel(folder: Path) -> Wheel:
    """Build it from the checkout that this runs from; BundlingError where there is none."""
    sources = folder / "sources"
    shutil.copytree(_checkout(), sources, ignore=_not_sources)
    try:
        run_pip(
            *("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(sources)),
            environment={"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", _EARLIEST)},
        )
    except BundlingError as error:
        raise BundlingError(f"本程序自己的安装包没有做成。pip 的原话：\n{error}") from error
    (path,) = folder.glob("*.whl")
    return read_wheel(path)


def given_wheel(path: Path) -> Wheel:
    """A wheel of ours that somebody has; BundlingError for any other file."""
    wheel = read_wheel(path)
    if wheel.name != NAME:
        raise BundlingError(f"“{path}”是 {wheel.name} 的安装包，不是 {NAME} 的")
    return wheel


def _checkout() -> Path:
    try:
        top = settings_source().parent
    except FileNotFoundError as error:
        raise BundlingError("程序自带的文件不见了，请重新安装 jixiao") from error
    if not (top / "pyproject.toml").is_file():
        raise BundlingError(
            "现在运行的是装好的 jixiao，没有源码，做不出自己的安装包。"
            "请在源码文件夹里运行（先 python -m pip install -e .），"
            "或用 --wheel 指定做好的 jixiao-….whl"
        )
    return top


def _not_sources(folder: str, names: list[str]) -> set[str]:
    """What a copy for building leaves out: above all an old build, whose files would come back."""
    ignored = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "tests")
    environments = {name for name in names if Path(folder, name, "pyvenv.cfg").is_file()}
    return ignored(folder, names) | environments
