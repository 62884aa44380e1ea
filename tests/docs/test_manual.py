"""The manual for staff speaks of what there is: pictures, commands, options, buttons, functions."""

from __future__ import annotations

import argparse
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao import udfs
from jixiao.building.host_messages import HOST_MESSAGES
from jixiao.cli.arguments import build_parser
from jixiao.function_table import FUNCTIONS
from jixiao.review.table import CHECKS
from jixiao.scoring import Provenance, Subject, shipped_rubric, shipped_rubrics
from jixiao.scoring.numbers import plain
from jixiao.template.project_form import INDICATOR_LINES
from jixiao.workbook.names import PROJECT_SHEETS, SHEETS

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
MANUAL = DOCS / "使用手册.md"
PICTURES = DOCS / "图"
RIBBON = TOP / "addin" / "ribbon" / "ribbon.xml"

MOST_PICTURES = 8
LARGEST_PICTURE = 200 * 1024

# What a person can do nothing about: the detail alone says it.
UNEXPLAINED_MESSAGES = {"JX8", "JX9"}

TEXT = MANUAL.read_text("utf-8")


def section(number: int) -> str:
    """The text below a numbered heading."""
    _, _, rest = TEXT.partition(f"\n## {number} ")
    assert rest, f"section {number} is missing"
    return rest.partition("\n## ")[0]


def links() -> list[str]:
    """The targets of all links and pictures inside the repository."""
    return [target for target in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in target]


def anchors() -> set[str]:
    """The anchors that the headings get: lower case, punctuation gone, spaces to hyphens."""
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    parser = build_parser()
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def command_lines() -> Iterator[list[str]]:
    """Every call of the program in the manual, without ``python -m jixiao``."""
    for line in re.findall(r"-m jixiao ([^`\n]+)", TEXT):
        yield line.split()


def buttons() -> list[str]:
    """The labels of the ribbon's buttons."""
    return [
        element.attrib["label"]
        for element in ET.parse(RIBBON).iter()
        if element.tag.endswith("}button")
    ]


def test_every_link_leads_somewhere() -> None:
    for target in links():
        path, _, anchor = target.partition("#")
        if path:
            assert (DOCS / path).is_file(), target
        else:
            assert anchor in anchors(), target


def test_all_pictures_are_used_few_and_small() -> None:
    pictures = sorted(PICTURES.iterdir())
    assert {f"图/{path.name}" for path in pictures} == {t for t in links() if t.endswith(".png")}
    assert len(pictures) <= MOST_PICTURES
    assert all(path.stat().st_size <= LARGEST_PICTURE for path in pictures)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_manual_and_pictures_are_shipped() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    shipped = {
        (folder, path)
        for folder, patterns in project["tool"]["setuptools"]["data-files"].items()
        for pattern in patterns
        for path in TOP.glob(pattern)
    }
    for path in (MANUAL, *PICTURES.iterdir()):
        folder = path.parent.relative_to(TOP).as_posix()
        assert (f"share/jixiao/{folder}", path) in shipped


def test_commands_and_options_in_the_text_exist() -> None:
    known = commands()
    for command, *arguments in command_lines():
        if command == "--help":
            continue
        assert command in known
        options = {o for action in known[command]._actions for o in action.option_strings}
        assert {a for a in arguments if a.startswith("-")} <= options, (command, arguments)


def test_every_command_and_option_is_in_the_table() -> None:
    rows = dict(re.findall(r"^\| `(\w+)[^`]*` \| (.+) \|$", section(10), re.MULTILINE))
    assert rows.keys() == commands().keys()
    for name, parser in commands().items():
        options = {o for a in parser._actions for o in a.option_strings} - {"-h", "--help"}
        named = rows[name] + ("--rubric" if _takes_rubric(name) else "")
        # -o and --output are one option.
        assert {o for o in options if o in named} >= options - {"-o", "--output"}, name
        assert "-o" not in options or "-o" in rows[name], name


def _takes_rubric(command: str) -> bool:
    line = next(line for line in section(10).splitlines() if "`--rubric 文件`" in line)
    return f"`{command}`" in line


def test_every_button_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| \*\*(\w+)\*\* \| (.+) \|$", section(7), re.MULTILINE)
    assert [label for label, _ in explained] == buttons()


