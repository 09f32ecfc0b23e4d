"""The label of a target, from its verdict or its years, or from the even schedule if that determines it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from daye_analysis.package.evidence.timeline import Entry
from daye_analysis.progress.attainment.target_case import Case
from daye_analysis.progress.attainment.verdict import Verdict, verdict_of
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import lead_status
from daye_analysis.progress.vocabulary import Status


def judge(case: Case) -> Verdict:
    """Return the verdict on a target, or on the years of one that is judged year by year."""
    return _each_year(case) if case.years else verdict_of(case)


def status_of(verdict: Verdict, row: Mapping[str, Any]) -> dict[str, str]:
    """Return `status` and `status_reason` for a verdict and its row of computed columns."""
    status, reason = verdict.status, verdict.reason
    if status is None:
        status, reason = _on_schedule(row)
    return {"status": status.code, "status_reason": reason.code}


def _on_schedule(row: Mapping[str, Any]) -> tuple[Status, Reason]:
    """Return the label of a figure that is short of its target while there is time left."""
    reason = Reason.of(row["schedule_reason"])
    if reason == Reason.NO_BASELINE:
        return Status.NO_BASELINE, reason
    if reason != Reason.NONE:
        return Status.NOT_ASSESSED, reason
    # Reductions are scheduled in logarithms, as official practice does; everything else linearly.
    lead = row["lead_log"] if row["quantity"] == "cumulative_reduction" else row["lead"]
    return (Status(int(lead_status(lead))), Reason.NONE) if not math.isnan(lead) else (Status.NOT_ASSESSED, reason)


def _each_year(case: Case) -> Verdict:
    """Judge a target of each year: one missed year misses it, only all years known and met make it met."""
    verdicts = {year.verdict for year in case.years}
    known = [entry for entry in case.timeline.entries if not entry.carried]
    last = known[-1] if known else None
    if "not_met" in verdicts:
        return Verdict(Status.NOT_MET, Reason.EACH_YEAR, _of_year(case, "not_met"), "not_met", final=True)
    if "conflict" in verdicts:
        return Verdict(Status.CONFLICT, Reason.CONFLICT, _of_year(case, "conflict"), "conflict")
    if verdicts == {"met"}:
        status = Status.MET if case.day >= case.due else Status.ACHIEVED_EARLY
        return Verdict(status, Reason.EACH_YEAR, last, "met", final=True)
    if verdicts <= {"met", "reached"}:
        return Verdict(Status.REACHED_DURING_YEAR, Reason.EACH_YEAR, last, "met", final=True)
    if verdicts & {"met", "reached"}:
        return Verdict(Status.NOT_ASSESSED, Reason.PART_OF_TIME, last, "open")
    found = verdict_of(case)
    if found.entry is not None and found.settled in ("met", "not_met"):
        # A figure of a year that the target does not ask for says nothing of those it asks for.
        return Verdict(Status.NOT_ASSESSED, Reason.PART_OF_TIME, found.entry, "open")
    return found


def _of_year(case: Case, verdict: str) -> Entry | None:
    """Return what is known of the latest year with such a verdict."""
    years = [year.year for year in case.years if year.verdict == verdict]
    return case.timeline.at(dt.date(years[-1], 12, 31))
