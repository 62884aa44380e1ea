"""The points of rows, also where a form prints them in a heading: 质量指标（10分）."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jixiao.forms.form import Form, FormRow
from jixiao.review.figures import number_in


def rows_with_points(form: Form) -> tuple[FormRow, ...]:
    """The rows; one without points that stands alone below a heading has the heading's."""
    alone: dict[int, Decimal] = {}
    for heading in sorted(form.headings, key=lambda heading: heading.level):
        points = number_in(heading.points)
        if points is not None and len(heading.rows) == 1:
            alone[heading.rows[0]] = points
    return tuple(
        replace(row, points=alone[row.place]) if row.points is None and row.place in alone else row
        for row in form.rows
    )
