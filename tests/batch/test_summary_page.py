"""The page: what stands in the file, and what a real browser makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from batch.tables import HEADS, LAYOUT, a_journal, a_table, an_error
from jixiao.batch.assessment import Assessment, Basis
from jixiao.batch.summary_page import write_page

pytestmark = pytest.mark.browser

STATED = LAYOUT._replace(basis=Basis.STATED, rubric="", title="项目支出")
HOSTILE = "</script><img src=x onerror=\"document.title='taken'\"><!-- <script>\u2028'\"&amp;"


def one(*scores: str | None, **more: Any) -> Assessment:
    return Assessment((a_table(*scores, **more),))


def some() -> dict[str, Assessment]:
    return {
        "甲": one("20", "30", "45", unit="甲局", findings=(an_error("请把12改为10"),)),
        "乙": one("20", "30", "30.01", unit="乙局", grade="良"),
        "丙": one("20", None, "50", unit="丙局", grade="", reason="待填1项"),
        "丁": one("20", "30", "45", unit="丁局"),
        "戊": one("1", "30", "49.5", unit="戊中心", grade="良"),
        "坏": Assessment(reason="文件已损坏"),
    }


class Page:
    """An open page with what went wrong in it and what it asked of the network."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def units(self) -> list[str]:
        return self.page.locator("button.unit").all_text_contents()  # type: ignore[no-any-return]

    def sort(self, name: str) -> None:
        self.page.locator("#league-table th button", has_text=re.compile(f"^{name}$")).click()

    def cells(self, unit: str) -> list[str]:
        row = self.page.locator("#league-table tbody tr").filter(
            has=self.page.get_by_role("button", name=unit, exact=True)
        )
        return row.locator("td").all_text_contents()  # type: ignore[no-any-return]


Open = Callable[..., Page]


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Writes a page of results and opens it; no complaint of the browser is let pass."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    pages: list[Page] = []

    def open_(files: dict[str, Assessment], viewport: dict[str, int] | None = None) -> Page:
        path = tmp_path / "页.html"
        with a_journal(tmp_path, files.items()) as journal:
            write_page(journal.results, path)
        page = Page(context.new_page())
        if viewport:
            page.page.set_viewport_size(viewport)
        page.page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_
    complaints = [complaint for page in pages for complaint in page.complaints]
    context.close()
    assert complaints == []


def test_every_table_is_a_row_in_the_order_of_ranks(opened: Open) -> None:
    page = opened(some())
    assert page.units() == ["丁局", "甲局", "戊中心", "乙局", "丙局"]
    scores = ["20", "30", "45"]
    assert page.cells("甲局") == ["甲局", "1", "95", "优", "1", "0", *scores, ""]
    assert page.cells("丙局") == ["丙局", "", "", "", "0", "0", "20", "", "50", "待填1项"]
    assert "文件已损坏" in page.page.locator("#unread").inner_text()


def test_nothing_is_asked_of_the_network(opened: Open, tmp_path: Path) -> None:
    page = opened(some())
    page.page.wait_for_timeout(200)
    assert page.requests == [(tmp_path / "页.html").as_uri()]


