"""A Chinese font for the charts: required where CI is set, else the test is skipped."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def chinese_font() -> str:
    from jixiao.reports.charts import chinese_font  # noqa: PLC0415  # matplotlib

    font = chinese_font()
    if font is None:
        reason = "no Chinese font is installed (fonts-noto-cjk)"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, and CI requires it")
        pytest.skip(reason)
    return font
