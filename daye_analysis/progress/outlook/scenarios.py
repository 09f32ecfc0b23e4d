"""Three scenarios for the remaining years: the last growth again, the class's median growth, its top tenth."""

from __future__ import annotations

import math
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from daye_analysis.package.evidence.quantity_types import quantity_type
from daye_analysis.package.records import Record, records
from daye_analysis.package.view import PackageView, cached
from daye_analysis.progress.assess import assess
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.reference_class import comparable_growths, growths_ever, series_quantile
from daye_analysis.progress.vocabulary import MINIMUM_SERIES, SMALL_COUNT

Scenario = Literal["last_growth", "class_median", "best_tenth"]
SCENARIOS: Final[tuple[Scenario, ...]] = ("last_growth", "class_median", "best_tenth")
BEST_TENTH: Final = 0.9
_COLUMNS: Final = [
    "target_id", "scenario", "growth", "series", "years", "basis", "start_date", "start", "value", "start_needed", "reaches",
]  # fmt: skip


@cached
def scenarios(view: PackageView) -> pd.DataFrame:
    """Return what each supposition about growth gives by the due date, and where a target must have started for it to do.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        Up to three rows a target that grows, is open and is more than a small count: target_id; scenario; growth (a year, as a
        share); series (how many the growth comes from); years (from the start to the due date); basis (figure,
        upper_bound or lower_bound; none where nothing is known of a start, which then is the end of the last full
        year); start_date, start and value (at the due date; NaN without a start); start_needed, what must have been there
        at start_date for the growth to reach the target; reaches (whether it does; NA without a start, and where a bound
        leaves it open). Suppositions all: none is a forecast.
    """
    package = view.package
    growths = growths_ever(view)
    found: list[dict[str, Any]] = []
    for row in records(assess(view)):
        indicator = package.record("indicators", row["indicator_id"])
        unit = package.record("measurement_units", row["unit_code"])
        kind = quantity_type(str(row["quantity"]), str(unit["kind"]))
        small = unit["kind"] == "count" and row["target"] <= SMALL_COUNT
        over = row["outcome_settled"] or row["as_of"] > row["due"] or row["settled"] == "met"
        if not kind.grows or small or over or row["scope"] == "annual":
            continue
        basis, day, value = _start(row, view)
        years = float(years_between(np.datetime64(day.date()), np.datetime64(row["due"].date())))
        if years <= 0:
            continue
        for name, (growth, series) in _growths(
            growths, str(indicator["reference_class"]), row, years
        ).items():
            reached = value * (1 + growth) ** years
            found.append(
                {
                    "target_id": row["target_id"], "scenario": name, "growth": growth, "series": series, "years": years,
                    "basis": basis, "start_date": day, "start": value, "value": reached,
                    "start_needed": float(row["target"]) / (1 + growth) ** years,
                    "reaches": _reaches(reached, row, basis),
                }
            )  # fmt: skip
    table = pd.DataFrame(found, columns=_COLUMNS)
    return table.astype({"reaches": "boolean", "start_date": "datetime64[us]"})


def _start(row: Record, view: PackageView) -> tuple[str, pd.Timestamp, float]:
    """Return from what the target starts: the latest figure, else the bound that favours it, else the last year's end."""
    if pd.notna(row["value"]):
        return "figure", row["value_date"], float(row["value"])
    favouring = "upper" if row["direction"] == "increase" else "lower"
    if pd.notna(row[f"{favouring}_bound"]):
        return f"{favouring}_bound", row["bound_date"], float(row[f"{favouring}_bound"])
    last = min(view.day.year, row["due"].year) - 1
    return "none", pd.Timestamp(last, 12, 31), math.nan


def _growths(
    growths: pd.DataFrame, reference_class: str, row: Record, years: float
) -> dict[Scenario, tuple[float, int]]:
    """Return the yearly growth of each scenario and how many series it comes from; those without one are left out."""
    found: dict[Scenario, tuple[float, int]] = {}
    own = growths[growths["indicator_id"].eq(row["indicator_id"]) & growths["area_id"].eq(row["area_id"])]
    own = own[own["years"].le(1.1)].sort_values(["date_to", "basis"])
    if len(own):
        found["last_growth"] = (float(own["growth"].iloc[-1]), 1)
    seen = comparable_growths(
        growths,
        reference_class,
        str(row["direction"]),
        round(max(years, 1.0)),
        (str(row["indicator_id"]), str(row["area_id"])),
    )
    series = int(seen["series"].nunique())
    if series >= MINIMUM_SERIES:
        sign = 1.0 if row["direction"] == "increase" else -1.0
        shares: dict[Scenario, float] = {"class_median": 0.5, "best_tenth": BEST_TENTH}
        for name, share in shares.items():
            found[name] = (sign * series_quantile(sign * seen["growth"], seen["series"], share), series)
    return found


def _reaches(value: float, row: Record, basis: str) -> bool | None:
    """Return whether the target is met by `value`; from the bound that favours it, only that it is not can be known."""
    if math.isnan(value):
        return None
    rises, target = row["direction"] == "increase", float(row["target"])
    met = bool(value >= target if rises else value <= target)
    return met if basis == "figure" or not met else None
