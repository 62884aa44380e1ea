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
_MARK = re.compile(f"[{_TICKED}{_OPEN}]")
_NAME = re.compile("(优|良|中|差)[秀好等]?")
_BEFORE = re.compile(rf"({_MARK.pattern})?\s*{_NAME.pattern}")
_AFTER = re.compile(rf"{_NAME.pattern}\s*\(?\s*({_MARK.pattern})?")
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
    if len(boxes) == 1 and _NAME.fullmatch(bare(texts[0].text)):
        return (boxes[0]._replace(is_chosen=True),)
    return tuple(boxes)


def _is_alone(found: Found) -> bool:
    return _NAME.fullmatch(bare(found.text)) is not None


def _printed(found: Found) -> tuple[GradeBox, ...]:
    """The grades in a text, each with the mark before or after it, as the first one has it."""
    text = narrow(found.text)
    first_name, first_mark = _NAME.search(text), _MARK.search(text)
    if first_name is None:
        return ()
    if first_mark is not None and first_mark.start() < first_name.start():
        pairs = [(m[2], m[1]) for m in _BEFORE.finditer(text) if _is_name(m)]
    elif first_mark is not None or _is_list(text):
        pairs = [(m[1], m[2]) for m in _AFTER.finditer(text)]
    else:
        return ()
    return tuple(
        GradeBox(name, bool(mark) and mark in _TICKED, found.place) for name, mark in pairs
    )


def _is_list(text: str) -> bool:
    """Whether a text without marks consists of grades alone."""
    return all(_NAME.fullmatch(word) for word in text.split())


def _is_name(match: re.Match[str]) -> bool:
    """Whether a grade stands by itself and not inside a word, as in 其中."""
    before = match.string[: match.start(2)][-1:]
    return not ("一" <= before <= "鿿")
