"""Jobs that end their process, for tests of what survives; importable in a worker."""

from __future__ import annotations

import os
from pathlib import Path
from time import sleep

from jixiao.batch.assessment import Assessment


def dies_of_poison(path: Path, rubric_id: str | None) -> Assessment:
    """Ends the process, as a lack of memory does, where the file says so."""
    if "毒" in path.name:
        os._exit(137)
    return Assessment(reason=f"{path.name} {rubric_id}")


def dies_once(path: Path, rubric_id: str | None) -> Assessment:
    """Ends the process at the first attempt only."""
    mark = path.with_suffix(".tried")
    if "毒" in path.name and not mark.exists():
        mark.touch()
        os._exit(1)
    return Assessment(reason=path.name)


def never_ends_early(path: Path, rubric_id: str | None) -> Assessment:
    """Takes a moment and leaves a mark of having begun."""
    path.with_suffix(".begun").touch()
    sleep(0.01)
    return Assessment(reason=path.name)
