"""Which figures decide, which bound, which only inform; and what bad input is refused."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from progress_tables import Frames, level, tables, year

from daye_analysis.errors import CheckFailed
from daye_analysis.progress.checks import check_tables
from daye_analysis.progress.evidence import evidence, last_printed_place, records_of_targets
from daye_analysis.progress.standing import standing

AS_OF = pd.Timestamp("2026-11-23")
OUTPUT: dict[str, Any] = {"quantity": "output_value", "unit_code": "cny_100m", "value": 300}


def roles(frames: Frames, as_of: pd.Timestamp = AS_OF) -> list[tuple[str, str]]:
    found = evidence(frames, as_of).sort_values("observation_id")
    return list(zip(found["role"], found["why"], strict=True))


def of_x(frames: Frames) -> list[dict[str, Any]]:
    return records_of_targets(evidence(frames, AS_OF))["x"]


@pytest.mark.parametrize(
    ("figure", "role", "why"),
    [
        (level("2024-12-31", 1), "like", ""),
        (level("2024-12-31", 1, bound="about"), "like", ""),
        (level("2024-12-31", 1, bound="at_least"), "lower", ""),
        (level("2024-12-31", 1, doubt_en="scope unknown"), "context", "doubtful"),
        (level("2024-12-31", 1, concept="related"), "context", "related"),
        (level("2024-12-31", 1, statement="forecast"), "context", "forecast"),
        (level("2024-12-31", 1, statement="target"), "context", "aim"),
        (level("2024-12-31", 1, measure="growth_pct"), "context", "other_measure"),
        (level("2024-12-31", 1, unit_code="projects"), "context", "other_unit"),
        (level("2024-12-31", 1, concept="broader"), "upper", ""),
        (level("2024-12-31", 1, concept="narrower"), "lower", ""),
        (level("2024-12-31", 1, area_id="prefecture"), "upper", ""),
        (level("2024-12-31", 1, area_id="prefecture", concept="broader"), "upper", ""),
        (level("2024-12-31", 1, area_id="zone"), "lower", ""),
        # A figure both narrower in concept and of a larger area bounds nothing, nor the reverse.
        (level("2024-12-31", 1, area_id="prefecture", concept="narrower"), "context", "crossed"),
        (level("2024-12-31", 1, area_id="zone", concept="broader"), "context", "crossed"),
        # More than X has no top; about X is no bound at all.
        (level("2024-12-31", 1, area_id="prefecture", bound="more_than"), "context", "open_above"),
        (level("2024-12-31", 1, area_id="prefecture", bound="about"), "context", "approximate"),
        (level("2024-12-31", 1, area_id="zone", bound="more_than"), "lower", ""),
        (level("2023-12-31", 1, area_id="prefecture"), "context", "before_plan"),
        # A province's total is an upper bound worth saying only where it settles the question.
        (level("2024-12-31", 5000, area_id="province"), "context", "too_wide"),
        (level("2024-12-31", 12, area_id="province"), "upper", ""),
    ],
)
def test_role_of_a_level(figure: dict[str, Any], role: str, why: str) -> None:
    assert roles(tables(figure)) == [(role, why)]


@pytest.mark.parametrize(
    ("figure", "role", "why"),
    [
        (year(2025, 1, source_id="s2025"), "like", ""),
        ({"period_start": "2025-01-01", "period_end": "2025-09-30", "measure": "flow"}, "lower", "partial_year"),
        ({"period_start": "2025-01-01", "period_end": "2025-10-31", "measure": "flow", "concept": "narrower"},
         "lower", ""),
        ({"period_start": "2025-01-01", "period_end": "2025-10-31", "measure": "flow", "concept": "broader"},
         "context", "other_period"),
        ({"period_start": "2024-01-01", "period_end": "2025-12-31", "measure": "flow"}, "context", "other_period"),
        (year(2025, 262.84, area_id="prefecture"), "upper", ""),
        (level("2025-12-31", 200), "context", "other_measure"),
    ],
)  # fmt: skip
def test_role_of_a_years_flow(figure: dict[str, Any], role: str, why: str) -> None:
    assert roles(tables({"source_id": "s2025"} | figure, **OUTPUT)) == [(role, why)]


def test_units_convert_to_the_targets() -> None:
    found = evidence(tables(year(2024, 2.5e10, unit_code="cny"), **OUTPUT), AS_OF)
    assert found["figure"].tolist() == pytest.approx([250])


def test_nothing_nested_is_not_additive() -> None:
    frames = tables(
        level("2024-12-31", 15, area_id="prefecture", unit_code="percent"),
        quantity="share", unit_code="percent", value=17, additive=False,
    )  # fmt: skip
    assert roles(frames) == [("context", "not_additive")]


def test_places_that_are_not_nested_are_no_evidence() -> None:
    assert roles(tables(level("2024-12-31", 1, area_id="elsewhere"))) == []


def test_case_37_as_of_cuts_by_the_day_of_knowledge() -> None:
    frames = tables(level("2024-12-31", 400), level("2023-12-31", 300, source_id="undated"))
    assert [len(roles(frames, pd.Timestamp(day))) for day in ("2024-12-31", "2025-01-01", "2026-11-23")] == [
        0,
        1,
        2,
    ]


def test_broader_cumulative_flow_bounds_from_above_only_from_the_plans_start() -> None:
    kind = {"quantity": "cumulative_flow", "unit_code": "projects", "value": 200, "scope": "cumulative"}
    frames = tables(year(2024, 90, concept="broader"), year(2025, 90, concept="broader", source_id="s2025"),
                    year(2021, 83, concept="same"), **kind)  # fmt: skip
    assert roles(frames) == [("upper", ""), ("context", "other_period"), ("context", "before_plan")]


@pytest.mark.parametrize(
    ("value", "bound", "place"),
    [(594.7, "exact", 0.1), (594.76, "exact", 0.01), (423, "exact", 1), (28000, "exact", 1), (28000, "about", 1000),
     (0.05, "exact", 0.01)],
)  # fmt: skip
def test_last_printed_place(value: float, bound: str, place: float) -> None:
    assert last_printed_place(value, bound) == pytest.approx(place)


@pytest.mark.parametrize(
    ("values", "agreed"),
    [
        ([423, 423], 423),
        ([423, 424], None),
        ([860.8, 860.79], 860.79),
        ([860.7, 860.79], None),
        ([1000, 1004.4], None),
    ],
)
def test_figures_agree_within_rounding_or_conflict(values: list[float], agreed: float | None) -> None:
    stands = standing(of_x(tables(*(level("2024-12-31", v) for v in values))))
    assert [f.value for f in stands.figures] == ([] if agreed is None else [agreed])
    assert len(stands.conflicts) == (agreed is None)
    named = (stands.figures or stands.conflicts)[0].observation_ids
    assert sorted(named) == ["o0001", "o0002"]


@pytest.mark.parametrize(
    ("bound", "agrees"),
    [
        (level("2024-12-31", 400, bound="more_than"), True),
        (level("2024-12-31", 423, bound="more_than"), False),
        (level("2024-12-31", 424, area_id="zone"), False),
        (level("2024-12-31", 422, area_id="prefecture"), False),
        (level("2025-12-31", 430, area_id="zone"), True),
    ],
)
def test_a_figure_that_a_bound_denies_decides_nothing(bound: dict[str, Any], agrees: bool) -> None:
    stands = standing(of_x(tables(level("2024-12-31", 423), bound)))
    assert (len(stands.figures), len(stands.conflicts)) == ((1, 0) if agrees else (0, 1))


def test_an_assumption_yields_to_a_published_figure() -> None:
    frames = tables(level("2024-12-31", 400), level("2024-12-31", 500), assumed=frozenset({"o0002"}))
    stands = standing(of_x(frames))
    assert [(f.value, f.assumption) for f in stands.figures] == [(400, False)]


@pytest.mark.parametrize(
    ("figures", "sums", "lower"),
    [
        ([("2024-01-01", "2024-12-31", 80), ("2025-01-01", "2025-06-30", 30)], [80, 110], None),
        # A gap: the parts known are a lower bound, and nothing is put in between.
        ([("2024-01-01", "2024-06-30", 40), ("2025-01-01", "2025-12-31", 70)], [40], 110),
        ([("2025-01-01", "2025-12-31", 70)], [], 70),
        # A half year inside a whole one is not counted twice.
        ([("2024-01-01", "2024-06-30", 40), ("2024-01-01", "2024-12-31", 80)], [40, 80], None),
    ],
)
def test_a_cumulative_flow_sums_from_the_plans_start(
    figures: list[tuple[str, str, float]], sums: list[float], lower: float | None
) -> None:
    frames = tables(
        *({"period_start": s, "period_end": e, "value": v, "measure": "flow", "source_id": "s2025"} for s, e, v in figures),
        quantity="cumulative_flow", unit_code="projects", value=200, scope="cumulative",
    )  # fmt: skip
    stands = standing(of_x(frames))
    assert [f.value for f in stands.figures] == sums
    assert [b.lower for b in stands.bounds] == ([] if lower is None else [lower])


def twice(name: str) -> Frames:
    """Return tables of which one holds its first row twice."""
    frames = tables()
    rows: pd.DataFrame = getattr(frames, name)
    return replace(frames, **{name: pd.concat([rows, rows.iloc[:1]], ignore_index=True)})


def without(key: str) -> Frames:
    """Return tables with a target whose indicator or plan is in no table."""
    frames = tables()
    return replace(frames, targets=frames.targets.assign(**{key: "nowhere"}).astype({key: "string"}))


BAD = [
    (tables(direction=None), "progress.missing-direction"),
    (tables(quantity="vibe"), "progress.unknown-quantity"),
    (tables(level("2024-12-31", 1, unit_code="bushels")), "progress.unknown-unit"),
    (tables(level("2024-12-31", 1, observation_id="o1"), level("2025-12-31", 2, observation_id="o1")),
     "progress.repeated-observation"),
    (tables(level("2024-12-31", float("nan"))), "progress.missing-value"),
    (tables(level("2024-12-31", float("inf"))), "progress.missing-value"),
    (tables({"period_end": None}), "progress.missing-value"),
    (tables(due="2023-06-30"), "progress.target-before-base"),
    (tables(value=float("nan")), "progress.missing-value"),
    (tables(comparator="eq"), "progress.unknown-comparator"),
    (tables(scope="ever"), "progress.unknown-scope"),
    (tables(level("2024-12-31", 1, bound="some")), "progress.unknown-bound"),
    (tables(level("2024-12-31", 1, statement="rumour")), "progress.unknown-statement"),
    (tables(level("2024-12-31", 1, concept="like")), "progress.unknown-concept"),
    (twice("targets"), "progress.repeated-target"),
    (twice("indicators"), "progress.repeated-indicator"),
    (without("indicator_id"), "progress.unknown-indicator"),
    (without("plan_id"), "progress.unknown-plan"),
    (tables(level("2024-12-31", 1, period_start="2025-01-01")), "progress.start-after-end"),
    (tables(level("2024-12-31", -1)), "progress.negative-value"),
]  # fmt: skip


@pytest.mark.parametrize(("frames", "code"), BAD, ids=[code for _, code in BAD])
def test_bad_input_is_refused(frames: Frames, code: str) -> None:
    with pytest.raises(CheckFailed) as raised:
        check_tables(frames, AS_OF)
    assert {problem.code for problem in raised.value.problems} == {code}


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(CheckFailed) as raised:
        check_tables(
            tables(level("2024-12-31", float("nan"), unit_code="bushels")), pd.Timestamp("2024-01-01")
        )
    assert {problem.code for problem in raised.value.problems} == {
        "progress.unknown-unit", "progress.missing-value", "progress.as-of-before-plan"
    }  # fmt: skip


def test_an_outturn_of_a_later_month_cannot_have_happened() -> None:
    frames = tables(level("2025-12-31", 423, source_id="s2024"))
    with pytest.raises(CheckFailed) as raised:
        evidence(frames, pd.Timestamp("2025-11-30"))
    assert raised.value.problems[0].code == "progress.period-after-as-of"
    # Month-stamped figures are known before their month is over.
    assert len(evidence(frames, pd.Timestamp("2025-12-05"))) == 1
