"""The layers computed over all targets at once, each as the columns that it fills."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from daye_analysis.progress.arrays import BoolArray, FloatArray
from daye_analysis.progress.bounds import Bounds, bounds
from daye_analysis.progress.cases import Case
from daye_analysis.progress.dates import elapsed_share, years_between
from daye_analysis.progress.fact import fact, is_met
from daye_analysis.progress.pace import compound_growth, pace, required_growth
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import schedule
from daye_analysis.progress.standing import Figure, PeriodBounds
from daye_analysis.progress.vocabulary import grade

NAN = float("nan")
Columns = dict[str, Sequence[Any]]


def key_columns(cases: Sequence[Case], as_of: pd.Timestamp) -> Columns:
    copied = (
        "target_id",
        "area_id",
        "plan_id",
        "indicator_id",
        "quantity",
        "direction",
        "comparator",
        "unit_code",
        "scope",
    )
    columns: Columns = {name: [str(case.target[name]) for case in cases] for name in copied}
    # An assumption is no evidence, so it raises no grade.
    counts = [sum(not f.assumption for f in case.standing.figures) for case in cases]
    return columns | {
        "as_of": [as_of.date()] * len(cases),
        "target": [float(case.target["value"]) for case in cases],
        "due": [case.target["due"].date() for case in cases],
        "evidence_class": [case.evidence_class for case in cases],
        "evidence_grade": [grade(count).code for count in counts],
        "comparable_figures": counts,
        "rests_on_assumption": [_rests_on_assumption(case) for case in cases],
    }


def _rests_on_assumption(case: Case) -> bool:
    stands = case.standing
    return any(f.assumption for f in (*stands.figures, *stands.conflicts)) or any(
        b.assumption for b in stands.bounds
    )


def _of(figures: Sequence[Figure | None]) -> tuple[FloatArray, list[datetime.date | None], list[str]]:
    """Return values (NaN for none), dates and observation ids of figures that may be missing."""
    values = np.array([NAN if f is None else f.value for f in figures], dtype=np.float64)
    ids = ["" if f is None else " ".join(f.observation_ids) for f in figures]
    return values, [None if f is None else f.date for f in figures], ids


def _goal(cases: Sequence[Case]) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return targets, signs and whether each must be passed."""
    return (
        np.array([float(case.target["value"]) for case in cases]),
        np.array([case.sign for case in cases]),
        np.array([case.strict for case in cases]),
    )


def fact_columns(cases: Sequence[Case]) -> Columns:
    latest = [case.standing.latest for case in cases]
    value, dates, ids = _of(latest)
    found = fact(value, *_goal(cases))
    return {
        "value": value.tolist(),
        "value_date": dates,
        "value_is_about": [f is not None and f.about for f in latest],
        "value_observations": ids,
        "conflicting_observations": [
            " ".join(i for f in case.standing.conflicts for i in f.observation_ids) for case in cases
        ],
        "met": [None if f is None else bool(met) for f, met in zip(latest, found.met, strict=True)],
        "met_earlier": [_met_earlier(case) for case in cases],
        "shortfall": found.shortfall.tolist(),
        "headroom": found.headroom.tolist(),
        "completion_rate": found.completion_rate.tolist(),
        "near": found.near.tolist(),
    }


def _met_earlier(case: Case) -> bool:
    """Return whether any figure before the latest met the target."""
    goal = float(case.target["value"])
    return any(is_met(f.value, goal, case.sign, case.strict) for f in case.standing.figures[:-1])


def _chosen_bound(case: Case) -> PeriodBounds | None:
    """Return the latest bounds that settle the question for their period, else the latest."""
    goal = float(case.target["value"])
    for bound in reversed(case.standing.bounds):
        proof = bounds(bound.lower, bound.upper, goal, case.sign, case.strict, bound.lower_is_open)
        if proof.proves_met or proof.proves_not_met:
            return bound
    return case.standing.bounds[-1] if case.standing.bounds else None


def bound_columns(cases: Sequence[Case], as_of: pd.Timestamp) -> Columns:
    chosen = [_chosen_bound(case) for case in cases]
    none = PeriodBounds(datetime.date.min, NAN, False, NAN, (), ())
    filled = [bound or none for bound in chosen]
    lower, upper = np.array([b.lower for b in filled]), np.array([b.upper for b in filled])
    goal, sign, strict = _goal(cases)
    proof = bounds(lower, upper, goal, sign, strict, [b.lower_is_open for b in filled])
    left = years_between(
        [_day(b.date if b else None) for b in chosen], [case.target["due"].to_datetime64() for case in cases]
    )
    rises = np.array([case.kind.grows and case.withheld == Reason.NONE and case.sign > 0 for case in cases])
    rises &= ~_due_passed(cases, as_of)
    return {
        "bound_date": [None if b is None else b.date for b in chosen],
        "lower_bound": lower.tolist(),
        "lower_bound_is_open": [b.lower_is_open for b in filled],
        "lower_bound_observations": [" ".join(b.lower_ids) for b in filled],
        "upper_bound": upper.tolist(),
        "upper_bound_observations": [" ".join(b.upper_ids) for b in filled],
        "settled": ["" if b is None else _settled(proof, i) for i, b in enumerate(chosen)],
        "required_growth_at_least": np.where(
            rises & (upper < goal), compound_growth(upper, goal, left), NAN
        ).tolist(),
        "required_growth_at_most": np.where(
            rises & (lower < goal), compound_growth(lower, goal, left), NAN
        ).tolist(),
    }


