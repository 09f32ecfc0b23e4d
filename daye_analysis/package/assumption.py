"""A researcher's own assumption: a figure that no source gives, marked as such in all results."""

from __future__ import annotations

import datetime as dt
import math
import numbers
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from daye_analysis.errors import CheckFailed, Problem, WrongUsage
from daye_analysis.package.definition import table
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.formatting import number_words
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.view import day_of
from daye_analysis.problem_messages import worded

Held = TypeVar("Held", bound=PackageTables)

ASSUMPTION_SOURCE = "assumption"


def with_assumption(
    held: Held,
    indicator_id: str,
    value: float,
    period_end: str | dt.date,
    period_start: str | dt.date = "",
    plan_id: str = "",
) -> Held:
    """Return a copy of `held` with one assumed figure of an indicator that it has; see `Package.assume`."""
    indicator = held.indicators[held.indicators["indicator_id"] == indicator_id]
    start, end = _day(period_start, "period_start"), _day(period_end, "period_end")
    quantity = str(indicator["quantity"].iloc[0])
    if not _can_be(value, quantity):
        raise CheckFailed(_bad_assumption("value"))
    if end is None or (start is not None and start > end):
        raise CheckFailed(_bad_assumption("period_start, period_end"))
    kind = QUANTITY_TYPES[quantity]
    measure = kind.with_period if start is not None else kind.without_period
    if not measure:
        raise WrongUsage(_unusable_assumption(indicator_id, start is None))
    plan = _plan_of(held, indicator_id, plan_id)
    row = dict.fromkeys(table("observations").field_names, pd.NA) | {
        "observation_id": f"assumption{len(held.assumed) + 1:04d}",
        "indicator_id": indicator_id,
        "area_id": plan["area_id"],
        "period_start": pd.NaT if start is None else start,
        "period_end": end,
        "measure": measure,
        "value": float(value),
        "value_text": number_words(value),
        "date_basis": "stated",
        "unit_code": indicator["unit_code"].iloc[0],
        "bound": "exact",
        "statement": "outturn",
        "concept": "same",
        "growth_base_end": plan["start"] if quantity == "cumulative_reduction" else pd.NaT,
        "scope_note_zh": "使用者的假设，不是公开数据",
        "scope_note_en": "a user's assumption, not a published figure",
        "source_id": ASSUMPTION_SOURCE,
    }
    return replace(
        held,
        observations=_with_row(held.observations, row),
        sources=_sources_with_assumption(held),
        assumed=held.assumed | {str(row["observation_id"])},
    )


def _plan_of(held: PackageTables, indicator_id: str, plan_id: str) -> pd.Series:
    """Return the plan named, else the one whose targets use the indicator, else the only one."""
    if plan_id:
        return held.of_plan(plan_id).plans.iloc[0]
    using = held.targets.loc[held.targets["indicator_id"] == indicator_id, "plan_id"]
    plans = held.plans[held.plans["plan_id"].isin(using)] if len(using) else held.plans
    if len(plans) == 1:
        return plans.iloc[0]
    raise WrongUsage(worded(PACKAGE_PROBLEMS, "package.ambiguous-plan", "plan_id", known=tuple(plans["plan_id"])))


def _sources_with_assumption(held: PackageTables) -> pd.DataFrame:
    if (held.sources["source_id"] == ASSUMPTION_SOURCE).any():
        return held.sources
    row = dict.fromkeys(table("sources").field_names, pd.NA) | {
        "source_id": ASSUMPTION_SOURCE,
        "title": "假设 / assumption",
        "publisher": "使用者 / the user",
        "known_on": pd.Timestamp("1900-01-01"),
        "kind": "other",
        "tier": "repost",
    }
    return _with_row(held.sources, row)


def _with_row(rows: pd.DataFrame, row: Mapping[str, object]) -> pd.DataFrame:
    return pd.concat([rows, pd.DataFrame([row])[list(rows.columns)].astype(rows.dtypes)], ignore_index=True)


def _can_be(value: object, quantity: str) -> bool:
    """Return whether an indicator of such a quantity can have the value: a finite number, a share at most a hundred."""
    number = isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)
    low, high = QUANTITY_TYPES[quantity].limits or (-math.inf, math.inf)
    return number and low <= float(value) <= high  # type: ignore[arg-type]


def _day(given: str | dt.date, name: str) -> pd.Timestamp | None:
    if given is None or given == "":
        return None
    try:
        return pd.Timestamp(day_of(given))
    except WrongUsage as error:
        raise CheckFailed(_bad_assumption(name)) from error


def _unusable_assumption(indicator_id: str, without_start: bool) -> Problem:
    kind = "of-a-period" if without_start else "at-a-date"
    return worded(PACKAGE_PROBLEMS, f"package.assumption-unusable/{kind}", "period_start", indicator=indicator_id)


def _bad_assumption(where: str) -> Problem:
    return worded(PACKAGE_PROBLEMS, "package.bad-assumption", where)
