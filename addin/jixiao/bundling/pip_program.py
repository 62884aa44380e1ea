"""Running the pip of this interpreter."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping

from jixiao.bundling.errors import BundlingError

_SHOWN_LINES = 25


def run_pip(*arguments: str, environment: Mapping[str, str] | None = None) -> None:
    """Run pip with the user's own configuration (mirror, proxy, constraints).

    BundlingError with the end of what it said where it fails.
    """
    if importlib.util.find_spec("pip") is None:
        raise BundlingError("这个 Python 里没有 pip，请先运行 python -m ensurepip")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace").splitlines()
        lines = [line for line in said if line.strip()]
        raise BundlingError("\n".join(f"    {line}" for line in lines[-_SHOWN_LINES:]))
