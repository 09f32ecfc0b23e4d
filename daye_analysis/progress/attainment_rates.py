"""Layer A: whether a figure meets its target, the distance to it, and the share achieved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import BoolArray, FloatArray, equals, exceeds, floats
from daye_analysis.progress.vocabulary import NEAR_SHARE


@dataclass(frozen=True, slots=True)
class Attainment:
    """How a figure compares with its target; arrays of one shape.

    met: bool. shortfall: how much is missing, in the target's unit, never below zero. headroom: (y - T)/|T| in the
    desired direction, negative when short. completion_rate (完成率): y/T as a share, uncapped, NaN for T <= 0 or a
    lower-is-better target. near: short, but within 5 % of the target.
    """

    met: BoolArray
    shortfall: FloatArray
    headroom: FloatArray
    completion_rate: FloatArray
    near: BoolArray


def is_met(value: ArrayLike, target: ArrayLike, direction: ArrayLike, strict: ArrayLike) -> BoolArray:
    """Return d*(y - T) >= 0, or > 0 where `strict` (突破, 超过); a tie within rounding is a tie. NaN is not met."""
    sign = floats(direction)
    better = exceeds(sign * floats(value), sign * floats(target))
    return better | (equals(value, target) & ~np.asarray(strict, dtype=np.bool_))


def attainment(
    value: ArrayLike, target: ArrayLike, direction: ArrayLike, strict: ArrayLike, needed: ArrayLike | None = None
) -> Attainment:
    """Compare figures with targets (methods: layer A).

    Parameters
    ----------
    value, target
        In one unit; NaN where there is no figure.
    direction
        +1 where higher is better, -1 where lower is.
    strict
        Whether the target must be passed, not only reached.
    needed
        The value that would meet the target, from which the shortfall counts: of a count that must pass 45 it is 46.
        The target itself where not given.
    """
    y, goal, sign = floats(value), floats(target), floats(direction)
    met = is_met(y, goal, sign, strict)
    enough = goal if needed is None else floats(needed)
    missing = np.where(np.isnan(y), np.nan, np.where(met, 0.0, np.maximum(sign * (enough - y), 0.0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        headroom = sign * (y - goal) / np.abs(goal)
        rate = np.where((goal > 0) & (sign > 0), y / goal, np.nan)
    near = ~met & exceeds(rate, NEAR_SHARE - 1e-6)
    return Attainment(met, missing, np.where(goal == 0, np.nan, headroom), rate, near)
