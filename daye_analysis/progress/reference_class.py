"""Past growth of comparable series, and how often it reached the growth now required."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.view import PackageView, cached
from daye_analysis.progress.arrays import IntArray, counted, exceeds, floats
from daye_analysis.progress.dates import NEARLY_A_YEAR, years_between
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.series import like_points, published_growths
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL, MINIMUM_SERIES

# Growths over spans that differ by no more than a quarter of a year are of one length.
SAME_LENGTH_YEARS: Final = 0.25
_COLUMNS: Final = [
    "reference_class", "direction", "series", "indicator_id", "area_id", "date_from", "date_to", "years", "growth",
    "basis", "observation_ids",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClassShare:
    """How a required growth compares with those of a class; growths a year, as shares, NaN where nothing is known.

    series, growths: how many series, and growths in them. share: of growths that went at least as far, each series
    counting once whatever its length. low, high: its interval at INTERVAL_LEVEL, as if each series were one trial.
    median: of the growths, each series counting once. furthest: the growth that went furthest in the desired direction.
    """

    series: int
    growths: int
    share: float
    low: float
    high: float
    median: float
    furthest: float


def class_share(required: float, series: ArrayLike, growths: ArrayLike, sign: float = 1.0) -> ClassShare:
    """Return how often `growths` (of `series`, a key each) went at least as far as `required`.

    `sign` is -1 where a fall is wanted: then a growth of -0.2 goes further than one of -0.1. The interval is Jeffreys'
    for as many trials as there are series; fewer than MINIMUM_SERIES have no share.
    """
    nan = float("nan")
    wanted = sign * floats(growths)
    if not len(wanted):
        return ClassShare(0, 0, nan, nan, nan, nan, nan)
    which = pd.factorize(np.asarray(series))[0]
    each = counted(which)
    weight = 1.0 / each[which] / len(each)
    median, furthest = sign * _weighted_quantile(wanted, weight, 0.5), sign * float(wanted.max())
    if not np.isfinite(required) or len(each) < MINIMUM_SERIES:
        return ClassShare(len(each), len(wanted), nan, nan, nan, median, furthest)
    reached = ~exceeds(np.full(len(wanted), sign * required), wanted)
    share = float(weight @ reached)
    low, high = jeffreys_interval(share * len(each), len(each))
    return ClassShare(
        len(each),
        len(wanted),
        share,
        low if reached.any() else 0.0,
        1.0 if reached.all() else high,
        median,
        furthest,
    )


def jeffreys_interval(reached: float, trials: float) -> tuple[float, float]:
    """Return the interval, at INTERVAL_LEVEL, of the share that `reached` of so many trials estimate; NaN without any.

    It begins at 0 where none reached, and ends at 1 where all did (Brown, Cai and DasGupta 2001).
    """
    from scipy.special import betaincinv

    if not trials:
        return float("nan"), float("nan")
    a, b, tail = reached + 0.5, trials - reached + 0.5, (1 - INTERVAL_LEVEL) / 2
    low = float(betaincinv(a, b, tail)) if reached > 0 else 0.0
    return low, float(betaincinv(a, b, 1 - tail)) if reached < trials else 1.0


def series_quantile(growths: ArrayLike, series: ArrayLike, share: float) -> float:
    """Return the growth below which `share` of `growths` (of `series`, a key each) lies, each series counting once."""
    which = pd.factorize(np.asarray(series))[0]
    each = counted(which)
    return _weighted_quantile(floats(growths), 1.0 / each[which] / len(each), share)


def _weighted_quantile(values: np.ndarray, weight: np.ndarray, share: float) -> float:
    """Return the value below which `share` of the weight lies; the middle of two where it falls between them."""
    order = np.argsort(values, kind="stable")
    up_to = np.cumsum(weight[order])
    low, high = (int(np.searchsorted(up_to, at)) for at in (share - 1e-9, share + 1e-9))
    last = len(values) - 1
    return float(values[order[min(low, last)]] + values[order[min(high, last)]]) / 2


@cached
def growths_ever(view: PackageView) -> pd.DataFrame:
    """Return the growth between any two figures of a series nearly a year or more apart, and every one published.

    Columns: reference_class, direction (which way its indicator should go), series, indicator_id, area_id, date_from,
    date_to, years, growth (a year, as a share), basis, and observation_ids. basis is `levels` (computed between two
    figures of one series) or `published` (on the comparable scope and prices of its publisher). They overlap: `once`
    and `comparable_growths` choose from them.
    """
    points = like_points(view)
    grow = (
        points["quantity"]
        .map({q: kind.grows or q == "annual_flow" for q, kind in QUANTITY_TYPES.items()})
        .astype(bool)
    )
    points = points[grow & (points["value"] > 0)].reset_index(drop=True)
    years = years_between(np.datetime64("1970-12-31"), points["date"].to_numpy("datetime64[D]"))
    start, end = _pairs(pd.factorize(points["series"])[0].astype(np.int64), years)
    same = ["reference_class", "direction", "series", "indicator_id", "area_id"]
    levels = points.iloc[end][same].reset_index(drop=True)
    levels["date_from"], levels["date_to"] = points["date"].iloc[start].array, points["date"].iloc[end].array
    value = points["value"].to_numpy("float64")
    levels["years"] = years[end] - years[start]
    levels["growth"] = compound_growth(value[start], value[end], levels["years"])
    levels["basis"] = "levels"
    ids = points["observation_ids"].to_numpy()
    levels["observation_ids"] = [f"{a} {b}" for a, b in zip(ids[start], ids[end], strict=True)]
    published = published_growths(view).rename(columns={"value": "growth", "observation_id": "observation_ids"})
    published["years"] = years_between(
        published["date_from"].to_numpy("datetime64[D]"), published["date_to"].to_numpy("datetime64[D]")
    )
    published["basis"] = "published"
    every = pd.concat([levels[_COLUMNS], published[_COLUMNS]], ignore_index=True)
    order = ["reference_class", "indicator_id", "area_id", "series", "date_to", "date_from", "basis", "observation_ids"]
    return every.sort_values(order, ignore_index=True)


def _pairs(series: IntArray, years: ArrayLike) -> tuple[IntArray, IntArray]:
    """Return index pairs (from, to) of points of one series nearly a year or more apart, ordered by series and time."""
    time = floats(years)
    starts, ends = [], []
    for lag in range(1, int(counted(series).max(initial=0))):
        at = np.arange(len(series) - lag)
        at = at[(series[lag:] == series[:-lag]) & (time[lag:] - time[:-lag] >= NEARLY_A_YEAR)]
        starts.append(at)
        ends.append(at + lag)
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *starts]), np.concatenate([none, *ends])


def once(growths: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `growths_ever` of which no two of a series overlap in time: as many as can be had.

    Of those that end together the shortest is kept; of one time, the published one.
    """
    series = pd.factorize(growths["series"])[0]
    start, end = (growths[name].to_numpy("datetime64[us]").astype(np.int64) for name in ("date_from", "date_to"))
    levels = growths["basis"].ne("published").to_numpy(bool)
    kept: list[int] = []
    for at in np.lexsort((levels, -start, end, series)).tolist():
        if not kept or series[at] != series[kept[-1]] or start[at] >= end[kept[-1]]:
            kept.append(at)
    return growths.iloc[sorted(kept)]


def of_class(
    growths: pd.DataFrame, reference_class: str, direction: str, without: tuple[str, str] = ("", "")
) -> pd.DataFrame:
    """Return the rows of `growths_ever` of a class whose indicators should go one way, without one series.

    `without`: indicator and area of the target's own series.
    """
    rows = growths[growths["reference_class"].eq(reference_class) & growths["direction"].eq(direction)]
    return rows[~(rows["indicator_id"].eq(without[0]) & rows["area_id"].eq(without[1]))]


def over(growths: pd.DataFrame, years: float) -> pd.Series:
    """Return which growths are over so many years: only those of one length may be compared, or averaged.

    None is over a few months.
    """
    return growths["years"].sub(years).abs().le(SAME_LENGTH_YEARS)


def comparable_growths(
    growths: pd.DataFrame, reference_class: str, direction: str, years: float, without: tuple[str, str] = ("", "")
) -> pd.DataFrame:
    """Return the rows of `growths_ever` that a growth required over `years` is compared with, overlapping ones once."""
    chosen = of_class(growths, reference_class, direction, without)
    return once(chosen[over(chosen, years)])
