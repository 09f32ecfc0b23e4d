"""Scales on which change is even: logarithms, log-odds of shares, the remainder of a reduction, or plain numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import CodeArray, FloatArray, IntArray, floats

LOG: Final = 0
LOGIT: Final = 1
REDUCTION: Final = 2
IDENTITY: Final = 3
SCALE_CODES: Final = {"log": LOG, "logit": LOGIT, "reduction": REDUCTION, "identity": IDENTITY}


@dataclass(frozen=True, slots=True)
class Scaled:
    """Series on their computing scale.

    values: (n, k). scale: (n,) the scale used, IDENTITY where a value did not fit its own. size: (n,) what identity
    series are divided by, so that a change of units changes nothing.
    """

    values: FloatArray
    scale: CodeArray
    size: FloatArray

    def take(self, rows: IntArray) -> Scaled:
        """Return the chosen series, in that order."""
        return Scaled(self.values[rows], self.scale[rows], self.size[rows])

    def apply(self, values: ArrayLike) -> FloatArray:
        """Return one value a series, such as its target, on the series' scale; NaN where it does not fit."""
        z = _forward(floats(values)[:, None], self.scale, self.size)[:, 0]
        return np.where(np.isfinite(z), z, np.nan)

    def undo(self, values: ArrayLike) -> FloatArray:
        """Return one scaled value a series in the series' own unit."""
        z = floats(values)
        with np.errstate(over="ignore"):
            inverses = [np.exp(z), 1.0 / (1.0 + np.exp(-z)), -np.expm1(-z), z * self.size]
        return np.select([self.scale == code for code in range(4)], inverses, np.nan)


def scaled(values: ArrayLike, scale: ArrayLike) -> Scaled:
    """Return series (n, k) on their scales (n,), missing points NaN.

    LOG for positive stocks and values; LOGIT for shares strictly inside (0, 1); REDUCTION: -ln(1 - c) for cumulative
    reductions c < 1; IDENTITY, divided by the series' largest size, for the rest and for any series that does not fit.
    """
    y, wanted = floats(values), np.asarray(scale, dtype=np.int8)
    low, high = _extremes(y)
    fits = np.select(
        [wanted == LOG, wanted == LOGIT, wanted == REDUCTION],
        [low > 0, (low > 0) & (high < 1), high < 1],
        False,
    )
    used = np.where(fits, wanted, IDENTITY).astype(np.int8)
    size = np.maximum(np.abs(low), np.abs(high))
    size = np.where((size > 0) & np.isfinite(size), size, 1.0)
    return Scaled(_forward(y, used, size), used, size)


def by_scale(group: IntArray, scale: CodeArray) -> tuple[IntArray, int]:
    """Return classes (n,) split by the scale used, and their number: changes on different scales are not comparable."""
    split = np.asarray(group, dtype=np.int64) * len(SCALE_CODES) + scale
    return split, (int(np.max(group)) + 1 if len(group) else 0) * len(SCALE_CODES)


def _extremes(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest of each row, (inf, -inf) for a row without any."""
    low, high = np.full(len(values), np.inf), np.full(len(values), -np.inf)
    # Column by column: reducing along so short an axis costs ten times as much.
    for column in values.T:
        low, high = np.fmin(low, column), np.fmax(high, column)
    return low, high


def _forward(values: FloatArray, scale: CodeArray, size: FloatArray) -> FloatArray:
    """Return (n, m) values on the scale of their row; each scale computed on its own rows only."""
    out = np.full(values.shape, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        for code in range(4):
            rows = scale == code
            if rows.all():
                return _one_scale(values, code, size)
            if rows.any():
                out[rows] = _one_scale(values[rows], code, size[rows])
    return out


def _one_scale(values: FloatArray, code: int, size: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        if code == LOG:
            return floats(np.log(values))
        if code == LOGIT:
            return floats(np.log(values / (1.0 - values)))
        if code == REDUCTION:
            return floats(-np.log1p(-values))
        return floats(values / size[:, None])
