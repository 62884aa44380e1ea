"""The worksheet functions, named as in the cell; thin over `jixiao.scoring`.

Excel imports this module through xlwings, Calc through its bridge, tests as plain Python.

What a cell shows where there is no number, decided once for all functions:

- A function never raises and never makes up a number. It answers in words: 待填：… (an input is
  blank; a blank is not 0), 待评：… (the printed standard does not settle it, a person must),
  错误：… (an input is wrong). They are the words of `Score.verdict`, the same that a filled
  workbook uses.
- The functions pass such words on as they stand, so the reason reaches the end of a chain, and
  `JX_TOTAL` refuses to add and says how many rows wait. ``+ - * /`` in the sheet make #VALUE! of
  them. But SUM and AVERAGE skip texts, and a comparison takes any text for more than any number:
  the manual says to add with JX_TOTAL and to ask ISNUMBER first.
- The standard is the department's unless the formula names another: functions that know more than
  one take its id as their last argument, JX_SCORE and JX_REASON before the row: "mof-project:2".
- #N/A stands only in the number columns of `JX_COMPLETION_TABLE`, in a row whose score, beside
  it, says why in words. JxHost and the Calc bridge turn the text into the error value.
- An error cell as an argument is wrong input (错误：…#DIV/0!…); Calc hands it over as a blank.
"""

# ruff: noqa: N802  # a worksheet function is named in Python as in the cell

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from jixiao.cell_arguments import (
    MISSING,
    OPEN,
    WRONG,
    Cell,
    Refusal,
    cells,
    exact,
    missing,
    number,
    pass_on,
    table,
    wrong,
)
from jixiao.function_table import Example, worksheet_function
from jixiao.scoring import (
    DEFAULT_RUBRIC,
    CompanionRow,
    Indicator,
    InputKind,
    InputSpec,
    RowScore,
    Rubric,
    RubricError,
    Score,
    Value,
    score_indicator,
    shipped_rubric,
)
from jixiao.scoring.companion import LABELS
from jixiao.scoring.evaluation import kind_problems, score_companion
from jixiao.scoring.inputs import LARGEST_RATE, Inputs, is_blank, shown
from jixiao.scoring.natures import Nature, parse_nature
from jixiao.scoring.numbers import Ratio, is_plausible, plain, total
from jixiao.scoring.provenance import FROM_TEXT
from jixiao.scoring.rules import CappedAverage, Completion, Deduction, RatioTiers
from jixiao.scoring.rules.deduction import DeductionItem, FlatAmount
from jixiao.workbook.machine_text import reason
from jixiao.workbook.names import COMPANION_COLUMNS, SCORED_COLUMNS

RUBRIC = DEFAULT_RUBRIC
"""The standard that the functions score by where a formula names no other."""

NOT_AVAILABLE = "#N/A"
"""What the hosts turn into the error value of that name."""

Answer = float | str

# A cell shows no more at a glance, and older Excels refuse a longer text in a spilled table.
_LONGEST_ANSWER = 255
_LONGEST_TEXT = 32_767  # a cell holds no more
_OF_STANDARD = ":"

_Ranges = Mapping[str, Sequence[Sequence[object]]]

_POINTS_SPEC = InputSpec("points", "分值", InputKind.SCORE)

_POINTS = "本指标分值"
_NATURE = "指标性质：≥（可省略）、≤、=，也可写不低于、不超过、等于等"
_INDICATOR = "指标的序号或名称，如5或“结转结余率”；别的标准写成“标准编号:序号”，如“mof-project:1”"
_VALUES = (
    "该指标的填报数，按“基础数据”表中的顺序，可以是单元格、区域或几个区域；"
    "按指标完成情况表（项目为指标表）计分的行给出该表，写法同JX_COMPLETION_TABLE"
)
_TABLE = (
    "指标完成情况表的数据区域，从“类别”到“备注”18列，不含表头。公式写在该表之内的，为免循环引用，"
    f"改为依次给出{len(SCORED_COLUMNS)}列：{'、'.join(LABELS[field] for field in SCORED_COLUMNS)}。"
    "最后可加标准编号"
)
_STANDARD = (
    "标准编号，如mof-project，可引用“填报说明”里的“评分标准编号”；省略时按部门整体支出的标准"
)
_MONTHS = "各月通报的一般公共预算支出执行率（12格，未通报的留空）；没有各月数时可只给一格年度数"

