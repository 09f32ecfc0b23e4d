"""One target with everything that its assessment needs: its row, its type, and the timeline of its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed
from daye_analysis.package.evidence.quantity_types import QuantityType, quantity_type
from daye_analysis.package.evidence.target_evidence import judged_evidence
from daye_analysis.package.evidence.timeline import Entry, Record, Timeline
from daye_analysis.package.records import records
from daye_analysis.package.view import PackageView
from daye_analysis.problem_messages import worded
from daye_analysis.progress.attainment.annual import Year, year_verdicts
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.problems import PROGRESS_PROBLEMS
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import BASELINE_MONTHS, SMALL_COUNT


@dataclass(frozen=True, slots=True)
class Case:
    """One target with all that its assessment needs: its row, its type, what its evidence comes to."""

    target: Mapping[str, Any]
    kind: QuantityType
    rows: Sequence[Record]
    timeline: Timeline
    day: dt.date
    base: Entry | None
    counted: bool
    years: tuple[Year, ...] = ()

    @property
    def sign(self) -> float:
        """Return +1 where higher is better, -1 where lower is."""
        return 1.0 if self.target["direction"] == "increase" else -1.0

    @property
    def strict(self) -> bool:
        """Return whether the target must be passed (突破, 超过), not only reached."""
        return self.target["comparator"] in ("gt", "lt")

    @property
    def goal(self) -> float:
        """Return the target's value."""
        return float(self.target["value"])

    @property
    def needed(self) -> float:
        """Return the value that meets the target: of a count that must pass it, the next one."""
        return self.goal + self.sign if self.strict and self.counted else self.goal

    @property
    def start(self) -> dt.date:
        """Return the day at whose end the plan starts."""
        return self.target["start"].date()  # type: ignore[no-any-return]

    @property
    def due(self) -> dt.date:
        """Return the due date."""
        return self.target["due"].date()  # type: ignore[no-any-return]

    @property
    def over(self) -> bool:
        """Return whether the due date has passed."""
        return self.day > self.due

    @property
    def small(self) -> bool:
        """Return whether the target is a count of ten or fewer, of which neither a rate nor a chance says anything."""
        return self.counted and self.goal <= SMALL_COUNT

    @property
    def each_year(self) -> bool:
        """Return whether each year is judged by itself: what is due annually, and a rank that is to be held."""
        held = self.target["quantity"] == "rank" and self.target["scope"] == "sustained"
        return bool(self.target["scope"] == "annual" or held)

    @property
    def latest(self) -> Entry | None:
        """Return the latest date that a comparable figure decides; None if a later one has only figures that conflict."""
        for entry in reversed(self.timeline.entries):
            if entry.conflict:
                return None
            if entry.decided:
                return entry
        return None

    @property
    def evidence_class(self) -> str:
        """Return comparable, bounds_only, related_only or nothing.

        An aim is no figure, and the total of a province or country says nothing of this area.
        """
        if any(entry.decided or entry.conflict for entry in self.timeline.entries):
            return "comparable"
        if self.timeline.entries:
            return "bounds_only"
        near = any(row["relation"] != "containing" and row["reason"] != "aim" for row in self.rows)
        return "related_only" if near else "nothing"

    @property
    def without_figure(self) -> Reason:
        """Return why there is no agreed comparable figure to compute with."""
        if self.timeline.conflicting:
            return Reason.CONFLICT
        without = {"bounds_only": Reason.ONLY_BOUNDS, "related_only": Reason.NOT_COMPARABLE}
        return without.get(self.evidence_class, Reason.NO_FIGURE)

    @property
    def withheld(self) -> Reason:
        """Return why schedule and pace have no meaning for this target, whatever the figures."""
        kind_reason = Reason.of(self.kind.withheld)
        if self.each_year:
            return kind_reason if kind_reason == Reason.ORDINAL else Reason.EACH_YEAR
        if kind_reason in (Reason.ORDINAL, Reason.THRESHOLD_ONLY):
            return kind_reason
        return Reason.SMALL_COUNT if self.small else Reason.NONE


def cases_of(view: PackageView) -> list[Case]:
    """Return one case for each target of a plan that was published by the view's day, in order.

    Raises
    ------
    CheckFailed
        progress.as-of-before-plan, where that leaves no target.
    """
    tables = view.package
    _check_day(view)
    judged = judged_evidence(view)
    traits = {row["indicator_id"]: row for row in records(tables.indicators[["indicator_id", "quantity", "direction"]])}
    plans = {row["plan_id"]: row for row in records(tables.plans[["plan_id", "area_id", "start", "published"]])}
    unit_kind = tables.measurement_units.set_index("unit_code")["kind"].to_dict()
    cases = []
    for row in records(tables.targets):
        target = {**row, **traits[row["indicator_id"]], **plans[row["plan_id"]]}
        if target["published"] > view.timestamp:
            continue
        target_id, of_unit = str(target["target_id"]), unit_kind[target["unit_code"]]
        kind = quantity_type(target["quantity"], of_unit)
        line = judged.timelines.get(target_id, Timeline())
        rows = judged.rows.get(target_id, [])
        case = Case(target, kind, rows, line, view.day, _base(line, kind, target["start"].date()), of_unit == "count")
        cases.append(replace(case, base=None, years=_years(case)) if case.each_year else case)
    return cases


def _check_day(view: PackageView) -> None:
    """Raise CheckFailed if no target's plan had been published by the view's day."""
    late = view.package.plans[view.package.plans["published"] > view.timestamp]
    if (~view.package.targets["plan_id"].isin(late["plan_id"])).any():
        return
    problems = [
        worded(PROGRESS_PROBLEMS, "progress.as-of-before-plan", "as_of",
               day=view.day, plan=Text(f" {row['plan_id']} ", f" {row['plan_id']}"), published=row["published"].date())
        for row in records(late)
    ]  # fmt: skip
    if problems:
        raise CheckFailed(problems)


def _base(line: Timeline, kind: QuantityType, start: dt.date) -> Entry | None:
    """Return the last comparable figure within the twelve months up to the plan's start, or None (缺基期).

    A sum or a reduction starts at zero with the plan.
    """
    if kind.cumulative:
        return Entry(None, start, value=0.0)
    window = [entry for entry in line.figures if 0 <= float(years_between(np.datetime64(entry.end), np.datetime64(start))) < BASELINE_MONTHS / 12]
    return window[-1] if window else None


def _years(case: Case) -> tuple[Year, ...]:
    first = case.target["first_year"]
    first_year = case.start.year + 1 if pd.isna(first) else int(first)
    return year_verdicts(case.timeline, first_year, case.due.year, case.goal, str(case.target["comparator"]), case.day)
