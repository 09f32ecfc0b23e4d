"""The back-test: how good past forecasts would have been, as a condition for showing any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from daye_analysis.progress.arrays import BoolArray, FloatArray, IntArray, counted
from daye_analysis.progress.forecast.calibration import (
    brier,
    clopper_pearson,
    conformal_factor,
    crps_t,
    inside,
    pit_histogram,
    ranked_probability,
    word_reliability,
)
from daye_analysis.progress.forecast.models import t_quantile
from daye_analysis.progress.forecast.pairs import Pairs
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL, MINIMUM_PAIRS

LEVELS = (0.5, INTERVAL_LEVEL, 0.95)
# Named beforehand: what anybody may forecast without a model is that the class's mean growth goes on.
BENCHMARK: Final = "class_mean"
# The gate forgives so many bootstrap errors: of a coverage below nominal, and of a score worse than the benchmark's.
# Chosen for power (docs/backtest.md): a right model passes mostly, one that covers 65 % hardly ever.
COVERAGE_ERRORS: Final = 1.0
BENCHMARK_ERRORS: Final = 2.0
_BOOTSTRAPS: Final = 999


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the back-test found; without pairs every score is NaN.

    Attributes
    ----------
    pairs, series
        How many real forecast-outcome pairs there are, and from how many series.
    coverage
        Of the 50, 80 and 95 % intervals, each (share, low, high) with Clopper-Pearson bounds.
    coverage_error
        Standard error of the 80 % one, by a bootstrap over series.
    crps, benchmarks
        Mean scores on the computing scale.
    loss, loss_error
        By how much our score exceeds that of BENCHMARK, and the bootstrap error of that.
    brier, base_rate
        Of pseudo-target events, and of always saying their share.
    rps
        Of the ordered verdict, between which pseudo-targets the outcome fell.
    pit
        How many outcomes fell in each fifth of their forecast.
    words
        By word of a forecast: mean probability, share that came about, number.
    conformal
        What to multiply the spread by to cover 80 %.
    failed
        The tests of the gate that failed, of `pairs`, `coverage`, `benchmark` and `one_series` (it passes, but would
        not without some one series).
    class_coverage
        By group of the history: share, bounds and number of pairs of the 80 % interval.
    """

    pairs: int
    series: int
    coverage: dict[float, tuple[float, float, float]]
    coverage_error: float
    crps: float
    benchmarks: dict[str, float]
    loss: float
    loss_error: float
    brier: float
    base_rate: float
    rps: float
    pit: tuple[int, ...]
    words: dict[str, tuple[float, float, int]]
    conformal: float
    failed: tuple[str, ...]
    class_coverage: dict[int, tuple[float, float, float, int]]

    @property
    def accepted(self) -> bool:
        """Return whether the gate is open."""
        return not self.failed

    @property
    def uncovered(self) -> frozenset[int]:
        """Return the classes whose own pairs exclude that the 80 % interval covers 80 %: they get no probability."""
        return frozenset(group for group, (_, _, high, _) in self.class_coverage.items() if high < INTERVAL_LEVEL)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why reports may not show probabilities: too few pairs, a failed test, or both."""
        few = (Reason.FEW_PAIRS,) if "pairs" in self.failed else ()
        return (*few, Reason.BACKTEST_FAILED) if set(self.failed) - {"pairs"} else few


def judge(pairs: Pairs, seed: int = 20231231) -> Backtest:
    """Score the pairs and say whether reports may show probabilities (docs/backtest.md).

    The gate opens with at least thirty pairs, an 80 % interval that covers 80 % give or take COVERAGE_ERRORS of a
    bootstrap over series, a CRPS that exceeds BENCHMARK's by no more than BENCHMARK_ERRORS, and if leaving out any one
    series changes none of this. Too wide an interval shows in the CRPS. `seed` fixes the bootstrap.
    """
    number = len(pairs.series)
    if not number:
        nan = float("nan")
        bounds = dict.fromkeys(LEVELS, (nan, 0.0, 1.0))
        return Backtest(0, 0, bounds, nan, nan, {}, nan, nan, nan, nan, nan, (), {}, nan, ("pairs",), {})
    prediction = pairs.prediction
    tested = gate(*hits_and_losses(pairs), pairs.series, seed)
    events = _event_scores(pairs)
    return Backtest(
        pairs=number,
        series=len(np.unique(pairs.series)),
        coverage={level: _coverage(inside(prediction, pairs.outcome, level)) for level in LEVELS},
        coverage_error=tested.coverage_error,
        crps=_mean(_crps(pairs, pairs.location)),
        benchmarks={name: _mean(_crps(pairs, centre)) for name, centre in pairs.centres.items()},
        loss=tested.loss,
        loss_error=tested.loss_error,
        brier=events.brier,
        base_rate=events.base_rate,
        rps=events.rps,
        pit=tuple(int(count) for count in pit_histogram(prediction, pairs.outcome)),
        words=events.words,
        conformal=conformal_factor(
            (pairs.outcome - pairs.location) / (pairs.scale * t_quantile(pairs.df, 0.9))
        ),
        failed=tested.failed,
        class_coverage=_class_coverage(pairs),
    )


@dataclass(frozen=True, slots=True)
class Gate:
    """The errors of the 80 % interval's coverage and of the loss, over BENCHMARK's score, and which tests failed."""

    coverage_error: float
    loss: float
    loss_error: float
    failed: tuple[str, ...]


def hits_and_losses(pairs: Pairs) -> tuple[BoolArray, FloatArray]:
    """Return whether each outcome fell in its 80 % interval, and by how much its CRPS exceeds BENCHMARK's."""
    hits = inside(pairs.prediction, pairs.outcome, INTERVAL_LEVEL)
    return hits, _crps(pairs, pairs.location) - _crps(pairs, pairs.centres[BENCHMARK])


