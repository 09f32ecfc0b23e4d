"""Array types of the numeric core, and comparisons that do not depend on the unit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
CodeArray = NDArray[np.int8]
DateArray = NDArray[np.datetime64]

# 300 亿元 and 30 000 000 000 yuan must tie, though neither conversion is exact in binary.
RELATIVE_TOLERANCE = 1e-9


def counted(groups: NDArray[np.integer[Any]], weights: NDArray[Any] | None = None, least: int = 0) -> FloatArray:
    """Return how many times each group (0, 1, …) occurs, or the sum of its weights; at least so many groups.

    On 32-bit systems, WebAssembly among them, numpy counts only what has the machine's own width.
    """
    return floats(np.bincount(groups.astype(np.intp, copy=False), weights=weights, minlength=least))


def floats(values: ArrayLike) -> FloatArray:
    """Return `values` as float64, at least zero-dimensional; missing values are NaN."""
    return np.asarray(values, dtype=np.float64)


def tolerance(a: ArrayLike, b: ArrayLike) -> FloatArray:
    """Return how far `a` and `b` may differ and still be equal, in their own unit."""
    return floats(RELATIVE_TOLERANCE * np.maximum(np.abs(floats(a)), np.abs(floats(b))))


def exceeds(a: ArrayLike, b: ArrayLike) -> BoolArray:
    """Return where `a` is greater than `b` by more than rounding; False where either is NaN."""
    left, right = floats(a), floats(b)
    return np.asarray(left - right > tolerance(left, right), dtype=np.bool_)


def equals(a: ArrayLike, b: ArrayLike) -> BoolArray:
    """Return where `a` and `b` differ by rounding at most; False where either is NaN."""
    left, right = floats(a), floats(b)
    return np.asarray(np.abs(left - right) <= tolerance(left, right), dtype=np.bool_)
