"""From tables to assessments: one case for each kind and edge of the methods' table 1.10."""

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_tables import Frames, level, tables, year

from daye_analysis.errors import CheckFailed, WrongUsage
from daye_analysis.progress.judging import assess, assess_target
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.vocabulary import (
    FORECAST_TEXT,
    GRADE_TEXT,
    STATUS_TEXT,
    Forecast,
    Grade,
    Status,
)

AS_OF = "2026-11-23"
COUNTS: dict[str, Any] = {
    "quantity": "annual_flow",
    "unit_code": "projects",
    "value": 60,
    "scope": "annual",
    "first_year": 2024,
}
SUM: dict[str, Any] = {
    "quantity": "cumulative_flow",
    "unit_code": "projects",
    "value": 200,
    "scope": "cumulative",
}
SHARE: dict[str, Any] = {"quantity": "share", "unit_code": "percent", "value": 17, "additive": False}
COVERAGE: dict[str, Any] = {
    "quantity": "coverage",
    "unit_code": "percent",
    "value": 100,
    "scope": "sustained",
    "additive": False,
}
RANK: dict[str, Any] = {"quantity": "rank", "unit_code": "rank", "value": 1, "comparator": "le", "direction": "decrease",
        "scope": "sustained", "additive": False}  # fmt: skip
REDUCTION: dict[str, Any] = {"quantity": "cumulative_reduction", "unit_code": "percent", "value": 12, "scope": "cumulative",
             "additive": False}  # fmt: skip
BASE = level("2023-12-31", 300)


@pytest.mark.parametrize(
    ("frames", "status", "reason"),
    [
        (tables(), "no_figure", "no_figure"),
        (tables(level("2024-12-31", 1, concept="related")), "not_comparable", "not_comparable"),
        (tables(level("2024-12-31", 500, statement="target")), "no_figure", "no_figure"),
        (tables(level("2024-12-31", 80, area_id="zone")), "bounded_below", "only_bounds"),
        (tables(level("2024-12-31", 800, area_id="prefecture")), "bounded_above", "only_bounds"),
        (tables(level("2024-12-31", 80, area_id="zone"), level("2024-12-31", 800, area_id="prefecture")), "bounded",
         "only_bounds"),
        (tables(level("2024-12-31", 900, area_id="zone"), level("2024-12-31", 800, area_id="prefecture")), "conflict",
         "conflict"),
        (tables(level("2024-12-31", 400), level("2024-12-31", 410)), "conflict", "conflict"),
        (tables(level("2024-12-31", 400)), "no_baseline", "no_baseline"),
        (tables(level("2024-12-31", 500)), "at_level", "none"),
        (tables(BASE, level("2024-12-31", 400)), "ahead", "none"),
        (tables(BASE, level("2024-12-31", 350)), "in_line", "none"),
        (tables(BASE, level("2024-12-31", 310)), "lagging", "none"),
        (tables(BASE), "not_assessed", "figure_not_after_base"),
        (tables(level("2023-12-31", 450), level("2024-12-31", 440)), "lost", "none"),
        (tables(level("2023-12-31", 460), level("2024-12-31", 455)), "at_level", "none"),
        # A base of November 2022 is more than twelve months before the plan's start.
        (tables(level("2022-11-30", 300), level("2024-12-31", 350)), "no_baseline", "no_baseline"),
        # One of January 2023 is a base, and the even schedule runs from its own date: a third of the way after 49 %.
        (tables(level("2023-01-31", 300), level("2024-12-31", 350)), "lagging", "none"),
        # Ten or fewer: the shortfall in units only.
        (tables(level("2023-12-31", 2), level("2024-12-31", 5), value=7), "not_assessed", "small_count"),
        (tables(year(2024, 90), **SUM), "ahead", "none"),
        (tables(year(2024, 210), **SUM), "achieved_early", "none"),
        (tables(level("2023-12-31", 14, unit_code="percent"), level("2024-12-31", 15, unit_code="percent"), **SHARE),
         "in_line", "none"),
        (tables(level("2024-12-31", 99.5), **COVERAGE), "no_baseline", "no_baseline"),
        (tables(level("2024-12-31", 100), **COVERAGE), "at_level", "none"),
        (tables(year(2024, 61), **COUNTS), "not_assessed", "part_of_time"),
        (tables(year(2024, 59), **COUNTS), "not_met", "each_year"),
        (tables(year(2024, 300, concept="broader"), **COUNTS), "bounded_above", "only_bounds"),
        (tables(level("2024-12-31", 1, measure="rank"), **RANK), "not_assessed", "part_of_time"),
        (tables(level("2024-12-31", 2, measure="rank"), **RANK), "not_met", "each_year"),
        (tables(level("2024-12-31", 4.0, growth_base_end="2023-12-31"), **REDUCTION), "in_line", "none"),
        (tables(level("2024-12-31", 4.0), **REDUCTION), "not_comparable", "not_comparable"),
    ],
)  # fmt: skip
def test_status(frames: Frames, status: str, reason: str) -> None:
    found = assess_target(frames, "x", AS_OF)
    assert (found.status, found.status_reason) == (status, reason)


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ([BASE, level("2026-12-31", 450, source_id="s2026")], "met"),
        ([BASE, level("2025-12-31", 455), level("2026-12-31", 450, source_id="s2026")], "achieved_early"),
        ([BASE, level("2026-12-31", 449, source_id="s2026")], "not_met"),
        ([level("2026-12-31", 440, area_id="prefecture", source_id="s2026")], "not_met"),
        # The due date is past, but the latest figure is older: it is judged at its own date.
        ([BASE, level("2024-12-31", 350)], "in_line"),
    ],
)
def test_status_after_the_due_date(figures: list[dict[str, Any]], status: str) -> None:
    assert assess_target(tables(*figures), "x", "2027-06-30").status == status


