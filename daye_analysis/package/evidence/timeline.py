"""The timeline of a target: for each date or period the interval left by all its figures, and what is settled since when."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from daye_analysis.package.evidence.intervals import EVERYTHING, Interval, Side, printed_interval, same, side
from daye_analysis.package.evidence.quantity_types import QuantityType
from daye_analysis.package.evidence.roles import whole_year
from daye_analysis.package.evidence.sums import PeriodFigure, Sums, Total

Day = dt.date
# One row of `evidence()`.
Record = Mapping[str, Any]
NAN: Final = math.nan
# Who gives an end of an interval, the end as printed, and whether it is itself excluded.
_End = tuple[tuple[str, ...], float, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one date, or of one period.

    Attributes
    ----------
    start, end
        The period; `start` is None for a level.
    interval
        All values that the figures leave, in the target's unit.
    value
        The value as printed where figures of the target's own concept decide, else NaN.
    value_ids, low_ids, high_ids
        The observations that decide, and those that give the ends of the interval.
    low_shown, high_shown
        The ends as printed, before a source's rounding is added; NaN where there is none.
    low_is_open, high_is_open
        Whether an end as printed is itself excluded (突破, 超过, 不足).
    conflict
        Whether the figures contradict each other; then they leave no interval and decide nothing.
    carried
        Whether no figure is of this date, and the interval only follows since a sum never falls.
    inferred, assumption
        Whether a date was inferred, or a figure assumed, in any figure that counts here.
    """

    start: Day | None
    end: Day
    interval: Interval = EVERYTHING
    value: float = NAN
    value_ids: tuple[str, ...] = ()
    low_ids: tuple[str, ...] = ()
    high_ids: tuple[str, ...] = ()
    low_shown: float = NAN
    high_shown: float = NAN
    low_is_open: bool = False
    high_is_open: bool = False
    conflict: bool = False
    carried: bool = False
    inferred: bool = False
    assumption: bool = False

    @property
    def decided(self) -> bool:
        """Return whether a comparable figure gives the value."""
        return not math.isnan(self.value)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return every observation that counts here."""
        return tuple(dict.fromkeys((*self.value_ids, *self.low_ids, *self.high_ids)))

    def side(self, target: float, comparator: str) -> Side:
        """Return whether the target is met, missed, or neither for certain; conflicting figures leave it open."""
        return "open" if self.conflict else side(self.interval, target, comparator)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries of one target by date, ascending, and the observations that contradict each other."""

    entries: tuple[Entry, ...] = ()
    conflicting: frozenset[str] = frozenset()

    @property
    def figures(self) -> tuple[Entry, ...]:
        """Return the entries that a comparable figure decides."""
        return tuple(entry for entry in self.entries if entry.decided)

    def at(self, end: Day) -> Entry | None:
        """Return the entry of a date or of the period that ends on it; the longest period where there are several."""
        found = [entry for entry in self.entries if entry.end == end]
        return found[-1] if found else None


def timeline(rows: Sequence[Record], kind: QuantityType) -> Timeline:
    """Return what the evidence on one target comes to.

    Parameters
    ----------
    rows
        The target's rows of evidence, with role and interval; all of one target.
    kind
        The type of its quantity.
    """
    used = [row for row in rows if row["role"] != "context"]
    published = {_period(row) for row in used if row["role"] == "decides" and not row["assumption"]}
    used = [row for row in used if not (row["assumption"] and row["role"] == "decides" and _period(row) in published)]
    if not used:
        return Timeline()
    summed = bool(used[0]["yearly"]) or kind.summed
    return _of_sums(used, kind) if summed else _of_dates(used)


def _of_dates(rows: Sequence[Record]) -> Timeline:
    """Return the time line of levels, shares, ranks and rates: each date by itself."""
    groups: dict[tuple[Day, Day], list[Record]] = {}
    for row in rows:
        groups.setdefault(_date_key(row), []).append(row)
    entries = [_date_entry(group) for _, group in sorted(groups.items(), key=lambda each: each[0])]
    conflicting = frozenset(id_ for entry in entries if entry.conflict for id_ in entry.ids)
    return Timeline(tuple(entries), conflicting)


def _date_entry(rows: Sequence[Record]) -> Entry:
    """Return the entry of one date: the intersection of all intervals, at the finest figure where one decides."""
    start, end = _period(rows[0])
    entry = Entry(start, end, inferred=_inferred(rows), assumption=any(row["assumption"] for row in rows))
    consensus = _consensus([row for row in rows if row["role"] == "decides"])
    bounding = [row for row in rows if row["role"] != "decides"]
    left = consensus.interval if consensus else EVERYTHING
    for row in bounding:
        left = left.intersect(row["interval"])
    if left.empty or (consensus and consensus.interval.empty):
        ids = tuple(str(row["observation_id"]) for row in rows)
        return replace(entry, conflict=True, value_ids=ids)
    low, high = _tightest(bounding, left)
    entry = replace(
        entry, interval=left,
        low_ids=low[0], low_shown=low[1], low_is_open=low[2], high_ids=high[0], high_shown=high[1], high_is_open=high[2],
    )  # fmt: skip
    if consensus is None:
        return entry
    value = consensus.value
    return replace(
        entry, interval=Interval(value, value), value=value, value_ids=consensus.ids, low_shown=value, high_shown=value,
        low_ids=(), high_ids=(), low_is_open=False, high_is_open=False,
    )  # fmt: skip


