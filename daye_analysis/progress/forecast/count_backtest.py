"""The back-test of annual counts and their totals: past forecasts compared with outcomes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.package.view import PackageView, cached
from daye_analysis.progress.arrays import BoolArray, DateArray, FloatArray, floats
from daye_analysis.progress.forecast.backtest import gate
from daye_analysis.progress.forecast.calibration import clopper_pearson
from daye_analysis.progress.forecast.counts import (
    count_at_most,
    count_chance,
    crps_count,
    crps_sample,
    gamma_prior,
    pooled_dispersion,
)
from daye_analysis.progress.forecast.pairs import HORIZONS
from daye_analysis.progress.series import like_points
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL

_COLUMNS: Final = [
    "series", "reference_class", "origin", "due", "years", "outcome", "mean", "inside", "crps", "benchmark_crps",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountBacktest:
    """What it found; NaN without pairs.

    coverage: of the 80 % interval of whole counts (share, low, high). crps, benchmark: mean scores, relative to the
    outcomes' mean; the benchmark is that the last year repeats. failed: as for `Backtest`.
    """

    pairs: int
    series: int
    coverage: tuple[float, float, float]
    crps: float
    benchmark: float
    failed: tuple[str, ...]


@cached
def count_pairs(view: PackageView) -> pd.DataFrame:
    """Return every forecast-outcome pair of counts and sums known on `as_of`, one row each.

    From each day on which a series' last figure became known, with two years or more known by then: how much will come
    in the next year, and in the next two together. Whole counts are forecast as negative binomial with prior and
    dispersion of their class, other amounts by the years that the series has shown. Columns: series, reference_class,
    origin, due, years, outcome, mean, inside (the 80 % interval; missing for other amounts), crps, benchmark_crps.
    """
    unit_kind = view.package.measurement_units.set_index("unit_code")["kind"].to_dict()
    points = like_points(view)
    kinds = [quantity_type(q, unit_kind[u]) for q, u in zip(points["quantity"], points["unit_code"], strict=True)]
    points = points[np.array([kind.future == "counts" for kind in kinds], dtype=bool)]
    points = points.assign(year=points["date"].dt.year, counted=points["unit_code"].map(unit_kind).eq("count"))
    found = [pair for name, same in points.groupby("reference_class") for pair in _of_class(str(name), same)]
    table = pd.DataFrame(found, columns=_COLUMNS).astype({"inside": "boolean"})
    return table.sort_values(["series", "origin", "years"], ignore_index=True)


def _of_class(name: str, same: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the pairs of the series of one class, from every day on which one of their figures became known."""
    years = np.arange(same["year"].min(), same["year"].max() + 1)
    values = same.pivot(index="series", columns="year", values="value").reindex(columns=years)
    known = same.pivot(index="series", columns="year", values="known_on").reindex(columns=years).to_numpy("datetime64[D]")
    counted = same.groupby("series")["counted"].first().to_numpy(bool)
    whole = counted & ~(values.fillna(0.0).to_numpy() % 1).any(axis=1)
    for origin in sorted(same["known_on"].unique()):
        found = _at_origin(values.to_numpy("float64"), known, np.datetime64(origin, "D"), whole)
        for series, last, ahead, pair in found:
            due = pd.Timestamp(int(years[last + ahead]), 12, 31)
            yield {"series": values.index[series], "reference_class": name, "origin": origin, "due": due, "years": ahead} | pair


def _at_origin(
    values: FloatArray, known: DateArray, origin: np.datetime64, whole: BoolArray
) -> Iterator[tuple[int, int, int, dict[str, Any]]]:
    """Yield row, column of the last year seen, years ahead and scores of each pair of (series, years) from `origin`."""
    visible = known <= origin
    seen = np.where(visible, values, np.nan)
    number, total = visible.sum(axis=1), np.nansum(seen, axis=1)
    last = values.shape[1] - 1 - np.argmax(visible[:, ::-1], axis=1)
    news = (number >= 2) & (known[np.arange(len(values)), last] == origin)
    prior = gamma_prior(total[number > 0], number[number > 0])
    dispersion = pooled_dispersion(seen[number > 0])
    tail = (1 - INTERVAL_LEVEL) / 2
    for row, ahead in itertools.product(np.flatnonzero(news).tolist(), HORIZONS):
        at = slice(last[row] + 1, last[row] + 1 + ahead)
        if at.stop > values.shape[1] or not (known[row, at] > origin).all():
            continue
        outcome = float(values[row, at].sum())
        pair = {"outcome": outcome, "benchmark_crps": abs(outcome - ahead * values[row, last[row]])}
        if whole[row]:
            chance = count_chance(total[row], number[row], ahead, 0, prior=prior, overdispersion=dispersion)
            at_most, below = (float(count_at_most(outcome - less, chance.size, chance.chance)) for less in (0, 1))
            score = float(crps_count(outcome, chance.size, chance.chance))
            pair |= {"mean": float(chance.mean), "inside": at_most >= tail and below < 1 - tail, "crps": score}
        else:
            sample = ahead * seen[row]
            pair |= {"mean": float(np.nanmean(sample)), "inside": None, "crps": float(crps_sample(outcome, sample))}
        yield row, int(last[row]), ahead, pair


def count_backtest(view: PackageView) -> CountBacktest:
    """Score the pairs of `count_pairs` and hold them against the gate, each score relative to its class's outcomes."""
    pairs = count_pairs(view)
    if pairs.empty:
        return CountBacktest(0, 0, (float("nan"), 0.0, 1.0), float("nan"), float("nan"), ("pairs",))
    size = pairs.groupby("reference_class")["outcome"].transform("mean").clip(lower=1.0)
    ours, other = pairs["crps"] / size, pairs["benchmark_crps"] / size
    hits = pairs["inside"].dropna().to_numpy(bool)
    # An amount without an interval neither helps nor hurts the coverage: it counts as covered exactly as promised.
    covered = floats(pairs["inside"].astype("Float64").fillna(INTERVAL_LEVEL))
    tested = gate(covered, (ours - other).to_numpy("float64"), pd.factorize(pairs["series"])[0])
    low, high = clopper_pearson(int(hits.sum()), len(hits))
    return CountBacktest(
        len(pairs),
        pairs["series"].nunique(),
        (float(hits.mean()) if len(hits) else float("nan"), low, high),
        float(ours.mean()),
        float(other.mean()),
        tested.failed,
    )