def test_every_intermediate_can_be_redone_by_hand() -> None:
    found = assess_target(tables(BASE, level("2025-06-30", 380, source_id="s2025")), "x", AS_OF)
    assert found.elapsed_share == pytest.approx(0.5)
    assert found.progress == pytest.approx(80 / 150)
    assert found.lead == pytest.approx(100 * 80 / 150 - 50)
    assert found.progress_log == pytest.approx(math.log(380 / 300) / math.log(1.5))
    assert found.years_left == 1.5
    assert found.required_growth == pytest.approx((450 / 380) ** (1 / 1.5) - 1)
    assert found.actual_growth == pytest.approx((380 / 300) ** (1 / 1.5) - 1)
    assert found.required_growth_from_base == pytest.approx(1.5 ** (1 / 3) - 1)
    assert found.pace_ratio_log == pytest.approx(found.progress_log / found.elapsed_share)
    assert found.arrival is not None and found.arrival.year == 2026
    assert (found.value_observations, found.base_observations) == ("o0002", "o0001")
    assert (found.evidence_class, found.evidence_grade, found.comparable_figures) == ("like", "C", 2)


def test_each_year_stands_for_itself() -> None:
    frames = tables(year(2024, 70), year(2025, 61, source_id="s2025"),
                    {"period_start": "2026-01-01", "period_end": "2026-06-30", "measure": "flow", "value": 63,
                     "source_id": "s2025", "observation_id": "half"}, **COUNTS)  # fmt: skip
    found = assess_target(frames, "x", AS_OF)
    assert found.year_verdicts == "2024:met 2025:met 2026:met"
    assert (found.years_due, found.years_known, found.years_met) == (2, 2, 2)
    assert (found.status, found.schedule_reason, found.pace_reason) == (
        "achieved_early",
        "each_year",
        "each_year",
    )
    assert math.isnan(found.lead)


def test_a_reduction_is_scheduled_in_logarithms() -> None:
    figure = level("2024-12-31", 4.0, growth_base_end="2023-12-31")
    found = assess_target(tables(figure, **REDUCTION), "x", AS_OF)
    assert found.progress == pytest.approx(4 / 12)
    assert found.progress_log == pytest.approx(math.log(0.96) / math.log(0.88))
    # Intensity still has to fall by this a year, from 0.96 to 0.88 in two.
    assert found.required_growth == pytest.approx((0.88 / 0.96) ** 0.5 - 1)
    assert found.required_change == pytest.approx(4)


def test_a_share_moves_in_points() -> None:
    found = assess_target(tables(level("2023-12-31", 14), level("2024-12-31", 15), **SHARE), "x", AS_OF)
    assert math.isnan(found.required_growth) and found.required_growth_reason == "points_not_rate"
    assert found.required_change == pytest.approx(1)
    assert found.pace_ratio_linear == pytest.approx(1)
    assert math.isnan(found.pace_ratio)


def test_a_sum_is_scheduled_from_zero_and_has_no_growth_rate() -> None:
    half = {"period_start": "2024-01-01", "period_end": "2024-06-30", "measure": "flow", "value": 50}
    found = assess_target(tables(half, **SUM), "x", AS_OF)
    assert (found.base, found.base_date, found.base_observations) == (0, dt.date(2023, 12, 31), "")
    assert found.elapsed_share == pytest.approx(1 / 6)
    assert found.progress == found.completion_rate == 0.25
    assert (found.required_growth_reason, found.required_change) == ("sum_not_rate", 150 / 2.5)
    assert (found.forecast_reason, found.status) == ("one_figure", "ahead")


