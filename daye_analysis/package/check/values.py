"""Impossible values: negative, above a hundred per cent, fractions of counted things, or different from their text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.read.columns import Column, Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
# Units in which a level or flow is never below zero; a change in per cent may be.
_NEVER_NEGATIVE: Final = ("count", "money", "mass")
# What comes in whole numbers of its base unit: 10.5 of 10,000 vehicles are 105,000 of them.
_WHOLE: Final = ("count", "rank")
# Quantities that are a part of a whole, whatever the measure in which a figure of them is given.
OF_A_HUNDRED: Final = tuple(name for name, kind in QUANTITY_TYPES.items() if kind.limits)


def value_fault(measure: str, kind: str, text: str, quantity: str = "", power: int = 0) -> str | None:
    """Return why a figure cannot have a value: `negative`, `above-hundred`, `fractional`, or None where it can.

    `text` is the value, a plain decimal; `kind` and `power` are those of its unit, `quantity` is its indicator's.
    """
    value = float(text)
    amount = measure in ("level", "flow")
    is_share = measure == "share_pct" or (amount and kind == "percent" and quantity in OF_A_HUNDRED)
    if value < 0 and (is_share or (amount and kind in _NEVER_NEGATIVE)):
        return "negative"
    if value > 100 and is_share:
        return "above-hundred"
    is_whole = kind in _WHOLE and measure in ("level", "flow", "rank")
    return "fractional" if is_whole and _decimals(text) > max(0, power) else None


def _decimals(text: str) -> int:
    return len(text.partition(".")[2].rstrip("0"))


def check_values(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield observations and targets whose value cannot be, and values that are unlike their printed text.

    Observations that are doubted, or about something merely related, may have any value: net changes and contributions
    to growth may be negative or above a hundred.
    """
    if "observations" not in tables:
        return
    observations = tables["observations"]
    yield from _unlike_text(observations)
    if not {"measurement_units", "indicators"} <= tables.keys():
        return
    usable = observations.has("concept", "same", "broader", "narrower") & observations.has("doubt_zh", "")
    yield from _impossible(tables, observations, observations["measure"], usable)
    yield from _bounds(tables, observations, usable)
    if "targets" in tables:
        targets = tables["targets"]
        levels = Column(["level"], np.zeros(len(targets), dtype=np.int32))
        yield from _impossible(tables, targets, levels, np.ones(len(targets), dtype=bool))


def _unlike_text(observations: Columns) -> Iterator[Finding]:
    values, printed = numbers(observations, "value"), numbers(observations, "value_text")
    # What is no number is named elsewhere; comparing with NaN is false.
    differing = np.flatnonzero(np.abs(values - printed) > 0)
    texts = observations.cells("value_text") if len(differing) else ()

    def fault_at(position: int) -> Fault:
        return Fault("value.text-differs", {"found": texts[position], "value": f"{values[position]:.15g}"})

    yield from in_rows(observations, "value_text", differing, fault_at, CHECK_PROBLEMS)


def _impossible(
    tables: Mapping[str, Columns],
    rows: Columns,
    measures: Column,
    usable: npt.NDArray[np.bool_],
) -> Iterator[Finding]:
    column, values = rows["value"], numbers(rows, "value")
    # Few values are below zero, a part above a hundred, or a fraction of what is counted: only they are looked at one by one.
    part = np.array([each == "share_pct" for each in measures.values], dtype=bool)[measures.places]
    part |= _of(tables, rows, "indicators", "quantity", *OF_A_HUNDRED)
    broken = np.array([_decimals(each) > 0 for each in column.values], dtype=bool)[column.places]
    broken &= _of(tables, rows, "measurement_units", "kind", *_WHOLE)
    suspects = np.flatnonzero(usable & ~np.isnan(values) & ((values < 0) | ((values > 100) & part) | broken))
    if not len(suspects):
        return
    units, indicators = tables["measurement_units"], tables["indicators"]
    traits = {
        code: (str(kind), int(power) if power == power else 0)
        for code, kind, power in zip(
            units.cells("unit_code"), units.cells("kind"), units.integers("power_of_ten"), strict=True
        )
    }
    quantities = dict(zip(indicators.cells("indicator_id"), indicators.cells("quantity"), strict=True))
    codes, subjects, cells = (rows.cells(name) for name in ("unit_code", "indicator_id", "value"))
    faults: dict[int, Fault] = {}
    for position in suspects.tolist():
        kind, power = traits.get(codes[position], ("", 0))
        quantity = str(quantities.get(subjects[position], ""))
        measure = measures.values[measures.places[position]]
        if fault := value_fault(measure, kind, cells[position], quantity, power):
            faults[position] = Fault(f"value.{fault}", {"found": cells[position]})
    yield from in_rows(rows, "value", np.array(list(faults), dtype=np.intp), faults.__getitem__, CHECK_PROBLEMS)


def _bounds(
    tables: Mapping[str, Columns], observations: Columns, usable: npt.NDArray[np.bool_]
) -> Iterator[Finding]:
    """Yield bounds that leave no value: more than a whole, less than nothing or than the first place."""
    values = numbers(observations, "value")
    shares = observations.has("measure", "share_pct") | _of(tables, observations, "indicators", "quantity", *OF_A_HUNDRED)
    percent = _of(tables, observations, "measurement_units", "kind", "percent")
    counted = _of(tables, observations, "measurement_units", "kind", *_NEVER_NEGATIVE)
    amount = observations.has("measure", "level", "flow", "share_pct")
    above = shares & percent & amount & observations.has("bound", "more_than") & (values >= 100)
    lowest = np.where(observations.has("measure", "rank"), 1, 0)
    floored = ((shares & percent | counted) & amount) | observations.has("measure", "rank")
    below = floored & observations.has("bound", "less_than") & (values <= lowest)
    positions = np.flatnonzero(usable & (above | below))
    cells = observations.cells("value") if len(positions) else ()
    bounds = observations.cells("bound") if len(positions) else ()

    def fault_at(position: int) -> Fault:
        return Fault("value.bound-leaves-nothing", {"found": cells[position], "bound": bounds[position]})

    yield from in_rows(observations, "bound", positions, fault_at, CHECK_PROBLEMS)


def _of(
    tables: Mapping[str, Columns], rows: Columns, name: str, trait: str, *wanted: str
) -> npt.NDArray[np.bool_]:
    """Return for every row whether the row of table `name` that it refers to has one of the codes `wanted`."""
    referred = tables[name]
    key = referred.table.primary_key[0]
    chosen = [each for each, code in zip(referred.cells(key), referred.cells(trait), strict=True) if code in wanted]
    return rows.has(key, *chosen)


def numbers(rows: Columns, name: str) -> npt.NDArray[np.float64]:
    """Return every row's number, NaN where the cell is none."""
    column = rows[name]
    found = [float(each) if _NUMBER.fullmatch(each) else np.nan for each in column.values]
    return np.array(found, dtype=np.float64)[column.places]
