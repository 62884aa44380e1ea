"""The scored table in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jixiao.scoring import IndicatorScore
from jixiao.scoring.numbers import plain
from jixiao.workbook.book import Book


def print_table(book: Book) -> None:
    """Print every row with its points and score, then total and grade."""
    evaluation = book.evaluation
    owner = " ".join(part for part in (book.department, book.project) if part)
    title = f"{owner}\n{book.rubric.title}" if owner else book.rubric.title
    # As Text and not as markup: [10%, 20%] and what people name their department are no styles.
    table = Table(title=Text(title), title_style="bold", show_lines=False)
    table.add_column("序号", justify="right")
    table.add_column("三级指标", overflow="fold")
    table.add_column("分值", justify="right")
    table.add_column("得分", justify="right")
    table.add_column("说明", overflow="fold")
    for row in evaluation.scores:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    table.add_section()
    if evaluation.total is not None and evaluation.grade is not None:
        result = (plain(evaluation.total), f"等级：{evaluation.grade.name}")
    else:
        result = ("", evaluation.waiting_words)
    table.add_row("", "总分", plain(evaluation.rubric.points), *result, style="bold")
    Console(emoji=False, highlight=False).print(table)


def _cells(row: IndicatorScore) -> tuple[str, str, str, str, str]:
    score = row.score
    value = score.status.label if score.value is None else plain(score.value)
    return (
        str(row.indicator.number),
        row.indicator.name,
        plain(score.points),
        value,
        "" if score.is_full else score.explanation,
    )
