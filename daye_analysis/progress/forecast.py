"""Layer D: the chance of reaching a target at its due date, in closed form, with the uncertainty that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import BoolArray, CodeArray, FloatArray, IntArray, floats
from daye_analysis.progress.changes import Changes, changes
from daye_analysis.progress.pooling import PooledSpread, ShrunkDrift, moderated_spread, shrunk_drift
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.transforms import Scaled, scaled
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL, LIKELY, UNLIKELY, Forecast, Grade

# Damping, where asked for: each further year carries this much of the drift.
DAMPING: Final = 0.9


@dataclass(frozen=True, slots=True)
class Prediction:
    """A Student-t predictive distribution on the computing scale; arrays (n,), NaN where nothing can be said.

    location, scale, df: of z at the due date. drift: a year, after shrinkage. class_weight: B, the share of the drift
    that comes from other series. horizon: years from the last point.
    """

    location: FloatArray
    scale: FloatArray
    df: FloatArray
    drift: FloatArray
    class_weight: FloatArray
    horizon: FloatArray

    def quantile(self, probability: float) -> FloatArray:
        """Return the quantile on the computing scale."""
        return self.location + self.scale * t_quantile(self.df, probability)

    def cdf(self, z: ArrayLike) -> FloatArray:
        """Return P(Z <= z)."""
        from scipy.special import stdtr

        with np.errstate(invalid="ignore"):
            return np.asarray(stdtr(self.df, (floats(z) - self.location) / self.scale), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Chance:
    """probability: that the target is reached when due. low, high: the predictive interval in the series' unit.
    prediction: every intermediate. reason: why the probability is withheld.
    """

    probability: FloatArray
    low: FloatArray
    high: FloatArray
    prediction: Prediction
    reason: CodeArray


def predict(
    summary: Changes, pooled: PooledSpread, drift: ShrunkDrift, horizon: ArrayLike, *, damped: bool = False
) -> Prediction:
    """Return z_last + H*drift with variance s^2*h + H^2*var(drift); H = h, or the damped sum of phi^k.

    Without shrinkage and without missing years this is the textbook s^2*(h + h^2/m) of a random walk with drift. With
    one degree of freedom or less there is no mean to speak of, and no prediction.
    """
    h = np.where(floats(horizon) > 0, floats(horizon), np.nan)
    reach = DAMPING * (1 - DAMPING**h) / (1 - DAMPING) if damped else h
    spread = np.sqrt(pooled.variance * h + reach**2 * drift.variance)
    spread = np.where(pooled.df > 1, spread, np.nan)
    return Prediction(
        summary.last + reach * drift.drift, spread, pooled.df, drift.drift, drift.class_weight, h
    )


def forecast(
    values: ArrayLike,
    years: ArrayLike,
    due_year: ArrayLike,
    target: ArrayLike,
    *,
    scale: ArrayLike,
    direction: ArrayLike,
    strict: ArrayLike,
    integer: ArrayLike,
    group: IntArray,
    damped: bool = False,
) -> Chance:
    """Forecast series (n, k) at `years` (ascending) to `due_year` (methods: section 3).

    Shares and reductions are given as shares. `group` numbers the class of each series from 0; spread and drift are
    pooled in it. `integer` counts get half a unit of continuity correction.
    """
    series = scaled(values, scale)
    groups = int(group.max()) + 1 if len(group) else 0
    summary = changes(series.values, years)
    pooled = moderated_spread(summary.spread, summary.count, group, groups)
    drift = shrunk_drift(summary.drift, summary.span, pooled.variance, group, groups)
    prediction = predict(summary, pooled, drift, floats(due_year) - summary.last_year, damped=damped)
    return chance(prediction, series, target, direction, strict, integer)


def chance(
    prediction: Prediction,
    series: Scaled,
    target: ArrayLike,
    direction: ArrayLike,
    strict: ArrayLike,
    integer: ArrayLike,
) -> Chance:
    """Return the probability that d*(y - T) >= 0 (or > 0) at the due date, and the predictive interval."""
    goal = series.apply(threshold(target, direction, strict, integer))
    below = prediction.cdf(goal)
    probability = np.where(floats(direction) > 0, 1.0 - below, below)
    half = prediction.scale * t_quantile(prediction.df, (1 + INTERVAL_LEVEL) / 2)
    reason = np.select(
        [~(prediction.horizon > 0), np.isnan(prediction.scale), np.isnan(goal)],
        [Reason.DUE_PASSED, Reason.ONE_FIGURE, Reason.NEAR_LIMIT],
        Reason.NONE,
    ).astype(np.int8)
    reason = np.where(np.isnan(prediction.drift) & (reason == Reason.DUE_PASSED), Reason.ONE_FIGURE, reason)
    return Chance(
        np.where(reason == Reason.NONE, probability, np.nan),
        series.undo(prediction.location - half),
        series.undo(prediction.location + half),
        prediction,
        reason.astype(np.int8),
    )


def threshold(target: ArrayLike, direction: ArrayLike, strict: ArrayLike, integer: ArrayLike) -> FloatArray:
    """Return what must be passed: for whole counts half a unit nearer for "at least", half further for "more than"."""
    goal, sign = floats(target), floats(direction)
    half = np.where(np.asarray(strict, dtype=np.bool_), 0.5, -0.5) * sign
    return np.where(np.asarray(integer, dtype=np.bool_), goal + half, goal)


def t_quantile(df: FloatArray, probability: float) -> FloatArray:
    """Return Student-t quantiles; degrees of freedom repeat, so each is inverted once."""
    from scipy.special import stdtrit

    known = np.isfinite(df)
    distinct, where = np.unique(df[known], return_inverse=True)
    out = np.full(df.shape, np.nan)
    out[known] = stdtrit(distinct, probability)[where]
    return out


def too_wide(low: ArrayLike, high: ArrayLike, value: ArrayLike, target: ArrayLike) -> BoolArray:
    """Return where the interval holds both less than half and more than one and a half times the remaining gap."""
    y, gap = floats(value), floats(target) - floats(value)
    ends = np.stack([(floats(low) - y) / gap, (floats(high) - y) / gap])
    return np.asarray((ends.min(axis=0) < 0.5) & (ends.max(axis=0) > 1.5), dtype=np.bool_)


def rounded(probability: float, grade: Grade) -> float:
    """Return a probability as finely as its grade allows: tenths for C, five points for B and A; NaN below."""
    if grade < Grade.C:
        return float("nan")
    step = 10 if grade == Grade.C else 20
    return round(probability * step) / step


def word(
    probability: float, required_growth: float, highest_growth_seen: float, due_passed: bool
) -> Forecast:
    """Return the word for a probability.

    "Unlikely" also needs a required growth above all growth ever seen in the class, or a due date that has passed.
    """
    if probability != probability:
        return Forecast.WITHHELD
    if probability >= LIKELY:
        return Forecast.LIKELY
    if probability <= UNLIKELY and (due_passed or required_growth > highest_growth_seen):
        return Forecast.UNLIKELY
    return Forecast.UNCERTAIN
