"""Which figures a plan's targets need that were not found, period by period, and who leads on each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from daye_analysis.package.published import asked, like_figures

if TYPE_CHECKING:
    from daye_analysis.package.package import Package

# How a quantity of each kind is asked for: in which measure, over which period, and whether the year before counts.
Over = Literal["day", "year", "since_start"]
_ASKED_AS: Final[dict[str, tuple[str, Over, bool]]] = {
    "stock": ("level", "day", True),
    "output_value": ("flow", "year", True),
    "share": ("share_pct", "year", True),
    "ratio": ("level", "day", True),
    "cumulative_flow": ("flow", "since_start", False),
    "annual_flow": ("flow", "year", False),
    "cumulative_reduction": ("level", "day", False),
    "coverage": ("share_pct", "day", True),
    "rank": ("rank", "year", False),
    "growth_rate": ("growth_pct", "year", False),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure that is missing: of which target, by which unit, over which period, measured how.

    `over` says what the period is: a day, a year, or the time since the plan's start. `period_start` is empty for a
    day; dates are ISO.
    """

    unit_id: str
    target_id: str
    indicator_id: str
    area_id: str
    period_start: str
    period_end: str
    over: Over
    measure: str
    unit_code: str

    @property
    def key(self) -> str:
        """Return what names this figure in a reply: unit, target and period."""
        period = f"{self.period_start}/{self.period_end}" if self.period_start else self.period_end
        return f"{self.unit_id} {self.target_id} {period}"


def _periods(target: Any, compiled_on: dt.date) -> Iterator[tuple[str, str, Over, str]]:
    """Yield start, end, kind of period and measure of each figure that `target` should have by `compiled_on`."""
    measure, over, baseline = _ASKED_AS[target.quantity]
    start = target.start.date()
    first = target.first_year if target.scope == "annual" else start.year + (0 if baseline else 1)
    for year in range(int(first), min(compiled_on.year, target.due.year) + 1):
        end = dt.date(year, 12, 31)
        if end > compiled_on:
            return
        begin = {"day": "", "year": f"{year}-01-01", "since_start": str(start + dt.timedelta(days=1))}[over]
        yield begin, str(end), over, measure


def every_period(package: Package) -> list[Wanted]:
    """Return every figure that the targets need up to the day of compilation, published or not, by leading unit."""
    tables = package.tables
    leads = tables["responsibilities"]
    leads = leads[leads["role"] == "lead"].sort_values(["task_id", "position"])
    rows = asked(tables).merge(leads[["task_id", "unit_id", "position"]], on="task_id")
    rows = rows.sort_values(["task_id", "source_start", "position"])
    return [
        Wanted(row.unit_id, row.target_id, row.indicator_id, row.area_id, *period, row.unit_code)
        for row in cast("Iterator[Any]", rows.itertuples())
        for period in _periods(row, package.compiled_on)
    ]


def wanted(package: Package) -> list[Wanted]:
    """Return the figures for which no comparable one of the same period was found, by task and leading unit."""
    like = like_figures(package.tables)
    starts = like["period_start"].dt.strftime("%Y-%m-%d").fillna("")
    ends = like["period_end"].dt.strftime("%Y-%m-%d")
    published = set(zip(like["target_id"], starts, ends, strict=True))
    return [
        each
        for each in every_period(package)
        if (each.target_id, each.period_start, each.period_end) not in published
    ]
