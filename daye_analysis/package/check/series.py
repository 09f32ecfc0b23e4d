"""Likely mistakes in units: figures a hundred times, or a hundredth of, their neighbour in a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.check.values import numbers
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

_FACTOR: Final = 100
# What is new does grow a hundredfold (vehicles of a new kind did in nine years), hardly within three years.
_DAYS: Final = 1100
# A count that begins with one or two may be hundreds a year later.
_LEAST_COUNT: Final = 10
_DAYS_OF_A_MONTH: Final = 30.44
_ONE_DAY = np.timedelta64(1, "D")


def amounts(tables: Mapping[str, Columns]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return every observation's value in its base unit, and a number for each base unit; NaN and -1 if unknown."""
    units, rows = tables["measurement_units"], tables["observations"]
    bases = {base: place for place, base in enumerate(dict.fromkeys(units.cells("base_unit")))}
    codes, powers = units.cells("unit_code"), units.integers("power_of_ten")
    power = dict(zip(codes, powers, strict=True))
    base = {code: bases[each] for code, each in zip(codes, units.cells("base_unit"), strict=True)}
    column = rows["unit_code"]
    factors = np.array([10.0 ** power.get(each, np.nan) for each in column.values], dtype=np.float64)
    places = np.array([base.get(each, -1) for each in column.values], dtype=np.int64)
    return numbers(rows, "value") * factors[column.places], places[column.places]


def check_series(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield outturns that are a hundred times the neighbouring one of their series, or a hundredth of it.

    A series has one indicator, area, measure, concept, unit and length of period. Rates of change swing and are left
    out, as are doubted figures and those that another replaces.
    """
    if not {"measurement_units", "indicators", "observations"} <= tables.keys():
        return
    rows, indicators, units = tables["observations"], tables["indicators"], tables["measurement_units"]
    values, bases = amounts(tables)
    changing = [i for i, q in zip(indicators.cells("indicator_id"), indicators.cells("quantity"), strict=True)
                if q in ("growth_rate", "cumulative_reduction")]  # fmt: skip
    counts = [u for u, k in zip(units.cells("unit_code"), units.cells("kind"), strict=True) if k == "count"]
    least = np.where(rows.has("unit_code", *counts), _LEAST_COUNT, 0)
    start, end = rows.days("period_start"), rows.days("period_end")
    usable = rows.has("statement", "outturn") & rows.has("measure", "level", "flow", "share_pct")
    usable &= rows.has("doubt_zh", "") & ~rows.has("indicator_id", *changing)
    if replaced := [each for each in rows["supersedes"].values if each]:
        usable &= ~rows.has("observation_id", *replaced)
    usable &= (values > 0) & (values >= least) & ~np.isnat(end)
    places = np.flatnonzero(usable)
    if len(places) < 2:
        return
    days = np.where(np.isnat(start) | np.isnat(end), 0, (end - start) / _ONE_DAY + 1)
    months = np.rint(days / _DAYS_OF_A_MONTH).astype(np.int64)
    keys = [rows[name].places.astype(np.int64) for name in ("indicator_id", "area_id", "measure", "concept")]
    series = [each[places] for each in [months, bases, *keys]]
    order = np.lexsort([values[places], end[places].astype(np.int64), *series])
    later, earlier = places[order[1:]], places[order[:-1]]
    same = np.all([each[order[1:]] == each[order[:-1]] for each in series], axis=0)
    gap = (end[later] - end[earlier]) / _ONE_DAY
    ratio = values[later] / values[earlier]
    jumps = same & (gap > 0) & (gap <= _DAYS) & ((ratio >= _FACTOR) | (ratio <= 1 / _FACTOR))
    before = dict(zip(later[jumps].tolist(), earlier[jumps].tolist(), strict=True))
    if not before:
        return
    cells, names = rows.cells("value"), rows.cells("observation_id")

    def fault_at(position: int) -> Fault:
        other = before[position]
        shown = {"found": cells[position], "other": names[other], "value": cells[other], "row": int(rows.rows[other])}
        return Fault("value.factor-hundred", shown)

    yield from in_rows(rows, "value", np.array(sorted(before), dtype=np.intp), fault_at, CHECK_PROBLEMS)
