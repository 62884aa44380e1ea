"""Scoring and reviewing one file; a fault of the file is a result like any other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jixiao.batch.assessment import Assessment
from jixiao.batch.own_tables import own_table
from jixiao.batch.stated_tables import stated_table
from jixiao.forms import FormError, read_forms
from jixiao.ooxml import Package, PackageError, in_chinese
from jixiao.review.case import Case
from jixiao.review.recognising import recognised_rubric
from jixiao.scoring import Rubric, RubricError, load_rubric
from jixiao.workbook import names
from jixiao.workbook.book import assemble_book
from jixiao.workbook.errors import BookError

_OURS = frozenset({".xlsx", ".xlsm"})


def assess(path: Path, rubric_id: str | None = None) -> Assessment:
    """Score and review a file, by the standard that it names or by the one that is given.

    Never raises for anything that a file can hold: then the reason is in the result.
    """
    try:
        return _assessed(path, _rubric(rubric_id))
    except BookError as error:
        return Assessment(reason="；".join(error.faults))
    except (FormError, PackageError, RubricError) as error:
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


def _assessed(path: Path, rubric: Rubric | None) -> Assessment:
    if path.is_dir():
        return Assessment(reason="文件夹打不开，请检查权限")
    if path.suffix.lower() in _OURS:
        package = Package.open(path)
        if names.SUMMARY in package.defined_names:
            return Assessment(is_summary=True)
        if names.RUBRIC in package.defined_names:
            return Assessment((own_table(assemble_book(path, package, rubric)),))
    cases = (Case(form, rubric or recognised_rubric(form)) for form in read_forms(path))
    return Assessment(tuple(stated_table(case) for case in cases))
