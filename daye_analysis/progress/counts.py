"""Counts of each year and sums of them: Gamma-Poisson forecasts in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import FloatArray, floats

# Jeffreys' prior for a Poisson rate, where no like series are at hand.
JEFFREYS: Final = (0.5, 0.0)


@dataclass(frozen=True, slots=True)
class CountChance:
    """probability: that the count to come is at least what is needed. mean, variance: of the count to come."""

    probability: FloatArray
    mean: FloatArray
    variance: FloatArray


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
        probability, np.where(nothing_ahead, 0.0, mean), np.where(nothing_ahead, 0.0, variance)
    )


def first_place_chance(times_first: int, times_known: int) -> float:
    """Return Jeffreys' (k + 1/2)/(n + 1) that a rank is first again; NaN with fewer than five known occasions."""
    return (times_first + 0.5) / (times_known + 1) if times_known >= 5 else float("nan")
