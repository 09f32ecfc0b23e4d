"""Areas contain one another without going round in a circle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from daye_analysis.package.check.words import CHECK_WORDS
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows


def check_nesting(areas: Columns) -> Iterator[Finding]:
    """Yield every area that, going from each area to the one that contains it, is come back to."""
    rows = {area: row for row, area in enumerate(areas.cells("area_id"))}
    parents = dict(zip(areas.cells("area_id"), areas.cells("parent_id"), strict=True))
    done: set[str] = {""}
    for first in parents:
        path: dict[str, None] = {}
        area = first
        while area not in done and area not in path and area in parents:
            path[area] = None
            area = parents[area]
        if area in path:
            circle = list(path)[list(path).index(area) :]
            for each in circle:
                values = {"found": each, "path": " > ".join([*circle, circle[0]])}
                yield from in_rows(
                    areas, "parent_id", np.array([rows[each]]), Fault("area.circle", values), CHECK_WORDS
                )
        done |= path.keys()
