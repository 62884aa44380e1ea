"""``jixiao batch``: score and review every workbook below a folder, and sum them up."""

from __future__ import annotations

import argparse

from jixiao.batch.results import Counts
from jixiao.batch.running import Order
from jixiao.batch.running import run as run_order
from jixiao.cli.progress import progress
from jixiao.workbook.errors import BookError


def run(options: argparse.Namespace) -> None:
    """Run, then say how many files came to what, and where the summaries are."""
    order = Order(
        folder=options.folder,
        output=options.output,
        page=options.html,
        rubric_id=options.rubric,
        workers=options.workers,
        scheduler=options.scheduler,
    )
    try:
        counts = run_order(order, progress)
    except KeyboardInterrupt as error:
        raise BookError(
            [f"已中断，做完的记在“{order.journal}”里。再运行一次同样的命令，接着做"]
        ) from error
    _tell(order, counts)


def _tell(order: Order, counts: Counts) -> None:
    print(
        f"共{counts.files}个文件，{counts.tables}张自评表："
        f"{counts.with_total}张有总分，{counts.tables - counts.with_total}张没有总分。"
    )
    if counts.unread:
        print(f"有{counts.unread}个文件未能读取，原因见汇总的“未能读取”。")
    print(f"汇总：{order.output}")
    if order.page is not None:
        print(f"网页：{order.page}")
    print(f"进度记录：{order.journal}（再运行时只做新的和改过的；不再用了可以删除）")