_MONTH_RANGE: _Ranges = {
    "D4:D15": [[x] for x in (None, 0.09, 0.2, 0.31, 0.42, 0.55, 0.63, 0.7, 0.78, 0.85, 0.93, 1.02)]
}
_TABLE_RANGE: _Ranges = {
    "A6:R8": [
        ["产出", None, None, "走访企业", "≥", 100, "家", 81, *[None] * 10],
        ["产出", None, None, "压减审批时间", "≥", 20, "天", None, *[None] * 10],
        [None] * 18,
    ]
}


@worksheet_function(
    "完成率=实际完成值÷年初目标值，不四舍五入。≤类超过目标的为目标÷实际，达到目标的为100%；=类取两个商中较小的。",
    Example("=JX_COMPLETION_RATE(81,100)"),
    actual="实际完成值",
    target="年初目标值",
    nature=_NATURE,
)
def JX_COMPLETION_RATE(actual: Cell, target: Cell, nature: Cell = None) -> Answer:
    """完成率 of one indicator as a fraction of 1.

    「根据绩效目标表（年初目标值/实际完成值）计算指标完成率」; its direction is convention.
    """
    row = _quantity(actual, target, nature, Decimal(1), _rubric())
    return _answer(row.score) if row.rate is None else _as_fraction(row.rate)


@worksheet_function(
    "单项指标得分：完成率60%以下0分，60%-100%按完成率计，100%-150%满分，高于150%得一半分。",
    Example("=JX_COMPLETION_SCORE(81,100,20)"),
    actual="实际完成值",
    target="年初目标值",
    points=_POINTS,
    nature=_NATURE,
    standard=_STANDARD,
)
def JX_COMPLETION_SCORE(
    actual: Cell, target: Cell, points: Cell, nature: Cell = None, standard: Cell = None
) -> Answer:
    """Score of one indicator in points, at 0.01.

    「完成率60%以下为不及格，不得分；完成率为60%-100%的，得分=完成率×本指标分值；完成率100-150%的，
    得满分；完成率高于150%的，得一半分」.
    """
    rubric = _rubric(standard)
    return _answer(_quantity(actual, target, nature, _points(points, rubric), rubric).score)


@worksheet_function(
    "定性指标得分=完成比例×分值。比例必须在所选档次之内；须另在“评分依据”栏写明书面依据。",
    Example('=JX_QUALITATIVE_SCORE("达成年度指标",90%,10)'),
    level="定性档次：达成年度指标[80%,100%]、部分达成并具有一定效果[60%,80%)、未达成且效果较差[0%,60%)",
    share="完成比例，如90%",
    points=_POINTS,
    standard=_STANDARD,
)
def JX_QUALITATIVE_SCORE(level: Cell, share: Cell, points: Cell, standard: Cell = None) -> Answer:
    """Score of a 非量化效益指标 in points, at 0.01; ``share`` is a fraction of 1.

    「根据指标完成情况分为三档 … 分别按照该指标对应分值区间100%-80%（含80%）、80%-60%…」. The
    written basis that the sentence asks for stands on the sheet, not among the arguments.
    """
    row = _companion_row(
        name="本指标", nature=Nature.QUALITATIVE, level=level, share=share, basis="见工作表"
    )
    rubric = _rubric(standard)
    rule = next(rule for rule in _completions(rubric) if rule.levels)
    return _answer(rule.score_row(row, _points(points, rubric), rubric.step).score)


@worksheet_function(
    "年度平均支出率：各月通报执行率的平均数，每月超过100%的按100%计，空格为没有通报的月份。",
    Example("=JX_EXECUTION_RATE(D4:D15)", _MONTH_RANGE),
    months=_MONTHS,
)
def JX_EXECUTION_RATE(months: Cell) -> Answer:
    """年度平均执行率 as a fraction of 1; ``months`` are fractions of 1.

    「一般公共预算支出年度平均执行率=Σ每月一般公共预算支出执行率÷n（… 每月执行率超过100%的，按100%
    计算）」.
    """
    return _as_fraction(_rate("budget_execution_rate", *_months(months)))


