"""Rows that refer to another row of their table form no circle: areas that contain areas, figures that replace figures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.read.columns import Columns
from daye_analysis.package.read.findings import Fault, Finding, in_rows


def check_nesting(areas: Columns) -> Iterator[Finding]:
    """Yield every area that, going from each area to the one that contains it, is come back to."""
    yield from circles(areas, "area_id", "parent_id", "area.circle")


def circles(columns: Columns, key: str, refers: str, code: str) -> Iterator[Finding]:
    """Yield every row that is come back to, going from each row's `key` to the key that it `refers` to."""
    rows = {each: row for row, each in enumerate(columns.cells(key))}
    others = {a: b for a, b in zip(columns.cells(key), columns.cells(refers), strict=True) if b}
    done: set[str] = set()
    for first in others:
        path: dict[str, None] = {}
        here = first
        while here not in done and here not in path and here in others:
            path[here] = None
            here = others[here]
        if here in path:
            circle = list(path)[list(path).index(here) :]
            for each in circle:
                fault = Fault(code, {"found": each, "path": " > ".join([*circle, circle[0]])})
                yield from in_rows(columns, refers, np.array([rows[each]]), fault, CHECK_PROBLEMS)
        done |= path.keys()
