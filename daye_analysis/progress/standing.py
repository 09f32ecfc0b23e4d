"""What the evidence on one target comes to: agreed figures, conflicts, the base, and bounds for one period."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from daye_analysis.progress.arrays import equals, exceeds
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.vocabulary import BASELINE_MONTHS

Day = datetime.date


@dataclass(frozen=True, slots=True)
class Figure:
    """One value for one date, in the target's unit, and the observations it rests on."""

    date: Day
    value: float
    observation_ids: tuple[str, ...]
    about: bool = False
    assumption: bool = False


@dataclass(frozen=True, slots=True)
class PeriodBounds:
    """The tightest bounds for one date or calendar year; NaN where there is none on that side."""

    date: Day
    lower: float
    lower_is_open: bool
    upper: float
    lower_ids: tuple[str, ...]
    upper_ids: tuple[str, ...]
    assumption: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The agreed figures by date, the dates on which figures conflict, and the bounds by date, all ascending."""

    figures: tuple[Figure, ...]
    conflicts: tuple[Figure, ...]
    bounds: tuple[PeriodBounds, ...]

    @property
    def latest(self) -> Figure | None:
        """Return the latest agreed figure, or None if a later date has only figures that conflict."""
        if not self.figures or (self.conflicts and self.conflicts[-1].date > self.figures[-1].date):
            return None
        return self.figures[-1]

    def base(self, plan_start: Day) -> Figure | None:
        """Return the last figure within the twelve months up to the plan's start, or None (缺基期)."""
        window = [f for f in self.figures if 0 <= _years(f.date, plan_start) < BASELINE_MONTHS / 12]
        return window[-1] if window else None


def standing(evidence: pd.DataFrame) -> Standing:
    """Return what one target's rows of `evidence()` come to.

    Figures of one date that agree within rounding become one, at its finest print; others are conflicts and decide
    nothing. A cumulative flow is the sum of an unbroken chain of periods from the plan's start; an annual flow and an
    output value have one figure a calendar year.
    """
    like = evidence[evidence["role"] == "like"]
    summed = len(evidence) > 0 and evidence["quantity"].iloc[0] == "cumulative_flow"
    agreed: list[Figure] = []
    conflicts: list[Figure] = []
    for _, rows in like.groupby(["period_start", "period_end"] if summed else ["period_end"], dropna=False):
        figure, agrees = _consensus(rows)
        (agreed if agrees else conflicts).append(figure)
    if summed:
        agreed = _chain(agreed, like, evidence["plan_start"].iloc[0].date())
    chained = max((figure.value for figure in agreed), default=0.0)
    bounds = _summed_bounds(evidence, chained) if summed else _period_bounds(evidence)
    return Standing(
        tuple(sorted(agreed, key=lambda f: f.date)),
        tuple(sorted(conflicts, key=lambda f: f.date)),
        tuple(sorted(bounds, key=lambda b: b.date)),
    )


def _years(start: Day, end: Day) -> float:
    return float(years_between(np.datetime64(start), np.datetime64(end)))


def _consensus(rows: pd.DataFrame) -> tuple[Figure, bool]:
    """Return the most finely printed of the figures for one date, and whether all others round to it.

    The earliest known of equally fine figures is named first; a figure said to be "about" yields to an exact one, and
    an assumption to any published figure.
    """
    published = rows[~rows["assumption"]]
    rows = (published if len(published) else rows).assign(about=lambda r: r["bound"] == "about")
    rows = rows.sort_values(["about", "place", "known_on", "observation_id"], kind="stable")
    best = rows.iloc[0]
    gap = (rows["figure"] - best["figure"]).abs()
    coarser = rows["place"] > best["place"] * 1.5
    agrees = bool(
        (equals(rows["figure"], best["figure"]) | (coarser & (gap <= rows["place"] / 2 * (1 + 1e-9)))).all()
    )
    figure = Figure(
        best["period_end"].date(),
        float(best["figure"]),
        tuple(rows["observation_id"].astype(str)),
        about=bool(best["about"]),
        assumption=bool(rows["assumption"].any()),
    )
    return figure, agrees


def _chain(figures: Sequence[Figure], like: pd.DataFrame, plan_start: Day) -> list[Figure]:
    """Return running sums over periods that follow one another without a gap from the day after `plan_start`."""
    start_of = {str(i): s.date() for i, s in zip(like["observation_id"], like["period_start"], strict=True)}
    by_start: dict[Day, list[Figure]] = {}
    for figure in figures:
        by_start.setdefault(start_of[figure.observation_ids[0]], []).append(figure)
    sums: dict[Day, Figure] = {}
    done = Figure(plan_start, 0.0, ())
    while nexts := by_start.get(done.date + datetime.timedelta(days=1)):
        for figure in nexts:
            sums[figure.date] = _plus(done, figure)
        done = max((sums[f.date] for f in nexts), key=lambda f: f.date)
    return list(sums.values())


def _plus(done: Figure, more: Figure) -> Figure:
    return Figure(
        more.date,
        done.value + more.value,
        done.observation_ids + more.observation_ids,
        done.about or more.about,
        done.assumption or more.assumption,
    )


def _period_bounds(evidence: pd.DataFrame) -> Iterable[PeriodBounds]:
    """Yield the tightest bounds for each date (for figures of a calendar year: for each year's last day)."""
    rows = evidence[evidence["role"].isin(["lower", "upper"])]
    yearly = rows["quantity"].isin(["output_value", "annual_flow"])
    date_bounded = rows["period_end"].where(~yearly, rows["period_end"] + pd.offsets.YearEnd(0))
    for date, period in rows.groupby(date_bounded):
        low, high = period[period["role"] == "lower"], period[period["role"] == "upper"]
        lower = float(low["figure"].max()) if len(low) else math.nan
        upper = float(high["figure"].min()) if len(high) else math.nan
        lowest, highest = low[low["figure"] == lower], high[high["figure"] == upper]
        yield PeriodBounds(
            pd.Timestamp(str(date)).date(),
            lower,
            bool(lowest["bound"].eq("more_than").any()),
            upper,
            tuple(lowest["observation_id"].astype(str)),
            tuple(highest["observation_id"].astype(str)),
            bool(period["assumption"].any()),
        )


def _summed_bounds(evidence: pd.DataFrame, chained: float) -> Iterable[PeriodBounds]:
    """Yield bounds of a sum: below, the largest sum of parts whose periods do not overlap; above, as published.

    Parts of one time may count the same thing twice, so they are never added. A lower bound that says no more than
    the agreed sum `chained` is left out.
    """
    best: list[tuple[float, Day, tuple[str, ...], bool, bool]] = [(0.0, Day.min, (), False, False)]
    parts = evidence[evidence["role"].isin(["lower", "like"])].sort_values("period_end")
    for part in parts.to_dict("records"):
        total, _, ids, is_open, assumed = max(
            (earlier for earlier in best if earlier[1] < part["period_start"].date()), key=lambda b: b[0]
        )
        best.append((
            total + float(part["figure"]),
            part["period_end"].date(),
            (*ids, str(part["observation_id"])),
            is_open or part["bound"] == "more_than",
            assumed or bool(part["assumption"]),
        ))  # fmt: skip
    total, date, ids, is_open, assumed = max(best, key=lambda b: b[0])
    if exceeds(total, chained):
        yield PeriodBounds(date, total, is_open, math.nan, ids, (), assumed)
    yield from _period_bounds(evidence[evidence["role"] == "upper"])
