"""Share a line among columns so that the rows of a table take as few lines as possible."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

# In pt, from coarse to fine: how much of its width one column gives to another.
_STEPS: Final = (24.0, 12.0, 6.0, 3.0, 1.0)
# Lines break at words, so that their ends are left white.
_RAGGED: Final = 1.14
# A row: the lengths in pt of the lines that its author broke each cell into, by column.
Row = Mapping[int, Sequence[float]]


def fewest_lines(rows: Sequence[Row], least: Sequence[float], start: Sequence[float], gap: float) -> list[float]:
    """Return widths with the sum of `start` with which `rows` take fewest lines, as far as moving width between two columns helps.

    Parameters
    ----------
    least
        What no column may fall below, unless it starts there.
    gap
        White space within each column's width.
    """
    widths = list(start)
    best = _lines(rows, widths, gap)
    for step in _STEPS:
        while True:
            tried = ((_lines(rows, moved, gap), moved) for moved in _moved(widths, least, step))
            found, moved = min(tried, default=(best, widths))
            if found >= best:
                break
            best, widths = found, moved
    return widths


def _moved(widths: Sequence[float], least: Sequence[float], step: float) -> Iterator[list[float]]:
    for giver, width in enumerate(widths):
        if width - step < least[giver]:
            continue
        for taker in range(len(widths)):
            if taker != giver:
                moved = list(widths)
                moved[giver] -= step
                moved[taker] += step
                yield moved


def _lines(rows: Sequence[Row], widths: Sequence[float], gap: float) -> tuple[int, float]:
    """Return how many lines all rows take, and how tight they are: of equal ones the looser is better."""
    total, tight = 0, 0.0
    for row in rows:
        most = 1
        for x, lengths in row.items():
            room = max(widths[x] - gap, 1.0)
            most = max(most, sum(max(1, math.ceil(length * _RAGGED / room)) for length in lengths))
            tight += max(length / room for length in lengths) ** 4
        total += most
    return total, tight
