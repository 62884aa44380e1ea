import pytest

from jixiao.ooxml import (
    CellRange,
    a1,
    column_letters,
    column_number,
    parse_a1,
    parse_area,
    parse_reference,
)


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_column_letters_and_numbers_are_inverse(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters) == number
    assert column_number(letters.lower()) == number


@pytest.mark.parametrize("number", [0, -1, 16385])
def test_a_column_number_outside_the_grid_is_a_value_error(number: int) -> None:
    with pytest.raises(ValueError, match="column"):
        column_letters(number)


@pytest.mark.parametrize("letters", ["", "XFE", "AAAA", "1", "A1", "甲", "Ä"])
def test_letters_outside_the_grid_are_a_value_error(letters: str) -> None:
    with pytest.raises(ValueError, match="column"):
        column_number(letters)


def test_an_address_is_read_with_and_without_dollars() -> None:
    assert parse_a1("C5") == parse_a1("$C$5") == parse_a1("c5") == (5, 3)
    assert a1(5, 3) == "C5"
    assert parse_a1("XFD1048576") == (1048576, 16384)


@pytest.mark.parametrize("text", ["", "5", "C", "C0", "C05", "C1048577", "XFE1", "C5:D6", "Ｃ５"])
def test_a_text_that_is_no_address_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (two messages, one for either half)
        parse_a1(text)


@pytest.mark.parametrize("row", [0, 1048577])
def test_a_row_outside_the_grid_has_no_address(row: int) -> None:
    with pytest.raises(ValueError, match="row"):
        a1(row, 1)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("'自评表'!$A$6:$P$45", CellRange("自评表", 6, 1, 45, 16)),
        ("自评表!$A$6:$P$45", CellRange("自评表", 6, 1, 45, 16)),
        ("Sheet1!B2", CellRange("Sheet1", 2, 2, 2, 2)),
        ("'it''s 100%'!$C$5", CellRange("it's 100%", 5, 3, 5, 3)),
        ("'附表1（三公）'!$B$2:$A$1", CellRange("附表1（三公）", 1, 1, 2, 2)),
        (" Sheet1!A1 ", CellRange("Sheet1", 1, 1, 1, 1)),
        ("'a!b'!A1", CellRange("a!b", 1, 1, 1, 1)),
    ],
)
def test_a_reference_to_one_area_is_understood(text: str, area: CellRange) -> None:
    assert parse_reference(text) == area


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$A$1",
        "#REF!",
        "#REF!$A$1",
        "Sheet1!#REF!",
        "Sheet1!$A:$B",
        "Sheet1!$1:$2",
        "Sheet1!$A$1,Sheet1!$B$2",
        "Sheet1!$A$1 Sheet1!$B$2",
        "Sheet1:Sheet3!$A$1",
        "'Sheet1:Sheet3'!$A$1",
        "[1]Sheet1!$A$1",
        "'[1]Sheet1'!$A$1",
        "OFFSET(Sheet1!$A$1,1,1)",
        "-Sheet1!$A$1",
        "Sheet1!$A$1*2",
        "Sheet1!$A$1:$B",
        "''!$A$1",
        "!$A$1",
        "0.05",
    ],
)
def test_anything_else_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None


def test_a_range_knows_its_corner_its_size_and_its_cells() -> None:
    area = parse_area("C5:D7", "s")
    assert area is not None
    assert area.a1 == "C5"
    assert area.cell_count == 6
    assert area.covers((7, 4))
    assert not area.covers((8, 4))
    assert not area.covers((7, 2))