@worksheet_function(
    "部门预算资金支出率得分=年度平均执行率×分值。只给一格年度数时照算，但口径与标准不同，应补填各月数。",
    Example("=JX_EXECUTION_SCORE(D4:D15,10)", _MONTH_RANGE),
    months=_MONTHS,
    points=_POINTS,
)
def JX_EXECUTION_SCORE(months: Cell, points: Cell) -> Answer:
    """Score of row 3 in points, at 0.01; ``months`` are fractions of 1.

    「年度平均执行率达到100%的，得满分；年度平均执行率低于100%的，得分=年度平均执行率*本指标分值」.
    """
    row = _row("budget_execution_rate")
    _require_points(row, points)
    rate = _rate(row.id, *_months(months))
    return float(rate.times(row.points).rounded(_rubric().step))


@worksheet_function(
    "新增预算项目事前绩效评估得分：应评估超过3个的每项未评估扣0.5分，3个以内的扣1分，扣完为止；应评估填0得满分。",
    Example("=JX_EX_ANTE_SCORE(5,2,3)"),
    required="应开展事前绩效评估的新增项目数",
    missed="其中没有开展评估的项目数",
    points=_POINTS,
)
def JX_EX_ANTE_SCORE(required: Cell, missed: Cell, points: Cell) -> Answer:
    """Score of row 4 in points; ``required`` and ``missed`` are numbers of projects.

    「应评估项目超过3个的，有1项没有开展评估，扣0.5分，扣完为止。… 3个以内的 … 扣1分，扣完为止」.
    """
    return _scored("ex_ante_evaluation", points, required, missed)


@worksheet_function(
    "结转结余率=年末结转结余÷（年初结转结余+一般公共预算拨款+政府性基金预算拨款），均为决算数，不四舍五入。",
    Example("=JX_CARRYOVER_RATIO(120,300,600,100)"),
    year_end="年末财政拨款结转和结余决算数",
    opening="年初财政拨款结转和结余收入决算数",
    general="一般公共预算财政拨款决算数",
    fund="政府性基金预算财政拨款决算数，没有的填0",
)
def JX_CARRYOVER_RATIO(year_end: Cell, opening: Cell, general: Cell, fund: Cell) -> Answer:
    """结转结余率 as a fraction of 1; the four amounts are in one unit, 万元 or 元.

    「结余结转率=年末财政拨款结转和结余决算数/（年初财政拨款结转和结余收入决算数+一般公共预算财政拨款决算数
    +政府性基金预算财政拨款决算数）×100%」.
    """
    return _as_fraction(_rate("carryover_surplus_ratio", year_end, opening, general, fund))


@worksheet_function(
    "结转结余率得分：≤10%得2分，10%-20%（含20%）得1分，超过20%得0分（推定，原文此处不全）。",
    Example("=JX_CARRYOVER_SCORE(12%,2)"),
    ratio="结转结余率，如12%，可用JX_CARRYOVER_RATIO算出",
    points=_POINTS,
)
def JX_CARRYOVER_SCORE(ratio: Cell, points: Cell) -> Answer:
    """Score of row 5 in points; ``ratio`` is a fraction of 1.

    「结余结转率≤10%的，得2分；… 10%<结余结转率≤20%的，得1分；…」; what follows is cut off.
    """
    row = _row("carryover_surplus_ratio")
    _require_points(row, points)
    spec = InputSpec("ratio", row.name, InputKind.AMOUNT)
    rate = number(ratio, spec)
    if rate > LARGEST_RATE:
        raise wrong(spec.label, f"{plain(rate * 100)}%过大，是否漏了百分号？")
    assert isinstance(row.rule, RatioTiers)
    outcome = row.rule.of_rate(Ratio(rate), row.name, row.points)
    if outcome.earned is None:
        raise Refusal(f"{OPEN}{outcome.missing_words}")
    return float(outcome.earned.rounded(_rubric().step))


