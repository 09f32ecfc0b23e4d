"""Destatis's weather symbols: for a target in a year, for a value to be maintained, for a direction only."""

from __future__ import annotations

from typing import Final

import numpy as np

from daye_analysis.bilingual import Text
from daye_analysis.progress.arrays import BoolArray, FloatArray, IntArray, exceeds
from daye_analysis.progress.published_methods.inputs import Inputs
from daye_analysis.progress.published_methods.method import Cut, Level, Method, by_cuts

SOURCE: Final = "Destatis, status of indicators, methodology; neither a political rating nor a forecast"
# Fewer yearly figures are not assessed; of more, the last six count.
LEAST_FIGURES: Final = 4
# A miss of exactly 5 % of the distance left is no longer sun; one of exactly 20 % is still sun with cloud.
WEATHER: Final = (
    Cut(0.95, Level.ON_TRACK, Text("晴", "sun"), open=True),
    Cut(0.80, Level.PARTLY, Text("晴间多云", "sun with cloud")),
    Cut(0.0, Level.OFF_TRACK, Text("多云", "cloud"), open=True),
    Cut(-np.inf, Level.AWAY, Text("雷雨", "thunderstorm")),
)
_SUN, _SUN_WITH_CLOUD, _CLOUD, _THUNDERSTORM = range(len(WEATHER))


def share_of_rest(x: Inputs) -> FloatArray:
    """Return the share of the distance left that the mean recent change would cover by the due date.

    One means that the target is hit; zero or less, that the gap stays or grows. NaN where nothing is left to cover,
    of distance or of time: then the value has only to be kept.
    """
    return np.where(_to_be_kept(x), np.nan, x.recent_change * x.left / (x.target - x.value))


def towards_target(method: Method, x: Inputs, score: FloatArray) -> IntArray:
    """Return the symbol by the share of the rest; for a value to be kept, by the value first and its change second."""
    better, worse = exceeds(_wanted(x), 0), exceeds(0, _wanted(x))
    kept = np.select(
        [np.isnan(x.recent_change), x.met & ~worse, x.met, better],
        [-1, _SUN, _SUN_WITH_CLOUD, _CLOUD],
        _THUNDERSTORM,
    )
    return np.where(_to_be_kept(x), kept, by_cuts(method, score))


def mean_change(x: Inputs) -> FloatArray:
    """Return the mean recent change a year in the desired direction, as a share of the latest figure."""
    return _wanted(x) / np.abs(x.value)


def by_direction(_: Method, x: Inputs, __: FloatArray) -> IntArray:
    """Return the symbol by the mean recent change first and the last change second."""
    mean, last = exceeds(_wanted(x), 0), exceeds(x.direction * x.last_change, 0)
    known = np.isfinite(x.recent_change)
    return np.select([~known, mean & last, mean, last], [-1, _SUN, _SUN_WITH_CLOUD, _CLOUD], _THUNDERSTORM)


def _wanted(x: Inputs) -> FloatArray:
    return x.direction * x.recent_change


def _to_be_kept(x: Inputs) -> BoolArray:
    return x.met | ~(x.left > 0)
