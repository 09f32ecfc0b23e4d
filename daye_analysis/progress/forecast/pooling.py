"""Partial pooling: the spread and drift of a short series, stabilised by the other series of its class.

A class has a usual spread s0 and a mean drift; its series scatter about both. What is not known of the class itself
(s0, and how far drifts differ, tau) is integrated over by fixed quadrature, for three short series estimate neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from daye_analysis.progress.arrays import FloatArray, counted

# A year's change is never taken to be steadier than this (on the log scale one per cent): a flat series of three
# rounded figures is no promise.
MINIMUM_SPREAD: Final = 0.01**2
# How alike the spreads of a class are taken to be: each scatters about s0 as if eight changes had been seen of it.
PRIOR_DF: Final = 8.0
# Half-normal prior of tau: its scale, in spreads of one year. Figures of the kinds judged here show about this much.
TAU_SCALE: Final = 0.5
# A spread is never taken to be vaguer than this: below it the tails of a t distribution say nothing any more.
MINIMUM_DF: Final = 1.5
# Where the integrals end: beyond these lies less than a thousandth of what they weigh.
_SPREAD_RANGE: Final = 4.0
_TAU_RANGE: Final = 4.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)

GroupArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PooledSpread:
    """variance, df: (n,) the variance of a yearly change and its degrees of freedom, as of a Student t; NaN where the
    class has shown one degree of freedom or less. prior_variance: (groups,) s0 squared, the class's usual variance.
    """

    variance: FloatArray
    df: FloatArray
    prior_variance: FloatArray

    def take(self, rows: slice | GroupArray) -> PooledSpread:
        """Return the chosen series', with what the classes contribute."""
        return replace(self, variance=self.variance[rows], df=self.df[rows])


@dataclass(frozen=True, slots=True)
class ShrunkDrift:
    """drift, variance: (n,) the drift of each series after shrinkage, and its variance. class_weight: (n,) B, how
    much of it comes from the class. class_drift, between: (groups,) the class's mean drift, and tau squared.
    """

    drift: FloatArray
    variance: FloatArray
    class_weight: FloatArray
    class_drift: FloatArray
    between: FloatArray

    def take(self, rows: slice | GroupArray) -> ShrunkDrift:
        """Return the chosen series', with what the classes contribute."""
        chosen = {name: getattr(self, name)[rows] for name in ("drift", "variance", "class_weight")}
        return replace(self, **chosen)


