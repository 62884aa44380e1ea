"""The project's .xlsm in Calc: live formulas, the form that shows them, and the macros."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from office import CellError, Document, Office

from jixiao import macros
from jixiao.cases.case import shipped_case
from jixiao.hosts.files import FileHost
from jixiao.ooxml import Package, a1
from jixiao.scoring import Evaluation, shipped_rubric
from jixiao.template.macro_template import build_macro_template
from jixiao.template.project_form import INDICATOR_LINES
from jixiao.workbook import names
from jixiao.workbook.book import open_book, read_book
from jixiao.workbook.grade_line import grade_line
from jixiao.workbook.machine_text import reason

pytestmark = pytest.mark.calc

RUBRIC = shipped_rubric("mof-project")
SEED = shipped_case("panyu-enterprise-service-project-2022")
BLANK = FileHost(Path("项目.xlsm"), Package(build_macro_template(RUBRIC)))
PLACES = BLANK.defined_names
FORM, TABLE = names.PROJECT_SHEETS["form"], names.PROJECT_SHEETS["companion"]


def cell(name: str, down: int = 0) -> tuple[str, str]:
    area = PLACES[name]
    return area.sheet, a1(area.first_row + down, area.first_column)


class Shown:
    """The open workbook by names."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def value(self, name: str, down: int = 0) -> Any:
        return self.document.value(*cell(name, down))

    def type(self, name: str, value: object, down: int = 0) -> None:
        sheet, address = cell(name, down)
        self.document.write(sheet, {address: value})

    def form(self) -> list[list[Any]]:
        return self.document.values(FORM, f"A1:J{40 + INDICATOR_LINES}")

    def listed(self) -> list[list[Any]]:
        """The lines of the list of indicators that are in use."""
        rows = self.form()
        heading = next(n for n, row in enumerate(rows) if row[0] == "一级指标")
        return [row for row in rows[heading + 1 :] if any(value is not None for value in row)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published case typed in, saved, never calculated."""
    path = tmp_path_factory.mktemp("project") / "项目.xlsm"
    path.write_bytes(BLANK.rewritten(SEED.typed(open_book(BLANK))))
    return path


@pytest.fixture(scope="module")
def evaluation(path: Path) -> Evaluation:
    return read_book(path).evaluation


@pytest.fixture
def shown(real_office: Office, path: Path, tmp_path: Path) -> Iterator[Shown]:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    document = real_office.open(copy)
    document.recalculate()
    yield Shown(document)
    document.close()


def test_the_case_is_scored_as_the_engine_does(shown: Shown, evaluation: Evaluation) -> None:
    assert evaluation.total == 100
    assert shown.value(names.TOTAL) == 100
    assert shown.value(names.GRADE) == grade_line(RUBRIC, evaluation.grade)
    for row in evaluation.scores:
        assert shown.value(names.score_name(row.indicator.id)) == float(row.score.value or 0)
        assert shown.value(names.reason_name(row.indicator.id)) == reason(row.score)


def test_the_form_lists_the_rows_in_use_one_below_another(shown: Shown) -> None:
    lines = shown.listed()
    assert [line[2] for line in lines] == [row["name"] for row in SEED.rows]
    assert [line[1] for line in lines] == [row["secondary"] for row in SEED.rows]
    assert [line[7] for line in lines] == [float(row["points"]) for row in SEED.rows]  # type: ignore[arg-type]
    assert [line[8] for line in lines] == [line[7] for line in lines]
    targets = [row.get("target") for row in SEED.rows]
    assert [line[4] for line in lines] == [None if t is None else float(t) for t in targets]
    assert {line[5] for line in lines if line[3] == "定性"} == {"达成年度指标"}


def test_the_form_shows_the_money_and_what_the_rate_is_taken_of(shown: Shown) -> None:
    rows = shown.form()
    total = next(row for row in rows if row[2] == "年度资金总额")
    assert (total[3], total[5], total[7], total[9]) == (19.94, None, 19.94, 1.0)
    assert any(row[9] == "执行率（执行数÷年初预算数）" for row in rows)
    shown.type(names.input_name("adjusted_budget"), 25.0)
    shown.type(names.input_name("rate_base"), "调整后预算数")
    assert any(row[9] == "执行率（执行数÷调整后预算数）" for row in shown.form())
    assert shown.value(names.score_name("budget_execution")) == 7.98  # 19.94 / 25 * 10 = 7.976
    assert shown.value(names.TOTAL) == 97.98


def test_a_changed_row_moves_its_block_the_total_and_the_form(shown: Shown) -> None:
    shown.type(names.companion_name("actual"), 45.0)  # 45 of 60: 11.25 of 15
    assert shown.value(names.score_name("output")) == 46.25
    assert shown.value(names.TOTAL) == 96.25
    assert shown.listed()[0][5:9] == [45, "次", 15, 11.25]
    shown.type(names.companion_name("actual"), "很多")
    assert shown.value(names.TOTAL) == "有误1项"
    assert shown.value(names.GRADE) == grade_line(RUBRIC, None)


def test_dates_written_as_text_are_shown_as_written(shown: Shown) -> None:
    """Calc does not say that a cell is formatted as a date; such a one is shown as a number."""
    for field in ("target", "actual"):
        shown.type(names.companion_name(field), "2022年10月31日")
    assert shown.listed()[0][4:6] == ["2022年10月31日"] * 2
    assert shown.value(names.TOTAL) == 100


def test_more_indicators_than_the_form_has_lines_are_told(shown: Shown) -> None:
    area = PLACES[names.companion_name("name")]
    rows = area.last_row - area.first_row + 1
    for down in range(rows):
        shown.type(names.companion_name("name"), f"指标{down}", down)
    assert len(shown.listed()) == INDICATOR_LINES
    words = f"指标共{rows}项，本表只列前{INDICATOR_LINES}项，其余见“{TABLE}”。"
    assert any(row[0] == words for row in shown.form())


def test_no_cell_shows_an_error(shown: Shown) -> None:
    for sheet in (FORM, TABLE, names.PROJECT_SHEETS["basics"]):
        values = shown.document.values(sheet, "A1:R90")
        assert not [value for row in values for value in row if isinstance(value, CellError)]


def test_finalized_and_restored_it_is_alive_again(
    real_office: Office, path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "定稿.xlsm"
    copy.write_bytes(path.read_bytes())
    assert "总分100分" in macros.finalize(copy)
    assert "已恢复" in macros.restore_formulas(copy)
    document = real_office.open(copy)
    document.recalculate()
    shown = Shown(document)
    assert shown.value(names.TOTAL) == 100
    shown.type(names.companion_name("actual"), 45.0)
    assert shown.value(names.TOTAL) == 96.25
    document.close()


def test_a_file_without_the_short_names_is_restored_by_the_long_ones(
    real_office: Office, path: Path, tmp_path: Path
) -> None:
    """As files are whose template was built before the columns had short names."""
    old = tmp_path / "旧.xlsm"
    old.write_bytes(_without_short_names(path))
    macros.finalize(old)
    assert "已恢复" in macros.restore_formulas(old)
    results = FileHost.load(old).read(PLACES[names.COMPANION_RESULTS]).formulas
    assert names.companion_name("kind") in next(iter(results.values()))
    document = real_office.open(old)
    document.recalculate()
    assert Shown(document).value(names.TOTAL) == 100
    document.close()


def _without_short_names(path: Path) -> bytes:
    out = BytesIO()
    short = "|".join(names.short_column_name(field) for field in names.SCORED_COLUMNS)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as copy:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/workbook.xml":
                pattern = rf'<definedName name="(?:{short})">[^<]*</definedName>'
                text, count = re.subn(pattern, "", data.decode())
                assert count == len(names.SCORED_COLUMNS)
                data = text.encode()
            copy.writestr(info, data)
    return out.getvalue()
