"""How many of several targets will be met, when one city's fortunes move them all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import FloatArray, floats

# A stated assumption, with its sensitivities: targets of one city share its shocks.
CORRELATION: Final = 0.3
SENSITIVITIES: Final = (0.0, 0.6)
_NODES: Final = 64


@dataclass(frozen=True, slots=True)
class NumberMet:
    """distribution: (n + 1,) the chance of each number met. expected: its mean. low, high: the central 80 %."""

    distribution: FloatArray
    expected: float
    low: int
    high: int
    correlation: float


def number_met(probabilities: ArrayLike, correlation: float = CORRELATION) -> NumberMet:
    """Return the distribution of how many targets are met, by quadrature over one common normal factor.

    Each target is met if sqrt(rho)*F + sqrt(1-rho)*e passes its own threshold; given F they are independent, so their
    number is Poisson-binomial. The mean does not depend on rho; the range does, and at rho = 0 it is too narrow.
    """
    from scipy.special import ndtr, ndtri

    p = np.clip(floats(probabilities), 0.0, 1.0)
    if correlation <= 0:
        distribution = _poisson_binomial(p[None, :])[0]
    else:
        nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
        shifted = ndtri(p)[None, :] + np.sqrt(correlation) * nodes[:, None]
        given = ndtr(shifted / np.sqrt(1 - correlation))
        distribution = (weights / weights.sum()) @ _poisson_binomial(given)
    cumulative = np.cumsum(distribution)
    low, high = (int(np.searchsorted(cumulative, q - 1e-12)) for q in (0.1, 0.9))
    return NumberMet(distribution, float(p.sum()), low, min(high, len(p)), correlation)


def _poisson_binomial(probabilities: FloatArray) -> FloatArray:
    """Return (nodes, n + 1) chances of each number of successes for (nodes, n) independent chances."""
    nodes, n = probabilities.shape
    out = np.zeros((nodes, n + 1))
    out[:, 0] = 1.0
    for j in range(n):
        p = probabilities[:, j : j + 1]
        out[:, 1:] = out[:, 1:] * (1 - p) + out[:, :-1] * p
        out[:, :1] *= 1 - p
    return out
