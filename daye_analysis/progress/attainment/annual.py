"""Annual targets: each year is assessed by itself as met, missed or unknown; years are never averaged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from daye_analysis.package.evidence.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Year:
    """The verdict on one year: met, not_met, reached, conflict, bounded or no_figure; `over` if the year had ended.

    A year that is not over and whose known part passes the target is `reached`, never `met`.
    """

    year: int
    verdict: str
    over: bool


def year_verdicts(
    line: Timeline, first_year: int, last_year: int, target: float, comparator: str, day: dt.date
) -> tuple[Year, ...]:
    """Judge each year by its own figure, or by bounds for that very year where they prove it."""
    years = []
    for year in range(first_year, last_year + 1):
        end = dt.date(year, 12, 31)
        years.append(Year(year, _verdict(line, end, target, comparator, day), end <= day))
    return tuple(years)


def _verdict(line: Timeline, end: dt.date, target: float, comparator: str, day: dt.date) -> str:
    entry = line.at(end)
    if entry is None:
        return "no_figure"
    if entry.conflict:
        return "conflict"
    found = entry.side(target, comparator)
    if found == "open":
        return "bounded"
    return "reached" if found == "met" and not entry.decided and end > day else found
