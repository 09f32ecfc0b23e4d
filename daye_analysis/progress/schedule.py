"""Layer B: whether a figure is ahead of the even schedule (序时进度), in linear or geometric form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import CodeArray, FloatArray, equals, exceeds, floats
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import LEAD_BAND_POINTS, Status


@dataclass(frozen=True, slots=True)
class Schedule:
    """Progress from the base and its lead over the even schedule; arrays of one shape.

    elapsed: tau. progress: P = (y - b)/(T - b). progress_log: ln(y/b)/ln(T/b), NaN unless all three are positive.
    lead, lead_log: 100*(P - tau), in percentage points. reason: why P is withheld.
    """

    elapsed: FloatArray
    progress: FloatArray
    progress_log: FloatArray
    lead: FloatArray
    lead_log: FloatArray
    reason: CodeArray


def schedule(
    value: ArrayLike, base: ArrayLike, target: ArrayLike, elapsed: ArrayLike, direction: ArrayLike
) -> Schedule:
    """Return progress and lead (methods: layer B); P needs no sign for lower-is-better.

    `value`, `base`, `target` in one unit; `elapsed` is tau AT THE FIGURE'S OWN DATE. Withheld where there is no
    base, where the base equals the target, or where the base is already past it (P would run backwards).
    """
    y, b, goal, tau = (floats(x) for x in (value, base, target, elapsed))
    sign = floats(direction)
    reason = np.select(
        [np.isnan(y), np.isnan(b), equals(b, goal), exceeds(sign * b, sign * goal), ~(tau > 0)],
        [Reason.NO_FIGURE, Reason.NO_BASELINE, Reason.BASE_EQUALS_TARGET, Reason.MET_AT_BASE,
         Reason.FIGURE_NOT_AFTER_BASE],
        Reason.NONE,
    ).astype(np.int8)  # fmt: skip
    is_sound = reason == Reason.NONE
    positive = is_sound & (y > 0) & (b > 0) & (goal > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        progress = np.where(is_sound, (y - b) / (goal - b), np.nan)
        progress_log = np.where(positive, np.log(y / b) / np.log(goal / b), np.nan)
    return Schedule(
        tau, progress, progress_log, 100.0 * (progress - tau), 100.0 * (progress_log - tau), reason
    )


def reduction_progress(reduction: ArrayLike, target: ArrayLike) -> FloatArray:
    """Return ln(1-c)/ln(1-C), the progress of a cumulative reduction, both as shares (0.20 for 20 %).

    Official practice for energy intensity: 20.07 % of 20 % was published as 100.39 %. NaN outside c < 1, 0 < C < 1.
    """
    done, goal = floats(reduction), floats(target)
    valid = (done < 1) & (goal > 0) & (goal < 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.log1p(-done) / np.log1p(-goal)
    return np.where(valid, share, np.nan)


def lead_status(lead: ArrayLike, band: float = LEAD_BAND_POINTS) -> CodeArray:
    """Return AHEAD, IN_LINE or LAGGING for leads in percentage points; NOT_ASSESSED for NaN.

    Exactly `band` points is still in line.
    """
    points = floats(lead)
    return np.select(
        [np.isnan(points), exceeds(points, band), exceeds(-band, points)],
        [Status.NOT_ASSESSED, Status.AHEAD, Status.LAGGING],
        Status.IN_LINE,
    ).astype(np.int8)


@dataclass(frozen=True, slots=True)
class OnSchedule:
    """The usual headline of Chinese mid-term reviews: how many of the indicators that can be judged are on schedule."""

    on: int
    judged: int

    @property
    def share(self) -> float:
        """Return the share, 25 of 28 as 0.893; NaN where none can be judged."""
        return self.on / self.judged if self.judged else float("nan")


def on_schedule(lead: ArrayLike, met: ArrayLike = False) -> OnSchedule:
    """Return how many indicators have reached the even schedule (序时进度), of those that can be judged.

    Parameters
    ----------
    lead
        Leads in percentage points, (n,); NaN cannot be judged. On the schedule itself is on schedule: the band in which
        a lead is broadly in line has no part in this count.
    met
        Whether each target is met already; then it is on schedule, also without a lead.
    """
    points, done = np.broadcast_arrays(floats(lead), np.asarray(met, dtype=np.bool_))
    judged = ~np.isnan(points) | done
    return OnSchedule(int(np.sum(done | (judged & ~exceeds(0.0, points)))), int(np.sum(judged)))