def moderated_spread(spread: FloatArray, count: FloatArray, group: GroupArray, groups: int) -> PooledSpread:
    """Return each series' variance given its own changes and its class (after Smyth 2004).

    `spread` (n,) are sample variances with `count` - 1 degrees of freedom, `group` (n,) the class of each series. Given
    s0 the precision of a series is Gamma, of mean (d0 + m - 1)/(d0*s0^2 + (m - 1)*s^2) with d0 = PRIOR_DF; s0 has a
    flat prior in logarithms and is integrated out. `variance` and `df` keep mean and variance of the precision, with
    MINIMUM_DF degrees of freedom at least.
    """
    own = np.isfinite(spread) & (count >= 2)
    df = np.where(own, count - 1, 0.0)
    squares = df * np.where(own, np.maximum(spread, MINIMUM_SPREAD), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre, width = _usual_spread(squares, df, group, groups)
        usual = np.exp(centre + width * _SPREAD_RANGE * _NODES[:, None])
        fit = [
            _sum(-df / 2 * np.log(s0)[group] - (PRIOR_DF + df) / 2 * np.log1p(squares / (PRIOR_DF * s0)[group]), group, groups)
            for s0 in usual
        ]
        weight = _normalised(np.array(fit), _WEIGHTS)
        mean, square = np.zeros(len(df)), np.zeros(len(df))
        for share, s0 in zip(weight, usual, strict=True):
            precision = (PRIOR_DF + df) / ((PRIOR_DF * s0)[group] + squares)
            mean += share[group] * precision
            square += share[group] * precision**2 * (1 + 2 / (PRIOR_DF + df))
        known = _sum(df, group, groups) > 1
        return PooledSpread(
            np.where(known[group], 1 / mean, np.nan),
            np.where(known[group], np.maximum(2 / (square / mean**2 - 1), MINIMUM_DF), np.nan),
            np.where(known, 1 / (weight / usual).sum(axis=0), np.nan),
        )


def _usual_spread(
    squares: FloatArray, df: FloatArray, group: GroupArray, groups: int
) -> tuple[FloatArray, FloatArray]:
    """Return the likeliest ln s0^2 of each class and its standard error, by Fisher scoring from the pooled variance.

    s^2/s0^2 has an F distribution with m - 1 and PRIOR_DF degrees of freedom.
    """
    information = _sum(df * PRIOR_DF / (2 * (df + PRIOR_DF + 2)), group, groups)
    centre = np.log(_sum(squares, group, groups) / _sum(df, group, groups))
    for _ in range(8):
        ratio = squares / (PRIOR_DF * np.exp(centre))[group]
        score = _sum(((df + PRIOR_DF) * ratio / (1 + ratio) - df) / 2, group, groups)
        centre = centre + score / information
    return centre, 1 / np.sqrt(information)


def shrunk_drift(
    drift: FloatArray, span: FloatArray, pooled: PooledSpread, group: GroupArray, groups: int
) -> ShrunkDrift:
    """Return drifts shrunk to their class by random effects, tau integrated over its half-normal prior.

    The variance v of a series' own drift is its yearly variance over `span`, which is s^2/m where no year is missing.
    Given tau, B = v/(v + tau^2); drift = B*mean + (1-B)*own, with variance (1-B)*v + B^2*var(mean). The class's mean
    has a flat prior. A series alone in its class is left as it is, and so is one with unknown spread.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        v = pooled.variance / span
        own = np.isfinite(drift) & np.isfinite(v) & (v > 0)
        v, y = np.where(own, v, 1.0), np.where(own, drift, 0.0)
        steps = (_NODES + 1) / 2 * _TAU_RANGE
        tau2 = [(step * TAU_SCALE) ** 2 * pooled.prior_variance for step in steps]
        fits, means, variances = zip(
            *(_given_tau(y, v + each[group], own, group, groups) for each in tau2), strict=True
        )
        weight = _normalised(np.array(fits), _WEIGHTS * np.exp(-(steps**2) / 2))
        first, second, class_weight = (np.zeros(len(y)) for _ in range(3))
        for share, each, mean, variance in zip(weight, tau2, means, variances, strict=True):
            b = v / (v + each[group])
            here = b * mean[group] + (1 - b) * y
            first += share[group] * here
            second += share[group] * ((1 - b) * v + b * b * variance[group] + here**2)
            class_weight += share[group] * b
        alone = _sum(own.astype(np.float64), group, groups) == 1
    return ShrunkDrift(
        np.where(own, first, drift),
        np.where(own, second - first**2, np.nan),
        np.where(own, np.where(alone[group], 0.0, class_weight), np.nan),
        (weight * np.array(means)).sum(axis=0),
        (weight * np.array(tau2)).sum(axis=0),
    )


def _given_tau(
    y: FloatArray, variance: FloatArray, own: NDArray[np.bool_], group: GroupArray, groups: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return, by class, the log likelihood of its drifts with the mean integrated out, the mean, and its variance."""
    w = np.where(own, 1 / variance, 0.0)
    total = _sum(w, group, groups)
    mean = _sum(w * y, group, groups) / total
    misfit = _sum(w * (y - mean[group]) ** 2 + np.where(own, np.log(variance), 0.0), group, groups)
    return -(misfit + np.log(total)) / 2, mean, 1 / total


def _normalised(log_density: FloatArray, weights: FloatArray) -> FloatArray:
    """Return (nodes, groups) posterior shares of the nodes of a quadrature, from log densities at them."""
    share = np.exp(log_density - log_density.max(axis=0)) * weights[:, None]
    return np.asarray(share / share.sum(axis=0), dtype=np.float64)


def _sum(values: FloatArray, group: GroupArray, groups: int) -> FloatArray:
    return counted(group, values, groups)
