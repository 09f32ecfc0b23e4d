"""What published methods use of a series: first and last figures, recent changes, the projected value."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from daye_analysis.progress.arrays import BoolArray, FloatArray
from daye_analysis.progress.attainment_rates import is_met
from daye_analysis.progress.dates import years_between

Day = datetime.date
# Destatis: the mean of the last five yearly changes, so of the last six yearly figures.
RECENT_FIGURES: Final = 6
_NAN: Final = float("nan")
# The fields of `Inputs`: first the numbers, then the flags.
_NUMBERS, _FLAGS = 12, 3


@dataclass(frozen=True, slots=True)
class Series:
    """One series of comparable figures, with the target set for it if there is one.

    dates ascending, values: the figures, in one unit. direction: +1 where higher is better, -1 where lower is.
    base, base_date: from where the methods count, which need not be one of the figures. target, due, strict: the
    target, its due date, whether it must be passed. reduction: the figures are cumulative reductions in per cent.
    limit: the natural limit in the desired direction. per_cent: whether the unit is.
    """

    dates: tuple[Day, ...]
    values: tuple[float, ...]
    direction: float
    base: float = _NAN
    base_date: Day | None = None
    target: float = _NAN
    due: Day | None = None
    strict: bool = False
    reduction: bool = False
    limit: float = _NAN
    per_cent: bool = False


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the methods read of each series; arrays (n,), NaN where there is none, values in one unit, times in years.

    base, value, target; gone, whole, left: from the base's date to the figure's and to the due date, and from the
    figure's to the due date. direction: +1 or -1. recent_change: a year, over the last six yearly figures or as many as
    there are, `recent_figures`; last_change: a year, over the last two. projected: the value that a regression of all
    figures, recent ones weighing more, gives for the due date. limit: the natural limit. met: by the latest figure.
    per_cent: whether the unit is. reduction: whether the values are what a cumulative reduction leaves, of one.
    """

    base: FloatArray
    value: FloatArray
    target: FloatArray
    gone: FloatArray
    whole: FloatArray
    left: FloatArray
    direction: FloatArray
    recent_change: FloatArray
    recent_figures: FloatArray
    last_change: FloatArray
    projected: FloatArray
    limit: FloatArray
    met: BoolArray
    per_cent: BoolArray
    reduction: BoolArray


def inputs_of(series: Sequence[Series]) -> Inputs:
    """Return what the methods read of `series`; a series without figures gives NaN."""
    rows = [_row(each) for each in series]
    numbers = np.array([row for row, _ in rows], np.float64).reshape(-1, _NUMBERS).T
    flags = np.array([row for _, row in rows], np.bool_).reshape(-1, _FLAGS).T
    return Inputs(*numbers, *flags)


def _row(series: Series) -> tuple[tuple[float, ...], tuple[bool, ...]]:
    """Return one series' numbers and flags in the order of `Inputs`; a reduction as the share that it leaves."""
    values, base, target, direction = np.array(series.values), series.base, series.target, series.direction
    if series.reduction:
        values, base, target, direction = 1 - values / 100, 1 - base / 100, 1 - target / 100, -direction
    dates, start = list(series.dates), series.base_date
    if start is not None and dates and start < dates[-1] and start not in dates and np.isfinite(base):
        at = sum(date < start for date in dates)
        dates.insert(at, start)
        values = np.insert(values, at, base)
    last = dates[-1] if dates else None
    value = float(values[-1]) if dates else _NAN
    yearly = _yearly(dates, values)[-RECENT_FIGURES:]
    spans = (_years(start, last), _years(start, series.due), _years(last, series.due))
    recent = (
        _change(yearly),
        float(len(yearly)),
        _change(yearly[-2:]),
        _projected(dates, values, series.due),
    )
    met = bool(is_met(value, target, direction, series.strict))
    return (base, value, target, *spans, direction, *recent, series.limit), (
        met,
        series.per_cent,
        series.reduction,
    )


def _years(start: Day | None, end: Day | None) -> float:
    return (
        _NAN
        if start is None or end is None
        else float(years_between(np.datetime64(start), np.datetime64(end)))
    )


def _yearly(dates: Sequence[Day], values: FloatArray) -> list[tuple[Day, float]]:
    """Return the last figure of each calendar year."""
    return list({date.year: (date, float(value)) for date, value in zip(dates, values, strict=True)}.values())


def _change(figures: Sequence[tuple[Day, float]]) -> float:
    """Return the change a year from the first figure to the last; NaN for fewer than two."""
    if len(figures) < 2:
        return _NAN
    (start, first), (end, last) = figures[0], figures[-1]
    return (last - first) / _years(start, end)


def _projected(dates: Sequence[Day], values: FloatArray, due: Day | None) -> float:
    """Return the value at `due` on a straight line through the figures, weighted by their age.

    ESCAP says that recent years weigh more; the weights are ours: 1 for the first date, one more a year.
    """
    if due is None or len(dates) < 2:
        return _NAN
    years = np.array([_years(dates[0], date) for date in dates])
    weights = 1 + years
    with np.errstate(invalid="ignore", over="ignore"):
        middle, level = np.average(years, weights=weights), np.average(values, weights=weights)
        slope = np.sum(weights * (years - middle) * (values - level)) / np.sum(
            weights * (years - middle) ** 2
        )
        return float(level + slope * (_years(dates[0], due) - middle))
