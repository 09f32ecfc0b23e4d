"""Random nested worlds whose truth is known: no set of true statements proves what is false, and no proof is missed."""

from __future__ import annotations

import datetime as dt
import math
import os
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from progress_tables import Frames, level, seen, tables
from scipy.optimize import linprog

from daye_analysis.package.evidence.target_evidence import evidence, timelines
from daye_analysis.progress.attainment.status import judge
from daye_analysis.progress.attainment.target_case import cases_of
from daye_analysis.progress.vocabulary import Status

DUE = dt.date(2026, 12, 31)
AFTER = "2027-06-30"
# `WORLDS=2000 pytest tests/test_evidence_worlds.py` tries more; the property holds for all of them.
WORLDS = settings(
    max_examples=int(os.environ.get("WORLDS", "15")), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
SCOPES: list[dict[str, Any]] = [
    {}, {"area_id": "zone"}, {"concept": "narrower"}, {"area_id": "prefecture"}, {"concept": "broader"},
    {"concept": "narrower", "area_id": "zone"}, {"concept": "broader", "area_id": "prefecture"},
    {"concept": "narrower", "area_id": "prefecture"}, {"concept": "broader", "area_id": "zone"},
]  # fmt: skip
COMPARATORS = ["ge", "gt"]


def amount_in(scope: dict[str, Any], own: int, draw: st.DrawFn) -> int:
    """Return what is true of a scope that contains, or lies in, one whose amount is `own`; unrelated where crossed."""
    up = scope.get("area_id") == "prefecture" or scope.get("concept") == "broader"
    down = scope.get("area_id") == "zone" or scope.get("concept") == "narrower"
    if up and down:
        return draw(st.integers(0, 2 * own + 5))
    if up:
        return own + draw(st.integers(0, 12))
    return draw(st.integers(max(0, own - 12), own)) if down else own


def said_of(truth: int, draw: st.DrawFn) -> dict[str, Any]:
    """Return a true statement about an amount, in one of the ways in which sources print it."""
    bound = draw(st.sampled_from(["exact", "exact", "at_least", "more_than", "at_most", "less_than", "about"]))
    slack = draw(st.integers(0, 8))
    value = {
        "exact": truth, "about": truth + slack, "at_least": max(truth - slack, 0), "more_than": max(truth - 1 - slack, -1),
        "at_most": truth + slack, "less_than": truth + 1 + slack,
    }[bound]  # fmt: skip
    if value < 0:
        bound, value = "exact", truth
    return {"bound": bound, "value": float(value), "source_id": "s2025"}


@st.composite
def dated_world(draw: st.DrawFn) -> tuple[Frames, dict[dt.date, int], float, str]:
    """Return statements on a number of things at several dates, and what was true at each."""
    days = [dt.date(2024, 12, 31), dt.date(2025, 6, 30), dt.date(2025, 12, 31), DUE]
    truth = {day: draw(st.integers(20, 60)) for day in days}
    figures = []
    for _ in range(draw(st.integers(1, 7))):
        day = draw(st.sampled_from(days))
        scope = draw(st.sampled_from(SCOPES))
        figures.append(level(str(day), 0.0) | scope | said_of(amount_in(scope, truth[day], draw), draw))
    target, comparator = float(draw(st.integers(30, 50))), draw(st.sampled_from(COMPARATORS))
    return tables(*figures, value=target, comparator=comparator), truth, target, comparator


def holds(truth: float, target: float, comparator: str) -> bool:
    return truth > target if comparator == "gt" else truth >= target


@WORLDS
@given(dated_world())
def test_levels_prove_only_what_is_true_and_all_that_they_prove(world: tuple[Frames, dict[dt.date, int], float, str]) -> None:
    frames, truth, target, comparator = world
    view = seen(frames, AFTER)
    rows = evidence(view)
    line = timelines(view)["x"] if len(rows) else None
    for day, true in truth.items():
        low, high = -math.inf, math.inf
        for row in frames.observations.to_dict("records"):
            if row["period_end"].date() == day:
                low, high = tightened(row, low, high)
        entry = line.at(day) if line else None
        found = entry.side(target, comparator) if entry else "open"
        assert entry is None or not entry.conflict
        proved = "met" if holds(low, target, comparator) else "open" if holds(high, target, comparator) else "not_met"
        assert found == proved
        assert found == "open" or (found == "met") == holds(true, target, comparator)


def tightened(row: dict[str, Any], low: float, high: float) -> tuple[float, float]:
    """Return the ends that a statement leaves, by plain reasoning about whole numbers and nested scopes."""
    up = row["area_id"] == "prefecture" or row["concept"] == "broader"
    down = row["area_id"] == "zone" or row["concept"] == "narrower"
    value, bound = row["value"], row["bound"]
    least = {"exact": value, "at_least": value, "more_than": value + 1}.get(bound, -math.inf)
    most = {"exact": value, "at_most": value, "less_than": value - 1}.get(bound, math.inf)
    return (low if up else max(low, least)), (high if down else min(high, most))


@st.composite
def summed_world(draw: st.DrawFn, quantity: str) -> tuple[Frames, list[int], float, str]:
    """Return statements on periods of three years of quarters, and the true amount of each quarter."""
    truth = [draw(st.integers(0, 12)) for _ in range(12)]
    figures: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 8))):
        first = draw(st.integers(0, 11))
        last = draw(st.integers(first, 11))
        scope = draw(st.sampled_from(SCOPES))
        own = sum(truth[first : last + 1])
        figures.append(
            {"period_start": str(quarter(first)[0]), "period_end": str(quarter(last)[1]), "measure": "flow"}
            | scope
            | said_of(amount_in(scope, own, draw), draw)
        )
    whole = sum(truth) if quantity == "cumulative_flow" else sum(truth[8:])
    target = float(max(1, whole + draw(st.integers(-10, 10))))
    scope_of = "cumulative" if quantity == "cumulative_flow" else "by_deadline"
    frames = tables(*figures, quantity=quantity, unit_code="projects", value=target, scope=scope_of)
    return frames, truth, target, quantity


