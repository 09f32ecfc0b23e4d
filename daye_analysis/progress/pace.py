"""Layer C: the growth still required, compared with the growth so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import BoolArray, CodeArray, FloatArray, exceeds, floats
from daye_analysis.progress.attainment_rates import is_met
from daye_analysis.progress.reasons import Reason


@dataclass(frozen=True, slots=True)
class RequiredGrowth:
    """What the rest takes from the latest figure on; arrays of one shape.

    years_left: from the figure's date to the due date. growth: a year, as a share, NaN where it has no meaning.
    change: a year, in the target's unit. reason: why either is withheld.
    """

    years_left: FloatArray
    growth: FloatArray
    change: FloatArray
    reason: CodeArray


@dataclass(frozen=True, slots=True)
class Pace:
    """Actual against required pace since the base; arrays of one shape, growths a year as shares.

    ratio: CAGR actual / CAGR required (Eurostat). ratio_log: the same in logarithms, which IS progress_log / tau.
    ratio_linear: change actual / change required. years_to_arrival: from the figure's date at the pace so far.
    """

    growth_actual: FloatArray
    growth_required: FloatArray
    ratio: FloatArray
    ratio_log: FloatArray
    ratio_linear: FloatArray
    years_to_arrival: FloatArray
    reason: CodeArray


def compound_growth(start: ArrayLike, end: ArrayLike, years: ArrayLike) -> FloatArray:
    """Return (end/start)^(1/years) - 1, -1 for a fall to zero; NaN unless start and years are positive and end is not negative."""
    a, b, t = floats(start), floats(end), floats(years)
    valid = (a > 0) & (b >= 0) & (t > 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        growth = np.expm1(np.log(b / a) / t)
    return np.where(valid, growth, np.nan)


def required_growth(
    value: ArrayLike,
    target: ArrayLike,
    years_left: ArrayLike,
    direction: ArrayLike,
    strict: ArrayLike,
    grows: ArrayLike = True,
) -> RequiredGrowth:
    """Return g = (T/y)^(1/(t1 - t)) - 1 and (T - y)/(t1 - t) (methods: the required growth of layer C).

    `years_left` counts from the FIGURE's date; `grows` is False for quantities without a growth rate. A target
    already met needs nothing: both are withheld as ALREADY_MET, and the headroom of layer A speaks.
    """
    y, goal, left = floats(value), floats(target), floats(years_left)
    met = is_met(y, goal, direction, strict)
    positive = (y > 0) & (goal > 0)
    rate = np.broadcast_to(np.asarray(grows, dtype=np.bool_), np.broadcast(y, goal, left).shape)
    reason = np.select(
        [np.isnan(y), met, ~(left > 0), ~rate, ~positive],
        [
            Reason.NO_FIGURE,
            Reason.ALREADY_MET,
            Reason.DUE_PASSED,
            Reason.POINTS_NOT_RATE,
            Reason.NOT_POSITIVE,
        ],
        Reason.NONE,
    ).astype(np.int8)
    growth = np.where(reason == Reason.NONE, compound_growth(y, goal, left), np.nan)
    moves = np.isin(reason, [Reason.NONE, Reason.POINTS_NOT_RATE, Reason.NOT_POSITIVE])
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(moves, (goal - y) / left, np.nan)
    return RequiredGrowth(left, growth, change, reason)


def pace(
    base: ArrayLike,
    value: ArrayLike,
    target: ArrayLike,
    years_gone: ArrayLike,
    years_whole: ArrayLike,
    direction: ArrayLike,
    grows: ArrayLike = True,
) -> Pace:
    """Return actual and required pace from the base (Eurostat's ratio, also in logs and in plain changes).

    `years_gone` from the base's date to the figure's, `years_whole` from the base's date to the due date. Positive
    values that grow give growths; others only the linear ratio (reason NOT_POSITIVE or POINTS_NOT_RATE).
    """
    b, y, goal = floats(base), floats(value), floats(target)
    gone, whole, sign = floats(years_gone), floats(years_whole), floats(direction)
    positive = (b > 0) & (y > 0) & (goal > 0)
    rate = np.broadcast_to(np.asarray(grows, dtype=np.bool_), positive.shape)
    reason = np.select(
        [np.isnan(y), np.isnan(b), ~(gone > 0), ~exceeds(sign * goal, sign * b), ~rate, ~positive],
        [Reason.NO_FIGURE, Reason.NO_BASELINE, Reason.FIGURE_NOT_AFTER_BASE, Reason.MET_AT_BASE,
         Reason.POINTS_NOT_RATE, Reason.NOT_POSITIVE],
        Reason.NONE,
    ).astype(np.int8)  # fmt: skip
    compound = reason == Reason.NONE
    linear = np.isin(reason, [Reason.NONE, Reason.POINTS_NOT_RATE, Reason.NOT_POSITIVE])
    actual = np.where(compound, compound_growth(b, y, gone), np.nan)
    required = np.where(compound, compound_growth(b, goal, whole), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(compound, actual / required, np.nan)
        ratio_log = np.where(compound, (np.log(y / b) / gone) / (np.log(goal / b) / whole), np.nan)
        ratio_linear = np.where(linear, ((y - b) / gone) / ((goal - b) / whole), np.nan)
    arrival = _arrival(b, y, goal, gone, compound, linear, sign)
    return Pace(actual, required, ratio, ratio_log, ratio_linear, arrival, reason)


def _arrival(
    base: FloatArray,
    value: FloatArray,
    target: FloatArray,
    gone: FloatArray,
    compound: BoolArray,
    linear: BoolArray,
    sign: FloatArray,
) -> FloatArray:
    """Return years until the target at the pace so far; 0 if reached, NaN if it moves away or does not change."""
    with np.errstate(divide="ignore", invalid="ignore"):
        by_growth = np.log(target / value) / (np.log(value / base) / gone)
        by_change = (target - value) / ((value - base) / gone)
    years = np.where(compound, by_growth, np.where(linear, by_change, np.nan))
    years = np.where(sign * (value - base) > 0, years, np.nan)
    return np.where((compound | linear) & (sign * (value - target) >= 0), 0.0, years)
