"""The shipped .xlsm in Calc, with the real package behind its formulas."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from office import CellError, Document, Office, render_pdf

from jixiao.cases.case import Case, shipped_case
from jixiao.scoring import CompanionRow, Evaluation, evaluate, shipped_rubric
from jixiao.workbook import names
from jixiao.workbook.grade_line import grade_line
from jixiao.workbook.machine_text import MARK, reason

pytestmark = pytest.mark.calc

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "部门整体支出绩效自评表-2023.xlsm"
RUBRIC = shipped_rubric("panyu-department-2023")
SEED = shipped_case("panyu-enterprise-service-centre-2023")
HEADINGS = (*RUBRIC.primaries, *RUBRIC.secondaries)
COMPANION, FORM = names.SHEETS["companion"], names.SHEETS["form"]


class Place(NamedTuple):
    """The cells of a defined name."""

    sheet: str
    address: str
    column: str
    first_row: int


@cache
def places() -> Mapping[str, Place]:
    found = {}
    for name, defined in openpyxl.load_workbook(TEMPLATE).defined_names.items():
        ((sheet, area),) = defined.destinations
        corner = area.partition(":")[0].split("$")
        found[name] = Place(sheet, area.replace("$", ""), corner[1], int(corner[2]))
    return found


class Book:
    """An open self-evaluation whose cells are reached by name."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def value(self, name: str) -> Any:
        return self.document.value(places()[name].sheet, places()[name].address)

    def type(self, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            place = places()[name]
            self.document.write(place.sheet, {f"{place.column}{place.first_row}": scalar(value)})

    def type_row(self, row: int, fields: Mapping[str, object]) -> None:
        cells = {
            f"{places()[names.companion_name(field)].column}{row}": scalar(value)
            for field, value in fields.items()
        }
        self.document.write(COMPANION, cells)

    def companion(self, field: str) -> list[Any]:
        place = places()[names.companion_name(field)]
        return [row[0] for row in self.document.values(place.sheet, place.address)]

    def scores(self) -> list[Any]:
        return [self.value(names.score_name(row.id)) for row in RUBRIC.indicators]

    def state(self) -> list[Any]:
        """Everything that the program owns."""
        cells = [
            names.TOTAL,
            names.GRADE,
            *(names.reason_name(row.id) for row in RUBRIC.indicators),
            *(names.subtotal_name(heading.id) for heading in HEADINGS),
        ]
        columns = [self.companion(field) for field in ("rate", "settled_points", "score")]
        return [*self.scores(), *(self.value(name) for name in cells), *columns]


def scalar(value: object) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def first_rows() -> dict[str, int]:
    """The first row of each kind of indicator."""
    top = places()[names.companion_name("kind")].first_row
    return {
        kind: top + number * names.COMPANION_ROWS_OF_A_KIND
        for number, kind in enumerate(RUBRIC.companion_kinds)
    }


def type_case(book: Book, case: Case) -> None:
    """Type the figures of a case as a person does."""
    rows = first_rows()
    for fields in case.rows:
        kind = str(fields["kind"])
        book.type_row(rows[kind], fields)
        rows[kind] += 1
    book.type({names.input_name(key): value for key, value in case.inputs.items()})
    book.type({names.basic_name(field): value for field, value in case.basics.items()})


def expected(rows: list[dict[str, Any]] | None = None) -> Evaluation:
    """What the engine makes of the seed, or of other companion rows."""
    given = SEED.rows if rows is None else rows
    fields = CompanionRow._fields
    companion = [
        CompanionRow(**{key: value for key, value in row.items() if key in fields}) for row in given
    ]
    return evaluate(RUBRIC, SEED.inputs, companion)


@pytest.fixture
def blank(real_office: Office, tmp_path: Path) -> Iterator[Book]:
    """A copy of the shipped file, just opened."""
    copy = tmp_path / TEMPLATE.name
    copy.write_bytes(TEMPLATE.read_bytes())
    document = real_office.open(copy)
    yield Book(document)
    document.close()


@pytest.fixture
def seed(blank: Book) -> Book:
    type_case(blank, SEED)
    blank.document.recalculate()
    return blank


def test_a_blank_file_says_at_once_what_is_missing(blank: Book) -> None:
    assert blank.value(names.TOTAL) == "待填26项"
    assert all(str(score).startswith("待填：") for score in blank.scores())
    assert blank.value(names.GRADE) == grade_line(RUBRIC, None)
    assert set(blank.companion("score")) == {None}


def test_the_seed_is_scored_as_the_engine_does(seed: Book) -> None:
    wanted = expected()
    assert seed.scores() == [float(row.score.value or 0) for row in wanted.scores]
    assert seed.value(names.TOTAL) == 97.59
    assert seed.value(names.GRADE) == grade_line(RUBRIC, wanted.grade)
    assert "☑ 优 " in seed.value(names.GRADE)
    for row in wanted.scores:
        assert seed.value(names.reason_name(row.indicator.id)) == reason(row.score)
    for subtotal in wanted.subtotals:
        assert seed.value(names.subtotal_name(subtotal.heading.id)) == float(subtotal.value or 0)


def test_the_companion_rows_show_rate_points_and_score(seed: Book) -> None:
    shown = [
        row
        for row in zip(
            *(seed.companion(field) for field in ("rate", "settled_points", "score")), strict=True
        )
        if row != (None, None, None)
    ]
    wanted = expected().companion
    assert [row[1:] for row in shown] == [
        (float(row.score.points), float(row.score.value or 0)) for row in wanted
    ]
    rates = [row.rate.rounded(Decimal("1e-12")) for row in wanted if row.rate is not None]
    assert [row[0] for row in shown] == pytest.approx([float(rate) for rate in rates])


def test_a_changed_input_moves_its_score_and_the_total(seed: Book) -> None:
    score = names.score_name("three_public_expenses_control")
    for actual, points, total in ((2.6, 0.0, 95.59), (2.5, 2.0, 97.59)):
        seed.type({names.input_name("three_public_actual"): actual})
        assert (seed.value(score), seed.value(names.TOTAL)) == (points, total)
    seed.type({names.input_name("annual_execution_rate"): 0.0})
    assert seed.value(names.TOTAL) == 90.0
    seed.type_row(first_rows()["产出"], {"actual": 1.0})
    assert seed.value(names.score_name("output_completion")) == 13.33
    assert "☑ 良 " in seed.value(names.GRADE)


def test_a_wrong_input_says_so_and_nothing_is_added(seed: Book) -> None:
    row = next(row for row in RUBRIC.indicators if row.id == "carryover_surplus_ratio")
    seed.type({names.input_name("year_end_carryover"): "很多"})
    told = seed.value(names.score_name(row.id))
    assert told.startswith("错误：")
    assert "年末财政拨款结转和结余决算数" in told
    assert seed.value(names.reason_name(row.id)).startswith(f"{MARK}错误：")
    assert seed.value(names.TOTAL) == "有误1项"
    assert seed.value(names.GRADE) == grade_line(RUBRIC, None)
    seed.type({names.input_name("year_end_carryover"): None})
    assert seed.value(names.score_name(row.id)).startswith("待填：")
    assert seed.value(names.TOTAL) == "待填1项"


def test_dates_are_compared_as_dates(seed: Book) -> None:
    """As numbers, a day that is four months late would be a completion of 99.7 %."""
    row = first_rows()["产出"]
    days = {"target": date(2023, 6, 30), "actual": date(2023, 10, 31), "nature": "≤"}
    seed.type_row(row, days)
    wanted = expected([dict(SEED.rows[0]) | days, *SEED.rows[1:]]).companion[0].score
    assert wanted.value is None
    assert seed.companion("score")[0] == wanted.verdict
    days["actual"] = date(2023, 6, 1)
    seed.type_row(row, days)
    wanted = expected([dict(SEED.rows[0]) | days, *SEED.rows[1:]]).companion[0].score
    assert seed.companion("score")[0] == float(wanted.value or 0) > 0


def test_rows_may_be_inserted_in_both_tables(seed: Book) -> None:
    before = [score for score in seed.companion("score") if score is not None]
    row = first_rows()["产出"] + 1
    seed.document.insert_rows(COMPANION, row, 2)
    seed.document.recalculate()
    column = places()[names.companion_name("score")].column
    shown = seed.document.values(COMPANION, f"{column}{row - 1}:{column}{row + 80}")
    assert [cell for (cell,) in shown if cell is not None] == before
    place = places()[names.score_name("financial_compliance")]
    seed.document.insert_rows(FORM, place.first_row)
    seed.document.recalculate()
    total = places()[names.TOTAL]
    assert seed.document.value(FORM, f"{total.column}{total.first_row + 1}") == 97.59


def test_eighty_companion_rows_are_recalculated_in_time(seed: Book) -> None:
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "name": f"指标{number}",
            "nature": "≥",
            "target": Decimal(100),
            "unit": "个",
            "actual": Decimal(60 + number),
        }
        for kind in RUBRIC.companion_kinds
        for number in range(1, names.COMPANION_ROWS_OF_A_KIND + 1)
    ]
    top = places()[names.companion_name("kind")].first_row
    for row, fields in enumerate(rows, top):
        seed.type_row(row, fields)
    seconds = min(seed.document.recalculate() for _ in range(3))
    calls = 2 * len(RUBRIC.indicators) + len(HEADINGS) + 4
    print(f"\n{len(rows)} rows, {calls} calls: {seconds:.3f} s, {calls / seconds:.0f} calls/s")
    assert seed.companion("score") == [
        float(row.score.value or 0) for row in expected(rows).companion
    ]
    assert seed.value(names.score_name("output_completion")) == pytest.approx(
        float(next(iter(expected(rows).scores)).score.value or 0)
    )
    assert seconds < 5


def test_saved_and_opened_again_it_is_the_same_and_alive(
    real_office: Office, seed: Book, tmp_path: Path
) -> None:
    before = seed.state()
    saved = seed.document.save_as(tmp_path / "saved.xlsm", "xlsm")
    again = Book(real_office.open(saved))
    assert again.state() == before
    again.document.recalculate()
    assert again.state() == before
    again.type({names.input_name("three_public_actual"): 2.6})
    assert again.value(names.TOTAL) == 95.59
    again.document.close()


def test_no_cell_of_the_form_shows_an_error(seed: Book) -> None:
    for sheet in (COMPANION, FORM, names.SHEETS["review"]):
        shown = seed.document.values(sheet, "A1:R100")
        assert not [cell for row in shown for cell in row if isinstance(cell, CellError)]


def test_it_prints(seed: Book, tmp_path: Path) -> None:
    pages = render_pdf(seed.document.export_pdf(tmp_path / "自评表.pdf"), tmp_path)
    assert len(pages) >= 10
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "自评表.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "97.59" in text
    assert "☑" in text
    assert names.PROGRAM_SHEET not in text
