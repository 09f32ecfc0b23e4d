"""The targets of the clusters, their bounds, their sum, and the whole with which it is compared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.evidence.target_evidence import evidence
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.view import PackageView, cached, is_sound
from daye_analysis.progress.assess import assess
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.series import like_points

_AIM_COLUMNS: Final = ["cluster_id", "position", "is_place", "name_zh", "name_en", "indicator_id"]


@dataclass(frozen=True, slots=True)
class AimSum:
    """What the aims of several clusters come to.

    Attributes
    ----------
    total
        In the aims' unit.
    unit_code, due
        Those that all of them share.
    cluster_ids
        The clusters that are summed.
    left_out
        Those that a place defines, where the others are sectors: what is in both would count twice.
    """

    total: float
    unit_code: str
    due: pd.Timestamp
    cluster_ids: tuple[str, ...]
    left_out: tuple[str, ...]


@cached
def cluster_aims(view: PackageView) -> pd.DataFrame:
    """Return the assessments of the clusters' targets in the list's order, with the cluster's columns.

    Added: `growth_from_base`, the growth a year that the target asks for from the base (a share; NaN without a base).
    Clusters without a target are left out; no rows where there are no clusters.
    """
    aims = view.package.clusters[_AIM_COLUMNS].merge(assess(view), on="indicator_id").sort_values("position")
    start, due = aims["base_date"].to_numpy("datetime64[D]"), aims["due"].to_numpy("datetime64[D]")
    years = years_between(start, due)
    return aims.assign(growth_from_base=compound_growth(aims["base"], aims["target"], years)).reset_index(drop=True)


def still_open(aims: pd.DataFrame) -> pd.Series:
    """Return of each aim whether its outcome is still open: not settled, not passed, and not past its due date."""
    return ~aims["outcome_settled"] & aims["settled"].ne("met") & (aims["as_of"] <= aims["due"])


def other_aims(view: PackageView) -> pd.DataFrame:
    """Return the rows of evidence that are aims which others, or other plans, state for the area or a part of it.

    Only those of the same thing, in a unit and measure that can be set beside the target, for a time after the plan's
    start; one row for each value and time.
    """
    rows = evidence(view)
    measured = [m in QUANTITY_TYPES[q].measures for m, q in zip(rows["measure"], rows["quantity"], strict=True)]
    usable = (
        rows["statement"].eq("target")
        & rows["relation"].isin(["own", "contained"])
        & rows["concept"].ne("related")
        & rows["figure"].notna()
        & (rows["period_end"] > rows["plan_start"])
        & is_sound(rows)
        & pd.Series(measured, rows.index, dtype="bool")
    )
    return rows[usable].drop_duplicates(["target_id", "figure", "period_end"])


def aim_sum(aims: pd.DataFrame) -> AimSum | None:
    """Return the sum of the sectors' aims, or None where fewer than two share one unit and one due date."""
    places = aims["is_place"].astype(bool)
    left_out = places & (not places.all())
    summed = aims[~left_out]
    if len(summed) < 2 or summed["unit_code"].nunique() > 1 or summed["due"].nunique() > 1:
        return None
    return AimSum(
        float(summed["target"].sum()), str(summed["unit_code"].iloc[0]), pd.Timestamp(summed["due"].iloc[0]),
        tuple(summed["cluster_id"]), tuple(aims.loc[left_out, "cluster_id"]),
    )  # fmt: skip


def aims_unit(aims: pd.DataFrame) -> str:
    """Return the unit of the first aim; empty where there is none."""
    return str(aims["unit_code"].iloc[0]) if len(aims) else ""


def own_area(tables: PackageTables) -> str:
    """Return the area of the package's first plan."""
    return str(tables.plans["area_id"].iloc[0])


@cached
def whole_series(view: PackageView, unit_code: str, indicator_id: str = "") -> pd.DataFrame:
    """Return the yearly figures of the whole that the clusters are set against, ascending.

    Columns as in `like_points`, `value` in `unit_code`. Without `indicator_id`: of the context indicators that are a
    year's output in a unit that converts, the one whose latest figure for the area is the largest; a sum that goes
    beyond it goes beyond them all. No rows where there is none.
    """
    tables = view.package
    points = like_points(view)
    roles = tables.indicators[["indicator_id", "role"]]
    points = points[points["area_id"] == own_area(tables)].merge(roles, on="indicator_id")
    wanted = points["indicator_id"].eq(indicator_id) if indicator_id else points["role"].eq("context")
    points = points[wanted & points["quantity"].eq("output_value")]
    factor = unit_factors(tables, unit_code)
    points = points[points["unit_code"].isin(factor.index)].copy()
    points["value"] *= points["unit_code"].map(factor).astype("float64")
    if points.empty:
        return points
    latest = points.sort_values("date").groupby("indicator_id")["value"].last()
    return points[points["indicator_id"] == latest.idxmax()].sort_values("date").reset_index(drop=True)


def unit_factors(tables: PackageTables, unit_code: str) -> pd.Series:
    """Return, by unit code, what to multiply by to come to `unit_code`; only units that convert to it."""
    units = tables.measurement_units.set_index("unit_code")
    if not unit_code:
        return pd.Series(dtype="float64")
    same = units[units["base_unit"] == units["base_unit"][unit_code]]
    shift = same["power_of_ten"].astype("float64") - int(units["power_of_ten"][unit_code])
    return pd.Series(np.power(10.0, shift), same.index)


def required_path(value: float, date: pd.Timestamp, goal: float, due: pd.Timestamp) -> float:
    """Return the growth a year, as a share, that leads from `value` at `date` to `goal` at `due`."""
    years = years_between(np.datetime64(date, "D"), np.datetime64(due, "D"))
    return float(compound_growth(value, goal, years))


def starting_points(aims: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of each cluster's latest starting point as a share of its aim.

    Columns: cluster_id, date, years (to the due date), low and high: the same where a comparable figure gives it, else
    what the bounds leave open (low 0, high NaN where nothing bounds that side). Clusters of which nothing is known, and
    those whose outcome is no longer open, are left out.
    """
    aims = aims[still_open(aims)]
    # A later bound that settles something goes before an older figure.
    fact = aims["value"].notna() & aims["settled_by"].ne("bounds")
    date = aims["value_date"].where(fact, aims["bound_date"])
    years = years_between(date.to_numpy("datetime64[D]"), aims["due"].to_numpy("datetime64[D]"))
    points = pd.DataFrame(
        {
            "cluster_id": aims["cluster_id"],
            "date": date,
            "years": years,
            "low": (aims["value"].where(fact, aims["lower_bound"]) / aims["target"]).fillna(0.0),
            "high": aims["value"].where(fact, aims["upper_bound"]) / aims["target"],
        }
    )
    return points[date.notna() & (years > 0)].reset_index(drop=True)


def start_needed(growth: float, years: float) -> float:
    """Return the share of its aim at which a cluster must be to reach it by `growth` a year in `years`."""
    return math.nan if growth <= -1 else (1 + growth) ** -years


def indicator_of(series: pd.DataFrame) -> str:
    """Return the indicator that a series of `whole_series` is of; empty for no series."""
    return str(series["indicator_id"].iloc[0]) if len(series) else ""