def test_every_reason_and_status_has_words() -> None:
    assert set(REASON_TEXT) == set(Reason) and set(STATUS_TEXT) == set(Status)
    assert set(FORECAST_TEXT) == set(Forecast) and set(GRADE_TEXT) == set(Grade)
    assert not any("难以达成" in text.zh for text in (*REASON_TEXT.values(), *FORECAST_TEXT.values()))


def test_a_bound_settles_only_its_own_year() -> None:
    frames = tables(year(2025, 262.84, area_id="prefecture", source_id="s2025"),
                    quantity="output_value", unit_code="cny_100m", value=300)  # fmt: skip
    found = assess_target(frames, "x", AS_OF)
    assert (found.evidence_class, found.status, found.settled) == ("bounds_only", "bounded_above", "not_met")
    assert found.bound_date == dt.date(2025, 12, 31)
    assert round(100 * found.required_growth_at_least, 1) == 14.1
    assert found.required_growth_reason == "only_bounds"


def test_what_rests_on_an_assumption_says_so() -> None:
    figures = (level("2023-12-31", 300), level("2024-12-31", 350))
    assert assess_target(tables(*figures, assumed=frozenset({"o0001"})), "x", AS_OF).rests_on_assumption
    assert not assess_target(tables(*figures), "x", AS_OF).rests_on_assumption


def test_an_assumption_raises_no_grade() -> None:
    figures = (level("2023-12-31", 300), level("2024-12-31", 350))
    found = assess_target(tables(*figures, assumed=frozenset({"o0001"})), "x", AS_OF)
    assert (found.comparable_figures, found.evidence_grade, found.base) == (1, "D", 300)
    assert found.forecast_reason == "one_figure"


@pytest.mark.parametrize(
    ("as_of", "reason", "given"), [("2026-12-31", "none", True), ("2027-01-01", "due_passed", False)]
)
def test_after_the_due_date_no_growth_is_required(as_of: str, reason: str, given: bool) -> None:
    found = assess_target(tables(BASE, level("2024-12-31", 350)), "x", as_of)
    assert found.required_growth_reason == reason
    assert math.isfinite(found.required_growth) is math.isfinite(found.required_change) is given
    bound = assess_target(tables(level("2024-12-31", 400, area_id="prefecture")), "x", as_of)
    assert math.isfinite(bound.required_growth_at_least) is given


def test_a_later_plan_blocks_no_earlier_date() -> None:
    one = tables(BASE, level("2024-12-31", 350))
    later = {"plan_id": "q", "published": pd.Timestamp("2027-02-28")}
    two = replace(
        one,
        plans=pd.concat([one.plans, one.plans.assign(**later)], ignore_index=True),
        targets=pd.concat([one.targets, one.targets.assign(target_id="y", plan_id="q")], ignore_index=True),
    )
    assert list(assess(two, AS_OF)["target_id"]) == ["x"]
    assert list(assess(two, "2027-02-28")["target_id"]) == ["x", "y"]
    with pytest.raises(WrongUsage):
        assess_target(two, "y", AS_OF)
    with pytest.raises(CheckFailed) as raised:
        assess(two, "2024-01-31")
    assert {problem.code for problem in raised.value.problems} == {"progress.as-of-before-plan"}


def test_unknown_target() -> None:
    with pytest.raises(WrongUsage) as raised:
        assess_target(tables(), "y", AS_OF)
    assert raised.value.problems[0].code == "progress.unknown-target"


def test_table_has_plain_types() -> None:
    found = assess(tables(BASE, level("2024-12-31", 350)), AS_OF)
    kinds = {name: str(kind) for name, kind in found.dtypes.items()}
    assert set(kinds.values()) <= {"string", "float64", "Int64", "boolean", "datetime64[us]"}
    assert kinds["value_date"] == "datetime64[us]" and kinds["met"] == "boolean"
    assert len(found) == 1


@settings(max_examples=5, deadline=None)
@given(st.floats(1, 1000), st.floats(1, 1000), st.floats(1, 1000))
def test_units_change_no_status(base: float, value: float, target: float) -> None:
    def judged(factor: float, unit: str) -> tuple[str, str, str]:
        figures = (year(2023, base * factor, unit_code=unit), year(2024, value * factor, unit_code=unit))
        frames = tables(*figures, quantity="output_value", unit_code="cny_100m", value=target)
        found = assess_target(frames, "x", AS_OF)
        return found.status, found.settled, found.schedule_reason

    assert judged(1, "cny_100m") == judged(1e8, "cny")
