"""Simulated panels: whether the intervals are as wide as they say where the model holds; no calibration to reality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daye_analysis.progress.arrays import FloatArray
from daye_analysis.progress.calibration import binomial_bounds
from daye_analysis.progress.changes import changes
from daye_analysis.progress.forecast import predict, t_quantile
from daye_analysis.progress.pooling import moderated_spread, shrunk_drift

_NORMAL_90 = 1.2815515655446004


@dataclass(frozen=True, slots=True)
class SimulatedCoverage:
    """What share of simulated outcomes fell inside the 80 % interval of each method, for series of m changes.

    low, high: the binomial 95 % bounds of exactly 80 % at this number of series. own_t rests on
    each series alone; off_the_shelf is what packages print: normal quantiles, maximum-likelihood spread.
    """

    changes: int
    series: int
    pooled: float
    own_t: float
    off_the_shelf: float
    low: float
    high: float


def simulated_panel(
    changes_count: int, series: int, classes: int, seed: int
) -> tuple[FloatArray, np.ndarray]:
    """Return (series, changes + 2) random walks with drift in logs, the last column the outcome, and their classes.

    Spreads differ between series (scaled inverse chi-squared, 4 degrees of freedom, about 8 %), drifts about their
    class's mean (0 to 12 %, give or take 4).
    """
    random = np.random.default_rng(seed)
    group = np.arange(series) % classes
    spread = 0.08 * np.sqrt(4 / random.chisquare(4, series))
    drift = random.uniform(0, 0.12, classes)[group] + random.normal(0, 0.04, series)
    steps = random.normal(drift[:, None], spread[:, None], (series, changes_count + 1))
    return np.concatenate([np.zeros((series, 1)), np.cumsum(steps, axis=1)], axis=1), group


def simulated_coverage(
    changes_count: int, series: int = 20_000, classes: int = 400, seed: int = 20231231
) -> SimulatedCoverage:
    """Return the coverage of the 80 % interval one year ahead (methods: table of section 2)."""
    panel, group = simulated_panel(changes_count, series, classes, seed)
    known, outcome = panel[:, :-1], panel[:, -1]
    summary = changes(known, np.arange(known.shape[1]))
    pooled = moderated_spread(summary.spread, summary.count, group, classes)
    drift = shrunk_drift(summary.drift, summary.span, pooled.variance, group, classes)
    ours = predict(summary, pooled, drift, np.ones(series))
    m = float(changes_count)
    own = np.sqrt(summary.spread * (1 + 1 / m))
    shelf = own * np.sqrt((m - 1) / m)
    centre = summary.last + summary.drift
    low, high = binomial_bounds(0.8, series)
    return SimulatedCoverage(
        changes_count,
        series,
        _inside(outcome, ours.location, ours.scale * t_quantile(ours.df, 0.9)),
        _inside(outcome, centre, own * t_quantile(np.full(series, m - 1), 0.9)),
        _inside(outcome, centre, shelf * _NORMAL_90),
        low,
        high,
    )


def _inside(outcome: FloatArray, centre: FloatArray, half_width: FloatArray) -> float:
    return float(np.mean(np.abs(outcome - centre) <= half_width))
