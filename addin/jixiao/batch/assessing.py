"""Scoring and reviewing one file; a fault of the file is a result like any other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jixiao.batch.assessment import AssessedTable, Assessment, Basis, Head, Layout
from jixiao.hosts.files import FileHost
from jixiao.ooxml import PackageError, in_chinese
from jixiao.review.finding import Finding, Severity
from jixiao.scoring import Rubric, RubricError, load_rubric
from jixiao.workbook import names
from jixiao.workbook.book import Book, open_book
from jixiao.workbook.errors import BookError, Located
from jixiao.workbook.machine_cells import all_faults
from jixiao.workbook.remarks import waiting_for


def assess(path: Path, rubric_id: str | None = None) -> Assessment:
    """Score and review a file, by the standard that it names or by the one that is given.

    Never raises for anything that a file can hold: then the reason is in the result.
    """
    try:
        return _assessed(path, rubric_id)
    except BookError as error:
        return Assessment(reason="；".join(error.faults))
    except (PackageError, RubricError) as error:
        return Assessment(reason=str(error))
    except OSError as error:
        return Assessment(reason=f"读不了：{in_chinese(error)}")
    except (MemoryError, RecursionError):
        return Assessment(reason="文件过大或嵌套过深，内存不够，读不了")
    except Exception as error:  # the other files must still be done
        return Assessment(reason=f"程序出错（{type(error).__name__}），请把这个文件交给维护人员")


@cache
def _rubric(rubric_id: str | None) -> Rubric | None:
    return load_rubric(rubric_id) if rubric_id else None


def _assessed(path: Path, rubric_id: str | None) -> Assessment:
    if path.is_dir():
        return Assessment(reason="文件夹打不开，请检查权限")
    host = FileHost.load(path)
    if names.SUMMARY in host.defined_names:
        return Assessment(is_summary=True)
    return Assessment((_own_table(open_book(host, _rubric(rubric_id))),))


def _own_table(book: Book) -> AssessedTable:
    evaluation = book.evaluation
    faults = all_faults(book)
    total = None if faults else evaluation.total
    reason = ""
    if faults:
        reason = f"填写有误{len(faults)}处，见问题清单"
    elif total is None:
        reason = evaluation.waiting_words
    return AssessedTable(
        layout=_own_layout(book.rubric),
        unit=book.department,
        sheet=book.cells[names.TOTAL].sheet,
        scores=tuple(row.score.value for row in evaluation.scores),
        total=total,
        grade=evaluation.grade.name if total is not None and evaluation.grade else "",
        reason=reason,
        findings=(
            *(_finding(Severity.ERROR, fault) for fault in faults),
            *(_finding(Severity.WARNING, remark) for remark in waiting_for(book)),
        ),
    )


def _finding(severity: Severity, located: Located) -> Finding:
    cell = located.cell
    return Finding("", severity, cell.sheet, cell.a1, "", "", "", located.text)


def _own_layout(rubric: Rubric) -> Layout:
    secondaries = {heading.id: heading for heading in rubric.secondaries}
    primaries = {heading.id: heading.name for heading in rubric.primaries}
    heads = []
    for row in rubric.indicators:
        heading = secondaries[row.secondary]
        primary = primaries[heading.parent]
        heads.append(Head(row.number, primary, heading.name, row.name, row.points))
    title = f"{rubric.name}（{rubric.year}年度）"
    return Layout(Basis.ENGINE, rubric.id, title, rubric.points, tuple(heads))
