"""How far intervals, words and the gate keep what they say, by simulation, beside what the naive way gives.

    python benchmarks/backtest.py [--series 20000] [--panels 400]

The numbers of docs/backtest.md. Worlds: random walks with drift in logarithms (`simulate.World`); how far drifts differ
within a class is given in spreads of one year. Takes some minutes; seeds are fixed, so that it prints the same again.
"""

from __future__ import annotations

import argparse

import numpy as np

from daye_analysis.progress.forecast import backtest
from daye_analysis.progress.forecast.calibration import clopper_pearson, word_reliability
from daye_analysis.progress.forecast.changes import changes
from daye_analysis.progress.forecast.models import predict, t_quantile, widening
from daye_analysis.progress.forecast.pairs import PSEUDO_TARGETS, Panel, rolling_pairs
from daye_analysis.progress.forecast.pooling import moderated_spread, shrunk_drift
from daye_analysis.progress.forecast.simulate import (
    AMBITION,
    SEED,
    World,
    gate_power,
    simulated_coverage,
    simulated_panel,
    simulated_words,
)
from daye_analysis.progress.forecast.transforms import LOG
from daye_analysis.progress.reference_class import class_share

CLASS_SIZES = (2, 3, 8, 50)
DRIFT_SPREADS = (0.0, 0.5, 1.0, 2.0)


def coverage(series: int) -> None:
    """Print what a nominal 80 % interval covers one year ahead, by number of changes."""
    print("\n80 % interval, one year ahead: share covered (drifts differ by 0, 0.5, 1, 2 spreads)")
    for size in CLASS_SIZES:
        for count in (2, 3, 4, 5, 7):
            found = [simulated_coverage(count, series, world=World(size, apart)) for apart in DRIFT_SPREADS]
            ours = " ".join(f"{100 * each.pooled:5.1f}" for each in found)
            print(f"  class of {size:2}, {count} changes: ours {ours} | own t {100 * found[1].own_t:5.1f} | "
                  f"off the shelf {100 * found[1].off_the_shelf:5.1f}")  # fmt: skip


def words(series: int) -> None:
    """Print what "likely" and "unlikely" said and how often it came about, on two changes and a class of three."""
    print("\nWords on two changes: said / came about, in %")
    for fixed in (False, True):
        print(f"  targets {'the same rises for all' if fixed else 'about what the class makes of the last figure'}:")
        for size in CLASS_SIZES:
            for apart in DRIFT_SPREADS:
                world = World(size, apart)
                ours = _said(simulated_words(2, series, world=world, fixed=fixed))
                print(f"    class of {size:2}, drifts {apart}: ours {ours} | off the shelf {_said(_naive_words(series, world, fixed))}")
    print("  two and three years ahead, class of eight, drifts 0.5:")
    for ahead in (2, 3):
        for carried in (0.0, 0.3):
            found = simulated_words(4, series, world=World(8, carried=carried), ahead=ahead)
            print(f"    {ahead} years, {carried} carried over: {_said(found)}")


