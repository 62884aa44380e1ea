"""Every macro on a file: the demo's book as .xlsx, and the macro template with live formulas."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from forms import published
from forms.drawn import write_xlsx
from jixiao import macros
from jixiao.hosts.excel import LONGEST_ARRAY_FORMULA
from jixiao.hosts.files import FileHost
from jixiao.ooxml import Package, PackageError
from jixiao.scoring import shipped_rubric, shipped_rubrics
from jixiao.workbook import names
from jixiao.workbook.book import read_book
from jixiao.workbook.filling import fill
from jixiao.workbook.formulas import formulas
from macros.workbooks import cell_of, formulas_of, machine_values, typed
from workbook.books import RUBRIC, SEED_SCORES, members, scores_of


class TestScore:
    def test_writes_what_the_command_line_writes(self, seed_path: Path, tmp_path: Path) -> None:
        by_command = tmp_path / "自评表.xlsx"
        fill(read_book(seed_path), by_command)
        message = macros.score(seed_path)
        assert seed_path.read_bytes() == by_command.read_bytes()
        assert "97.59" in message
        assert "优" in message

    def test_turns_live_formulas_into_values(self, macro_path: Path) -> None:
        macros.score(macro_path)
        assert [Decimal(str(score)) for score in scores_of(macro_path.read_bytes())] == list(
            SEED_SCORES
        )
        left = {text for (sheet, *_), text in formulas_of(macro_path).items() if sheet != "程序用"}
        assert not any("JX_" in text or names.COMPANION_RESULTS in text for text in left)

    def test_says_what_waits(self, blank_path: Path) -> None:
        message = macros.score(blank_path)
        assert "还不能合计：待填" in message

    def test_wrong_input_changes_nothing_but_the_findings(self, seed_path: Path) -> None:
        macros.score(seed_path)
        before = machine_values(seed_path)
        typed(seed_path, {names.input_name("audit_findings"): "两个"})
        message = macros.score(seed_path)
        after = machine_values(seed_path)
        assert {name for name in before if before[name] != after[name]} == {names.FINDINGS}
        assert "审计" in str(after[names.FINDINGS][0])
        assert "1处问题" in message
        assert re.search(r"基础数据![A-Z]+\d+", message)

    def test_formula_that_shows_an_error_is_not_taken_for_a_person_s_text(
        self, macro_path: Path
    ) -> None:
        """As a program without our functions leaves the cells: #NAME?."""
        score = names.score_name(RUBRIC.indicators[2].id)
        _show_error(macro_path, score)
        assert "97.59" in macros.score(macro_path)


class TestRestoreFormulas:
    def test_gives_the_template_s_own_formulas_back(self, macro_path: Path) -> None:
        before = formulas_of(macro_path)
        macros.finalize(macro_path)
        assert formulas_of(macro_path) != before
        message = macros.restore_formulas(macro_path)
        assert formulas_of(macro_path) == before
        assert "恢复" in message

    def test_twice_is_once(self, macro_path: Path) -> None:
        macros.restore_formulas(macro_path)
        once = macro_path.read_bytes()
        macros.restore_formulas(macro_path)
        assert formulas_of(macro_path)
        assert Package(once).sheets.keys() == Package.open(macro_path).sheets.keys()

    def test_a_person_s_reason_stays(self, macro_path: Path) -> None:
        reason = names.reason_name(RUBRIC.indicators[2].id)
        typed(macro_path, {reason: "本单位全年均衡支出"})
        macros.restore_formulas(macro_path)
        assert machine_values(macro_path)[reason] == ["本单位全年均衡支出"]
        macros.score(macro_path)
        assert machine_values(macro_path)[reason] == ["本单位全年均衡支出"]

    def test_asks_for_a_recalculation(self, macro_path: Path) -> None:
        macros.score(macro_path)
        macros.restore_formulas(macro_path)
        with zipfile.ZipFile(macro_path) as archive:
            assert b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")

    def test_without_the_functions_it_is_refused(self, seed_path: Path) -> None:
        before = seed_path.read_bytes()
        assert ".xlsm" in macros.restore_formulas(seed_path)
        assert seed_path.read_bytes() == before


