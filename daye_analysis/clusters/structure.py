"""Decompositions that the published figures allow: quotients, contributions, concentration, shift-share.

A figure serves only where both sides have one of the same year: the cluster and the whole, here and in the nearest
containing area that has them. Growth is taken between figures of one series, never from published rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from daye_analysis.clusters import regional
from daye_analysis.clusters.aims import own_area, unit_factors
from daye_analysis.package.areas import areas_containing
from daye_analysis.package.view import PackageView
from daye_analysis.progress.series import like_points

# What can be made of the figures, in the order in which it is reported.
ANALYSES: Final = ("contribution", "quotient", "concentration", "shift_share", "dynamic")


@dataclass(frozen=True, slots=True)
class Side:
    """One area's yearly figures in one unit: `clusters` has a row a year and a column a cluster; `whole` a row a year.

    NaN where a figure is missing. Clusters are sectors only: what a place defines would count twice.
    """

    area_id: str
    clusters: pd.DataFrame
    whole: pd.Series

    def complete(self, cluster_id: str) -> set[int]:
        """Return the years in which both the cluster and the whole have a figure."""
        both = self.clusters[cluster_id].notna() & self.whole.notna()
        return {int(year) for year in both.index[both]}


def sides(view: PackageView, unit_code: str, whole_id: str) -> tuple[Side, list[Side]]:
    """Return the area's own side and those of the areas that contain it, nearest first; values in `unit_code`."""
    tables = view.package
    sectors = tables.clusters[~tables.clusters["is_place"].astype(bool)].sort_values("position")
    indicators = [*sectors["indicator_id"], whole_id]
    area = own_area(tables)
    areas = [area, *areas_containing(tables.areas, area)]
    points = like_points(view)
    factor = unit_factors(tables, unit_code)
    points = points[
        points["indicator_id"].isin(indicators) & points["area_id"].isin(areas) & points["unit_code"].isin(factor.index)
    ]
    points = points.assign(value=points["value"] * points["unit_code"].map(factor).astype("float64"), year=points["date"].dt.year)
    wide = points.pivot_table(index="year", columns=["area_id", "indicator_id"], values="value", aggfunc="first")
    found = []
    for each in areas:
        columns = pd.MultiIndex.from_product([[each], indicators])
        own = wide.reindex(columns=columns).droplevel(0, axis=1)
        clusters = own[list(sectors["indicator_id"])].set_axis(list(sectors["cluster_id"]), axis=1)
        found.append(Side(each, clusters.astype("float64"), own[whole_id].astype("float64")))
    return found[0], found[1:]


def quotients(own: Side, others: list[Side]) -> pd.DataFrame:
    """Return location quotients: one row a cluster and year, against the nearest area that has both figures.

    Columns: cluster_id, year, reference (area), share, reference_share, quotient; shares of the whole.
    """
    rows = []
    for cluster in own.clusters.columns:
        for year in sorted(own.complete(cluster)):
            other = next((side for side in others if year in side.complete(cluster)), None)
            if other is None:
                continue
            here, there = own.clusters[cluster][year], other.clusters[cluster][year]
            quotient = regional.location_quotient(here, own.whole[year], there, other.whole[year])
            rows.append(
                (cluster, year, other.area_id, here / own.whole[year], there / other.whole[year], float(quotient))
            )
    return pd.DataFrame(rows, columns=["cluster_id", "year", "reference", "share", "reference_share", "quotient"])


def contributions(own: Side) -> pd.DataFrame:
    """Return pull and contribution between each two years running: cluster_id, year_from, year, pull, contribution."""
    rows = []
    for cluster in own.clusters.columns:
        years = own.complete(cluster)
        for year in sorted(year for year in years if year - 1 in years):
            start, end = own.clusters[cluster][year - 1], own.clusters[cluster][year]
            whole, whole_end = own.whole[year - 1], own.whole[year]
            part = regional.contribution(start, end, whole, whole_end)
            rows.append((cluster, year - 1, year, float(regional.pull(start, end, whole)), float(part)))
    return pd.DataFrame(rows, columns=["cluster_id", "year_from", "year", "pull", "contribution"])


