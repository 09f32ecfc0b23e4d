"""Layer A': what do figures of a larger or a smaller scope prove about a target's own?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import BoolArray, FloatArray, equals, exceeds, floats


@dataclass(frozen=True, slots=True)
class Bounds:
    """What bounds for one and the same period prove; arrays of one shape.

    proves_met, proves_not_met: the bound settles the question for its own period, and for no other. contradictory:
    the part is said to be more than the whole, so neither is believed.
    """

    lower: FloatArray
    upper: FloatArray
    proves_met: BoolArray
    proves_not_met: BoolArray
    contradictory: BoolArray


def bounds(
    lower: ArrayLike,
    upper: ArrayLike,
    target: ArrayLike,
    direction: ArrayLike,
    strict: ArrayLike,
    lower_is_open: ArrayLike = False,
) -> Bounds:
    """Judge a target by bounds alone (methods: layer A').

    `lower` and `upper` in the target's unit, NaN where there is none; `lower_is_open` where the value is known to be
    MORE than the lower bound. With 262.84 for a whole prefecture, no part of it can have reached 300 that year.
    """
    low, high, goal = floats(lower), floats(upper), floats(target)
    rising = floats(direction) > 0
    open_below = np.asarray(lower_is_open, dtype=np.bool_)
    must_pass = np.asarray(strict, dtype=np.bool_)
    crossed = exceeds(low, high) | (open_below & equals(low, high))
    low_reaches = exceeds(low, goal) | (equals(low, goal) & (~must_pass | open_below))
    high_misses = exceeds(goal, high) | (equals(goal, high) & must_pass)
    # For a ceiling the roles change: a whole below it proves the part below it, a part above it proves the miss.
    high_keeps = exceeds(goal, high) | (equals(goal, high) & ~must_pass)
    low_breaks = exceeds(low, goal) | (equals(low, goal) & (must_pass | open_below))
    met = np.where(rising, low_reaches, high_keeps) & ~crossed
    missed = np.where(rising, high_misses, low_breaks) & ~crossed
    return Bounds(low, high, met, missed, crossed)
