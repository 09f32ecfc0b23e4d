"""The published package with more figures than anyone has published, for the tests of clusters."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from daye_analysis import Package, load
from daye_analysis.clusters.aims import cluster_aims
from daye_analysis.package.formatting import number_words
from daye_analysis.views.view import View

DAY = pd.Timestamp("2026-11-29")
WHOLE = "industrial_output"


@cache
def package() -> Package:
    """Return the package as published."""
    return load()


def view(of: Package | None = None, day: pd.Timestamp = DAY) -> View:
    """Return a package, the published one where none is given, as of a day."""
    return (of or package()).as_of(day.date())


def aims_of(with_figures: bool = False) -> pd.DataFrame:
    """Return the clusters' aims, on the published figures or on the invented ones."""
    return cluster_aims(view(rich() if with_figures else package()))


def with_figures(base: Package, rows: list[dict[str, Any]]) -> Package:
    """Return `base` with further yearly outturns; a row names indicator_id, area_id, year and value (in 亿元)."""
    like = base.observations.iloc[[0]]
    made = []
    for number, row in enumerate(rows, 1):
        fields = {
            "observation_id": f"invented{number:04d}",
            "indicator_id": row["indicator_id"],
            "area_id": row["area_id"],
            "period_start": pd.Timestamp(row["year"], 1, 1),
            "period_end": pd.Timestamp(row["year"], 12, 31),
            "measure": "flow",
            "value": float(row["value"]),
            "value_text": number_words(row["value"]),
            "date_basis": "stated",
            "unit_code": "cny_100m",
            "bound": "exact",
            "statement": "outturn",
            "concept": "same",
        }
        empty = dict.fromkeys(like.columns, pd.NA) | {"growth_base_end": pd.NaT, "source_id": like["source_id"].iloc[0]}
        made.append(pd.DataFrame([empty | fields])[list(like.columns)].astype(like.dtypes))
    return replace(base, observations=pd.concat([base.observations, *made], ignore_index=True))


@cache
def rich() -> Package:
    """Return the package as if Daye and Huangshi had published every sector cluster and the whole for 2022 to 2024."""
    base = package()
    sectors = base.clusters[~base.clusters["is_place"]].sort_values("position")["indicator_id"]
    rows = [
        {"indicator_id": each, "area_id": area, "year": year, "value": round(size * (10 + place) * (1 + speed) ** (year - 2022), 2)}
        for area, size, speed in (("daye", 5.0, 0.2), ("huangshi", 20.0, 0.1))
        for place, each in enumerate(sectors)
        for year in (2022, 2023, 2024)
    ]
    wholes = [("daye", 2023, 1400.0), ("daye", 2024, 1600.0), ("huangshi", 2022, 2500.0), ("huangshi", 2023, 2700.0),
              ("huangshi", 2024, 2900.0)]  # fmt: skip
    rows += [{"indicator_id": WHOLE, "area_id": area, "year": year, "value": value} for area, year, value in wholes]
    clean = base.observations["indicator_id"].isin(list(sectors)) & base.observations["area_id"].isin(["daye", "huangshi"])
    return with_figures(replace(base, observations=base.observations[~clean].reset_index(drop=True)), rows)


def without_clusters() -> Package:
    """Return the package as one that sets no targets for clusters."""
    base = package()
    clusters = base.clusters
    targets = base.targets[~base.targets["indicator_id"].isin(clusters["indicator_id"])]
    return replace(base, clusters=clusters.iloc[:0], targets=targets.reset_index(drop=True))