def test_functions_named_exist_and_the_list_is_linked() -> None:
    assert set(re.findall(r"\bJX_[A-Z_]+\b", TEXT)) <= FUNCTIONS.keys()
    assert "](函数一览.md)" in section(6)


@pytest.mark.parametrize(("formula", "result"), re.findall(r"\| `=(JX_[^`]+)` \| (\S+)", TEXT))
def test_an_example_gives_what_is_printed(formula: str, result: str) -> None:
    name, _, rest = formula.partition("(")
    given = [part.strip('"') if '"' in part else float(part) for part in rest[:-1].split(",")]
    answer = getattr(udfs, name)(*given)
    # What a reason says is told in words.
    assert result == (answer if isinstance(answer, str) else f"{answer:g}") or name == "JX_REASON"


def test_every_message_of_the_host_module_has_its_advice() -> None:
    said = {re.split("[，：。]", text)[0] for text in _host_texts()}
    assert {text for text in said if _shortened(text) not in section(8)} == set()


def _host_texts() -> list[str]:
    return [text for code, text in HOST_MESSAGES.items() if code not in UNEXPLAINED_MESSAGES]


def _shortened(text: str) -> str:
    """The manual leaves out whose connection file it is that cannot be loaded."""
    return text.replace("绩效插件的连接文件不能", "连接文件不能")


def test_every_check_is_listed_with_its_words() -> None:
    rows = re.findall(r"^\| ([EW]\d+) \| (.+?) \| (.+) \|$", section(12), re.MULTILINE)
    assert rows == [(check.code, check.title, check.words) for check in CHECKS]


def test_every_sheet_is_in_the_table() -> None:
    rows = re.findall(r"^\| (\w+) \| \w+ \|", section(4), re.MULTILINE)
    assert [row for row in rows if row != "工作表"] == list(SHEETS.values())


def test_the_sheets_and_standards_of_projects_are_those_that_there_are() -> None:
    _, _, projects = section(4).partition("### 项目支出绩效自评表")
    sheets = re.findall(r"^\| \*\*(\w+)\*\* \|", projects, re.MULTILINE)
    assert sheets == list(PROJECT_SHEETS.values())[1:5]
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", projects, re.MULTILINE))
    found = map(shipped_rubric, shipped_rubrics())
    wanted = {rubric.id: rubric for rubric in found if rubric.subject is Subject.PROJECT}
    assert rows.keys() == wanted.keys()
    for rubric_id, words in rows.items():
        points = [plain(row.points) for row in wanted[rubric_id].indicators]
        assert [number for number in re.findall(r"\d+", words) if number in points][
            : len(points)
        ] == points
    assert f"最多列 {INDICATOR_LINES} 个指标" in projects


@pytest.mark.parametrize(
    ("provenance", "heading"),
    [
        (Provenance.INFERRED, "**推定，必须核对：**"),
        (Provenance.UNKNOWN, "**不明，用到时由人评：**"),
    ],
)
def test_what_must_be_checked_is_complete(provenance: Provenance, heading: str) -> None:
    listed = section(9).partition(heading)[2].strip().partition("\n\n")[0]
    named = {
        int(number)
        for numbers in re.findall(r"^- 第 ([\d、]+) 项", listed, re.MULTILINE)
        for number in numbers.split("、")
    }
    rows = shipped_rubric(udfs.RUBRIC).indicators
    facts = [(row.number, fact.source.provenance) for row in rows for fact in row.facts]
    assert named == {number for number, source in facts if source is provenance}


def test_figures_of_the_standard_are_right() -> None:
    rubric = shipped_rubric(udfs.RUBRIC)
    assert f"{len(rubric.indicators)} 项指标" in TEXT
    assert f"合计 {plain(rubric.points)} 分" in TEXT
    assert f"其余 {len(rubric.indicators) - len(rubric.companion_kinds)} 项指标" in TEXT


@pytest.mark.parametrize("number", [6, 7])
def test_what_is_unproven_is_said_at_the_top(number: int) -> None:
    first = section(number).partition("\n\n")[2].partition("\n\n")[0]
    assert first.startswith("> **尚未在真实的 Excel 里打开过**")


def test_no_path_of_one_machine() -> None:
    assert not re.search(r"/work|/tmp|/root|/home|shared|[A-Z]:\\Users", TEXT)