def _settled(proof: Bounds, i: int) -> str:
    if proof.contradictory[i]:
        return "contradictory"
    if proof.proves_met[i]:
        return "met"
    return "not_met" if proof.proves_not_met[i] else "open"


def year_columns(cases: Sequence[Case]) -> Columns:
    over = [[year for year in case.years if year.over] for case in cases]
    return {
        "years_due": [len(years) for years in over],
        "years_known": [sum(y.verdict in ("met", "not_met") for y in years) for years in over],
        "years_met": [sum(y.verdict == "met" for y in years) for years in over],
        "year_verdicts": [" ".join(f"{y.year}:{y.verdict}" for y in case.years) for case in cases],
    }


def base_columns(cases: Sequence[Case]) -> Columns:
    base, dates, ids = _of([case.base for case in cases])
    return {"base": base.tolist(), "base_date": dates, "base_observations": ids}


def _day(date: datetime.date | None) -> np.datetime64:
    return np.datetime64("NaT", "D") if date is None else np.datetime64(date, "D")


def _on_scale(cases: Sequence[Case], values: FloatArray) -> FloatArray:
    """Return values on the scale on which schedule and pace are computed: reductions as the intensity that is left."""
    reduced = np.array([case.kind.scale == "reduction" for case in cases])
    return np.where(reduced, 1.0 - values / 100.0, values)


def _spans(cases: Sequence[Case]) -> tuple[Any, Any, Any]:
    """Return the dates of the latest figure, of the base, and the due date."""
    figure = [_day(f.date if (f := case.standing.latest) else None) for case in cases]
    base = [_day(case.base.date if case.base else None) for case in cases]
    due = [np.datetime64(case.target["due"].date(), "D") for case in cases]
    return np.array(figure), np.array(base), np.array(due)


def _scaled(cases: Sequence[Case]) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return value, base, target and sign on the computing scale."""
    goal, sign, _ = _goal(cases)
    value, base = _of([case.standing.latest for case in cases])[0], _of([case.base for case in cases])[0]
    falling = np.where([case.kind.scale == "reduction" for case in cases], -sign, sign)
    return _on_scale(cases, value), _on_scale(cases, base), _on_scale(cases, goal), falling


def _codes(cases: Sequence[Case], reasons: Any) -> list[str]:
    """Return reason words; what a kind of target rules out goes before what its figures lack."""
    words = []
    for case, code in zip(cases, reasons, strict=True):
        reason = case.withheld or Reason(int(code))
        if reason == Reason.POINTS_NOT_RATE and case.target["quantity"] == "cumulative_flow":
            reason = Reason.SUM_NOT_RATE
        words.append((case.without_figure if reason == Reason.NO_FIGURE else reason).code)
    return words


def _keep(cases: Sequence[Case], values: FloatArray) -> list[float]:
    """Return values with NaN for the targets whose kind rules the layer out."""
    ruled_out = np.array([case.withheld != Reason.NONE for case in cases])
    return [float(value) for value in np.where(ruled_out, NAN, values)]


def schedule_columns(cases: Sequence[Case]) -> Columns:
    value, base, goal, sign = _scaled(cases)
    figure_day, base_day, due = _spans(cases)
    found = schedule(value, base, goal, elapsed_share(figure_day, base_day, due), sign)
    return {
        "elapsed_share": _keep(cases, found.elapsed),
        "progress": _keep(cases, found.progress),
        "progress_log": _keep(cases, found.progress_log),
        "lead": _keep(cases, found.lead),
        "lead_log": _keep(cases, found.lead_log),
        "schedule_reason": _codes(cases, found.reason),
    }


def _due_passed(cases: Sequence[Case], as_of: pd.Timestamp) -> BoolArray:
    """Return whether each target's due date is over: then nothing is left to grow in, however old the figures."""
    return np.array([case.target["due"] < as_of for case in cases], dtype=np.bool_)


def pace_columns(cases: Sequence[Case], as_of: pd.Timestamp) -> Columns:
    value, base, goal, sign = _scaled(cases)
    figure_day, base_day, due = _spans(cases)
    strict = _goal(cases)[2]
    grows = np.array([case.kind.grows or case.kind.scale == "reduction" for case in cases])
    left = years_between(figure_day, due)
    still = np.where(_due_passed(cases, as_of), 0.0, left)
    rest = required_growth(value, goal, still, sign, strict, grows)
    so_far = pace(
        base, value, goal, years_between(base_day, figure_day), years_between(base_day, due), sign, grows
    )
    per_unit = np.where([case.kind.scale == "reduction" for case in cases], -100.0, 1.0)
    arrival = [
        None if f is None or not np.isfinite(y) or case.withheld else _later(f.date, y)
        for case, f, y in zip(cases, (c.standing.latest for c in cases), so_far.years_to_arrival, strict=True)
    ]
    return {
        "years_left": left.tolist(),
        "required_growth": _keep(cases, rest.growth),
        "required_change": _keep(cases, rest.change * per_unit),
        "required_growth_reason": _codes(cases, rest.reason),
        "actual_growth": _keep(cases, so_far.growth_actual),
        "required_growth_from_base": _keep(cases, so_far.growth_required),
        "pace_ratio": _keep(cases, so_far.ratio),
        "pace_ratio_log": _keep(cases, so_far.ratio_log),
        "pace_ratio_linear": _keep(cases, so_far.ratio_linear),
        "arrival": arrival,
        "pace_reason": _codes(cases, so_far.reason),
    }


def _later(date: datetime.date, years: float) -> datetime.date | None:
    """Return the day `years` later; None beyond a century, which is no forecast of anything."""
    return date + datetime.timedelta(days=round(years * 365.25)) if years <= 100 else None
