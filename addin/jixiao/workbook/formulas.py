"""The live formula of every cell that the program owns, in Excel's own syntax.

The macro template is built with them, and 恢复公式 puts them back. They name cells and never
address them, so they hold wherever people move, insert or rename things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from jixiao.cell_arguments import MISSING, WRONG
from jixiao.cell_arguments import OPEN as UNSETTLED
from jixiao.scoring.loader import DEFAULT_RUBRIC
from jixiao.scoring.rubric import Indicator, Rubric
from jixiao.scoring.rules import Completion
from jixiao.workbook import names
from jixiao.workbook.grade_line import OPEN, TICKED, grade_line

RESULT_COLUMNS = ("rate", "settled_points", "score")
"""The columns that JX_COMPLETION_TABLE gives, as fields of the companion table."""

NO_SCORE_WORDS = tuple(words.removesuffix("：") for words in (MISSING, UNSETTLED, WRONG))
"""What a score cell without a number begins with; the reason is in the rest of the text."""

_LONGEST_LITERAL = 255


class Formulas(NamedTuple):
    """Formulas as text with the equals sign.

    ``cells`` is by defined name, one cell each. ``companion`` is by field of the companion table,
    the same text for every row of the column `names.companion_name(field)`. ``results`` is the one
    array formula over the whole of `names.COMPANION_RESULTS`; it names the columns by their short
    names, as a program may set an array formula of 255 characters at the most.
    """

    cells: Mapping[str, str]
    companion: Mapping[str, str]
    results: str


NO_FORMULAS = Formulas({}, {}, "")


def formulas(rubric: Rubric, column_name: names.NameOf = names.short_column_name) -> Formulas:
    """All formulas of a workbook that is scored by the standard.

    ``column_name`` gives the names for the array formula; `names.companion_name` where the workbook
    was made before there were short ones.
    """
    cells = {}
    for row in rubric.indicators:
        given = ",".join((_row(rubric, row), *_inputs(row)))
        cells[names.score_name(row.id)] = f"=JX_SCORE({given})"
        cells[names.reason_name(row.id)] = f"=JX_REASON({given})"
    for heading in (*rubric.primaries, *rubric.secondaries):
        cells[names.subtotal_name(heading.id)] = _total(rubric, rubric.rows_of(heading))
    cells[names.TOTAL] = _total(rubric, rubric.indicators)
    cells[names.GRADE] = _grade(rubric)
    companion = {field: _companion(number) for number, field in enumerate(RESULT_COLUMNS, 1)}
    columns = ",".join((*map(column_name, names.SCORED_COLUMNS), *_standard(rubric)))
    return Formulas(cells, companion, f"=JX_COMPLETION_TABLE({columns})")


def _standard(rubric: Rubric) -> tuple[str, ...]:
    """The last argument of a function that has to be told the standard.

    The one that the functions know by themselves is not named: workbooks of it may be older than
    this argument, and so are the functions inside them.
    """
    return () if rubric.id == DEFAULT_RUBRIC else (names.RUBRIC,)


def _row(rubric: Rubric, row: Indicator) -> str:
    """The first argument of JX_SCORE: the number of a row, after the standard where it is named."""
    number = str(row.number)
    return "".join(f'{name}&":{number}"' for name in _standard(rubric)) or number


def _inputs(row: Indicator) -> Iterable[str]:
    if isinstance(row.rule, Completion):
        return _companion_inputs()
    return (names.input_name(spec.id) for spec in row.inputs)


def _companion_inputs() -> Iterable[str]:
    # Column by column: the table as a whole would take in the very cells that show the results,
    # which Excel refuses as a circular reference.
    return (names.companion_name(field) for field in names.SCORED_COLUMNS)


def _total(rubric: Rubric, rows: tuple[Indicator, ...]) -> str:
    """The sum of some rows, over ranges from name to name, which take in inserted rows."""
    standard = _standard(rubric)
    parts = [
        f"JX_TOTAL({','.join((*_scores_and_points(run), *standard))})"
        for run in _runs(rubric, rows)
    ]
    # Rows that stand apart make several sums; one that waits is a text and cannot be added.
    return f"={parts[0]}" if len(parts) == 1 else f'=IFERROR({"+".join(parts)},"待填")'


def _runs(rubric: Rubric, rows: tuple[Indicator, ...]) -> list[list[Indicator]]:
    """Rows that stand together on the sheet."""
    wanted = {row.id for row in rows}
    grouped = groupby(rubric.indicators, key=lambda row: row.id in wanted)
    return [list(run) for inside, run in grouped if inside]


def _scores_and_points(run: list[Indicator]) -> tuple[str, str]:
    return _span(run, names.score_name), _span(run, names.points_name)


def _span(run: list[Indicator], name: names.NameOf) -> str:
    first, last = name(run[0].id), name(run[-1].id)
    return first if first == last else f"{first}:{last}"


def _grade(rubric: Rubric) -> str:
    reached = f'&JX_GRADE({",".join((names.TOTAL, *_standard(rubric)))})&" "'
    line = _literal(grade_line(rubric, None))
    return f'=SUBSTITUTE({line},"{OPEN} "{reached},"{TICKED} "{reached})'


def _literal(text: str) -> str:
    """A text in a formula; Excel takes 255 characters in one piece."""
    pieces = [
        text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)
    ]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _companion(number: int) -> str:
    """Its own row of the results; the place is counted from the first row, wherever that stands."""
    first = f"INDEX({names.companion_name('name')},1)"
    return f'=IFERROR(INDEX({names.COMPANION_RESULTS},ROW()-ROW({first})+1,{number}),"")'
