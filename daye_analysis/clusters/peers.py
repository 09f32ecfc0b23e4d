"""Clusters of the same kind elsewhere: the latest size and the latest growth that other cities and zones published."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from daye_analysis.clusters.aims import cluster_aims, unit_factors
from daye_analysis.package.areas import areas_containing, areas_within
from daye_analysis.package.records import Record, records, records_by
from daye_analysis.package.view import PackageView, cached, is_sound

# Provinces and larger are no peers of a county-level city.
PEER_LEVELS: Final = ("prefecture", "county", "zone")
_COLUMNS: Final = [
    "cluster_id", "area_id", "size", "size_bound", "size_start", "size_end", "growth", "growth_bound", "growth_start", "growth_end",
    "observation_ids",
]  # fmt: skip


@cached
def peer_clusters(view: PackageView) -> pd.DataFrame:
    """Return what clusters of the same kind elsewhere last published.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        One row for each cluster with an aim and each other city, county or zone, in the list's order, then the newest first:
        cluster_id, area_id; size (in the aim's unit), size_bound, size_start and size_end; growth (over a year before, in per
        cent, as published), growth_bound, growth_start and growth_end; observation_ids (with spaces between). Only undoubted
        outturns of the same concept for the period named; a whole year goes before a part of it. NaN where nothing was published.
    """
    package, aims = view.package, cluster_aims(view)
    rows = view.observations
    rows = rows[rows["indicator_id"].isin(aims["indicator_id"]) & rows["area_id"].isin(_peers(package.areas, aims))]
    sound = rows["statement"].eq("outturn") & rows["concept"].eq("same") & is_sound(rows)
    rows = rows[sound & rows["growth_base_end"].isna() & rows["bound"].ne("about")]
    of_indicator = records_by(rows, "indicator_id")
    found: list[dict[str, Any]] = []
    for aim in records(aims):
        factor = unit_factors(package, str(aim["unit_code"]))
        published: dict[str, dict[str, Record]] = {}
        for row in sorted(of_indicator.get(str(aim["indicator_id"]), []), key=_newest_last):
            if row["measure"] == "flow" and row["unit_code"] in factor.index:
                published.setdefault(str(row["area_id"]), {})["size"] = row
            elif row["measure"] == "growth_pct" and row["unit_code"] == "percent":
                published.setdefault(str(row["area_id"]), {})["growth"] = row
        newest = sorted(published.items(), key=lambda each: (max(row["period_end"] for row in each[1].values()), each[0]), reverse=True)
        found += [_row(str(aim["cluster_id"]), area, of_area, factor) for area, of_area in newest]
    return pd.DataFrame(found, columns=_COLUMNS)


def _peers(areas: pd.DataFrame, aims: pd.DataFrame) -> set[str]:
    own = {str(each) for each in aims["area_id"]}
    near = {area for each in own for area in (*areas_containing(areas, each), *areas_within(areas, each))}
    return set(areas.loc[areas["level"].isin(PEER_LEVELS), "area_id"]) - own - near


def _newest_last(row: Record) -> tuple[bool, pd.Timestamp, str]:
    start, end = row["period_start"], row["period_end"]
    whole = bool(pd.notna(start)) and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return whole, end, str(row["observation_id"])


def _row(cluster_id: str, area_id: str, of_area: dict[str, Record], factor: pd.Series) -> dict[str, Any]:
    found: dict[str, Any] = {"cluster_id": cluster_id, "area_id": area_id}
    for name, row in of_area.items():
        times = float(factor[row["unit_code"]]) if name == "size" else 1.0
        found |= {name: times * float(row["value"]), f"{name}_bound": row["bound"], f"{name}_start": row["period_start"], f"{name}_end": row["period_end"]}
    return {**found, "observation_ids": " ".join(str(row["observation_id"]) for row in of_area.values())}
