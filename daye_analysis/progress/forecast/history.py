"""The package's own series as a panel, and the back-test on it: the basis of layer D."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.package.view import PackageView, cached
from daye_analysis.progress.arrays import FloatArray
from daye_analysis.progress.dates import MONTHS_PER_YEAR, a_year_apart, years_between
from daye_analysis.progress.dates import months as month_count
from daye_analysis.progress.forecast.backtest import Backtest, judge
from daye_analysis.progress.forecast.pairs import Panel, rolling_pairs
from daye_analysis.progress.forecast.transforms import SCALE_CODES
from daye_analysis.progress.series import like_points

EPOCH = np.datetime64("1970-12-31")


@dataclass(frozen=True, slots=True)
class History:
    """All comparable series as one panel; `series` names its rows, `classes` its groups, `points` every point used.

    A group is those of one reference class whose indicators should go the same way.
    """

    panel: Panel
    series: tuple[str, ...]
    classes: tuple[str, ...]
    points: pd.DataFrame


@cached
def history(view: PackageView) -> History:
    """Return every comparable series of every area that may feed a forecast, with when each figure became known.

    Points nearer than nearly a year to the one after are left out. Counts of each year and quantities without a
    future (coverage, ranks, growth rates) do not feed it. Shares become shares of one.
    """
    unit_kind = view.package.measurement_units.set_index("unit_code")["kind"].to_dict()
    points = like_points(view)
    kinds = [quantity_type(q, unit_kind[u]) for q, u in zip(points["quantity"], points["unit_code"], strict=True)]
    points["scale"] = [SCALE_CODES[kind.scale] for kind in kinds]
    per_cent = np.array([kind.scale in ("logit", "reduction") for kind in kinds], dtype=bool)
    points["z_value"] = np.where(per_cent, points["value"] / 100, points["value"])
    points["year"] = years_between(EPOCH, points["date"].to_numpy("datetime64[D]"))
    points["known_year"] = years_between(EPOCH, points["known_on"].to_numpy("datetime64[D]"))
    points = points[np.array([kind.future == "trend" for kind in kinds], dtype=bool)].reset_index(drop=True)
    apart = [kept for _, years in points.groupby("series", sort=False)["year"] for kept in a_year_apart(years)]
    points = points[np.array(apart, dtype=bool)].reset_index(drop=True)
    row, names = pd.factorize(points["series"], sort=True)
    column = points.groupby("series").cumcount().to_numpy()
    first = points.drop_duplicates("series").set_index("series").loc[names]
    # Those of a class that should fall have nothing to say of how fast the others rise.
    classes = first[["reference_class", "direction"]].drop_duplicates().sort_values(["reference_class", "direction"])
    group = pd.MultiIndex.from_frame(classes).get_indexer(pd.MultiIndex.from_frame(first[["reference_class", "direction"]]))
    shape = (len(names), int(column.max()) + 1 if len(points) else 1)
    values, years, known = (np.full(shape, np.nan) for _ in range(3))
    for target, source in ((values, "z_value"), (years, "year"), (known, "known_year")):
        target[row, column] = points[source].to_numpy("float64")
    panel = Panel(values, years, known, group.astype(np.int64), first["scale"].to_numpy("int8"))
    return History(panel, tuple(map(str, names)), tuple(map(str, classes["reference_class"])), points)


def back_tested(past: History) -> Backtest:
    """Run the back-test on a history, frozen by publication."""
    return judge(rolling_pairs(past.panel))


def pair_table(past: History) -> pd.DataFrame:
    """Return every real forecast-outcome pair of a history, one row each, in the figures' own terms.

    Columns: series (indicator, area), reference_class, origin (the day its last figure became known), due (the
    outcome's date), steps (figures ahead), outcome, median, low and high of the 80 % interval, inside, class_weight.
    Shares are shares of one.
    """
    pairs = rolling_pairs(past.panel)
    names, classes = np.array(past.series, dtype=object), np.array(past.classes, dtype=object)
    return pd.DataFrame(
        {
            "series": names[pairs.series],
            "reference_class": classes[past.panel.group[pairs.series]],
            "origin": _dates(pairs.origin),
            "due": _dates(pairs.due),
            "steps": pairs.steps,
            "outcome": pairs.actual,
            "median": pairs.median,
            "low": pairs.low,
            "high": pairs.high,
            "inside": (pairs.low <= pairs.actual) & (pairs.actual <= pairs.high),
            "class_weight": pairs.class_weight,
        }
    ).sort_values(["series", "origin", "steps"], ignore_index=True)


def _dates(years: FloatArray) -> pd.Series:
    """Return the days at which years since the epoch end; the inverse of counting months with days as fractions."""
    months = years * MONTHS_PER_YEAR + float(month_count(EPOCH))
    whole = np.ceil(months - 1e-6).astype(np.int64) - 1
    first = whole.astype("datetime64[M]").astype("datetime64[D]")
    length = ((whole + 1).astype("datetime64[M]").astype("datetime64[D]") - first).astype(np.float64)
    days = np.round((months - whole) * length).astype(np.int64) - 1
    return pd.Series((first + days).astype("datetime64[us]"))


@cached
def backtest(
    view: PackageView, frozen_by: Literal["publication", "period"] = "publication"
) -> Backtest:
    """Run the back-test on everything known on `as_of` (methods: section 3.1); simulation takes no part in it.

    Real pairs are frozen by publication: a forecast may use only what its readers could have read. Frozen by period,
    every figure counts as known on its own date; that gives more pairs, hindsight in them, and decides nothing.
    """
    past = history(view)
    if frozen_by == "period":
        past = replace(past, panel=replace(past.panel, known=past.panel.years))
    return back_tested(past)
