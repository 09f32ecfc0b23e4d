"""Assess very many series at once: the same layers on arrays, in blocks of bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from daye_analysis.progress.arrays import BoolArray, CodeArray, FloatArray, IntArray
from daye_analysis.progress.attainment_rates import attainment
from daye_analysis.progress.forecast.changes import Changes, changes
from daye_analysis.progress.forecast.models import chance, predict
from daye_analysis.progress.forecast.pooling import PooledSpread, ShrunkDrift, moderated_spread, shrunk_drift
from daye_analysis.progress.forecast.transforms import LOG, REDUCTION, Scaled, by_scale, scaled
from daye_analysis.progress.pace import required_growth
from daye_analysis.progress.schedule import lead_status, schedule
from daye_analysis.progress.vocabulary import Status

# Rows computed at a time: about 100 MB of intermediate arrays.
PIECE: Final = 100_000


@dataclass(frozen=True, slots=True)
class SeriesPanel:
    """Series with their targets; (n, k) values at k common years, missing points NaN.

    base_column: the column of the plan's base. scale: (n,) codes of transforms; shares and reductions as shares of one.
    group: (n,) the class from which each borrows strength.
    """

    values: FloatArray
    years: FloatArray
    base_column: int
    due_year: float
    target: FloatArray
    direction: FloatArray
    strict: BoolArray
    integer: BoolArray
    scale: CodeArray
    group: IntArray


@dataclass(frozen=True, slots=True)
class PanelJudgement:
    """What the layers say of each series; arrays (n,), growths and probabilities as shares, leads in points."""

    value: FloatArray
    met: BoolArray
    shortfall: FloatArray
    lead: FloatArray
    lead_log: FloatArray
    status: CodeArray
    schedule_reason: CodeArray
    required_growth: FloatArray
    required_reason: CodeArray
    probability: FloatArray
    interval_low: FloatArray
    interval_high: FloatArray
    class_weight: FloatArray
    forecast_reason: CodeArray


def judge_panel(panel: SeriesPanel, piece: int = PIECE) -> PanelJudgement:
    """Judge every series by layers A to D, `piece` rows at a time.

    Pooling needs all series' summaries at once (six numbers each); everything else is computed piecewise. The result
    does not depend on `piece`. There must be at least one series.
    """
    n = len(panel.values)
    cuts = [slice(start, min(start + piece, n)) for start in range(0, n, piece)]
    scales, summaries = [], []
    for cut in cuts:
        series = scaled(panel.values[cut], panel.scale[cut])
        summaries.append(changes(series.values, panel.years))
        scales.append(replace(series, values=series.values[:0]))
    count, drift, spread, span = (
        np.concatenate([getattr(summary, name) for summary in summaries])
        for name in ("count", "drift", "spread", "span")
    )
    group, groups = by_scale(panel.group, np.concatenate([series.scale for series in scales]))
    pooled = moderated_spread(spread, count, group, groups)
    shrunk = shrunk_drift(drift, span, pooled, group, groups)
    found = []
    for cut, series, summary in zip(cuts, scales, summaries, strict=True):
        found.append(_judge(_rows(panel, cut), series, summary, pooled.take(cut), shrunk.take(cut)))
    names = [field.name for field in fields(PanelJudgement)]
    return PanelJudgement(**{name: np.concatenate([getattr(part, name) for part in found]) for name in names})


def _rows(panel: SeriesPanel, cut: slice) -> SeriesPanel:
    return replace(
        panel,
        values=panel.values[cut],
        target=panel.target[cut],
        direction=panel.direction[cut],
        strict=panel.strict[cut],
        integer=panel.integer[cut],
        scale=panel.scale[cut],
        group=panel.group[cut],
    )


def _judge(
    panel: SeriesPanel, series: Scaled, summary: Changes, pooled: PooledSpread, shrunk: ShrunkDrift
) -> PanelJudgement:
    """Judge the rows of one piece; the summaries are on the computing scale, the layers A to C in plain values."""
    value = series.undo(summary.last)
    found = attainment(value, panel.target, panel.direction, panel.strict)
    # Reductions are scheduled as the intensity that is left, so that their logarithm is the official progress.
    reduced = panel.scale == REDUCTION
    sign = np.where(reduced, -panel.direction, panel.direction)
    y, b, goal = (
        np.where(reduced, 1 - x, x) for x in (value, panel.values[:, panel.base_column], panel.target)
    )
    start = panel.years[panel.base_column]
    elapsed = (summary.last_year - start) / (panel.due_year - start)
    course = schedule(y, b, goal, elapsed, sign)
    left = panel.due_year - summary.last_year
    rest = required_growth(y, goal, left, sign, panel.strict, (panel.scale == LOG) | reduced)
    ahead = predict(summary, pooled, shrunk, left)
    likely = chance(ahead, series, panel.target, panel.direction, panel.strict, panel.integer)
    status = np.where(
        found.met, np.int8(Status.AT_LEVEL), lead_status(np.where(reduced, course.lead_log, course.lead))
    )
    return PanelJudgement(
        value, found.met, found.shortfall, course.lead, course.lead_log, status.astype(np.int8), course.reason,
        rest.growth, rest.reason, likely.probability, likely.low, likely.high, shrunk.class_weight, likely.reason,
    )  # fmt: skip
