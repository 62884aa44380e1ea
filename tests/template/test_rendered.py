"""The template as LibreOffice prints it: pages of each sheet, and no sentence cut off."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from jixiao.scoring import Indicator
from jixiao.workbook.names import SHEETS
from workbook.calc import Calc

from .built import RUBRIC, content

pytestmark = pytest.mark.calc

# Fonts differ between machines, and pages with them.
PAGES = {
    "guide": (1, 1),
    "basics": (1, 1),
    "companion": (3, 4),
    "inputs": (3, 4),
    "form": (4, 6),
    "review": (1, 1),
    "provenance": (5, 8),
}
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)"')


class Word(NamedTuple):
    """Where a word stands on its page, in points."""

    left: float
    top: float
    bottom: float


@pytest.fixture(scope="module")
def pdf(soffice: Calc, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = tmp_path_factory.mktemp("printed") / "template.pdf"
    path.write_bytes(soffice.resaved(content(), "pdf:calc_pdf_Export"))
    return path


def printed(pdf: Path, *options: str) -> str:
    command = ["pdftotext", *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def page_texts(pdf: Path) -> list[str]:
    """The lines of each page, in the order in which the cells were drawn."""
    return printed(pdf, "-raw").removesuffix("\f").split("\f")


def sheets_of_pages(pdf: Path) -> list[str]:
    """The sheet of each page, from the left part of its footer."""
    keys = {title: key for key, title in SHEETS.items()}
    footer = re.compile(rf"^({'|'.join(keys)})\s+第 \d+ 页", re.MULTILINE)
    return [keys[title] for text in page_texts(pdf) for title in footer.findall(text)]


def form_pages(pdf: Path) -> list[str]:
    """The text of the form's pages, without white space."""
    pages = zip(sheets_of_pages(pdf), page_texts(pdf), strict=True)
    return ["".join(text.split()) for key, text in pages if key == "form"]


def test_each_sheet_takes_the_pages_it_should(pdf: Path) -> None:
    counts = Counter(sheets_of_pages(pdf))
    assert set(counts) == set(SHEETS)
    for key, (least, most) in PAGES.items():
        assert least <= counts[key] <= most, (key, counts)


@pytest.mark.parametrize("row", RUBRIC.indicators, ids=lambda row: row.id)
def test_indicator_is_printed_in_full_on_one_page(pdf: Path, row: Indicator) -> None:
    wanted = ["".join(text.split()) for text in (row.name, row.sentence, row.explanation)]
    assert any(all(text in page for text in wanted) for page in form_pages(pdf))


def test_no_sentence_runs_into_the_next(pdf: Path) -> None:
    pages = printed(pdf, "-bbox").split("<page ")[1:]
    of_form = [
        [Word(*(float(edge) for edge in box)) for box in _WORD.findall(page)]
        for key, page in zip(sheets_of_pages(pdf), pages, strict=True)
        if key == "form"
    ]
    # The sentences are by far the most lines, and each begins at the left edge of its column.
    edges = Counter(round(word.left) for page in of_form for word in page)
    edge = edges.most_common(1)[0][0]
    for page in of_form:
        lines = sorted(word for word in page if abs(word.left - edge) <= 1 and word.top > 0)
        tops = sorted(word.top for word in lines)
        height = max(word.bottom - word.top for word in lines)
        assert all(below - above > 0.8 * height for above, below in pairwise(tops))


def test_the_form_ends_with_its_note_and_without_the_subtotals(pdf: Path) -> None:
    pages = form_pages(pdf)
    assert "".join(RUBRIC.footnote.split()) in pages[-1]
    assert not any("小计" in page for page in pages)
