"""``jixiao new``: a blank workbook and its settings in a fresh folder."""

from __future__ import annotations

import argparse

from jixiao.cli.folders import made
from jixiao.ooxml import save_atomically
from jixiao.scoring import DEFAULT_RUBRIC, load_rubric
from jixiao.settings import rendered_settings
from jixiao.workbook.errors import BookError


def run(options: argparse.Namespace) -> None:
    """Build the template for the standard and put it beside the settings."""
    from jixiao.template import build_template  # noqa: PLC0415  # XlsxWriter: 40 ms

    rubric = load_rubric(DEFAULT_RUBRIC if options.rubric is None else options.rubric)
    book = options.folder / f"{rubric.file}.xlsx"
    settings = options.folder / "xlwings.conf"
    taken = [path for path in (book, settings) if path.exists()]
    if taken:
        raise BookError([f"{path}：已经有了，为免覆盖没有写入。请换一个文件夹" for path in taken])
    rendered = rendered_settings()
    made(options.folder)
    save_atomically(build_template(rubric), book)
    save_atomically(rendered, settings)
    print(f"已新建：{book}")
    print("打开后先看“填报说明”，把黄色格填好，保存，再运行：")
    print(f'  python -m jixiao fill "{book}"')
