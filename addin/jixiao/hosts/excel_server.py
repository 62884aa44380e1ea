"""The process that serves Excel: xlwings' COM server, our functions ready for the first call.

JxHost starts it with ``serve('$(CLSID)')``. The user waits for it once, when the first formula is
calculated, so it starts without what only some functions need.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_OPTIONAL = ("matplotlib", "numpy", "pandas", "PIL", "plotly", "polars")
"""What xlwings imports where it is installed, to convert its values; ours are plain lists. pandas
and numpy alone are two thirds of its import."""


def serve(class_id: str) -> None:
    """Serve until Excel ends or lets go of the process."""
    with _not_to_be_had(_OPTIONAL):
        import xlwings  # noqa: PLC0415
    from jixiao.scoring import shipped_rubric  # noqa: PLC0415  # after xlwings: see above
    from jixiao.udfs import RUBRIC  # noqa: PLC0415

    shipped_rubric(RUBRIC)  # is remembered, so that the first formula does not wait for it
    xlwings.serve(class_id)  # type: ignore[call-arg]  # off Windows it only says that it needs it


@contextmanager
def _not_to_be_had(names: tuple[str, ...]) -> Iterator[None]:
    """Importing one of these fails meanwhile, as None in ``sys.modules`` is documented to do.

    Afterwards who needs it imports it: `JX_COMPLETION_TABLE` uses pandas.
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