@worksheet_function(
    "扣分法得分=分值-个数×每个扣分，扣完为止。",
    Example("=JX_DEDUCTION_SCORE(1,0.5,2)"),
    count="扣分事项的个数，没有的填0",
    per_item="每个扣多少分",
    points=_POINTS,
)
def JX_DEDUCTION_SCORE(count: Cell, per_item: Cell, points: Cell) -> Answer:
    """Score of a row that takes ``per_item`` points off for each of ``count`` items, at 0.01.

    Such as 「发现1例扣1分，扣完为止」 (row 15), 「每1笔扣0.5分，扣完为止」 (row 20).
    """
    spec = InputSpec("count", "个数", InputKind.COUNT)
    values = {spec.id: number(count, spec)}
    each = number(per_item, InputSpec("per_item", "每个扣分", InputKind.SCORE))
    rule = Deduction((DeductionItem(spec.id, FlatAmount(each, "", FROM_TEXT)),))
    earned = rule.apply(Inputs(values, {spec.id: spec}), _points(points, _rubric())).earned
    assert earned is not None
    return float(earned.rounded(_rubric().step))


@worksheet_function(
    "采购合同签订及时性得分：及时率100%得3分，90%以上得2分，90%以下原文缺失须人工评分；合同总数填0得满分。",
    Example("=JX_CONTRACT_SCORE(19,20,3)"),
    on_time="规定时限（三十日）内签订合同的项目数",
    total="政府采购合同项目总数",
    points=_POINTS,
)
def JX_CONTRACT_SCORE(on_time: Cell, total: Cell, points: Cell) -> Answer:
    """Score of row 16 in points; ``on_time`` and ``total`` are numbers of contracts.

    「合同签订及时率=100%，得3分；90%≤合同签订及时率<100%，得2分；…」; below 90 % nobody knows.
    """
    return _scored("contract_signing_timeliness", points, total, on_time)


@worksheet_function(
    "采购政策效能得分=实际面向中小企业采购金额÷预留金额×分值，不超过分值；预留金额填0得满分。",
    Example("=JX_SME_SCORE(4,5,1)"),
    actual="实际面向中小企业采购的金额",
    reserved="预算编制时预留给中小企业的金额",
    points=_POINTS,
)
def JX_SME_SCORE(actual: Cell, reserved: Cell, points: Cell) -> Answer:
    """Score of row 18 in points, at 0.01; the two amounts are in one unit.

    「数值=（实际面向中小企业采购金额合计数/预算编制时部门预留金额合计数）×100%。评分=数值×分值」.
    """
    return _scored("procurement_policy_effect", points, reserved, actual)


@worksheet_function(
    "固定资产利用率得分：≥90%得2分，75%-90%（含75%）得1.5分，60%-75%（含60%）得1分，60%以下得0分。",
    Example("=JX_ASSET_USE_SCORE(80,100,2)"),
    in_use="实际在用固定资产总额",
    total="所有固定资产总额",
    points=_POINTS,
)
def JX_ASSET_USE_SCORE(in_use: Cell, total: Cell, points: Cell) -> Answer:
    """Score of row 24 in points; the two amounts are in one unit.

    「比率≥90%的，得2分；… 90%>比率≥75%的，得1.5分；… 75%>比率≥60%的，得1分；…
    比率<60%的，得0分」.
    """
    return _scored("fixed_asset_utilization_rate", points, in_use, total)


@worksheet_function(
    "公用经费控制率得分：控制率≤0得满分，每超过5%（含）扣0.5分，减至0分为止；不足5%不扣（推定，原文此处不全）。",
    Example("=JX_EXPENSE_CONTROL_SCORE(112,100,2)"),
    actual="实际支出公用经费总额",
    budget="预算安排公用经费总额",
    points=_POINTS,
)
def JX_EXPENSE_CONTROL_SCORE(actual: Cell, budget: Cell, points: Cell) -> Answer:
    """Score of row 25 in points; the two amounts are in one unit.

    「控制率≤0，得满分；控制率>0时，每增加5%（含）扣减0.5分，减至0分为止」.
    """
    return _scored("general_operating_expenses_control_rate", points, actual, budget)