def concentrations(own: Side, others: list[Side]) -> pd.DataFrame:
    """Return concentration over all sector clusters, a row a year in which every one has a figure.

    Columns: year, herfindahl, normalised, reference (nearest area with all of them, or None), krugman (NaN without).
    """
    rows = []
    for year in _full_years(own):
        here = own.clusters.loc[year]
        other = next((side for side in others if year in _full_years(side)), None)
        krugman = regional.krugman_specialisation(here, other.clusters.loc[year]) if other else float("nan")
        area = other.area_id if other else None
        rows.append((year, regional.herfindahl(here), regional.normalised_herfindahl(here), area, krugman))
    return pd.DataFrame(rows, columns=["year", "herfindahl", "normalised", "reference", "krugman"])


def shift_shares(own: Side, others: list[Side]) -> pd.DataFrame:
    """Return the decomposition of each cluster's change between the first and the last year that both sides have.

    Columns: cluster_id, year_from, year, reference, start, change, then the parts reference_growth, industry_mix,
    regional_shift; of the last part competitive and allocation (Esteban-Marquillas); and the sums of the yearly parts
    dynamic_growth, dynamic_mix, dynamic_shift (Barff-Knight; NaN unless every year between is there). In the unit of
    the values.
    """
    rows = [row for cluster in own.clusters.columns if (row := _shift_share(own, others, cluster))]
    return pd.DataFrame(rows, columns=_SHIFT_COLUMNS)


def lacking(own: Side, others: list[Side]) -> dict[str, bool]:
    """Return for each of ANALYSES whether the figures for it are wanting."""
    shifts = shift_shares(own, others)
    return {
        "contribution": contributions(own).empty,
        "quotient": quotients(own, others).empty,
        "concentration": concentrations(own, others).empty,
        "shift_share": shifts.empty,
        "dynamic": bool(shifts["dynamic_growth"].isna().all()),
    }


def series_years(own: Side, others: list[Side]) -> pd.DataFrame:
    """Return which years have a figure: a row a cluster and `whole` last, a column an area, cells lists of years."""
    names = [*own.clusters.columns, "whole"]
    columns = {}
    for side in [own, *others]:
        series = [*(side.clusters[cluster] for cluster in own.clusters.columns), side.whole]
        columns[side.area_id] = [[int(year) for year in each.index[each.notna()]] for each in series]
    return pd.DataFrame(columns, index=names)


_SHIFT_COLUMNS: Final = [
    "cluster_id", "year_from", "year", "reference", "start", "change", "reference_growth", "industry_mix",
    "regional_shift", "competitive", "allocation", "dynamic_growth", "dynamic_mix", "dynamic_shift",
]  # fmt: skip


def _shift_share(own: Side, others: list[Side], cluster: str) -> tuple[object, ...] | None:
    mine = own.complete(cluster)
    other = next((side for side in others if len(mine & side.complete(cluster)) > 1), None)
    if other is None:
        return None
    years = sorted(mine & other.complete(cluster))
    here, there = own.clusters.loc[years, cluster].to_numpy(), other.clusters.loc[years, cluster].to_numpy()
    totals = other.whole[years].to_numpy()
    parts = regional.shift_share(here[0], here[-1], there[0], there[-1], totals[0], totals[-1])
    split = regional.homothetic_shift(here[0], here[-1], there[0], there[-1], own.whole[years[0]], totals[0])
    yearly = (np.nan, np.nan, np.nan)
    if years == list(range(years[0], years[-1] + 1)):
        dynamic = regional.dynamic_shift_share(here[:, None], there[:, None], totals)
        yearly = (
            float(dynamic.reference_growth[0]), float(dynamic.industry_mix[0]), float(dynamic.regional_shift[0])
        )  # fmt: skip
    return (
        cluster, years[0], years[-1], other.area_id, float(here[0]), float(here[-1] - here[0]),
        float(parts.reference_growth), float(parts.industry_mix), float(parts.regional_shift),
        float(split.competitive), float(split.allocation), *yearly,
    )  # fmt: skip


def _full_years(side: Side) -> list[int]:
    """Return the years in which every sector cluster has a figure; none where there are fewer than two clusters."""
    if side.clusters.shape[1] < 2:
        return []
    full = side.clusters.notna().all(axis=1)
    return [int(year) for year in full.index[full]]
