"""Reviewing a file: `review_file` never raises for a bad one, `read_and_review` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jixiao.forms.errors import FormError
from jixiao.forms.form import Form
from jixiao.ooxml import Package, PackageError
from jixiao.review.case import Case
from jixiao.review.finding import Finding
from jixiao.review.own_forms import cases_of_book
from jixiao.review.recognising import recognised_rubric
from jixiao.review.table import findings_of
from jixiao.scoring import Rubric, load_rubric
from jixiao.workbook import names
from jixiao.workbook.book import Book, assemble_book
from jixiao.workbook.errors import BookError

_OURS = frozenset({".xlsx", ".xlsm"})


class FileReview(NamedTuple):
    """What a review of one file came to.

    ``rubrics`` has the id of the standard that each form was held against, empty where none is
    known. ``notes`` say in Chinese what was not recognised or not checked. ``fault`` says why the
    file could not be read at all; then everything else is empty.
    """

    file: Path
    forms: tuple[Form, ...] = ()
    rubrics: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""


def review_file(path: Path, rubric_id: str | None = None) -> FileReview:
    """Review a file; why a bad one cannot be read is its ``fault``.

    ``rubric_id`` (an id, a year or a .toml file) in place of what is recognised. Raises RubricError
    where there is no such standard, as that is no fault of the file.
    """
    rubric = load_rubric(rubric_id) if rubric_id else None
    try:
        return _review(path, rubric)
    except (BookError, FormError, PackageError) as error:
        return FileReview(path, fault=str(error))
    except Exception as error:  # one file out of thousands must not end the run
        what = f"{type(error).__name__}：{error}"
        return FileReview(path, fault=f"“{path.name}”：读取时程序出错（{what}），请报告给维护人员")


def read_and_review(path: Path, rubric_id: str | None = None) -> FileReview:
    """As `review_file`, but a bad file raises PackageError, BookError or FormError."""
    return _review(path, load_rubric(rubric_id) if rubric_id else None)


def review_book(book: Book) -> FileReview:
    """Review a workbook of ours that is already read."""
    return _reviewed(book.path, cases_of_book(book), _notes_of_book(book))


def _review(path: Path, rubric: Rubric | None) -> FileReview:
    if path.suffix.lower() in _OURS:
        package = Package.open(path)
        if names.RUBRIC in package.defined_names:
            return review_book(assemble_book(path, package, rubric))
    from jixiao.forms.reading import read_forms  # noqa: PLC0415  # our own workbooks need none

    forms = read_forms(path)
    cases = [Case(form, rubric or recognised_rubric(form)) for form in forms]
    return _reviewed(path, cases, [note for case in cases for note in _notes(case, rubric)])


def _reviewed(path: Path, cases: Sequence[Case], notes: Sequence[str]) -> FileReview:
    return FileReview(
        path,
        tuple(case.form for case in cases),
        tuple(case.rubric.id if case.rubric else "" for case in cases),
        tuple(finding for case in cases for finding in findings_of(case)),
        tuple(notes),
    )


def _notes_of_book(book: Book) -> list[str]:
    """What keeps our own workbook from a total; the checks look at what stands there."""
    faults = (*book.formula_faults(), *book.input_faults())
    notes = [f"填报数有误：{fault.text}" for fault in faults]
    waiting = book.evaluation.waiting_words
    if waiting:
        notes.append(f"还有{waiting}，没有总分；缺什么请运行 jixiao score 查看")
    return notes


def _notes(case: Case, given: Rubric | None) -> list[str]:
    """What was recognised and what was not, sheet by sheet."""
    form, rubric = case.form, case.rubric
    where = f"“{form.sheet}”"
    notes = [f"{where}：{doubt}" for doubt in form.doubts]
    if rubric is None:
        notes.append(
            f"{where}：没有认出评分标准，只做了不需要标准的检查；知道标准的，请用 --rubric 指定"
        )
    elif given is None:
        notes.append(f"{where}：按“{rubric.document}”（{rubric.id}）审核，如不是请用 --rubric 指定")
    if rubric is not None and None not in (rubric.year, form.year) and rubric.year != form.year:
        notes.append(f"{where}：表是{form.year}年度的，所用标准是{rubric.year}年度的，规定可能不同")
    return notes
