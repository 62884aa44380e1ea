"""The one error of this package."""

from __future__ import annotations

from jixiao.ooxml import PackageError


class BundlingError(PackageError):
    """The kit cannot be made; the text says why, and what to do."""
