"""Whatever a file holds, reading ends with forms or with its own error, and makes up no figure."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.drawn import write_docx, write_xlsx
from forms.published import PANYU, YONGDE, YUAN
from jixiao.forms import Form, FormError, Found, number_of, read_forms

FILES = Path(__file__).parent / "files"
HEADINGS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "目标值",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "自评得分",
    "完成率",
    "偏差原因",
    "指标性质",
    "计量单位",
    "总分",
    "合计",
    "小计",
    "评价等级",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "执行率",
    "备注",
]
CELLS = st.one_of(
    st.sampled_from(HEADINGS),
    st.sampled_from(
        ["", "", "<", "^", "10", "95%", "≥95%", "2.6亿元", "指标1：甲", "产出（50分）", "—", "优 √"]
    ),
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|<^="), max_size=8),
    st.decimals(0, 1000, places=2).map(str),
)
DRAWN = st.lists(st.lists(CELLS, min_size=3, max_size=9), min_size=1, max_size=12).map(
    lambda rows: "\n".join("|".join(row) for row in rows)
)
FUZZ = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def founds(form: Form) -> Iterator[Found]:
    yield from form.columns.values()
    for row in form.rows:
        yield from row.cells.values()
    for line in form.money:
        yield from line.cells.values()
    for heading in form.headings:
        yield from (found for found in (heading.points, heading.score) if found)
    yield from (found for found in (form.total_points, form.total_score) if found)


def numbers(form: Form) -> Iterator[Decimal]:
    for found in founds(form):
        if isinstance(found.value, Decimal):
            yield found.value
        number = number_of(found)
        if number is not None:
            yield number
    for row in form.rows:
        for number in (row.points, row.score):
            if number is not None:
                yield number
        for quantity in (row.target, row.actual):
            if quantity is not None and quantity.number is not None:
                yield quantity.number


def printed_numbers(text: str) -> set[Decimal]:
    narrow = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", narrow)
    return {Decimal(match) for match in re.findall(r"[+-]?[0-9]+(?:\.[0-9]+)?", plain)} | {
        Decimal(match) for match in re.findall(r"[0-9]+(?:\.[0-9]+)?", plain)
    }


def read_or_refused(path: Path) -> tuple[Form, ...]:
    try:
        return read_forms(path)
    except FormError:
        return ()


HEADED = st.tuples(
    st.just("一级指标|二级指标|三级指标|目标值|实际完成值|分值|得分|偏差原因\n"), DRAWN
).map("".join)


@FUZZ
@given(drawn=st.one_of(DRAWN, HEADED))
def test_every_number_of_a_form_stands_in_the_workbook(drawn: str, tmp_path: Path) -> None:
    known = printed_numbers(drawn)
    for form in read_or_refused(write_xlsx(tmp_path / "表.xlsx", 表=drawn)):
        assert set(numbers(form)) <= known


@FUZZ
@given(drawn=st.one_of(DRAWN, HEADED))
def test_every_text_of_a_form_stands_where_it_says(drawn: str, tmp_path: Path) -> None:
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.split("\n")]
    for form in read_or_refused(write_xlsx(tmp_path / "表.xlsx", 表=drawn)):
        for found in founds(form):
            if isinstance(found.value, str):
                place = found.place
                assert rows[place.row - 1][place.column - 1].strip() == found.value.strip()


@FUZZ
@given(drawn=st.one_of(DRAWN, HEADED))
def test_every_number_of_a_form_stands_in_the_word_file(drawn: str, tmp_path: Path) -> None:
    known = printed_numbers(drawn)
    for form in read_or_refused(write_docx(tmp_path / "表.docx", drawn)):
        assert set(numbers(form)) <= known


def intact(folder: Path) -> dict[str, bytes]:
    return {
        "表.xlsx": write_xlsx(folder / "1.xlsx", 表=YONGDE).read_bytes(),
        "表.docx": write_docx(folder / "1.docx", PANYU).read_bytes(),
        "表.xls": (FILES / "yuan.xls").read_bytes(),
        "表.ods": (FILES / "yongde.ods").read_bytes(),
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return intact(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("name", ["表.xlsx", "表.docx", "表.xls", "表.ods"])
@FUZZ
@given(data=st.data())
def test_damaged_bytes_end_with_forms_or_with_an_error(
    name: str, data: st.DataObject, whole: dict[str, bytes], tmp_path: Path
) -> None:
    content = bytearray(whole[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / name
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    read_or_refused(path)
    path.write_bytes(content)
    read_or_refused(path)


@pytest.mark.parametrize("name", ["表.xlsx", "表.docx", "表.ods"])
@FUZZ
@given(data=st.data())
def test_damaged_parts_end_with_forms_or_with_an_error(
    name: str, data: st.DataObject, whole: dict[str, bytes], tmp_path: Path
) -> None:
    with zipfile.ZipFile(BytesIO(whole[name])) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    victim = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[victim])
    for _ in range(data.draw(st.integers(1, 6))):
        if content:
            start = data.draw(st.integers(0, len(content) - 1))
            end = data.draw(st.integers(start, min(len(content), start + 40)))
            content[start:end] = data.draw(st.binary(max_size=12))
    parts[victim] = bytes(content)
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, part_content in parts.items():
            archive.writestr(part, part_content)
    read_or_refused(path)


def test_the_numbers_of_a_known_table_are_found_by_this_test(tmp_path: Path) -> None:
    (form,) = read_forms(write_xlsx(tmp_path / "表.xlsx", 表=YUAN))
    assert len(set(numbers(form))) > 10
    assert set(numbers(form)) <= printed_numbers(YUAN)
