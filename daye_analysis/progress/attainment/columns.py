"""The columns of the assessments that follow from cases and verdicts, computed for all targets at once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from daye_analysis.package.evidence.timeline import Entry
from daye_analysis.progress.arrays import BoolArray, FloatArray
from daye_analysis.progress.attainment.target_case import Case
from daye_analysis.progress.attainment.verdict import Verdict
from daye_analysis.progress.attainment_rates import attainment, is_met
from daye_analysis.progress.dates import elapsed_share, figures_a_year_apart, years_between
from daye_analysis.progress.pace import compound_growth, pace, required_growth
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import schedule
from daye_analysis.progress.vocabulary import grade

NAN: Final = math.nan
Columns = dict[str, Sequence[Any]]
_COPIED: Final = (
    "target_id", "area_id", "plan_id", "indicator_id", "quantity", "direction", "comparator", "unit_code", "scope",
)  # fmt: skip


def key_columns(cases: Sequence[Case]) -> Columns:
    """Return what is asked, and how much evidence there is."""
    columns: Columns = {name: [str(case.target[name]) for case in cases] for name in _COPIED}
    counts = [_yearly_figures(case) for case in cases]
    return columns | {
        "as_of": [case.day for case in cases],
        "target": [case.goal for case in cases],
        "due": [case.due for case in cases],
        "evidence_class": [case.evidence_class for case in cases],
        "evidence_grade": [grade(count).code for count in counts],
        "comparable_figures": counts,
        "rests_on_assumption": [any(entry.assumption for entry in case.timeline.entries) for case in cases],
    }


def _yearly_figures(case: Case) -> int:
    """Return the number of comparable figures nearly a year apart; an assumption is no evidence, so it raises no grade."""
    return figures_a_year_apart([entry.end for entry in case.timeline.figures if not entry.assumption])


def verdict_columns(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Columns:
    """Return which date gives the verdict, what it settles and from when."""
    entries = [verdict.entry for verdict in verdicts]
    return {
        "verdict_start": [entry.start if entry else None for entry in entries],
        "verdict_date": [entry.end if entry else None for entry in entries],
        "settled": [verdict.settled for verdict in verdicts],
        "settled_by": [_settled_by(verdict) for verdict in verdicts],
        "settled_from": [verdict.settled_from for verdict in verdicts],
        "outcome_settled": [verdict.final for verdict in verdicts],
        "date_is_inferred": [entry.inferred if entry else False for entry in entries],
        "conflicting_observations": [
            " ".join(id_ for entry in case.timeline.entries if entry.conflict for id_ in entry.value_ids) for case in cases
        ],
    }


def _settled_by(verdict: Verdict) -> str:
    if verdict.settled not in ("met", "not_met") or verdict.entry is None:
        return ""
    return "figure" if verdict.entry.decided else "bounds"


def _values(entries: Sequence[Entry | None]) -> FloatArray:
    return np.array([NAN if entry is None else entry.value for entry in entries], dtype=np.float64)


def _dated(name: str, entries: Sequence[Entry | None]) -> Columns:
    return {
        name: _values(entries).tolist(),
        f"{name}_start": [entry.start if entry else None for entry in entries],
        f"{name}_date": [entry.end if entry else None for entry in entries],
        f"{name}_observations": [" ".join(entry.value_ids) if entry else "" for entry in entries],
    }


def _goal(cases: Sequence[Case]) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return targets, signs and whether each must be passed."""
    return (
        np.array([case.goal for case in cases]),
        np.array([case.sign for case in cases]),
        np.array([case.strict for case in cases]),
    )


