"""Share a line among columns so that the rows of a table take as few lines as possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from daye_analysis.progress.arrays import FloatArray, counted

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
    columns = [_Column([row.get(x, ()) for row in rows], gap) for x in range(len(start))]
    widths = list(start)
    best = _lines(columns, widths)
    for step in _STEPS:
        while True:
            tried = ((_lines(columns, moved), moved) for moved in _moved(widths, least, step))
            found, moved = min(tried, default=(best, widths))
            if found >= best:
                break
            best, widths = found, moved
    return widths


class _Column:
    """What the cells of a column take at a width, which many sharings of the line have in common."""

    def __init__(self, cells: Sequence[Sequence[float]], gap: float) -> None:
        self._row = np.array([at for at, cell in enumerate(cells) for _ in cell], dtype=np.intp)
        self._lengths = np.array([length for cell in cells for length in cell], dtype=np.float64)
        self._longest = sum(max(cell, default=0.0) ** 4 for cell in cells)
        self._rows, self._gap = len(cells), gap
        self._known: dict[float, tuple[FloatArray, float]] = {}

    def taken(self, width: float) -> tuple[FloatArray, float]:
        """Return how many lines each row takes, and how tight they are together."""
        if width not in self._known:
            room = max(width - self._gap, 1.0)
            lines = np.maximum(np.ceil(self._lengths * _RAGGED / room), 1.0)
            self._known[width] = counted(self._row, lines, self._rows), self._longest / room**4
        return self._known[width]


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


def _lines(columns: Sequence[_Column], widths: Sequence[float]) -> tuple[float, float]:
    """Return how many lines all rows take, and how tight they are: of equal ones the looser is better."""
    taken = [column.taken(width) for column, width in zip(columns, widths, strict=True)]
    lines = np.maximum(np.maximum.reduce([each for each, _ in taken]), 1.0)
    return float(lines.sum()), sum(tight for _, tight in taken)
