"""What growth such indicators have ever shown, and where the growth now required stands in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES as KINDS
from daye_analysis.progress.arrays import FloatArray, IntArray, floats
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.series import like_points, published_growths
from daye_analysis.progress.tables import Tables, as_day, remembered
from daye_analysis.progress.vocabulary import MINIMUM_GROWTHS

# Growth between figures a few months apart, made yearly, would be a boom that nobody saw.
SHORTEST_SPAN_YEARS: Final = 0.9


@dataclass(frozen=True, slots=True)
class Place:
    """Where a required growth stands among growths ever shown; growths a year, as shares.

    number: how many growths. share_at_least: what share of them was at least as high as required. percentile: mid-rank
    share below it; both NaN below MINIMUM_GROWTHS growths. median, highest: of the class. All NaN without any growth.
    """

    number: int
    share_at_least: float
    percentile: float
    median: float
    highest: float


def place(required: float, growths: ArrayLike) -> Place:
    """Return where `required` stands in `growths` (NaN ones are left out)."""
    seen = floats(growths)
    seen = seen[np.isfinite(seen)]
    nan = float("nan")
    if not len(seen):
        return Place(0, nan, nan, nan, nan)
    median, highest = float(np.median(seen)), float(seen.max())
    if not np.isfinite(required) or len(seen) < MINIMUM_GROWTHS:
        return Place(len(seen), nan, nan, median, highest)
    below, equal = float(np.mean(seen < required)), float(np.mean(seen == required))
    return Place(len(seen), float(np.mean(seen >= required)), below + equal / 2, median, highest)


def consecutive(series: IntArray, years: ArrayLike) -> tuple[IntArray, IntArray]:
    """Return index pairs (from, to): each point and the first later one of its series nearly a year on or more.

    Points are ordered by series, then by year.
    """
    time = floats(years)
    starts, ends = [], []
    for i in range(len(time)):
        j = i + 1
        while j < len(time) and series[j] == series[i]:
            if time[j] - time[i] >= SHORTEST_SPAN_YEARS:
                starts.append(i)
                ends.append(j)
                break
            j += 1
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)


@remembered
def growths_ever(tables: Tables, as_of: str | datetime.date) -> pd.DataFrame:
    """Return every growth that like figures of any area have shown, one row each.

    Columns: reference_class, indicator_id, area_id, date_from, date_to, growth (a year, as a share), basis, and
    observation_ids. basis is `levels` (computed between two figures of one series) or `published` (a year-on-year rate
    of a whole year, on the comparable scope and prices of its publisher). Where both exist for one year, the
    published rate stands.
    """
    day = as_day(as_of)
    points = like_points(tables, day)
    grow = (
        points["quantity"]
        .map({q: kind.grows or q == "annual_flow" for q, kind in KINDS.items()})
        .astype(bool)
    )
    points = points[grow & (points["value"] > 0)].reset_index(drop=True)
    dates = points["date"].to_numpy("datetime64[D]")
    years = years_between(np.datetime64("1970-12-31"), dates)
    start, end = consecutive(pd.factorize(points["series"])[0].astype(np.int64), years)
    levels = points.iloc[end][["reference_class", "indicator_id", "area_id"]].reset_index(drop=True)
    levels["date_from"], levels["date_to"] = points["date"].iloc[start].array, points["date"].iloc[end].array
    value: FloatArray = points["value"].to_numpy("float64")
    levels["growth"] = compound_growth(value[start], value[end], years[end] - years[start])
    levels["basis"] = "levels"
    ids = points["observation_ids"].to_numpy()
    levels["observation_ids"] = [f"{a} {b}" for a, b in zip(ids[start], ids[end], strict=True)]
    published = _published(tables, day)
    both = ["indicator_id", "area_id", "date_to"]
    printed = set(zip(*(published[name] for name in both), strict=True))
    replaced = np.array([place in printed for place in zip(*(levels[name] for name in both), strict=True)], dtype=bool)
    one_year = levels["date_to"].dt.year - levels["date_from"].dt.year == 1
    kept = levels[~(replaced & one_year.to_numpy())]
    every = pd.concat([kept, published], ignore_index=True)
    order = ["reference_class", "indicator_id", "area_id", "date_to", "basis"]
    return pd.DataFrame(every).sort_values(order, ignore_index=True)


def _published(tables: Tables, as_of: pd.Timestamp) -> pd.DataFrame:
    rows = published_growths(tables, as_of)
    # One rate printed by two sources is one growth.
    rows = rows.sort_values("observation_id").drop_duplicates(
        ["indicator_id", "area_id", "period_end", "value"]
    )
    return pd.DataFrame(
        {
            "reference_class": rows["reference_class"],
            "indicator_id": rows["indicator_id"],
            "area_id": rows["area_id"],
            "date_from": rows["period_end"] - pd.DateOffset(years=1),
            "date_to": rows["period_end"],
            "growth": rows["value"],
            "basis": "published",
            "observation_ids": rows["observation_id"],
        }
    )
