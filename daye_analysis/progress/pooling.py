"""Borrowing strength: the spread and the drift of one short series, steadied by the others of its class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from daye_analysis.progress.arrays import FloatArray

# A year's change is never taken to be steadier than this (on the log scale one per cent): a flat series of three
# rounded figures is no promise.
MINIMUM_SPREAD: Final = 0.01**2
# The class counts for at most this many degrees of freedom, however alike its series look.
MAXIMUM_PRIOR_DF: Final = 10.0

GroupArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PooledSpread:
    """variance, df: (n,) the moderated variance of a yearly change and its degrees of freedom; NaN where the class
    has no series with two changes. prior_variance, prior_df: (groups,) what the class contributes.
    """

    variance: FloatArray
    df: FloatArray
    prior_variance: FloatArray
    prior_df: FloatArray


@dataclass(frozen=True, slots=True)
class ShrunkDrift:
    """drift, variance: (n,) the drift of each series after shrinkage, and its variance. class_weight: (n,) B, how
    much of it comes from the other series. class_drift, class_variance, between: (groups,) mean, its variance, tau2.
    """

    drift: FloatArray
    variance: FloatArray
    class_weight: FloatArray
    class_drift: FloatArray
    class_variance: FloatArray
    between: FloatArray


def moderated_spread(spread: FloatArray, count: FloatArray, group: GroupArray, groups: int) -> PooledSpread:
    """Return (d0*s0^2 + (m-1)*s^2) / (d0 + m - 1) with d0 + m - 1 degrees of freedom (Smyth 2004).

    `spread` (n,) are sample variances with `count` - 1 degrees of freedom, `group` (n,) the class of each series.
    d0 and s0 by moments of ln s^2; d0 at most MAXIMUM_PRIOR_DF. With one series in a class there is nothing to
    borrow: d0 = 0.
    """
    from scipy.special import polygamma, psi

    own = np.isfinite(spread) & (count >= 2)
    df = np.where(own, count - 1, 0.0)
    floored = np.maximum(np.where(own, spread, 1.0), MINIMUM_SPREAD)
    # Degrees of freedom are small whole numbers: one table of each function serves every series.
    whole_numbers = np.maximum(np.arange(int(df.max(initial=0)) + 1), 1) / 2
    place = df.astype(np.int64)
    e = np.where(own, np.log(floored) - (psi(whole_numbers) - np.log(whole_numbers))[place], 0.0)
    trigamma = polygamma(1, whole_numbers)[place]
    number = _sum(own.astype(np.float64), group, groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = _sum(e, group, groups) / number
        square = _sum(np.where(own, (e - mean[group]) ** 2, 0.0), group, groups) / (number - 1)
        noise = _sum(np.where(own, trigamma, 0.0), group, groups) / number
        excess = square - noise
        d0 = np.where(excess > 0, 2 * inverse_trigamma(np.where(excess > 0, excess, 1.0)), np.inf)
        # The prior's centre is that of the d0 found; only its weight is capped.
        bias = np.where(np.isfinite(d0), psi(d0 / 2) - np.log(d0 / 2), 0.0)
        s0 = np.where(number >= 2, np.maximum(np.exp(mean + bias), MINIMUM_SPREAD), 0.0)
        d0 = np.where(number >= 2, np.minimum(d0, MAXIMUM_PRIOR_DF), 0.0)
        whole = d0[group] + df
        variance = (d0[group] * s0[group] + df * np.where(own, floored, 0.0)) / whole
    known = whole > 0
    return PooledSpread(np.where(known, variance, np.nan), np.where(known, whole, np.nan), s0, d0)


def shrunk_drift(
    drift: FloatArray, span: FloatArray, variance: FloatArray, group: GroupArray, groups: int
) -> ShrunkDrift:
    """Return drifts shrunk to their class by random effects (DerSimonian and Laird 1986).

    The variance of a series' own drift is `variance` / `span`, which is s^2/m where no year is missing. B = v/(v+tau2);
    drift = B*mean + (1-B)*own, with variance (1-B)*v + B^2*var(mean). A series alone in its class is left as it is.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        v = variance / span
        own = np.isfinite(drift) & np.isfinite(v) & (v > 0)
        w = np.where(own, 1.0 / np.where(own, v, 1.0), 0.0)
        y = np.where(own, drift, 0.0)
        number, weight = _sum(own.astype(np.float64), group, groups), _sum(w, group, groups)
        fixed = _sum(w * y, group, groups) / weight
        q = _sum(np.where(own, w * (y - fixed[group]) ** 2, 0.0), group, groups)
        between = (q - (number - 1)) / (weight - _sum(w * w, group, groups) / weight)
        between = np.where(number >= 2, np.maximum(between, 0.0), np.inf)
        w2 = np.where(own, 1.0 / (v + np.where(np.isfinite(between), between, 0.0)[group]), 0.0)
        total = _sum(w2, group, groups)
        mean, mean_variance = _sum(w2 * y, group, groups) / total, 1.0 / total
        b = np.where(np.isfinite(between[group]), v / (v + between[group]), 0.0)
        shrunk = b * mean[group] + (1 - b) * y
        shrunk_variance = (1 - b) * v + b * b * mean_variance[group]
    return ShrunkDrift(
        np.where(own, shrunk, np.nan),
        np.where(own, shrunk_variance, np.nan),
        np.where(own, b, np.nan),
        mean,
        mean_variance,
        between,
    )


def inverse_trigamma(x: FloatArray) -> FloatArray:
    """Return y with trigamma(y) = x > 0, by Newton's method on 1/trigamma, which is nearly straight."""
    from scipy.special import polygamma

    y = 0.5 + 1.0 / x
    for _ in range(50):
        trigamma = polygamma(1, y)
        step = trigamma * (1 - trigamma / x) / polygamma(2, y)
        y = y + step
        if np.all(np.abs(step) < 1e-10 * y):
            break
    return np.asarray(y, dtype=np.float64)


def _sum(values: FloatArray, group: GroupArray, groups: int) -> FloatArray:
    return np.asarray(np.bincount(group, weights=values, minlength=groups), dtype=np.float64)
