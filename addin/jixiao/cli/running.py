"""Running a command, and telling people what went wrong."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from jixiao.ooxml import PackageError, in_chinese
from jixiao.scoring import RubricError
from jixiao.workbook.errors import BookError


def run(options: argparse.Namespace) -> int:
    """Run the module of the command; a fault of the input becomes exit code 1 with its reasons."""
    module = importlib.import_module(f"jixiao.cli.commands.{options.command}")
    try:
        module.run(options)
        if sys.stdout is not None:  # there is none under pythonw
            sys.stdout.flush()
    except BookError as error:
        return _complain(options, error.faults)
    except (PackageError, RubricError) as error:
        return _complain(options, (str(error),))
    except OSError as error:
        if error.filename is not None:
            return _complain(options, (f"“{error.filename}”：{in_chinese(error)}",))
        # Workbooks are read and written with errors of their own; what is left is the output.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # until the end
        _say(f"结果没有全部显示出来：{in_chinese(error)}。已写入的文件不受影响。")
        return 1
    return 0


def _complain(options: argparse.Namespace, faults: tuple[str, ...]) -> int:
    about = getattr(options, "book", None)
    if about is not None:
        _say(f"{about}：有{len(faults)}处问题，没有写入任何文件。")
    for fault in faults:
        _say(f"  {fault}" if about is not None else fault)
    return 1


def _say(sentence: str) -> None:
    # print would fall back to stdout, where JSON may be expected.
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
