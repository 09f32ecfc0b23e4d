"""The one word of a verdict, from the layers already computed; status and forecast stay apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import lead_status
from daye_analysis.progress.vocabulary import Status


def status_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return `status` and `status_reason` for one row of computed layers (methods: vocabulary, section 8)."""
    if row["year_verdicts"]:
        status, reason = _each_year(row)
    elif row["value_date"] is None:
        status, reason = _without_like_figure(row)
    else:
        status, reason = _on_figure(row)
    return {"status": status.code, "status_reason": reason.code}


def _each_year(row: Mapping[str, Any]) -> tuple[Status, Reason]:
    """Judge a target of each year: one missed year misses it, only all years known and met make it met."""
    verdicts = [part.split(":")[1] for part in row["year_verdicts"].split()]
    if "not_met" in verdicts:
        return Status.NOT_MET, Reason.EACH_YEAR
    if "conflict" in verdicts:
        return Status.CONFLICT, Reason.CONFLICT
    if all(verdict == "met" for verdict in verdicts):
        return Status.MET if row["as_of"] >= row["due"] else Status.ACHIEVED_EARLY, Reason.EACH_YEAR
    if "met" in verdicts:
        return Status.NOT_ASSESSED, Reason.PART_OF_TIME
    return _without_like_figure(row)


def _without_like_figure(row: Mapping[str, Any]) -> tuple[Status, Reason]:
    if row["conflicting_observations"] or row["settled"] == "contradictory":
        return Status.CONFLICT, Reason.CONFLICT
    if row["bound_date"] is not None:
        return _bounded(row), Reason.ONLY_BOUNDS
    if row["evidence_class"] == "related_only":
        return Status.NOT_COMPARABLE, Reason.NOT_COMPARABLE
    return Status.NO_FIGURE, Reason.NO_FIGURE


def _bounded(row: Mapping[str, Any]) -> Status:
    if row["bound_date"] >= row["due"] and row["settled"] in ("met", "not_met"):
        return Status.MET if row["settled"] == "met" else Status.NOT_MET
    if row["lower_bound_observations"] and row["upper_bound_observations"]:
        return Status.BOUNDED
    return Status.BOUNDED_BELOW if row["lower_bound_observations"] else Status.BOUNDED_ABOVE


def _on_figure(row: Mapping[str, Any]) -> tuple[Status, Reason]:
    if row["value_date"] >= row["due"]:
        if not row["met"]:
            return Status.NOT_MET, Reason.NONE
        return Status.ACHIEVED_EARLY if row["met_earlier"] else Status.MET, Reason.NONE
    if row["met"]:
        # What has been done stays done; a stock may still fall back before it is due.
        done = row["quantity"] == "cumulative_flow"
        return Status.ACHIEVED_EARLY if done else Status.AT_LEVEL, Reason.NONE
    if row["met_earlier"]:
        return Status.LOST, Reason.NONE
    reason = Reason[row["schedule_reason"].upper()]
    if reason == Reason.NO_BASELINE:
        return Status.NO_BASELINE, reason
    if reason != Reason.NONE:
        return Status.NOT_ASSESSED, reason
    # Reductions are scheduled in logarithms, as official practice does; everything else linearly.
    lead = row["lead_log"] if row["quantity"] == "cumulative_reduction" else row["lead"]
    return Status(int(lead_status(lead))), Reason.NONE