def test_page_has_no_outside_resource_and_a_policy_against_any(
    opened: Open, tmp_path: Path
) -> None:
    opened(some())
    text = (tmp_path / "页.html").read_text("utf-8")
    assert "default-src 'none'" in text
    found: list[tuple[str, str]] = []

    class Finder(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend((name, value or "") for name, value in attrs)

    Finder().feed(text)
    assert {value for name, value in found if name in {"src", "srcset", "data", "action"}} == set()
    assert all(value.startswith("#") for name, value in found if name == "href")
    assert not [name for name, _ in found if name.startswith("on")]
    assert "url(" not in text
    assert "@import" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize(
    "hostile", [HOSTILE, "</ScRiPt >", "<!--<script>", "]]>", "\\u003c/script>"]
)
def test_text_from_outside_is_shown_and_nothing_else(opened: Open, hostile: str) -> None:
    finding = an_error(hostile)._replace(sheet=hostile, cell=hostile)
    layout = LAYOUT._replace(title=hostile, heads=(HEADS[0]._replace(name=hostile), *HEADS[1:]))
    files = {
        hostile.replace("/", "／"): one(
            "1", "1", "1", unit=hostile, grade=hostile, layout=layout, findings=(finding,)
        ),
        "c": one("1", None, "1", unit="丙", reason=hostile),
        "b": Assessment(reason=hostile),
    }
    page = opened(files)
    page.page.locator("button.unit").first.click()
    assert page.units()[0] == hostile
    assert hostile in page.page.locator("ul.findings").text_content()
    assert hostile in page.page.locator("#unread-list").text_content()
    assert page.page.title() == "绩效自评批量评分汇总"
    assert page.page.locator("img").count() == 0


def test_a_script_from_outside_would_not_run(opened: Open) -> None:
    """The policy holds even if a text were put in as markup."""
    page = opened(some())
    page.page.evaluate(
        "document.body.insertAdjacentHTML("
        "'beforeend', '<b id=x onclick=\"document.title=1\">x</b>')"
    )
    page.page.locator("#x").click()
    assert page.page.title() == "绩效自评批量评分汇总"
    assert any("Content Security Policy" in complaint for complaint in page.complaints)
    page.complaints.clear()


def test_headings_sort_up_and_down_with_blanks_last(opened: Open) -> None:
    page = opened(some())
    page.sort("总分")
    assert page.units() == ["丁局", "甲局", "戊中心", "乙局", "丙局"]
    page.sort("总分")
    assert page.units() == ["乙局", "戊中心", "丁局", "甲局", "丙局"]
    page.page.locator("#league-table th button[title^='甲项']").click()
    assert page.units()[-1] == "戊中心"
    sorted_heads = page.page.locator("th[aria-sort]")
    assert (sorted_heads.count(), sorted_heads.get_attribute("aria-sort")) == (1, "descending")
    page.sort("单位")
    assert page.units() == ["丙局", "丁局", "甲局", "戊中心", "乙局"]  # by pinyin


def test_grades_are_filtered(opened: Open) -> None:
    page = opened(some())
    page.page.get_by_label("优", exact=True).uncheck()
    assert page.units() == ["戊中心", "乙局", "丙局"]
    page.page.get_by_label("没有等级").uncheck()
    assert page.units() == ["戊中心", "乙局"]
    assert "显示 2 张表，共 5 张" in page.page.locator("#shown").inner_text()
    page.page.get_by_label("优", exact=True).check()
    page.page.get_by_label("只看有错误的").check()
    assert page.units() == ["甲局"]


def test_a_unit_is_found_by_a_part_of_its_name(opened: Open) -> None:
    page = opened(some())
    page.page.get_by_label("找单位或文件").fill("中心")
    assert page.units() == ["戊中心"]
    page.page.get_by_label("找单位或文件").fill("没有")
    assert page.units() == []


def test_click_shows_a_units_scores_and_findings(opened: Open) -> None:
    page = opened(some())
    button = page.page.get_by_role("button", name="甲局")
    button.click()
    panel = page.page.locator("tr.detail")
    assert "请把12改为10" in panel.inner_text()
    assert "错误 E3" in panel.inner_text()
    assert "乙项" in panel.inner_text()
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert page.page.locator("tr.detail").count() == 0


def test_all_of_it_works_by_keyboard(opened: Open) -> None:
    page = opened(some())
    page.page.get_by_label("找单位或文件").focus()
    page.page.keyboard.type("甲局")
    reached = ""
    for _ in range(60):
        page.page.keyboard.press("Tab")
        reached = page.page.evaluate("document.activeElement.className")
        if reached == "unit":
            break
    assert reached == "unit"
    page.page.keyboard.press("Enter")
    assert "请把12改为10" in page.page.locator("tr.detail").inner_text()
    page.page.keyboard.press("Space")
    assert page.page.locator("tr.detail").count() == 0


def test_another_league_is_chosen(opened: Open) -> None:
    files = some() | {
        f"p{n}": one("1", "2", str(n), layout=STATED, unit=f"项目{n}") for n in (3, 4, 5)
    }
    page = opened(files)
    assert len(page.units()) == 5
    page.page.get_by_label("排名表").select_option("1")
    assert page.units() == ["项目5", "项目4", "项目3"]
    page.page.get_by_role("button", name="项目4").click()
    assert "没有发现问题" in page.page.locator("tr.detail").inner_text()


def test_rare_forms_show_their_own_indicators(opened: Open) -> None:
    own = STATED._replace(heads=(HEADS[0]._replace(name="只此一项"),))
    page = opened({"a": one("9", layout=own, unit="甲局")})
    page.page.get_by_role("button", name="甲局").click()
    assert "只此一项" in page.page.locator("tr.detail").inner_text()


def test_statistics_are_those_of_the_workbook(opened: Open) -> None:
    page = opened(some())
    row = page.page.locator("#indicator-statistics tr", has_text="丙项").first
    # 45, 30.01, 50, 45, 49.5: mean 219.51 / 5 = 43.902, rate 219.51 / 250
    assert row.locator("td").all_text_contents()[:9] == [
        "三级指标", "丙项", "50", "5", "43.9", "45", "30.01", "50", "87.80%",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 380])
def test_page_itself_does_not_scroll_sideways(opened: Open, width: int) -> None:
    page = opened(some(), {"width": width, "height": 800})
    page.page.get_by_role("button", name="甲局").click()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.page.evaluate(overflow) <= 0


def test_print_has_every_row_and_no_controls(opened: Open) -> None:
    files = {f"{n:04d}": one("1", "1", str(n % 50), unit=f"局{n}") for n in range(450)}
    page = opened(files)
    assert len(page.units()) == 200
    page.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.page.emulate_media(media="print")
    assert len(page.units()) == 450
    assert not page.page.locator("#controls").is_visible()
    page.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert len(page.units()) == 200


def test_findings_come_from_the_right_block(opened: Open) -> None:
    files = {
        f"{n:04d}": one("1", "1", "1", unit=f"局{n}", findings=(an_error(f"第{n}个"),))
        for n in range(1_203)
    }
    page = opened(files)
    for number in (0, 499, 500, 1_000, 1_202):
        page.page.get_by_label("找单位或文件").fill(f"局{number}")
        page.page.get_by_role("button", name=f"局{number}", exact=True).click()
        text = page.page.locator("tr.detail ul.findings").first.inner_text()
        assert f"第{number}个" in text


def test_hundred_thousand_tables_stay_usable(opened: Open) -> None:
    """Sane, not fast: it opens, filters and sorts within seconds, and draws one page of rows."""
    table = a_table("1", "1", "1", unit="局", findings=(an_error(),))
    files = {
        f"{n:06d}": Assessment((table._replace(unit=f"局{n}", total=Decimal(n % 101)),))
        for n in range(100_000)
    }
    page = opened(files)
    assert page.page.locator("#league-table tbody tr").count() == 200
    assert "共 500 页" in page.page.locator("#pages").inner_text()
    seconds = page.page.evaluate(
        """() => {
          const begun = performance.now();
          document.querySelectorAll('#league-table th button')[2].click();
          document.getElementById('search').value = '局99';
          document.getElementById('search').dispatchEvent(new Event('input'));
          return (performance.now() - begun) / 1000;
        }"""
    )
    assert seconds < 10
    assert len(page.units()) == 200
