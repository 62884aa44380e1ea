"""The buttons of the ribbon tab 绩效自评: each works on the open workbook and says what it did.

Excel calls them with the xlwings Book of the live COM server, Calc with its document; a path of a
file will do as well. None raises: what goes wrong becomes a Chinese sentence, and 诊断 tells the
whole of it. In a real Excel they are unproven; in Calc and on files the tests run them.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jixiao.forms.errors import FormError
from jixiao.hosts.host import Host, HostError
from jixiao.hosts.opening import host_of
from jixiao.ooxml.atomic_save import save_atomically
from jixiao.ooxml.cells import parse_area
from jixiao.ooxml.errors import PackageError
from jixiao.review.finding import Finding
from jixiao.review.telling import by_severity, counted, line_of, short_line_of
from jixiao.scoring import DEFAULT_RUBRIC, RubricError, shipped_rubric, shipped_rubrics
from jixiao.scoring.numbers import plain
from jixiao.workbook import names
from jixiao.workbook.backup import replace_file
from jixiao.workbook.book import Book, open_book
from jixiao.workbook.errors import BookError, Located
from jixiao.workbook.machine_cells import (
    all_faults,
    cell_changes,
    finding_changes,
    formula_changes,
    has_formulas,
    score_cell_faults,
)
from jixiao.workbook.remarks import remarks, waiting_for

Macro = Callable[[Any], str]

_MOST_LISTED = 6
"""A message box holds some 1000 characters."""

_shown_before: tuple[str, ...] = ()
"""What the last click on a form of others said it would write."""

_last_error = ""
"""The traceback of what last went wrong in this process."""


def _macro(label: str) -> Callable[[Callable[[Host], str]], Macro]:
    """Give the work its host, and turn whatever happens into a sentence."""

    def decorate(work: Callable[[Host], str]) -> Macro:
        @wraps(work)
        def run(workbook: Any) -> str:
            global _last_error  # noqa: PLW0603  # the one thing that outlives a macro
            try:
                return work(host_of(workbook))
            except (BookError, FormError, HostError, PackageError, RubricError) as error:
                _last_error = traceback.format_exc()
                return f"{label}没有完成：\n{_listed(str(error).splitlines())}"
            except Exception as error:  # Excel would show a traceback cut short
                _last_error = traceback.format_exc()
                what = f"{type(error).__name__}：{error}"
                return f"{label}没有完成，程序出错（{what}）。请按“诊断”，把结果发给管理员。"

        return run

    return decorate


@_macro("一键评分")
def score(host: Host) -> str:
    """Every score, subtotal, total, grade and reason as values, as `jixiao fill` writes them.

    On a form of others the first click only tells what would be written, the second writes it.
    """
    if names.RUBRIC not in host.defined_names:
        return _adopt(host)
    with host.busy("绩效自评：正在评分……"):
        book = open_book(host)
        faults = all_faults(book)
        if faults:
            return _refused(book, faults)
        host.write(cell_changes(book))
    return _outcome(book)


@_macro("恢复公式")
def restore_formulas(host: Host) -> str:
    """The live formulas back into every cell of the program; texts of people stay."""
    with host.busy("绩效自评：正在恢复公式……"):
        book = open_book(host)
        _refuse_other_standard(book)
        faults = score_cell_faults(book)
        if faults:
            return _refused(book, faults)
        changes = formula_changes(book)
        host.write(changes)
    return f"已恢复{len(changes)}处公式，改一个数就会自动重算。"


@_macro("校验")
def check(host: Host) -> str:
    """All that is wrong or missing into 审核意见, and a jump to the first of it."""
    with host.busy("绩效自评：正在校验……"):
        book = open_book(host)
        faults, waiting = all_faults(book), waiting_for(book)
        texts = [fault.text for fault in faults]
        host.write(finding_changes(book, [*texts, *remarks(book)]))
    found = (*faults, *waiting)
    if not found:
        doubts = len(remarks(book))
        noted = f"另有{doubts}条提示，{_where_listed(book)}。" if doubts else ""
        return f"校验通过：数据齐全，没有错误。{noted}"
    host.select(found[0].cell)
    listed = _listed([item.text for item in found])
    return f"校验：{_counted(faults, waiting)}，{_where_listed(book)}。\n{listed}"


@_macro("审核")
def review(host: Host) -> str:
    """What the checks find: listed in 审核意见, and marked by comments on the cells.

    A workbook of another form has no list of ours: it is written beside it, and nothing of the
    workbook changes but the marks.
    """
    from jixiao.review.marking import marks_of  # noqa: PLC0415  # no other macro needs a review

    with host.busy("绩效自评：正在审核……"):
        if names.RUBRIC in host.defined_names:
            found, where = _review_own(open_book(host))
        else:
            found, where = _review_other(host)
        kept = host.mark(marks_of(found))
    if not found:
        return f"审核：没有发现问题。{where}"
    _select_first(host, found)
    noted = f"有{kept}格已有别人的批注，没有加标记。" if kept else ""
    told = f"{counted(found)}有问题的单元格已加批注，按“清除标记”可去掉。{noted}{where}"
    return f"审核：{told}\n{_listed([short_line_of(finding) for finding in found])}"


@_macro("清除标记")
def unmark(host: Host) -> str:
    """Take the comments of 审核 away; those of people stay."""
    with host.busy("绩效自评：正在清除标记……"):
        host.mark({})
    return "审核的批注已清除，其他批注没有动。"


def _adopt(host: Host) -> str:
    """Tell what scoring another form would write; write it where the same was told before."""
    from jixiao.adopting.open_form import OpenForm  # noqa: PLC0415  # no other macro needs it

    global _shown_before  # noqa: PLW0603  # a second click knows of the first one
    with host.busy("绩效自评：正在读表……"):
        form = OpenForm(host)
        told = form.told
        if told != _shown_before:
            _shown_before = told
            return form.preview(_listed)
        _shown_before = ()
        return form.write(_free)


def _review_own(book: Book) -> tuple[list[Finding], str]:
    from jixiao.review.reviewing import review_book  # noqa: PLC0415

    found = by_severity(review_book(book).findings)
    faults, waiting = all_faults(book), waiting_for(book)
    texts = [item.text for item in (*faults, *waiting)]
    book.host.write(finding_changes(book, [*texts, *(line_of(finding) for finding in found)]))
    counts = _counted(faults, waiting)
    return found, f"{f'填报数有{counts}，' if counts else ''}全部{_where_listed(book)}。"


def _review_other(host: Host) -> tuple[list[Finding], str]:
    """Review the workbook as it now stands; the list goes into a workbook beside it."""
    from jixiao.review.opinion_workbook import opinion_workbook  # noqa: PLC0415  # XlsxWriter
    from jixiao.review.reviewing import read_and_review  # noqa: PLC0415

    path = host.path
    if not path.is_absolute():
        raise HostError("请先把工作簿保存到本机，再审核。")
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        host.save_copy(copy)
        reviewed = read_and_review(copy)
    opinion = path.with_name(f"{path.stem}-审核意见.xlsx")
    replace_file(opinion_workbook([reviewed._replace(file=path)]), opinion)
    notes = "".join(f"{note}。" for note in reviewed.notes)
    return by_severity(reviewed.findings), f"这不是本程序的表，清单在：{opinion}。{notes}"


def _select_first(host: Host, found: Sequence[Finding]) -> None:
    for finding in found:
        cell = parse_area(finding.cell, finding.sheet)
        if cell is not None:
            host.select(cell)
            return


@_macro("定稿")
def finalize(host: Host) -> str:
    """Values in place of all formulas of the program; before, a copy that keeps them.

    Rows that wait keep nobody from it, as nothing is lost, but the message says so.
    """
    with host.busy("绩效自评：正在定稿……"):
        book = open_book(host)
        faults = all_faults(book)
        if faults:
            return _refused(book, faults)
        copy = _copy_with_formulas(host, book)
        results = host.defined_names.get(names.COMPANION_RESULTS)
        host.write({**cell_changes(book), **({} if results is None else {results: None})})
    lines = ["已定稿：得分和评分依据都是数值了，没有装插件的人也能看。"]
    if book.evaluation.total is None:
        lines.append(f"注意：还有{book.evaluation.waiting_words}，没有总分和等级。")
    lines.append(_outcome(book))
    if copy is not None:
        lines.append(f"带公式的一份在：{copy}")
    return "\n".join(lines)


@_macro("新建自评表")
def new_book(host: Host) -> str:
    """A blank workbook in the folder of the open one, under a name that is still free."""
    path = host.path
    folder = path.parent if path.is_absolute() else Path.home()
    name, content = _blank(host)
    target = _free(folder / name)
    save_atomically(content, target)
    try:
        is_open = host.open(target)
    except Exception:  # the file is there all the same
        is_open = False
    made = f"已新建{'并打开' if is_open else ''}：{target}"
    return f"{made}\n它与打开着的表同一标准；要别的表，请用“文档”里“绩效自评”文件夹中的模板另存。"


@_macro("生成报告")
def report(host: Host) -> str:
    """The Word report beside the workbook; says where it is and what is still to be written."""
    from jixiao.reports.writing import NO_FONT, write_report  # noqa: PLC0415  # seldom needed

    if not host.path.is_absolute():
        raise HostError("请先把工作簿保存到本机的文件夹里，报告要放在它旁边。")
    with host.busy("绩效自评：正在生成报告……"):
        written = write_report(open_book(host))
    lines = [f"报告已生成：{written.path}"]
    if written.backup is not None:
        lines.append(f"原来的报告已备份：{written.backup.name}")
    if written.undrawn:
        lines.append(NO_FONT)
    unfilled = written.report.unfilled
    if unfilled:
        lines += [f"还有{len(unfilled)}处〔待补充〕：", _listed(unfilled)]
    return "\n".join(lines)


@_macro("使用手册")
def manual(host: Host) -> str:
    """Open the manual where the system knows how, and say where it is."""
    from jixiao.installing.errors import InstallingError  # noqa: PLC0415  # seldom needed
    from jixiao.installing.shipped import MANUAL, shipped_file  # noqa: PLC0415

    try:
        path = shipped_file(MANUAL)
    except InstallingError as error:
        raise HostError(str(error)) from error
    if sys.platform == "win32":
        import os  # noqa: PLC0415

        try:
            os.startfile(path)
        except OSError:
            return f"使用手册在：{path}"
        return ""
    return f"使用手册在：{path}"


@_macro("诊断")
def diagnose(host: Host) -> str:
    """What somebody who is to help has to know; also written to a file, whole, to be sent."""
    from jixiao.diagnosis import diagnosis, saved_diagnosis  # noqa: PLC0415  # seldom needed

    text = diagnosis(host, _last_error)
    path = saved_diagnosis(text)
    shown = text if not _last_error else diagnosis(host, _last_error.strip().splitlines()[-1])
    return shown if path is None else f"{shown}\n\n全文已存为（可发给管理员）：{path}"


def _refused(book: Book, faults: Sequence[Located]) -> str:
    """Change nothing but the list of findings, and show the first fault."""
    texts = [fault.text for fault in faults]
    book.host.write(finding_changes(book, texts))
    book.host.select(faults[0].cell)
    listed = _listed(texts)
    return f"有{len(faults)}处问题，得分没有改动；{_where_listed(book)}。\n{listed}"


def _outcome(book: Book) -> str:
    evaluation = book.evaluation
    if evaluation.total is None or evaluation.grade is None:
        return f"还不能合计：{evaluation.waiting_words}，{_where_listed(book)}。"
    count = len(remarks(book))
    noted = f"另有{count}条提示，{_where_listed(book)}。" if count else ""
    return f"总分{plain(evaluation.total)}分，等级：{evaluation.grade.name}。{noted}"


def _counted(faults: Sequence[Located], waiting: Sequence[Located]) -> str:
    counts = ((len(faults), "处有误"), (len(waiting), "处待填、待评"))
    return "、".join(f"{count}{words}" for count, words in counts if count)


def _where_listed(book: Book) -> str:
    return f"已列在“{book.cells[names.FINDINGS].sheet}”"


def _listed(texts: Sequence[str]) -> str:
    shown = list(texts[:_MOST_LISTED])
    if len(texts) > len(shown):
        shown.append(f"……共{len(texts)}条")
    return "\n".join(shown)


def _refuse_other_standard(book: Book) -> None:
    if book.rubric.id not in shipped_rubrics():
        raise BookError([f"单元格函数只认程序自带的标准，没有{book.rubric.id}，恢复不了公式"])


def _copy_with_formulas(host: Host, book: Book) -> Path | None:
    if not has_formulas(book):
        return None
    if not host.path.is_absolute():
        raise HostError("请先把工作簿保存到本机的文件夹里，定稿前要在它旁边留一份带公式的。")
    path = host.path
    copy = _free(path.with_name(f"{path.stem}-含公式{path.suffix}"))
    host.save_copy(copy)
    return copy


def _free(path: Path) -> Path:
    """The path, or the first of 名称-2, 名称-3… where nothing is yet."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _blank(host: Host) -> tuple[str, bytes]:
    """Name and content of a blank workbook, with macros where such a template is shipped."""
    from jixiao.installing.errors import InstallingError  # noqa: PLC0415  # seldom needed
    from jixiao.installing.shipped import shipped_templates  # noqa: PLC0415
    from jixiao.template import build_template, template_name  # noqa: PLC0415

    try:
        rubric = open_book(host).rubric
    except (BookError, HostError, RubricError):
        rubric = shipped_rubric(DEFAULT_RUBRIC)
    plain_name = template_name(rubric)
    # Where none is shipped or can be read, the one without macros is built.
    with suppress(InstallingError, OSError):
        for template in shipped_templates():
            if template.stem == Path(plain_name).stem:
                return template.name, template.read_bytes()
    return plain_name, build_template(rubric)
