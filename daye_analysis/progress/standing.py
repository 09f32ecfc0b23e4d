"""What the evidence on one target comes to: agreed figures, conflicts, the base, and bounds for one period."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from daye_analysis.progress.arrays import equals, exceeds
from daye_analysis.progress.dates import years_between
from daye_analysis.progress.vocabulary import BASELINE_MONTHS

Day = datetime.date
# One row of `evidence()`.
Record = Mapping[str, Any]
Key = TypeVar("Key", Day, tuple[Day, Day])


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


def standing(evidence: Sequence[Record]) -> Standing:
    """Return what the records of one target's `evidence()` come to.

    Figures of one date that agree within rounding become one, at its finest print; others are conflicts and decide
    nothing, and so is a figure that a bound for its own date contradicts. A cumulative flow is the sum of an unbroken
    chain of periods from the plan's start; an annual flow and an output value have one figure a calendar year.
    """
    like = [row for row in evidence if row["role"] == "like"]
    summed = bool(evidence) and evidence[0]["quantity"] == "cumulative_flow"
    agreed: list[tuple[Day, Figure]] = []
    conflicts: list[Figure] = []
    for (start, _), rows in _grouped(like, lambda row: (_start(row) if summed else Day.min, _end(row))):
        figure, agrees = _consensus(rows)
        if agrees:
            agreed.append((start, figure))
        else:
            conflicts.append(figure)
    figures = [figure for _, figure in agreed]
    if summed:
        figures = _chain(agreed, evidence[0]["plan_start"].date())
        bounds = list(_summed_bounds(evidence, max((figure.value for figure in figures), default=0.0)))
    else:
        bounds = list(_period_bounds(evidence))
    denied = [figure for figure in figures if any(_contradicts(bound, figure) for bound in bounds)]
    return Standing(
        tuple(sorted((f for f in figures if f not in denied), key=lambda f: f.date)),
        tuple(sorted(conflicts + denied, key=lambda f: f.date)),
        tuple(sorted(bounds, key=lambda b: b.date)),
    )


def _years(start: Day, end: Day) -> float:
    return float(years_between(np.datetime64(start), np.datetime64(end)))


def _start(row: Record) -> Day:
    return Day(row["period_start"].year, row["period_start"].month, row["period_start"].day)


def _end(row: Record) -> Day:
    return Day(row["period_end"].year, row["period_end"].month, row["period_end"].day)


def _grouped(rows: Iterable[Record], key: Callable[[Record], Key]) -> list[tuple[Key, list[Record]]]:
    """Return rows by key, keys ascending, rows in their order."""
    groups: dict[Key, list[Record]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return sorted(groups.items(), key=lambda group: group[0])


def _contradicts(bound: PeriodBounds, figure: Figure) -> bool:
    if bound.date != figure.date:
        return False
    above = exceeds(bound.lower, figure.value) | (bound.lower_is_open & equals(bound.lower, figure.value))
    return bool(above | exceeds(figure.value, bound.upper))


def _consensus(rows: Sequence[Record]) -> tuple[Figure, bool]:
    """Return the most finely printed of the figures for one date, and whether all others round to it.

    The earliest known of equally fine figures is named first; a figure said to be "about" yields to an exact one, and
    an assumption to any published figure.
    """
    published = [row for row in rows if not row["assumption"]] or list(rows)
    ranked = sorted(
        published, key=lambda r: (r["bound"] == "about", r["place"], r["known_on"], r["observation_id"])
    )
    best = ranked[0]

    def rounds(row: Record) -> bool:
        coarser = row["place"] > best["place"] * 1.5
        near = abs(row["figure"] - best["figure"]) <= row["place"] / 2 * (1 + 1e-9)
        return bool(equals(row["figure"], best["figure"])) or (coarser and near)

    figure = Figure(
        _end(best),
        float(best["figure"]),
        tuple(str(row["observation_id"]) for row in ranked),
        about=best["bound"] == "about",
        assumption=any(row["assumption"] for row in ranked),
    )
    return figure, all(rounds(row) for row in ranked)


def _chain(figures: Sequence[tuple[Day, Figure]], plan_start: Day) -> list[Figure]:
    """Return running sums over periods that follow one another without a gap from the day after `plan_start`."""
    by_start: dict[Day, list[Figure]] = {}
    for start, figure in figures:
        by_start.setdefault(start, []).append(figure)
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


def _period_bounds(evidence: Iterable[Record]) -> Iterable[PeriodBounds]:
    """Yield the tightest bounds for each date (for figures of a calendar year: for each year's last day)."""

    def bounded(row: Record) -> Day:
        yearly = row["quantity"] in ("output_value", "annual_flow")
        return Day(row["period_end"].year, 12, 31) if yearly else _end(row)

    for date, rows in _grouped((row for row in evidence if row["role"] in ("lower", "upper")), bounded):
        low = [row for row in rows if row["role"] == "lower"]
        high = [row for row in rows if row["role"] == "upper"]
        lower = max((float(row["figure"]) for row in low), default=math.nan)
        upper = min((float(row["figure"]) for row in high), default=math.nan)
        lowest = [row for row in low if row["figure"] == lower]
        yield PeriodBounds(
            date,
            lower,
            any(row["bound"] == "more_than" for row in lowest),
            upper,
            tuple(str(row["observation_id"]) for row in lowest),
            tuple(str(row["observation_id"]) for row in high if row["figure"] == upper),
            any(row["assumption"] for row in rows),
        )


def _summed_bounds(evidence: Sequence[Record], chained: float) -> Iterable[PeriodBounds]:
    """Yield bounds of a sum: below, the largest sum of parts whose periods do not overlap; above, as published.

    Parts of one time may count the same thing twice, so they are never added. A lower bound that says no more than
    the agreed sum `chained` is left out.
    """
    best: list[tuple[float, Day, tuple[str, ...], bool, bool]] = [(0.0, Day.min, (), False, False)]
    for part in sorted((row for row in evidence if row["role"] in ("lower", "like")), key=_end):
        total, _, ids, is_open, assumed = max(
            (earlier for earlier in best if earlier[1] < _start(part)), key=lambda b: b[0]
        )
        best.append((
            total + float(part["figure"]),
            _end(part),
            (*ids, str(part["observation_id"])),
            is_open or part["bound"] == "more_than",
            assumed or bool(part["assumption"]),
        ))  # fmt: skip
    total, date, ids, is_open, assumed = max(best, key=lambda b: b[0])
    if exceeds(total, chained):
        yield PeriodBounds(date, total, is_open, math.nan, ids, (), assumed)
    yield from _period_bounds(row for row in evidence if row["role"] == "upper")
