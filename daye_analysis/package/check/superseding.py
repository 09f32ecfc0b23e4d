"""An observation replaces only another row of the same figure, never itself, directly or through others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.check.nesting import circles
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows

# What two rows of one figure share.
_FIGURE: Final = ("indicator_id", "area_id", "measure", "period_start", "period_end")


def check_superseding(observations: Columns) -> Iterator[Finding]:
    """Yield every row that replaces itself in the end, or a row of another figure; one that is not there is no key."""
    filled = np.flatnonzero(~observations.has("supersedes", ""))
    if not len(filled):
        return
    yield from circles(observations, "observation_id", "supersedes", "supersedes.circle")
    rows = {each: row for row, each in enumerate(observations.cells("observation_id"))}
    replaced, cells = observations.cells("supersedes"), {name: observations.cells(name) for name in _FIGURE}
    differing: dict[int, tuple[str, ...]] = {}
    for position in filled.tolist():
        other = rows.get(replaced[position], position)
        names = tuple(name for name in _FIGURE if cells[name][position] != cells[name][other])
        if names:
            differing[position] = names

    def fault_at(position: int) -> Fault:
        values = {"found": replaced[position], "fields": ", ".join(differing[position])}
        return Fault("supersedes.other-figure", values)

    yield from in_rows(observations, "supersedes", np.array(list(differing), dtype=np.intp), fault_at, CHECK_PROBLEMS)
