"""What a short series shows by itself: its drift per year, the spread of its changes, and its level."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import FloatArray, IntArray, floats


@dataclass(frozen=True, slots=True)
class Changes:
    """Each series' summary on its computing scale; arrays (n,), NaN where a series is too short.

    count: m, the number of changes (0 for one point, -1 for none). drift: (z_last - z_first) / span, a year.
    spread: the variance of a year's change about the drift, with m - 1 degrees of freedom; needs m >= 2.
    span: years from first to last point. last: the last point; last_year: when.
    """

    count: FloatArray
    drift: FloatArray
    spread: FloatArray
    span: FloatArray
    last: FloatArray
    last_year: FloatArray

    def take(self, rows: IntArray) -> Changes:
        """Return the chosen series', in that order."""
        return Changes(*(getattr(self, field.name)[rows] for field in fields(Changes)))


def changes(values: ArrayLike, years: ArrayLike) -> Changes:
    """Summarise series (n, k) observed at `years`, (k,) or (n, k), ascending; missing points are NaN.

    A change over a gap of g years is divided by g and weighs g, for that many years' shocks are in it.
    """
    z = floats(values)
    time = np.broadcast_to(floats(years), z.shape)
    here = np.isfinite(z)
    first, first_year, last, last_year = (np.full(len(z), np.nan) for _ in range(4))
    points = np.zeros(len(z))
    for column in range(z.shape[1]):
        seen = here[:, column]
        new = seen & (points == 0)
        first, first_year = np.where(new, z[:, column], first), np.where(new, time[:, column], first_year)
        last, last_year = np.where(seen, z[:, column], last), np.where(seen, time[:, column], last_year)
        points += seen
    span = last_year - first_year
    with np.errstate(divide="ignore", invalid="ignore"):
        drift = np.where(span > 0, (last - first) / span, np.nan)
    return Changes(points - 1, drift, _spread(z, time, here, drift, points), span, last, last_year)


def _spread(
    z: FloatArray, time: FloatArray, here: np.ndarray, drift: FloatArray, points: FloatArray
) -> FloatArray:
    """Return the weighted variance of yearly changes about the drift."""
    previous, previous_year = np.full(len(z), np.nan), np.full(len(z), np.nan)
    total = np.zeros(len(z))
    with np.errstate(divide="ignore", invalid="ignore"):
        for column in range(z.shape[1]):
            seen = here[:, column]
            gap = time[:, column] - previous_year
            off = (z[:, column] - previous) - drift * gap
            total += np.where(seen & (gap > 0), off * off / gap, 0.0)
            previous = np.where(seen, z[:, column], previous)
            previous_year = np.where(seen, time[:, column], previous_year)
        return np.where(points >= 3, total / (points - 2), np.nan)
