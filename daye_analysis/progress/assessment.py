"""One typed assessment for each target: attainment, bounds, schedule and pace with all intermediate values, and reasons for gaps."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assessment:
    """What can be said of one target of one area as of one day; the fields are the columns of `assessments`.

    Values are in the target's unit, shares and growths as shares (0.064 for 6.4 %), leads in percentage points,
    times in years; NaN, None or an empty text where nothing can be said, and then the field's reason says why.
    """

    target_id: str
    area_id: str
    as_of: datetime.date
    plan_id: str
    indicator_id: str
    quantity: str
    direction: str
    comparator: str
    target: float
    unit_code: str
    scope: str
    due: datetime.date

    # The evidence: comparable, bounds_only, related_only or nothing; grade 0, D, C, B or A.
    evidence_class: str
    evidence_grade: str
    comparable_figures: int
    rests_on_assumption: bool
    status: str
    status_reason: str

    # The verdict: the date or period that gives it (start None for a level), met, not_met, open or conflict; by a figure
    # or by bounds; from when on it has held; whether the outcome at the due date is settled.
    verdict_start: datetime.date | None
    verdict_date: datetime.date | None
    settled: str
    settled_by: str
    settled_from: datetime.date | None
    outcome_settled: bool
    date_is_inferred: bool

    # The latest comparable figure.
    value: float
    value_start: datetime.date | None
    value_date: datetime.date | None
    value_observations: str
    conflicting_observations: str
    met: bool | None
    met_earlier: bool
    shortfall: float
    headroom: float
    completion_rate: float
    near: bool

    # Bounds of the date that gives the verdict, or of a later date than the figure that gives it, as printed.
    bound_start: datetime.date | None
    bound_date: datetime.date | None
    lower_bound: float
    lower_bound_is_open: bool
    lower_bound_observations: str
    upper_bound: float
    upper_bound_is_open: bool
    upper_bound_observations: str

    # Targets of each year: never averaged. verdicts is such as "2024:no_figure 2025:met".
    years_due: int
    years_known: int
    years_met: int
    year_verdicts: str

    # Layer B, from the base to the due date, at the figure's own date.
    base: float
    base_start: datetime.date | None
    base_date: datetime.date | None
    base_observations: str
    elapsed_share: float
    progress: float
    progress_log: float
    lead: float
    lead_log: float
    schedule_reason: str

    # Layer C. years_left from as_of to the due date, years_from_figure from the latest figure to it; at_least and at_most
    # follow from the bounds, the least and the most that is needed.
    years_left: float
    years_from_figure: float
    required_growth: float
    required_change: float
    required_growth_reason: str
    required_growth_at_least: float
    required_growth_at_most: float
    actual_growth: float
    required_growth_from_base: float
    pace_ratio: float
    pace_ratio_log: float
    pace_ratio_linear: float
    arrival: datetime.date | None
    pace_reason: str

    # The reference class: how often comparable series grew as fast as now required, over as many years, in the desired
    # direction. Each series counts once, the target's own not at all. basis is what the required growth starts from:
    # figure, upper_bound or lower_bound; from a bound it is the least required, and the share the most that it can be.
    # highest is the growth that went furthest in the desired direction (for falling targets the steepest fall).
    reference_class: str
    reference_basis: str
    reference_years: float
    reference_series: int
    reference_growths: int
    reference_share_at_least: float
    reference_share_low: float
    reference_share_high: float
    reference_median: float
    reference_highest: float

    # Derived by arithmetic from two published figures; decides nothing.
    derived_value: float
    derived_date: datetime.date | None
    derived_observations: str

    # Sensitivity: robust is None where the label does not rest on the schedule.
    robust: bool | None
    variants: str
    other_bases: str

    # Layer D; class_weight is how much of the drift comes from other series.
    probability: float
    interval_low: float
    interval_high: float
    class_weight: float
    forecast: str
    forecast_reason: str
    backtest_pairs: int
