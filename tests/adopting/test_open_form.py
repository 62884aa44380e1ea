"""一键评分 on a form of others: the first click tells, the second writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from adopting.test_adopting import LEVEL, answered
from forms.drawn import write_xlsx
from forms.published import PUTUO, YONGDE
from jixiao import macros
from jixiao.forms import read_forms

NUMBERS_ONLY = PUTUO.replace("|及时|及时|", "|≥90%|95%|").replace("|98.62", "|0")


@pytest.fixture(autouse=True)
def _no_click_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macros, "_shown_before", ())


def test_the_first_click_tells_and_the_second_writes(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 自评表=NUMBERS_ONLY)
    before = path.read_bytes()
    said = macros.score(path)
    assert "再按一次“一键评分”就写入1格" in said
    assert "「自评表」G11 总分：0 → 98.62" in said
    assert path.read_bytes() == before
    assert macros.score(path) == "已写入1格，总分和等级也已写好。"
    (form,) = read_forms(path)
    assert form.total_score is not None
    assert str(form.total_score.value) == "98.62"


def test_a_change_between_the_clicks_is_told_anew(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 自评表=NUMBERS_ONLY)
    macros.score(path)
    write_xlsx(path, 自评表=NUMBERS_ONLY.replace("|≥90%|95%|20|20|", "|≥90%|95%|20|19|"))
    before = path.read_bytes()
    assert "还没有写入" in macros.score(path)
    assert path.read_bytes() == before


def test_figures_are_asked_for_in_a_copy(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 自评表=YONGDE)
    before = path.read_bytes()
    macros.score(path)
    said = macros.score(path)
    copy = tmp_path / "表-含基础数据.xlsx"
    assert str(copy) in said
    assert path.read_bytes() == before
    answered(copy, LEVEL)
    macros.score(copy)
    macros.score(copy)
    (form,) = read_forms(copy)
    assert form.total_score is not None
    assert str(form.total_score.value) == "98.8"


def test_what_is_no_form_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", 表="说明|文字")
    said = macros.score(path)
    assert said.startswith("一键评分没有完成")
    assert "没有找到自评表" in said
