"""E1 and E3: the points sum to the whole and to each heading, and so do the scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.forms.form import BlockHeading, Column, FormRow
from jixiao.review.case import Case, place_of, title
from jixiao.review.check import Hit
from jixiao.review.figures import number_in, same_score
from jixiao.review.rules_of_rows import completion_rows, kind_of
from jixiao.scoring import Indicator
from jixiao.scoring.numbers import difference, plain, product, total


def points_do_not_sum(case: Case) -> Iterator[Hit]:
    """E1: the whole table, each heading, each row and each block against the standard."""
    yield from _whole_points(case)
    yield from _heading_points(case)
    yield from _row_points(case)
    yield from _block_points(case)


def _whole_points(case: Case) -> Iterator[Hit]:
    added = total(case.points)
    printed = number_in(case.form.total_points)
    expected = case.full_marks if printed is None else printed
    # Without a line for the total the form may go on elsewhere, and an execution that is scored may
    # have its points in words: then only too much is wrong.
    has_end = printed is not None or number_in(case.form.total_score) is not None
    execution = case.execution
    is_open = execution is not None and execution.score is not None and execution.points is None
    may_be_less = is_open or not has_end
    if not case.points or added == expected or (may_be_less and added < expected):
        if printed is not None and case.points and printed == added != case.full_marks:
            yield _wrong_whole(case, printed)
        return
    found = case.form.total_points or case.form.total_score
    yield Hit(
        "总分",
        found.place if found else next((place_of(row, Column.POINTS) for row in case.rows), None),
        plain(added),
        plain(expected),
        f"各行分值合计{plain(added)}分，不是{plain(expected)}分，相差"
        f"{plain(abs(difference(added, expected)))}分",
        "请核对是否漏了行、分值是否印错",
    )


def _wrong_whole(case: Case, printed: Decimal) -> Hit:
    found = case.form.total_points
    return Hit(
        "总分",
        found.place if found else None,
        plain(printed),
        plain(case.full_marks),
        f"总分栏的分值是{plain(printed)}分，应为{plain(case.full_marks)}分",
        "请按标准核对各行分值",
    )


def _heading_points(case: Case) -> Iterator[Hit]:
    explained: dict[str, Decimal] = {}
    for heading in sorted(case.form.headings, key=lambda heading: -heading.level):
        rows = _rows_below(case, heading)
        printed = number_in(heading.points)
        points = [row.points for row in rows if row.points is not None]
        if printed is None or heading.points is None or not points:
            continue
        gap = difference(printed, total(points))
        primary = rows[0].primary
        if heading.level > 1:
            explained[primary] = explained.get(primary, Decimal(0)) + gap
        elif gap == explained.get(primary):
            continue  # its second-level headings have said so
        if gap:
            yield Hit(
                heading.name,
                heading.points.place,
                plain(total(points)),
                plain(printed),
                f"“{heading.name}”印的是{plain(printed)}分，其下{len(points)}行分值合计"
                f"{plain(total(points))}分{_lost_rows(case, heading, rows, gap)}",
                "请补上漏掉的行，或改正分值",
            )


def _lost_rows(case: Case, heading: BlockHeading, rows: list[FormRow], gap: Decimal) -> str:
    """Which rows of the standard are not there, where they account for what lacks."""
    if case.rubric is None:
        return ""
    known = next((h for h in case.rubric.secondaries if h.name == heading.name), None)
    if known is None:
        return ""
    present = {row.name for row in rows}
    lost = [row for row in case.rubric.rows_of(known) if not _is_present(row, present)]
    if total(row.points for row in lost) != gap:
        return ""
    names = "、".join(f"“{row.name}”（{plain(row.points)}分）" for row in lost)
    return f"，少了{names}"


def _is_present(indicator: Indicator, names: set[str]) -> bool:
    return any(name and name in indicator.name for name in names)


def _row_points(case: Case) -> Iterator[Hit]:
    """A row with a name of the standard and other points than it has there."""
    for row in case.rows:
        known = case.indicators(row)
        allowed = {indicator.points for indicator in known}
        if row.points is None or not known or row.points in allowed:
            continue
        expected = "或".join(plain(points) for points in sorted(allowed))
        yield Hit(
            row.name,
            place_of(row, Column.POINTS),
            plain(row.points),
            expected,
            f"{title(row)}的分值是{plain(row.points)}分，标准规定{expected}分",
            "请按标准改正分值",
        )


def _block_points(case: Case) -> Iterator[Hit]:
    """The blocks of a project's table (产出, 效益, 满意度) against those of its standard.

    A standard with a single block is held against by the whole; a form that lacks a block is of
    another kind.
    """
    if case.rubric is None or number_in(case.form.total_score) is None:
        return
    blocks = completion_rows(case.rubric)
    present = {kind_of(row, case.rubric) for row in case.rows}
    if len(blocks) < 2 or any(present.isdisjoint(block.rule.kinds) for block in blocks):
        return
    for indicator in blocks:
        kind = indicator.rule.kind_words
        rows = [r for r in case.rows if kind_of(r, case.rubric) in indicator.rule.kinds]
        points = [row.points for row in rows if row.points is not None]
        if not points or total(points) == indicator.points:
            continue
        yield Hit(
            kind,
            place_of(rows[0], Column.POINTS),
            plain(total(points)),
            plain(indicator.points),
            f"{kind}指标{len(points)}行，分值合计{plain(total(points))}分，"
            f"“{case.rubric.document}”是{plain(indicator.points)}分",
            "请按标准改正分值；当地另有规定的，请注明文件",
        )


def scores_do_not_sum(case: Case) -> Iterator[Hit]:
    """E3: the total and the subtotals against the rows."""
    yield from _total_score(case)
    for heading in case.form.headings:
        rows = _rows_below(case, heading)
        scores = [row.score for row in rows if row.score is not None]
        printed = number_in(heading.score)
        if printed is None or not scores or heading.score is None:
            continue
        if same_score(printed, total(scores)):
            continue
        yield Hit(
            heading.name,
            heading.score.place,
            plain(printed),
            plain(total(scores)),
            f"“{heading.name}”小计{plain(printed)}分，其下各行得分合计{plain(total(scores))}分",
            "请改正小计或各行得分",
        )


def _total_score(case: Case) -> Iterator[Hit]:
    found = case.form.total_score
    printed = number_in(found)
    if found is None or printed is None:
        return
    added = total(case.scores)
    if same_score(printed, added) or is_weighted_again(case, printed):
        return
    blank = sum(1 for row in case.rows if row.points is not None and row.score is None)
    remark = f"（另有{blank}行没有得分）" if blank else ""
    yield Hit(
        "总分",
        found.place,
        plain(printed),
        plain(added),
        f"总分{plain(printed)}分，各行得分合计{plain(added)}分{remark}，相差"
        f"{plain(abs(difference(printed, added)))}分",
        "请改正总分，或补上漏掉的得分",
    )


def _rows_below(case: Case, heading: BlockHeading) -> list[FormRow]:
    below = set(heading.rows)
    return [row for row in case.rows if row.place in below]


def is_weighted_again(case: Case, printed: Decimal) -> bool:
    """Whether a total is the sum of score × points ÷ 100: the weight applied a second time."""
    pairs = [(points, score) for _, points, score in case.scored_rows]
    execution = case.execution
    if execution and execution.points is not None and execution.score is not None:
        pairs.append((execution.points, execution.score))
    weighted = total(product(score, points) for points, score in pairs)
    return len(pairs) > 1 and same_score(printed, weighted.scaleb(-2))
