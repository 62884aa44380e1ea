"""Writing the report of a workbook: the Word file, and its PDF where that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jixiao.installing.errors import InstallingError
from jixiao.installing.shipped import TEMPLATES, shipped_file
from jixiao.ooxml import PackageError, in_chinese, open_elsewhere
from jixiao.ooxml.zip_archive import ZipArchive
from jixiao.reports.content import Report
from jixiao.reports.department import department_report
from jixiao.reports.material import material_of
from jixiao.reports.outline import Outline, outline_of
from jixiao.reports.project import project_report
from jixiao.scoring import Subject
from jixiao.workbook.backup import replace_file
from jixiao.workbook.book import Book
from jixiao.workbook.errors import BookError

SUFFIX = ".docx"

NO_FONT = "本机没有中文字体，报告里的图没有画；各项数字在文字和表里。"
"""What people are told where charts are missing."""


class WrittenReport(NamedTuple):
    """What was written where, what a person has yet to write, and which charts are not there."""

    report: Report
    path: Path
    backup: Path | None
    undrawn: tuple[str, ...]
    content: bytes


def report_of(book: Book) -> Report:
    """What the report of a workbook says; BookError where inputs are wrong."""
    faults = (*book.formula_faults(), *book.input_faults())
    if faults:
        raise BookError(faults)
    material = material_of(book, outline_of(book.rubric.subject))
    if book.rubric.subject is Subject.PROJECT:
        return project_report(material)
    return department_report(material)


def write_report(
    book: Book, out: Path | None = None, template: Path | None = None
) -> WrittenReport:
    """Write the report beside the workbook, or to ``out``; what stood there is backed up.

    Raises BookError where inputs are wrong, PackageError where a file cannot be used or written.
    """
    report = report_of(book)
    target = out or default_path(book)
    if target.suffix.lower() != SUFFIX:
        raise PackageError(f"{target.name}：报告是 Word 文件，扩展名应为 {SUFFIX}")
    holder = open_elsewhere(target)
    if holder:
        raise PackageError(f"{target.name}：{holder}。请先保存并关闭后再试")
    content = _template(outline_of(book.rubric.subject), template)
    from jixiao.reports.document import write_document  # noqa: PLC0415  # docxtpl, matplotlib

    written = write_document(report, content)
    backup = replace_file(written.content, target)
    return WrittenReport(report, target, backup, written.undrawn, written.content)


def default_path(book: Book) -> Path:
    """自评表.xlsx → 自评表-部门整体支出绩效自评报告.docx."""
    return book.path.with_name(f"{book.path.stem}-{outline_of(book.rubric.subject).title}{SUFFIX}")


def write_pdf(written: WrittenReport) -> tuple[Path, Path | None]:
    """Write the PDF beside the report; the file and the backup of what stood there.

    Raises PackageError where there is no LibreOffice or it fails; the report stays.
    """
    from jixiao.reports.pdf import as_pdf  # noqa: PLC0415  # seldom needed

    target = written.path.with_suffix(".pdf")
    return target, replace_file(as_pdf(written.content), target)


def _template(outline: Outline, chosen: Path | None) -> bytes:
    """The bytes of the template, within the bounds of files from elsewhere."""
    name = outline.template if chosen is None else chosen
    try:
        path = chosen or shipped_file(f"{TEMPLATES}/{outline.template}")
        content = path.read_bytes()
        ZipArchive(content)
    except InstallingError as error:
        raise PackageError(str(error)) from error
    except OSError as error:
        raise PackageError(f"报告模板“{name}”读不了：{in_chinese(error)}") from error
    except PackageError as error:
        raise PackageError(f"报告模板“{name}”：{error}") from error
    return content
