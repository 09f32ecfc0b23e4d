"""Values that cannot be: counts, amounts and shares below zero, and shares above a hundred per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np

from daye_analysis.package.check.words import CHECK_WORDS
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
# Units in which a level or flow is never below zero; a change in per cent may be.
_NEVER_NEGATIVE = ("count", "money", "mass")


def value_fault(measure: str, kind: str, value: float) -> str | None:
    """Return `negative` or `above-hundred` where `value` cannot be, by its measure and the kind of its unit."""
    is_share = measure == "share_pct"
    if value < 0 and (is_share or (measure in ("level", "flow") and kind in _NEVER_NEGATIVE)):
        return "negative"
    return "above-hundred" if is_share and value > 100 else None


def check_values(tables: Mapping[str, Columns]) -> Iterator[Finding]:
    """Yield observations whose value cannot be, unless they are doubted or about something merely related.

    Related figures are free: net changes and contributions to growth may be negative or above a hundred.
    """
    if not {"measurement_units", "observations"} <= tables.keys():
        return
    units, observations = tables["measurement_units"], tables["observations"]
    kinds = dict(zip(units.cells("unit_code"), units.cells("kind"), strict=True))
    column = observations["value"]
    numbers = [float(each) if _NUMBER.fullmatch(each) else np.nan for each in column.values]
    values = np.array(numbers, dtype=np.float64)[column.places]
    bound = observations.has("concept", "same", "broader", "narrower") & observations.has("doubt_zh", "")
    suspects = np.flatnonzero(
        bound & ((values < 0) | (values > 100) & observations.has("measure", "share_pct"))
    )
    measures, codes, cells = (observations.cells(name) for name in ("measure", "unit_code", "value"))
    faults = {
        position: Fault(f"value.{fault}", {"found": cells[position]})
        for position in suspects.tolist()
        if (fault := value_fault(measures[position], kinds.get(codes[position], ""), values[position]))
    }
    positions = np.array(list(faults), dtype=np.intp)
    yield from in_rows(observations, "value", positions, faults.__getitem__, CHECK_WORDS)
