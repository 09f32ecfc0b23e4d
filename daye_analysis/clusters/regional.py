"""Regional analysis with published formulas: location quotient, concentration, contribution, and shift-share in three forms.

Pure arithmetic on arrays, one element an industry. All values of one call share one measure, one price basis and one
classification; the functions cannot check this, so the caller must.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import FloatArray, floats

# A contribution divides by the growth of the whole; below this share of growth it says nothing.
LEAST_GROWTH_OF_WHOLE = 0.01


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """The change of each industry in three parts, in the unit of the values; arrays (n,).

    reference_growth: as if the industry had grown like the whole reference economy. industry_mix: because the industry
    grew there faster or slower than the whole. regional_shift: because it grew here faster or slower than there.
    """

    reference_growth: FloatArray
    industry_mix: FloatArray
    regional_shift: FloatArray

    @property
    def total(self) -> FloatArray:
        """Return the sum of the parts, which is each industry's change exactly."""
        return self.reference_growth + self.industry_mix + self.regional_shift


@dataclass(frozen=True, slots=True)
class HomotheticShift:
    """The regional shift of each industry in two parts; arrays (n,).

    homothetic: what the industry would have here if the region had the reference's structure. competitive: the shift
    on that; allocation: what comes from having more or less of the industry than that. They add up to the shift.
    """

    homothetic: FloatArray
    competitive: FloatArray
    allocation: FloatArray


def location_quotient(
    local: ArrayLike, local_total: ArrayLike, reference: ArrayLike, reference_total: ArrayLike
) -> FloatArray:
    """Return (Y_i/Y) / (X_i/X): above 1, the region has more of the industry than the reference; NaN for no share."""
    here, there = _ratio(local, local_total), _ratio(reference, reference_total)
    return _ratio(here, there)


def herfindahl(values: ArrayLike) -> float:
    """Return the Herfindahl-Hirschman index of industries that share nothing: the sum of squared shares, 1/n to 1."""
    shares = _shares(values)
    return float(np.sum(shares**2))


def normalised_herfindahl(values: ArrayLike) -> float:
    """Return (H - 1/n) / (1 - 1/n), 0 to 1; NaN for fewer than two industries."""
    number = len(floats(values))
    if number < 2:
        return float("nan")
    return (herfindahl(values) - 1 / number) / (1 - 1 / number)


def krugman_specialisation(local: ArrayLike, reference: ArrayLike) -> float:
    """Return the sum of |s_i - x_i| over all industries: 0 for the same structure, 2 for nothing in common."""
    return float(np.sum(np.abs(_shares(local) - _shares(reference))))


def pull(start: ArrayLike, end: ArrayLike, whole_start: ArrayLike) -> FloatArray:
    """Return how many of the whole's growth points come from each part (拉动): (Y_i1 - Y_i0) / Y_0, as shares."""
    return _ratio(floats(end) - floats(start), whole_start)


def contribution(
    start: ArrayLike, end: ArrayLike, whole_start: ArrayLike, whole_end: ArrayLike
) -> FloatArray:
    """Return each part's share in the whole's growth (贡献率): (Y_i1 - Y_i0) / (Y_1 - Y_0).

    NaN where the whole moved by less than 1 %: the quotient is then made of rounding.
    """
    first, last = floats(whole_start), floats(whole_end)
    moved = np.abs(_ratio(last - first, first)) >= LEAST_GROWTH_OF_WHOLE
    return np.where(moved, _ratio(floats(end) - floats(start), last - first), np.nan)


def shift_share(
    local_start: ArrayLike,
    local_end: ArrayLike,
    reference_start: ArrayLike,
    reference_end: ArrayLike,
    reference_total_start: float | None = None,
    reference_total_end: float | None = None,
) -> ShiftShare:
    """Return the classic decomposition (Dunn 1960): Y_i0*G + Y_i0*(G_i - G) + Y_i0*(g_i - G_i).

    G is the growth of the reference's total, by default of the sum of the industries given.
    """
    base, end = floats(local_start), floats(local_end)
    there, there_end = floats(reference_start), floats(reference_end)
    total = np.sum(there) if reference_total_start is None else reference_total_start
    total_end = np.sum(there_end) if reference_total_end is None else reference_total_end
    whole = _ratio(total_end, total) - 1
    industry, own = _ratio(there_end, there) - 1, _ratio(end, base) - 1
    return ShiftShare(base * whole, base * (industry - whole), base * (own - industry))


def dynamic_shift_share(
    local: ArrayLike, reference: ArrayLike, reference_total: ArrayLike | None = None
) -> ShiftShare:
    """Return the sum of the classic decompositions of each year (Barff and Knight 1988).

    `local` and `reference` are (years, n), year after year without a gap, `reference_total` (years,). Structure is
    brought up to date each year, so that a long period is not judged by the structure of its first year.
    """
    here, there = floats(local), floats(reference)
    totals = there.sum(axis=1) if reference_total is None else floats(reference_total)
    parts = [
        shift_share(here[t], here[t + 1], there[t], there[t + 1], float(totals[t]), float(totals[t + 1]))
        for t in range(len(here) - 1)
    ]
    return ShiftShare(
        np.sum([part.reference_growth for part in parts], axis=0),
        np.sum([part.industry_mix for part in parts], axis=0),
        np.sum([part.regional_shift for part in parts], axis=0),
    )


def homothetic_shift(
    local_start: ArrayLike,
    local_end: ArrayLike,
    reference_start: ArrayLike,
    reference_end: ArrayLike,
    local_total_start: float | None = None,
    reference_total_start: float | None = None,
) -> HomotheticShift:
    """Return the regional shift split by Esteban-Marquillas (1972), with H_i = Y_0 * X_i0/X_0.

    competitive = H_i*(g_i - G_i), allocation = (Y_i0 - H_i)*(g_i - G_i). Totals are those of the industries given
    unless named.
    """
    base, there = floats(local_start), floats(reference_start)
    here_total = np.sum(base) if local_total_start is None else local_total_start
    there_total = np.sum(there) if reference_total_start is None else reference_total_start
    faster = _ratio(local_end, base) - _ratio(reference_end, there)
    homothetic = here_total * _ratio(there, there_total)
    return HomotheticShift(homothetic, homothetic * faster, (base - homothetic) * faster)


def _shares(values: ArrayLike) -> FloatArray:
    parts = floats(values)
    return _ratio(parts, np.sum(parts))


def _ratio(above: ArrayLike, below: ArrayLike) -> FloatArray:
    """Return the quotient, NaN where the divisor is zero."""
    top, bottom = np.broadcast_arrays(floats(above), floats(below))
    out = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=out, where=bottom != 0)
    return out
