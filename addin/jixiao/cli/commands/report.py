"""``jixiao report``: the Word report of a workbook, and its PDF."""

from __future__ import annotations

import argparse

from jixiao.cli.opening import open_book
from jixiao.ooxml import PackageError
from jixiao.reports.writing import NO_FONT, WrittenReport, write_pdf, write_report


def run(options: argparse.Namespace) -> None:
    """Write the report, say where it is and what a person has yet to write."""
    written = write_report(open_book(options), options.output, options.template)
    if written.backup is not None:
        print(f"备份：{written.backup}")
    print(f"报告：{written.path}")
    if options.pdf:
        _tell_pdf(written)
    if written.undrawn:
        print(f"提示　{NO_FONT}")
    unfilled = written.report.unfilled
    if unfilled:
        print(f"待补充{len(unfilled)}处（报告里标着〔待补充〕）：")
        for place in unfilled:
            print(f"  {place}")


def _tell_pdf(written: WrittenReport) -> None:
    try:
        path, backup = write_pdf(written)
    except PackageError as error:
        # The report is there all the same.
        print(f"提示　{error}")
        return
    if backup is not None:
        print(f"备份：{backup}")
    print(f"PDF：{path}")
