"""Rows of the companion table as a sheet has them, 18 columns each."""

from __future__ import annotations

from jixiao.workbook.names import COMPANION_COLUMNS, SCORED_COLUMNS

Row = list[object]

BLANK: Row = [None] * len(COMPANION_COLUMNS)


def row(**cells: object) -> Row:
    """A 产出 row whose target of 100 is met, with ``cells`` in place of its own."""
    usual = {"kind": "产出", "name": "走访企业", "nature": "≥", "target": 100.0, "actual": 100.0}
    known = {column.field for column in COMPANION_COLUMNS}
    assert known >= set(cells), set(cells) - known
    return [(usual | cells).get(column.field) for column in COMPANION_COLUMNS]


def qualitative(**cells: object) -> Row:
    """A 效益 row at the best level, in full."""
    usual: dict[str, object] = {
        "kind": "效益",
        "nature": "定性",
        "target": None,
        "actual": None,
        "level": "达成年度指标",
        "share": 1.0,
        "basis": "见总结",
    }
    return row(**(usual | cells))


def columns(table: list[Row]) -> list[list[object]]:
    """The columns that scores are worked out from, each as a range of one column."""
    places = [column.field for column in COMPANION_COLUMNS]
    return [[line[places.index(field)] for line in table] for field in SCORED_COLUMNS]
