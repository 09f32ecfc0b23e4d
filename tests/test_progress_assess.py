"""From tables to assessments: one case for each kind and edge of the methods' table 1.10."""

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_tables import Frames, level, seen, tables, year

from daye_analysis.errors import CheckFailed, WrongUsage
from daye_analysis.progress.assess import assess, assess_target
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
        (tables(level("2023-12-31", 450), level("2024-12-31", 440)), "not_assessed", "fell_since_base"),
        (tables(level("2023-12-31", 460), level("2024-12-31", 455)), "met_at_start", "none"),
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
    found = assess_target(seen(frames, AS_OF), "x")
    assert (found.status, found.status_reason) == (status, reason)


@pytest.mark.parametrize(
    ("figures", "status"),
    [
        ([BASE, level("2026-12-31", 450, source_id="s2026")], "met"),
        ([BASE, level("2025-12-31", 455), level("2026-12-31", 450, source_id="s2026")], "achieved_early"),
        ([BASE, level("2026-12-31", 449, source_id="s2026")], "not_met"),
        ([level("2026-12-31", 440, area_id="prefecture", source_id="s2026")], "not_met"),
        # The due date is past: an older figure is named and calls no one ahead or behind.
        ([BASE, level("2024-12-31", 350)], "no_due_figure"),
        ([BASE, level("2024-12-31", 460)], "no_due_figure"),
        ([level("2024-12-31", 400, area_id="prefecture")], "no_due_figure"),
        ([BASE], "not_assessed"),
        ([level("2026-12-31", 500, area_id="prefecture", source_id="s2026")], "bounded_above"),
        ([level("2026-12-31", 451, area_id="zone", source_id="s2026")], "met"),
        ([BASE, level("2026-12-31", 440, source_id="s2026"), level("2026-12-31", 460, source_id="s2026")], "conflict"),
        # Reached, lost and reached again is no early achievement.
        ([BASE, level("2024-12-31", 455), level("2025-12-31", 440, source_id="s2025"),
          level("2026-12-31", 450, source_id="s2026")], "met"),
        # Without a base below the target no one knows that it was achieved in the plan.
        ([level("2025-12-31", 455, source_id="s2025"), level("2026-12-31", 450, source_id="s2026")], "met"),
        ([], "no_figure"),
        ([level("2024-12-31", 1, concept="related")], "not_comparable"),
    ],
)
def test_status_after_the_due_date(figures: list[dict[str, Any]], status: str) -> None:
    assert assess_target(seen(tables(*figures), "2027-06-30"), "x").status == status


OUTPUT: dict[str, Any] = {"quantity": "output_value", "unit_code": "cny_100m", "value": 500}


def part(of: int, month: str, value: float, **more: Any) -> dict[str, Any]:
    return {"period_start": f"{of}-01-01", "period_end": f"{of}-{month}", "measure": "flow", "value": value,
            "source_id": f"s{of - 1}"} | more  # fmt: skip