class TestCheck:
    def test_complete_data_pass(self, seed_path: Path) -> None:
        assert macros.check(seed_path).startswith("校验通过")

    def test_lists_missing_and_wrong_and_selects_the_first(
        self, seed_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        selected = []
        monkeypatch.setattr(FileHost, "select", lambda self, cell: selected.append(cell))
        typed(
            seed_path,
            {names.input_name("intentions_due"): None, names.input_name("audit_findings"): "两个"},
        )
        before = machine_values(seed_path)
        message = macros.check(seed_path)
        after = machine_values(seed_path)
        assert "1处有误、1处待填、待评" in message
        assert selected == [cell_of(seed_path, names.input_name("audit_findings"))]
        assert {name for name in before if before[name] != after[name]} == {names.FINDINGS}


class TestReview:
    def test_lists_and_marks_what_it_finds(self, seed_path: Path) -> None:
        macros.score(seed_path)
        message = macros.review(seed_path)
        assert message.startswith("审核：1处错误、6处提醒。")
        budget = cell_of(seed_path, names.basic_name("total_budget"))
        comments = Package.open(seed_path).comments(budget.sheet)
        assert comments.keys() == {(budget.first_row, budget.first_column)}
        (text,) = comments.values()
        assert text.startswith("【审核】错误 E6　“总预算”是434.56")
        listed = machine_values(seed_path)[names.FINDINGS]
        assert str(listed[0]).startswith("【自动】错误 E6　基本情况!")

    def test_says_what_is_wrong_or_missing_in_the_inputs_too(self, seed_path: Path) -> None:
        macros.score(seed_path)
        typed(
            seed_path,
            {names.input_name("intentions_due"): None, names.input_name("audit_findings"): "两个"},
        )
        message = macros.review(seed_path)
        assert "填报数有1处有误、1处待填、待评，全部已列在“审核意见”。" in message
        assert "审计" in str(machine_values(seed_path)[names.FINDINGS][0])

    def test_again_gives_the_same_file(self, seed_path: Path) -> None:
        macros.score(seed_path)
        macros.review(seed_path)
        once = members(seed_path.read_bytes())
        macros.review(seed_path)
        assert members(seed_path.read_bytes()) == once

    def test_a_mark_goes_when_its_finding_does(self, seed_path: Path) -> None:
        macros.score(seed_path)
        macros.review(seed_path)
        typed(seed_path, {names.basic_name("total_budget"): Decimal("329.69")})
        macros.review(seed_path)
        budget = cell_of(seed_path, names.basic_name("total_budget"))
        assert Package.open(seed_path).comments(budget.sheet) == {}

    def test_unmark_leaves_every_part_but_the_list_as_it_was(self, seed_path: Path) -> None:
        macros.score(seed_path)
        before = members(seed_path.read_bytes())
        macros.review(seed_path)
        message = macros.unmark(seed_path)
        after = members(seed_path.read_bytes())
        findings = Package.open(seed_path).sheets[names.SHEETS["review"]].part
        assert after.keys() == before.keys()
        assert {name for name in before if after[name] != before[name]} == {findings}
        assert "已清除" in message

    def test_scores_and_texts_of_people_stay(self, seed_path: Path) -> None:
        macros.score(seed_path)
        before = machine_values(seed_path)
        macros.review(seed_path)
        after = machine_values(seed_path)
        assert {name for name in before if before[name] != after[name]} == {names.FINDINGS}


class TestReviewOfAnotherForm:
    @pytest.fixture
    def table(self, tmp_path: Path) -> Path:
        return write_xlsx(tmp_path / "明朗中学.xlsx", 自评表=published.YONGDE)

    def test_marks_its_cells_and_changes_no_other_part(self, table: Path) -> None:
        before = members(table.read_bytes())
        message = macros.review(table)
        assert message.startswith("审核：5处错误、2处提醒。")
        opinion = table.with_name("明朗中学-审核意见.xlsx")
        assert f"清单在：{opinion}" in message
        listed = CalamineWorkbook.from_path(opinion).get_sheet_by_name("审核意见").to_python()
        assert [row[4] for row in listed[1:]] == ["E1", "E1", "E7", "E8", "E8", "W3", "W5"]
        comments = Package.open(table).comments("自评表")
        assert comments.keys() == {
            (11, 9),
            (18, 9),
            (13, 10),
            (13, 11),
            (16, 11),
            (16, 10),
            (16, 5),
        }
        after = members(table.read_bytes())
        changed = {name for name in before if after[name] != before[name]}
        assert all("sheet1.xml" in name or "Content_Types" in name for name in changed)

    def test_again_leaves_the_list_as_it_is(self, table: Path) -> None:
        macros.review(table)
        before = {path.name for path in table.parent.iterdir()}
        macros.review(table)
        assert {path.name for path in table.parent.iterdir()} == before

    def test_unmark_gives_the_parts_back(self, table: Path) -> None:
        before = members(table.read_bytes())
        macros.review(table)
        macros.unmark(table)
        assert members(table.read_bytes()) == before

    def test_a_workbook_without_a_table_is_told(self, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "通讯录.xlsx", 表="姓名|电话\n张三|1")
        before = path.read_bytes()
        assert macros.review(path).startswith("审核没有完成：")
        assert path.read_bytes() == before


class TestFinalize:
    def test_keeps_a_copy_with_formulas_and_leaves_values(self, macro_path: Path) -> None:
        before = macro_path.read_bytes()
        message = macros.finalize(macro_path)
        copy = macro_path.with_name("自评表-含公式.xlsm")
        assert copy.read_bytes() == before
        assert str(copy) in message
        own = "JX_", names.COMPANION_RESULTS
        assert not any(sign in text for text in formulas_of(macro_path).values() for sign in own)

    def test_never_overwrites_a_copy(self, macro_path: Path) -> None:
        macros.finalize(macro_path)
        first = macro_path.with_name("自评表-含公式.xlsm").read_bytes()
        macros.restore_formulas(macro_path)
        macros.finalize(macro_path)
        assert macro_path.with_name("自评表-含公式.xlsm").read_bytes() == first
        assert macro_path.with_name("自评表-含公式-2.xlsm").exists()

    def test_warns_while_rows_wait(self, macro_path: Path) -> None:
        typed(macro_path, {names.input_name("intentions_due"): None})
        message = macros.finalize(macro_path)
        assert "注意：还有待填1项" in message
        assert macro_path.with_name("自评表-含公式.xlsm").exists()

    def test_wrong_input_leaves_formulas_and_makes_no_copy(self, macro_path: Path) -> None:
        before = formulas_of(macro_path)
        typed(macro_path, {names.input_name("audit_findings"): "两个"})
        macros.finalize(macro_path)
        assert formulas_of(macro_path) == before
        assert not macro_path.with_name("自评表-含公式.xlsm").exists()


class TestOthers:
    def test_new_book_never_overwrites(self, seed_path: Path) -> None:
        first = macros.new_book(seed_path)
        second = macros.new_book(seed_path)
        made = [path for path in seed_path.parent.iterdir() if path != seed_path]
        assert len(made) == 2
        assert first != second
        for path in made:
            assert read_book(path).rubric.id == RUBRIC.id

    def test_manual_says_where_it_is_or_what_is_missing(self, seed_path: Path) -> None:
        assert "使用手册" in macros.manual(seed_path)

    def test_diagnosis_tells_versions_and_the_last_error(
        self, seed_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Path, "home", lambda: tmp_path)
        monkeypatch.setattr(FileHost, "write", _broken)
        assert "请按“诊断”" in macros.score(seed_path)
        text = macros.diagnose(seed_path)
        for word in ("jixiao：", "Python：", "xlwings：", "pandas：", "OSError：a disk of paper"):
            assert word.replace("OSError：", "OSError: ") in text
        report = (tmp_path / ".jixiao" / "诊断.txt").read_text("utf-8-sig")
        assert "Traceback" in report
        assert str(seed_path) in report


@pytest.mark.parametrize(
    "macro",
    [macros.score, macros.restore_formulas, macros.check, macros.finalize],
)
def test_no_macro_raises(macro: macros.Macro, tmp_path: Path) -> None:
    assert "没有完成" in macro(tmp_path / "没有.xlsx")
    assert "没有完成" in macro(None)
    other = tmp_path / "别的.xlsx"
    other.write_bytes(b"PK")
    assert "没有完成" in macro(other)


def test_file_that_cannot_be_written_is_as_before(
    seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seed_path.read_bytes()
    monkeypatch.setattr("jixiao.hosts.files.replace_file", _refusing)
    assert "磁盘空间不足" in macros.score(seed_path)
    assert seed_path.read_bytes() == before
    assert list(seed_path.parent.iterdir()) == [seed_path]


@pytest.mark.parametrize("rubric_id", shipped_rubrics())
def test_every_formula_is_one_that_excel_takes_from_outside(rubric_id: str) -> None:
    """8192 characters in a cell, but 255 where an array formula is set by a program."""
    live = formulas(shipped_rubric(rubric_id))
    assert max(len(text) for text in (*live.cells.values(), *live.companion.values())) <= 8192
    assert len(live.results) <= LONGEST_ARRAY_FORMULA


def _broken(*_: object) -> None:
    raise OSError("a disk of paper")


def _refusing(*_: object) -> None:
    raise PackageError("磁盘空间不足")


def _show_error(path: Path, name: str) -> None:
    """Store #NAME? as the result of a formula."""
    cell = cell_of(path, name)
    package = Package.open(path)
    part = package.sheets[cell.sheet].part
    text = package.part(part).decode()
    start = text.index(f'<c r="{cell.a1}"')
    end = text.index("</c>", start)
    element = re.sub(r' t="\w+"', "", text[start:end])
    element = element.replace(f'r="{cell.a1}"', f'r="{cell.a1}" t="e"', 1)
    element = re.sub(r"<v>.*?</v>|<v/>", "", element) + "<v>#NAME?</v>"
    members = {}
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members[part] = (text[:start] + element + text[end:]).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