def _tightest(rows: Sequence[Record], left: Interval) -> tuple[_End, _End]:
    """Return who gives each end of what is left, and the end as printed."""
    low = [row for row in rows if not math.isinf(left.low) and same(row["interval"].low, left.low)]
    high = [row for row in rows if not math.isinf(left.high) and same(row["interval"].high, left.high)]
    return _named(low, left.low, left.low_open), _named(high, left.high, left.high_open)


def _named(rows: Sequence[Record], end: float, is_open: bool) -> _End:
    """Return who gives an end of an interval, and the end as printed where all print it alike, else as computed."""
    ids = tuple(str(row["observation_id"]) for row in rows)
    if len({(row["figure"], row["bound"]) for row in rows}) == 1:
        return ids, float(rows[0]["figure"]), rows[0]["bound"] in ("more_than", "less_than")
    return ids, end if rows else NAN, is_open and bool(rows)


@dataclass(frozen=True, slots=True)
class _Consensus:
    """Figures of one date or period that agree: the finest printed, what all leave, and who they are."""

    value: float
    interval: Interval
    ids: tuple[str, ...]
    rows: tuple[Record, ...]


def _consensus(rows: Sequence[Record]) -> _Consensus | None:
    """Return the most finely printed of figures that agree within their rounding; its interval is empty if they don't.

    Of equally fine figures the earliest known is named first.
    """
    if not rows:
        return None
    ranked = sorted(rows, key=lambda row: (row["rounding"], row["known_on"], row["observation_id"]))
    left = EVERYTHING
    for row in ranked:
        left = left.intersect(printed_interval(row["figure"], "exact", row["rounding"]))
    first = ranked[0]
    # Two neighbours of the same print touch at half a unit and do not agree; a number of many digits agrees with itself.
    apart = any(not same(row["figure"], first["figure"]) for row in ranked)
    touching = apart and same(left.low, left.high) and first["rounding"] > 0
    ids = tuple(str(row["observation_id"]) for row in ranked)
    left = Interval(1.0, 0.0) if touching else left
    return _Consensus(float(first["figure"]), left, ids, tuple(ranked))


def _of_sums(rows: Sequence[Record], kind: QuantityType) -> Timeline:
    """Return the time line of amounts of periods: running sums for what is cumulative, else years."""
    conflicting: set[str] = set()
    first = rows[0]
    days = _wanted_days(rows, kind)
    while True:
        figures, denied = _period_figures([row for row in rows if row["observation_id"] not in conflicting])
        conflicting |= denied
        figures = [figure for figure in figures if not denied.intersection(figure.ids)]
        loose = Sums([_loose(figure) for figure in figures], days)
        if not loose.conflicting and not denied:
            break
        conflicting |= set(loose.conflicting)
    exact = Sums([figure.printed for figure in figures], days)
    # Printed totals and parts may differ by their rounding; then only what the rounding leaves is believed.
    sums = loose if exact.conflicting else exact
    by_id = {str(row["observation_id"]): row for row in rows}
    periods = _running(days, first["plan_start"].date()) if kind.cumulative else _years(days)
    entries = [_sum_entry(start, end, sums.total(start, end), figures, by_id) for start, end in periods]
    ends = {figure.printed.end for figure in figures}
    entries = [
        replace(entry, carried=kind.cumulative and entry.end not in ends)
        for entry in entries
        if entry.low_ids or entry.high_ids or entry.decided
    ]
    entries += _conflicts([by_id[id_] for id_ in sorted(conflicting)], kind)
    return Timeline(tuple(sorted(entries, key=lambda e: (e.end, e.conflict))), frozenset(conflicting))


@dataclass(frozen=True, slots=True)
class _Figure:
    """One period's figure as printed and as its rounding allows."""

    printed: PeriodFigure
    rounding: float
    value: float

    @property
    def ids(self) -> tuple[str, ...]:
        return self.printed.ids


def _loose(figure: _Figure) -> PeriodFigure:
    said = figure.printed.interval
    if math.isnan(figure.value):
        return figure.printed
    return replace(figure.printed, interval=Interval(said.low - figure.rounding, said.high + figure.rounding))


