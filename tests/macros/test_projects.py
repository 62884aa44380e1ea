"""The macros on a project's workbook: the same buttons, the same words."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from jixiao import macros
from jixiao.hosts.files import FileHost
from jixiao.ooxml import Package
from jixiao.scoring import DEFAULT_RUBRIC
from jixiao.template.macro_template import build_macro_template
from jixiao.workbook import names
from jixiao.workbook.book import open_book, read_book
from macros.workbooks import cell_of, formulas_of, typed
from workbook.books import by_calamine, number_or_text
from workbook.projects import PROJECT, PROJECT_CASE, blank_project, project_book


@cache
def macro_book() -> bytes:
    """The macro template with the published case typed in; nothing has calculated it yet."""
    template = FileHost(Path("项目.xlsm"), Package(build_macro_template(PROJECT)))
    return template.rewritten(PROJECT_CASE.typed(open_book(template)))


@pytest.fixture
def live(tmp_path: Path) -> Path:
    path = tmp_path / "项目.xlsm"
    path.write_bytes(macro_book())
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "项目.xlsx"
    path.write_bytes(project_book())
    return path


def test_scoring_turns_the_program_s_formulas_into_values_and_keeps_the_others(live: Path) -> None:
    before = formulas_of(live)
    assert "总分100分，等级：优" in macros.score(live)
    after = formulas_of(live)
    left = {cell for cell in after if cell[0] != names.PROGRAM_SHEET}
    assert not any("JX_" in after[cell] for cell in left)
    shown = {cell: text for cell, text in before.items() if "JX_" not in text}
    own = {names.companion_name(field) for field in ("rate", "settled_points", "score")}
    columns = [read_book(live).host.defined_names[name] for name in own]
    for cell, text in shown.items():
        if not any(area.sheet == cell[0] and area.covers(cell[1:]) for area in columns):
            assert after[cell] == text


def test_restoring_gives_the_template_s_own_formulas_back(live: Path) -> None:
    before = formulas_of(live)
    macros.finalize(live)
    assert formulas_of(live) != before
    assert "恢复" in macros.restore_formulas(live)
    assert formulas_of(live) == before
    assert live.with_name("项目-含公式.xlsm").read_bytes() == macro_book()


def test_checking_lists_a_wrong_total_and_selects_it(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    selected = []
    monkeypatch.setattr(FileHost, "select", lambda self, cell: selected.append(cell))
    total = names.fund_total_name("executed")
    typed(plain, {total: Decimal(20)})
    message = macros.check(plain)
    assert "1处有误" in message
    assert selected == [cell_of(plain, total)]
    found = str(by_calamine(plain.read_bytes(), names.FINDINGS))
    assert "各来源合计为19.94" in found


def test_checking_complete_data_passes(plain: Path) -> None:
    assert macros.check(plain).startswith("校验通过")


def test_a_wrong_total_keeps_the_scores_as_they_are(plain: Path) -> None:
    macros.score(plain)
    typed(plain, {names.fund_total_name("executed"): Decimal(20)})
    assert "1处问题，得分没有改动" in macros.score(plain)
    assert number_or_text(by_calamine(plain.read_bytes(), names.TOTAL)) == 100


def test_a_new_book_is_of_the_kind_of_the_open_one(plain: Path) -> None:
    message = macros.new_book(plain)
    (made,) = (path for path in plain.parent.iterdir() if path != plain)
    assert read_book(made).rubric.id == PROJECT.id
    assert made.stem.startswith("项目支出绩效自评表")
    assert "要别的表，请用“文档”里“绩效自评”文件夹中的模板" in message


def test_beside_a_workbook_of_neither_kind_it_is_a_department_s(tmp_path: Path) -> None:
    other = tmp_path / "别的.xlsx"
    content = Package(blank_project())
    area = content.defined_names[names.RUBRIC]
    cells = {area.sheet: {(area.first_row, area.first_column): "没有"}}
    other.write_bytes(content.rewritten(cells))
    macros.new_book(other)
    (made,) = (path for path in tmp_path.iterdir() if path != other)
    assert read_book(made).rubric.id == DEFAULT_RUBRIC


def test_a_standard_that_is_not_shipped_has_no_formulas_to_restore(
    live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(macros, "shipped_rubrics", lambda: ())
    before = live.read_bytes()
    assert "单元格函数只认程序自带的标准" in macros.restore_formulas(live)
    assert live.read_bytes() == before