@pytest.mark.parametrize(
    ("frames", "day", "status", "settled", "by", "date"),
    [
        # A later bound overrules an older exact figure.
        (tables(level("2025-12-31", 423, source_id="s2024"), level("2026-10-31", 450, bound="more_than", source_id="s2025")),
         AS_OF, "at_level", "met", "bounds", "2026-10-31"),
        # A later bound that settles nothing leaves the older figure's verdict.
        (tables(BASE, level("2025-12-31", 423, source_id="s2024"), level("2026-10-31", 430, bound="more_than", source_id="s2025")),
         AS_OF, "ahead", "not_met", "figure", "2025-12-31"),
        (tables(level("2025-12-31", 460, source_id="s2024"), level("2026-10-31", 455, source_id="s2025")),
         AS_OF, "at_level", "met", "figure", "2026-10-31"),
        (tables(level("2025-06-30", 460, source_id="s2024"), level("2025-12-31", 440, source_id="s2024")),
         AS_OF, "lost", "not_met", "figure", "2025-12-31"),
        (tables(level("2025-06-30", 460, source_id="s2024"), level("2025-12-31", 440, bound="at_most", source_id="s2024")),
         AS_OF, "lost", "not_met", "bounds", "2025-12-31"),
        # Part of a year that passes the year's target.
        (tables(part(2026, "09-30", 510), **OUTPUT), AS_OF, "reached_during_year", "met", "bounds", "2026-12-31"),
        (tables(part(2026, "09-30", 490), **OUTPUT), AS_OF, "bounded_below", "open", "", "2026-12-31"),
        (tables(part(2026, "09-30", 510), **OUTPUT), "2027-01-31", "met", "met", "bounds", "2026-12-31"),
        (tables(part(2025, "09-30", 510), **OUTPUT), AS_OF, "at_level", "met", "bounds", "2025-12-31"),
        (tables(part(2025, "09-30", 510), **OUTPUT), "2027-01-31", "no_due_figure", "met", "bounds", "2025-12-31"),
        # A sum only grows: what passes the target stays passed.
        (tables(year(2024, 80), year(2025, 130, source_id="s2025"), **SUM), AS_OF, "achieved_early", "met", "figure", "2025-12-31"),
        (tables(year(2025, 210, source_id="s2025"), **SUM), "2027-01-31", "achieved_early", "met", "bounds", "2025-12-31"),
        # A strict count.
        (tables(level("2025-12-31", 45, source_id="s2025"), comparator="gt", value=45), AS_OF, "no_baseline", "not_met", "figure",
         "2025-12-31"),
        (tables(level("2025-12-31", 45, source_id="s2025", bound="more_than"), comparator="gt", value=45), AS_OF, "at_level", "met",
         "bounds", "2025-12-31"),
        (tables(level("2025-12-31", 45, source_id="s2025", bound="at_least"), comparator="gt", value=45), AS_OF, "bounded_below",
         "open", "", "2025-12-31"),
        # About the target says nothing about it.
        (tables(level("2025-12-31", 450, source_id="s2025", bound="about")), AS_OF, "not_comparable", "", "", None),
        # A target that falls.
        (tables(level("2023-12-31", 40), level("2025-12-31", 25, source_id="s2025"), value=20, comparator="le", direction="decrease"),
         AS_OF, "ahead", "not_met", "figure", "2025-12-31"),
        (tables(level("2025-12-31", 18, area_id="prefecture", source_id="s2025"), value=20, comparator="le", direction="decrease"),
         AS_OF, "at_level", "met", "bounds", "2025-12-31"),
        # A conflict that is later than any agreed figure.
        (tables(level("2024-12-31", 423), level("2025-12-31", 430, source_id="s2025"), level("2025-12-31", 460, source_id="s2025")),
         AS_OF, "conflict", "conflict", "", "2025-12-31"),
        (tables(level("2024-12-31", 430), level("2024-12-31", 460), level("2025-12-31", 455, source_id="s2025")),
         AS_OF, "at_level", "met", "figure", "2025-12-31"),
        # What was before the plan settles nothing in a headline, but a base at the target is told.
        (tables(level("2022-06-30", 460)), AS_OF, "not_assessed", "open", "", "2022-06-30"),
        (tables(level("2023-12-31", 460)), AS_OF, "met_at_start", "met", "figure", "2023-12-31"),
    ],
)  # fmt: skip
def test_the_latest_date_that_says_anything_decides(
    frames: Frames, day: str, status: str, settled: str, by: str, date: str | None
) -> None:
    found = assess_target(seen(frames, day), "x")
    assert (found.status, found.settled, found.settled_by) == (status, settled, by)
    assert found.verdict_date == (dt.date.fromisoformat(date) if date else None)


def test_a_later_bound_ends_what_is_computed_from_the_older_figure() -> None:
    frames = tables(BASE, level("2025-12-31", 423, source_id="s2024"),
                    level("2026-10-31", 450, bound="more_than", source_id="s2025"))  # fmt: skip
    found = assess_target(seen(frames), "x")
    assert (found.value, found.bound_date, found.lower_bound, found.lower_bound_is_open) == (423, dt.date(2026, 10, 31), 450, True)
    assert (found.schedule_reason, found.required_growth_reason) == ("later_bound", "later_bound")
    assert math.isnan(found.lead) and math.isnan(found.required_growth) and math.isnan(found.required_growth_at_most)
    # One that settles nothing is shown beside the figure.
    frames = tables(BASE, level("2025-12-31", 423, source_id="s2024"),
                    level("2026-10-31", 430, bound="more_than", source_id="s2025"))  # fmt: skip
    found = assess_target(seen(frames), "x")
    assert (found.verdict_date, found.bound_date, found.lower_bound) == (dt.date(2025, 12, 31), dt.date(2026, 10, 31), 430)
    assert found.required_growth == pytest.approx(450 / 423 - 1)


def test_a_settled_outcome_ends_schedule_pace_and_forecast() -> None:
    found = assess_target(seen(tables(part(2025, "12-31", 300), part(2026, "09-30", 510), **OUTPUT)), "x")
    assert found.outcome_settled
    assert (found.schedule_reason, found.required_growth_reason, found.forecast_reason) == ("already_met",) * 3
    alone = assess_target(seen(tables(part(2026, "09-30", 510), **OUTPUT)), "x")
    assert (alone.required_growth_reason, alone.forecast_reason) == ("already_met",) * 2
    assert math.isnan(found.required_growth_at_most)


