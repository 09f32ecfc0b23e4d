"""Layer D: the probability of reaching a target at its due date, in closed form, with all its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import BoolArray, CodeArray, FloatArray, IntArray, floats
from daye_analysis.progress.forecast.changes import Changes, changes
from daye_analysis.progress.forecast.pooling import PooledSpread, ShrunkDrift, moderated_spread, shrunk_drift
from daye_analysis.progress.forecast.transforms import Scaled, by_scale, scaled
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL, LIKELY, UNLIKELY, Forecast, Grade

# Beyond one year: a stated assumption of how far a year's shock carries over into the next.
AUTOCORRELATION: Final = 0.3


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


def predict(summary: Changes, pooled: PooledSpread, drift: ShrunkDrift, horizon: ArrayLike) -> Prediction:
    """Return z_last + h*drift with variance (s^2*h + h^2*var(drift)) * widening(h).

    Without shrinkage, without missing years and one year ahead this is the textbook s^2*(h + h^2/m) of a random walk
    with drift. With one degree of freedom or less there is no mean to speak of, and no prediction.
    """
    h = np.where(floats(horizon) > 0, floats(horizon), np.nan)
    spread = np.sqrt((pooled.variance * h + h**2 * drift.variance) * widening(h))
    spread = np.where(pooled.df > 1, spread, np.nan)
    return Prediction(summary.last + h * drift.drift, spread, pooled.df, drift.drift, drift.class_weight, h)


def widening(horizon: ArrayLike) -> FloatArray:
    """Return how much more the sum of `horizon` yearly shocks varies if each carries over into the next.

    The variance of h steps of an autoregression of order one, over that of h independent steps; 1 up to one year.
    """
    h, rho = np.maximum(floats(horizon), 1.0), AUTOCORRELATION
    return floats((1 + rho) / (1 - rho) - 2 * rho * (1 - rho**h) / (h * (1 - rho) ** 2))


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
    rows: IntArray | None = None,
) -> Chance:
    """Forecast series (n, k) at `years` (ascending) to `due_year` (methods: section 3).

    `rows` says which series each target is of; without it there is one target a series.

    Shares and reductions are given as shares. `group` numbers the class of each series from 0; spread and drift are
    pooled over those of it that are on one scale. `integer` counts get half a unit of continuity correction.
    """
    series = scaled(values, scale)
    kind, kinds = by_scale(group, series.scale)
    summary = changes(series.values, years)
    pooled = moderated_spread(summary.spread, summary.count, kind, kinds)
    drift = shrunk_drift(summary.drift, summary.span, pooled, kind, kinds)
    if rows is not None:
        series, summary, pooled, drift = series.take(rows), summary.take(rows), pooled.take(rows), drift.take(rows)
    prediction = predict(summary, pooled, drift, floats(due_year) - summary.last_year)
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
        [np.isnan(prediction.drift), ~(prediction.horizon > 0), np.isnan(prediction.scale), np.isnan(goal)],
        [Reason.ONE_FIGURE, Reason.DUE_PASSED, Reason.TOO_FEW_POINTS, Reason.NEAR_LIMIT],
        Reason.NONE,
    )
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
    """Return Student-t quantiles, one for each number of degrees of freedom."""
    from scipy.special import stdtrit

    return floats(stdtrit(df, probability))


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


def word(probability: float, *, beyond_all_seen: bool, due_passed: bool) -> Forecast:
    """Return the word for a probability.

    "Unlikely" also needs a required growth beyond all that its class has ever shown, or a due date that has passed.
    """
    if probability != probability:
        return Forecast.WITHHELD
    if probability >= LIKELY:
        return Forecast.LIKELY
    if probability <= UNLIKELY and (due_passed or beyond_all_seen):
        return Forecast.UNLIKELY
    return Forecast.UNCERTAIN
