"""The run rate of part of a year: the full-year total if the other months are like the known ones."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from daye_analysis.package.evidence.target_evidence import judged_evidence
from daye_analysis.package.evidence.timeline import Record
from daye_analysis.package.view import PackageView, cached

_COLUMNS: Final = [
    "target_id",
    "observation_id",
    "value",
    "period_start",
    "period_end",
    "months",
    "run_rate",
    "share_of_target",
]


@cached
def run_rates(view: PackageView) -> pd.DataFrame:
    """Return the latest part of a year that is known of each target counted by the year, and the year at that pace.

    Parameters
    ----------
    view
        A package as it could be known on a day.

    Returns
    -------
    pandas.DataFrame
        One row a target: target_id, observation_id, value (of the months known, in the target's unit), period_start,
        period_end, months, run_rate (value times twelve over months) and share_of_target (a share). Only exact figures
        of the target's own concept and area for whole months from January on. It is no forecast: seasons are left out.
    """
    latest: dict[str, dict[str, Any]] = {}
    for target_id, rows in judged_evidence(view).rows.items():
        for row in rows:  # by end of period
            if _is_part(row):
                months = row["period_end"].month
                rate = float(row["figure"]) * 12 / months
                latest[target_id] = {
                    "target_id": target_id, "observation_id": row["observation_id"], "value": float(row["figure"]),
                    "period_start": row["period_start"], "period_end": row["period_end"], "months": months,
                    "run_rate": rate, "share_of_target": rate / float(row["target"]),
                }  # fmt: skip
    return pd.DataFrame(list(latest.values()), columns=_COLUMNS)


def _is_part(row: Record) -> bool:
    """Return whether a row of evidence is an exact figure for the first months of a year."""
    if row["reason"] != "part_of_year" or row["bound"] != "exact":
        return False
    start, end = row["period_start"], row["period_end"]
    return bool((start.month, start.day) == (1, 1) and end.is_month_end)
