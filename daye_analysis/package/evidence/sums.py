"""Combine figures of periods: sums of non-negative amounts as a system of difference constraints.

The running sum S at the end of each day never falls. A figure of a period says that S at its end less S at the day
before its start lies in an interval. The tightest bounds of any other difference are then shortest paths in a graph
whose nodes are days (Cormen, Leiserson, Rivest and Stein, "Difference constraints and shortest paths"), and figures that
cannot all be true form a cycle of negative length.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from daye_analysis.package.evidence.intervals import RELATIVE_TOLERANCE, Interval

Day = dt.date
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """What one figure, or several that agree, say of a period: from the start of `start` to the end of `end`."""

    start: Day
    end: Day
    interval: Interval
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The tightest interval for one period that follows from all figures, and which figures give each end."""

    interval: Interval
    low_ids: tuple[str, ...]
    high_ids: tuple[str, ...]


class Sums:
    """The running sum that a set of figures describes.

    Parameters
    ----------
    figures
        Figures of periods, all of the same non-negative quantity.
    days
        More days at whose ends the sum is wanted.

    Attributes
    ----------
    conflicting
        The identifiers of figures that cannot all be true, empty where the set is consistent; then `total` may be asked.
    """

    def __init__(self, figures: Sequence[PeriodFigure], days: Iterable[Day] = ()) -> None:
        nodes = sorted({*days, *(f.start - _ONE_DAY for f in figures), *(f.end for f in figures)})
        self._figures = figures
        self._place = {day: at for at, day in enumerate(nodes)}
        self._solve(len(nodes))
        self.conflicting = self._conflicting()

    def total(self, start: Day, end: Day) -> Total:
        """Return what is known of the period from the start of `start` to the end of `end`, both being known days."""
        at, to = self._place[start - _ONE_DAY], self._place[end]
        low, high = -float(self._length[to, at]), float(self._length[at, to])
        # Two ends that differ by the rounding of binary sums are one number.
        if low > high:
            low = high
        interval = Interval(max(low, 0.0), high, bool(self._strict[to, at]) and low > 0, bool(self._strict[at, to]))
        return Total(interval, self._ids(to, at) if low > 0 else (), self._ids(at, to))

    def _solve(self, size: int) -> None:
        """Fill the lengths of all shortest paths (Floyd and Warshall); of equal lengths a strict one is tighter."""
        length = np.full((size, size), np.inf)
        strict = np.zeros((size, size), dtype=bool)
        step = np.full((size, size), -1)
        np.fill_diagonal(length, 0.0)
        self._named: dict[tuple[int, int], tuple[str, ...]] = {}
        for a, b, limit, is_open, ids in self._limits(size):
            if limit < length[a, b] or (limit == length[a, b] and is_open and not strict[a, b]):
                length[a, b], strict[a, b], step[a, b] = limit, is_open, b
                self._named[a, b] = ids
        self._edges = [
            (a, b, float(length[a, b]), bool(strict[a, b])) for a in range(size) for b in range(size) if step[a, b] >= 0
        ]
        for through in range(size):
            found = length[:, through, None] + length[None, through, :]
            found_strict = strict[:, through, None] | strict[None, through, :]
            near = np.isclose(found, length, rtol=RELATIVE_TOLERANCE, atol=0.0)
            tighter = (found < length) & ~near | (near & found_strict & ~strict)
            length = np.where(tighter, found, length)
            strict = np.where(tighter, found_strict, strict)
            step = np.where(tighter, step[:, through, None], step)
        self._length, self._strict, self._step = length, strict, step

    def _limits(self, size: int) -> Iterator[tuple[int, int, float, bool, tuple[str, ...]]]:
        """Yield each limit on S at one node less S at another, whether it is strict, and who says so."""
        for at in range(size - 1):
            yield at + 1, at, 0.0, False, ()  # S never falls
        for figure in self._figures:
            at, to = self._place[figure.start - _ONE_DAY], self._place[figure.end]
            said = figure.interval
            yield at, to, said.high, said.high_open, figure.ids
            yield to, at, -said.low, said.low_open, figure.ids

    def _conflicting(self) -> tuple[str, ...]:
        """Return the figures on a cycle of negative length, or of length zero that would have to be passed."""
        scale = max((abs(limit) for *_, limit, _open in self._edges if np.isfinite(limit)), default=0.0)
        slack = RELATIVE_TOLERANCE * scale
        if not ((self._length.diagonal() < -slack) | self._strict.diagonal()).any():
            return ()
        return _unique(id_ for pair in self._negative_cycle(slack) for id_ in self._named.get(pair, ()))

    def _negative_cycle(self, slack: float) -> list[tuple[int, int]]:
        """Return the edges of one such cycle (Bellman and Ford, from all nodes at once)."""
        size = len(self._place)
        length, passed = [0.0] * size, [0] * size
        before = [-1] * size
        last = 0
        for _ in range(size + 1):
            for at, to, limit, is_open in self._edges:
                shorter, more = length[at] + limit, passed[at] + is_open
                if shorter < length[to] - slack or (shorter <= length[to] + slack and more > passed[to]):
                    length[to], passed[to], before[to] = shorter, more, at
                    last = to
        for _ in range(size):
            last = before[last]
        cycle = [last]
        while not cycle[1:] or cycle[-1] != last:
            cycle.append(before[cycle[-1]])
        return [(at, to) for to, at in pairwise(cycle)]

    def _ids(self, at: int, to: int) -> tuple[str, ...]:
        """Return the figures on the shortest path between two nodes."""
        if not np.isfinite(self._length[at, to]):
            return ()
        found: list[str] = []
        while at != to:
            after = int(self._step[at, to])
            found += self._named.get((at, after), ())
            at = after
        return _unique(found)


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
