"""Values that cannot be: below zero, above a hundred per cent, or another number than their printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

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
    if "observations" not in tables:
        return
    observations = tables["observations"]
    values, printed = _numbers(observations, "value"), _numbers(observations, "value_text")
    # What is no number is named elsewhere; comparing with NaN is false.
    differing = np.flatnonzero(np.abs(values - printed) > 0)
    texts = observations.cells("value_text") if len(differing) else ()
    yield from in_rows(
        observations,
        "value_text",
        differing,
        lambda position: Fault("value.text-differs", {"found": texts[position], "value": f"{values[position]:.15g}"}),
        CHECK_WORDS,
    )
    if "measurement_units" not in tables:
        return
    units = tables["measurement_units"]
    kinds = dict(zip(units.cells("unit_code"), units.cells("kind"), strict=True))
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


def _numbers(observations: Columns, name: str) -> npt.NDArray[np.float64]:
    """Return every row's number, NaN where the cell is none."""
    column = observations[name]
    numbers = [float(each) if _NUMBER.fullmatch(each) else np.nan for each in column.values]
    return np.array(numbers, dtype=np.float64)[column.places]
