"""A case: the figures of one published table, and the cells that they are typed into."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from jixiao.ooxml import CellRange, CellValue
from jixiao.workbook import names
from jixiao.workbook.book import Book

EXAMPLE = "示例"
"""The remark beside every figure that the published table does not give."""

Typed = CellValue | tuple[CellValue, ...]
"""What is typed into an input; into one of several cells, from the first of them on."""

_FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """One table's figures as a file of this folder gives them; ``texts`` are for 报告文字."""

    name: str
    rubric: str
    file: str
    basics: Mapping[str, CellValue]
    rows: tuple[Mapping[str, CellValue], ...]
    inputs: Mapping[str, Typed]
    remarks: Mapping[str, str]
    texts: Mapping[str, str]

    def typed(self, book: Book) -> dict[CellRange, CellValue]:
        """The cells of a blank workbook with what a person would type into them."""
        cells: dict[CellRange, CellValue] = {}
        defined = book.host.defined_names
        for field, value in self.basics.items():
            cells[defined[names.basic_name(field)]] = value
        for row, place in zip(self.rows, self._places(book), strict=True):
            for field, value in row.items():
                cells[book.companion.cell(place, field)] = value
        for input_id, typed in self.inputs.items():
            cells |= dict(_typed_cells(book.cells[names.input_name(input_id)], typed))
        for input_id, remark in self.remarks.items():
            if remark:
                cells[defined[names.remark_name(input_id)]] = remark
        for section, text in self.texts.items():
            cells[defined[names.report_text_name(section)]] = text
        return cells

    def _places(self, book: Book) -> Iterator[int]:
        """The row of the companion table for each row: the first free one of its heading."""
        headings = [book.grid.all(book.companion.columns[field]) for field in ("kind", "secondary")]
        free = dict(enumerate(zip(*headings, strict=True)))
        for row in self.rows:
            wanted = (row["kind"], row.get("secondary"))
            place = next(place for place, heading in free.items() if heading == wanted)
            del free[place]
            yield place


def _typed_cells(area: CellRange, typed: Typed) -> Iterator[tuple[CellRange, CellValue]]:
    values = typed if isinstance(typed, tuple) else (typed,)
    for row, value in enumerate(values, area.first_row):
        yield CellRange(area.sheet, row, area.first_column, row, area.first_column), value


def shipped_case(case_id: str) -> Case:
    """Read a case of this folder."""
    data = tomllib.loads((_FOLDER / f"{case_id}.toml").read_text("utf-8"), parse_float=Decimal)
    return Case(
        name=data["name"],
        rubric=data["rubric"],
        file=data["file"],
        basics={field: _value(value) for field, value in data["basics"].items()},
        rows=tuple({key: _value(value) for key, value in row.items()} for row in data["row"]),
        inputs={item["id"]: _typed(item["value"]) for item in data["input"]},
        remarks={
            item["id"]: item.get("remark", "" if item.get("given") else EXAMPLE)
            for item in data["input"]
        },
        texts=data.get("texts", {}),
    )


def _typed(value: Any) -> Typed:
    return tuple(map(_value, value)) if isinstance(value, list) else _value(value)


def _value(value: Any) -> CellValue:
    return value.strip() if isinstance(value, str) else Decimal(value)
