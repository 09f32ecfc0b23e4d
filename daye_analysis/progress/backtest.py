"""The back-test: how good past forecasts would have been, before any is believed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daye_analysis.progress.arrays import BoolArray, FloatArray, IntArray
from daye_analysis.progress.calibration import (
    brier,
    clopper_pearson,
    conformal_factor,
    crps_t,
    inside,
    pit_histogram,
    ranked_probability,
    reliability,
)
from daye_analysis.progress.forecast import t_quantile
from daye_analysis.progress.pairs import Pairs
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL, MINIMUM_PAIRS

LEVELS = (0.5, INTERVAL_LEVEL, 0.95)
_BOOTSTRAPS = 999


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the back-test found. Without pairs every score is NaN.

    pairs, series: how many real forecast-outcome pairs, from how many series. coverage: of the 50, 80 and 95 %
    intervals, each (share, low, high) with Clopper-Pearson bounds. coverage_error: bootstrap standard error of the
    80 % one, resampling series. crps, benchmarks: mean scores on the computing scale. brier, base_rate: of pseudo-target
    events, and of always saying their share. rps: of the ordered verdict. pit: counts in five bins. reliability: (mean
    probability, share that happened, number) in thirds. conformal: what to multiply the spread by to cover 80 %.
    accepted: whether reports may show probabilities; reasons: why not.
    """

    pairs: int
    series: int
    coverage: dict[float, tuple[float, float, float]]
    coverage_error: float
    crps: float
    benchmarks: dict[str, float]
    brier: float
    base_rate: float
    rps: float
    pit: tuple[int, ...]
    reliability: tuple[tuple[float, float, int], ...]
    conformal: float
    accepted: bool
    reasons: tuple[Reason, ...]


def judge(pairs: Pairs, seed: int = 20231231) -> Backtest:
    """Score the pairs and say whether reports may show probabilities (methods: section 3.1).

    Accepted with at least thirty pairs, exactly 80 % inside the bounds of the 80 % interval's coverage, a CRPS no worse
    than the best benchmark's, and a Brier score better than the base rate's. `seed` fixes the bootstrap.
    """
    number = len(pairs.series)
    if not number:
        nan = float("nan")
        bounds = dict.fromkeys(LEVELS, (nan, 0.0, 1.0))
        return Backtest(0, 0, bounds, nan, nan, {}, nan, nan, nan, (), (), nan, False, (Reason.FEW_PAIRS,))
    prediction = pairs.prediction
    coverage = {level: _coverage(inside(prediction, pairs.outcome, level)) for level in LEVELS}
    crps = _mean(crps_t(pairs.outcome, pairs.location, pairs.scale, pairs.df))
    benchmarks = {
        name: _mean(crps_t(pairs.outcome, centre, pairs.scale, pairs.df))
        for name, centre in pairs.centres.items()
    }
    scores = _event_scores(pairs)
    _, low, high = coverage[INTERVAL_LEVEL]
    reasons = []
    if number < MINIMUM_PAIRS:
        reasons.append(Reason.FEW_PAIRS)
    if (
        not (low <= INTERVAL_LEVEL <= high)
        or crps > min(benchmarks.values())
        or scores.brier >= scores.base_rate
    ):
        reasons.append(Reason.BACKTEST_FAILED)
    return Backtest(
        pairs=number,
        series=len(np.unique(pairs.series)),
        coverage=coverage,
        coverage_error=_bootstrap_error(
            inside(prediction, pairs.outcome, INTERVAL_LEVEL), pairs.series, seed
        ),
        crps=crps,
        benchmarks=benchmarks,
        brier=scores.brier,
        base_rate=scores.base_rate,
        rps=scores.rps,
        pit=tuple(int(count) for count in pit_histogram(prediction, pairs.outcome)),
        reliability=scores.reliability,
        conformal=conformal_factor(
            (pairs.outcome - pairs.location) / (pairs.scale * t_quantile(pairs.df, 0.9))
        ),
        accepted=not reasons,
        reasons=tuple(reasons),
    )


@dataclass(frozen=True, slots=True)
class _EventScores:
    brier: float
    base_rate: float
    rps: float
    reliability: tuple[tuple[float, float, int], ...]


def _event_scores(pairs: Pairs) -> _EventScores:
    """Return scores of "reaches the pseudo-target" and of the ordered verdict (between which pseudo-targets it fell)."""
    chances = np.stack(
        [1 - pairs.prediction.cdf(pairs.pseudo[:, j]) for j in range(pairs.pseudo.shape[1])], axis=1
    )
    reached = pairs.outcome[:, None] >= pairs.pseudo
    known = np.isfinite(pairs.pseudo).all(axis=1)
    chances, reached = chances[known], reached[known]
    base = reached.mean(axis=0, keepdims=True)
    above = np.concatenate([np.ones((len(chances), 1)), chances, np.zeros((len(chances), 1))], axis=1)
    return _EventScores(
        _mean(brier(chances, reached)),
        _mean(brier(np.broadcast_to(base, reached.shape), reached)),
        _mean(ranked_probability(above[:, :-1] - above[:, 1:], reached.sum(axis=1))),
        tuple(reliability(chances.ravel(), reached.ravel())),
    )


def _coverage(hits: BoolArray) -> tuple[float, float, float]:
    low, high = clopper_pearson(int(hits.sum()), len(hits))
    return float(hits.mean()), low, high


def _mean(scores: FloatArray) -> float:
    return float(np.mean(scores)) if len(scores) else float("nan")


def _bootstrap_error(hits: BoolArray, series: IntArray, seed: int) -> float:
    """Return the standard error of the coverage, resampling whole series: pairs of one series are alike."""
    random = np.random.default_rng(seed)
    which = np.unique(series, return_inverse=True)[1]
    total, covered = np.bincount(which), np.bincount(which, weights=hits)
    draws = random.integers(0, len(total), (_BOOTSTRAPS, len(total)))
    return float(np.std(covered[draws].sum(axis=1) / total[draws].sum(axis=1)))