@worksheet_function(
    "“三公”经费控制情况得分：实际支出数不超过预算数得满分，否则0分。",
    Example("=JX_THREE_PUBLIC_SCORE(1.8,2.5,2)"),
    actual="“三公”经费实际支出数",
    budget="预算安排的“三公”经费数",
    points=_POINTS,
)
def JX_THREE_PUBLIC_SCORE(actual: Cell, budget: Cell, points: Cell) -> Answer:
    """Score of row 26 in points; the two amounts are in one unit.

    「“三公”经费实际支出数≤预算安排的“三公”经费数，符合要求的得满分，不符合要求的不得分」.
    """
    return _scored("three_public_expenses_control", points, actual, budget)


@worksheet_function(
    "自评表任一行的得分：先写指标的序号或名称，后面给出该指标的填报数。",
    Example('=JX_SCORE("结转结余率",120,300,600,100)'),
    indicator=_INDICATOR,
    values=_VALUES,
)
def JX_SCORE(indicator: Cell, *values: Cell) -> Answer:
    """Score of any row of the standard in points, at 0.01; inputs in the order of the rubric."""
    return _answer(_score_of(indicator, values))


@worksheet_function(
    "自评表任一行的评分依据：满分为“无”，否则写明算式、所在档次和标准原文。参数与JX_SCORE相同。",
    Example('=JX_REASON("结转结余率",120,300,600,100)'),
    indicator=_INDICATOR,
    values=_VALUES,
)
def JX_REASON(indicator: Cell, *values: Cell) -> str:
    """What `jixiao fill` writes beside the score of a row: figures, tier, the standard's words."""
    return reason(_score_of(indicator, values))[:_LONGEST_TEXT]


@worksheet_function(
    "总分（或小计）：各行得分之和。有一行待填、待评或有误就不合计，只说明有几行；得分、分值都空的行不计。",
    Example(
        "=JX_TOTAL(I11:I14,F11:F14)",
        {"I11:I14": [[20], [20], [7.59], [3]], "F11:F14": [[20], [20], [10], [3]]},
    ),
    scores="各行得分所在的区域",
    points="各行分值所在的区域，格数与得分区域相同",
    standard=_STANDARD,
)
def JX_TOTAL(scores: Cell, points: Cell, standard: Cell = None) -> Answer:
    """Σ of the scores in points, each taken at 0.01 as the table prints it.

    No total over rows that wait. A row where both cells are blank is one that a person inserted.
    """
    rubric = _rubric(standard)
    earned, possible = cells(scores), cells(points)
    if len(earned) != len(possible):
        message = f"得分{len(earned)}格，分值{len(possible)}格，应一一对应"
        raise Refusal(f"{WRONG}{message}")
    pairs = [
        (place, score, most)
        for place, (score, most) in enumerate(zip(earned, possible, strict=True), 1)
        if not (is_blank(score) and is_blank(most))
    ]
    if not pairs:
        raise missing("得分")
    waiting = _waiting_words([score for _, score, _ in pairs])
    if waiting:
        return waiting
    return float(total(_row_of_total(rubric, *pair) for pair in pairs))


@worksheet_function(
    "评价等级：90分以上优，80分以上不足90分良，60分以上不足80分中，不足60分差。",
    Example("=JX_GRADE(97.59)"),
    total="总分（0至100），可用JX_TOTAL算出",
    standard=_STANDARD,
)
def JX_GRADE(total: Cell, standard: Cell = None) -> str:
    """优, 良, 中 or 差 of a total in points.

    「90分≤得分≤100分；80分≤得分<90分；60分≤得分<80分；得分<60分」.
    """
    rubric = _rubric(standard)
    score = number(total, InputSpec("total", "总分", InputKind.SCORE))
    if score > rubric.points:
        raise wrong("总分", f"应在0至{plain(rubric.points)}之间，现为{plain(score)}")
    return rubric.grade(score).name


