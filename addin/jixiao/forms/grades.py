"""The line of 评价等级: boxes that are ticked or open, or a grade that is written."""

from __future__ import annotations

import re

from jixiao.forms.form import Found, GradeBox
from jixiao.forms.grid import Grid
from jixiao.forms.words import bare, narrow

_LABEL = re.compile(
    r"(?:自评|评价|绩效|评定|考评|评分|综合|绩效评价|绩效自评|自我评价)?(?:等级|结论|档次)(?:评定)?"
)
_TICKED, _OPEN = "☑☒√✓✔■▣●⊙", "□☐○◯▢"
_MARK = f"[{_TICKED}{_OPEN}]"
_NAME = r"(优|良|中|差)(?:秀|好|等)?"
_BEFORE = re.compile(rf"({_MARK})\s*{_NAME}")
_AFTER = re.compile(rf"{_NAME}\s*[(（]?\s*({_MARK})?")
_WRITTEN = re.compile(rf"{_NAME}")
_FEWEST_BOXES = 2


def read_grades(grid: Grid, first_row: int, last_row: int) -> tuple[GradeBox, ...]:
    """The boxes, or the written grade, in the first of the rows that has any."""
    for row in range(first_row, min(last_row, grid.last_row) + 1):
        texts = [grid.found(row, column) for column in grid.filled(row)]
        boxes = _boxes_of_row([found for found in texts if isinstance(found.value, str)])
        if boxes:
            return boxes
    return ()


def _boxes_of_row(texts: list[Found]) -> tuple[GradeBox, ...]:
    for number, found in enumerate(texts):
        label, colon, rest = narrow(found.text).partition(":")
        if _LABEL.fullmatch(bare(label)):
            glued = [Found(rest, found.place)] if colon and rest.strip() else []
            return _boxes([*glued, *texts[number + 1 :]])
        own = _printed(found)
        if len(own) > _FEWEST_BOXES and any(mark in found.text for mark in _TICKED + _OPEN):
            return own
    return ()


def _boxes(texts: list[Found]) -> tuple[GradeBox, ...]:
    """The boxes of the cells beside the label; a mark may stand in a cell of its own."""
    boxes: list[GradeBox] = []
    for number, found in enumerate(texts):
        printed = _printed(found)
        if printed:
            boxes += printed
        elif boxes and found.text in tuple(_TICKED) and _is_alone(texts[number - 1]):
            boxes[-1] = boxes[-1]._replace(is_chosen=True)
    if len(boxes) == 1 and _WRITTEN.fullmatch(bare(texts[0].text)):
        return (boxes[0]._replace(is_chosen=True),)
    return tuple(boxes)


def _is_alone(found: Found) -> bool:
    return _WRITTEN.fullmatch(bare(found.text)) is not None


def _printed(found: Found) -> tuple[GradeBox, ...]:
    text = narrow(found.text)
    first_name = re.search(_NAME, text)
    first_mark = re.search(_MARK, text)
    if first_name is None:
        return ()
    if first_mark is not None and first_mark.start() < first_name.start():
        # A grade without its own mark is an open one.
        pairs = [(m[2], m[1]) for m in re.finditer(rf"({_MARK})?\s*{_NAME}", text) if _is_name(m)]
        return tuple(
            GradeBox(name, (mark or "") in _TICKED if mark else False, found.place)
            for name, mark in ((name, mark) for name, mark in pairs)
        )
    if first_mark is None and not _WRITTEN.fullmatch(bare(text)):
        words = text.split()
        if not all(_WRITTEN.fullmatch(word) for word in words):
            return ()
    return tuple(
        GradeBox(match[1], match[2] is not None and match[2] in _TICKED, found.place)
        for match in _AFTER.finditer(text)
    )


def _is_name(match: re.Match[str]) -> bool:
    """Whether a grade stands by itself and not inside a word, as in 其中."""
    before = match.string[: match.start(2)][-1:]
    return not ("一" <= before <= "鿿")
