"""Assessments per second, for a thousand to a million series, beside a loop over statsmodels in the same run.

    python benchmarks/assessments.py [--largest 1000000] [--loop 300]

A million is 39 targets, some 2,500 counties, ten dates. The loop does for each series what a careful analyst would with
statsmodels: regress its yearly log changes on a constant, predict, and read off the chance of the target and an 80 %
interval. It is timed on a few hundred series, and does less: no pooling, no schedule, no reasons. Both are the best of three, so that other work
on the machine weighs on neither. Prints one line a size: seconds, assessments a second, the ratio to the loop, and the
peak memory of the process so far.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import time

import numpy as np

from daye_analysis.progress.forecast.panel import SeriesPanel, judge_panel
from daye_analysis.progress.forecast.transforms import LOG, LOGIT

YEARS = np.arange(2019.0, 2026.0)
DUE = 2026.0
CLASSES = 390


def panel(size: int, seed: int = 20231231) -> SeriesPanel:
    """Return `size` series of up to seven yearly figures, a quarter of them shares, a fifth of the points missing."""
    random = np.random.default_rng(seed)
    steps = random.normal(0.08, 0.10, (size, len(YEARS))).cumsum(axis=1)
    scale = np.where(np.arange(size) % 4 == 0, LOGIT, LOG).astype(np.int8)
    shares = 1 / (1 + np.exp(-(steps - 1)))
    values = np.where((scale == LOGIT)[:, None], shares, 200 * np.exp(steps))
    values[random.random(values.shape) < 0.2] = np.nan
    target = np.where(scale == LOGIT, 0.5, 420.0)
    return SeriesPanel(
        values, YEARS, 4, DUE, target, np.ones(size), np.zeros(size, dtype=bool), scale == LOG, scale,
        (np.arange(size) % CLASSES).astype(np.int64),
    )  # fmt: skip


def loop(series: SeriesPanel) -> float:
    """Return seconds a series for the loop over statsmodels."""
    import statsmodels.api as sm
    from scipy.stats import t as student

    begin = time.perf_counter()
    done = 0
    for values, target, scale in zip(series.values, series.target, series.scale, strict=True):
        here = np.isfinite(values)
        if here.sum() < 3:
            continue
        z = np.log(values[here] / (1 - values[here])) if scale == LOGIT else np.log(values[here])
        goal = math.log(target / (1 - target)) if scale == LOGIT else math.log(target)
        gap = np.diff(YEARS[here])
        fitted = sm.WLS(np.diff(z) / gap, np.ones(len(gap)), weights=gap).fit()
        ahead = fitted.get_prediction(np.ones((1, 1)))
        h = DUE - YEARS[here][-1]
        spread = math.sqrt(fitted.scale * h + (h * float(ahead.se_mean[0])) ** 2)
        centre = z[-1] + h * float(fitted.params[0])
        student.sf((goal - centre) / spread, fitted.df_resid)
        student.interval(0.8, fitted.df_resid, centre, spread)
        done += 1
    return (time.perf_counter() - begin) / done


def seconds(series: SeriesPanel) -> float:
    """Return seconds for judging all series."""
    begin = time.perf_counter()
    judge_panel(series)
    return time.perf_counter() - begin


def peak_megabytes() -> float:
    """Return the peak resident memory of this process."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def main() -> None:
    """Time the panels from the smallest up, then the loop, and print them side by side."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--largest", type=int, default=1_000_000)
    arguments.add_argument("--loop", type=int, default=300)
    chosen = arguments.parse_args()
    judge_panel(panel(1_000))  # the first call pays for importing scipy.special
    timed = []
    for size in (1_000, 100_000, 1_000_000):
        if size > chosen.largest:
            break
        series = panel(size)
        timed.append((size, min(seconds(series) for _ in range(3)), peak_megabytes()))
    each = min(loop(panel(chosen.loop)) for _ in range(3))
    print(f"statsmodels loop: {each * 1e3:.2f} ms a series ({1 / each:,.0f} a second)")
    for size, took, memory in timed:
        ratio = each * size / took
        print(f"{size:>9,} series: {took:7.3f} s, {size / took:>10,.0f} a second, "
              f"{ratio:8,.0f} times the loop, peak {memory:,.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
