"""Targets of each year: every year stands for itself, passed, failed or unknown; years are never averaged."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from daye_analysis.progress.bounds import bounds
from daye_analysis.progress.fact import is_met
from daye_analysis.progress.standing import Standing


@dataclass(frozen=True, slots=True)
class Year:
    """The verdict on one year: met, not_met, conflict, bounded or no_figure; `over` if the year had ended."""

    year: int
    verdict: str
    over: bool


def year_verdicts(
    standing: Standing,
    first_year: int,
    last_year: int,
    target: float,
    direction: float,
    strict: bool,
    as_of: datetime.date,
) -> tuple[Year, ...]:
    """Judge each year by its own figure, or by bounds for that very year where they prove it."""
    years = []
    for year in range(first_year, last_year + 1):
        end = datetime.date(year, 12, 31)
        years.append(Year(year, _verdict(standing, end, target, direction, strict), end <= as_of))
    return tuple(years)


def _verdict(standing: Standing, end: datetime.date, target: float, direction: float, strict: bool) -> str:
    if any(figure.date == end for figure in standing.conflicts):
        return "conflict"
    for figure in standing.figures:
        if figure.date == end:
            return "met" if is_met(figure.value, target, direction, strict) else "not_met"
    for bound in standing.bounds:
        if bound.date == end:
            proof = bounds(bound.lower, bound.upper, target, direction, strict, bound.lower_is_open)
            if proof.contradictory:
                return "conflict"
            if proof.proves_met:
                return "met"
            return "not_met" if proof.proves_not_met else "bounded"
    return "no_figure"
