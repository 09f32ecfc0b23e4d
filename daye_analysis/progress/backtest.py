"""The back-test: forecasts made only from what was published, set against what came, before any is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from daye_analysis.progress.arrays import BoolArray, CodeArray, FloatArray, IntArray
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
from daye_analysis.progress.changes import Changes, changes
from daye_analysis.progress.forecast import Prediction, predict, t_quantile
from daye_analysis.progress.pooling import ShrunkDrift, moderated_spread, shrunk_drift
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.transforms import Scaled, scaled
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL, MINIMUM_PAIRS

LEVELS = (0.5, INTERVAL_LEVEL, 0.95)
# Pseudo-targets: a rise of these shares over the last figure known.
PSEUDO_TARGETS = (0.05, 0.10, 0.20, 0.40)
HORIZONS = (1, 2)
_BOOTSTRAPS = 999


@dataclass(frozen=True, slots=True)
class Panel:
    """Series to forecast from, (n, k) with NaN beyond each one's end.

    values; years: when, ascending; known: from when each could be known, in years; group: (n,) class from 0; scale:
    (n,) codes of transforms.
    """

    values: FloatArray
    years: FloatArray
    known: FloatArray
    group: IntArray
    scale: CodeArray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Forecast-outcome pairs, all on the series' computing scale; arrays (pairs,).

    series: row of the panel. steps: figures ahead. origin: when the last figure used became known. outcome, last: z.
    location, scale, df: the forecast. pseudo: (pairs, 4) the pseudo-targets. centres: by name, where each benchmark
    puts the centre; benchmarks are given our spread, so that only the centre is compared.
    """

    series: IntArray
    steps: IntArray
    origin: FloatArray
    outcome: FloatArray
    last: FloatArray
    location: FloatArray
    scale: FloatArray
    df: FloatArray
    class_weight: FloatArray
    pseudo: FloatArray
    centres: dict[str, FloatArray]

    @property
    def prediction(self) -> Prediction:
        """Return the forecasts as one distribution an outcome."""
        unknown = np.full(self.location.shape, np.nan)
        return Prediction(self.location, self.scale, self.df, unknown, self.class_weight, unknown)


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


def rolling_pairs(panel: Panel) -> Pairs:
    """Forecast each figure of each series from every origin before it (methods: section 3.1).

    An origin is the day on which a figure became known. At it, only figures known by then are used, of all series; the
    outcome is the next figure or the one after, and must have become known later. At least two figures are needed.
    """
    origins = np.unique(panel.known[np.isfinite(panel.known)])
    found = [
        _at_origin(panel, origin)
        for origin in origins
        if any(len(rows) for _, rows, _ in _due(panel, origin))
    ]
    return _joined(found) if found else _at_origin(panel, -np.inf)


def _due(panel: Panel, origin: float) -> list[tuple[int, IntArray, IntArray]]:
    """Return steps, rows and columns of outcomes of the series whose last known figure became known at `origin`."""
    visible = np.isfinite(panel.values) & (panel.known <= origin)
    n, k = panel.values.shape
    each = np.arange(n)
    last = k - 1 - np.argmax(visible[:, ::-1], axis=1)
    news = (visible.sum(axis=1) >= 2) & (panel.known[each, last] == origin)
    found = []
    for step in HORIZONS:
        column = np.minimum(last + step, k - 1)
        rows = np.flatnonzero(news & (last + step < k) & (panel.known[each, column] > origin))
        found.append((step, rows, column[rows]))
    return found


def _at_origin(panel: Panel, origin: float) -> Pairs:
    """Return the pairs whose last figure became known at `origin`, forecast from all that was known then."""
    visible = np.isfinite(panel.values) & (panel.known <= origin)
    groups = int(panel.group.max()) + 1 if len(panel.group) else 0
    series = scaled(np.where(visible, panel.values, np.nan), panel.scale)
    summary = changes(series.values, panel.years)
    pooled = moderated_spread(summary.spread, summary.count, panel.group, groups)
    drift = shrunk_drift(summary.drift, summary.span, pooled.variance, panel.group, groups)
    parts = []
    for step, rows, column in _due(panel, origin):
        horizon = np.full(len(panel.values), np.nan)
        horizon[rows] = panel.years[rows, column] - summary.last_year[rows]
        ahead = predict(summary, pooled, drift, horizon)
        sound = np.isfinite(ahead.scale[rows])
        rows, column = rows[sound], column[sound]
        parts.append(_pairs(panel, series.take(rows), rows, step, origin, column, ahead, summary, drift))
    return _joined(parts)


def _pairs(
    panel: Panel,
    series: Scaled,
    rows: IntArray,
    step: int,
    origin: float,
    column: IntArray,
    ahead: Prediction,
    summary: Changes,
    drift: ShrunkDrift,
) -> Pairs:
    """Return the pairs of the chosen rows, with the centres of the benchmarks."""
    last, h = summary.last[rows], ahead.horizon[rows]
    value = series.undo(last)
    first = series.undo(last - summary.drift[rows] * summary.span[rows])
    even = series.apply(value + h * (value - first) / summary.span[rows])
    centres = {
        "no_change": last,
        # An even schedule may leave the scale (a share above one); then it is no better than no change.
        "even_schedule": np.where(np.isfinite(even), even, last),
        "own_trend": last + h * summary.drift[rows],
        "class_mean": last + h * drift.class_drift[panel.group[rows]],
    }
    return Pairs(
        series=rows.astype(np.int64),
        steps=np.full(len(rows), step, dtype=np.int64),
        origin=np.full(len(rows), origin),
        outcome=series.apply(panel.values[rows, column]),
        last=last,
        location=ahead.location[rows],
        scale=ahead.scale[rows],
        df=ahead.df[rows],
        class_weight=ahead.class_weight[rows],
        pseudo=np.stack([series.apply(value * (1 + rise)) for rise in PSEUDO_TARGETS], axis=1),
        centres=centres,
    )


def _joined(parts: Sequence[Pairs]) -> Pairs:
    """Return all parts as one."""
    names = [field.name for field in fields(Pairs) if field.name != "centres"]
    join = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    centres = {name: np.concatenate([part.centres[name] for part in parts]) for name in parts[0].centres}
    return Pairs(**join, centres=centres)


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
        [1 - pairs.prediction.cdf(pairs.pseudo[:, j]) for j in range(len(PSEUDO_TARGETS))], axis=1
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
