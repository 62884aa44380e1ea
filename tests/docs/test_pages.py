"""The manual's pages for the browser say and lead to what the manual does."""

from __future__ import annotations

import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from jixiao.building.manual_pages import page
from jixiao.installing.shipped import MANUAL

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
PAGES = sorted(DOCS.glob("*.html"))


class Reader(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: unquote(value or "") for name, value in attrs}
        self.targets += [found[name] for name in ("href", "src") if name in found]
        self.anchors += [found["id"]] if "id" in found else []

    def handle_data(self, data: str) -> None:
        self.words += data


def read(path: Path) -> Reader:
    return Reader(path.read_text("utf-8"))


def test_every_page_of_the_manual_is_there() -> None:
    assert [path.stem for path in PAGES] == sorted(path.stem for path in DOCS.glob("*.md"))
    assert TOP / MANUAL in PAGES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_and_picture_leads_somewhere_without_network(path: Path) -> None:
    reader = read(path)
    assert reader.targets
    for target in reader.targets:
        name, _, anchor = target.partition("#")
        if name.startswith("https://"):
            continue
        assert not name.endswith(".md")
        assert not name or (DOCS / name).is_file()
        other = reader if not name or not anchor else read(DOCS / name)
        assert not anchor or anchor in other.anchors, target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_are_shipped_and_need_nothing_from_elsewhere(path: Path) -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["data-files"]["share/jixiao/docs"]
    assert any(path in TOP.glob(pattern) for pattern in patterns)
    text = path.read_text("utf-8")
    for loading in ("<script", "<link", "url(", "@import"):
        assert loading not in text


def test_headings_are_called_as_links_call_them() -> None:
    assert 'id="2-安装-和卸载"' in page("## 2 安装 和，卸载\n")


def test_lines_of_chinese_are_joined_without_a_space_and_others_with_one() -> None:
    text = page("中文一行，\n接着一行；**粗**\n体，and\nEnglish\n")
    assert "中文一行，接着一行；<strong>粗</strong>体，and\nEnglish" in text


def test_tables_become_tables() -> None:
    assert "<td>乙</td>" in page("| 甲 |\n|---|\n| 乙 |\n")


def test_markup_in_the_text_stays_text() -> None:
    assert "&lt;script&gt;" in page("<script>\n")
    assert "<b>" not in page("文字 <b>粗</b>\n")
