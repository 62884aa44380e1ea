"""What each row of a form scores, by its own cells and by what was typed on 基础数据."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from jixiao.adopting.asked import Asked
from jixiao.forms.form import Form, FormRow, Subject
from jixiao.review.rules_of_rows import completion_rows, has_other_units, is_undirected, kind_of
from jixiao.scoring import CompanionRow, Indicator, Rubric, Score, Value, score_indicator
from jixiao.scoring.companion import LABELS, as_date
from jixiao.scoring.inputs import InputSpec
from jixiao.scoring.natures import Nature
from jixiao.scoring.numbers import plain
from jixiao.scoring.rules import Completion

_JUDGED = ("hand_score", "basis")
_QUALITATIVE = ("level", "share", "basis")
_HELP = {
    "share": "档次以内的比例，如 90%",
    "hand_score": "0 至本项分值之间；写明评分依据",
    "basis": "评分依据，几句话",
}


class ScoredRow(NamedTuple):
    """A row with its score, or why it has none; ``asked`` is what could help."""

    row: FormRow
    value: Decimal | None
    text: str  # the arithmetic, or what the row waits for
    asked: tuple[Asked, ...] = ()


def scored_rows(
    form: Form, number: int, rubric: Rubric, typed: Mapping[str, Value]
) -> Iterator[ScoredRow]:
    """All rows of a form, which is the ``number``-th of its file."""
    if form.subject is Subject.PROJECT:
        for row in form.rows:
            yield _ProjectRow(form, number, rubric, row).scored(typed)
        return
    used: set[str] = set()
    for row in form.rows:
        indicator = _indicator_of(row, rubric, used)
        if indicator is not None:
            used.add(indicator.id)
        yield _DepartmentRow(form, number, rubric, row, indicator).scored(typed)


class _ProjectRow(NamedTuple):
    """A row whose target and actual value stand in the form."""

    form: Form
    number: int
    rubric: Rubric
    row: FormRow

    def scored(self, typed: Mapping[str, Value]) -> ScoredRow:
        """By the rule where it says something, else by a person's judgement."""
        row = self.row
        rule = self._rule()
        if row.points is None:
            return ScoredRow(row, None, "表中没有分值，不能评分")
        if rule is None or self._is_unclear():
            return _judged(row, row.points, self._asked(_JUDGED), typed)
        fields = _QUALITATIVE if self._is_qualitative() else _JUDGED
        asked = self._asked(fields)
        answers = dict(zip(fields, (typed.get(item.key) for item in asked), strict=True))
        score = rule.score_row(self._typed(answers), row.points, self.rubric.step).score
        needs_nobody = score.value is not None and not any(answers.values())
        return ScoredRow(row, score.value, score.explanation, () if needs_nobody else asked)

    def _rule(self) -> Completion | None:
        kind = kind_of(self.row, self.rubric)
        return next((r.rule for r in completion_rows(self.rubric) if kind in r.rule.kinds), None)

    def _is_unclear(self) -> bool:
        is_number = not self._is_qualitative()
        return is_number and (is_undirected(self.row) or has_other_units(self.row))

    def _is_qualitative(self) -> bool:
        """Whether words are held against words; a target without a figure is taken for one."""
        row = self.row
        if row.nature is Nature.QUALITATIVE:
            return True
        target = row.target
        return target is not None and target.number is None and as_date(target.found.value) is None

    def _asked(self, fields: tuple[str, ...]) -> tuple[Asked, ...]:
        rule = self._rule()
        levels = "、".join(level.name for level in rule.levels) if rule else ""
        return _asked_of(self.form, self.number, self.row, fields, f"填其中一个：{levels}")

    def _typed(self, answers: Mapping[str, Value]) -> CompanionRow:
        row = self.row
        nature = Nature.QUALITATIVE if self._is_qualitative() else row.nature
        target, actual = row.target, row.actual
        return CompanionRow(
            kind=kind_of(row, self.rubric),
            name=row.name or "—",
            nature=None if nature is None else nature.value,
            target=None if target is None else _or_text(target.number, target.found.value),
            unit=None if target is None else target.unit or None,
            actual=None if actual is None else _or_text(actual.number, actual.found.value),
            points=row.points,
            level=answers.get("level"),
            share=answers.get("share"),
            hand_score=answers.get("hand_score"),
            basis=answers.get("basis"),
        )


def _or_text(number: Decimal | None, value: Value) -> Value:
    return value if number is None else number


def _asked_of(
    form: Form, number: int, row: FormRow, fields: tuple[str, ...], levels: str = ""
) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            f"{number}/row{row.place + 1}/{field}",
            form.sheet,
            row.name or row.secondary,
            LABELS[field],
            "分" if field == "hand_score" else "",
            _HELP.get(field, levels),
        )
        for field in fields
    )


def _judged(
    row: FormRow, points: Decimal, asked: tuple[Asked, ...], typed: Mapping[str, Value]
) -> ScoredRow:
    """A row that no rule settles: a person's score, with its reason."""
    score, basis = (typed.get(item.key) for item in asked)
    if not isinstance(score, Decimal) or not str(basis or "").strip():
        return ScoredRow(row, None, "按标准算不出，待评：请填人工得分和评分依据", asked)
    if not 0 <= score <= points:
        return ScoredRow(row, None, f"人工得分应在0至{plain(points)}分之间", asked)
    text = f"人工评分{plain(score)}分（满分{plain(points)}分），依据：{basis}"
    return ScoredRow(row, score, text, asked)


def _indicator_of(row: FormRow, rubric: Rubric, used: set[str]) -> Indicator | None:
    """The indicator that a row is, by its name and points; each is taken once."""
    found = [item for item in rubric.matches(row.name) if item.id not in used] if row.name else []
    return next((item for item in found if item.points == row.points), None)


class _DepartmentRow(NamedTuple):
    """A row of a standard with inputs of its own, which the form has no cells for."""

    form: Form
    number: int
    rubric: Rubric
    row: FormRow
    indicator: Indicator | None

    def scored(self, typed: Mapping[str, Value]) -> ScoredRow:
        """By its inputs; what rests on a table of indicators is left to judgement."""
        row, indicator = self.row, self.indicator
        if row.points is None:
            return ScoredRow(row, None, "表中没有分值，不能评分")
        if indicator is None or isinstance(indicator.rule, Completion):
            asked = _asked_of(self.form, self.number, row, _JUDGED)
            return _judged(row, row.points, asked, typed)
        values = {spec.id: self._answer(spec, typed) for spec in indicator.inputs}
        score: Score = score_indicator(self.rubric, indicator, values)
        wanted = tuple(item for spec in indicator.inputs for item in self._asked(spec))
        return ScoredRow(row, score.value, score.explanation, wanted)

    def _asked(self, spec: InputSpec) -> Iterator[Asked]:
        help_text = spec.help or "、".join(spec.options)
        labels = (
            {f"{spec.id}[{place}]": spec.part_label(place) for place in range(spec.cells)}
            if spec.cells > 1
            else {spec.id: spec.label}
        )
        for key, label in labels.items():
            name, table = self.row.name, self.form.sheet
            yield Asked(f"{self.number}/{key}", table, name, label, spec.unit, help_text)

    def _answer(self, spec: InputSpec, typed: Mapping[str, Value]) -> Value | tuple[Value, ...]:
        if spec.cells == 1:
            return typed.get(f"{self.number}/{spec.id}")
        cells = range(spec.cells)
        return tuple(typed.get(f"{self.number}/{spec.id}[{place}]") for place in cells)
