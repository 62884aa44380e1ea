"""The project scheme: the execution of the budget, blocks of companion rows, the data."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.scoring import (
    DEFAULT_RUBRIC,
    Provenance,
    RubricError,
    Score,
    Status,
    Subject,
    Value,
    evaluate,
    load_rubric,
    shipped_rubric,
)
from jixiao.scoring.numbers import equal_split, total
from jixiao.scoring.rules import Completion

from .department import half_up, outcome
from .projects import (
    EXECUTION,
    PROJECT,
    PROJECT_RUBRICS,
    D,
    block,
    edited,
    execution,
    money,
    project_row,
)

AMOUNTS = st.decimals(0, 100_000, places=2)
STEP = PROJECT.step


class TestBudgetExecution:
    def test_seed_19_94_of_19_94_is_full(self) -> None:
        spent = money(year_start_budget=D("19.94"), executed=D("19.94"))
        assert outcome(execution(spent)) == 10

    @pytest.mark.parametrize(
        ("spent", "points"),
        [
            ("100", D(10)),
            ("99.9999", half_up(Fraction(999999, 1000000) * 10)),
            ("99.9499", D("9.99")),
            ("99.95", D(10)),  # 9.995 is half way: up
            ("100.0001", D(10)),
            ("250", D(10)),
            ("0", D(0)),
        ],
    )
    def test_rate_times_points_and_never_more(self, spent: str, points: Decimal) -> None:
        assert outcome(execution(money(year_start_budget=D(100), executed=D(spent)))) == points

    def test_above_the_budget_is_capped_and_said(self) -> None:
        score = execution(money(year_start_budget=D(100), executed=D("100.01")))
        assert score.value == 10
        assert "=100.01%，超过100%，按100%计算" in score.explanation
        assert any("超出的原因" in note.text for note in score.notes)

    def test_at_the_budget_nothing_is_said_of_a_cap(self) -> None:
        score = execution(money(year_start_budget=D(100), executed=D(100)))
        assert "超过" not in "".join(score.steps)
        assert not any("超出" in note.text for note in score.notes)

    def test_sources_are_added(self) -> None:
        values = money(
            year_start_budget=(D(60), D(30), D(10)), executed=(D("59.5"), D("20.25"), D(0))
        )
        score = execution(values)
        assert score.value == half_up(Fraction("79.75") / 100 * 10)
        assert "执行数79.75÷年初预算数100.00=79.75%" in score.steps[0]

    @pytest.mark.parametrize("base", [None, "", "年初预算数", "调整后预算数"])
    def test_the_base_is_the_one_chosen_and_printed(self, base: Value) -> None:
        values = money(year_start_budget=D(100), adjusted_budget=D(80), executed=D(60))
        score = execution({**values, "rate_base": base})
        chosen, amount = ("调整后预算数", 80) if base == "调整后预算数" else ("年初预算数", 100)
        assert score.value == half_up(Fraction(60, amount) * 10)
        assert f"÷{chosen}{amount}.00=" in score.explanation

    def test_each_variant_says_which_base_a_blank_means(self) -> None:
        defaults = {
            name: rubric.specs["rate_base"].default
            for name in PROJECT_RUBRICS
            if "rate_base" in (rubric := shipped_rubric(name)).specs
        }
        assert defaults == {
            "mof-project": "年初预算数",
            "mof-project-10-90": "调整后预算数",
            "mof-project-20-80": "调整后预算数",
        }

    def test_another_word_for_the_base_is_wrong_input(self) -> None:
        values = money(year_start_budget=D(100), executed=D(60), rate_base="全年预算数")
        assert "应从“年初预算数、调整后预算数”中选" in execution(values).verdict

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({}, "待填：年初预算数、执行数"),
            (money(year_start_budget=D(5)), "待填：执行数（财政拨款）"),
            (money(executed=D(5)), "待填：年初预算数（财政拨款）"),
            (
                money(year_start_budget=(D(5), None, D(1)), executed=(D(5), D(2), None)),
                "待填：年初预算数（上年结转）、执行数（其他资金）",
            ),
            (money(adjusted_budget=D(5), executed=D(5)), "待填：年初预算数（财政拨款）"),
        ],
    )
    def test_a_blank_is_not_zero(self, values: dict[str, Value], words: str) -> None:
        score = execution(values)
        assert (score.status, score.verdict) == (Status.MISSING_INPUT, words)

    def test_a_source_with_no_amount_at_all_is_none(self) -> None:
        values = money(year_start_budget=(None, D(8), None), executed=(None, D(6), None))
        assert outcome(execution(values)) == D("7.5")

    def test_a_budget_of_zero_waits_for_a_person(self) -> None:
        values = money(year_start_budget=D(0), executed=D(0))
        assert execution(values).status is Status.NEEDS_JUDGEMENT
        by_hand = {
            **values,
            "budget_execution_hand_score": D(10),
            "budget_execution_hand_basis": "年中立项",
        }
        score = execution(by_hand)
        assert (score.value, score.status) == (10, Status.SCORED)

    def test_a_negative_amount_is_wrong_input_with_its_source(self) -> None:
        score = execution(money(year_start_budget=(D(1), D(-1), None), executed=(D(1), D(1), None)))
        assert score.verdict == "错误：年初预算数（上年结转）：不能为负数，现为-1"

    @given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=3, max_size=3), st.integers(1, 100))
    def test_score_is_the_exact_quotient_rounded_once(
        self, pairs: list[tuple[Decimal, Decimal]], points: int
    ) -> None:
        budgets, spent = (tuple(column) for column in zip(*pairs, strict=True))
        score = execution(money(year_start_budget=budgets, executed=spent), points)
        budget = Fraction(sum(map(Fraction, budgets)))
        if not budget:
            assert score.status is Status.NEEDS_JUDGEMENT
            return
        rate = min(Fraction(1), Fraction(sum(map(Fraction, spent))) / budget)
        assert score.value == half_up(rate * points)


def scored(block_id: str = "output", **cells: object) -> Score:
    """A single row scored out of ten points."""
    rule = block(PROJECT, block_id).rule
    assert isinstance(rule, Completion)
    return rule.score_row(project_row(**cells), D(10), STEP).score


class TestCompletion:
    @pytest.mark.parametrize(
        ("actual", "points"),
        [
            ("100", D(10)),
            ("99.9999", half_up(Fraction("0.999999") * 10)),
            ("60", D(6)),
            ("59.9999", half_up(Fraction("0.599999") * 10)),
            ("1", D("0.1")),
            ("0", D(0)),
            ("150.0001", D(10)),
            ("1000", D(10)),
        ],
    )
    def test_met_is_full_missed_is_the_quotient_without_floor_or_ceiling(
        self, actual: str, points: Decimal
    ) -> None:
        assert outcome(scored(actual=D(actual))) == points

    def test_not_to_exceed_scores_target_by_actual(self) -> None:
        assert outcome(scored(nature="≤", target=20, actual=20)) == 10
        assert outcome(scored(nature="≤", target=20, actual=50)) == half_up(Fraction(20, 50) * 10)
        assert outcome(scored(nature="≤", target=0, actual=1)) == 0

    def test_a_negative_rate_earns_nothing(self) -> None:
        assert outcome(scored(target=5, actual=-3, unit="%")) == 0

    @pytest.mark.parametrize("block_id", ["output", "benefit", "satisfaction"])
    @pytest.mark.parametrize(
        ("level", "share", "result"),
        [
            ("达成年度指标", "0.8", D(8)),
            ("达成年度指标", "0.7999", Status.INVALID_INPUT),
            ("部分达成并具有一定效果", "0.8", Status.INVALID_INPUT),
            ("部分达成并具有一定效果", "0.7999", half_up(Fraction("7.999"))),
            ("部分达成并具有一定效果", "0.6", D(6)),
            ("未达成且效果较差", "0.6", Status.INVALID_INPUT),
            ("未达成且效果较差", "0", D(0)),
        ],
    )
    def test_levels_serve_every_block(
        self, block_id: str, level: str, share: str, result: Decimal | Status
    ) -> None:
        cells = {"nature": "定性", "level": level, "share": D(share), "basis": "验收意见"}
        assert outcome(scored(block_id, **cells)) == result

    def test_hubei_parts_its_levels_at_fifty_percent(self) -> None:
        rule = block(shipped_rubric("mof-project-20-80"), "performance").rule
        assert isinstance(rule, Completion)
        assert [level.within.text for level in rule.levels] == [
            "[80%, 100%]",
            "[50%, 80%)",
            "[0%, 50%)",
        ]

    def test_a_block_over_all_kinds_shares_its_points_among_their_rows(self) -> None:
        rubric = shipped_rubric("mof-project-20-80")
        rows = [project_row(kind=kind, name=kind) for kind in rubric.companion_kinds]
        values = money(adjusted_budget=D(1), executed=D(1))
        found = evaluate(rubric, values, rows)
        assert [row.score.points for row in found.companion] == list(equal_split(D(80), 3, STEP))
        assert found.total == 100
        wrong = evaluate(rubric, values, [project_row(points=79)])
        assert "产出、效益、满意度指标的分值合计79，应为80" in wrong.scores[1].score.verdict

    def test_points_of_a_kind_sum_to_its_block(self) -> None:
        rows = [project_row(points=30), project_row(name="乙", points=19)]
        found = evaluate(PROJECT, {}, rows)
        assert "产出指标的分值合计49，应为50" in found.scores[1].score.verdict

    def test_a_block_without_a_row_waits_for_the_table_of_indicators(self) -> None:
        found = evaluate(PROJECT, {}, [])
        words = [row.score.verdict for row in found.scores]
        assert words[1:] == [f"待填：指标表中的{kind}指标" for kind in PROJECT.companion_kinds]


class TestData:
    @pytest.mark.parametrize("name", PROJECT_RUBRICS)
    def test_points_sum_to_a_hundred_and_grades_are_those_of_the_seed(self, name: str) -> None:
        rubric = load_rubric(name)
        assert total(row.points for row in rubric.indicators) == rubric.points == 100
        assert [(band.name, band.within.text) for band in rubric.bands] == [
            ("优", "[90, 100]"),
            ("良", "[80, 90)"),
            ("中", "[60, 80)"),
            ("差", "[0, 60)"),
        ]

    def test_points_are_those_of_each_scheme(self) -> None:
        found = {
            name: [row.points for row in load_rubric(name).indicators] for name in PROJECT_RUBRICS
        }
        assert found == {
            "mof-project": [10, 50, 30, 10],
            "mof-project-10-25-30-35": [10, 25, 30, 35],
            "mof-project-10-90": [10, 90],
            "mof-project-20-80": [20, 80],
        }

    @pytest.mark.parametrize("name", PROJECT_RUBRICS)
    def test_no_weight_is_said_to_be_in_print(self, name: str) -> None:
        for row in load_rubric(name).indicators:
            assert row.points_source.provenance is Provenance.CONVENTION
            assert row.points_source.note

    def test_what_is_in_print_is_the_footnote_of_one_form_and_the_note_of_another(self) -> None:
        printed = {
            name: {
                fact.words
                for row in load_rubric(name).indicators
                for fact in row.facts
                if fact.source.provenance is Provenance.TEXT
            }
            for name in PROJECT_RUBRICS
        }
        assert printed["mof-project"] == printed["mof-project-10-25-30-35"] == set()
        assert printed["mof-project-10-90"] == {"预算执行率的分母（执行率口径）"}
        assert printed["mof-project-20-80"] == {
            "[0%, 100%)：得分=比率×分值",
            "[100%, +∞)：得分值的100%",
            "定性“达成年度指标”：[80%, 100%]",
            "定性“部分达成并具有一定效果”：[50%, 80%)",
            "定性“未达成且效果较差”：[0%, 50%)",
            "指标性质为≤的完成率",
        }

    def test_what_nobody_knows_waits_for_a_person(self) -> None:
        rubric = load_rubric("mof-project-10-25-30-35")
        rows = [project_row(kind=kind) for kind in rubric.companion_kinds]
        assert evaluate(rubric, {}, rows).waiting_words == "待填2项"
        given = {
            "decision_score": D("9.5"),
            "decision_basis": "评审意见",
            "management_score": D(24),
            "management_basis": "评审意见",
        }
        found = evaluate(rubric, given, rows)
        assert found.total == D("9.5") + 24 + 30 + 35
        notes = [note.provenance for row in found.scores[:2] for note in row.score.notes]
        assert notes == [Provenance.UNKNOWN] * 2

    def test_a_project_s_standard_holds_for_any_year_and_a_department_s_for_one(self) -> None:
        assert {load_rubric(name).year for name in PROJECT_RUBRICS} == {None}
        assert PROJECT.title == PROJECT.name
        department = load_rubric(DEFAULT_RUBRIC)
        assert department.subject is Subject.DEPARTMENT
        assert department.title == f"{department.name}（2023年度）"

    @pytest.mark.parametrize("name", ["80", "90", "35", "20-80", "project"])
    def test_the_end_of_an_id_is_no_year(self, name: str) -> None:
        with pytest.raises(RubricError, match="没有评分标准"):
            load_rubric(name)


# (edits of the shipped file, words that the message must hold)
REFUSED: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "a subject that is none": (
        [('subject = "项目支出"', 'subject = "项目"')],
        ["subject", "“项目”"],
    ),
    "a base that is no option": (
        [('options = ["年初预算数", "调整后预算数"]', 'options = ["年初预算数", "全年预算数"]')],
        ["第1行 预算执行率", "base", "年初预算数、调整后预算数"],
    ),
    "a default that is no option": (
        [('default = "年初预算数"', 'default = "全年预算数"')],
        ["default", "全年预算数"],
    ),
    "no default": ([('default = "年初预算数"\n', "")], ["第1行 预算执行率", "default"]),
    "a base that is not declared": (
        [('bases = ["year_start_budget", "adjusted_budget"]', 'bases = ["year_start"]')],
        ["第1行 预算执行率", "year_start"],
    ),
    "no source of money": (
        [('sources = ["财政拨款", "上年结转", "其他资金"]', "sources = []")],
        ["funds"],
    ),
    "an unknown key of the money": ([("[funds]\n", "[funds]\nextra = 1\n")], ["funds", "extra"]),
    "a column of money twice": (
        [
            (
                '[[funds.column]]\nid = "executed"\n',
                '[[funds.column]]\nid = "executed"\nlabel = "支出"\nunit = "元"\n\n'
                '[[funds.column]]\nid = "executed"\n',
            )
        ],
        ["executed", "重复"],
    ),
    "a group of a kind that is none": (
        [('{ kind = "满意度", primary', '{ kind = "满意", primary')],
        ["companion", "group", "kinds"],
    ),
    "a group without rows": (
        [('secondary = "数量指标", rows = 10', 'secondary = "数量指标", rows = 0')],
        ["group[1]", "rows"],
    ),
    "a kind that two blocks score": (
        [('rows = "效益"', 'rows = ["效益", "产出"]')],
        ["companion", "kinds"],
    ),
    "a block without kinds": ([('rows = "效益"', "rows = []")], ["第3行 效益指标", "rows"]),
    "a heading where there is none": (
        [('id = "output"\n', 'id = "output"\nsecondary = "performance"\n')],
        ["第2行 产出指标", "secondary"],
    ),
}


@pytest.mark.parametrize(("edits", "words"), REFUSED.values(), ids=REFUSED)
def test_a_project_s_file_that_is_not_whole_is_refused(
    edits: list[tuple[str, str]], words: list[str]
) -> None:
    with pytest.raises(RubricError) as refused:
        edited(*edits)
    message = str(refused.value)
    assert message.startswith("mine.toml")
    assert [word for word in words if word not in message] == []


def test_the_execution_row_asks_for_its_money_first() -> None:
    assert [spec.id for spec in EXECUTION.inputs][:4] == [
        "year_start_budget",
        "adjusted_budget",
        "executed",
        "rate_base",
    ]
