"""完成率 of companion rows, with tiers, directions and qualitative levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.scoring.companion import (
    LABELS,
    CompanionRow,
    RowScore,
    as_date,
    point_shares,
    row_faults,
    splits_equally,
)
from jixiao.scoring.inputs import is_blank, number_fault, shown
from jixiao.scoring.intervals import Interval, parse_interval, partition_fault
from jixiao.scoring.natures import Nature, parse_nature
from jixiao.scoring.numbers import ONE, ZERO, Ratio, percent, plain, total
from jixiao.scoring.provenance import Note, Source, note_of
from jixiao.scoring.rules.base import Fact
from jixiao.scoring.rules.tiers import Tiers, Undetermined, read_tiers
from jixiao.scoring.score import (
    Outcome,
    Problem,
    Score,
    Status,
    invalid,
    undecided,
    waiting,
)
from jixiao.scoring.settling import HandScore, Row, settle
from jixiao.scoring.table_reader import Table

_ANY_RATE = parse_interval("(-inf, inf)")
_SHARES = parse_interval("[0%, 100%]")

_NO_LEVELS = "原文只为效益指标规定了定性三档，产出指标的定性评分须人工评定"
_LATE = "原文未说明逾期完成如何计分"
_NEGATIVE = "目标值或实际值为负，完成率没有意义，原文未说明如何计分"


class Level(NamedTuple):
    """One qualitative level: its name and the shares of the points that it allows."""

    name: str
    within: Interval
    source: Source


class Directions(NamedTuple):
    """What the standard is silent on, as filled tables treat it; each with its provenance.

    ``negative_units`` are units whose values may be negative (a growth rate in %).
    """

    at_most: Source
    equal: Source
    split: Source
    date: Source
    negative_units: tuple[str, ...]


class Graded(NamedTuple):
    """A row's outcome with the rate that the sheet prints beside it."""

    outcome: Outcome
    rate: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """Scores the companion rows of some kinds: rate = 实际完成值 ÷ 年初目标值, tier, points."""

    kinds: tuple[str, ...]
    tiers: Tiers
    levels: tuple[Level, ...]
    level_clause: str
    directions: Directions

    @classmethod
    def read(cls, table: Table, directions: Directions) -> Completion:
        """Keys: rows (the kinds), tier, and for qualitative rows level and level_clause."""
        levels = tuple(_read_level(level) for level in table.tables("level"))
        if levels:
            fault = partition_fault([level.within for level in levels], _SHARES)
            if fault:
                raise table.fault("level", fault)
        kinds = table.texts("rows")
        if not kinds:
            raise table.fault("rows", "应至少有一类指标")
        return cls(
            kinds=kinds,
            tiers=read_tiers(table.tables("tier"), _ANY_RATE, table),
            levels=levels,
            level_clause=table.text("level_clause") if levels else "",
            directions=directions,
        )

    @property
    def input_ids(self) -> tuple[str, ...]:
        """None: its inputs are the rows of the companion table."""
        return ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Tiers, levels, and the conventions on direction and split."""
        levels = tuple(
            Fact(f"定性“{level.name}”：{level.within.text}", level.source) for level in self.levels
        )
        directions = self.directions
        return (
            *(tier.fact for tier in self.tiers.tiers),
            *levels,
            Fact("指标性质为≤的完成率", directions.at_most),
            Fact("指标性质为=的完成率", directions.equal),
            Fact("日期型指标", directions.date),
            Fact("分值全部留空时平均分配", directions.split),
        )

    @property
    def kind_words(self) -> str:
        """Its kinds in words: 产出, or 产出、效益."""
        return "、".join(self.kinds)

    def own_rows(self, table: Sequence[CompanionRow]) -> tuple[tuple[int, CompanionRow], ...]:
        """The used rows of its kinds with their places in the whole table."""
        return tuple(
            (place, row)
            for place, row in enumerate(table)
            if row.is_used and str(row.kind or "").strip() in self.kinds
        )

    def apply(
        self, table: Sequence[CompanionRow], points: Decimal, step: Decimal
    ) -> tuple[Outcome, tuple[RowScore, ...]]:
        """Score every used row of its kinds, each rounded to ``step``, and sum them up."""
        placed = self.own_rows(table)
        if not placed:
            return waiting((self.kinds[0],)), ()
        rows = tuple(row for _, row in placed)
        shares = point_shares(rows, points, step, self.kind_words)
        scored = tuple(
            self._scored(
                placed[index],
                shares.points[index],
                _all_faults(rows[index], shares.problems.get(index)),
                step,
            )
            for index in range(len(placed))
        )
        return self._summed(scored, splits_equally(rows)), scored

    def score_row(self, row: CompanionRow, points: Decimal, step: Decimal) -> RowScore:
        """Score a single row out of ``points``."""
        return self._scored((0, row), points, row_faults(row), step)

    def _scored(
        self,
        placed: tuple[int, CompanionRow],
        points: Decimal | None,
        faults: tuple[Problem, ...],
        step: Decimal,
    ) -> RowScore:
        place, row = placed
        is_open = points is not None and not faults
        graded = self._graded(row, points or ZERO) if is_open else Graded(invalid(*faults))
        hand = HandScore(
            "hand_score",
            row.hand_score if isinstance(row.hand_score, Decimal) else None,
            "basis",
            str(row.basis or "").strip(),
        )
        name = str(row.name or "").strip()
        subject = Row(name, ZERO if points is None else points, "", LABELS)
        return RowScore(place, row, graded.rate, settle(subject, graded.outcome, step, hand))

    def _graded(self, row: CompanionRow, points: Decimal) -> Graded:
        if is_blank(row.name):
            return Graded(waiting(("name",)))
        nature = parse_nature(None if row.nature is None else str(row.nature))
        if nature is Nature.QUALITATIVE:
            return self._qualitative(row, points)
        missing = tuple(key for key in ("target", "actual") if is_blank(getattr(row, key)))
        if missing:
            return Graded(waiting(missing))
        if as_date(row.target) or as_date(row.actual):
            return self._dated(row, points)
        faults = tuple(
            Problem(key, fault)
            for key in ("target", "actual")
            if (fault := number_fault(getattr(row, key)))
        )
        if faults:
            return Graded(invalid(*faults))
        assert isinstance(row.target, Decimal)
        assert isinstance(row.actual, Decimal)
        return self._quantitative(row, nature or Nature.AT_LEAST, row.target, row.actual, points)

    def _quantitative(
        self, row: CompanionRow, nature: Nature, target: Decimal, actual: Decimal, points: Decimal
    ) -> Graded:
        fault = self._sign_fault(row, target, actual)
        if fault:
            return Graded(invalid(fault))
        if nature is Nature.AT_LEAST:
            if target <= ZERO:
                message = f"目标值为{plain(target)}，≥类指标无法计算完成率，请改写目标值或指标性质"
                return Graded(invalid(Problem("target", message)))
            return self._by_tier(Ratio(actual, target), f"{plain(actual)}÷{plain(target)}", points)
        is_met = actual <= target if nature is Nature.AT_MOST else actual == target
        note = note_of(
            self.directions.at_most if nature is Nature.AT_MOST else self.directions.equal
        )
        if is_met:
            step = f"实际完成值{plain(actual)}{nature.value}目标值{plain(target)}，达到目标"
            met = Outcome(Status.SCORED, Ratio(points), steps=(step,), notes=note)
            return Graded(met, Ratio(ONE))
        return self._missed(nature, target, actual, points, note)

    def _missed(
        self,
        nature: Nature,
        target: Decimal,
        actual: Decimal,
        points: Decimal,
        note: tuple[Note, ...],
    ) -> Graded:
        if target < ZERO or actual < ZERO:
            return Graded(undecided(_NEGATIVE))
        if ZERO in (target, actual):
            rate, shown_rate = Ratio(ZERO), f"目标值{plain(target)}，实际完成值{plain(actual)}"
            step = f"{shown_rate}，未达到目标"
            tier = self.tiers.hit(rate)
            return Graded(
                Outcome(Status.SCORED, Ratio(ZERO), (step,), clause=tier.clause, notes=note), rate
            )
        if nature is Nature.EQUAL and actual < target:
            graded = self._by_tier(
                Ratio(actual, target), f"{plain(actual)}÷{plain(target)}", points
            )
        else:
            graded = self._by_tier(
                Ratio(target, actual), f"{plain(target)}÷{plain(actual)}", points
            )
        outcome = graded.outcome._replace(notes=(*graded.outcome.notes, *note))
        return Graded(outcome, graded.rate)

    def _by_tier(self, rate: Ratio, quotient: str, points: Decimal) -> Graded:
        tier = self.tiers.hit(rate)
        step = f"完成率={quotient}={percent(rate, self.tiers.bounds)}，在{tier.within.text}档"
        if isinstance(tier.award, Undetermined):
            return Graded(undecided(tier.source.missing, (step,), tier.clause), rate)
        outcome = Outcome(
            Status.SCORED,
            tier.award.earned(rate, points),
            steps=(step,),
            tier=tier.within.text,
            other_tiers=self.tiers.others(tier),
            clause=tier.clause,
            notes=note_of(tier.source),
        )
        return Graded(outcome, rate)

    def _dated(self, row: CompanionRow, points: Decimal) -> Graded:
        target, actual = as_date(row.target), as_date(row.actual)
        if target is None or actual is None:
            key = "target" if target is None else "actual"
            message = f"另一格是日期，本格也应填日期，现为“{shown(getattr(row, key))}”"
            return Graded(invalid(Problem(key, message)))
        step = f"目标日期{target.isoformat()}，实际{actual.isoformat()}"
        note = note_of(self.directions.date)
        if actual <= target:
            on_time = Outcome(Status.SCORED, Ratio(points), (f"{step}，按期完成",), notes=note)
            return Graded(on_time, Ratio(ONE))
        return Graded(undecided(_LATE, (f"{step}，逾期",)))

    def _qualitative(self, row: CompanionRow, points: Decimal) -> Graded:
        if not self.levels:
            return Graded(undecided(_NO_LEVELS))
        missing = tuple(key for key in ("level", "share", "basis") if is_blank(getattr(row, key)))
        if missing:
            return Graded(waiting(missing))
        wanted = str(row.level).strip()
        level = next((level for level in self.levels if level.name == wanted), None)
        if level is None:
            names = "、".join(level.name for level in self.levels)
            message = f"没有“{shown(row.level)}”这一档，应为{names}"
            return Graded(invalid(Problem("level", message)))
        assert isinstance(row.share, Decimal)
        share = Ratio(row.share)
        if not level.within.contains(share):
            rate = percent(share, _level_bounds(self.levels))
            message = f"“{level.name}”的比例应在{level.within.text}之内，现为{rate}"
            return Graded(invalid(Problem("share", message)))
        shown_share = percent(share, _level_bounds(self.levels))
        steps = (
            f"定性“{level.name}”{level.within.text}，完成比例{shown_share}",
            f"依据：{str(row.basis).strip()}",
        )
        outcome = Outcome(
            Status.SCORED,
            share.times(points),
            steps,
            tier=level.within.text,
            other_tiers=tuple(
                f"{other.within.text}：{other.name}" for other in self.levels if other is not level
            ),
            clause=self.level_clause,
            notes=note_of(level.source),
        )
        return Graded(outcome, share)

    def _sign_fault(self, row: CompanionRow, target: Decimal, actual: Decimal) -> Problem | None:
        unit = str(row.unit or "").strip()
        if any(mark in unit for mark in self.directions.negative_units):
            return None
        for key, value in (("target", target), ("actual", actual)):
            if value < ZERO:
                return Problem(
                    key, f"不能为负数，现为{plain(value)}（只有计量单位为%等比率的指标可以为负）"
                )
        return None

    def _summed(self, scored: tuple[RowScore, ...], is_split: bool) -> Outcome:
        problems = tuple(
            Problem(f"{row.place}.{problem.input_id}", problem.message)
            for row in scored
            for problem in row.score.problems
        )
        if problems:
            return invalid(*problems)
        lacking = tuple(f"{row.place}.{key}" for row in scored for key in row.score.waiting_for)
        if lacking:
            return waiting(lacking)
        open_rows = [row for row in scored if row.score.status is Status.NEEDS_JUDGEMENT]
        if open_rows:
            words = "；".join(f"“{row.score.name}”{row.score.missing_words}" for row in open_rows)
            return undecided(words)
        return self._earned(tuple(row.score for row in scored), is_split)

    def _earned(self, scores: tuple[Score, ...], is_split: bool) -> Outcome:
        values = tuple(score.value for score in scores if score.value is not None)
        short = tuple(score for score in scores if not score.is_full)
        terms = "+".join(plain(value) for value in values)
        added = f"{terms}={plain(total(values))}" if len(values) > 1 else terms
        steps = [f"{self.kind_words}指标{len(scores)}项，单项得分合计={added}"]
        steps += [
            f"“{score.name}”{'，'.join(score.steps)}，得{plain(score.value or ZERO)}分"
            f"（满分{plain(score.points)}分）"
            for score in short
        ]
        notes = [note for score in scores for note in score.notes]
        notes += note_of(self.directions.split) if is_split and len(scores) > 1 else ()
        clauses = dict.fromkeys(score.clause for score in short if score.clause)
        return Outcome(
            Status.SCORED,
            Ratio(total(values)),
            steps=tuple(steps),
            clause="；".join(clauses),
            notes=tuple(dict.fromkeys(notes)),
        )


def _level_bounds(levels: Sequence[Level]) -> tuple[Decimal, ...]:
    ends = (end for level in levels for end in (level.within.lower, level.within.upper))
    return tuple(end for end in ends if end is not None)


def _all_faults(row: CompanionRow, points: Problem | None) -> tuple[Problem, ...]:
    return row_faults(row) + ((points,) if points else ())


def _read_level(table: Table) -> Level:
    level = Level(table.text("name"), table.interval("within"), table.source())
    table.close()
    return level
