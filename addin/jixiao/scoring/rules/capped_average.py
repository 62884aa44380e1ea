"""The mean of the reported months' rates, each capped: 部门预算资金支出率."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.scoring.inputs import Inputs
from jixiao.scoring.numbers import ONE, Ratio, percent, percent_to_multiply, plain, total
from jixiao.scoring.provenance import FROM_TEXT, Note, Source, note_of
from jixiao.scoring.rules.base import Fact
from jixiao.scoring.score import Outcome, Status, waiting
from jixiao.scoring.table_reader import Table


@dataclass(frozen=True, slots=True)
class CappedAverage:
    """mean(min(rate, cap)) over the reported months × points.

    ``months`` is an input of twelve cells, blank = not reported. ``single`` is the one figure that
    units give in place of the months: it is scored, with the remark of ``single_source``.
    """

    months: str
    single: str
    cap: Decimal
    clause: str
    single_source: Source

    @classmethod
    def read(cls, table: Table) -> CappedAverage:
        """Keys: months, single, cap, clause, and a table single_figure with its provenance."""
        figure = table.table("single_figure")
        source = figure.source()
        figure.close()
        return cls(
            months=table.text("months"),
            single=table.text("single"),
            cap=table.percentage("cap"),
            clause=table.text("clause"),
            single_source=source,
        )

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The months, then the single figure."""
        return (self.months, self.single)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The cap, and the single figure that stands in for the months."""
        return (
            Fact(
                f"每月执行率超过{plain(self.cap * 100)}%的，按{plain(self.cap * 100)}%计算",
                Source(),
            ),
            Fact("以一个年度数代替各月数", self.single_source),
        )

    @property
    def may_need_judgement(self) -> bool:
        """Never."""
        return False

    def apply(self, inputs: Inputs, points: Decimal) -> Outcome:
        """Score the months, or the single figure where no month is given."""
        rate = self.rate(inputs)
        if rate is None:
            return waiting((self.months,))
        reported = inputs.numbers(self.months)
        if reported:
            return self._from_months(inputs, reported, rate, points)
        shown = percent(Ratio(inputs.number(self.single)), (ONE,))
        step = f"{inputs.label(self.single)}={shown}，得分={_multiplied(rate, points)}"
        return Outcome(
            Status.SCORED,
            rate.times(points),
            steps=(step,),
            clause=self.clause,
            notes=note_of(self.single_source),
        )

    def rate(self, inputs: Inputs) -> Ratio | None:
        """The mean over the reported months, or the single figure, capped; None without either."""
        capped = [min(rate, self.cap) for _, rate in inputs.numbers(self.months)]
        if capped:
            return Ratio(total(capped), Decimal(len(capped)))
        if inputs.missing(self.single):
            return None
        return Ratio(min(inputs.number(self.single), self.cap))

    def _from_months(
        self,
        inputs: Inputs,
        reported: tuple[tuple[int, Decimal], ...],
        mean: Ratio,
        points: Decimal,
    ) -> Outcome:
        capped = [min(rate, self.cap) for _, rate in reported]
        terms = "+".join(percent(Ratio(rate)) for rate in capped)
        step = (
            f"年度平均执行率=({terms})÷{len(capped)}={percent(mean, (ONE,))}，"
            f"得分={_multiplied(mean, points)}"
        )
        return Outcome(
            Status.SCORED,
            mean.times(points),
            steps=(step,),
            clause=self.clause,
            notes=self._month_notes(inputs, reported),
        )

    def _month_notes(
        self, inputs: Inputs, reported: tuple[tuple[int, Decimal], ...]
    ) -> tuple[Note, ...]:
        provenance = FROM_TEXT.provenance
        cap = f"{plain(self.cap * 100)}%"
        notes = []
        over = [str(place + 1) for place, rate in reported if rate > self.cap]
        if over:
            notes.append(
                Note(
                    provenance,
                    f"{'、'.join(over)}月超过{cap}，按{cap}计算",
                )
            )
        first, last = reported[0][0], reported[-1][0]
        gaps = sorted(set(range(first, last + 1)) - {place for place, _ in reported})
        if gaps:
            months = "、".join(str(place + 1) for place in gaps)
            notes.append(Note(provenance, f"{months}月未填，按未通报处理，请核对"))
        if not inputs.missing(self.single):
            notes.append(Note(provenance, f"已按各月数计算，“{inputs.label(self.single)}”未采用"))
        return tuple(notes)


# Scores are printed to 0.01; the rate beside them is shown so that it leads there.
_PRINTED = Decimal("0.01")


def _multiplied(rate: Ratio, points: Decimal) -> str:
    return f"{percent_to_multiply(rate, points, _PRINTED)}×{plain(points)}"
