"""Hundreds of workbooks with other values or damage: filled correctly, or refused in Chinese.

Every variant is made by a seeded source of chance, so a failure is found again by its number. What
a variant says is read by calamine, apart from the program, and scored by `evaluate`.
"""

from __future__ import annotations

import json
import random
import re
import struct
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from cli.process import english_in
from conftest import Ran
from jixiao.cli import main
from jixiao.ooxml import Package, column_letters
from jixiao.scoring import CompanionRow, Evaluation, Value, evaluate
from jixiao.workbook import names
from workbook.books import (
    RUBRIC,
    area,
    blank_book,
    column_by_calamine,
    members,
    number_or_text,
    owned_cells,
    scores_of,
    seed_book,
    seed_rows,
    seed_values,
    with_members,
)
from workbook.test_damaged_books import renamed

Chance = random.Random
Fill = Callable[[bytes], tuple[Ran, bytes]]

MOST_SECONDS = 5.0
PART_OF = {title: f"xl/worksheets/sheet{n}.xml" for n, title in enumerate(names.SHEETS.values(), 1)}
WORKBOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
PARTS = (*PART_OF.values(), WORKBOOK, STRINGS, "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
FIELDS = tuple(
    column.field
    for column in names.COMPANION_COLUMNS
    if column.is_input and column.field in CompanionRow._fields
)
MONTHS = "monthly_execution_rates"


# ----------------------------------------------------------------------------- running and judging


@pytest.fixture
def fill(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Fill:
    """Fills a variant in a folder of its own, with whatever libraries print, in bounded time."""
    path = tmp_path / "表.xlsx"

    def run(content: bytes) -> tuple[Ran, bytes]:
        path.write_bytes(content)
        capfd.readouterr()
        began = time.monotonic()
        code = main(["fill", str(path), "--json"])
        assert time.monotonic() - began < MOST_SECONDS
        after = path.read_bytes()
        assert_whole(tmp_path, content, after)
        path.with_name("表.bak.xlsx").unlink(missing_ok=True)
        return Ran(code, *capfd.readouterr()), after

    return run


def assert_whole(folder: Path, before: bytes, after: bytes) -> None:
    """The folder has the workbook and, where that changed, its backup; no temporary file."""
    others = {item.name: item.read_bytes() for item in folder.iterdir() if item.name != "表.xlsx"}
    assert others == ({} if before == after else {"表.bak.xlsx": before})


def judge(fill: Fill, content: bytes) -> tuple[Ran, bytes]:
    """Fill a variant: correct, or refused without a trace."""
    ran, after = fill(content)
    if ran.code == 0:
        assert ran.err == ""
        assert_scored(json.loads(ran.out), said(content), after)
        assert_rest_untouched(content, after)
    else:
        assert (ran.code, ran.out) == (1, "")
        assert after == content
        assert_chinese(ran.err.split("表.xlsx：", 1)[1])
    return ran, after


def judge_twice(fill: Fill, content: bytes) -> None:
    """Fill a variant, and where that was done, fill the result: nothing more changes."""
    ran, once = judge(fill, content)
    if ran.code == 0:
        again, twice = fill(once)
        assert again == ran
        assert twice == once, "filling again changed something"


_FOREIGN = re.compile(
    r"“[^”]*”"  # whatever the file says
    r"|jixiao_\w*|(?:xl|docProps|_rels)/[\w./]+|缺少部件 \S+）|\[Content_Types\]\.xml"
    r"|\b[A-Z]{1,3}\d+\b"
    r"|#[A-Z/0!?]+|\b(?:XML|DTD|DOCTYPE|MB|sheetData)\b|编码是 [\w-]+"
)


def assert_chinese(message: str) -> None:
    assert re.search(r"[\u4e00-\u9fff]", message)
    assert english_in(_FOREIGN.sub("", message)) == [], message


def assert_scored(found: Mapping[str, Any], expected: Evaluation, after: bytes) -> None:
    assert not expected.is_invalid
    scores = [None if row["score"] is None else Decimal(row["score"]) for row in found["rows"]]
    assert scores == [row.score.value for row in expected.scores]
    assert [row["status"] for row in found["rows"]] == [row.score.status for row in expected.scores]
    assert (found["total"], found["grade"]) == (
        None if expected.total is None else f"{expected.total.normalize():f}",
        expected.grade.name if expected.grade else None,
    )
    written = [
        row.score.status.label if row.score.value is None else row.score.value
        for row in expected.scores
    ]
    assert [number_or_text(score) for score in scores_of(after)] == written


def said(content: bytes) -> Evaluation:
    """The scores of what a workbook says, read apart from the program."""
    values: dict[str, Value | tuple[Value, ...]] = {}
    for spec in RUBRIC.specs.values():
        column = tuple(map(exact, column_by_calamine(content, names.input_name(spec.id))))
        values[spec.id] = column if spec.cells > 1 else column[0]
    columns = [column_by_calamine(content, names.companion_name(field)) for field in FIELDS]
    rows = [
        CompanionRow(**dict(zip(FIELDS, map(exact, row), strict=True)))
        for row in zip(*columns, strict=True)
    ]
    return evaluate(RUBRIC, values, rows)


def exact(raw: object) -> Value:
    value = number_or_text(raw)
    if isinstance(value, datetime):
        return value.date()
    assert value is None or isinstance(value, Decimal | str | bool | date), value
    return value


def assert_rest_untouched(before: bytes, after: bytes) -> None:
    """Members but those of scored sheets have the very same bytes, header and all."""
    sheets = Package(before).sheets
    owned = {sheets[sheet].part.lower() for sheet, _ in owned_cells(before)} | {WORKBOOK}
    old, new = raw_by_place(before), raw_by_place(after)
    assert [name for name, _ in old] == [name for name, _ in new]
    for (name, was), (_, now) in zip(old, new, strict=True):
        assert was == now or name.lower().replace("\\", "/") in owned, name


def raw_by_place(content: bytes) -> list[tuple[str, bytes]]:
    """Each entry's name, local header and compressed data, in the order of the directory.

    By hand: zipfile refuses archives for fields that matter to nobody else.
    """
    end = content.rindex(b"PK\5\6")
    count, _, at = struct.unpack("<HLL", content[end + 10 : end + 20])
    found = []
    for _ in range(count):
        size, _, name, extra, comment = struct.unpack("<LLHHH", content[at + 20 : at + 34])
        (start,) = struct.unpack("<L", content[at + 42 : at + 46])
        lengths = struct.unpack("<HH", content[start + 26 : start + 30])
        text = content[at + 46 : at + 46 + name].decode("utf-8", "replace")
        found.append((text, content[start : start + 30 + sum(lengths) + size]))
        at += 46 + name + extra + comment
    return found


# ------------------------------------------------------------------------------------ other values

_TEXTS = (
    "是", "否", "涉密", "产出", "效益", "≥", "≤", "=", "定性", "无", "", " ", "0", "12", "１２",
    "5%", "12.5万元", "=1+1", "<v>&amp;", "😀", "_x0041_", "-", "达成年度指标", "N/A", "待填",
    "长" * 400,
)  # fmt: skip
_NUMBERS = (
    "0", "1", "2", "3", "5", "12", "20", "100", "-1", "-0.5", "0.5", "0.8", "0.9", "1.01", "1.005",
    "0.1234567", "99.99", "1000000", "1e-7", "1e15", "1e16", "1e300", "33.333333333333",
)  # fmt: skip
_PLAUSIBLE = {
    "count": ("0", "0", "1", "2", "3", "7"),
    "amount": ("0", "0.01", "12.5", "33", "320", "1000.005"),
    "rate": ("0", "0.2", "0.7586", "1", "1.2"),
    "share": ("0", "0.5", "0.85", "1"),
    "score": ("0", "0.5", "1", "2.5"),
    "yes_no": ("是", "否"),
    "choice": ("是", "否", "涉密"),
    "text": ("示例：已核对", "依据见附件"),
}
_PLAUSIBLE_FIELDS = {
    "kind": ("产出", "效益"),
    "name": ("新增指标", "另一项"),
    "nature": ("≥", "≤", "=", "定性"),
    "target": ("1", "10", "100"),
    "actual": ("0", "9", "10", "11", "120"),
    "level": ("达成年度指标",),
    "share": ("0.8", "0.9", "1"),
    "hand_score": ("0", "1"),
    "basis": ("依据见附件",),
}
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")


def keys_of_inputs() -> list[str]:
    months = [f"{MONTHS}[{place}]" for place in range(12)]
    rows = [f"{place}.{field}" for place in (0, 1, 2, 3, 40, 41, 42, 79) for field in FIELDS]
    return [*(key for key in RUBRIC.specs if key != MONTHS), *months, *rows]


def random_value(source: Chance, key: str) -> Value:
    kind = source.choice(["plausible"] * 6 + ["number", "number", "text", "none", "bool", "date"])
    if kind == "none":
        return None
    if kind == "bool":
        return source.random() < 0.5
    if kind == "date":
        return date(2023, source.randint(1, 12), source.randint(1, 28))
    texts = {"plausible": plausible(key), "number": _NUMBERS, "text": _TEXTS}[kind]
    text = source.choice(texts)
    return Decimal(text) if kind != "text" and _NUMBER.fullmatch(text) else text


def plausible(key: str) -> tuple[str, ...]:
    _, dot, field = key.partition(".")
    if dot:
        return _PLAUSIBLE_FIELDS.get(field, ("1",))
    return _PLAUSIBLE[RUBRIC.specs[key.partition("[")[0]].kind.value]


def cell_xml(value: Value) -> str:
    """The rest of a cell's element as Excel writes it, from after its style."""
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f't="b"><v>{value:d}</v></c>'
    if isinstance(value, Decimal):
        return f"><v>{value}</v></c>"
    if isinstance(value, date):
        return f't="d"><v>{value.isoformat()}</v></c>'
    return f't="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def with_cells(content: bytes, cells: Mapping[str, str]) -> bytes:
    """The workbook with the elements of some cells, by the keys of `area`, written by hand."""
    texts = {name: data.decode() for name, data in members(content).items() if name in PARTS}
    for key, rest in cells.items():
        place = area(content, key)
        part = PART_OF[place.sheet]
        element = re.compile(rf'<c r="{place.a1}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        written = f'<c r="{place.a1}"\\1 ' + rest.replace("\\", r"\\")
        texts[part], count = element.subn(written, texts[part])
        assert count == 1, key
    return with_members(content, {name: text.encode() for name, text in texts.items()})


def typed_values(source: Chance) -> dict[str, Value]:
    keys = source.sample(keys_of_inputs(), source.randint(1, 4))
    return {key: random_value(source, key) for key in keys}


def expected_of(typed: Mapping[str, Value]) -> Evaluation:
    """The scores of the seed's case with other values typed in."""
    values, rows = seed_values(), seed_rows()
    months: list[Value] = [None] * 12  # the seed gives none of them
    for key, value in typed.items():
        place, dot, field = key.partition(".")
        if dot:
            rows[int(place)] = rows[int(place)]._replace(**{field: value})
        elif key.startswith(MONTHS):
            months[int(key[len(MONTHS) + 1 : -1])] = value
        else:
            values[key] = value
    return evaluate(RUBRIC, {**values, MONTHS: tuple(months)}, rows)


@pytest.mark.parametrize("seed", range(80))
def test_other_values_are_scored_as_typed_or_refused(fill: Fill, seed: int) -> None:
    typed = typed_values(Chance(f"values {seed}"))
    expected = expected_of(typed)
    content = with_cells(seed_book(), {key: cell_xml(value) for key, value in typed.items()})
    ran, _ = judge(fill, content)
    assert (ran.code == 1) is expected.is_invalid, (typed, ran.err)
    if ran.code == 0:
        rows = json.loads(ran.out)["rows"]
        assert [row["explanation"] for row in rows] == [
            row.score.explanation for row in expected.scores
        ]


_WRONG_CELLS = (
    't="e"><v>#REF!</v></c>',
    't="e"><f>1/0</f><v>#DIV/0!</v></c>',
    "><f>1+1</f></c>",
    "><f>1+1</f><v/></c>",
    "><v>NaN</v></c>",
    "><v>INF</v></c>",
    "><v>1e999</v></c>",
    "><v>12,5</v></c>",
    "><v>0x10</v></c>",
    't="s"><v>99999</v></c>',
    't="s"><v>-1</v></c>',
    't="s"><v>甲</v></c>',
    't="b"><v>2</v></c>',
    't="d"><v>2023-99-99</v></c>',
    't="q"><v>1</v></c>',
)


@pytest.mark.parametrize("seed", range(30))
def test_cells_of_no_value_are_refused(fill: Fill, seed: int) -> None:
    source = Chance(f"cells {seed}")
    key = source.choice([*CASE_KEYS, "0.target", "1.actual", f"{MONTHS}[4]"])
    ran, _ = judge(fill, with_cells(seed_book(), {key: _WRONG_CELLS[seed % len(_WRONG_CELLS)]}))
    assert ran.code == 1
    place = area(seed_book(), key)
    assert f"{place.sheet}!{place.a1}" in ran.err or "xl/" in ran.err or "读不出" in ran.err


CASE_KEYS = [
    key
    for key, spec in RUBRIC.specs.items()
    if spec.kind.value in {"count", "amount", "share", "score"} and spec.cells == 1
]


# --------------------------------------------------------------------------------- damaged archive


def bit_flipped(source: Chance, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(source.choice([1, 1, 2, 8])):
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def bit_flipped_in_directory(source: Chance, content: bytes) -> bytes:
    start = content.index(b"PK\1\2")
    return content[:start] + bit_flipped(source, content[start:])


def bit_flipped_in_header(source: Chance, content: bytes) -> bytes:
    changed = bytearray(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        at = source.choice(archive.infolist()).header_offset
    changed[at + source.randrange(30)] ^= 1 << source.randrange(8)
    return bytes(changed)


def cut(source: Chance, content: bytes) -> bytes:
    return content[: source.randrange(len(content))]


def cut_out(source: Chance, content: bytes) -> bytes:
    at = source.randrange(len(content))
    return content[:at] + content[at + source.choice([1, 16, 512]) :]


def padded(source: Chance, content: bytes) -> bytes:
    junk = source.randbytes(source.choice([1, 22, 4096]))
    return content + junk if source.random() < 0.5 else junk + content


def zeroed(source: Chance, content: bytes) -> bytes:
    """A block of zeros, as a disk leaves it after a loss of power."""
    at = source.randrange(0, len(content), 4096)
    return content[:at] + bytes(4096) + content[at + 4096 :]


def without_member(source: Chance, content: bytes) -> bytes:
    return with_members(content, {source.choice(list(members(content))): None})


def emptied_member(source: Chance, content: bytes) -> bytes:
    return with_members(content, {source.choice(list(members(content))): b""})


def replaced_member(source: Chance, content: bytes) -> bytes:
    junk = source.choice([b"\0" * 100, b"<a/>", b"<a>", source.randbytes(300), b"\xff\xfe<\0a\0"])
    return with_members(content, {source.choice(list(members(content))): junk})


def exchanged_members(source: Chance, content: bytes) -> bytes:
    found = members(content)
    one, other = source.sample(sorted(found), 2)
    return with_members(content, {one: found[other], other: found[one]})


def doubled_member(source: Chance, content: bytes) -> bytes:
    """A second member of the same name: the same, another's content, or a name in capitals."""
    found = members(content)
    name, other = source.choice(sorted(found)), source.choice(sorted(found))
    out = BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), found[source.choice([name, other])])
    return out.getvalue()


def renamed_member(source: Chance, content: bytes) -> bytes:
    found = members(content)
    name = source.choice(sorted(found))
    other = source.choice([name.upper(), f"/{name}", f"../{name}", name.replace("/", "\\"), "a"])
    return with_members(content, {name: None, other: found[name]})


def packed_otherwise(source: Chance, content: bytes) -> bytes:
    """The same members in another order, some of them stored or packed by another method."""
    found = list(members(content).items())
    source.shuffle(found)
    methods = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in found:
            archive.writestr(
                zipfile.ZipInfo(name), data, source.choice(methods[: source.choice([2, 4])])
            )
    return out.getvalue()


_ARCHIVES = (
    bit_flipped,
    bit_flipped_in_directory,
    bit_flipped_in_header,
    cut,
    cut_out,
    padded,
    zeroed,
    without_member,
    emptied_member,
    replaced_member,
    exchanged_members,
    doubled_member,
    renamed_member,
    packed_otherwise,
)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("damage", _ARCHIVES, ids=lambda damage: damage.__name__)
def test_damaged_archive_is_filled_correctly_or_refused(
    fill: Fill, damage: Callable[[Chance, bytes], bytes], seed: int
) -> None:
    base = seed_book() if seed % 4 else blank_book()
    judge_twice(fill, damage(Chance(f"{damage.__name__} {seed}"), base))


# ------------------------------------------------------------------------------------- damaged XML

_TAG = re.compile(r"<[^<>]+>")
_ATTRIBUTE = re.compile(r' [\w:]+="[^"]*"')
_INSERTED = (
    "<!-- -->", "<?a b?>", "<![CDATA[1]]>", "&#x41;", "&#xD800;", "&#0;", "&lt;", "&x;", "<a>",
    "</a>", "<a/>", "<", ">", '"', "\0", "]]>", "\ufeff", "1", "<c/>", "<row/>", "<v>1</v>",
    '<!DOCTYPE a [<!ENTITY x "y">]>',
)  # fmt: skip
_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "99999999999",
    "A1",
    "ZZZ1",
    "s",
    "e",
    "str",
    "甲",
    "&#x41;",
    "1e9",
    " 1 ",
)


def byte_changed(source: Chance, text: str) -> bytes:
    data = bytearray(text.encode())
    for _ in range(source.choice([1, 1, 3])):
        data[source.randrange(len(data))] = source.choice([*b"019A<>&\"' /", source.randrange(256)])
    return bytes(data)


def digit_changed(source: Chance, text: str) -> bytes:
    at = source.choice([match.start() for match in re.finditer(r"\d", text)])
    return (text[:at] + source.choice("0123456789") + text[at + 1 :]).encode()


def tag_removed(source: Chance, text: str) -> bytes:
    tag = source.choice(list(_TAG.finditer(text)))
    return (text[: tag.start()] + text[tag.end() :]).encode()


def tag_doubled(source: Chance, text: str) -> bytes:
    tag = source.choice(list(_TAG.finditer(text)))
    return (text[: tag.end()] + tag[0] + text[tag.end() :]).encode()


def tags_exchanged(source: Chance, text: str) -> bytes:
    one, other = sorted(source.sample(list(_TAG.finditer(text)), 2), key=lambda tag: tag.start())
    middle = text[one.end() : other.start()]
    return (text[: one.start()] + other[0] + middle + one[0] + text[other.end() :]).encode()


def element_removed(source: Chance, text: str) -> bytes:
    found = list(
        re.finditer(r"<(row|c|v|t|si|definedName|sheet|mergeCell)\b[^>]*?(/>|>.*?</\1>)", text)
    )
    if not found:
        return tag_removed(source, text)
    element = source.choice(found)
    return (text[: element.start()] + text[element.end() :]).encode()


def attribute_removed(source: Chance, text: str) -> bytes:
    attribute = source.choice(list(_ATTRIBUTE.finditer(text)))
    return (text[: attribute.start()] + text[attribute.end() :]).encode()


def attribute_changed(source: Chance, text: str) -> bytes:
    attribute = source.choice(list(_ATTRIBUTE.finditer(text)))
    name = attribute[0].partition("=")[0]
    changed = f'{name}="{source.choice(_VALUES)}"'
    return (text[: attribute.start()] + changed + text[attribute.end() :]).encode()


def text_inserted(source: Chance, text: str) -> bytes:
    at = source.choice([tag.end() for tag in _TAG.finditer(text)])
    return (text[:at] + source.choice(_INSERTED) + text[at:]).encode()


def encoded_otherwise(source: Chance, text: str) -> bytes:
    encoding = source.choice(["utf-16", "utf-16-le", "gbk", "utf-8-sig", "utf-32"])
    declared = source.choice(["UTF-8", encoding, "GB2312", "x"])
    return text.replace('encoding="UTF-8"', f'encoding="{declared}"', 1).encode(encoding, "replace")


def half(source: Chance, text: str) -> bytes:
    return text.encode()[: source.randrange(len(text))]


_MARKUP = (
    byte_changed,
    digit_changed,
    tag_removed,
    tag_doubled,
    tags_exchanged,
    element_removed,
    attribute_removed,
    attribute_changed,
    text_inserted,
    encoded_otherwise,
    half,
)


def with_damaged_part(
    source: Chance, damage: Callable[[Chance, str], bytes], content: bytes
) -> bytes:
    part = source.choice(PARTS)
    return with_members(content, {part: damage(source, members(content)[part].decode())})


@pytest.mark.parametrize("seed", range(7))
@pytest.mark.parametrize("damage", _MARKUP, ids=lambda damage: damage.__name__)
def test_damaged_markup_is_filled_correctly_or_refused(
    fill: Fill, damage: Callable[[Chance, str], bytes], seed: int
) -> None:
    source = Chance(f"{damage.__name__} {seed}")
    judge_twice(fill, with_damaged_part(source, damage, seed_book()))


# ------------------------------------------------------------------------------------- other names

_NAME = re.compile(r'<definedName name="(jixiao_\w+)"([^>]*)>([^<]*)</definedName>')


def random_target(source: Chance, target: str) -> str:
    """Another target for a name: near, far, gone, or of another shape."""
    sheet, _, cells = target.rpartition("!")
    _, letters, row = cells.partition(":")[0].split("$")
    number = int(row)
    return source.choice(
        [
            f"{sheet}!${letters}${number + source.choice([-1, 1, 2, 400])}",
            f"{sheet}!$XFD$1048576",
            f"{sheet}!{letters}{number}",
            f"{sheet}!${letters}${number}:${letters}${number + 1}",
            f"{sheet}!${letters}:${letters}",
            f"{source.choice(list(names.SHEETS.values()))}!${letters}${number}",
            f"'{sheet}'!${letters}${number}",
            f"没有!${letters}${number}",
            f"[1]{sheet}!${letters}${number}",
            f"{sheet}!R{number}C1",
            f"{sheet}!$A$0",
            "#REF!",
            "",
            "1",
            '"甲"',
            "jixiao_total",
        ]
    )


def with_changed_names(source: Chance, content: bytes) -> bytes:
    text = members(content)[WORKBOOK].decode()
    found = list(_NAME.finditer(text))
    one, other = source.sample(found, 2)
    name, attributes, target = one.groups()
    changed = source.choice(
        [
            f'<definedName name="{name}"{attributes}>{random_target(source, target)}</definedName>',
            f'<definedName name="{name}"{attributes}>{random_target(source, target)}</definedName>',
            f'<definedName name="{name}"{attributes}>{random_target(source, target)}</definedName>',
            f'<definedName name="{name}"{attributes}>{other[3]}</definedName>',
            f'<definedName name="{name.upper()}"{attributes}>{target}</definedName>',
            f'<definedName name="{name}" localSheetId="0">{target}</definedName>',
            f'<definedName name="{name}x">{target}</definedName>',
            f'<definedName name="{name}" hidden="1">{target}</definedName>',
            one[0] + f'<definedName name="{name}">{other[3]}</definedName>',
            one[0] + one[0],
            "",
        ]
    )
    text = text[: one.start()] + changed + text[one.end() :]
    return with_members(content, {WORKBOOK: text.encode()})


def with_exchanged_names(source: Chance, content: bytes) -> bytes:
    """Two names of one kind with each other's cells: a right workbook of another order."""
    text = members(content)[WORKBOOK].decode()
    prefix = source.choice(["jixiao_in_", "jixiao_score_", "jixiao_reason_"])
    found = [n for n in _NAME.finditer(text) if n[1].startswith(prefix) and ":" not in n[3]]
    one, other = source.sample(found, 2)
    text = text.replace(one[0], one[0].replace(one[3], "\0"))
    text = text.replace(other[0], other[0].replace(other[3], one[3])).replace("\0", other[3])
    return with_members(content, {WORKBOOK: text.encode()})


@pytest.mark.parametrize("seed", range(40))
def test_changed_names_are_followed_or_refused(fill: Fill, seed: int) -> None:
    judge_twice(fill, with_changed_names(Chance(f"names {seed}"), seed_book()))


@pytest.mark.parametrize("seed", range(8))
def test_exchanged_names_are_followed_or_refused(fill: Fill, seed: int) -> None:
    judge_twice(fill, with_exchanged_names(Chance(f"exchanged {seed}"), seed_book()))


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("jixiao_score_asset_inventory", "17.rate"),
        ("jixiao_reason_asset_inventory", "3.actual"),
        ("jixiao_reason_asset_inventory", f"{MONTHS}[3]"),
        ("jixiao_in_audit_findings", "3.target"),
    ],
)
def test_name_inside_the_area_of_another_is_refused(fill: Fill, name: str, inside: str) -> None:
    """One cell cannot hold two things, be it the first of the other's area or a later one."""
    place = area(seed_book(), inside)
    target = f"{place.sheet}!${column_letters(place.first_column)}${place.first_row}"
    ran, _ = judge(fill, renamed(name, target))
    assert ran.code == 1
    assert f"{place.sheet}!{place.a1}" in ran.err