@worksheet_function(
    "整张指标完成情况表一次算完，每行返回三列：完成率、核定分值、得分（空行为空）。完成率或分值没有时为#N/A，原因见得分列。",
    Example("=JX_COMPLETION_TABLE(A6:R8)", _TABLE_RANGE),
    table=_TABLE,
)
def JX_COMPLETION_TABLE(*table: Cell) -> list[list[Answer]]:
    """Rate (a fraction of 1), points and score of each row of the companion table.

    「综合得分=各产出指标单项得分合计」: points as typed, or split equally where none is typed.
    """
    import pandas  # noqa: PLC0415  # half a second, needed by nothing else here

    columns, standard = _parted(table)
    rubric = _rubric(standard)
    rows = _companion_rows(columns, rubric)
    lines: dict[int, list[Answer]] = {
        place: [NOT_AVAILABLE, NOT_AVAILABLE, f"{WRONG}{problem.message}"]
        for place, problem in kind_problems(rubric, rows)
    }
    for indicator in rubric.indicators:
        if isinstance(indicator.rule, Completion):
            scored = score_companion(rubric, indicator, rows)[1]
            lines.update((row.place, _line(row)) for row in scored)
    frame = pandas.DataFrame.from_dict(lines, orient="index", dtype=object)
    spilled = frame.reindex(index=range(len(rows)), columns=range(3), fill_value="")
    found: list[list[Answer]] = spilled.to_numpy().tolist()
    return found


def _rubric(standard: Cell = None) -> Rubric:
    """The standard of that id, or the department's; only one that comes with the program."""
    given = exact(standard)
    pass_on(given)
    if is_blank(given):
        return shipped_rubric(RUBRIC)
    try:
        return shipped_rubric(str(given).strip())
    except RubricError as error:
        raise Refusal(f"{WRONG}{error}") from error


def _row(indicator_id: str, rubric_id: str = RUBRIC) -> Indicator:
    row = shipped_rubric(rubric_id).find(indicator_id)
    assert row is not None, indicator_id
    return row


def _completions(rubric: Rubric) -> tuple[Completion, ...]:
    """The rules of the rows that rest on the companion table."""
    rules = (row.rule for row in rubric.indicators)
    return tuple(rule for rule in rules if isinstance(rule, Completion))


def _answer(score: Score) -> Answer:
    """The number of a score, or in words why there is none."""
    if score.value is not None:
        return float(score.value)
    words = score.verdict
    return words if len(words) <= _LONGEST_ANSWER else words[: _LONGEST_ANSWER - 1] + "…"


def _as_fraction(rate: Ratio) -> float:
    return float(rate.numerator / rate.denominator)


def _points(value: Cell, rubric: Rubric) -> Decimal:
    """Points of a row: above zero, no more than there are in all, a multiple of 0.01."""
    points = number(value, _POINTS_SPEC)
    if not 0 < points <= rubric.points:
        raise wrong("分值", f"应大于0、不大于{plain(rubric.points)}，现为{plain(points)}")
    if Ratio(points).rounded(rubric.step) != points:
        raise wrong("分值", f"应为{plain(rubric.step)}的整数倍，现为{plain(points)}")
    return points


def _require_points(row: Indicator, points: Cell) -> None:
    """The tiers and deductions of a row are printed in points, so only its own points fit them."""
    given = _points(points, _rubric())
    if given != row.points:
        message = f"标准中“{row.name}”为{plain(row.points)}分，现为{plain(given)}分"
        raise wrong("分值", message)


def _scored(indicator_id: str, points: Cell, *given: Cell) -> Answer:
    """Score a row of the standard from its inputs in the order of the rubric."""
    _require_points(_row(indicator_id), points)
    return _answer(score_of_row(RUBRIC, indicator_id, *_checked(*given)))


@lru_cache(maxsize=1024, typed=True)
def score_of_row(rubric_id: str, indicator_id: str, *given: Value) -> Score:
    """The score of a row that does not rest on the companion table; inputs left out are blank.

    Remembered, because a sheet asks twice for each row, for the score and for the reason; by type,
    because Python takes TRUE for equal to 1.
    """
    row = _row(indicator_id, rubric_id)
    return score_indicator(shipped_rubric(rubric_id), row, _inputs(row, given))


