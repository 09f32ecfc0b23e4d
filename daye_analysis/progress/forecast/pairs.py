"""Forecast-outcome pairs: each figure forecast from figures published before it, with rolling origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from daye_analysis.progress.arrays import CodeArray, FloatArray, IntArray
from daye_analysis.progress.forecast.changes import Changes, changes
from daye_analysis.progress.forecast.models import Prediction, predict, t_quantile
from daye_analysis.progress.forecast.pooling import moderated_spread, shrunk_drift
from daye_analysis.progress.forecast.transforms import Scaled, by_scale, scaled
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL

# Pseudo-targets: a rise of these shares over the last figure known.
PSEUDO_TARGETS = (0.05, 0.10, 0.20, 0.40)
HORIZONS = (1, 2)


@dataclass(frozen=True, slots=True)
class Panel:
    """Series to forecast from, (n, k) with NaN beyond each one's end.

    values; years: when, ascending; known: from when each could be known, in years; group: (n,) class from 0; scale:
    (n,) codes of transforms.
    """

    values: FloatArray
    years: FloatArray
    known: FloatArray
    group: IntArray
    scale: CodeArray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Forecast-outcome pairs, all on the series' computing scale; arrays (pairs,).

    series: row of the panel; group: its class. steps: figures ahead. origin: when the last figure used became known. outcome, last: z.
    location, scale, df: the forecast. pseudo: (pairs, 4) the pseudo-targets. centres: by name, where each benchmark
    puts the centre; benchmarks are given our spread, so that only the centre is compared. due: when the outcome was, in
    years. actual, median, low, high: outcome, forecast and its 80 % interval as plain values (shares as shares).
    """

    series: IntArray
    group: IntArray
    steps: IntArray
    origin: FloatArray
    outcome: FloatArray
    last: FloatArray
    location: FloatArray
    scale: FloatArray
    df: FloatArray
    class_weight: FloatArray
    pseudo: FloatArray
    due: FloatArray
    actual: FloatArray
    median: FloatArray
    low: FloatArray
    high: FloatArray
    centres: dict[str, FloatArray]

    @property
    def prediction(self) -> Prediction:
        """Return the forecasts as one distribution an outcome."""
        unknown = np.full(self.location.shape, np.nan)
        return Prediction(self.location, self.scale, self.df, unknown, self.class_weight, unknown)


def rolling_pairs(panel: Panel) -> Pairs:
    """Forecast each figure of each series from every origin before it (methods: section 3.1).

    An origin is the day on which a figure became known. At it, only figures known by then are used, of all series; the
    outcome is the next figure or the one after, and must have become known later. At least two figures are needed.
    """
    origins = np.unique(panel.known[np.isfinite(panel.known)])
    due = [(origin, _due(panel, origin)) for origin in origins]
    found = [_at_origin(panel, origin, steps) for origin, steps in due if any(len(rows) for _, rows, _ in steps)]
    return _joined(found) if found else _at_origin(panel, -np.inf, _due(panel, -np.inf))


def _due(panel: Panel, origin: float) -> list[tuple[int, IntArray, IntArray]]:
    """Return steps, rows and columns of outcomes of the series whose last known figure became known at `origin`."""
    visible = np.isfinite(panel.values) & (panel.known <= origin)
    n, k = panel.values.shape
    each = np.arange(n)
    last = k - 1 - np.argmax(visible[:, ::-1], axis=1)
    news = (visible.sum(axis=1) >= 2) & (panel.known[each, last] == origin)
    found = []
    for step in HORIZONS:
        column = np.minimum(last + step, k - 1)
        rows = np.flatnonzero(news & (last + step < k) & (panel.known[each, column] > origin))
        found.append((step, rows, column[rows]))
    return found


def _at_origin(panel: Panel, origin: float, due: Sequence[tuple[int, IntArray, IntArray]]) -> Pairs:
    """Return the pairs whose last figure became known at `origin`, forecast from all that was known then."""
    visible = np.isfinite(panel.values) & (panel.known <= origin)
    series = scaled(np.where(visible, panel.values, np.nan), panel.scale)
    group, groups = by_scale(panel.group, series.scale)
    summary = changes(series.values, panel.years)
    pooled = moderated_spread(summary.spread, summary.count, group, groups)
    drift = shrunk_drift(summary.drift, summary.span, pooled, group, groups)
    parts = []
    for step, rows, column in due:
        horizon = np.full(len(panel.values), np.nan)
        horizon[rows] = panel.years[rows, column] - summary.last_year[rows]
        ahead = predict(summary, pooled, drift, horizon)
        sound = np.isfinite(ahead.scale[rows])
        rows, column = rows[sound], column[sound]
        parts.append(_pairs(panel, series.take(rows), rows, step, origin, column, ahead, summary, drift.class_drift[group]))
    return _joined(parts)


def _pairs(
    panel: Panel,
    series: Scaled,
    rows: IntArray,
    step: int,
    origin: float,
    column: IntArray,
    ahead: Prediction,
    summary: Changes,
    class_drift: FloatArray,
) -> Pairs:
    """Return the pairs of the chosen rows, with the centres of the benchmarks."""
    last, h = summary.last[rows], ahead.horizon[rows]
    value = series.undo(last)
    first = series.undo(last - summary.drift[rows] * summary.span[rows])
    even = series.apply(value + h * (value - first) / summary.span[rows])
    centres = {
        "no_change": last,
        # An even schedule may leave the scale (a share above one); then it is no better than no change.
        "even_schedule": np.where(np.isfinite(even), even, last),
        "own_trend": last + h * summary.drift[rows],
        "class_mean": last + h * class_drift[rows],
    }
    half = ahead.scale[rows] * t_quantile(ahead.df[rows], (1 + INTERVAL_LEVEL) / 2)
    return Pairs(
        series=rows.astype(np.int64),
        group=panel.group[rows],
        steps=np.full(len(rows), step, dtype=np.int64),
        origin=np.full(len(rows), origin),
        outcome=series.apply(panel.values[rows, column]),
        last=last,
        location=ahead.location[rows],
        scale=ahead.scale[rows],
        df=ahead.df[rows],
        class_weight=ahead.class_weight[rows],
        pseudo=np.stack([series.apply(value * (1 + rise)) for rise in PSEUDO_TARGETS], axis=1),
        due=panel.years[rows, column],
        actual=panel.values[rows, column],
        median=series.undo(ahead.location[rows]),
        low=series.undo(ahead.location[rows] - half),
        high=series.undo(ahead.location[rows] + half),
        centres=centres,
    )


def _joined(parts: Sequence[Pairs]) -> Pairs:
    """Return all parts as one."""
    names = [field.name for field in fields(Pairs) if field.name != "centres"]
    join = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    centres = {name: np.concatenate([part.centres[name] for part in parts]) for name in parts[0].centres}
    return Pairs(**join, centres=centres)
