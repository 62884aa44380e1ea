"""A scored workbook as one JSON object: scores as decimal strings, null where there is none."""

from __future__ import annotations

import json
import sys
from decimal import Decimal

from jixiao.scoring import IndicatorScore
from jixiao.scoring.numbers import plain
from jixiao.workbook import names
from jixiao.workbook.book import Book


def print_json(book: Book) -> None:
    """Print the object on stdout, in UTF-8 whatever the console is set to."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    evaluation = book.evaluation
    content = {
        "rubric": book.rubric.id,
        "rows": [_row(book, row) for row in evaluation.scores],
        "total": _number(evaluation.total),
        "grade": evaluation.grade.name if evaluation.grade else None,
        "waiting": len(evaluation.waiting),
    }
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _row(book: Book, row: IndicatorScore) -> dict[str, object]:
    cell = book.cells[names.score_name(row.indicator.id)]
    return {
        "number": row.indicator.number,
        "id": row.indicator.id,
        "name": row.indicator.name,
        "points": plain(row.indicator.points),
        "score": _number(row.score.value),
        "status": row.score.status.value,
        "cell": f"{cell.sheet}!{cell.a1}",
        "explanation": row.score.explanation,
        "notes": [f"{note.text}（{note.provenance.label}）" for note in row.score.notes],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
