"""The command line. ``main`` is the entrance of ``jixiao`` and of ``python -m jixiao``.

Exit codes: 0 done; 1 a file or its content cannot be used, nothing was written; 2 a wrong call.
Each command is a module that is imported when it runs, so that help and `fill` start quickly.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jixiao.cli.arguments import build_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    # A Windows console in code page 936 lacks ☑; a question mark there is better than a crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = build_parser()
    options = parser.parse_args(arguments)
    from jixiao.cli.running import run  # noqa: PLC0415  # help needs none of it

    return run(options)
