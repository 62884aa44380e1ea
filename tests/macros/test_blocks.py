"""Writing in rectangles, all or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.hosts.blocks import Block, Contents, Formulas, Values, blocks, rectangles, write_all
from jixiao.hosts.host import HostError
from jixiao.ooxml import CellRange, Formula

ADDRESSES = st.sets(st.tuples(st.sampled_from("甲乙"), st.integers(1, 9), st.integers(1, 5)))


def cell(sheet: str, row: int, column: int) -> CellRange:
    return CellRange(sheet, row, column, row, column)


@given(ADDRESSES)
def test_rectangles_cover_each_cell_once_and_no_other(places: set[tuple[str, int, int]]) -> None:
    covered = [
        (area.sheet, row, column)
        for area in rectangles([cell(*place) for place in places])
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
    assert sorted(covered) == sorted(places)


def test_full_table_is_one_rectangle_a_kind() -> None:
    contents = {cell("甲", row, column): row for row in range(1, 9) for column in (1, 2, 3)}
    formulas = {cell("甲", row, 4): Formula("=A1") for row in range(1, 9)}
    assert [type(block) for block in blocks({**contents, **formulas})] == [Values, Formulas]


class Sheet:
    """Holds cells; refuses, as a spreadsheet does, the whole block that has a protected cell."""

    def __init__(self, cells: dict[CellRange, object], refused: CellRange | None) -> None:
        self.cells = cells
        self.refused = refused

    def contents(self, area: CellRange) -> Contents:
        return {place: self.cells.get(place) for place in self._places(area)}

    def put(self, block: Block) -> None:
        assert isinstance(block, Values | Formulas)
        flat = [content for row in block.rows for content in row]
        if self.refused in self._places(block.area):
            raise RuntimeError("protected")
        for place, content in zip(self._places(block.area), flat, strict=True):
            is_formula = isinstance(block, Formulas)
            self.cells[place] = Formula(str(content)) if is_formula else content

    @staticmethod
    def _places(area: CellRange) -> list[CellRange]:
        return [
            cell(area.sheet, row, column)
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        ]


CELLS = st.dictionaries(
    st.builds(cell, st.sampled_from("甲乙"), st.integers(1, 6), st.integers(1, 4)),
    st.one_of(st.none(), st.integers(0, 3), st.just(Formula("=A1")), st.just(Formula("=B1"))),
    min_size=1,
)


@given(before=CELLS, changes=CELLS, data=st.data())
def test_all_or_none(
    before: dict[CellRange, object], changes: dict[CellRange, object], data: st.DataObject
) -> None:
    sheet = Sheet(dict(before), None)
    write_all(sheet, changes)
    assert {place: sheet.cells.get(place) for place in {*before, *changes}} == {**before, **changes}
    refusing = Sheet(dict(before), data.draw(st.sampled_from(sorted(changes))))
    with pytest.raises(HostError, match="没有改动"):
        write_all(refusing, changes)
    for place in {*before, *changes}:
        assert refusing.cells.get(place) == before.get(place)