def test_a_target_that_must_be_passed_on_a_count_needs_the_next_number() -> None:
    found = assess_target(seen(tables(level("2025-12-31", 28, source_id="s2025"), value=45, comparator="gt", plan_start="2024-12-31")), "x")
    assert found.shortfall == 18
    assert found.required_growth == pytest.approx(46 / 28 - 1)
    money = tables(year(2025, 28, source_id="s2025"), value=45, comparator="gt", quantity="output_value", unit_code="cny_100m")
    assert assess_target(seen(money), "x").shortfall == 17


def test_periods_and_inferred_dates_are_carried() -> None:
    found = assess_target(seen(tables(year(2025, 300, source_id="s2025", date_basis="inferred"), **OUTPUT)), "x")
    assert (found.value_start, found.value_date) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert (found.verdict_start, found.date_is_inferred) == (dt.date(2025, 1, 1), True)
    assert assess_target(seen(tables(year(2025, 300, source_id="s2025"), **OUTPUT)), "x").date_is_inferred is False


def test_time_left_counts_from_the_day_and_growth_from_the_figure() -> None:
    found = assess_target(seen(tables(BASE, level("2025-12-31", 423, source_id="s2024")), "2026-06-30"), "x")
    assert (found.years_left, found.years_from_figure) == (0.5, 1.0)
    assert assess_target(seen(tables(BASE, level("2025-12-31", 423, source_id="s2024")), "2027-01-31"), "x").years_left == 0


def test_bounds_leave_a_least_and_a_most_that_is_needed() -> None:
    rising = tables(level("2024-12-31", 300, area_id="zone"), level("2024-12-31", 400, area_id="prefecture"))
    found = assess_target(seen(rising), "x")
    assert found.required_growth_at_least == pytest.approx((450 / 400) ** 0.5 - 1)
    assert found.required_growth_at_most == pytest.approx((450 / 300) ** 0.5 - 1)
    falling = tables(level("2024-12-31", 30, area_id="zone"), level("2024-12-31", 40, area_id="prefecture"), value=20,
                     comparator="le", direction="decrease")  # fmt: skip
    found = assess_target(seen(falling), "x")
    assert found.required_growth_at_least == pytest.approx((20 / 30) ** 0.5 - 1)
    assert found.required_growth_at_most == pytest.approx((20 / 40) ** 0.5 - 1)


def test_grades_count_figures_nearly_a_year_apart() -> None:
    months = [level(f"2025-{month}", 300, source_id="s2025") for month in ("01-31", "02-28", "03-31", "06-30")]
    assert assess_target(seen(tables(*months)), "x").comparable_figures == 1
    years = [level("2023-12-31", 300), level("2024-11-30", 320), level("2025-12-31", 340, source_id="s2025")]
    assert assess_target(seen(tables(*years)), "x").comparable_figures == 3


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ([level("2024-12-31", 100), level("2025-12-31", 99, source_id="s2025"), level("2026-12-31", 100, source_id="s2026")], "not_held"),
        ([level("2025-12-31", 100, source_id="s2025"), level("2026-12-31", 100, source_id="s2026")], "none"),
    ],
)  # fmt: skip
def test_what_is_to_be_held_says_whether_it_was(figures: list[dict[str, Any]], reason: str) -> None:
    found = assess_target(seen(tables(*figures, **COVERAGE), "2027-06-30"), "x")
    assert (found.status, found.status_reason) == ("met", reason)


def test_every_intermediate_can_be_redone_by_hand() -> None:
    found = assess_target(seen(tables(BASE, level("2025-06-30", 380, source_id="s2025")), AS_OF), "x")
    assert found.elapsed_share == pytest.approx(0.5)
    assert found.progress == pytest.approx(80 / 150)
    assert found.lead == pytest.approx(100 * 80 / 150 - 50)
    assert found.progress_log == pytest.approx(math.log(380 / 300) / math.log(1.5))
    assert found.years_from_figure == 1.5
    assert found.required_growth == pytest.approx((450 / 380) ** (1 / 1.5) - 1)
    assert found.actual_growth == pytest.approx((380 / 300) ** (1 / 1.5) - 1)
    assert found.required_growth_from_base == pytest.approx(1.5 ** (1 / 3) - 1)
    assert found.pace_ratio_log == pytest.approx(found.progress_log / found.elapsed_share)
    assert found.arrival is not None and found.arrival.year == 2026
    assert (found.value_observations, found.base_observations) == ("o0002", "o0001")
    assert (found.evidence_class, found.evidence_grade, found.comparable_figures) == ("comparable", "C", 2)


def test_each_year_stands_for_itself() -> None:
    frames = tables(year(2024, 70), year(2025, 61, source_id="s2025"),
                    {"period_start": "2026-01-01", "period_end": "2026-06-30", "measure": "flow", "value": 63,
                     "source_id": "s2025", "observation_id": "half"}, **COUNTS)  # fmt: skip
    found = assess_target(seen(frames, AS_OF), "x")
    assert found.year_verdicts == "2024:met 2025:met 2026:reached"
    assert (found.years_due, found.years_known, found.years_met) == (2, 2, 2)
    assert (found.status, found.schedule_reason, found.pace_reason) == (
        "reached_during_year",
        "each_year",
        "each_year",
    )
    assert math.isnan(found.lead)


