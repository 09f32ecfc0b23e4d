"""Where hardly a figure exists: the growth needed from each plausible starting point, against growth comparable series showed."""

from __future__ import annotations

import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.package.view import PackageView
from daye_analysis.progress.arrays import floats
from daye_analysis.progress.assess import assess_target
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.reference_class import class_share, growths_ever, of_class, once, over

# How much of the way is done at a starting point: that share of a target that rises; one that falls, over that share.
STARTING_SHARES: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def scenario_map(
    target: float,
    start_values: ArrayLike,
    start_dates: ArrayLike,
    due: datetime.date,
    growths: pd.DataFrame,
    direction: str = "increase",
) -> pd.DataFrame:
    """Return the growth needed from each starting value on each starting date, one row each.

    `growths` are those of the target's class (rows of `growths_ever`); each row is compared with those over as many
    years. Columns: start_date, start_value, share_of_target, required_growth (a year), reference_series, share_at_least
    with share_low and share_high (what share of them went at least as far), and beyond_all_seen. Every row is a
    supposition, none a finding.
    """
    values, dates = floats(start_values), np.asarray(start_dates, dtype="datetime64[D]")
    date, value = (grid.ravel() for grid in np.meshgrid(dates, values, indexing="ij"))
    left = years_between(date, np.datetime64(due))
    needed = compound_growth(value, target, left)
    sign = 1.0 if direction == "increase" else -1.0
    seen = {years: once(growths[over(growths, years)]) for years in set(left.tolist())}
    shares = [
        class_share(float(growth), seen[years]["series"], seen[years]["growth"], sign)
        for growth, years in zip(needed, left.tolist(), strict=True)
    ]
    return pd.DataFrame(
        {
            "start_date": date.astype("datetime64[us]"),
            "start_value": value,
            "share_of_target": value / target,
            "required_growth": needed,
            "reference_series": [each.series for each in shares],
            "share_at_least": [each.share for each in shares],
            "share_low": [each.low for each in shares],
            "share_high": [each.high for each in shares],
            "beyond_all_seen": [
                each.series > 0 and bool(sign * growth > sign * each.furthest)
                for each, growth in zip(shares, needed, strict=True)
            ],
        }
    )


def scenarios(view: PackageView, target_id: str) -> tuple[pd.DataFrame, Reason]:
    """Return the scenario map of one target, with column `possible`, and why there is none where a growth rate has no meaning for it.

    Starts: shares of the target at the ends of the years from the plan's start to the last one over. Bounds known for
    one of these days rule starting points of that day out; growth ever seen is that of the indicator's reference class.
    """
    found = assess_target(view, target_id)
    indicator = view.package.indicators[view.package.indicators["indicator_id"] == found.indicator_id].iloc[0]
    unit_kind = view.package.measurement_units.set_index("unit_code")["kind"]
    kind = quantity_type(found.quantity, str(unit_kind[found.unit_code]))
    reason = Reason[found.required_growth_reason.upper()]
    growths = growths_ever(view)
    growths = of_class(growths, str(indicator["reference_class"]), found.direction, (found.indicator_id, found.area_id))
    empty = scenario_map(found.target, [], [], found.due, growths)
    if not kind.grows:
        return empty, Reason.of(kind.withheld) or Reason.METHOD_SILENT
    if reason in (Reason.SMALL_COUNT, Reason.EACH_YEAR, Reason.ALREADY_MET, Reason.DUE_PASSED, Reason.LATER_BOUND):
        return empty, reason
    plan = view.package.plans[view.package.plans["plan_id"] == found.plan_id].iloc[0]
    last = min(view.day.year - 1, found.due.year - 1)
    ends = [datetime.date(year, 12, 31) for year in range(plan["start"].year, last + 1)]
    rises = found.direction == "increase"
    starts = [found.target * share if rises else found.target / share for share in STARTING_SHARES]
    table = scenario_map(found.target, starts, [np.datetime64(d) for d in ends], found.due, growths, found.direction)
    at_bound = table["start_date"] == pd.Timestamp(found.bound_date or datetime.date.max)
    outside = (table["start_value"] < found.lower_bound) | (table["start_value"] > found.upper_bound)
    table["possible"] = ~(at_bound & outside)
    return table, Reason.NONE