def _rate(indicator_id: str, *given: Cell) -> Ratio:
    """The exact rate that a row is scored by; raises Refusal where there is none."""
    row, checked = _row(indicator_id), _checked(*given)
    assert isinstance(row.rule, CappedAverage | RatioTiers)
    values, specs = _inputs(row, checked), _rubric().specs
    rate = None if row.problems(values, specs) else row.rule.rate(Inputs(values, specs))
    if rate is None:
        raise Refusal(score_of_row(RUBRIC, row.id, *checked).verdict)
    return rate


def _inputs(row: Indicator, given: tuple[Value, ...]) -> dict[str, Value | tuple[Value, ...]]:
    room = sum(spec.cells for spec in row.inputs)
    if len(given) > room:
        raise Refusal(f"{WRONG}“{row.name}”最多{room}个填报数，现为{len(given)}个")
    rest = iter(given + (None,) * (room - len(given)))
    return {
        spec.id: next(rest) if spec.cells == 1 else tuple(islice(rest, spec.cells))
        for spec in row.inputs
    }


def _checked(*given: Cell) -> tuple[Value, ...]:
    """Exact values, none of them an answer in words."""
    found = tuple(exact(value) for value in given)
    pass_on(*found)
    return found


def _quantity(
    actual: Cell, target: Cell, nature: Cell, points: Decimal, rubric: Rubric
) -> RowScore:
    row = _companion_row(name="本指标", nature=nature, target=target, actual=actual)
    if parse_nature(str(row.nature or "")) is Nature.QUALITATIVE:
        raise wrong("指标性质", "定性指标没有完成率，请用JX_QUALITATIVE_SCORE")
    return _completions(rubric)[0].score_row(row, points, rubric.step)


def _companion_row(**fields: Cell) -> CompanionRow:
    return CompanionRow(**dict(zip(fields, _checked(*fields.values()), strict=True)))


def _months(months: Cell) -> tuple[Value, ...]:
    """The inputs of row 3: twelve months at the most, or the one figure that stands in for them."""
    given = _checked(*cells(months))
    room = _rubric().specs["monthly_execution_rates"].cells
    if len(given) == 1:
        return (None,) * room + given
    if len(given) > room:
        raise Refusal(f"{WRONG}各月执行率最多{room}格，现为{len(given)}格")
    return given


def _score_of(key: Cell, values: Sequence[Cell]) -> Score:
    """The score of any row from what stands behind its number or name in the formula."""
    rubric, row = _indicator(key)
    if isinstance(row.rule, Completion):
        return _companion_score(rubric, row, _companion_rows(values, rubric))
    given = cells(values)
    if isinstance(row.rule, CappedAverage) and len(given) == 1:
        return score_of_row(rubric.id, row.id, *_months(given))
    return score_of_row(rubric.id, row.id, *_checked(*given))


def _companion_score(rubric: Rubric, row: Indicator, rows: Sequence[CompanionRow]) -> Score:
    for place, problem in kind_problems(rubric, rows):
        raise wrong(f"{rubric.subject.companion_table}第{place + 1}行", problem.message)
    return score_companion(rubric, row, rows)[0]


def _indicator(key: Cell) -> tuple[Rubric, Indicator]:
    """The standard and the row that a number or a Chinese name stands for: 5, mof-project:2."""
    wanted = exact(key)
    pass_on(wanted)
    if is_blank(wanted):
        raise missing("指标的序号或名称")
    words = plain(wanted) if isinstance(wanted, Decimal) else str(wanted)
    standard, mark, name = words.rpartition(_OF_STANDARD)
    rubric = _rubric(standard if mark else None)
    found = rubric.matches(name)
    if len(found) > 1:
        numbers = "、".join(str(row.number) for row in found)
        raise Refusal(f"{WRONG}名称含“{shown(name)}”的不止一项，请写序号：{numbers}")
    if not found:
        raise Refusal(f"{WRONG}标准中没有“{shown(name)}”这一项")
    return rubric, found[0]