def _naive_words(series: int, world: World, fixed: bool) -> dict[str, tuple[float, float, int]]:
    """Return the same for what packages print: own drift, maximum-likelihood spread, normal distribution."""
    from scipy.special import ndtr

    group = np.arange(series // world.class_size * world.class_size) % (series // world.class_size)
    panel = simulated_panel(group, 4, SEED, world)
    summary = changes(panel.walks[:, :-1], np.arange(3))
    last, outcome = panel.walks[:, -2], panel.walks[:, -1]
    off = np.random.default_rng(SEED + 1).normal(0, AMBITION, len(last))
    goals = [last + np.log1p(rise) for rise in PSEUDO_TARGETS] if fixed else [last + panel.class_drift + off]
    scale = np.sqrt(summary.spread / 2 * 1.5)
    chance = np.concatenate([ndtr((last + summary.drift - goal) / scale) for goal in goals])
    return word_reliability(chance, np.concatenate([outcome >= goal for goal in goals]))


def _said(found: dict[str, tuple[float, float, int]]) -> str:
    return ", ".join(f"{word} {100 * found[word][0]:.0f}/{100 * found[word][1]:.0f}" for word in ("likely", "unlikely"))


def horizons(series: int) -> None:
    """Print the coverage beyond one year, with shocks that carry over, with and without the widening; and on two figures."""
    print("\n80 % interval beyond one year: share covered, widened (not widened)")
    for count, size in ((2, 3), (4, 8), (7, 8)):
        for carried in (0.0, 0.3, 0.5):
            phrases = [_ahead(np.full(series // size, count), size, carried, ahead) for ahead in (1, 2, 3)]
            print(f"  {count} changes, class of {size}, {carried} carried over: " + ", ".join(phrases))
    print("  two figures, in a class of eight of which the others have five:")
    for carried in (0.0, 0.3):
        print(f"    {carried} carried over: " + ", ".join(_ahead(np.full(series // 8, 1), 8, carried, ahead) for ahead in (1, 2, 3)))


def _ahead(first: np.ndarray, size: int, carried: float, ahead: int) -> str:
    """Return the coverage of the first series of each class, which has `first` changes, the others at least four."""
    classes, most = len(first), max(int(first[0]), 4)
    panel = simulated_panel(np.arange(classes * size) % classes, most + 1 + ahead, SEED, World(size, carried=carried))
    known = panel.walks[:, :-ahead].copy()
    chosen = np.arange(classes) if first[0] == 1 else np.arange(classes * size)
    known[chosen, : most - int(first[0])] = np.nan
    summary = changes(known, np.arange(most + 1))
    pooled = moderated_spread(summary.spread, summary.count, panel.group, classes)
    drift = shrunk_drift(summary.drift, summary.span, pooled, panel.group, classes)
    ours = predict(summary, pooled, drift, np.full(len(panel.group), float(ahead)))
    off = np.abs(panel.walks[:, -1] - ours.location) / (ours.scale * t_quantile(ours.df, 0.9))
    off = off[chosen][np.isfinite(off[chosen])]
    narrow = off * np.sqrt(widening(ahead))
    return f"{ahead} y {100 * np.mean(off <= 1):.1f} ({100 * np.mean(narrow <= 1):.1f})"


def power(panels: int) -> None:
    """Print how often the gate opens, by number of pairs, and the trade-off between its tolerances."""
    print("\nThe gate opens, in % of panels: right model / 80 % interval that covers 72 % / 65 %")
    for series, figures in ((6, 6), (10, 6), (20, 6), (40, 6), (80, 6), (33, 5), (11, 8)):
        found, other = gate_power(series, figures, panels), gate_power(series, figures, panels, covered=0.72)
        print(f"  {found.pairs:5.0f} pairs of {series:2} series: {100 * found.right:3.0f} / {100 * other.too_narrow:3.0f} / {100 * found.too_narrow:3.0f}")
    print("  100 pairs, by how far drifts differ within a class (0: the benchmark is the truth):")
    for apart in DRIFT_SPREADS:
        found = gate_power(panels=panels, world=World(5, apart))
        print(f"    {apart} spreads: {100 * found.right:3.0f} / {100 * found.too_narrow:3.0f}")
    print("  100 pairs, by errors forgiven of the coverage and of the score: right / covers 65 %")
    chosen = backtest.COVERAGE_ERRORS, backtest.BENCHMARK_ERRORS
    for of_coverage in (0.0, 1.0, 1.28, 1.64):
        for of_score in (0.0, 1.0, 1.64, 2.0):
            backtest.COVERAGE_ERRORS, backtest.BENCHMARK_ERRORS = of_coverage, of_score  # type: ignore[misc]
            found = gate_power(panels=panels)
            print(f"    {of_coverage:4} {of_score:4}: {100 * found.right:3.0f} / {100 * found.too_narrow:3.0f}")
    backtest.COVERAGE_ERRORS, backtest.BENCHMARK_ERRORS = chosen  # type: ignore[misc]


def classes(number: int) -> None:
    """Print how often a class is left without probabilities, since its own pairs exclude 80 %."""
    print("\nA class gets no probability, in %: right model / 80 % interval that covers 65 % / 50 %")
    for size, figures in ((4, 5), (5, 6), (10, 6)):
        group = np.repeat(np.arange(number), size)
        walks = simulated_panel(group, figures, SEED, World(size)).walks
        years = np.broadcast_to(np.arange(figures, dtype=np.float64), walks.shape)
        pairs = rolling_pairs(Panel(np.exp(walks), years, years, group, np.full(len(walks), LOG, dtype=np.int8)))
        off = np.abs(pairs.outcome - pairs.location) / (pairs.scale * t_quantile(pairs.df, 0.9))
        each = np.bincount(pairs.group)
        phrases = []
        for limit in (1.0, np.quantile(off, 0.65), np.quantile(off, 0.5)):
            hits = np.bincount(pairs.group, weights=off <= limit)
            shut = [clopper_pearson(int(hit), int(all_))[1] < 0.8 for hit, all_ in zip(hits, each, strict=True)]
            phrases.append(f"{100 * np.mean(shut):3.0f}")
        print(f"  {each.mean():3.0f} pairs of {size:2} series: " + " / ".join(phrases))


def shares(trials: int) -> None:
    """Print how often the interval of a reference share holds the truth: each series once, beside each growth once."""
    print("\n80 % interval of the share of growths at least as high: held the truth, each series once (each growth once)")
    random = np.random.default_rng(SEED)
    for number in (3, 5, 7, 12, 25):
        held, naive = [], []
        for _ in range(trials):
            inclined = random.beta(0.8, 1.2, number)
            each = random.integers(1, 9, number)
            reached = random.random(int(each.sum())) < np.repeat(inclined, each)
            found = class_share(0.2, np.repeat(np.arange(number), each), np.where(reached, 0.3, 0.1))
            held.append(found.low <= 0.4 <= found.high)
            low, high = clopper_pearson(int(reached.sum()), len(reached), 0.8)
            naive.append(low <= 0.4 <= high)
        print(f"  {number:2} series: {100 * np.mean(held):.0f} ({100 * np.mean(naive):.0f})")


def main() -> None:
    """Print all tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--series", type=int, default=20_000)
    arguments.add_argument("--panels", type=int, default=400)
    chosen = arguments.parse_args()
    coverage(chosen.series)
    words(chosen.series)
    horizons(chosen.series)
    shares(4_000)
    power(chosen.panels)
    classes(1_500)


if __name__ == "__main__":
    main()