def test_a_reduction_is_scheduled_in_logarithms() -> None:
    figure = level("2024-12-31", 4.0, growth_base_end="2023-12-31")
    found = assess_target(seen(tables(figure, **REDUCTION), AS_OF), "x")
    assert found.progress == pytest.approx(4 / 12)
    assert found.progress_log == pytest.approx(math.log(0.96) / math.log(0.88))
    # Intensity still has to fall by this a year, from 0.96 to 0.88 in two.
    assert found.required_growth == pytest.approx((0.88 / 0.96) ** 0.5 - 1)
    assert found.required_change == pytest.approx(4)


def test_a_share_moves_in_points() -> None:
    found = assess_target(seen(tables(level("2023-12-31", 14), level("2024-12-31", 15), **SHARE), AS_OF), "x")
    assert math.isnan(found.required_growth) and found.required_growth_reason == "points_not_rate"
    assert found.required_change == pytest.approx(1)
    assert found.pace_ratio_linear == pytest.approx(1)
    assert math.isnan(found.pace_ratio)


def test_a_sum_is_scheduled_from_zero_and_has_no_growth_rate() -> None:
    half = {"period_start": "2024-01-01", "period_end": "2024-06-30", "measure": "flow", "value": 50}
    found = assess_target(seen(tables(half, **SUM), AS_OF), "x")
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
    found = assess_target(seen(frames, AS_OF), "x")
    assert (found.evidence_class, found.status, found.settled) == ("bounds_only", "bounded_above", "not_met")
    assert found.bound_date == dt.date(2025, 12, 31)
    assert round(100 * found.required_growth_at_least, 1) == 14.1
    assert found.required_growth_reason == "only_bounds"


def test_what_rests_on_an_assumption_says_so() -> None:
    figures = (level("2023-12-31", 300), level("2024-12-31", 350))
    assert assess_target(seen(tables(*figures, assumed=frozenset({"o0001"})), AS_OF), "x").rests_on_assumption
    assert not assess_target(seen(tables(*figures), AS_OF), "x").rests_on_assumption


def test_an_assumption_raises_no_grade() -> None:
    figures = (level("2023-12-31", 300), level("2024-12-31", 350))
    found = assess_target(seen(tables(*figures, assumed=frozenset({"o0001"})), AS_OF), "x")
    assert (found.comparable_figures, found.evidence_grade, found.base) == (1, "D", 300)
    assert found.forecast_reason == "one_figure"


@pytest.mark.parametrize(
    ("as_of", "reason", "given"), [("2026-12-31", "none", True), ("2027-01-01", "due_passed", False)]
)
def test_after_the_due_date_no_growth_is_required(as_of: str, reason: str, given: bool) -> None:
    found = assess_target(seen(tables(BASE, level("2024-12-31", 350)), as_of), "x")
    assert found.required_growth_reason == reason
    assert math.isfinite(found.required_growth) is math.isfinite(found.required_change) is given
    bound = assess_target(seen(tables(level("2024-12-31", 400, area_id="prefecture")), as_of), "x")
    assert math.isfinite(bound.required_growth_at_least) is given


def test_a_later_plan_blocks_no_earlier_date() -> None:
    one = tables(BASE, level("2024-12-31", 350))
    later = {"plan_id": "q", "published": pd.Timestamp("2027-02-28")}
    two = replace(
        one,
        plans=pd.concat([one.plans, one.plans.assign(**later)], ignore_index=True),
        targets=pd.concat([one.targets, one.targets.assign(target_id="y", plan_id="q")], ignore_index=True),
    )
    assert list(assess(seen(two, AS_OF))["target_id"]) == ["x"]
    assert list(assess(seen(two, "2027-02-28"))["target_id"]) == ["x", "y"]
    with pytest.raises(WrongUsage):
        assess_target(seen(two, AS_OF), "y")
    with pytest.raises(CheckFailed) as raised:
        assess(seen(two, "2024-01-31"))
    assert {problem.code for problem in raised.value.problems} == {"progress.as-of-before-plan"}


def test_unknown_target() -> None:
    with pytest.raises(WrongUsage) as raised:
        assess_target(seen(tables(), AS_OF), "y")
    assert raised.value.problems[0].code == "progress.unknown-target"


def test_table_has_plain_types() -> None:
    found = assess(seen(tables(BASE, level("2024-12-31", 350))))
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
        found = assess_target(seen(frames, AS_OF), "x")
        return found.status, found.settled, found.schedule_reason

    assert judged(1, "cny_100m") == judged(1e8, "cny")
