"""Which published figures are comparable with a target as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

# The measures in which a quantity of each kind is published.
MEASURES: Final[dict[str, tuple[str, ...]]] = {
    "stock": ("level",),
    "output_value": ("flow",),
    "share": ("share_pct", "level"),
    "ratio": ("level", "flow"),
    "cumulative_flow": ("flow",),
    "annual_flow": ("flow",),
    "cumulative_reduction": ("level", "flow"),
    "coverage": ("share_pct", "level"),
    "rank": ("rank",),
    "growth_rate": ("growth_pct",),
}
# These count from the plan's start: a figure of earlier years is no part of them.
CUMULATIVE: Final = ("cumulative_flow", "cumulative_reduction")
# What a year adds up to: a figure for some of its months is a lower bound and no more.
YEARLY: Final = ("output_value", "annual_flow")


def asked(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the targets with `area_id` and `start` of their plan and `quantity` of their indicator."""
    plans = tables["plans"][["plan_id", "area_id", "start"]]
    traits = tables["indicators"][["indicator_id", "quantity"]]
    return tables["targets"].merge(plans, on="plan_id").merge(traits, on="indicator_id")


def like_figures(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the observations that are like a target, each with its `target_id`, by target and end of period.

    Like means: an outturn of the same concept for the plan's own area, without doubt, in a measure of the target's
    quantity and a unit that converts to the target's; of a yearly quantity only whole years, of a cumulative one only
    what lies in the plan's years.
    """
    units = tables["measurement_units"].set_index("unit_code")["base_unit"]
    targets = asked(tables)[["target_id", "indicator_id", "area_id", "start", "quantity", "unit_code"]]
    targets = targets.rename(columns={"unit_code": "target_unit"})
    rows = tables["observations"].merge(targets, on=["indicator_id", "area_id"])
    measured = rows["measure"].isin(())
    for quantity, measures in MEASURES.items():
        measured |= rows["quantity"].eq(quantity) & rows["measure"].isin(measures)
    begins = rows["period_start"].fillna(rows["period_end"])
    before_plan = rows["quantity"].isin(CUMULATIVE) & (begins <= rows["start"])
    start, end = rows["period_start"].dt, rows["period_end"].dt
    whole_year = start.day_of_year.eq(1) & end.month.eq(12) & end.day.eq(31) & start.year.eq(end.year)
    like = (
        (rows["statement"] == "outturn")
        & (rows["concept"] == "same")
        & rows["doubt_zh"].isna()
        & rows["doubt_en"].isna()
        & (rows["unit_code"].map(units) == rows["target_unit"].map(units))
        & ~before_plan
        & (~rows["quantity"].isin(YEARLY) | whole_year)
        & measured
    )
    found: pd.DataFrame = rows.loc[like, ["target_id", *tables["observations"].columns]]
    return found.sort_values(["target_id", "period_end", "observation_id"], ignore_index=True)
