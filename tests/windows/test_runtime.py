"""The script that assembles Windows under Wine, where it cannot."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import wine_runtime

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows itself is there")


def script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, wine_runtime.__file__, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_missing_is_named_with_the_command_that_installs_it() -> None:
    ran = script(PATH="/nowhere")
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "wine, wineserver, x86_64-w64-mingw32-gcc" in ran.stderr
    assert "apt-get install --no-install-recommends wine64" in ran.stderr


def test_the_debian_packages_are_listed_without_wine() -> None:
    assert script("--debian", PATH="/nowhere").stdout.split() == list(wine_runtime.DEBIAN_PACKAGES)
