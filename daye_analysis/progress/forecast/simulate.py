"""Simulated panels: whether intervals, verbal probabilities and the gate are correct if the model holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from daye_analysis.progress.arrays import FloatArray, IntArray
from daye_analysis.progress.forecast.backtest import gate, hits_and_losses
from daye_analysis.progress.forecast.calibration import binomial_bounds, word_reliability
from daye_analysis.progress.forecast.changes import changes
from daye_analysis.progress.forecast.models import Prediction, predict, t_quantile
from daye_analysis.progress.forecast.pairs import PSEUDO_TARGETS, Panel, rolling_pairs
from daye_analysis.progress.forecast.pooling import moderated_spread, shrunk_drift
from daye_analysis.progress.forecast.transforms import LOG
from daye_analysis.progress.vocabulary import INTERVAL_LEVEL

_NORMAL_90: Final = 1.2815515655446004
# A year's change usually scatters by 8 %, and the mean drifts of classes lie between nothing and 12 %.
USUAL_SPREAD: Final = 0.08
HIGHEST_DRIFT: Final = 0.12
# How far targets lie from what the class's mean growth makes of the last figure, in one year.
AMBITION: Final = 0.12
# A model whose 80 % interval covers this is the one that the gate must not let through.
TOO_NARROW: Final = 0.65
SEED: Final = 20231231


@dataclass(frozen=True, slots=True)
class World:
    """What panels are drawn from: random walks with drift in logarithms.

    class_size: series a class. drift_spread: tau, how far drifts differ within a class, in usual spreads. spread_df:
    how alike the spreads of its series are (scaled inverse chi-squared). carried: how much of a year's shock carries
    over into the next.
    """

    class_size: int = 50
    drift_spread: float = 0.5
    spread_df: float = 4.0
    carried: float = 0.0


@dataclass(frozen=True, slots=True)
class SimulatedPanel:
    """walks: (n, points) in logarithms. group: (n,) classes from 0. class_drift: (n,) the mean drift of its class."""

    walks: FloatArray
    group: IntArray
    class_drift: FloatArray


@dataclass(frozen=True, slots=True)
class SimulatedCoverage:
    """What share of simulated outcomes fell inside the 80 % interval of each method, for series of m changes.

    low, high: the binomial 95 % bounds of exactly 80 % at this number of series. own_t rests on each series alone;
    off_the_shelf is what packages print: normal quantiles, maximum-likelihood spread.
    """

    changes: int
    series: int
    pooled: float
    own_t: float
    off_the_shelf: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GatePower:
    """How often the gate opens on panels of `pairs` pairs (mean): for a right model, and for a too narrow one."""

    panels: int
    pairs: float
    right: float
    too_narrow: float


def simulated_panel(group: IntArray, points: int, seed: int, world: World | None = None) -> SimulatedPanel:
    """Return a random walk with drift of so many yearly points for each series of `group`, classes numbered from 0."""
    random, world = np.random.default_rng(seed), world or World()
    series = len(group)
    spread = USUAL_SPREAD * np.sqrt(world.spread_df / random.chisquare(world.spread_df, series))
    class_drift = random.uniform(0, HIGHEST_DRIFT, int(group.max()) + 1)[group]
    drift = class_drift + random.normal(0, world.drift_spread * USUAL_SPREAD, series)
    shocks = random.normal(size=(series, points - 1))
    for year in range(1, points - 1):
        shocks[:, year] = world.carried * shocks[:, year - 1] + np.sqrt(1 - world.carried**2) * shocks[:, year]
    steps = drift[:, None] + spread[:, None] * shocks
    walks = np.concatenate([np.zeros((series, 1)), np.cumsum(steps, axis=1)], axis=1)
    return SimulatedPanel(walks, group, class_drift)


def simulated_coverage(
    changes_count: int, series: int = 20_000, seed: int = SEED, world: World | None = None, ahead: int = 1
) -> SimulatedCoverage:
    """Return the coverage of the 80 % interval `ahead` years ahead (methods: table of section 2)."""
    panel, ours = _forecast(changes_count, series, seed, world or World(), ahead)
    summary = changes(panel.walks[:, :-ahead], np.arange(changes_count + 1))
    outcome, m, h = panel.walks[:, -1], float(changes_count), float(ahead)
    own = np.sqrt(summary.spread * (h + h * h / m))
    shelf = own * np.sqrt((m - 1) / m)
    centre = summary.last + h * summary.drift
    low, high = binomial_bounds(INTERVAL_LEVEL, len(outcome))
    return SimulatedCoverage(
        changes_count,
        len(outcome),
        _inside(outcome, ours.location, ours.scale * t_quantile(ours.df, 0.9)),
        _inside(outcome, centre, own * t_quantile(np.full(len(outcome), m - 1), 0.9)),
        _inside(outcome, centre, shelf * _NORMAL_90),
        low,
        high,
    )


def simulated_words(
    changes_count: int,
    series: int = 20_000,
    seed: int = SEED,
    world: World | None = None,
    ahead: int = 1,
    *,
    fixed: bool = False,
) -> dict[str, tuple[float, float, int]]:
    """Return for each word of a forecast the mean probability, how often it came about, and of how many forecasts.

    Targets lie about what the class's mean growth makes of the last figure, AMBITION either way. `fixed` ones ask the
    same rises of every series (PSEUDO_TARGETS), whatever its class: then "likely" singles out those luckiest so far.
    """
    panel, ours = _forecast(changes_count, series, seed, world or World(), ahead)
    last, outcome = panel.walks[:, -1 - ahead], panel.walks[:, -1]
    if fixed:
        goals = [last + np.log1p(rise) for rise in PSEUDO_TARGETS]
    else:
        off = np.random.default_rng(seed + 1).normal(0, AMBITION * np.sqrt(ahead), len(last))
        goals = [last + ahead * panel.class_drift + off]
    chance = np.concatenate([1 - ours.cdf(goal) for goal in goals])
    return word_reliability(chance, np.concatenate([outcome >= goal for goal in goals]))


def gate_power(
    series: int = 20,
    figures: int = 6,
    panels: int = 200,
    seed: int = SEED,
    world: World | None = None,
    covered: float = TOO_NARROW,
) -> GatePower:
    """Return how often the gate opens on simulated panels of `series` series with `figures` yearly figures each.

    No class reaches over two panels. The too narrow model is the right one with its spread cut until its 80 % interval
    covers the share `covered` of all outcomes. The default has 100 pairs a panel, of four classes.
    """
    world = world or World(class_size=5)
    classes = max(round(series / world.class_size), 1)
    of_panel = np.arange(panels * series) // series
    group = of_panel * classes + np.arange(panels * series) % series % classes
    walks = simulated_panel(group, figures, seed, world).walks
    years = np.broadcast_to(np.arange(figures, dtype=np.float64), walks.shape)
    pairs = rolling_pairs(Panel(np.exp(walks), years, years, group, np.full(len(walks), LOG, dtype=np.int8)))
    off = np.abs(pairs.outcome - pairs.location) / (pairs.scale * t_quantile(pairs.df, (1 + INTERVAL_LEVEL) / 2))
    narrow = replace(pairs, scale=pairs.scale * np.quantile(off, covered))
    which = of_panel[pairs.series]
    rows = [np.flatnonzero(which == panel) for panel in range(panels)]
    opened = []
    for each in (pairs, narrow):
        hits, losses = hits_and_losses(each)
        opened.append(np.mean([not gate(hits[at], losses[at], each.series[at]).failed for at in rows]))
    return GatePower(panels, len(which) / panels, float(opened[0]), float(opened[1]))


def _forecast(
    changes_count: int, series: int, seed: int, world: World, ahead: int
) -> tuple[SimulatedPanel, Prediction]:
    """Return a panel, its last `ahead` points still to come, and our forecast of the last from the others."""
    classes = series // world.class_size
    panel = simulated_panel(np.arange(classes * world.class_size) % classes, changes_count + 1 + ahead, seed, world)
    summary = changes(panel.walks[:, :-ahead], np.arange(changes_count + 1))
    pooled = moderated_spread(summary.spread, summary.count, panel.group, classes)
    drift = shrunk_drift(summary.drift, summary.span, pooled, panel.group, classes)
    return panel, predict(summary, pooled, drift, np.full(len(panel.group), float(ahead)))


def _inside(outcome: FloatArray, centre: FloatArray, half_width: FloatArray) -> float:
    return float(np.mean(np.abs(outcome - centre) <= half_width))