def quarter(number: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a quarter, counted from the plan's first."""
    year, of_year = 2024 + number // 4, number % 4
    end = [dt.date(year, 3, 31), dt.date(year, 6, 30), dt.date(year, 9, 30), dt.date(year, 12, 31)][of_year]
    return dt.date(year, 3 * of_year + 1, 1), end


def limits(frames: Frames, quarters: slice) -> tuple[float, float]:
    """Return the least and the most that some quarters can add up to, by linear programming over the quarters."""
    upper, limit = [], []
    for row in evidence(seen(frames, AFTER)).to_dict("records"):
        if row["role"] == "context":
            continue
        up = row["area_id"] == "prefecture" or row["concept"] == "broader"
        down = row["area_id"] == "zone" or row["concept"] == "narrower"
        inside = np.array([row["period_start"].date() <= quarter(q)[0] and quarter(q)[1] <= row["period_end"].date() for q in range(12)])
        low, high = tightened(row, -math.inf, math.inf)
        if not down and math.isfinite(high):
            upper.append(inside.astype(float))
            limit.append(high)
        if not up and math.isfinite(low):
            upper.append(-inside.astype(float))
            limit.append(-low)
    wanted = np.zeros(12)
    wanted[quarters] = 1.0
    if not upper:
        return 0.0, math.inf
    found = []
    for sign in (1.0, -1.0):
        solved = linprog(sign * wanted, A_ub=np.array(upper), b_ub=np.array(limit), bounds=(0, None))
        assert solved.status in (0, 3), solved.message
        found.append(sign * solved.fun if solved.status == 0 else math.inf)
    return found[0], found[1]


@pytest.mark.parametrize("quantity", ["cumulative_flow", "output_value", "annual_flow"])
@WORLDS
@given(st.data())
def test_sums_prove_only_what_is_true_and_all_that_they_prove(quantity: str, data: st.DataObject) -> None:
    frames, truth, target, _ = data.draw(summed_world(quantity))
    quarters = slice(0, 12) if quantity == "cumulative_flow" else slice(8, 12)
    (case,) = cases_of(seen(frames, AFTER))
    found = judge(case)
    low, high = limits(frames, quarters)
    assert found.status is not Status.CONFLICT
    settled = found.settled if found.final else "open"
    if low >= target - 1e-6:
        assert settled == "met"
    elif high < target - 1e-6:
        assert settled == "not_met"
    else:
        assert settled == "open"
    assert settled == "open" or (settled == "met") == (sum(truth[quarters]) >= target)
