"""Writing a workbook's report: where it goes, what is kept, what is refused, and its PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from conftest import Command
from jixiao import macros
from jixiao.ooxml import PackageError
from jixiao.reports import pdf
from jixiao.reports.outline import DEPARTMENT, outline_of
from jixiao.reports.writing import NO_FONT, write_pdf, write_report
from jixiao.scoring import shipped_rubric, shipped_rubrics
from jixiao.scoring.numbers import plain
from jixiao.template import build_template
from jixiao.workbook import names
from jixiao.workbook.book import read_book
from jixiao.workbook.errors import BookError
from macros.workbooks import seed_macro_book, typed
from workbook.books import SEED_TOTAL, with_values

from .word import texts

REPORT = "自评表-部门整体支出绩效自评报告.docx"


class TestCommand:
    def test_report_stands_beside_the_workbook_and_says_the_total(
        self, jixiao: Command, seed_path: Path
    ) -> None:
        before = seed_path.read_bytes()
        ran = jixiao("report", seed_path)
        path = seed_path.with_name(REPORT)
        assert (ran.code, ran.err) == (0, "")
        assert f"报告：{path}" in ran.out
        assert f"总分{plain(SEED_TOTAL)}分" in "".join(texts(docx.Document(str(path))))
        assert seed_path.read_bytes() == before

    def test_blank_sections_are_listed_at_the_end(self, jixiao: Command, seed_path: Path) -> None:
        out = jixiao("report", seed_path).out
        _, _, listed = out.partition("待补充6处（报告里标着〔待补充〕）：\n")
        assert len(listed.splitlines()) == 6
        assert listed.rstrip().endswith("五、改进措施")

    def test_another_place_and_an_older_report_kept(
        self, jixiao: Command, seed_path: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "别处" / "报告.docx"
        path.parent.mkdir()
        path.write_bytes(b"older")
        ran = jixiao("report", seed_path, "-o", path)
        assert ran.code == 0
        backup = path.with_name("报告.bak.docx")
        assert backup.read_bytes() == b"older"
        assert f"备份：{backup}" in ran.out

    def test_the_same_report_again_leaves_no_backup(self, jixiao: Command, seed_path: Path) -> None:
        jixiao("report", seed_path)
        assert jixiao("report", seed_path).code == 0
        assert {path.name for path in seed_path.parent.iterdir()} == {seed_path.name, REPORT}

    def test_an_edited_report_is_kept(self, jixiao: Command, seed_path: Path) -> None:
        jixiao("report", seed_path)
        path = seed_path.with_name(REPORT)
        edited = docx.Document(str(path))
        edited.add_paragraph("人写的一段")
        edited.save(str(path))
        kept = path.read_bytes()
        jixiao("report", seed_path)
        assert path.with_name("自评表-部门整体支出绩效自评报告.bak.docx").read_bytes() == kept

    def test_own_template(self, jixiao: Command, seed_path: Path, tmp_path: Path) -> None:
        own = docx.Document()
        own.add_paragraph("只要题目：{{ unit }}")
        template = tmp_path / "模板.docx"
        own.save(str(template))
        assert jixiao("report", seed_path, "--template", template).code == 0
        found = texts(docx.Document(str(seed_path.with_name(REPORT))))
        assert found == ["只要题目：广州市番禺区企业建设服务中心"]

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            (lambda path: path.write_bytes(b"no zip at all"), "报告模板"),
            (lambda path: path.mkdir(), "报告模板"),
            (lambda path: None, "找不到"),
        ],
        ids=["damaged", "folder", "missing"],
    )
    def test_a_template_that_cannot_be_used(
        self,
        jixiao: Command,
        seed_path: Path,
        tmp_path: Path,
        damage: Callable[[Path], object],
        said: str,
    ) -> None:
        template = tmp_path / "模板.docx"
        damage(template)
        ran = jixiao("report", seed_path, "--template", template)
        assert ran.code == 1
        assert said in ran.err
        assert not seed_path.with_name(REPORT).exists()

    def test_other_than_word_is_refused(self, jixiao: Command, seed_path: Path) -> None:
        ran = jixiao("report", seed_path, "-o", seed_path.with_name("报告.doc"))
        assert ran.code == 1
        assert "扩展名应为 .docx" in ran.err

    def test_wrong_input_is_refused_cell_by_cell(self, jixiao: Command, seed_path: Path) -> None:
        seed_path.write_bytes(with_values(seed_path.read_bytes(), {"audit_findings": "两个"}))
        ran = jixiao("report", seed_path)
        assert ran.code == 1
        assert "基础数据!" in ran.err
        assert not seed_path.with_name(REPORT).exists()

    def test_a_report_that_is_open_is_left_alone(self, jixiao: Command, seed_path: Path) -> None:
        seed_path.with_name(f"~${REPORT}").touch()
        ran = jixiao("report", seed_path)
        assert ran.code == 1
        assert "请先保存并关闭" in ran.err

    def test_a_blank_workbook_gives_a_report_that_says_what_is_missing(
        self, jixiao: Command, blank_path: Path
    ) -> None:
        ran = jixiao("report", blank_path)
        assert ran.code == 0
        assert "标题中的单位名称" in ran.out
        assert "总分和等级（待填26项）" in ran.out

    def test_texts_typed_into_the_workbook_stand_in_their_sections(self, seed_path: Path) -> None:
        cells = {
            names.report_text_name(section.id): f"第一行{section.id}\n=1+1"
            for section in DEPARTMENT.sections
        }
        typed(seed_path, cells)
        written = write_report(read_book(seed_path))
        assert written.report.unfilled == ()
        found = texts(docx.Document(str(written.path)), "报告正文")
        for section in DEPARTMENT.sections:
            place = found.index(f"第一行{section.id}")
            assert found[place + 1] == "=1+1"

    def test_a_workbook_without_the_sheet_of_texts_has_blank_sections(
        self, seed_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(names, "report_text_name", lambda section: "jixiao_gone")
        assert len(write_report(read_book(seed_path)).report.unfilled) == 6


class TestMacro:
    def test_says_where_the_report_is_and_what_is_blank(self, seed_path: Path) -> None:
        message = macros.report(seed_path)
        assert message.startswith(f"报告已生成：{seed_path.with_name(REPORT)}")
        assert "还有6处〔待补充〕：" in message
        assert "四、存在问题" in message
        assert seed_path.with_name(REPORT).is_file()

    def test_writes_what_the_command_writes(self, seed_path: Path, jixiao: Command) -> None:
        macros.report(seed_path)
        by_macro = seed_path.with_name(REPORT).read_bytes()
        jixiao("report", seed_path)
        assert seed_path.with_name(REPORT).read_bytes() == by_macro

    def test_live_formulas_are_no_obstacle(self, tmp_path: Path) -> None:
        path = tmp_path / "自评表.xlsm"
        path.write_bytes(seed_macro_book())
        assert "报告已生成" in macros.report(path)

    def test_wrong_input_writes_nothing(self, seed_path: Path) -> None:
        typed(seed_path, {names.input_name("audit_findings"): "两个"})
        assert macros.report(seed_path).startswith("生成报告没有完成：\n基础数据!")
        assert not seed_path.with_name(REPORT).exists()

    def test_charts_that_are_not_there_are_told(
        self, seed_path: Path, monkeypatch: pytest.MonkeyPatch, jixiao: Command
    ) -> None:
        from jixiao.reports import document  # noqa: PLC0415

        monkeypatch.setattr(document, "draw", lambda chart: None)
        assert NO_FONT in macros.report(seed_path)
        assert NO_FONT in jixiao("report", seed_path).out


class TestPdf:
    def test_without_libreoffice_the_report_is_there_and_it_is_said(
        self, jixiao: Command, seed_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: None)
        ran = jixiao("report", seed_path, "--pdf")
        assert ran.code == 0
        assert "本机没有 LibreOffice，没有生成 PDF" in ran.out
        assert seed_path.with_name(REPORT).is_file()

    def test_a_libreoffice_that_does_not_come_back_is_given_up(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: name)

        def hang(command: list[str], **options: object) -> None:
            raise subprocess.TimeoutExpired(command, 1)

        monkeypatch.setattr(subprocess, "run", hang)
        with pytest.raises(PackageError, match="秒内没有生成 PDF"):
            pdf.as_pdf(b"")

    def test_a_libreoffice_that_writes_nothing_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = tmp_path / "soffice"
        program.write_text("#!/bin/sh\nexit 0\n")
        program.chmod(0o755)
        monkeypatch.setattr(shutil, "which", lambda name: str(program))
        with pytest.raises(PackageError, match="Writer"):
            pdf.as_pdf(b"")

    @pytest.mark.calc
    def test_pdf_has_the_pages_the_text_and_embedded_chinese_fonts(self, seed_path: Path) -> None:
        _require("soffice", "pdftotext", "pdffonts")
        written = write_report(read_book(seed_path))
        path, _ = write_pdf(written)
        assert path == written.path.with_suffix(".pdf")
        text = _read_with("pdftotext", path, "-layout", "-")
        flowing = "".join(text.split())
        assert "部门整体支出绩效自评报告" in flowing
        assert f"总分{plain(SEED_TOTAL)}分" in flowing
        assert "—1—" in flowing
        # The heading row of the score table stands on both its pages.
        assert flowing.count("二级指标序号三级指标分值得分") >= 2
        fonts = _read_with("pdffonts", path).splitlines()[2:]
        assert fonts
        assert all(line.split()[-5] == "yes" for line in fonts)


@pytest.mark.parametrize("rubric_id", shipped_rubrics())
def test_every_shipped_standard_has_its_report(rubric_id: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(build_template(shipped_rubric(rubric_id)))
    book = read_book(path)
    written = write_report(book)
    headings = [heading.text for heading in outline_of(book.rubric.subject).headings]
    found = docx.Document(str(written.path))
    assert [p.text for p in found.paragraphs if p.style.name.startswith("Heading")] == headings
    names_of_rows = {row.name for row in book.rubric.indicators}
    cells = {c.text for t in found.tables for row in t.rows for c in row.cells}
    assert names_of_rows <= cells


def test_wrong_inputs_are_refused_before_anything_is_written(seed_path: Path) -> None:
    seed_path.write_bytes(with_values(seed_path.read_bytes(), {"0.actual": "不少"}))
    with pytest.raises(BookError, match="应填数字"):
        write_report(read_book(seed_path))


def _require(*programs: str) -> None:
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} are not installed, and CI requires them")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def _read_with(program: str, path: Path, *rest: str) -> str:
    ran = subprocess.run([program, path, *rest], capture_output=True, text=True, check=True)
    return ran.stdout
