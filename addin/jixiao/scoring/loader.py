"""From a rubric file to a `Rubric`, refusing whatever is not whole.

Refused, naming file, row and key: unknown keys, duplicate ids, gaps or overlaps in tiers, points
that do not sum to the total and to each heading, a row without its sentence, a number that is not
``text`` without its note, a rule that reads an input nobody declared, an input that no rule reads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path

from jixiao.scoring.companion import ROWS_OF_A_KIND
from jixiao.scoring.inputs import InputKind, InputSpec
from jixiao.scoring.intervals import parse_interval, partition_fault
from jixiao.scoring.numbers import ZERO, plain, total
from jixiao.scoring.provenance import Source
from jixiao.scoring.rubric import (
    HAND_BASIS,
    HAND_SCORE,
    CompanionGroup,
    GradeBand,
    Heading,
    Indicator,
    Rubric,
)
from jixiao.scoring.rules import Completion, NoCase, Rule, read_rule
from jixiao.scoring.rules.checking import no_case_faults, rule_faults
from jixiao.scoring.rules.completion import Directions
from jixiao.scoring.subject import Subject
from jixiao.scoring.table_reader import RubricError, Table

DEFAULT_RUBRIC = "panyu-department-2023"
"""The standard where nobody names one: in `jixiao new`, in the functions of a cell."""

_SHIPPED = Path(__file__).parent.parent / "rubrics"
_YEAR = re.compile(r"\d{4}")
_LARGEST_FILE = 2_000_000  # bytes; the shipped standard has some 40 kB


def shipped_rubrics() -> tuple[str, ...]:
    """The ids of the rubrics that come with the program, sorted."""
    return tuple(sorted(file.stem for file in _SHIPPED.glob("*.toml")))


@cache
def shipped_rubric(rubric_id: str) -> Rubric:
    """A rubric by its id or its year; an unknown one is an error that lists those that exist."""
    known = shipped_rubrics()
    by_year = rubric_id if _YEAR.fullmatch(rubric_id) else "?"
    matches = [name for name in known if rubric_id == name or name.endswith(f"-{by_year}")]
    if len(matches) != 1:
        raise RubricError(f"没有评分标准“{rubric_id}”，现有：{'、'.join(known)}")
    name = f"{matches[0]}.toml"
    return parse_rubric((_SHIPPED / name).read_text("utf-8"), name)


def load_rubric(name: str) -> Rubric:
    """A rubric by id, by year, or by the path of a user's own file."""
    path = Path(name)
    if path.suffix.lower() != ".toml":
        return shipped_rubric(name)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise RubricError(f"{path.name}：文件过大，不是评分标准")
        return parse_rubric(path.read_text("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise RubricError(f"{path.name}：不是 UTF-8 编码，请另存为 UTF-8") from error
    except OSError as error:
        raise RubricError(f"{path}：读不了评分标准文件，请检查文件名和权限") from error


def parse_rubric(text: str, file: str) -> Rubric:
    """Read a rubric from TOML; ``file`` is the name that error messages give."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RubricError(f"{file}：不是有效的 TOML{_place_of(error)}") from error
    top = Table(data, file)
    settings = top.table("rubric")
    secondaries = _headings(top.tables("secondary"))
    directions, kinds, groups = _companion(top.table("companion"))
    funds = _funds(top.table("funds")) if top.has("funds") else ()
    rubric = Rubric(
        id=settings.text("id"),
        subject=_subject(settings),
        name=settings.text("name"),
        year=settings.whole("year") if settings.has("year") else None,
        region=settings.text("region"),
        document=settings.text("document"),
        heading=settings.text("heading"),
        file=settings.text("file"),
        footnote=settings.text("footnote"),
        points=settings.number("points"),
        step=settings.number("rounding_step"),
        bands=_bands(top),
        primaries=_headings(top.tables("primary")),
        secondaries=secondaries,
        indicators=tuple(_indicator(table, directions, funds) for table in top.tables("indicator")),
        companion_kinds=kinds,
        companion_groups=groups,
        funds=funds,
    )
    mode = settings.text("rounding")
    if mode != "half_up":
        raise settings.fault("rounding", f"只支持 half_up（四舍五入），现为“{mode}”")
    settings.close()
    top.close()
    _check(rubric, file)
    return rubric


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    """Where the parser stopped, in Chinese; its reasons are English."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"：第{found[1]}行第{found[2]}列附近写法不对" if found else "：文件没有写完"


def _headings(tables: Iterable[Table]) -> tuple[Heading, ...]:
    found = []
    for table in tables:
        heading = Heading(
            id=table.text("id"),
            name=table.text("name"),
            points=table.number("points"),
            parent=table.text("primary", ""),
            source=table.source(),
        )
        table.close()
        found.append(heading)
    return tuple(found)


def _bands(top: Table) -> tuple[GradeBand, ...]:
    found = []
    for table in top.tables("grade"):
        band = GradeBand(
            table.text("id"), table.text("name"), table.interval("within"), table.text("words")
        )
        table.close()
        found.append(band)
    fault = partition_fault([band.within for band in found], parse_interval("[0, 100]"))
    if fault:
        raise top.fault("grade", fault)
    return tuple(found)


def _subject(table: Table) -> Subject:
    name = table.text("subject", Subject.DEPARTMENT)
    if name not in set(Subject):
        raise table.fault("subject", f"没有“{name}”这种对象，只有{'、'.join(Subject)}")
    return Subject(name)


def _companion(table: Table) -> tuple[Directions, tuple[str, ...], tuple[CompanionGroup, ...]]:
    directions = Directions(
        at_most=_source(table, "at_most"),
        equal=_source(table, "equal"),
        split=_source(table, "equal_split"),
        date=_source(table, "date"),
        negative_units=table.texts("negative_units"),
    )
    kinds = table.texts("kinds")
    groups = tuple(_group(part) for part in table.tables("group"))
    for kind in {group.kind for group in groups} ^ set(kinds) if groups else ():
        raise table.fault("group", f"“{kind}”与 kinds 不一致")
    table.close()
    unnamed = tuple(CompanionGroup(kind, "", "", ROWS_OF_A_KIND) for kind in kinds)
    return directions, kinds, groups or unnamed


def _group(table: Table) -> CompanionGroup:
    group = CompanionGroup(
        table.text("kind"),
        table.text("primary", ""),
        table.text("secondary", ""),
        table.whole("rows"),
    )
    if not 0 < group.rows <= ROWS_OF_A_KIND:
        raise table.fault("rows", f"应在1至{ROWS_OF_A_KIND}之间")
    table.close()
    return group


def _funds(table: Table) -> tuple[InputSpec, ...]:
    sources = table.texts("sources")
    columns = table.tables("column")
    if not sources or not columns:
        raise table.fault("sources、column", "资金来源表应有来源和列")
    table.close()
    return tuple(_fund_column(column, sources) for column in columns)


def _fund_column(table: Table, sources: tuple[str, ...]) -> InputSpec:
    spec = InputSpec(
        table.text("id"),
        table.text("label"),
        InputKind.AMOUNT,
        table.text("unit"),
        table.text("help", ""),
        cells=len(sources),
        parts=sources,
    )
    table.close()
    return spec


def _source(table: Table, key: str) -> Source:
    part = table.table(key)
    source = part.source()
    part.close()
    return source


def _indicator(table: Table, directions: Directions, funds: tuple[InputSpec, ...]) -> Indicator:
    number, row_id, name = table.whole("number"), table.text("id"), table.text("name")
    table.place = f"{table.place.split(' / ')[0]} / 第{number}行 {name}"
    points = table.number("points")
    rule = _rule(table.table("rule"), directions)
    own = tuple(_input(part) for part in table.tables("input"))
    own = tuple(spec for spec in funds if spec.id in rule.input_ids) + own
    judged = not isinstance(rule, Completion) and rule.may_need_judgement
    row = Indicator(
        number=number,
        id=row_id,
        name=name,
        name_source=_optional_source(table, "name_source"),
        points=points,
        points_source=_optional_source(table, "points_source"),
        secondary=table.text("secondary", ""),
        explanation=table.text("explanation", ""),
        sentence=table.text("sentence"),
        sentence_source=_optional_source(table, "sentence_source"),
        missing=table.text("missing", ""),
        rule=rule,
        no_case=NoCase.read(table.table("no_case")) if table.has("no_case") else None,
        inputs=own + (_hand_inputs(row_id, points) if judged else ()),
        contained=_pairs(table),
    )
    table.close()
    _check_inputs(row, own, table)
    return row


def _rule(table: Table, directions: Directions) -> Rule | Completion:
    if table.has("rows"):
        kind = table.text("kind")
        if kind != "completion":
            raise table.fault("kind", "有 rows 的规则只能是 completion")
        rule = Completion.read(table, directions)
        table.close()
        return rule
    return read_rule(table)


def _optional_source(table: Table, key: str) -> Source:
    return _source(table, key) if table.has(key) else Source()


def _input(table: Table) -> InputSpec:
    kind = table.text("kind")
    if kind not in set(InputKind):
        raise table.fault("kind", f"没有“{kind}”这种输入，只有{'、'.join(InputKind)}")
    spec = InputSpec(
        id=table.text("id"),
        label=table.text("label"),
        kind=InputKind(kind),
        unit=table.text("unit", ""),
        help=table.text("help", ""),
        cells=table.whole("cells", 1),
        options=table.texts("options"),
        largest=table.optional_number("largest"),
        default=table.text("default", ""),
    )
    if (spec.kind is InputKind.CHOICE) != bool(spec.options):
        raise table.fault("options", "choice 才有、也必须有选项")
    if spec.default and spec.default not in spec.options:
        raise table.fault("default", f"选项里没有“{spec.default}”")
    table.close()
    return spec


def _hand_inputs(row_id: str, points: Decimal) -> tuple[InputSpec, ...]:
    return (
        InputSpec(
            row_id + HAND_SCORE,
            "人工评分",
            InputKind.SCORE,
            "分",
            f"一般不填。程序提示“待评”时，由评分人填0至{plain(points)}分，并写明依据",
            largest=points,
        ),
        InputSpec(row_id + HAND_BASIS, "人工评分依据", InputKind.TEXT, "", "填了人工评分时必填"),
    )


def _pairs(table: Table) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in table.tables("contained"):
        pairs.append((part.text("part"), part.text("whole")))
        part.close()
    return tuple(pairs)


def _check_inputs(row: Indicator, own: tuple[InputSpec, ...], table: Table) -> None:
    declared = [spec.id for spec in own]
    read = set(row.rule.input_ids)
    if row.no_case is not None:
        read.add(row.no_case.input_id)
    for name in sorted(read - set(declared)):
        raise table.fault("input", f"规则用到的输入“{name}”没有声明")
    for name in declared:
        if name not in read:
            raise table.fault("input", f"输入“{name}”没有规则用到")
    for part, whole in row.contained:
        if part not in declared or whole not in declared:
            raise table.fault("contained", f"“{part}”或“{whole}”没有声明")


def _check(rubric: Rubric, file: str) -> None:
    headings = (*rubric.primaries, *rubric.secondaries)
    _check_unique([(file, str(row.number)) for row in rubric.indicators], "number")
    _check_unique([(f"{file} / grade", band.id) for band in rubric.bands], "id")
    ids = [(file, part.id) for part in headings]
    ids += [(_place(file, row), row.id) for row in rubric.indicators]
    _check_unique(ids, "id")
    inputs = [(f"{file} / funds", spec.id) for spec in rubric.funds]
    inputs += [
        (_place(file, row), spec.id)
        for row in rubric.indicators
        for spec in row.inputs
        if spec not in rubric.funds
    ]
    _check_unique(inputs, "input：id")
    if rubric.step <= ZERO:
        raise RubricError(f"{file} / rubric：rounding_step：应大于0")
    _check_sum(file, "总分", rubric.points, (row.points for row in rubric.indicators))
    _check_headings(rubric, file)
    for row in rubric.indicators:
        if row.points <= ZERO:
            raise RubricError(f"{_place(file, row)}：points：应大于0")
        faults = rule_faults(row.rule, row.points, rubric.specs)
        for fault in chain(faults, no_case_faults(row.no_case, rubric.specs)):
            raise RubricError(f"{_place(file, row)}：{fault}")
    rules = (row.rule for row in rubric.indicators)
    used = [kind for rule in rules if isinstance(rule, Completion) for kind in rule.kinds]
    if sorted(used) != sorted(rubric.companion_kinds):
        raise RubricError(f"{file} / companion：kinds：与 completion 规则的 rows 不一致")


def _check_headings(rubric: Rubric, file: str) -> None:
    secondaries = {part.id for part in rubric.secondaries}
    for row in rubric.indicators:
        has_place = row.secondary in secondaries if secondaries else not row.secondary
        if not has_place:
            raise RubricError(f"{_place(file, row)}：secondary：没有“{row.secondary}”")
    primaries = {part.id for part in rubric.primaries}
    for heading in rubric.secondaries:
        if heading.parent not in primaries:
            raise RubricError(f"{file} / {heading.name}：primary：没有“{heading.parent}”")
    for heading in (*rubric.primaries, *rubric.secondaries):
        rows = rubric.rows_of(heading)
        _check_sum(file, heading.name, heading.points, (row.points for row in rows))


def _place(file: str, row: Indicator) -> str:
    return f"{file} / 第{row.number}行 {row.name}"


def _check_unique(named: Iterable[tuple[str, str]], key: str) -> None:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            raise RubricError(f"{place}：{key}：“{name}”重复")
        seen.add(name)


def _check_sum(file: str, name: str, points: Decimal, parts: Iterable[Decimal]) -> None:
    added = total(parts)
    if added != points:
        raise RubricError(f"{file} / {name}：points：各行分值合计{added}，应为{points}")
