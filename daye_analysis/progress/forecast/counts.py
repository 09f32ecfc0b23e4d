"""Annual counts and their totals: Gamma-Poisson forecasts in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import FloatArray, floats

# Jeffreys' prior for a Poisson rate, where no like series are at hand.
JEFFREYS: Final = (0.5, 0.0)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(128)


@dataclass(frozen=True, slots=True)
class CountChance:
    """probability: that the count to come is at least what is needed. mean, variance: of the count to come.

    size, chance: the r and p of its negative binomial distribution, of mean r(1 - p)/p.
    """

    probability: FloatArray
    mean: FloatArray
    variance: FloatArray
    size: FloatArray
    chance: FloatArray


def dispersion(counts: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return variance/mean of yearly counts (n, k) and the chance of so much or more if they were Poisson.

    NaN counts are missing years; both are NaN with fewer than two.
    """
    from scipy.special import chdtrc

    x = floats(counts)
    number = np.isfinite(x).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.nansum(x, axis=-1) / number
        squares = np.nansum((x - mean[..., None]) ** 2, axis=-1)
        ratio = np.where(number >= 2, squares / (number - 1) / mean, np.nan)
        return ratio, np.where(number >= 2, chdtrc(number - 1, squares / mean), np.nan)


def pooled_dispersion(counts: ArrayLike) -> float:
    """Return one dispersion for like series (n, k), never below one: that of three points alone is noise."""
    x = floats(counts)
    ratio, _ = dispersion(x)
    weight = np.isfinite(x).sum(axis=-1) - 1.0
    known = np.isfinite(ratio)
    if not known.any():
        return 1.0
    return max(1.0, float(np.average(ratio[known], weights=weight[known])))


def gamma_prior(totals: ArrayLike, exposures: ArrayLike) -> tuple[float, float]:
    """Return shape a and rate b of a Gamma prior for a yearly rate, by moments over like series.

    `totals` are counts over `exposures` years. Jeffreys' prior with fewer than three series, or where the rates differ
    no more than Poisson counts would.
    """
    x, n = floats(totals), floats(exposures)
    rate = x / n
    if len(rate) < 3:
        return JEFFREYS
    mean = float(x.sum() / n.sum())
    between = float(np.var(rate, ddof=1)) - mean * float(np.mean(1.0 / n))
    if not (between > 0 and mean > 0):
        return JEFFREYS
    return mean * mean / between, mean / between


def count_chance(
    seen: ArrayLike,
    exposure: ArrayLike,
    ahead: ArrayLike,
    needed: ArrayLike,
    *,
    prior: tuple[float, float] = JEFFREYS,
    overdispersion: float = 1.0,
) -> CountChance:
    """Return P(count over `ahead` years >= `needed`) after `seen` in `exposure` years (methods: section 3, flows).

    The count to come is negative binomial with r = a + seen and p = (b + n)/(b + n + w). Where counts are
    over-dispersed its variance is multiplied, its mean kept. A partial year has an exposure of months/12; that assumes
    an even year, though projects bunch at the ends of quarters.
    """
    from scipy.special import betainc

    a, b = prior
    shape = a + floats(seen)
    rate = b + floats(exposure)
    w, k = floats(ahead), np.ceil(floats(needed))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = shape * w / rate
        variance = overdispersion * mean * (rate + w) / rate
        chance = np.where(variance > 0, mean / variance, 1.0)
        r = mean * chance / (1 - chance)
        tail = betainc(np.maximum(k, 1.0), r, 1 - chance)
    nothing_ahead = ~(w > 0)
    probability = np.where(k <= 0, 1.0, np.where(nothing_ahead, 0.0, tail))
    return CountChance(
        probability, np.where(nothing_ahead, 0.0, mean), np.where(nothing_ahead, 0.0, variance), r, chance
    )


def count_at_most(count: ArrayLike, size: ArrayLike, chance: ArrayLike) -> FloatArray:
    """Return P(X <= count) of negative binomial counts; 0 below zero."""
    from scipy.special import betainc

    k = np.floor(floats(count))
    return np.where(k < 0, 0.0, betainc(floats(size), np.maximum(k, 0.0) + 1, floats(chance)))


def crps_count(outcome: ArrayLike, size: ArrayLike, chance: ArrayLike) -> FloatArray:
    """Return the continuous ranked probability score of negative binomial counts; smaller is better, in counts.

    E|X - y| - E|X - X'|/2 in closed form (Wei and Held 2014), for r = `size` and p = `chance`.
    """
    y, r, p = floats(outcome), floats(size), floats(chance)
    mean = r * (1 - p) / p
    from_outcome = y * (2 * count_at_most(y, r, p) - 1) - mean * (2 * count_at_most(y - 1, r + 1, p) - 1)
    return floats(from_outcome - _half_difference(r, p))


def _half_difference(size: FloatArray, chance: FloatArray) -> FloatArray:
    """Return E|X - X'|/2 of two such counts, the sum of F(1 - F).

    Where the hypergeometric function fails, at large r, the counts are many and the sum is an integral.
    """
    from scipy.special import betainc, hyp2f1

    r, p = np.broadcast_arrays(size, chance)
    mean = r * (1 - p) / p
    exact = np.asarray(mean / p * hyp2f1(r + 1, 0.5, 2.0, -4 * (1 - p) / p**2), dtype=np.float64)
    fails = ~np.isfinite(exact) & np.isfinite(mean)
    if not fails.any():
        return exact
    r, p, mean = r[fails, None], p[fails, None], mean[fails, None]
    deviation = np.sqrt(mean / p)
    low, high = np.maximum(mean - 10 * deviation, -0.5), mean + 12 * deviation
    at = betainc(r, (low + high) / 2 + (high - low) / 2 * _NODES + 1, p)
    exact = exact.copy()
    exact[fails] = ((high - low) / 2 * at * (1 - at)) @ _WEIGHTS
    return exact


def crps_sample(outcome: ArrayLike, sample: ArrayLike) -> FloatArray:
    """Return the continuous ranked probability score of the empirical distribution of `sample` (..., k), NaN left out.

    The score for amounts that no count distribution fits: mean |x - y| - mean |x - x'| / 2.
    """
    x = floats(sample)
    far = np.nanmean(np.abs(x - floats(outcome)[..., None]), axis=-1)
    apart = np.nanmean(np.abs(x[..., :, None] - x[..., None, :]), axis=(-2, -1))
    return floats(far - apart / 2)