def gate(hits: BoolArray | FloatArray, losses: FloatArray, series: IntArray, seed: int = 20231231) -> Gate:
    """Return which tests fail, with all series and, beyond the number of pairs, without each of them.

    `hits`: whether the outcome of each pair fell in its 80 % interval; `losses`: by how much its score exceeds that of a
    benchmark; `series`: which series it is of.

    The errors are of a Bayesian bootstrap (Rubin 1981) over series, since pairs of one series are alike: weights from an
    exponential distribution, so that leaving a series out leaves the others' draws as they are.
    """
    which = np.unique(series, return_inverse=True)[1]
    total = counted(which)
    covered, lost = counted(which, hits), counted(which, losses)
    draws = np.random.default_rng(seed).standard_exponential((_BOOTSTRAPS, len(total)))
    sums = [draws @ each for each in (total, covered, lost)]

    def without(i: int | None) -> tuple[float, float, float, float]:
        n, c, d = (
            (each.sum(), drawn) if i is None else (each.sum() - each[i], drawn - draws[:, i] * each[i])
            for each, drawn in zip((total, covered, lost), sums, strict=True)
        )
        return c[0] / n[0], float(np.std(c[1] / n[1])), d[0] / n[0], float(np.std(d[1] / n[1]))

    def fails(coverage: float, coverage_error: float, loss: float, loss_error: float) -> tuple[str, ...]:
        narrow = coverage + COVERAGE_ERRORS * coverage_error < INTERVAL_LEVEL
        worse = loss > BENCHMARK_ERRORS * loss_error
        return (("coverage",) if narrow else ()) + (("benchmark",) if worse else ())

    whole = without(None)
    failed = fails(*whole)
    if not failed and (len(total) == 1 or any(fails(*without(i)) for i in range(len(total)))):
        failed = ("one_series",)
    few = ("pairs",) if len(hits) < MINIMUM_PAIRS else ()
    return Gate(whole[1], whole[2], whole[3], few + failed)


def _crps(pairs: Pairs, centre: FloatArray) -> FloatArray:
    """Return the scores of forecasts with this centre; benchmarks are given our spread, so that only centres compete."""
    return crps_t(pairs.outcome, centre, pairs.scale, pairs.df)


@dataclass(frozen=True, slots=True)
class _EventScores:
    brier: float
    base_rate: float
    rps: float
    words: dict[str, tuple[float, float, int]]


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
        word_reliability(chances.ravel(), reached.ravel()),
    )


def _class_coverage(pairs: Pairs) -> dict[int, tuple[float, float, float, int]]:
    hits = inside(pairs.prediction, pairs.outcome, INTERVAL_LEVEL)
    return {int(group): (*_coverage(hits[at]), int(at.sum())) for group in np.unique(pairs.group) for at in [pairs.group == group]}


def _coverage(hits: BoolArray) -> tuple[float, float, float]:
    low, high = clopper_pearson(int(hits.sum()), len(hits))
    return float(hits.mean()), low, high


def _mean(scores: FloatArray) -> float:
    return float(np.mean(scores)) if len(scores) else float("nan")
