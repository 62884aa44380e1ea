"""Whatever bytes come, a package is read or refused; no other exception gets out."""

import random
from decimal import Decimal

import pytest
from handmade import parts_of_workbook, sheet_xml, zipped

from jixiao.ooxml import CellAddress, CellValue, Package, PackageError

ROWS = (
    '<row r="1" spans="1:3" ht="20"><c r="A1" s="1" t="s"><v>0</v></c>'
    '<c r="B1"><v>1.5</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B1*2</f><v>3</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>4</v></c>'
    '<c r="C3" t="inlineStr"><is><t>文</t></is></c></row>'
)
PARTS = parts_of_workbook(
    {
        "封面": sheet_xml(""),
        "自评表": sheet_xml(
            ROWS,
            before='<dimension ref="A1:C3"/><cols><col min="1" max="2" style="3"/></cols>',
            after='<mergeCells><mergeCell ref="A5:B6"/></mergeCells>',
        ),
    },
    strings=["<t>指标</t>", "<r><t>甲</t></r>"],
    calc_chain='<c r="A2" i="2"/><c r="A3"/>',
    calc_pr='<calcPr calcId="191029"/>',
    names="<definedNames><definedName name='JX'>自评表!$A$1:$C$3</definedName></definedNames>",
)
CHANGES: dict[CellAddress, CellValue] = {
    (1, 1): "指标",
    (1, 2): Decimal(8),
    (2, 1): Decimal(1),
    (3, 1): "乙",
    (3, 2): "新",
    (9, 9): "末",
}


def use(content: bytes) -> bool:
    """Use everything a package offers; tell whether it was accepted."""
    try:
        package = Package(content)
        for name in package.sheets:
            sheet = package.sheet(name)
            assert sheet.extent >= (0, 0) <= sheet.filled_extent
            assert sheet.merged is not None
            after = package.rewritten({name: CHANGES})
            changed = Package(after)
            assert changed.rewritten({name: CHANGES}) == after
    except PackageError:
        return False
    return True


def flipped(data: bytes, random_source: random.Random) -> bytes:
    """Return data with one to eight bytes replaced, or moved, or cut off."""
    changed = bytearray(data)
    if random_source.random() < 0.1:
        return data[: random_source.randrange(len(data))]
    for _ in range(random_source.randint(1, 8)):
        at = random_source.randrange(len(changed))
        if random_source.random() < 0.5:
            changed[at] = random_source.randrange(256)
        else:
            changed[at] = changed[random_source.randrange(len(changed))]
    return bytes(changed)


def test_the_sound_package_is_accepted() -> None:
    assert use(zipped(PARTS))


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_archive_is_read_or_refused(seed: int) -> None:
    source, content = random.Random(seed), zipped(PARTS)
    outcomes = [use(flipped(content, source)) for _ in range(100)]
    assert not all(outcomes)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_directory_is_read_or_refused(seed: int) -> None:
    source, content = random.Random(seed), zipped(PARTS)
    start = content.index(b"PK\1\2")
    outcomes = [use(content[:start] + flipped(content[start:], source)) for _ in range(50)]
    assert not all(outcomes)


@pytest.mark.parametrize("name", list(PARTS))
def test_a_damaged_part_is_read_or_refused(name: str) -> None:
    source = random.Random(name)
    data = PARTS[name].encode()
    for _ in range(60):
        use(zipped({**PARTS, name: flipped(data, source)}))


@pytest.mark.parametrize("name", list(PARTS))
def test_a_part_with_a_digit_or_quote_changed_is_read_or_refused(name: str) -> None:
    """Small changes keep the XML well formed more often, and so get further in."""
    source = random.Random(name)
    data = PARTS[name]
    places = [
        at for at, character in enumerate(data) if character.isalnum() or character in "/:!$."
    ]
    for _ in range(60):
        at = source.choice(places)
        character = source.choice('019AZaz-. /:"<>&#绩')
        use(zipped({**PARTS, name: data[:at] + character + data[at + 1 :]}))
