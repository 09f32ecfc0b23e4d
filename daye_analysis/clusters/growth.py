"""Growth as published: a context indicator by period and area, and the past growth of the clusters' class."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.clusters.aims import own_area
from daye_analysis.package.areas import areas_containing, areas_within
from daye_analysis.package.view import PackageView, cached, is_sound
from daye_analysis.progress.reference_class import growths_ever, once

_TIERS: Final = {"official": 0, "media": 1, "repost": 2}


def near_areas(areas: pd.DataFrame, area_id: str) -> dict[str, str]:
    """Return the places that an area is compared with, each with how it relates to it.

    own, parent, containing; sibling: in the same parent; neighbour: elsewhere in the nearest containing province, zones
    left out.
    """
    above = areas_containing(areas, area_id)
    level = areas.set_index("area_id")["level"]
    province = next((area for area in above if level[area] == "province"), None)
    found = dict.fromkeys(areas_within(areas, province) if province else [], "neighbour")
    found = {area: how for area, how in found.items() if level[area] != "zone"}
    if above:
        found |= dict.fromkeys(areas[areas["parent_id"].eq(above[0]).fillna(False)]["area_id"], "sibling")
    return found | dict.fromkeys(above[1:], "containing") | dict.fromkeys(above[:1], "parent") | {area_id: "own"}


@cached
def activity_growth(view: PackageView, indicator_id: str = "") -> pd.DataFrame:
    """Return published growth by period and place of one context indicator, for the area and those near it.

    Rows of observations with `near` (see `near_areas`), one a figure however many sources print it, from the area's
    own first figure on; doubtful and superseded figures, averages of several years and aims are left out, forecasts are kept.
    Without `indicator_id`: the context output whose growth is published for the most places and parts of a year.
    Nothing is computed from levels.
    """
    tables = view.package
    rows = view.observations.merge(tables.indicators[["indicator_id", "role", "quantity"]], on="indicator_id")
    near = near_areas(tables.areas, own_area(tables))
    rows["near"] = rows["area_id"].map(near)
    usable = (
        rows["measure"].eq("growth_pct")
        & rows["unit_code"].eq("percent")
        & rows["growth_base_end"].isna()
        & rows["statement"].isin(["outturn", "forecast"])
        & rows["concept"].eq("same")
        & rows["near"].notna()
        & is_sound(rows)
        & (rows["period_end"] <= view.timestamp)
    )
    rows = rows[usable & rows["role"].eq("context") & rows["quantity"].eq("output_value")]
    close = rows[rows["near"].ne("neighbour") & rows["statement"].eq("outturn") & rows["period_end"].dt.month.ne(12)]
    if not indicator_id:
        months = close.drop_duplicates(["indicator_id", "area_id", "period_end"])["indicator_id"].value_counts()
        indicator_id = str(months.sort_index(kind="stable").idxmax()) if len(months) else ""
    rows = rows[rows["indicator_id"] == indicator_id]
    first = rows.loc[rows["near"] == "own", "period_end"].min()
    rows = rows[rows["period_end"] >= first] if pd.notna(first) else rows
    rows = rows.assign(tier_order=rows["tier"].map(_TIERS)).sort_values(["tier_order", "known_on", "observation_id"])
    rows = rows.drop_duplicates(["area_id", "period_start", "period_end", "value", "bound", "statement"])
    order = ["period_end", "period_start", "observation_id"]
    return rows.drop(columns=["tier_order"]).sort_values(order, ignore_index=True)


@cached
def class_growth(view: PackageView) -> pd.DataFrame:
    """Return the growth that the clusters' reference classes have shown, overlapping periods once, lowest first.

    Columns as in `growths_ever`; those that are not `over` one year are averages of several.
    """
    tables = view.package
    traits = tables.indicators.set_index("indicator_id")["reference_class"]
    classes = tables.clusters["indicator_id"].map(traits).unique()
    rows = growths_ever(view)
    return once(rows[rows["reference_class"].isin(classes)]).sort_values("growth", kind="stable", ignore_index=True)
