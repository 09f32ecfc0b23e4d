"""One target with all that the layers need of it: its row, its kind, and what its evidence comes to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from daye_analysis.package.records import records
from daye_analysis.progress.annual import Year, year_verdicts
from daye_analysis.progress.evidence import records_of_targets
from daye_analysis.progress.kinds import Kind, kind_of
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.standing import Figure, Record, Standing, standing
from daye_analysis.progress.tables import Tables
from daye_analysis.progress.vocabulary import SMALL_COUNT


@dataclass(frozen=True, slots=True)
class Case:
    """One target with all that the layers need of it: its row, its kind, what its evidence comes to."""

    target: dict[str, Any]
    kind: Kind
    rows: Sequence[Record]
    standing: Standing
    base: Figure | None
    years: tuple[Year, ...]
    small: bool

    @property
    def sign(self) -> float:
        """Return +1 where higher is better, -1 where lower is."""
        return 1.0 if self.target["direction"] == "increase" else -1.0

    @property
    def strict(self) -> bool:
        """Return whether the target must be passed (突破, 超过), not only reached."""
        return bool(self.target["comparator"] == "gt")

    @property
    def each_year(self) -> bool:
        """Return whether each year is judged by itself: what is due annually, and a rank that is to be held."""
        held = self.target["quantity"] == "rank" and self.target["scope"] == "sustained"
        return bool(self.target["scope"] == "annual" or held)

    @property
    def evidence_class(self) -> str:
        """Return like, bounds_only, related_only or nothing.

        An aim is no figure, and the total of a province or country says nothing of this area.
        """
        if self.standing.figures or self.standing.conflicts:
            return "like"
        if self.standing.bounds:
            return "bounds_only"
        near = any(row["relation"] != "containing" and row["why"] != "aim" for row in self.rows)
        return "related_only" if near else "nothing"

    @property
    def without_figure(self) -> Reason:
        """Return why there is no agreed like figure to compute with."""
        if self.standing.conflicts:
            return Reason.CONFLICT
        without = {"bounds_only": Reason.ONLY_BOUNDS, "related_only": Reason.NOT_COMPARABLE}
        return without.get(self.evidence_class, Reason.NO_FIGURE)

    @property
    def withheld(self) -> Reason:
        """Return why schedule and pace have no meaning for this target, whatever the figures."""
        if self.each_year:
            return self.kind.withheld if self.kind.withheld == Reason.ORDINAL else Reason.EACH_YEAR
        if self.kind.withheld in (Reason.ORDINAL, Reason.THRESHOLD_ONLY):
            return self.kind.withheld
        return Reason.SMALL_COUNT if self.small else Reason.NONE


def cases_of(tables: Tables, rows: pd.DataFrame, as_of: pd.Timestamp) -> list[Case]:
    """Return one case a target, in order, with the traits of its indicator and plan."""
    traits = {row["indicator_id"]: row for row in records(tables.indicators[["indicator_id", "quantity", "direction"]])}
    plans = {row["plan_id"]: row for row in records(tables.plans[["plan_id", "area_id", "start"]])}
    unit_kind = tables.measurement_units.set_index("unit_code")["kind"].to_dict()
    of_target = records_of_targets(rows)
    cases = []
    for row in records(tables.targets):
        target = {**row, **traits[row["indicator_id"]], **plans[row["plan_id"]]}
        own = of_target.get(str(target["target_id"]), [])
        stands = standing(own)
        start = target["start"].date()
        kind = kind_of(target["quantity"], unit_kind[target["unit_code"]])
        from_zero = target["quantity"] in ("cumulative_flow", "cumulative_reduction")
        base = Figure(start, 0.0, ()) if from_zero else stands.base(start)
        small = unit_kind[target["unit_code"]] == "count" and float(target["value"]) <= SMALL_COUNT
        case = Case(target, kind, own, stands, base, (), small)
        cases.append(_with_years(case, as_of.date()) if case.each_year else case)
    return cases


def _with_years(case: Case, as_of: datetime.date) -> Case:
    first, due = case.target["first_year"], case.target["due"]
    first_year = case.target["start"].year + 1 if pd.isna(first) else int(first)
    goal = float(case.target["value"])
    years = year_verdicts(case.standing, first_year, due.year, goal, case.sign, case.strict, as_of)
    return Case(case.target, case.kind, case.rows, case.standing, None, years, case.small)