def _period_figures(rows: Sequence[Record]) -> tuple[list[_Figure], set[str]]:
    """Return the figures of periods, those of one period that agree as one, and the identifiers of those that don't."""
    found: list[_Figure] = []
    denied: set[str] = set()
    own: dict[tuple[Day, Day], list[Record]] = {}
    for row in rows:
        start, end = _period(row)
        assert start is not None
        if _is_own_exact(row):
            own.setdefault((start, end), []).append(row)
        else:
            said = PeriodFigure(start, end, row["interval"], (str(row["observation_id"]),))
            found.append(_Figure(said, 0.0, NAN))
    for (start, end), group in own.items():
        agreed = _consensus(group)
        assert agreed is not None
        if agreed.interval.empty:
            denied |= set(agreed.ids)
            continue
        value = agreed.value
        said = PeriodFigure(start, end, Interval(value, value), agreed.ids)
        found.append(_Figure(said, float(agreed.rows[0]["rounding"]), value))
    return found, denied


def _is_own_exact(row: Record) -> bool:
    """Return whether a row is an exact figure of the target's own concept and area, of whatever period."""
    return bool(row["relation"] == "own" and row["concept"] == "same" and row["bound"] == "exact")


def _wanted_days(rows: Sequence[Record], kind: QuantityType) -> set[Day]:
    plan_start, due = rows[0]["plan_start"].date(), rows[0]["due"].date()
    if kind.cumulative:
        # Within the plan a sum is wanted at every day on which a figure ends, and at the due date.
        return {plan_start, due, *(end for _, end in map(_period, rows) if end > plan_start)}
    years = {year for start, end in map(_period, rows) if start for year in range(start.year, end.year + 1)}
    return {Day(year + gap, 12, 31) for year in years for gap in (-1, 0)}


def _running(days: Iterable[Day], plan_start: Day) -> list[tuple[Day, Day]]:
    return [(plan_start + dt.timedelta(days=1), day) for day in sorted(days) if day > plan_start]


def _years(days: Iterable[Day]) -> list[tuple[Day, Day]]:
    every = set(days)
    return [(Day(day.year, 1, 1), day) for day in sorted(every) if Day(day.year - 1, 12, 31) in every]


def _sum_entry(
    start: Day, end: Day, total: Total, figures: Sequence[_Figure], by_id: Mapping[str, Record]
) -> Entry:
    interval = total.interval
    ids = dict.fromkeys((*total.low_ids, *total.high_ids))
    rows = [by_id[id_] for id_ in ids]
    direct = next((f for f in figures if (f.printed.start, f.printed.end) == (start, end) and not math.isnan(f.value)), None)
    chained = same(interval.low, interval.high) and not interval.low_open and all(_is_own_exact(row) for row in rows)
    low = _of_total([by_id[id_] for id_ in total.low_ids], interval.low, interval.low_open)
    high = _of_total([by_id[id_] for id_ in total.high_ids], interval.high, interval.high_open)
    entry = Entry(
        start, end, interval, low_ids=low[0], low_shown=low[1], low_is_open=low[2], high_ids=high[0], high_shown=high[1],
        high_is_open=high[2], inferred=_inferred(rows), assumption=any(row["assumption"] for row in rows),
    )  # fmt: skip
    if direct is None and not (chained and rows):
        return entry
    value = direct.value if direct else interval.low
    value_ids = direct.ids if direct else tuple(sorted(ids, key=lambda id_: by_id[id_]["period_end"]))
    of_value = [by_id[id_] for id_ in value_ids]
    return replace(
        entry, interval=Interval(value, value), value=value, value_ids=value_ids, low_ids=(), high_ids=(),
        low_shown=value, high_shown=value, low_is_open=False, high_is_open=False, inferred=_inferred(of_value),
        assumption=any(row["assumption"] for row in of_value),
    )  # fmt: skip


def _of_total(rows: Sequence[Record], end: float, is_open: bool) -> _End:
    """Return an end as printed where one figure gives it, else as computed from all that do."""
    if len(rows) == 1:
        return _named(rows, end, is_open)
    return tuple(str(row["observation_id"]) for row in rows), end if rows else NAN, is_open and bool(rows)


def _conflicts(rows: Sequence[Record], kind: QuantityType) -> list[Entry]:
    """Return an entry for each period whose figures contradict others."""
    groups: dict[Day, list[Record]] = {}
    for row in rows:
        end = _period(row)[1]
        groups.setdefault(end if kind.cumulative else Day(end.year, 12, 31), []).append(row)
    return [
        Entry(
            _period(group[0])[0], end, conflict=True, value_ids=tuple(str(row["observation_id"]) for row in group),
            inferred=_inferred(group), assumption=any(row["assumption"] for row in group),
        )
        for end, group in groups.items()
    ]  # fmt: skip


def _inferred(rows: Iterable[Record]) -> bool:
    return any(row["date_basis"] == "inferred" for row in rows)


def _period(row: Record) -> tuple[Day | None, Day]:
    start = row["period_start"]
    return (None if pd.isna(start) else start.date()), row["period_end"].date()


def _date_key(row: Record) -> tuple[Day, Day]:
    """Return what makes two figures speak of one date: a year's share and its year-end level are one."""
    start, end = _period(row)
    return end, Day.max if start is None or whole_year(row) else start
