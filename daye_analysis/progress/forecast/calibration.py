"""The quality of forecasts: scores, coverage with its bounds, and whether outcomes are evenly distributed over the forecasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import FloatArray, floats
from daye_analysis.progress.forecast.models import Prediction
from daye_analysis.progress.vocabulary import LIKELY, UNLIKELY


def crps_t(outcome: ArrayLike, location: ArrayLike, scale: ArrayLike, df: ArrayLike) -> FloatArray:
    """Return the continuous ranked probability score of Student-t forecasts; smaller is better, in the outcome's unit.

    Closed form (Jordan, Krueger and Lerch 2019); NaN for df <= 1, where it is infinite.
    """
    from scipy.special import beta, stdtr

    nu, s = floats(df), floats(scale)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (floats(outcome) - floats(location)) / s
        density = (1 + z * z / nu) ** (-(nu + 1) / 2) / (np.sqrt(nu) * beta(0.5, nu / 2))
        tails = 2 * np.sqrt(nu) / (nu - 1) * beta(0.5, nu - 0.5) / beta(0.5, nu / 2) ** 2
        score = s * (z * (2 * stdtr(nu, z) - 1) + 2 * density * (nu + z * z) / (nu - 1) - tails)
    return np.where(nu > 1, score, np.nan)


def brier(probability: ArrayLike, happened: ArrayLike) -> FloatArray:
    """Return squared differences of probability and event (0 or 1)."""
    return floats((floats(probability) - floats(happened)) ** 2)


def ranked_probability(probabilities: ArrayLike, category: ArrayLike) -> FloatArray:
    """Return the ranked probability score of (n, c) chances of ordered categories; `category` (n,) is what came."""
    p = floats(probabilities)
    came = np.arange(p.shape[1])[None, :] >= np.asarray(category)[:, None]
    return np.asarray(((np.cumsum(p, axis=1) - came) ** 2)[:, :-1].sum(axis=1), dtype=np.float64)


def clopper_pearson(successes: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Return exact bounds for a proportion; (0, 1) without trials."""
    from scipy.special import betaincinv

    if trials == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if successes == 0 else float(betaincinv(successes, trials - successes + 1, tail))
    high = 1.0 if successes == trials else float(betaincinv(successes + 1, trials - successes, 1 - tail))
    return low, high


def binomial_bounds(proportion: float, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Return between which shares `trials` outcomes fall with chance `level` if each happens with `proportion`."""
    from scipy.special import bdtrik

    tail = (1 - level) / 2
    low, high = (float(np.ceil(bdtrik(q, trials, proportion))) / trials for q in (tail, 1 - tail))
    return low, high


def inside(prediction: Prediction, outcome: FloatArray, level: float) -> np.ndarray:
    """Return whether each outcome (on the computing scale) fell in the central interval of its forecast."""
    tail = (1 - level) / 2
    return (prediction.quantile(tail) <= outcome) & (outcome <= prediction.quantile(1 - tail))


def pit_histogram(prediction: Prediction, outcome: FloatArray, bins: int = 5) -> np.ndarray:
    """Return how many outcomes fell in each of at most five equal bins of their forecast's probability scale."""
    return np.histogram(prediction.cdf(outcome), bins=min(bins, 5), range=(0.0, 1.0))[0]


def word_reliability(probability: ArrayLike, happened: ArrayLike) -> dict[str, tuple[float, float, int]]:
    """Return for each word of a forecast its mean probability, the share that happened, and number; NaN for none.

    Words are said by the probability alone: `likely` from LIKELY up, `unlikely` from UNLIKELY down.
    """
    p, y = floats(probability), floats(happened)
    said = {"likely": p >= LIKELY, "uncertain": (p > UNLIKELY) & (p < LIKELY), "unlikely": p <= UNLIKELY}
    return {
        word: (float(p[at].mean()), float(y[at].mean()), int(at.sum())) if at.any() else (float("nan"), float("nan"), 0)
        for word, at in said.items()
    }


def conformal_factor(scaled_residuals: ArrayLike, level: float = 0.8) -> float:
    """Return by how much to multiply a forecast's scale to cover `level` of past residuals (split conformal).

    Rests on series being exchangeable, an assumption to be stated. Infinite with fewer than 1/(1-level) - 1 residuals.
    """
    residuals = np.sort(np.abs(floats(scaled_residuals)))
    rank = int(np.ceil(level * (len(residuals) + 1)))
    return float(residuals[rank - 1]) if 0 < rank <= len(residuals) else float("inf")
