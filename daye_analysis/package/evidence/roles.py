"""The role of an observation for a target: it decides, bounds, or only informs, with the reason as a code and an interval."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from daye_analysis.package.definition import codes
from daye_analysis.package.evidence.intervals import EVERYTHING, Interval, printed_interval
from daye_analysis.package.evidence.quantity_types import QuantityType


@dataclass(frozen=True, slots=True)
class Use:
    """What one observation is for one target.

    Attributes
    ----------
    role
        `decides`, `lower_bound`, `upper_bound` or `context`.
    reason
        A value of the code list `evidence_reason`.
    interval
        What it says of the target's own quantity for its own date or period, in the target's unit; everything for
        context.
    """

    role: str
    reason: str
    interval: Interval = EVERYTHING


CODED: Final = {"bound": codes.BOUND, "statement": codes.STATEMENT, "concept": codes.CONCEPT, "measure": codes.MEASURE}


def impossible(observations: pd.DataFrame) -> pd.Series:
    """Return which observations can say nothing of anything; a checked package has none, frames made by hand may.

    They have no finite value or no end of their period, end before they start, share their identifier with another, or
    hold a code that the definition lacks.
    """
    value = observations["value"].to_numpy("float64", na_value=np.nan)
    backwards = (observations["period_start"] > observations["period_end"]).fillna(False).astype(bool)
    repeated = observations["observation_id"].duplicated(keep=False)
    found = ~np.isfinite(value) | observations["period_end"].isna() | backwards | repeated
    for name, listed in CODED.items():
        found |= ~observations[name].isin(listed.values)
    return pd.Series(found, observations.index, dtype=bool)


def use_of(row: Mapping[str, Any], kind: QuantityType, as_of: dt.date) -> Use:
    """Return what an observation is for a target (rule 1 and 2 of the method).

    Parameters
    ----------
    row
        One observation beside its target: `figure` and `rounding` in the target's unit (NaN where units do not
        convert), `relation` of its area to the plan's (own, parent, containing, contained), `yearly`, `counted` and
        `adds_up` of the target, `plan_start`, `superseded`, `impossible` (see the function), and the observation's own columns.
    kind
        The type of the target's quantity.
    as_of
        The day of judgement: a period that ends after its month is not over.
    """
    reason = _not_usable(row, kind, as_of)
    if reason:
        return Use("context", reason)
    up = row["concept"] == "broader" or row["relation"] in ("parent", "containing")
    down = row["concept"] == "narrower" or row["relation"] == "contained"
    if up and down:
        return Use("context", "crossed")
    if (up or down) and not row["adds_up"]:
        return _whole_set(row, kind, up)
    reason = _outside_time(row, kind, up, nested=up or down)
    if reason:
        return Use("context", reason)
    if row["bound"] == "about":
        return Use("context", "approximate")
    found = _bounding(row, up) if up or down else _own(row, kind)
    return replace(found, interval=found.interval.whole()) if row["counted"] else found


def _not_usable(row: Mapping[str, Any], kind: QuantityType, as_of: dt.date) -> str:
    """Return why an observation can say nothing of the target, whatever its scope; else an empty text."""
    if row["impossible"]:
        return "impossible"
    tests = (
        ("superseded", bool(row["superseded"])),
        ("aim", row["statement"] == "target"),
        ("forecast", row["statement"] == "forecast"),
        ("doubtful", not (pd.isna(row["doubt_en"]) and pd.isna(row["doubt_zh"]))),
        ("related", row["concept"] == "related"),
        ("other_measure", row["measure"] not in kind.measures),
        ("other_unit", pd.isna(row["figure"])),
        ("impossible", not _within_limits(row, kind)),
        ("not_ended", _month(row["period_end"]) > _month(as_of)),
    )
    return next((reason for reason, applies in tests if applies), "")


def _within_limits(row: Mapping[str, Any], kind: QuantityType) -> bool:
    """Return whether such a quantity can have the value: no stock or count is below zero, no share above a hundred."""
    never_negative = row["counted"] or kind.name == "stock"
    low, high = kind.limits or (0.0 if never_negative else -math.inf, math.inf)
    return bool(pd.isna(row["figure"]) or low <= row["figure"] <= high)


def _outside_time(row: Mapping[str, Any], kind: QuantityType, up: bool, nested: bool) -> str:
    """Return why an observation's date or period says nothing of the target's; else an empty text."""
    plan_start, end = row["plan_start"], row["period_end"]
    if kind.name == "cumulative_reduction":
        return "" if row["growth_base_end"] == plan_start else "other_base"
    if end <= plan_start and (nested or row["each_year"] or kind.cumulative):
        return "before_plan"
    if row["yearly"] and (pd.isna(row["period_start"]) or (up and not whole_year(row))):
        return "other_period"
    if kind.cumulative and up and row["period_start"] <= plan_start:
        return "other_period"
    return ""


def _whole_set(row: Mapping[str, Any], kind: QuantityType, up: bool) -> Use:
    """Return the use of a nested figure that does not add up: only full coverage of a broader set proves its parts'."""
    full = kind.name == "coverage" and up and row["bound"] in ("exact", "at_least") and row["figure"] == 100
    if full and row["period_end"] > row["plan_start"]:
        return Use("lower_bound", "whole_set", Interval(low=100.0, high=100.0))
    return Use("context", "not_additive")


def _bounding(row: Mapping[str, Any], up: bool) -> Use:
    said = printed_interval(row["figure"], row["bound"], row["rounding"])
    if up:
        interval = Interval(high=said.high, high_open=said.high_open)
        reason = "containing" if row["relation"] in ("parent", "containing") else "broader"
        return Use("context", "open_above") if interval.unbounded else Use("upper_bound", reason, interval)
    interval = Interval(low=said.low, low_open=said.low_open)
    reason = "contained" if row["relation"] == "contained" else "narrower"
    return Use("context", "open_below") if interval.unbounded else Use("lower_bound", reason, interval)


def _own(row: Mapping[str, Any], kind: QuantityType) -> Use:
    """Return the use of a figure of the plan's own area and of what the target's words say."""
    said = printed_interval(row["figure"], row["bound"])
    exact = row["bound"] == "exact"
    if row["yearly"] and not whole_year(row):
        years = row["period_end"].year - row["period_start"].year
        if years:
            return _one_sided(Interval(high=said.high, high_open=said.high_open), "several_years")
        return _one_sided(Interval(low=said.low, low_open=said.low_open), "part_of_year")
    if kind.name == "cumulative_flow" and row["period_start"] <= row["plan_start"]:
        return _one_sided(Interval(high=said.high, high_open=said.high_open), "longer_period")
    return Use("decides", "comparable", said) if exact else _one_sided(said, "stated_bound")


def _one_sided(interval: Interval, reason: str) -> Use:
    if interval.unbounded:
        return Use("context", "open_below" if reason == "part_of_year" else "open_above")
    return Use("lower_bound" if interval.low > -float("inf") else "upper_bound", reason, interval)


def whole_year(row: Mapping[str, Any]) -> bool:
    """Return whether an observation's period is a whole calendar year."""
    start, end = row["period_start"], row["period_end"]
    if pd.isna(start):
        return False
    return bool(start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31))


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month
