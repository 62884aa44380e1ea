"""Measures writing a report, all figures in one run: ``python benchmarks/reports.py``.

Start-up is the import of docxtpl and matplotlib, once a process; the first report also loads the
fonts. The PDF is LibreOffice's work and not measured.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from run import milliseconds, report, write_filled_in_book

from jixiao.reports.content import Report
from jixiao.reports.material import Material
from jixiao.reports.outline import PROJECT
from jixiao.reports.project import project_report
from jixiao.reports.writing import report_of, write_report
from jixiao.scoring import CompanionRow, evaluate, shipped_rubric
from jixiao.workbook.book import read_book

MANY = 300


def main() -> None:
    bare = milliseconds(lambda: python("pass"), 5)
    libraries = milliseconds(lambda: python("import docxtpl, matplotlib.figure"), 5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_filled_in_book(path)
        start = perf_counter()
        write(path)
        first = (perf_counter() - start) * 1e3
        later = milliseconds(lambda: write(path), 10)
        says = milliseconds(lambda: say(path), 10)
    large = project_of(MANY)
    template = template_of_project()
    report("python -c pass", bare)
    report("start-up: docxtpl and matplotlib", libraries - bare, "once a process")
    report("first report, in process, start-up included", first)
    report("report of the department, read to written", later, "limit 1000 ms")
    report("  of which reading, scoring, what it says", says)
    label = f"report of a project with {MANY} indicators"
    report(label, milliseconds(lambda: fill(large, template), 5), "limit 1000 ms")


def write(path: Path) -> None:
    path.with_suffix(".docx").unlink(missing_ok=True)
    write_report(read_book(path), path.with_suffix(".docx"))


def say(path: Path) -> Report:
    return report_of(read_book(path))


def project_of(count: int) -> Report:
    rubric = shipped_rubric("mof-project")
    kinds = ["产出"] * (count // 2) + ["效益"] * (count - count // 2 - 1) + ["满意度"]
    rows = [
        CompanionRow(kind, f"指标{place}", "≥", Decimal(100), "个", Decimal(80 + place % 40))
        for place, kind in enumerate(kinds)
    ]
    amounts = (Decimal(20), Decimal(5), None)
    values = dict.fromkeys(("year_start_budget", "adjusted_budget", "executed"), amounts)
    return project_report(Material(evaluate(rubric, values, rows), values))


def template_of_project() -> bytes:
    # The builder imports python-docx, which the first report is to find unimported.
    from jixiao.reports.word_template import build_word_template  # noqa: PLC0415

    return build_word_template(PROJECT)


def fill(large: Report, template: bytes) -> None:
    from jixiao.reports.document import write_document  # noqa: PLC0415  # as above

    write_document(large, template)


def python(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True)


if __name__ == "__main__":
    main()
