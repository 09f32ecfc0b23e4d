"""How each published method would rate the trend of series without a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from daye_analysis.package.records import Record, records_by
from daye_analysis.package.view import PackageView
from daye_analysis.progress.published_methods.comparison import say
from daye_analysis.progress.published_methods.inputs import Series
from daye_analysis.progress.published_methods.method import Method
from daye_analysis.progress.published_methods.without_target import BASE_YEAR, TREND_METHODS
from daye_analysis.progress.series import like_points

# A sum since a plan's start has no rate from one year to the next, nor has a reduction since then.
_SINCE_THE_START: Final = ("cumulative_flow", "cumulative_reduction")
_SIGNS: Final = {"increase": 1.0, "decrease": -1.0}
_KEY: Final = ["series", "indicator_id", "area_id", "unit_code"]
_ENDS: Final = ["first_date", "first", "date", "value"]


def compare_trends(view: PackageView) -> pd.DataFrame:
    """Return what each method calls each comparable series for which no target is set, in the desired direction.

    Parameters
    ----------
    view
        A package as of a day: only what was known on it counts.

    Returns
    -------
    DataFrame
        series (the key of `series.like_points`), indicator_id, area_id, unit_code; first_date, first (the figure from
        which the method counts), date, value (the latest); method, score, level, label_zh, label_en, reason and read as
        of `comparison.compare_methods`. Series of one figure stay out.
    """
    points = _without_target(view, like_points(view))
    groups = [rows for rows in records_by(points, "series").values() if len(rows) > 1]
    keys = pd.DataFrame([[rows[0][name] for name in _KEY] for rows in groups], columns=_KEY)
    parts = []
    for method in TREND_METHODS:
        series = [_series(rows, method) for rows in groups]
        ends = [(each.base_date, each.base, each.dates[-1], each.values[-1]) for each in series]
        parts.append(pd.concat([keys, pd.DataFrame(ends, columns=_ENDS), say([method], series)], axis=1))
    return pd.concat(parts).sort_values("at", kind="stable", ignore_index=True).drop(columns=["at", "met"])


def _without_target(view: PackageView, points: pd.DataFrame) -> pd.DataFrame:
    """Return the points of series whose indicator has no target for the area."""
    targets = view.package.targets[["plan_id", "indicator_id"]].merge(
        view.package.plans[["plan_id", "area_id"]], on="plan_id"
    )
    aimed = set(zip(targets["indicator_id"], targets["area_id"], strict=True))
    free = [key not in aimed for key in zip(points["indicator_id"], points["area_id"], strict=True)]
    return points[pd.Series(free, points.index, dtype=bool) & ~points["quantity"].isin(_SINCE_THE_START)]


def _series(rows: Sequence[Record], method: Method) -> Series:
    """Return what the method reads of the points of one series, from its base on."""
    dates = tuple(row["date"].date() for row in rows)
    direction = _SIGNS[rows[0]["direction"]]
    per_cent = rows[0]["unit_code"] == "percent"
    earliest = max(BASE_YEAR, dates[-1].year - method.years_back)
    base = next((row for row, date in zip(rows, dates, strict=True) if date.year >= earliest), rows[-1])
    if base is rows[-1] and method.base_before:
        base = rows[-2]
    return Series(
        dates=dates,
        values=tuple(float(row["value"]) for row in rows),
        direction=direction,
        base=float(base["value"]),
        base_date=base["date"].date(),
        limit=100.0 if per_cent and direction > 0 else float("nan"),
        per_cent=per_cent,
    )