def _parted(given: Sequence[Cell]) -> tuple[Sequence[Cell], Cell]:
    """The companion table and, behind it, the id of the standard, if there is one.

    One cell with a text is no block of the table; with all its columns given, it is one too many.
    """
    last = cells(given[-1:])
    is_text = len(last) == 1 and isinstance(last[0], str)
    if is_text and len(given) > 1 and len(given) != len(SCORED_COLUMNS):
        return given[:-1], last[0]
    return given, None


def _companion_rows(given: Sequence[Cell], rubric: Rubric) -> list[CompanionRow]:
    """The rows of the companion table, from blocks as wide as it or from the columns that count.

    A formula that stands in the table, or leads back to it, cannot take in the whole: the cells of
    its own result are in it, and Excel refuses the circle. So it gives those columns one by one
    that people type in.
    """
    name = rubric.subject.companion_table
    if not given:
        raise missing(name)
    if len(given) == len(SCORED_COLUMNS):
        return _rows_of_columns([cells(column) for column in given], name)
    return [row for block in given for row in _rows_of_block(table(block), name)]


def _rows_of_block(lines: Sequence[Sequence[Value]], name: str) -> list[CompanionRow]:
    width = next((len(line) for line in lines if len(line) != len(COMPANION_COLUMNS)), None)
    if width is not None:
        message = f"应为{len(COMPANION_COLUMNS)}列，从“类别”到“备注”，现为{width}列"
        raise wrong(name, message)
    places = {column.field: place for place, column in enumerate(COMPANION_COLUMNS)}
    return [
        CompanionRow(**{field: line[places[field]] for field in SCORED_COLUMNS}) for line in lines
    ]


def _rows_of_columns(columns: Sequence[Sequence[Value]], name: str) -> list[CompanionRow]:
    lengths = [len(column) for column in columns]
    if len(set(lengths)) > 1:
        found = "、".join(map(str, lengths))
        raise wrong(name, f"各列的行数应相同，现为{found}")
    lines = zip(*columns, strict=True)
    return [CompanionRow(**dict(zip(SCORED_COLUMNS, line, strict=True))) for line in lines]


def _line(row: RowScore) -> list[Answer]:
    """Rate, points and score of one companion row as they stand beside each other."""
    rate: Answer = "" if row.score.value is not None else NOT_AVAILABLE
    if row.rate is not None:
        rate = _as_fraction(row.rate)
    # The engine counts a row whose points nobody knows at zero points.
    is_known = bool(row.score.points) or row.row.points == 0
    points = float(row.score.points) if is_known else NOT_AVAILABLE
    return [rate, points, _answer(row.score)]


def _waiting_words(scores: Sequence[Value]) -> str:
    """How many rows have no number, by kind, as a filled workbook's total says it."""
    texts = [
        "" if score is None else str(score).strip()
        for score in scores
        if not isinstance(score, Decimal)
    ]
    blank = sum(not text or text.startswith(MISSING[:2]) for text in texts)
    judged = sum(text.startswith(OPEN[:2]) for text in texts)
    counts = (("待填", blank), ("待评", judged), ("有误", len(texts) - blank - judged))
    return "、".join(f"{label}{count}项" for label, count in counts if count)


def _row_of_total(rubric: Rubric, place: int, score: Value, points: Value) -> Decimal:
    """One row's score at 0.01; it must lie between zero and its points."""
    if not (isinstance(score, Decimal) and isinstance(points, Decimal)):
        raise _fault_of_row(rubric, place, score, points)
    if not (0 <= score <= points <= rubric.points and is_plausible(score)):
        raise _fault_of_row(rubric, place, score, points)
    return Ratio(score).rounded(rubric.step)


def _fault_of_row(rubric: Rubric, place: int, score: Value, points: Value) -> Refusal:
    points_label, score_label = f"第{place}格分值", f"第{place}格得分"
    most = number(points, InputSpec("points", points_label, InputKind.SCORE))
    if most > rubric.points:
        return wrong(points_label, f"{plain(most)}大于{plain(rubric.points)}")
    earned = number(score, InputSpec("score", score_label, InputKind.SCORE))
    return wrong(score_label, f"{plain(earned)}大于分值{plain(most)}")
