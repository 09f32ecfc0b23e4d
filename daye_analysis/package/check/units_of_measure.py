"""Units of targets and observations fit the indicator, and only additive quantities are marked as additive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.evidence.quantity_types import QUANTITY_TYPES
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

# The kind of unit that a measure is in, whatever the indicator's.
_OF_MEASURE = {"growth_pct": "percent", "share_pct": "percent", "rank": "rank"}
# Shares, rates, ranks and indices: the parts of a whole have each their own, and no sum.
_NEVER_ADDITIVE = tuple(name for name, kind in QUANTITY_TYPES.items() if not kind.additive)


def check_units(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield every target whose unit does not convert to its indicator's, and observations in a unit of another kind.

    An observation's level or flow may be in another unit where it says that it is only related, and where the
    indicator is a series of growth rates, whose underlying amounts are worth keeping.
    """
    if not {"measurement_units", "indicators"} <= tables.keys():
        return
    units, indicators = tables["measurement_units"], tables["indicators"]
    codes = units.cells("unit_code")
    kinds = dict(zip(codes, units.cells("kind"), strict=True))
    bases = dict(zip(codes, units.cells("base_unit"), strict=True))
    unit_of = dict(zip(indicators.cells("indicator_id"), indicators.cells("unit_code"), strict=True))
    yield from _additive(indicators, kinds)
    if "targets" in tables:
        targets = tables["targets"]
        yield from _differing(targets, np.ones(len(targets), dtype=bool), bases, unit_of, "unit.base-differs")
    if "observations" in tables:
        observations = tables["observations"]
        yield from _of_another_measure(observations, kinds)
        quantities = dict(zip(indicators.cells("indicator_id"), indicators.cells("quantity"), strict=True))
        rates = [each for each, quantity in quantities.items() if quantity == "growth_rate"]
        bound = observations.has("measure", "level", "flow") & ~observations.has("concept", "related")
        bound &= ~observations.has("indicator_id", *rates)
        yield from _differing(observations, bound, kinds, unit_of, "unit.kind-differs")


def _additive(indicators: Columns, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """Yield indicators said to be additive whose parts cannot sum to the whole."""
    never = indicators.has("quantity", *_NEVER_ADDITIVE)
    never |= indicators.has("unit_code", *(unit for unit, kind in kinds.items() if kind in ("percent", "rank")))
    positions = np.flatnonzero(never & indicators.has("additive", "true"))
    quantities = indicators.cells("quantity") if len(positions) else ()

    def fault_at(position: int) -> Fault:
        return Fault("indicator.additive", {"found": quantities[position]})

    yield from in_rows(indicators, "additive", positions, fault_at, CHECK_PROBLEMS)


def _differing(
    columns: Columns,
    among: npt.NDArray[np.bool_],
    nature: Mapping[str, str],
    unit_of: Mapping[str, str],
    code: str,
) -> Iterator[Finding]:
    """Yield rows whose unit's nature (kind or base unit) is not that of their indicator's unit."""
    indicators, units = columns["indicator_id"], columns["unit_code"]
    # One answer for every pair of indicator and unit that occurs, not for every row.
    pairs = indicators.places.astype(np.int64) * max(1, len(units.values)) + units.places
    for pair in np.unique(pairs[among]).tolist():
        indicator, unit = divmod(pair, max(1, len(units.values)))
        wanted, found = unit_of.get(indicators.values[indicator], ""), units.values[unit]
        if wanted in nature and found in nature and nature[wanted] != nature[found]:
            positions = np.flatnonzero(among & (pairs == pair))
            fault = Fault(code, {"found": found, "wanted": wanted})
            yield from in_rows(columns, "unit_code", positions, fault, CHECK_PROBLEMS)


def _of_another_measure(observations: Columns, kinds: Mapping[str, str]) -> Iterator[Finding]:
    for measure, kind in _OF_MEASURE.items():
        measured = observations.has("measure", measure)
        for unit in observations["unit_code"].values:
            if kinds.get(unit, kind) != kind:
                positions = np.flatnonzero(measured & observations.has("unit_code", unit))
                fault = Fault("unit.measure-differs", {"measure": measure, "found": unit})
                yield from in_rows(observations, "unit_code", positions, fault, CHECK_PROBLEMS)
