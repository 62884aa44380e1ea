"""A case: the figures of one department's table, and the cells that they are typed into."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from jixiao.ooxml import CellRange, CellValue
from jixiao.workbook import names
from jixiao.workbook.book import Book

EXAMPLE = "示例"
"""The remark beside every figure that the published table does not give."""

_FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """One department's figures as a file of this folder gives them."""

    name: str
    rubric: str
    file: str
    basics: Mapping[str, CellValue]
    rows: tuple[Mapping[str, CellValue], ...]
    inputs: Mapping[str, CellValue]
    remarks: Mapping[str, str]

    def typed(self, book: Book) -> dict[CellRange, CellValue]:
        """The cells of a blank workbook with what a person would type into them."""
        cells: dict[CellRange, CellValue] = {}
        defined = book.host.defined_names
        for field, value in self.basics.items():
            cells[defined[names.basic_name(field)]] = value
        for kind in book.rubric.companion_kinds:
            first = next(place for place, row in enumerate(book.rows) if row.kind == kind)
            of_kind = (row for row in self.rows if row["kind"] == kind)
            for place, row in enumerate(of_kind, first):
                for field, value in row.items():
                    cells[book.companion.cell(place, field)] = value
        for input_id, value in self.inputs.items():
            cells[book.cells[names.input_name(input_id)]] = value
        for input_id, remark in self.remarks.items():
            cells[defined[names.remark_name(input_id)]] = remark
        return cells


def shipped_case(case_id: str) -> Case:
    """Read a case of this folder."""
    data = tomllib.loads((_FOLDER / f"{case_id}.toml").read_text("utf-8"), parse_float=Decimal)
    return Case(
        name=data["name"],
        rubric=data["rubric"],
        file=data["file"],
        basics={field: _value(value) for field, value in data["basics"].items()},
        rows=tuple({key: _value(value) for key, value in row.items()} for row in data["row"]),
        inputs={item["id"]: _value(item["value"]) for item in data["input"]},
        remarks={
            item["id"]: item.get("remark", "" if item.get("given") else EXAMPLE)
            for item in data["input"]
        },
    )


def _value(value: Any) -> CellValue:
    return value.strip() if isinstance(value, str) else Decimal(value)
