"""An axis of growth: the logarithm of one plus growth, so that a doubling is as far from nothing as a halving."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

_TICKS: Final = (0.0, 0.1, -0.1, 0.2, -0.2, 0.5, -0.4, 1.0, -0.6, 2.0, -0.8, 4.0, -0.9, 9.0, 19.0, 49.0, 99.0)
# A fall to nothing has no logarithm: what fell further is drawn here.
_LOWEST: Final = -0.95


def on_growth_axis(growth: Any) -> Any:
    """Return where growths, as shares, lie on the axis."""
    return np.log1p(np.maximum(growth, _LOWEST))


def growth_ticks(low: float, high: float, apart: float) -> list[float]:
    """Return the growths to name between two places on the axis, none nearer to another than `apart` of its length."""
    ticks: list[float] = []
    for tick in _TICKS:
        at = np.log1p(tick)
        if low <= at <= high and all(abs(at - np.log1p(each)) > apart * (high - low) for each in ticks):
            ticks.append(tick)
    return sorted(ticks)
