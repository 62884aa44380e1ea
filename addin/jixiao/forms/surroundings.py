"""What stands around a table: title, unit, years, and what the rate of execution is measured by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jixiao.forms.form import Place, Subject
from jixiao.forms.grid import Grid
from jixiao.forms.words import bare, narrow

# In the order in which they are believed; a project is evaluated for its executing unit.
_UNITS = [
    "部门名称",
    "单位名称",
    "预算部门",
    "部门",
    "预算单位",
    "填报单位",
    "评价单位",
    "自评单位",
    "部门单位名称",
    "项目实施单位",
    "实施单位",
    "项目单位",
    "资金使用单位",
    "项目承担单位",
    "填报部门",
    "编制单位",
    "主管部门",
    "项目主管部门",
    "市级主管部门",
    "省级主管部门",
    "县级主管部门",
    "主管单位",
]
_PROJECT = frozenset(
    ["项目名称", "项目支出名称", "专项名称", "专项资金名称", "资金名称", "转移支付名称"]
)
_TITLES = (re.compile("自评.*表|绩效.*评价表|绩效.*评分表"), re.compile("自评|绩效评价|^绩效.*表"))
_NO_TITLE = re.compile("[。,;]|^注")
# A day or month (填报日期：2021年3月) says when somebody wrote, not which year the table is of.
_YEAR = re.compile(r"(?<![0-9０-９])([2２][0０][0-9０-９]{2})\s*年(?!\s*[0-9０-９]{1,2}\s*月)")
_SENTENCE_END = re.compile(r"[。；;\n]")
_RATE = re.compile(r"执行率|支出率|支出进度|执行进度|支出数")
_BASE = re.compile(r"年初预算|调整后预算|调整预算|全年预算|预算数|预算安排|预算批复")
_QUOTIENT = re.compile("[=＝÷/／%％]|达到|占|除以")
_LONGEST_TITLE = 80


class Text(NamedTuple):
    """A text of the form with its place."""

    words: str
    place: Place


def texts(grid: Grid, first_row: int, last_row: int) -> Iterator[Text]:
    """The texts in some rows, each merged cell once."""
    for row in range(first_row, min(last_row, grid.last_row) + 1):
        for column, raw in enumerate(grid.rows[row - 1], 1):
            if isinstance(raw, str) and raw:
                yield Text(raw, Place(grid.sheet, row, column))


def texts_above(grid: Grid) -> tuple[Text, ...]:
    """The lines over the table of a Word file; they are no cells and have a sheet of their own."""
    sheet = f"{grid.sheet}之前的文字"
    return tuple(Text(line, Place(sheet, row, 1)) for row, line in enumerate(grid.above, 1))


def title_of(candidates: Iterable[Text]) -> Text | None:
    """The line that names the table: the one that speaks most of evaluation and is no sentence."""
    lines = [text for text in candidates if _may_be_title(text.words.strip())]
    for pattern in _TITLES:
        for text in lines:
            if pattern.search(narrow(text.words)):
                return text
    return None


def _may_be_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and _NO_TITLE.search(narrow(words)) is None


def unit_of(grid: Grid, above: Iterable[Text]) -> str:
    """The unit, or department, that the rows above the table name; empty where they name none."""
    named: dict[str, str] = {}
    for text in above:
        label, _, rest = text.words.replace("：", ":").partition(":")
        word = bare(label)
        if word in _UNITS and word not in named:
            value = narrow(rest).strip() or _right_of(grid, text.place)
            if value:
                named[word] = value
    return next((named[word] for word in _UNITS if word in named), "")


def _right_of(grid: Grid, place: Place) -> str:
    """The text of the cell to the right of a label and its merged area."""
    if place.sheet != grid.sheet:
        return ""
    at = (place.row, place.column)
    column = place.column + 1
    while column <= grid.last_column and grid.anchor(place.row, column) == at:
        column += 1
    found = grid.found(place.row, column)
    return found.text if isinstance(found.value, str) else ""


def subject_of(title: str, above: Iterable[Text], has_targets: bool) -> Subject:
    """What is evaluated, by the title, by a label 项目名称, else by how the rows are measured."""
    if "部门整体" in title or "整体支出" in title or "整体绩效" in title:
        return Subject.DEPARTMENT
    names_project = any(bare(narrow(text.words).partition(":")[0]) in _PROJECT for text in above)
    if "项目" in title or names_project:
        return Subject.PROJECT
    return Subject.PROJECT if has_targets else Subject.DEPARTMENT


def years_in(body: Iterable[Text]) -> tuple[tuple[int, Place], ...]:
    """All years that texts name, each once a cell; those of dates apart."""
    found: dict[tuple[int, Place], None] = {}
    for text in body:
        if "年" in text.words:
            for match in _YEAR.finditer(text.words):
                found[int(match[1]), text.place] = None
    return tuple(found)


def rate_base_note(body: Iterable[Text]) -> str:
    """The sentence that says by what the rate of execution is measured; empty where none does."""
    for text in body:
        if "预算" not in text.words:
            continue
        for sentence in _SENTENCE_END.split(text.words):
            if _RATE.search(sentence) and _BASE.search(sentence) and _says(sentence):
                return sentence.strip()
    return ""


def _says(sentence: str) -> bool:
    """Whether a sentence states a quotient, and is not the bare heading of a column."""
    return _QUOTIENT.search(sentence) is not None
