"""Fetching the wheels that one version of Python on Windows needs."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from packaging.requirements import Requirement
from packaging.utils import NormalizedName

from jixiao.bundling.closure import needed, unmet
from jixiao.bundling.errors import BundlingError
from jixiao.bundling.pip_program import run_pip
from jixiao.bundling.wheel_files import Wheel, read_wheel
from jixiao.bundling.windows_pythons import PLATFORM, marker_environment

PIP = "pip"
"""Installed with the rest, so that it does not matter which one, or whether any, the PC has."""


def download_wheels(own: Wheel, version: str, folder: Path) -> tuple[Wheel, ...]:
    """Our wheel, pip, and all that both need, into an empty folder; in order of their names.

    Each round asks pip for what is missing still, without its dependencies, which are worked out
    here. There is no backtracking: where the newest releases contradict each other, pip says so,
    and a constraints file (PIP_CONSTRAINT) helps. BundlingError where something cannot be had.
    """
    roots = (Requirement(own.pin), Requirement(PIP))
    environment = marker_environment(version)
    wheels: dict[NormalizedName, Wheel] = {own.name: own}
    while missing := unmet(needs := needed(roots, wheels, environment), wheels):
        # A folder for each round, because what an earlier one fetched may be superseded.
        fetched = _fetch(missing, version, Path(mkdtemp(dir=folder)))
        wheels.update({wheel.name: wheel for wheel in fetched})
    return tuple(wheels[name] for name in sorted(needs))


def _fetch(requirements: list[str], version: str, folder: Path) -> list[Wheel]:
    try:
        run_pip(
            "download",
            *("--quiet", "--no-deps", "--only-binary=:all:", "--retries=2"),
            *("--platform", PLATFORM, "--implementation", "cp", "--python-version", version),
            *("--dest", str(folder)),
            *requirements,
        )
    except BundlingError as error:
        raise BundlingError(
            f"下载不到 Python {version} 的 Windows 安装包：{'、'.join(requirements)}\n"
            "做离线安装包的电脑要能上网（或在 pip 里设好镜像、代理）；"
            f"能上网的，是其中有的还没有出 Python {version} 的，"
            "可用 --python-version 只选别的版本。pip 的原话：\n"
            f"{error}"
        ) from error
    return [read_wheel(path) for path in sorted(folder.glob("*.whl"))]
