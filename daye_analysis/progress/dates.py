"""Time between dates in months: month-stamped figures keep their month, and nothing is rounded to years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from daye_analysis.progress.arrays import DateArray, FloatArray

MONTHS_PER_YEAR = 12.0
# Figures nearer to each other than this say next to nothing new, and growth between them, made yearly, nothing true.
NEARLY_A_YEAR: Final = 0.9


def days(dates: ArrayLike) -> DateArray:
    """Return `dates` as datetime64[D]; NaT where missing."""
    return np.asarray(dates, dtype="datetime64[D]")


def months(dates: ArrayLike) -> FloatArray:
    """Return whole months, with days as a fraction of their month, from January 1970 to the END of each date.

    The end of any month is a whole number, so that 31 October is ten twelfths of its year, and the year to
    31 December 2026 after 31 December 2023 is exactly three. NaN where the date is missing.
    """
    day = days(dates)
    month = day.astype("datetime64[M]")
    first = month.astype("datetime64[D]")
    length = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - first
    of_month = (day - first).astype(np.float64) + 1.0
    count = month.astype(np.float64) + of_month / length.astype(np.float64)
    return np.where(np.isnat(day), np.nan, count)


def years_between(start: ArrayLike, end: ArrayLike) -> FloatArray:
    """Return years from the end of `start` to the end of `end`, in months over twelve; negative if reversed."""
    return (months(end) - months(start)) / MONTHS_PER_YEAR


def elapsed_share(date: ArrayLike, start: ArrayLike, due: ArrayLike) -> FloatArray:
    """Return tau, the share of the time from `start` to `due` that had passed at the end of `date` (时间进度).

    Not clipped: before the start it is negative, after the due date above one. NaN if `due` is not after `start`.
    """
    whole = years_between(start, due)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = years_between(start, date) / whole
    return np.where(whole > 0, share, np.nan)


def a_year_apart(years: ArrayLike) -> list[bool]:
    """Return which of ascending times, in years, are kept where all must lie nearly a year apart: the latest, then back."""
    kept: list[bool] = []
    earliest = np.inf
    for year in reversed(np.asarray(years, dtype=np.float64).tolist()):
        kept.append(earliest - year >= NEARLY_A_YEAR)
        earliest = year if kept[-1] else earliest
    return kept[::-1]


def figures_a_year_apart(dates: Sequence[object]) -> int:
    """Return how many of ascending dates lie nearly a year apart: what a grade of evidence counts."""
    return sum(a_year_apart(years_between(np.datetime64("1970-12-31"), np.array(dates, dtype="datetime64[D]"))))
