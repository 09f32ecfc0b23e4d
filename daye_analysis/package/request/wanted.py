"""Figures that the targets need and that were not found, by period, with the lead body of each that has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from daye_analysis.package.evidence.target_evidence import evidence
from daye_analysis.package.view import PackageView

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

# Stands for the lead body in keys and names of files; no body is called so, since identifiers begin with a letter or digit.
NO_LEAD_BODY: Final = "_no_lead_body"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure that is missing: of which target, by which unit, over which period, measured how.

    `unit_id` is empty where the list names no lead body of the target's task. `over` says what the period is: a day, a year, or the time since the plan's start. `period_start` is empty for a
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
        return f"{self.holder} {self.target_id} {period}"

    @property
    def holder(self) -> str:
        """Return the identifier of the lead body, or what stands for it where none is named."""
        return self.unit_id or NO_LEAD_BODY


def _periods(target: Any, day: dt.date) -> Iterator[tuple[str, str, Over, str]]:
    """Yield start, end, kind of period and measure of each figure that `target` should have by a day."""
    measure, over, baseline = _ASKED_AS[target.quantity]
    start = target.start.date()
    first = target.first_year if target.scope == "annual" else start.year + (0 if baseline else 1)
    for year in range(int(first), min(day.year, target.due.year) + 1):
        end = dt.date(year, 12, 31)
        if end > day:
            return
        begin = {"day": "", "year": f"{year}-01-01", "since_start": str(start + dt.timedelta(days=1))}[over]
        yield begin, str(end), over, measure


def every_period(view: PackageView) -> list[Wanted]:
    """Return every figure that the targets need up to the view's day, published or not, by lead body or without one."""
    tables = view.package
    leads = tables.responsibilities
    leads = leads[leads["role"] == "lead"].sort_values(["task_id", "position"])
    plans = tables.plans[["plan_id", "area_id", "start"]]
    targets = tables.targets.merge(plans, on="plan_id").merge(tables.indicators[["indicator_id", "quantity"]], on="indicator_id")
    rows = targets.merge(leads[["task_id", "unit_id", "position"]], on="task_id", how="left")
    rows = rows.fillna({"unit_id": ""}).sort_values(["task_id", "source_start", "position"])
    return [
        Wanted(row.unit_id, row.target_id, row.indicator_id, row.area_id, *period, row.unit_code)
        for row in cast("Iterator[Any]", rows.itertuples())
        for period in _periods(row, view.day)
    ]


def wanted(view: PackageView) -> list[Wanted]:
    """Return the figures of whose period no figure decides, by task and lead body.

    A bound is no reason not to ask: it may settle a date and still not say what the figure is.
    """
    rows = evidence(view)
    deciding = rows[rows["role"] == "decides"]
    decided = {
        (row.target_id, _iso(row.period_start), _iso(row.period_end)) for row in cast("Iterator[Any]", deciding.itertuples())
    }
    return [
        each for each in every_period(view) if not decided.intersection(_same_periods(each))
    ]


def _same_periods(each: Wanted) -> Iterator[tuple[str, str, str]]:
    """Yield the periods of which a figure answers: a year's share may also be stated as a level at the year's end."""
    yield each.target_id, each.period_start, each.period_end
    if each.measure == "share_pct":
        yield each.target_id, "" if each.period_start else f"{each.period_end[:4]}-01-01", each.period_end


def _iso(day: Any) -> str:
    return "" if day != day or day is None else str(day.date())
