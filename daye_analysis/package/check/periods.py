"""Dates in the right order: periods of observations, plans, and the years of targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

Mask = npt.NDArray[np.bool_]
_ONE_DAY = np.timedelta64(1, "D")
Days = npt.NDArray[np.datetime64]


def check_periods(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield every row whose dates contradict one another; a date that is missing or misspelt contradicts nothing."""
    if "observations" in tables:
        yield from _observations(tables["observations"], tables.get("indicators"))
    if "plans" in tables:
        plans = tables["plans"]
        yield from _due(plans, plans.days("start"))
        if "targets" in tables:
            yield from _targets(tables["targets"], plans)


def _at(columns: Columns, name: str, fails: Mask, code: str, **cells: str) -> Iterator[Finding]:
    """Yield `code` where `fails`, its words filled with those rows' cells of the named fields."""
    shown = {key: columns.cells(field) for key, field in cells.items()} if fails.any() else {}

    def fault_at(position: int) -> Fault:
        return Fault(code, {key: column[position] for key, column in shown.items()})

    yield from in_rows(columns, name, np.flatnonzero(fails), fault_at, CHECK_PROBLEMS)


def _observations(table: Columns, indicators: Columns | None) -> Iterator[Finding]:
    start, end, base = table.days("period_start"), table.days("period_end"), table.days("growth_base_end")
    without_start = table.has("period_start", "")
    without_base = table.has("growth_base_end", "")
    flow, level, growth = (table.has("measure", each) for each in ("flow", "level", "growth_pct"))
    cells = {"found": "period_end", "start": "period_start"}
    yield from _at(table, "period_end", start > end, "period.ends-before-start", **cells)
    yield from _at(table, "period_start", flow & without_start, "period.flow-without-start")
    yield from _at(
        table, "period_start", level & ~without_start, "period.level-with-start", found="period_start"
    )
    # A cumulative reduction is a change too, given as the level that it has reached.
    falls = growth | (level & table.has("indicator_id", *_reductions(indicators)))
    yield from _at(table, "growth_base_end", ~falls & ~without_base, "period.base-without-growth")
    cells = {"found": "growth_base_end", "start": "period_start", "end": "period_end"}
    not_before = base >= np.where(np.isnat(start), end, start)
    yield from _at(table, "growth_base_end", falls & not_before, "period.base-not-before", **cells)


def _reductions(indicators: Columns | None) -> list[str]:
    """Return the indicators of a cumulative reduction; every indicator's where the table could not be read."""
    if indicators is None:
        return []
    return [str(each) for each in indicators.cells("indicator_id")[indicators.has("quantity", "cumulative_reduction")]]


def _due(table: Columns, start: Days) -> Iterator[Finding]:
    due = table.days("due")

    def fault_at(position: int) -> Fault:
        return Fault("period.due-before-start", {"found": due[position], "start": start[position]})

    yield from in_rows(table, "due", np.flatnonzero(due <= start), fault_at, CHECK_PROBLEMS)


def _targets(targets: Columns, plans: Columns) -> Iterator[Finding]:
    starts = dict(zip(plans.cells("plan_id"), plans.days("start"), strict=True))
    never = np.datetime64("NaT", "D")
    start = np.array([starts.get(each, never) for each in targets.cells("plan_id")], dtype="datetime64[D]")
    yield from _due(targets, start)
    annual, without_year = targets.has("scope", "annual"), targets.has("first_year", "")
    scoped = ~targets.has("scope", "")
    misplaced = scoped & ~annual & ~without_year
    yield from _at(targets, "first_year", misplaced, "period.first-year-not-annual")
    yield from _at(targets, "first_year", annual & without_year, "period.annual-without-first-year")
    years, due = targets.integers("first_year"), targets.days("due")
    # A plan counts from the day after its start. Comparing with NaN is false.
    outside = annual & ((years < _year(np.add(start, _ONE_DAY))) | (years > _year(due)))

    def fault_at(position: int) -> Fault:
        values = {"found": f"{years[position]:.0f}", "start": start[position], "end": due[position]}
        return Fault("period.first-year-outside", values)

    yield from in_rows(targets, "first_year", np.flatnonzero(outside), fault_at, CHECK_PROBLEMS)


def _year(days: Days) -> npt.NDArray[np.float64]:
    """Return the year of each day, NaN for NaT."""
    years = days.astype("datetime64[Y]").astype(np.float64) + 1970
    return np.where(np.isnat(days), np.nan, years)
