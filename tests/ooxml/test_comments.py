"""Comments of the program put into workbooks and taken out again; those of people stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from jixiao.hosts.marks import AUTHOR, is_mark, mark_text
from jixiao.ooxml import CellAddress, Package, PackageError
from workbook.books import members, saved, with_members, with_part
from workbook.calc import Calc

OURS = mark_text(["错误 E3　总分98分，各行得分合计97分 <&>"])
THEIRS = "请补充说明\n——张三"

Made = Callable[[], bytes]
Texts = Mapping[str, Mapping[CellAddress, str]]


def plain_book() -> bytes:
    """Two sheets without comments."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("甲", "乙"):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, 1)
            sheet.set_header("&C页眉")
            sheet.add_table(2, 0, 4, 1)  # tableParts follow a legacy drawing
    return out.getvalue()


def book_with_comment() -> bytes:
    """A person's comment in B2 of the first sheet, as XlsxWriter writes it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("甲").write_comment("B2", THEIRS, {"author": "张三"})
        book.add_worksheet("乙")
    return out.getvalue()


def book_with_button() -> bytes:
    """A form control, which shares the drawing that boxes of comments are in."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("甲").insert_button("D4", {"caption": "按钮"})
    return out.getvalue()


def book_of_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "甲"
    sheet["B2"].comment = Comment(THEIRS, "张三")
    return saved(book)


BOOKS = (plain_book, book_with_comment, book_with_button, book_of_openpyxl)


def commented(content: bytes, texts: Texts) -> bytes:
    return Package(content).commented(texts, AUTHOR, is_mark)


def by_openpyxl(content: bytes) -> dict[str, str]:
    """Every comment by sheet and address, as an independent reader sees it."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


@pytest.mark.parametrize("made", BOOKS)
def test_marks_are_read_by_us_and_by_another_reader(made: Made) -> None:
    before = by_openpyxl(made())
    after = commented(made(), {"甲": {(3, 2): OURS, (1, 1): OURS}})
    assert Package(after).comments("甲").items() >= {(3, 2): OURS, (1, 1): OURS}.items()
    assert by_openpyxl(after) == {**before, "甲!B3": OURS, "甲!A1": OURS}


@pytest.mark.parametrize("made", BOOKS)
def test_taking_marks_away_leaves_every_part_as_it_was(made: Made) -> None:
    content = made()
    assert members(commented(commented(content, {"甲": {(3, 2): OURS}}), {})) == members(content)


@pytest.mark.parametrize("made", BOOKS)
def test_marking_again_is_the_same_as_marking_once(made: Made) -> None:
    once = commented(made(), {"甲": {(3, 2): OURS}})
    assert members(commented(once, {"甲": {(3, 2): OURS}})) == members(once)


@pytest.mark.parametrize("made", BOOKS)
def test_nothing_to_do_gives_the_very_same_bytes(made: Made) -> None:
    assert commented(made(), {}) == made()


@pytest.mark.parametrize("made", [book_with_comment, book_of_openpyxl])
def test_a_cell_with_a_comment_of_a_person_keeps_it_and_gets_no_mark(made: Made) -> None:
    before = Package(made()).comments("甲")
    after = Package(commented(made(), {"甲": {(2, 2): OURS, (3, 2): OURS}})).comments("甲")
    assert after == {**before, (3, 2): OURS}


def test_a_persons_comment_keeps_its_bytes_and_its_box() -> None:
    content = book_with_comment()
    after = commented(content, {"甲": {(3, 2): OURS}})
    before = members(content)
    comment = before["xl/comments1.xml"].partition(b"<comment ")[2].partition(b"</comment>")[0]
    box = before["xl/drawings/vmlDrawing1.vml"].partition(b"<v:shape id")[2]
    box = box.partition(b"</v:shape>")[0]
    assert comment
    assert comment in members(after)["xl/comments1.xml"]
    assert box
    assert box in members(after)["xl/drawings/vmlDrawing1.vml"]


def test_a_mark_that_a_person_wrote_on_is_a_persons() -> None:
    answered = {"甲": {(3, 2): OURS + "\n已改正，张三"}}
    content = Package(plain_book()).commented(answered, AUTHOR, is_mark)
    assert Package(commented(content, {})).comments("甲") == {(3, 2): answered["甲"][3, 2]}


def test_other_sheets_keep_their_bytes() -> None:
    before = members(plain_book())
    after = members(commented(plain_book(), {"甲": {(3, 2): OURS}}))
    changed = {name for name in before if after[name] != before[name]}
    relationships = "xl/worksheets/_rels/sheet1.xml.rels"
    assert changed == {"xl/worksheets/sheet1.xml", relationships, "[Content_Types].xml"}


def test_the_reference_stands_where_the_schema_orders_it() -> None:
    sheet = members(commented(plain_book(), {"甲": {(3, 2): OURS}}))["xl/worksheets/sheet1.xml"]
    header, drawing, tables = (
        sheet.index(tag) for tag in (b"<headerFooter", b"<legacyDrawing", b"<tableParts")
    )
    assert header < drawing < tables


def test_boxes_have_ids_of_their_own() -> None:
    vml = members(commented(book_with_comment(), {"甲": {(3, 2): OURS, (4, 2): OURS}}))[
        "xl/drawings/vmlDrawing1.vml"
    ]
    ids = [part.partition(b'"')[0] for part in vml.split(b'<v:shape id="')[1:]]
    assert len(ids) == 3
    assert len(set(ids)) == 3


def test_comments_without_their_drawing_get_one() -> None:
    content = with_part(
        book_with_comment(),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace('<legacyDrawing r:id="rId1"/>', ""),
    )
    after = commented(content, {"甲": {(3, 2): OURS}})
    assert by_openpyxl(after) == {"甲!B2": THEIRS, "甲!B3": OURS}


def test_a_drawing_that_is_none_is_refused() -> None:
    content = with_members(book_with_comment(), {"xl/drawings/vmlDrawing1.vml": b"<html/>"})
    with pytest.raises(PackageError, match="批注图形不认识"):
        commented(content, {"甲": {(3, 2): OURS}})


def test_comments_of_strangers_are_parsed_with_suspicion() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "a">]><comments/>'
    content = with_members(book_with_comment(), {"xl/comments1.xml": bomb})
    with pytest.raises(PackageError, match="DTD"):
        commented(content, {"甲": {(3, 2): OURS}})


def test_a_long_text_and_forbidden_characters_are_no_trouble() -> None:
    text = mark_text(["长" * 40_000 + "\x00\x0b_x0041_"])
    after = commented(plain_book(), {"甲": {(3, 2): text}})
    assert by_openpyxl(after)["甲!B3"].startswith("【审核】长长")


@pytest.mark.calc
def test_calc_keeps_the_marks_and_what_it_saves_is_cleared(soffice: Calc) -> None:
    resaved = soffice.resaved(commented(book_with_comment(), {"甲": {(3, 2): OURS}}))
    assert by_openpyxl(resaved) == {"甲!B2": THEIRS, "甲!B3": OURS}
    assert by_openpyxl(commented(resaved, {})) == {"甲!B2": THEIRS}
