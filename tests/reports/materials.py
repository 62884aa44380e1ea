"""What reports are made of in the tests: projects of any size, and the published department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from jixiao.ooxml import Package
from jixiao.reports.content import Report
from jixiao.reports.department import department_report
from jixiao.reports.material import Material, RowWords, material_of
from jixiao.reports.outline import DEPARTMENT
from jixiao.reports.project import project_report
from jixiao.scoring import CompanionRow, Rubric, Value, Values, evaluate, shipped_rubric
from jixiao.workbook.book import assemble_book
from workbook.books import BOOK_NAME, seed_book

PROJECT_RUBRIC: Rubric = shipped_rubric("mof-project")

ROWS = (
    CompanionRow("产出", "走访工地现场次数", "≥", Decimal(100), "次", Decimal(120)),
    CompanionRow("产出", "组织专业培训数量", "≥", Decimal(40), "场次", Decimal(34)),
    CompanionRow("效益", "筹建时间平均压减", "≥", Decimal(24), "天", Decimal(24)),
    CompanionRow("满意度", "企业满意度", "≥", Decimal(95), "%", Decimal(96)),
)
WORDS = {
    0: RowWords("产出指标", "数量指标"),
    1: RowWords("产出指标", "数量指标", "部分企业开工推迟"),
    2: RowWords("效益指标", "社会效益指标"),
    3: RowWords("满意度指标", "服务对象满意度指标"),
}
BASICS: Mapping[str, Value] = {
    "project_name": "企业服务工作业务经费",
    "unit": "某区企业建设服务中心",
    "year": Decimal(2022),
}


def money(
    budget: Sequence[Value] = (Decimal("19.94"), None, None),
    executed: Sequence[Value] = (Decimal("19.94"), None, None),
    **others: Value | tuple[Value, ...],
) -> Values:
    """The inputs of a project: budget and spending by source, everything else blank."""
    blank: dict[str, Value | tuple[Value, ...]] = {
        spec.id: (None,) * spec.cells if spec.cells > 1 else None
        for spec in PROJECT_RUBRIC.specs.values()
    }
    return {
        **blank,
        "year_start_budget": tuple(budget),
        "adjusted_budget": tuple(budget),
        "executed": tuple(executed),
        **others,
    }


def project(
    rows: Sequence[CompanionRow] = ROWS,
    values: Values | None = None,
    texts: Mapping[str, str] | None = None,
    basics: Mapping[str, Value] = BASICS,
    words: Mapping[int, RowWords] = WORDS,
) -> Material:
    """A project, scored."""
    values = money() if values is None else values
    evaluation = evaluate(PROJECT_RUBRIC, values, rows)
    return Material(evaluation, values, texts or {}, basics, {}, words)


def many_rows(count: int) -> list[CompanionRow]:
    """A project's indicators: one of satisfaction, the others half output and half benefit."""
    kinds = ["产出"] * (count // 2) + ["效益"] * (count - count // 2 - 1) + ["满意度"]
    return [
        CompanionRow(kind, f"指标{place}", "≥", Decimal(100), "个", Decimal(80 + place % 40))
        for place, kind in enumerate(kinds)
    ]


@cache
def department() -> Material:
    """The published case of one department, read from its workbook."""
    return material_of(assemble_book(Path(BOOK_NAME), Package(seed_book())), DEPARTMENT)


def report_of(material: Material) -> Report:
    """The report of either kind."""
    is_department = material.evaluation.rubric.primaries
    return department_report(material) if is_department else project_report(material)


def with_texts(material: Material, **texts: str) -> Material:
    """The same with other texts of people."""
    return replace(material, texts={**material.texts, **texts})
