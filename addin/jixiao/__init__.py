"""jixiao (绩效): scores the self-evaluation tables of Chinese government departments."""

from __future__ import annotations

__version__ = "0.1.0"
