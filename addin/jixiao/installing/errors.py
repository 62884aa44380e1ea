"""The one error of this package."""

from __future__ import annotations

from jixiao.ooxml import PackageError


class InstallingError(PackageError):
    """Something keeps the program from being installed; the text says what, and what to do."""