def attainment_columns(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Columns:
    """Return the latest comparable figure, and how it compares with the target.

    Nothing is missing any more, or can be made up for, once the outcome is settled or a later bound passes the target.
    """
    latest = [case.latest for case in cases]
    needed = np.array([case.needed for case in cases])
    found = attainment(_values(latest), *_goal(cases), needed)
    open_still = [not verdict.final and overruled(case, verdict) != Reason.LATER_BOUND
                  for case, verdict in zip(cases, verdicts, strict=True)]  # fmt: skip
    return {
        **_dated("value", latest),
        "met": [None if entry is None else bool(met) for entry, met in zip(latest, found.met, strict=True)],
        "met_earlier": [_met_earlier(case) for case in cases],
        "shortfall": np.where(open_still, found.shortfall, NAN).tolist(),
        "headroom": found.headroom.tolist(),
        "completion_rate": found.completion_rate.tolist(),
        "near": found.near.tolist(),
    }


def _met_earlier(case: Case) -> bool:
    """Return whether any figure within the plan before the latest met the target."""
    earlier = [entry for entry in case.timeline.figures[:-1] if entry.end > case.start]
    return any(is_met(entry.value, case.goal, case.sign, case.strict) for entry in earlier)


def _bounding(verdict: Verdict) -> Entry | None:
    """Return the bounds to show: those that give the verdict, else those of a later date than the figure that does."""
    entry = verdict.entry
    if entry is not None and not entry.decided and not entry.conflict:
        return entry
    later = verdict.later
    return later if later is not None and not later.decided and not later.conflict else None


def bound_columns(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Columns:
    """Return the bounds that matter, and the least and the most growth that they leave to be needed."""
    shown = [_bounding(verdict) for verdict in verdicts]
    filled = [entry or Entry(None, dt.date.min) for entry in shown]
    low = np.array([entry.low_shown for entry in filled])
    high = np.array([entry.high_shown for entry in filled])
    least, most = _needed_growth(cases, verdicts, shown, low, high)
    return {
        "bound_start": [entry.start if entry else None for entry in shown],
        "bound_date": [entry.end if entry else None for entry in shown],
        "lower_bound": low.tolist(),
        "lower_bound_is_open": [entry.low_is_open for entry in filled],
        "lower_bound_observations": [" ".join(entry.low_ids) for entry in filled],
        "upper_bound": high.tolist(),
        "upper_bound_is_open": [entry.high_is_open for entry in filled],
        "upper_bound_observations": [" ".join(entry.high_ids) for entry in filled],
        "required_growth_at_least": least.tolist(),
        "required_growth_at_most": most.tolist(),
    }


def _needed_growth(
    cases: Sequence[Case], verdicts: Sequence[Verdict], shown: Sequence[Entry | None], low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the growth a year that is needed at least and at most from the date of the bounds on.

    The bound nearer to the target gives the least; for a target that falls these are falls.
    """
    goal = np.array([case.needed for case in cases])
    rising = np.array([case.sign > 0 for case in cases])
    left = years_between(
        [np.datetime64("NaT", "D") if e is None else np.datetime64(e.end, "D") for e in shown],
        [np.datetime64(case.due, "D") for case in cases],
    )
    asked = np.array(
        [case.kind.grows and case.withheld == Reason.NONE and not verdict.final and not case.over
         for case, verdict in zip(cases, verdicts, strict=True)]
    )  # fmt: skip
    near, far = np.where(rising, high, low), np.where(rising, low, high)
    short_near = np.where(rising, near < goal, near > goal)
    short_far = np.where(rising, far < goal, far > goal)
    return (
        np.where(asked & short_near, compound_growth(near, goal, left), NAN),
        np.where(asked & short_far, compound_growth(far, goal, left), NAN),
    )


def year_columns(cases: Sequence[Case]) -> Columns:
    """Return how many of the years that a target is due in are over, known and met."""
    over = [[year for year in case.years if year.over] for case in cases]
    return {
        "years_due": [len(years) for years in over],
        "years_known": [sum(y.verdict in ("met", "not_met") for y in years) for years in over],
        "years_met": [sum(y.verdict == "met" for y in years) for years in over],
        "year_verdicts": [" ".join(f"{y.year}:{y.verdict}" for y in case.years) for case in cases],
    }


def base_columns(cases: Sequence[Case]) -> Columns:
    """Return the base of each target."""
    return _dated("base", [case.base for case in cases])


def _day(date: dt.date | None) -> np.datetime64:
    return np.datetime64("NaT", "D") if date is None else np.datetime64(date, "D")


def _on_scale(cases: Sequence[Case], values: FloatArray) -> FloatArray:
    """Return values on the scale on which schedule and pace are computed: reductions as the intensity that is left."""
    reduced = np.array([case.kind.scale == "reduction" for case in cases])
    return np.where(reduced, 1.0 - values / 100.0, values)


def _spans(cases: Sequence[Case]) -> tuple[Any, Any, Any]:
    """Return the dates of the latest figure, of the base, and the due date."""
    figure = [_day(entry.end if (entry := case.latest) else None) for case in cases]
    base = [_day(case.base.end if case.base else None) for case in cases]
    due = [np.datetime64(case.due, "D") for case in cases]
    return np.array(figure), np.array(base), np.array(due)


def _scaled(cases: Sequence[Case]) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return value, base, what is needed, and sign on the computing scale."""
    sign = _goal(cases)[1]
    needed = np.array([case.needed for case in cases])
    value, base = _values([case.latest for case in cases]), _values([case.base for case in cases])
    falling = np.where([case.kind.scale == "reduction" for case in cases], -sign, sign)
    return _on_scale(cases, value), _on_scale(cases, base), _on_scale(cases, needed), falling


def overruled(case: Case, verdict: Verdict) -> Reason:
    """Return why schedule and pace end whatever the figures: nothing is left to do, or to be known, before the due date."""
    if case.over:
        return Reason.DUE_PASSED
    if verdict.final:
        return Reason.ALREADY_MET if verdict.settled == "met" else Reason.DUE_PASSED
    latest, entry = case.latest, verdict.entry
    later = entry is not None and latest is not None and not entry.decided and entry.end > latest.end
    return Reason.LATER_BOUND if later and verdict.settled in ("met", "not_met") else Reason.NONE


class Withheld:
    """Why schedule and pace are withheld, whatever their arithmetic gives: by the kind of target, else by the verdict."""

    def __init__(self, cases: Sequence[Case], verdicts: Sequence[Verdict]) -> None:
        self._cases = cases
        self._reasons = [case.withheld or overruled(case, v) for case, v in zip(cases, verdicts, strict=True)]

    def keep(self, values: FloatArray) -> list[float]:
        """Return values, with NaN where they are withheld."""
        ruled_out = np.array([reason != Reason.NONE for reason in self._reasons])
        return [float(value) for value in np.where(ruled_out, NAN, values)]

    def codes(self, reasons: Any) -> list[str]:
        """Return the code of each reason; what rules the layer out goes before what its figures lack."""
        words = []
        for case, withheld, code in zip(self._cases, self._reasons, reasons, strict=True):
            reason = withheld or Reason(int(code))
            if reason == Reason.POINTS_NOT_RATE and case.target["quantity"] == "cumulative_flow":
                reason = Reason.SUM_NOT_RATE
            words.append((case.without_figure if reason == Reason.NO_FIGURE else reason).code)
        return words


def schedule_columns(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Columns:
    """Return progress from the base and the lead over the even schedule."""
    value, base, needed, sign = _scaled(cases)
    figure_day, base_day, due = _spans(cases)
    found = schedule(value, base, needed, elapsed_share(figure_day, base_day, due), sign)
    withheld = Withheld(cases, verdicts)
    return {
        "elapsed_share": withheld.keep(found.elapsed),
        "progress": withheld.keep(found.progress),
        "progress_log": withheld.keep(found.progress_log),
        "lead": withheld.keep(found.lead),
        "lead_log": withheld.keep(found.lead_log),
        "schedule_reason": withheld.codes(found.reason),
    }


def pace_columns(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> Columns:
    """Return what the rest takes from the latest figure on, and the pace so far."""
    value, base, needed, sign = _scaled(cases)
    figure_day, base_day, due = _spans(cases)
    strict = np.zeros(len(cases), dtype=bool)
    grows = np.array([case.kind.grows or case.kind.scale == "reduction" for case in cases])
    from_figure = years_between(figure_day, due)
    rest = required_growth(value, needed, from_figure, sign, strict, grows)
    so_far = pace(base, value, needed, years_between(base_day, figure_day), years_between(base_day, due), sign, grows)
    per_unit = np.where([case.kind.scale == "reduction" for case in cases], -100.0, 1.0)
    withheld = Withheld(cases, verdicts)
    years_to_arrival = withheld.keep(so_far.years_to_arrival)
    today = np.array([np.datetime64(case.day, "D") for case in cases])
    return {
        "years_left": np.maximum(years_between(today, due), 0.0).tolist(),
        "years_from_figure": from_figure.tolist(),
        "required_growth": withheld.keep(rest.growth),
        "required_change": withheld.keep(rest.change * per_unit),
        "required_growth_reason": withheld.codes(rest.reason),
        "actual_growth": withheld.keep(so_far.growth_actual),
        "required_growth_from_base": withheld.keep(so_far.growth_required),
        "pace_ratio": withheld.keep(so_far.ratio),
        "pace_ratio_log": withheld.keep(so_far.ratio_log),
        "pace_ratio_linear": withheld.keep(so_far.ratio_linear),
        "arrival": [
            _arrival(case.latest, years) for case, years in zip(cases, years_to_arrival, strict=True)
        ],
        "pace_reason": withheld.codes(so_far.reason),
    }


def _arrival(figure: Entry | None, years: float) -> dt.date | None:
    """Return the day `years` after a figure; None beyond a century, which is no forecast of anything."""
    if figure is None or not math.isfinite(years) or years > 100:
        return None
    return figure.end + dt.timedelta(days=round(years * 365.25))
