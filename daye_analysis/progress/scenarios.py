"""Where hardly a figure exists: the growth needed from each plausible starting point, against growth ever seen."""

from __future__ import annotations

import datetime
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from daye_analysis.package.evidence.quantity_types import quantity_type as kind_of
from daye_analysis.progress.arrays import floats
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.judging import assess_target
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.reference_class import growths_ever, place
from daye_analysis.progress.tables import Tables, as_day

# Starting points as shares of the target.
STARTING_SHARES: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def scenario_map(
    target: float,
    start_values: ArrayLike,
    start_dates: ArrayLike,
    due: datetime.date,
    growths: ArrayLike,
) -> pd.DataFrame:
    """Return the growth needed from each starting value on each starting date, one row each.

    Columns: start_date, start_value, share_of_target, required_growth (a year), share_at_least (what share of `growths`
    ever seen was as high) and above_all_seen. Every row is a supposition, none a finding.
    """
    values, dates = floats(start_values), np.asarray(start_dates, dtype="datetime64[D]")
    date, value = (grid.ravel() for grid in np.meshgrid(dates, values, indexing="ij"))
    left = years_between(date, np.datetime64(due))
    needed = compound_growth(value, target, left)
    places = [place(float(growth), growths) for growth in needed]
    return pd.DataFrame(
        {
            "start_date": date.astype("datetime64[us]"),
            "start_value": value,
            "share_of_target": value / target,
            "required_growth": needed,
            "share_at_least": [p.share_at_least for p in places],
            "above_all_seen": [
                p.number > 0 and bool(g > p.highest) for p, g in zip(places, needed, strict=True)
            ],
        }
    )


def scenarios(tables: Tables, target_id: str, as_of: str | datetime.date) -> tuple[pd.DataFrame, Reason]:
    """Return the scenario map of one target, with column `possible`, and why there is none where a growth rate has no meaning for it.

    Starts: shares of the target at the ends of the years from the plan's start to the last one over. Bounds known for
    one of these days rule starting points of that day out; growth ever seen is that of the indicator's reference class.
    """
    found = assess_target(tables, target_id, as_of)
    indicator = tables.indicators[tables.indicators["indicator_id"] == found.indicator_id].iloc[0]
    unit_kind = tables.measurement_units.set_index("unit_code")["kind"]
    kind = kind_of(found.quantity, str(unit_kind[found.unit_code]))
    reason = Reason[found.required_growth_reason.upper()]
    empty = scenario_map(found.target, [], [], found.due, [])
    if not kind.grows:
        return empty, kind.withheld or Reason.METHOD_SILENT
    if reason in (Reason.SMALL_COUNT, Reason.EACH_YEAR, Reason.ALREADY_MET, Reason.DUE_PASSED):
        return empty, reason
    plan = tables.plans[tables.plans["plan_id"] == found.plan_id].iloc[0]
    last = min(as_day(as_of).year - 1, found.due.year - 1)
    ends = [datetime.date(year, 12, 31) for year in range(plan["start"].year, last + 1)]
    growths = growths_ever(tables, as_of)
    seen = growths.loc[growths["reference_class"] == indicator["reference_class"], "growth"]
    starts = [share * found.target for share in STARTING_SHARES]
    table = scenario_map(found.target, starts, [np.datetime64(d) for d in ends], found.due, seen.to_numpy())
    at_bound = table["start_date"] == pd.Timestamp(found.bound_date or datetime.date.max)
    outside = (table["start_value"] < found.lower_bound) | (table["start_value"] > found.upper_bound)
    table["possible"] = ~(at_bound & outside)
    return table, Reason.NONE
