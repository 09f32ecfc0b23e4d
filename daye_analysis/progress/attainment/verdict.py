"""The verdict on one target from its timeline: the latest conclusive date decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from daye_analysis.package.evidence.timeline import Entry
from daye_analysis.progress.attainment.target_case import Case
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the time line of one target says.

    Attributes
    ----------
    status
        The label, or None where the even schedule gives it.
    reason
        Why nothing better can be said, or what qualifies the status.
    entry
        The date that gives the verdict; where none does, the latest that is known.
    settled
        `met`, `not_met`, `open`, `conflict`, or empty where nothing is known.
    settled_from
        The first date from which every known date says the same as `entry`; None where it settles nothing.
    later
        A later date that is known but settles nothing.
    final
        Whether the outcome at the due date is settled.
    """

    status: Status | None
    reason: Reason = Reason.NONE
    entry: Entry | None = None
    settled: str = ""
    settled_from: dt.date | None = None
    later: Entry | None = None
    final: bool = False


def verdict_of(case: Case) -> Verdict:
    """Return the verdict on a target that is not judged year by year.

    After the due date only that date counts. Before it, dates are taken from the latest backwards, and the first whose
    interval lies wholly on one side of the target gives the verdict for that date; a date before the plan gives none.
    """
    inside = [entry for entry in case.timeline.entries if case.start < entry.end <= case.due]
    final = case.timeline.at(case.due)
    if final is not None and (final.conflict or _side(case, final) != "open"):
        return _at_due(case, final, inside)
    known = [entry for entry in inside if not entry.carried]
    if case.over:
        return _after_due(case, final, known)
    return _before_due(case, known)


def _at_due(case: Case, final: Entry, inside: list[Entry]) -> Verdict:
    if final.conflict:
        return Verdict(Status.CONFLICT, Reason.CONFLICT, final, "conflict")
    settled = _side(case, final)
    since = _settled_from(case, inside, settled)
    if settled == "not_met":
        return Verdict(Status.NOT_MET, Reason.NONE, final, settled, since, final=True)
    running = bool(case.kind.yearly) and not final.decided and case.day <= case.due
    if running:
        return Verdict(Status.REACHED_DURING_YEAR, Reason.NONE, final, settled, since, final=True)
    reached = [entry for entry in inside if _side(case, entry) == "met"]
    lost = any(_side(case, entry) == "not_met" for entry in inside if entry.end > reached[0].end)
    below_at_base = case.base is not None and not _met_at_base(case)
    early = since is not None and since < case.due and reached[0].end < case.due and not lost and below_at_base
    reason = Reason.NOT_HELD if lost and case.target["scope"] == "sustained" else Reason.NONE
    status = Status.ACHIEVED_EARLY if early else Status.MET
    shown = next(entry for entry in reached if entry.end == since) if early and case.kind.cumulative else final
    return Verdict(status, reason, shown, settled, since, final=True)


def _after_due(case: Case, final: Entry | None, known: list[Entry]) -> Verdict:
    if final is not None and not final.carried:
        return Verdict(_bounded(final), Reason.ONLY_BOUNDS, final, "open")
    last = _last_settled(case, known) or (known[-1] if known else None)
    if last is not None:
        settled = "conflict" if last.conflict else _side(case, last)
        return Verdict(Status.NO_DUE_FIGURE, Reason.NO_DUE_FIGURE, last, settled, later=_later(known, last))
    return _outside_plan(case)


def _before_due(case: Case, known: list[Entry]) -> Verdict:
    last = _last_settled(case, known)
    conflicts = [entry for entry in known if entry.conflict and (last is None or entry.end > last.end)]
    if conflicts:
        return Verdict(Status.CONFLICT, Reason.CONFLICT, conflicts[-1], "conflict", later=_later(known, conflicts[-1]))
    if last is None:
        return Verdict(_bounded(known[-1]), Reason.ONLY_BOUNDS, known[-1], "open") if known else _outside_plan(case)
    settled = _side(case, last)
    since = _settled_from(case, known, settled)
    later = _later(known, last)
    if settled == "met":
        status = Status.AT_LEVEL
        if case.kind.yearly and not last.decided and last.end > case.day:
            status = Status.REACHED_DURING_YEAR
        elif _met_at_base(case) and since == known[0].end:
            status = Status.MET_AT_START
        return Verdict(status, Reason.NONE, last, settled, since, later)
    if any(_side(case, entry) == "met" for entry in known if entry.end < last.end):
        return Verdict(Status.LOST, Reason.NONE, last, settled, since, later)
    if not last.decided:
        return Verdict(_bounded(last), Reason.ONLY_BOUNDS, last, settled, since, later)
    if _met_at_base(case):
        return Verdict(Status.NOT_ASSESSED, Reason.FELL_SINCE_BASE, last, settled, since, later)
    return Verdict(None, Reason.NONE, last, settled, since, later)


def _outside_plan(case: Case) -> Verdict:
    """Return what can be said where nothing is known of any date within the plan."""
    before = [entry for entry in case.timeline.figures if entry.end <= case.start]
    if case.timeline.conflicting and not before:
        return Verdict(Status.CONFLICT, Reason.CONFLICT, case.timeline.entries[-1], "conflict")
    if before and _met_at_base(case) and not case.over:
        return Verdict(Status.MET_AT_START, Reason.FIGURE_NOT_AFTER_BASE, before[-1], "met", before[-1].end)
    if before:
        # What was before the plan settles nothing in a headline.
        reason = Reason.FIGURE_NOT_AFTER_BASE if case.base else Reason.BEFORE_PLAN
        return Verdict(Status.NOT_ASSESSED, reason, before[-1], "open")
    if case.evidence_class == "related_only":
        return Verdict(Status.NOT_COMPARABLE, Reason.NOT_COMPARABLE)
    return Verdict(Status.NO_FIGURE, Reason.NO_FIGURE)


def _side(case: Case, entry: Entry) -> str:
    return entry.side(case.goal, str(case.target["comparator"]))


def _met_at_base(case: Case) -> bool:
    return case.base is not None and not case.kind.cumulative and _side(case, case.base) == "met"


def _last_settled(case: Case, known: list[Entry]) -> Entry | None:
    return next((entry for entry in reversed(known) if _side(case, entry) != "open"), None)


def _later(known: list[Entry], entry: Entry) -> Entry | None:
    """Return the latest known date after `entry`, which settles nothing."""
    return known[-1] if known and known[-1].end > entry.end else None


def _settled_from(case: Case, known: list[Entry], settled: str) -> dt.date | None:
    since = None
    for entry in reversed(known):
        found = _side(case, entry)
        if found not in ("open", settled):
            break
        if found == settled:
            since = entry.end
    return since


def _bounded(entry: Entry) -> Status:
    low, high = bool(entry.low_ids), bool(entry.high_ids)
    if low and high:
        return Status.BOUNDED
    return Status.BOUNDED_BELOW if low else Status.BOUNDED_ABOVE
