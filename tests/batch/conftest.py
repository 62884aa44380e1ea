"""A headless Chromium for the tests of the page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def _program() -> str | None:
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def _missing() -> str | None:
    if find_spec("playwright") is None:
        return "playwright is not installed"
    return None if _program() else "there is no Chromium on the path"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser, with the reason, where there is none; but CI requires it."""
    marked = [item for item in items if item.get_closest_marker("browser")]
    reason = _missing() if marked else None
    if reason and os.environ.get("CI"):
        pytest.exit(f"{reason}; CI requires Chromium", returncode=1)
    for item in marked if reason else []:
        item.add_marker(pytest.mark.skip(reason=reason or ""))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; each test opens pages of its own."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # where it is installed

    # Chromium refuses its sandbox to root, which is who runs CI.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_program(), args=["--no-sandbox"] if is_root else []
        )
        yield browser
        browser.close()
