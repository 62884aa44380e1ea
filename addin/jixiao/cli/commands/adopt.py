"""``jixiao adopt``: score the bureau's own form in its own cells, after a look at what changes."""

from __future__ import annotations

import argparse
from pathlib import Path

from jixiao.adopting.adoption import Adoption, adopt
from jixiao.adopting.asked import SHEET
from jixiao.forms import FormError
from jixiao.ooxml import PackageError
from jixiao.workbook.backup import replace_file
from jixiao.workbook.errors import BookError


def run(options: argparse.Namespace) -> None:
    """Show what would be written; with --write or -o write it."""
    try:
        adoption = adopt(options.book, options.rubric)
    except (FormError, PackageError) as error:
        raise BookError([str(error)]) from error
    _tell(adoption)
    target = options.output or (options.book if options.write else None)
    if target is None:
        print("以上没有写入。看过无误后，加 --write 写入原文件（先备份），或用 -o 写到另一个文件。")
        return
    _write(adoption, target)


def _tell(adoption: Adoption) -> None:
    print(f"{adoption.path.name}：按{'、'.join(dict.fromkeys(adoption.rubrics))}评分")
    for write in adoption.writes:
        print(f"  将写入　{write.sentence}")
    for text in adoption.kept:
        print(f"  不改　　{text}")
    for text in adoption.waiting:
        print(f"  待填　　{text}")
    if adoption.asked:
        print(f"  将加一张工作表“{SHEET}”，请在其中填{len(adoption.asked)}项数据后再运行一次")
    if not (adoption.writes or adoption.asked):
        print("  没有要写的")


def _write(adoption: Adoption, target: Path) -> None:
    try:
        backup = replace_file(adoption.written(), target)
    except PackageError as error:
        raise BookError([f"{target.name}：{error}"]) from error
    if backup is not None:
        print(f"备份：{backup}")
    print(f"已写入：{target}")
