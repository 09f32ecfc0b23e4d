"""Printed numbers as intervals, and on which side of a target an interval lies."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["met", "not_met", "open"]
# 300 hundred million and 30,000,000,000 must tie, though neither conversion is exact in binary.
RELATIVE_TOLERANCE: Final = 1e-9


def same(a: float, b: float) -> bool:
    """Return whether two numbers differ by binary rounding at most."""
    return math.isclose(a, b, rel_tol=RELATIVE_TOLERANCE, abs_tol=0.0)


def exceeds(a: float, b: float) -> bool:
    """Return whether `a` is greater than `b` by more than binary rounding."""
    return a > b and not same(a, b)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`; an open end is not itself in the interval."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Return whether no value is left."""
        touching = same(self.low, self.high) and (self.low_open or self.high_open)
        return exceeds(self.low, self.high) or touching

    @property
    def unbounded(self) -> bool:
        """Return whether the interval says nothing."""
        return math.isinf(self.low) and math.isinf(self.high)

    def whole(self) -> Interval:
        """Return the interval of whole numbers in this one: more than 44 things are at least 45."""
        low, high = self.low, self.high
        if math.isfinite(low):
            low = _nearest(low, math.ceil) + (1.0 if self.low_open and same(low, round(low)) else 0.0)
        if math.isfinite(high):
            high = _nearest(high, math.floor) - (1.0 if self.high_open and same(high, round(high)) else 0.0)
        return Interval(low, high)

    def intersect(self, other: Interval) -> Interval:
        """Return the values in both intervals."""
        if same(self.low, other.low):
            low, low_open = max(self.low, other.low), self.low_open or other.low_open
        else:
            low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        if same(self.high, other.high):
            high, high_open = min(self.high, other.high), self.high_open or other.high_open
        else:
            high, high_open = min((self.high, self.high_open), (other.high, other.high_open))
        return Interval(low, high, low_open, high_open)


# What a figure leaves that says nothing.
EVERYTHING: Final = Interval()


def _nearest(value: float, towards: Callable[[float], int]) -> float:
    """Return `value` itself where it is whole but for binary rounding, else the next whole number on one side."""
    return float(round(value)) if same(value, round(value)) else float(towards(value))


def side(interval: Interval, target: float, comparator: str) -> Side:
    """Return whether the whole interval meets a target, misses it, or neither.

    Parameters
    ----------
    interval
        In the target's unit.
    comparator
        `ge`, `gt`, `le` or `lt`.
    """
    if comparator in ("le", "lt"):
        mirrored = Interval(-interval.high, -interval.low, interval.high_open, interval.low_open)
        return side(mirrored, -target, "ge" if comparator == "le" else "gt")
    must_pass = comparator == "gt"
    at_low, at_high = same(interval.low, target), same(interval.high, target)
    if exceeds(interval.low, target) or (at_low and (interval.low_open or not must_pass)):
        return "met"
    if exceeds(target, interval.high) or (at_high and (interval.high_open or must_pass)):
        return "not_met"
    return "open"


def printed_place(text: str, bound: str = "exact") -> float:
    """Return the size of one unit of the last digit that was printed.

    Parameters
    ----------
    text
        The number as printed: "594.7" gives 0.1, "5.0" gives 0.1, "423" gives 1.
    bound
        Of an `about` figure trailing zeros are rounding, not digits: "28000" gives 1000.
    """
    if "." in text:
        return float(10.0 ** -len(text.split(".")[1]))
    zeros = len(text) - len(text.rstrip("0")) if bound == "about" else 0
    return float(10.0**zeros)


def printed_interval(value: float, bound: str, rounding: float = 0.0) -> Interval:
    """Return what a printed figure says of the quantity that it counts.

    Parameters
    ----------
    value
        The number, in the unit wanted.
    bound
        `exact`, `at_least`, `more_than`, `at_most`, `less_than` or `about`.
    rounding
        Half a unit of the last printed place, in the same unit; it widens an exact figure only.
    """
    if bound == "exact":
        return Interval(value - rounding, value + rounding)
    if bound in ("at_least", "more_than"):
        return Interval(low=value, low_open=bound == "more_than")
    if bound in ("at_most", "less_than"):
        return Interval(high=value, high_open=bound == "less_than")
    return EVERYTHING
